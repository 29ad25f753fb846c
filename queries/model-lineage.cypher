// name: model-lineage
// en: Which models are derived from which, and across which developers
// zh: 模型谱系：哪些模型由哪些模型衍生，是否跨越开发方
// param: hops INTEGER = 4 -- how many steps a line has at most
// example: ailand query model-lineage
MATCH line = (model:Model)-[:DERIVED_FROM]->{1,10}(origin:Model)
WHERE length(line) <= $hops AND NOT (origin)-[:DERIVED_FROM]->()
OPTIONAL MATCH (model)-[:DEVELOPED_BY]->(maker)
OPTIONAL MATCH (origin)-[:DEVELOPED_BY]->(source)
WITH line, model, origin, collect(DISTINCT maker.name) AS makers, collect(DISTINCT source.name) AS sources
RETURN [step IN nodes(line) | step.name] AS line, makers, sources,
       none(maker IN makers WHERE maker IN sources) AS another_developer
ORDER BY another_developer DESC, origin.name, model.name
