// name: who-compares-with-whom
// en: Which developers measure their models against whose, and what they claim
// zh: 哪些厂商拿自己的模型与谁比，声称的结果如何
// param: least INTEGER = 2 -- how many comparisons there are at least
// example: ailand query who-compares-with-whom --param least=1
MATCH (developer)<-[:DEVELOPED_BY]-(:Model)-[claim:BENCHMARKED_AGAINST {claimed_by_kind: 'developer'}]->(:Model)-[:DEVELOPED_BY]->(rival)
WHERE developer <> rival
WITH DISTINCT developer, rival, claim
WITH developer, rival, count(*) AS comparisons, collect(claim.outcome) AS outcomes
WHERE comparisons >= $least
RETURN developer.name AS developer, rival.name AS rival, comparisons,
       size([outcome IN outcomes WHERE outcome = 'exceeds']) AS exceeds,
       size([outcome IN outcomes WHERE outcome = 'matches']) AS matches,
       size([outcome IN outcomes WHERE outcome IN ['trails', 'approaches']]) AS trails
ORDER BY comparisons DESC, developer, rival
