// name: contradictory-claims
// en: Where sources disagree about an entity: the same property with different values, and who says what
// zh: 各来源说法不一之处：同一属性有不同的值，分别由谁给出
// param: label STRING = null -- only entities with this label, such as Startup or FundingRound
// example: ailand query contradictory-claims --param label=FundingRound
CALL ailand.claims() YIELD node, key, value, sources, shown
WITH node, key, value, sources, shown
WHERE $label IS NULL OR $label IN labels(node)
WITH node, key, value, reduce(all = [], some IN collect(sources) | all + some) AS sources, any(one IN collect(shown) WHERE one) AS shown
ORDER BY shown DESC, value
WITH node, key, collect({value: value, sources: sources, shown: shown}) AS versions
// A date that is only more precise is no contradiction.
WHERE any(other IN versions[1..] WHERE other.value <> toString(other.value)
  OR NOT (other.value STARTS WITH versions[0].value OR versions[0].value STARTS WITH other.value))
RETURN labels(node)[0] AS label, node.name AS entity, key AS property, versions[0].value AS shown, versions[0].sources AS according_to,
       [other IN versions[1..] | toString(other.value) + ' (' + reduce(all = '', id IN other.sources | all + CASE all WHEN '' THEN '' ELSE ', ' END + id) + ')'] AS others
ORDER BY label, entity, property
