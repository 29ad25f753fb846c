// name: why
// en: Everything that is known between two entities, with its evidence: source, reliability, date and words
// zh: 两者之间的全部事实与证据：来源、可靠程度、日期与原文
// param: a STRING = "阿里巴巴" -- one entity, by any name
// param: b STRING = "月之暗面" -- the other
// example: ailand query why --param a=Meta --param b=蝴蝶效应
MATCH ({name: $a})-[fact]-({name: $b})
WITH DISTINCT fact
UNWIND evidence(fact) AS proof
WITH fact, proof, head([source IN sources(fact) WHERE source.id = proof.source]) AS source
RETURN startNode(fact).name AS subject, type(fact) AS relation, endNode(fact).name AS object, fact.round AS round, fact.date AS date,
       fact.modality AS modality, source.reliability AS reliability, source.publisher AS publisher, proof.date AS published,
       coalesce(proof.quote, source.title) AS says
ORDER BY date, reliability, published, says
