// name: cross-border-investors
// en: Investors by where their startups are: in China, in the United States, elsewhere or not known
// zh: 投资人的中美分布：所投创业公司在中国、在美国、在其他地方或地点不详
// param: chinese LIST = ["Beijing", "Shanghai", "Hangzhou", "Shenzhen"] -- cities that count as China
// param: american LIST = ["San Francisco", "Palo Alto", "Menlo Park", "New York", "Sunnyvale"] -- cities that count as the United States
// param: least INTEGER = 3 -- how many startups an investor holds at least
// example: ailand query cross-border-investors --param least=2
MATCH (investor)-[:INVESTED_IN]->(startup:Startup)
OPTIONAL MATCH (startup)-[:LOCATED_IN]->(city:City)
WITH DISTINCT investor, startup, city.name IN $chinese AS in_china, city.name IN $american AS in_america
WITH investor, count(startup) AS startups,
     collect(CASE WHEN in_china THEN startup.name END) AS china,
     collect(CASE WHEN in_america THEN startup.name END) AS america,
     collect(CASE WHEN NOT coalesce(in_china OR in_america, false) THEN startup.name END) AS elsewhere
WHERE startups >= $least
RETURN investor.name AS investor, startups, size(china) AS in_china, size(america) AS in_america, china, america, elsewhere
ORDER BY size(china) > 0 AND size(america) > 0 DESC, startups DESC, investor
