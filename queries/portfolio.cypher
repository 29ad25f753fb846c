// name: portfolio
// en: The companies that an investor put money into, round by round
// zh: 一家投资人投了哪些公司、哪些轮次
// param: investor STRING = "阿里巴巴" -- the investor, by any name
// example: ailand query portfolio --param investor=HongShan
MATCH (:Investor {name: $investor})-[i:INVESTED_IN]->(company)
OPTIONAL MATCH (company)-[:RAISED]->(round:FundingRound) WHERE round.id = i.round_id
WITH company, i, round ORDER BY i.date
RETURN company.name AS company, min(i.date) AS first, max(i.date) AS latest,
       collect(DISTINCT coalesce(round.series, i.round)) AS rounds, any(led IN collect(i.lead) WHERE led) AS led
ORDER BY latest IS NULL, latest DESC, company
