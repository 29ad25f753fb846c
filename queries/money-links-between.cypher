// name: money-links-between
// en: How two players are connected by money and ownership alone, planned and denied deals left out: all shortest ways
// zh: 只看资本关系（投资、持股、收购、隶属、控制），不含计划中或被否认的交易，两方如何相连：全部最短路径
// param: from STRING = "阿里巴巴" -- one end, by any name
// param: to STRING = "OpenAI" -- the other end
// param: most INTEGER = 5 -- how many ways are listed
// example: ailand query money-links-between --param from=腾讯 --param to=xAI
MATCH path = ALL SHORTEST (a {name: $from})
  (()-[step:INVESTED_IN|OWNS_STAKE|ACQUIRED_BY|SUBSIDIARY_OF|CONTROLS WHERE step.modality IN ['asserted', 'reported']]-())+ (b {name: $to})
// Ways through the same companies in other rounds are one way.
WITH nodes(path) AS players, head(collect(path)) AS path
RETURN path, length(path) AS length
LIMIT $most
