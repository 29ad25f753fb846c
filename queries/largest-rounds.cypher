// name: largest-rounds
// en: The largest funding rounds in one currency
// zh: 某一币种下金额最大的融资
// param: currency STRING = "USD" -- amounts in other currencies are not converted, and not listed
// param: since DATE = "2023" -- only rounds from then on
// param: most INTEGER = 15 -- how many are listed
// example: ailand query largest-rounds --param currency=CNY
MATCH (company)-[:RAISED]->(round:FundingRound {currency: $currency})
WHERE round.date >= $since AND NOT coalesce(round.cumulative, false) AND round.amount IS NOT NULL
WITH company, round, round.amount AS known
RETURN company.name AS company, round.series AS round, round.date AS date,
       coalesce(round.amount_qualifier, '') + money(round.amount, round.currency) AS amount,
       money(round.valuation, round.valuation_currency) AS valuation, round.status AS status
ORDER BY known DESC, company
LIMIT $most
