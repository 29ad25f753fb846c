// name: valuation-steps
// en: How valuations grew from one valued round to the next, in the same currency
// zh: 估值如何一轮一轮上涨（同一币种内，前后两次有估值的融资之间）
// param: least FLOAT = 1.0 -- the smallest multiple that is listed
// example: ailand query valuation-steps --param least=3
MATCH (company)-[:RAISED]->(round:FundingRound)
WHERE round.valuation IS NOT NULL AND round.date IS NOT NULL
WITH company, round.valuation_currency AS currency, round ORDER BY round.date, round.valuation
WITH company, currency, collect(round) AS rounds
UNWIND range(1, size(rounds) - 1) AS at
WITH company, currency, rounds[at - 1] AS before, rounds[at] AS after
WITH *, toFloat(after.valuation) / before.valuation AS multiple
WHERE multiple >= $least
RETURN company.name AS company, before.series AS from, before.date AS since, money(before.valuation, currency) AS was,
       after.series AS to, after.date AS date, money(after.valuation, currency) AS became, round(multiple, 2) AS multiple
ORDER BY multiple DESC, company
