// name: team
// en: The people of a company: founders, roles, where they were before, and what else they do
// zh: 一家公司的团队：创始人、职务、此前任职与其他身份
// param: company STRING = "月之暗面" -- the company, by any name
// example: ailand query team --param company=StepFun
MATCH (company {name: $company})
MATCH (person:Person)
WHERE (company)-[:FOUNDED_BY]->(person) OR (person)-[:HAS_ROLE]->(company)
OPTIONAL MATCH (person)-[role:HAS_ROLE]->(company)
WITH company, person, collect(DISTINCT role.role) AS roles
RETURN person.name AS person, exists { (company)-[:FOUNDED_BY]->(person) } AS founder, roles,
       [(person)-[:PREVIOUSLY_AT]->(employer) | employer.name] AS before,
       [(person)-[other:HAS_ROLE]->(place) WHERE place <> company | place.name + coalesce(': ' + other.role, '')] AS elsewhere
ORDER BY founder DESC, person
