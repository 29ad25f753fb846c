// name: investors-of
// en: Who invested in a company, in which rounds, and who led
// zh: 一家公司有哪些投资人，各在哪一轮，谁领投
// param: company STRING = "月之暗面" -- the company, by any name
// example: ailand query investors-of --param company=智谱
MATCH (investor)-[i:INVESTED_IN]->(company {name: $company})
WITH investor, i ORDER BY i.date
RETURN investor.name AS investor, [label IN labels(investor) WHERE label <> 'Investor'] AS also,
       collect(DISTINCT i.round) AS rounds, min(i.date) AS since, any(lead IN collect(i.lead) WHERE lead) AS led,
       any(modality IN collect(i.modality) WHERE modality <> 'asserted') AS unconfirmed
ORDER BY since, investor
