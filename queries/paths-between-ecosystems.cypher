// name: paths-between-ecosystems
// en: How two players are connected: the shortest paths between them, and what kind of relation each step is
// zh: 两方如何相连：最短的几条路径，每一步是什么关系
// param: from STRING = "小米" -- one end, by any name; NAME@LABEL where that is ambiguous
// param: to STRING = "OpenAI" -- the other end
// param: most INTEGER = 5 -- how many paths
// example: ailand query paths-between-ecosystems --param from=DeepSeek@Startup --param to=Anthropic
CALL ailand.paths($from, $to, $most) YIELD path, length
RETURN path, length, [step IN relationships(path) | type(step)] AS relations
