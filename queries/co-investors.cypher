// name: co-investors
// en: Pairs of investors by how many companies they share, with the companies
// zh: 哪些投资人投资过同样的公司，共同投资了哪些
// param: least INTEGER = 3 -- how many companies a pair shares at least
// example: ailand query co-investors --param least=4
MATCH (a:Investor)-[:INVESTED_IN]->(company)<-[:INVESTED_IN]-(b:Investor)
WHERE a.id < b.id
WITH a, b, collect(DISTINCT company.name) AS companies
WHERE size(companies) >= $least
RETURN a.name AS investor, b.name AS partner, size(companies) AS shared, companies
ORDER BY shared DESC, investor, partner
