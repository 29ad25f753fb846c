// name: early-backers
// en: Who came first: investors in seed and angel rounds, and how far the company has come since
// zh: 谁投得最早：种子轮与天使轮的投资人，以及公司后来走到哪一轮、估值多少
// example: ailand query early-backers
MATCH (investor)-[i:INVESTED_IN]->(company)
WHERE toLower(i.round) STARTS WITH 'seed' OR toLower(i.round) STARTS WITH 'angel'
OPTIONAL MATCH (company)-[:RAISED]->(later:FundingRound)
WHERE later.date IS NOT NULL AND later.id <> i.round_id
WITH company, i, investor, later ORDER BY later.date DESC
WITH company, i, investor, collect(later) AS later
WITH company, i.round AS round, i.date AS date, collect(DISTINCT investor.name) AS investors, head(collect(later)) AS later
WITH *, head([one IN later WHERE one.valuation IS NOT NULL]) AS valued
RETURN company.name AS company, round, date, investors, later[0].series AS latest_round, later[0].date AS latest,
       money(valued.valuation, valued.valuation_currency) AS valuation, valued.date AS valued
ORDER BY company, date, round
