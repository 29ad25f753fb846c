// name: rounds-by-quarter
// en: Funding by quarter and currency: how many rounds, how much is known, the largest; cumulative sums are left out
// zh: 各季度融资：按币种统计轮数、已披露金额与最大一笔；累计额不重复计入
// param: since DATE = "2023" -- only rounds from then on
// example: ailand query rounds-by-quarter --param since=2024-07
MATCH (company)-[:RAISED {modality: 'asserted'}]->(round:FundingRound)
WHERE round.date >= $since AND NOT coalesce(round.cumulative, false) AND quarter(round.date) IS NOT NULL
WITH quarter(round.date) AS quarter, round.currency AS currency, company, round
ORDER BY round.amount DESC
WITH quarter, currency, count(*) AS rounds, sum(round.amount) AS total, count(round.amount) AS disclosed,
     head(collect(CASE WHEN round.amount IS NOT NULL THEN company.name END)) AS largest
RETURN quarter, coalesce(currency, 'not disclosed') AS currency, rounds, disclosed,
       CASE WHEN disclosed > 0 THEN money(total, currency) END AS total, largest
ORDER BY quarter, currency
