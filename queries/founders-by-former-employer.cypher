// name: founders-by-former-employer
// en: Where founders worked before: former employers with the founders and their companies
// zh: 创始人出身：从哪些机构出来创业，创办了什么
// param: least INTEGER = 1 -- how many founders an employer has at least
// example: ailand query founders-by-former-employer --param least=2
MATCH (company)-[:FOUNDED_BY]->(founder:Person)-[before:PREVIOUSLY_AT]->(employer)
WHERE company <> employer
WITH employer, collect(DISTINCT founder.name + coalesce(' (' + before.role + ')', '')) AS founders,
     collect(DISTINCT company.name) AS companies
WHERE size(founders) >= $least
RETURN employer.name AS employer, size(founders) AS number, founders, companies
ORDER BY number DESC, employer
