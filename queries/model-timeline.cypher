// name: model-timeline
// en: The models of a developer in the order of their release, with their size and licence
// zh: 一家开发方的模型发布时间线：规模与许可证
// param: developer STRING = "深度求索" -- the developer, by any name
// example: ailand query model-timeline --param developer=阿里巴巴
MATCH (model:Model)-[:DEVELOPED_BY]->({name: $developer})
WHERE model.released IS NOT NULL
OPTIONAL MATCH (model)-[:DERIVED_FROM]->(base:Model)
RETURN DISTINCT model.released AS released, model.name AS model, toFloat(model.parameters) / 1000000000 AS billions,
       model.license AS licence, base.name AS derived_from
ORDER BY released, model
