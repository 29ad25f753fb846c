// name: model-families
// en: Developers by how many models they made: the span of releases, the largest, and whether weights are open where the licence is known
// zh: 各开发方的模型家族：数量、发布时间跨度、最大参数量，以及已知的许可证
// param: least INTEGER = 5 -- how many models a developer has at least
// example: ailand query model-families --param least=15
MATCH (model:Model)-[:DEVELOPED_BY]->(developer)
WITH DISTINCT developer, model ORDER BY model.parameters DESC
WITH developer, count(model) AS models, min(model.released) AS first, max(model.released) AS latest,
     head(collect(CASE WHEN model.parameters IS NOT NULL THEN model END)) AS largest,
     collect(DISTINCT model.license) AS licences
WHERE models >= $least
RETURN developer.name AS developer, models, first, latest, largest.name AS largest,
       toInteger(largest.parameters / 1000000000) AS billions, licences
ORDER BY models DESC, developer
