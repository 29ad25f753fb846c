// name: benchmark-ranking
// en: The models on a benchmark or leaderboard, best first, and who reported the score
// zh: 某一榜单或评测上的模型排名，以及成绩由谁报告
// param: benchmark STRING = "SWE-bench Verified" -- the benchmark, by any name
// param: most INTEGER = 20 -- how many are listed
// example: ailand query benchmark-ranking --param benchmark="SuperCLUE 总排行榜（2023年12月）"
MATCH (model:Model)-[result:EVALUATED_ON]->({name: $benchmark})
WHERE result.score IS NOT NULL
OPTIONAL MATCH (model)-[:DEVELOPED_BY]->(developer)
WITH model, result, collect(DISTINCT developer.name) AS developers
RETURN model.name AS model, developers, result.score AS score, result.metric AS metric, result.setting AS setting,
       coalesce(result.reported_by_kind, 'independent') AS reported_by
ORDER BY score DESC, model
LIMIT $most
