// name: planned-or-denied
// en: Deals that were reported, planned, blocked or denied, and are not to be counted as done
// zh: 尚属传闻、计划中、被否认或被叫停的交易：不应算作已完成
// example: ailand query planned-or-denied
MATCH (a)-[fact]->(b)
WHERE fact.modality <> 'asserted'
RETURN fact.modality AS modality, a.name AS subject, type(fact) AS relation, b.name AS object, fact.date AS date,
       money(fact.amount, fact.currency) AS amount, coalesce(fact.status, b.status) AS status, size(fact.sources) AS sources
ORDER BY date IS NULL, date DESC, relation, subject, object, amount
