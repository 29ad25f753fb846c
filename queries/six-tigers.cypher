// name: six-tigers
// en: A group of startups side by side: founded, where, founders, rounds, latest valuation, models
// zh: “大模型六小虎”等群体对比：成立、城市、创始人、轮数、最新估值、模型数
// param: 群体 STRING = "大模型六小虎" -- 群体名称
// example: ailand query six-tigers
MATCH (公司:Startup {group: $群体})
OPTIONAL MATCH (公司)-[:RAISED]->(轮次:FundingRound)
WITH 公司, 轮次 ORDER BY 轮次.date DESC
WITH 公司, collect(轮次) AS 轮次
WITH 公司, 轮次, head([一轮 IN 轮次 WHERE 一轮.valuation IS NOT NULL]) AS 估值
RETURN coalesce(公司.name_zh, 公司.name) AS 公司, 公司.founded AS 成立,
       head([(公司)-[:LOCATED_IN]->(城市) | coalesce(城市.name_zh, 城市.name)]) AS 城市,
       [(公司)-[:FOUNDED_BY]->(人) | coalesce(人.name_zh, 人.name)] AS 创始人,
       size(轮次) AS 轮数, money(估值.valuation, 估值.valuation_currency, 'zh') AS 最新估值, 估值.date AS 估值时间,
       count { (:Model)-[:DEVELOPED_BY]->(公司) } AS 模型数
ORDER BY 公司
