//! What the errors say, and what must not be an error.

use std::fmt::Write;

use super::{Procedures, judge};

fn procedures() -> Procedures {
    Procedures::new(["ailand.find(name :: STRING?) :: (node :: ANY?, score :: FLOAT?)", "db.ping() :: ()"])
}

#[test]
fn messages() {
    let mut report = String::new();
    for text in [
        "MATCH (startup:Startup) RETURN strtup.name",
        "MATCH (a) WITH a.x AS x RETURN a",
        "MATCH (公司) RETURN 公 司",
        "MATCH (公司) RETURN 公四",
        "MATCH (a)-[r]->(r) RETURN r",
        "WITH 1 AS a MATCH (a) RETURN a",
        "MATCH (a)-[r]->()-[r]->(b) RETURN r",
        "MATCH p = (a)-->(p) RETURN p",
        "MATCH (a) UNWIND [1] AS a RETURN a",
        "MATCH (a) CREATE (a:X)",
        "MATCH (a), (b) CREATE (a:X)-[:R]->(b)",
        "CREATE (a)-->(b)",
        "CREATE (a)-[:R]-(b)",
        "CREATE (a)-[:R*2]->(b)",
        "CREATE (a)-[:R|S]->(b)",
        "CREATE (a:A|B)",
        "MATCH (n $p) RETURN n",
        "MATCH (n) WHERE count(n) > 1 RETURN n",
        "MATCH (n) RETURN count(count(n))",
        "MATCH (n) RETURN count(rand())",
        "MATCH (n) RETURN n.x + count(*)",
        "MATCH (n) RETURN n.x, count(*) ORDER BY n.y",
        "MATCH (n) RETURN DISTINCT n.x ORDER BY n.y",
        "MATCH (n) RETURN [x IN [1] | count(*)]",
        "MATCH (n) WITH n, count(*) RETURN n",
        "RETURN 1 AS a, 2 AS a",
        "MATCH () RETURN *",
        "RETURN 1 AS a UNION RETURN 2 AS b",
        "MATCH (a) CALL (a) { RETURN a.x AS x }",
        "RETURN 1 AS a UNION RETURN 2 AS a UNION ALL RETURN 3 AS a",
        "MATCH (n)",
        "MATCH (n) RETURN n MATCH (m) RETURN m",
        "MATCH (n) RETURN n LIMIT n.x",
        "RETURN 1 SKIP -1",
        "RETURN 1 LIMIT 1.5",
        "RETURN toUper('a')",
        "RETURN substring('a')",
        "RETURN size()",
        "RETURN size(1)",
        "MATCH (n) RETURN type(n)",
        "MATCH p = (a)-->() RETURN p.name",
        "WITH 'x' AS s RETURN s.length",
        "RETURN 1 AND true",
        "RETURN 'a' - 1",
        "RETURN 1 IN 2",
        "RETURN [1, 2]['a']",
        "MATCH (n) WHERE n RETURN n",
        "MATCH (n) RETURN (n)-->()",
        "MATCH (n) WHERE (n)-->(m) RETURN n",
        "MATCH (n) RETURN shortestPath((n)-->()-->(n))",
        "MATCH (n) DELETE n:Label",
        "MATCH (n) DELETE n.x + 1",
        "MATCH (n) SET n = 1",
        "WITH 1 AS x SET x.y = 2",
        "MATCH (n) WHERE EXISTS { CREATE () } RETURN n",
        "RETURN COLLECT { RETURN 1 AS a, 2 AS b }",
        "MATCH (n) CALL { RETURN n.x AS x } RETURN x",
        "MATCH (n) CALL (n) { RETURN 1 AS n } RETURN n",
        "FOREACH (x IN [1] | RETURN x)",
        "CALL ailand.fnd('x')",
        "CALL ailand.find()",
        "CALL ailand.find(1) YIELD node RETURN node",
        "CALL ailand.find('x') YIELD nod RETURN nod",
        "CALL ailand.find('x') YIELD node AS n, score AS n RETURN n",
        "MATCH (m) CALL ailand.find YIELD node RETURN node",
        "MATCH (m) CALL ailand.find('x') YIELD * RETURN node",
        "CALL ailand.find",
        "RETURN $nmae",
        "MATCH ((a)-[r]->(b)){2} RETURN r.x",
        "MATCH (a) MATCH ((a)-->(b)){2} RETURN a",
    ] {
        match judge(text, &procedures(), Some(&["p", "nam"])) {
            Ok(()) => writeln!(report, "{text}\n  is taken\n").unwrap(),
            Err(error) => {
                let hint = error.hint().map_or(String::new(), |hint| format!("\nhint: {hint}"));
                let excerpt = error.excerpt().unwrap_or_default();
                writeln!(report, "{:?}: {}\n{excerpt}{hint}\n", error.detail(), error.message()).unwrap();
            }
        }
    }
    insta::assert_snapshot!(report);
}

#[test]
fn statements_that_are_taken() {
    for text in [
        "MATCH (a)-[r]->(b), (b)-[s]->(a {x: r.y}) WHERE (a)-->(b) AND NOT (b)--() RETURN a, r, b, s",
        "MATCH (a) OPTIONAL MATCH (a)-[r]->() MATCH ()-[r]->(b) RETURN *",
        "MATCH (a)-[rs*]->(b) MATCH (a)-[rs*]->(c) RETURN rs[0].x, [r IN rs | type(r)]",
        "WITH null AS n MATCH (n) RETURN n",
        "UNWIND $rows AS row MATCH (n {id: row.id}) SET n += row RETURN n",
        "MATCH (a)-[r:R]->{1,3}(b) WHERE size(r) > 1 RETURN r",
        "MATCH (x)((a)-[r]->(b) WHERE a.x < b.x AND r.y = 1){1,3}(y) RETURN [n IN a | n.x], r, x",
        "MATCH p = SHORTEST 2 (a)-->+(b) RETURN nodes(p), length(p)",
        "MATCH (a), (b) RETURN shortestPath((a)-[r*]-(b)), length(shortestPath((a)-[*]-(b)))",
        "MATCH (n) RETURN n.x AS x, count(*) AS c ORDER BY c DESC, n.x, x + 1, count(*) * 2",
        "MATCH (n) RETURN n.x AS n, n.y ORDER BY n",
        "MATCH (n) RETURN n.x AS n ORDER BY n.x",
        "MATCH (n) RETURN DISTINCT n.x + 1 ORDER BY n.x + 1",
        "MATCH (n) WITH n.x AS x WHERE n.y > x RETURN x",
        "MATCH (n) WITH n, count(*) AS c WHERE c > 1 AND n.x = c RETURN n",
        "MATCH (n) WITH *, count(*) AS c RETURN n, c + n.x",
        "MATCH (n) RETURN n.x + 1, [y IN collect(n) | y.x + 1], n.z, count(*) + n.z",
        "MATCH (n) RETURN n, n.x + count(*), {a: n.y, b: count(*)}",
        "MATCH (n) RETURN all(x IN collect(n.x) WHERE x > 1)",
        "MATCH (n) RETURN reduce(s = 0, x IN collect(n.x) | s + x)",
        "MATCH (n) RETURN CASE WHEN (n)-->() THEN 1 WHEN n:A THEN 2 ELSE 3 END",
        "MATCH (n) WHERE EXISTS { (n)-->(m) WHERE m.x = n.x } RETURN COUNT { MATCH (n)-->(m) }, COLLECT { MATCH (n) RETURN n.x }",
        "MATCH (n) CALL { WITH n RETURN n.x AS x UNION WITH n RETURN n.y AS x } RETURN n, x",
        "MATCH (n) CALL (n) { MATCH (n)-->(m) RETURN m } CALL (*) { CREATE (n)-[:R]->(m) } RETURN m",
        "CALL { CREATE (a) }",
        "MATCH (n) CALL db.ping() RETURN n",
        "CALL ailand.find('x')",
        "CALL ailand.find($p) YIELD node, score AS s WHERE s > 0.5 RETURN node, s",
        "MATCH (n) CALL ailand.find(n.name) YIELD node RETURN node",
        "CREATE (a:A:B $p)-[:R {x: 1}]->(b), (b)-[:S]->(a), (c {x: a.y})",
        "MATCH (a), (b) MERGE p = (a)-[r:R]-(b) ON CREATE SET r.x = a.y RETURN p",
        "FOREACH (x IN [1, 2] | CREATE (n {v: x}) SET n.w = x FOREACH (y IN [x] | MERGE (:M {v: y})))",
        "MATCH p = (a)-->(b) DELETE p, a REMOVE b.x, b:Y",
        "RETURN 1 LIMIT toInteger(ceil(1.7)) + size([x IN [1] WHERE x > 0])",
        "RETURN 1 AS a UNION ALL RETURN null AS a",
        "RETURN 1 AS a, 2 AS b UNION RETURN 2 AS b, 1 AS a",
        "RETURN [1, 'a'][0] + 1, [[1]][0][0] % 2, {a: 1}.a - 1, {a: 1}['a'] AND true",
        "WITH [1, null] AS l UNWIND l AS x RETURN x % 2 = 0",
        "RETURN null AND true, null - 1, NOT null, -null, null[0], null.x, null IN [1], 1 IN null",
        "WITH date() AS d RETURN d.year, d - duration('P1D')",
    ] {
        if let Err(error) = judge(text, &procedures(), None) {
            panic!("{text}\n{error}\n{}", error.excerpt().unwrap_or_default());
        }
    }
}
