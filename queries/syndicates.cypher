// name: syndicates
// en: Rounds with many known investors: who led, and who joined
// zh: 投资方众多的轮次：谁领投，谁跟投
// param: least INTEGER = 5 -- how many investors are known at least
// param: since DATE = "2023" -- only rounds from then on
// example: ailand query syndicates --param least=8 --param since=2024-06
MATCH (investor)-[i:INVESTED_IN]->(company)-[:RAISED]->(round:FundingRound)
WHERE i.round_id = round.id AND round.date >= $since
WITH company, round,
     collect(DISTINCT CASE WHEN i.lead THEN investor.name END) AS leads,
     collect(DISTINCT CASE WHEN NOT coalesce(i.lead, false) THEN investor.name END) AS others
WHERE size(leads) + size(others) >= $least
RETURN company.name AS company, round.series AS round, round.date AS date,
       money(round.amount, round.currency) AS amount, size(leads) + size(others) AS investors, leads, others
ORDER BY investors DESC, date DESC, company
