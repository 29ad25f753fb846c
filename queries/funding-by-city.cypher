// name: funding-by-city
// en: Startups and known funding by city and currency
// zh: 各城市的创业公司与已披露融资额（按币种）
// param: 起始 DATE = "2023" -- 只看此后的融资
// example: ailand query funding-by-city --param 起始=2024
MATCH (公司:Startup)-[:LOCATED_IN]->(城市:City)
OPTIONAL MATCH (公司)-[:RAISED {modality: 'asserted'}]->(轮次:FundingRound)
WHERE 轮次.date >= $起始 AND 轮次.amount IS NOT NULL AND NOT coalesce(轮次.cumulative, false)
WITH coalesce(城市.name_zh, 城市.name) AS 城市, 轮次.currency AS 币种, collect(DISTINCT 公司.name) AS 公司, sum(轮次.amount) AS 合计, count(轮次) AS 轮数
RETURN 城市, size(公司) AS 家数, 币种, 轮数, CASE WHEN 轮数 > 0 THEN money(合计, 币种, 'zh') END AS 金额, 公司
ORDER BY 城市, 轮数 DESC, 币种
