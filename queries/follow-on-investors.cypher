// name: follow-on-investors
// en: Investors that came back: several rounds of the same company
// zh: 多轮加注的投资人：在同一家公司投了不止一轮
// param: least INTEGER = 2 -- how many rounds at least
// example: ailand query follow-on-investors --param least=3
MATCH (investor)-[i:INVESTED_IN]->(company)
WHERE i.round_id IS NOT NULL
WITH investor, company, i ORDER BY i.date
WITH investor, company, collect(DISTINCT i.round_id) AS ids, collect(DISTINCT i.round) AS rounds,
     min(i.date) AS first, max(i.date) AS latest
WHERE size(ids) >= $least
RETURN investor.name AS investor, company.name AS company, size(ids) AS times, rounds, first, latest
ORDER BY times DESC, latest IS NULL, latest DESC, investor, company
