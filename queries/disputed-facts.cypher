// name: disputed-facts
// en: Facts that contradict each other: the same deal, stake or score with different figures
// zh: 相互矛盾的事实：同一笔交易、持股或成绩，数字说法不同
// example: ailand query disputed-facts
MATCH (a)-[one]->(b)<-[two]-(a)
WHERE type(one) = type(two) AND one.id < two.id
  // What differs in one of these is about something else.
  AND all(key IN ['date', 'as_of', 'round', 'round_id', 'role', 'benchmark', 'metric', 'scope', 'setting', 'variant', 'scale', 'language', 'access']
          WHERE coalesce(toString(one[key]), '') = coalesce(toString(two[key]), ''))
WITH a, one, b, two, [key IN ['amount', 'investor_amount', 'round_amount', 'stake_pct', 'outcome', 'score', 'status']
                      WHERE one[key] <> two[key]] AS differs
WHERE size(differs) > 0
RETURN a.name AS subject, type(one) AS relation, b.name AS object, one.date AS date,
       [key IN differs | key + ': ' + toString(one[key]) + ' / ' + toString(two[key])] AS differs,
       one.sources AS sources, two.sources AS other_sources
ORDER BY relation, subject, object, differs
