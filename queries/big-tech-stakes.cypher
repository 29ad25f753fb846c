// name: big-tech-stakes
// en: Companies that build models and also invest in others that do: in whom, and how many models of their own
// zh: 既做模型、又投资模型公司的企业（竞合关系）：投了谁，自己有多少模型
// param: 至少 INTEGER = 1 -- 至少投资几家模型公司
// example: ailand query big-tech-stakes --param 至少=3
MATCH (企业)<-[:DEVELOPED_BY]-(模型:Model)
WITH 企业, count(DISTINCT 模型) AS 模型数
MATCH (企业)-[:INVESTED_IN]->(对手)<-[:DEVELOPED_BY]-(:Model)
WITH 企业, 模型数, collect(DISTINCT 对手.name) AS 投资对象
WHERE size(投资对象) >= $至少
RETURN coalesce(企业.name_zh, 企业.name) AS 企业, 模型数, size(投资对象) AS 投资家数, 投资对象
ORDER BY 投资家数 DESC, 企业
