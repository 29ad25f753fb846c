//! Whatever parses, the checks end, and long and deep statements do not exhaust the stack.

use proptest::prelude::*;

use super::{Procedures, judge};

/// Pieces of statements that fit together often enough.
const CLAUSES: &[&str] = &[
    "MATCH (a)",
    "MATCH (a)-[r]->(b)",
    "OPTIONAL MATCH p = (a)-[r*]->(b)",
    "MATCH ((a)-[r]->(b)){2}",
    "WHERE a.x = b.y",
    "WHERE (a)-->(b)",
    "WITH a",
    "WITH a, count(*) AS c",
    "WITH DISTINCT *",
    "WITH a.x AS b ORDER BY a.y, b LIMIT 1",
    "UNWIND [1, 2] AS b",
    "UNWIND a AS c",
    "CREATE (a)-[:R]->(c)",
    "MERGE (a)-[r:R]->(b)",
    "SET a.x = c, a:L",
    "REMOVE r.x",
    "DELETE a, p",
    "FOREACH (b IN [a] | SET b.x = 1)",
    "CALL { WITH a RETURN a.x AS c }",
    "CALL (a, b) { RETURN 1 AS d }",
    "CALL db.ping()",
    "RETURN *",
    "RETURN a, b + count(*) ORDER BY c",
    "RETURN [x IN a | x.y], reduce(s = b, y IN c | s + y)",
    "RETURN EXISTS { (a)-->(z) }, COUNT { MATCH (a) WITH b RETURN b }",
    "UNION",
    "UNION ALL",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_clauses(clauses in prop::collection::vec(prop::sample::select(CLAUSES), 1..8)) {
        let text = clauses.join(" ");
        if let Err(error) = judge(&text, &Procedures::new(["db.ping() :: ()"]), Some(&[])) {
            prop_assert!(error.place().is_some(), "{}: {}", text, error);
        }
    }
}

#[test]
fn as_deep_as_the_parser_allows() {
    let none = Procedures::default();
    for (open, inner, close) in [
        ("(", "1", ")"),
        ("[", "1", "]"),
        ("{a: ", "1", "}"),
        ("CASE WHEN true THEN ", "1", " END"),
        ("[x IN ", "[]", " | x]"),
        ("[()-->() | ", "1", "]"),
        ("EXISTS { MATCH (n) WHERE ", "true", " }"),
        ("COLLECT { RETURN ", "1", " AS a }"),
        ("coalesce(", "1", ")"),
        ("", "1", " + 1"),
        ("", "null", ".b"),
        ("", "null", "[0]"),
        ("NOT ", "true", ""),
        ("- ", "null", ""),
    ] {
        let text = |depth: usize| format!("RETURN {}{inner}{} AS a", open.repeat(depth), close.repeat(depth));
        let deepest =
            [598, 580, 159, 150, 79, 75, 50, 36].into_iter().find(|depth| judge(&text(*depth), &none, None).is_ok());
        assert!(deepest.is_some_and(|deepest| deepest > 35), "{open} {deepest:?}");
    }
}
