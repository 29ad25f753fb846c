// name: central-investors
// en: The most central investors by PageRank over investments, with the size of their portfolio
// zh: 按投资关系的 PageRank，最处于中心的投资人
// param: most INTEGER = 15 -- how many are listed
// example: ailand query central-investors --param most=5
CALL ailand.pagerank('INVESTED_IN') YIELD node, score
WITH node, score WHERE node:Investor AND NOT node:Startup
RETURN node.name AS investor, round(score, 5) AS score, count { (node)-[:INVESTED_IN]->() } AS deals,
       count { MATCH (node)-[:INVESTED_IN]->(company) RETURN DISTINCT company } AS companies
ORDER BY score DESC, investor
LIMIT $most
