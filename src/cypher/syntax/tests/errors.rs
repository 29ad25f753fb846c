//! What the errors say.

use std::fmt::Write;

use super::read;

#[test]
fn messages() {
    let mut report = String::new();
    for text in [
        "MTACH (n) RETURN n",
        "MATCH (n) RETRUN n",
        "MATCH (n) WEHRE n.x = 1 RETURN n",
        "MATCH (n) RETURN n ODER BY n.x",
        "MATCH (n) RETURN n LIMTI 3",
        "MATCH (n",
        "MATCH (n RETURN n",
        "MATCH n RETURN n",
        "MATCH (a)-[r->(b) RETURN r",
        "MATCH (a)-[:LIKES..]->(b) RETURN a",
        "MATCH (a)-[*-2]->(b) RETURN a",
        "MATCH (公司:初创 {名称: '月之暗面'}) RETURN 公司,, 名称",
        "MATCH （n） RETURN n",
        "RETURN 42 — 41",
        "RETURN a，b",
        "RETURN ‘a’",
        "RETURN 'it's'",
        "RETURN 'open",
        "RETURN a == b",
        "RETURN a != b",
        "RETURN !a",
        "RETURN a && b",
        "RETURN 1 AS return",
        "RETURN 12ab",
        "RETURN 9223372036854775808",
        "RETURN 1e999",
        "RETURN '\\d'",
        "RETURN '好\\u12'",
        "RETURN {1: 2}",
        "RETURN CASE x WHEN 1 THEN 2",
        "RETURN x IS NOT",
        "RETURN [x IN [1, 2] WEHRE x > 1]",
        "RETURN 1 = NOT true",
        "MATCH (a) SET a",
        "CREATE INDEX FOR (n:A) ON (n.x)",
        "USE other RETURN 1",
        "LOAD CSV FROM 'x' AS row RETURN row",
        "RETURN 1; RETURN 2",
        "MERGE (a) ON SET a.x = 1",
        "CALL (a {x: 1})",
        "",
        "MATCH (n)\nWHERE n.x = 1\n  AND n.y ==\n 2 RETURN n",
    ] {
        match read(text) {
            Ok(_) => writeln!(report, "{text}\n  is read\n").unwrap(),
            Err(error) => {
                let hint = error.hint().map_or(String::new(), |hint| format!("\nhint: {hint}"));
                let excerpt = error.excerpt().unwrap_or_default();
                writeln!(report, "{:?}: {error}\n{excerpt}{hint}\n", error.detail()).unwrap();
            }
        }
    }
    insta::assert_snapshot!(report);
}
