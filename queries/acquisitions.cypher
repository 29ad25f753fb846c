// name: acquisitions
// en: Who took over whom, when, for how much, and whether it went through
// zh: 并购与许可收购：谁收购了谁、何时、多少钱、是否完成
// param: since DATE = null -- only deals from then on; undated ones are left out then
// example: ailand query acquisitions --param since=2024
MATCH (target)-[deal:ACQUIRED_BY|LICENSED_TO]->(buyer)
WHERE $since IS NULL OR deal.date >= $since
RETURN target.name AS target, CASE type(deal) WHEN 'ACQUIRED_BY' THEN 'acquired' ELSE 'licensed' END AS deal, buyer.name AS buyer,
       deal.date AS date, coalesce(deal.amount_qualifier, '') + money(deal.amount, deal.currency) AS price,
       coalesce(deal.status, deal.modality) AS status, size(deal.sources) AS sources
ORDER BY date IS NULL, date DESC, target, price
