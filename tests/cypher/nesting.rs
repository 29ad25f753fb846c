//! Statements that nest or repeat without end: an answer or an error, and never the end of the stack.
//!
//! Tests run on threads whose stack is two megabytes; a thread of a program that embeds the library may have no more.

use std::time::{Duration, Instant};

use super::engine::Engine;

/// How often each part repeats.
const TIMES: usize = 10_000;

/// The longest that any of them may take, unoptimised and beside other tests.
const LONGEST: Duration = Duration::from_secs(30);

/// Statements of a part that is repeated: before, the part, in the middle, the part that closes it, behind.
const SHAPES: &[(&str, &str, &str, &str, &str)] = &[
    ("RETURN ", "(", "1", ")", " AS x"),
    ("RETURN ", "[", "1", "]", " AS x"),
    ("RETURN ", "{a: ", "1", "}", " AS x"),
    ("RETURN ", "NOT ", "true", "", " AS x"),
    ("RETURN ", "- ", "1", "", " AS x"),
    ("RETURN ", "1 + ", "1", "", " AS x"),
    ("RETURN ", "1 * (2 + ", "1", ")", " AS x"),
    ("RETURN ", "2 ^ ", "1", "", " AS x"),
    ("RETURN ", "true AND ", "true", "", " AS x"),
    ("RETURN ", "1 = ", "1", "", " AS x"),
    ("RETURN ", "abs(", "1", ")", " AS x"),
    ("RETURN ", "CASE WHEN true THEN ", "1", " END", " AS x"),
    ("RETURN ", "CASE ", "1", " WHEN 1 THEN 1 END", " AS x"),
    ("RETURN ", "[y IN ", "[1]", " | y]", " AS x"),
    ("RETURN ", "[y IN [1] | ", "1", "]", " AS x"),
    ("RETURN ", "all(y IN [1] WHERE ", "true", ")", " AS x"),
    ("RETURN ", "reduce(a = 0, y IN [1] | ", "1", ")", " AS x"),
    ("RETURN ", "EXISTS { MATCH (n) WHERE ", "true", " }", " AS x"),
    ("RETURN ", "COUNT { MATCH (n) WHERE 0 < ", "1", " }", " AS x"),
    ("RETURN ", "COLLECT { RETURN ", "1", " AS x }", " AS x"),
    ("WITH {a: null} AS m RETURN m", ".a", "", "", " AS x"),
    ("WITH [null] AS m RETURN m", "[0]", "", "", " AS x"),
    ("MATCH (a)", "-->()", "", "", " RETURN 1 AS x"),
    ("MATCH (a)", "-[:R*0..1]-()", "", "", " RETURN 1 AS x"),
    ("MATCH (a)", ", ()", "", "", " RETURN 1 AS x"),
    ("MATCH (a) ", "((", "()-->()", "){1})", " RETURN 1 AS x"),
    ("MATCH (n:", "(", "A", ")", ") RETURN 1 AS x"),
    ("MATCH (n:", "!", "A", "", ") RETURN 1 AS x"),
    ("MATCH (n", ":A", "", "", ") RETURN 1 AS x"),
    ("MATCH (n:A", "|A", "", "", ") RETURN 1 AS x"),
    ("", "CALL { ", "RETURN 1 AS x", " } RETURN x", ""),
    ("", "FOREACH (y IN [1] | ", "CREATE (:A)", ")", ""),
    ("MATCH (a) WHERE ", "EXISTS { ", "(a)-->()", " }", " RETURN 1 AS x"),
    ("RETURN ", "COLLECT { MATCH (a)-->()-->()-->() RETURN ", "1", " }", " AS x"),
    ("", "SET a.x = 1 ", "", "", ""),
    ("MATCH (a) ", "SET a.x = 1 ", "", "", ""),
    ("MATCH (a) SET a.x = 1", ", a.x = 1", "", "", ""),
    ("", "MERGE (:A) ", "", "", ""),
    ("MERGE (:A)", "-[:R]->()", "", "", ""),
    ("", "RETURN 1 AS x UNION ", "RETURN 1 AS x", "", ""),
    ("WITH 1 AS x ", "WITH x ", "", "", "RETURN x"),
    ("", "UNWIND [1] AS x WITH 1 AS y ", "", "", "RETURN y AS x"),
    ("", "OPTIONAL MATCH () ", "", "", "RETURN 1 AS x"),
    ("", "CREATE () ", "", "", ""),
    ("CREATE ()", "-[:R]->()", "", "", ""),
    ("RETURN [", "1, ", "1", "", "] AS x"),
    ("RETURN 1 AS x", "/* /* */", "", "", ""),
    ("RETURN '", "a", "", "", "' AS x"),
    ("RETURN ", "x.", "y", "", ""),
    ("RETURN ", "$", "x", "", ""),
    ("", "(", "", "", ""),
    ("RETURN ", "[", "", "", ""),
    ("RETURN ", "{a:", "", "", ""),
    ("MATCH ", "(a)-[", "", "", ""),
];

#[test]
fn nothing_ends_the_stack() {
    for (before, open, middle, close, behind) in SHAPES {
        let statement = format!("{before}{}{middle}{}{behind}", open.repeat(TIMES), close.repeat(TIMES));
        let shape = format!("{before}{open}..{middle}..{close}{behind}");
        // Few rows: what is slow here is the statement.
        let started = Instant::now();
        let _ = Engine::new().run(&statement, &[]);
        assert!(started.elapsed() < LONGEST, "{shape} took {:?}", started.elapsed());
    }
}

#[test]
fn statements_of_a_reasonable_length_run() {
    for (before, open, middle, close, behind) in SHAPES {
        let statement = format!("{before}{}{middle}{}{behind}", open.repeat(15), close.repeat(15));
        if let Err(refusal) = Engine::new().run(&statement, &[]) {
            assert_ne!(refusal.kind, "LimitExceeded", "{statement}: {refusal:?}");
        }
    }
    let statement = "CREATE (:A) ".repeat(3000);
    Engine::new().run(&statement, &[]).unwrap();
}

#[test]
fn deep_parentheses_are_too_deep() {
    for (open, close) in [("(", ")"), ("[", "]"), ("{a: ", "}"), ("abs(", ")")] {
        let statement = format!("RETURN {}1{} AS x", open.repeat(TIMES), close.repeat(TIMES));
        let refusal = Engine::new().run(&statement, &[]).unwrap_err();
        assert_eq!((refusal.kind, refusal.detail), ("LimitExceeded", "TooDeep"), "{open}");
        assert!(refusal.place.is_some());
    }
}
