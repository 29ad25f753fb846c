// name: rounds-of
// en: The funding rounds of a company: date, amount, valuation, lead investors
// zh: 一家公司的历次融资：时间、金额、估值、领投方
// param: company STRING = "智谱" -- the company, by any name
// example: ailand query rounds-of --param company=Anthropic
MATCH (company {name: $company})-[raised:RAISED]->(round:FundingRound)
OPTIONAL MATCH (lead)-[:INVESTED_IN {lead: true, round_id: round.id}]->(company)
WITH raised, round, collect(DISTINCT lead.name) AS led_by
RETURN round.series AS round, coalesce(round.date, raised.date) AS date,
       coalesce(round.amount_qualifier, '') + money(round.amount, round.currency) AS amount,
       coalesce(round.valuation_qualifier, '') + money(round.valuation, round.valuation_currency)
         + coalesce(', ' + round.valuation_type, '') AS valuation,
       led_by, round.status AS status
ORDER BY date, round
