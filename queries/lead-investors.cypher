// name: lead-investors
// en: Investors by how many rounds they led, with the companies and the latest round
// zh: 领投次数最多的投资人，领投了哪些公司，最近一次在何时
// param: since DATE = "2018" -- only rounds from then on
// example: ailand query lead-investors --param since=2024
MATCH (investor)-[i:INVESTED_IN {lead: true}]->(company)
WHERE i.date >= $since
WITH investor, count(DISTINCT coalesce(i.round_id, i.id)) AS led, collect(DISTINCT company.name) AS companies,
     max(i.date) AS latest
RETURN investor.name AS investor, led, companies, latest
ORDER BY led DESC, latest DESC, investor
