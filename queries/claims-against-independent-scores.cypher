// name: claims-against-independent-scores
// en: Developers' claims to exceed or match another model, beside what independent leaderboards measured for both
// zh: 厂商自称“超过”或“持平”的说法，与独立榜单对两个模型的实测对照
// param: behind BOOLEAN = false -- only claims where the model is behind on the leaderboard
// example: ailand query claims-against-independent-scores --param behind=true
MATCH (model:Model)-[claim:BENCHMARKED_AGAINST {claimed_by_kind: 'developer'}]->(rival:Model)
WHERE claim.outcome IN ['exceeds', 'matches']
WITH model, rival, claim.outcome AS claims_to, collect(DISTINCT coalesce(claim.scope, 'overall')) AS claimed_on
// A leaderboard may have tested another release of the same model.
MATCH (model)-[:SAME_FAMILY]-{0,1}(tested:Model)-[own:EVALUATED_ON]->(board:Benchmark)
MATCH (rival)-[:SAME_FAMILY]-{0,1}(against:Model)-[other:EVALUATED_ON]->(board)
WHERE coalesce(own.reported_by_kind, 'independent') = 'independent'
  AND coalesce(other.reported_by_kind, 'independent') = 'independent'
  AND tested <> against AND own.score IS NOT NULL AND other.score IS NOT NULL
  AND coalesce(own.metric, '') = coalesce(other.metric, '')
WITH * ORDER BY tested = model DESC, against = rival DESC, own.score DESC, other.score DESC
WITH model, claims_to, rival, claimed_on, board,
     head(collect({model: tested.name, score: own.score, rival: against.name, rival_score: other.score})) AS result
WITH *, CASE WHEN result.score >= result.rival_score THEN 'ahead' ELSE 'behind' END AS measured
WHERE NOT $behind OR measured = 'behind'
RETURN model.name AS model, claims_to, rival.name AS rival, claimed_on, board.name AS leaderboard, measured,
       result.score AS score, result.rival_score AS rival_score, result.model AS tested, result.rival AS tested_rival
ORDER BY claims_to, model, rival, leaderboard
