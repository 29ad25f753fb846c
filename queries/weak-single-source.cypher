// name: weak-single-source
// en: Facts that rest on a single source that is not first-hand: what to check first
// zh: 只有一个、且非一手来源支持的事实：应优先核实
// param: types LIST = ["INVESTED_IN", "RAISED", "ACQUIRED_BY", "OWNS_STAKE", "FOUNDED_BY"] -- which relations
// param: most INTEGER = 40 -- how many are listed
// example: ailand query weak-single-source --param types=INVESTED_IN,RAISED
MATCH (a)-[fact]->(b)
WHERE type(fact) IN $types AND size(fact.sources) = 1
WITH a, fact, b, sources(fact)[0] AS source
WHERE source.reliability <> 'A'
RETURN a.name AS subject, type(fact) AS relation, b.name AS object, fact.date AS date,
       source.reliability AS reliability, source.publisher AS publisher, source.title AS source
ORDER BY reliability DESC, date IS NULL, date DESC, subject, object
LIMIT $most
