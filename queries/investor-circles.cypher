// name: investor-circles
// en: Circles that invest together: communities of investors and companies, with the best-connected of each
// zh: 资本圈子：按投资关系划分的群体，以及各群体中联系最多的成员
// param: least INTEGER = 8 -- how many members a circle has at least
// example: ailand query investor-circles --param least=15
CALL ailand.communities('INVESTED_IN') YIELD node, community, size
WITH node, community, size WHERE size >= $least
WITH node, community, size, count { (node)-[:INVESTED_IN]-() } AS deals
ORDER BY deals DESC, node.name
RETURN community AS circle, size,
       collect(CASE WHEN node:Startup THEN node.name END)[0..6] AS companies,
       collect(CASE WHEN NOT node:Startup THEN node.name END)[0..8] AS investors
ORDER BY size DESC, circle
