//! Statements that are too long or too deep end in an error, on any thread, and their trees are dropped safely.

use super::{SyntaxLimits, parse, read};
use crate::cypher::error::{Detail, Kind};

#[track_caller]
fn too_deep(text: &str) {
    let error = read(text).unwrap_err();
    assert_eq!((error.kind(), error.detail()), (Kind::LimitExceeded, Detail::TooDeep), "{error}");
}

#[test]
fn nested_brackets() {
    for (open, inner, close) in [
        ("(", "1", ")"),
        ("[", "1", "]"),
        ("{a: ", "1", "}"),
        ("size(", "1", ")"),
        ("x[", "1", "]"),
        ("CASE WHEN true THEN ", "1", " END"),
        ("[x IN ", "y", " | x]"),
        ("[(a)-->(b) | ", "1", "]"),
        ("EXISTS { MATCH (n) WHERE ", "true", " }"),
        ("COUNT { (n {a: ", "1", "}) }"),
        ("COLLECT { RETURN ", "1", " }"),
        ("all(x IN y WHERE ", "true", ")"),
        ("reduce(s = 0, x IN ", "y", " | s)"),
        ("1 + (2 * (3 ^ ", "1", "))"),
        ("a OR b AND NOT c = d + e * f ^ (", "1", ")"),
        ("-(", "1", ")"),
        ("x {a: ", "1", "}"),
    ] {
        too_deep(&format!("RETURN {}{inner}{} AS x", open.repeat(10_000), close.repeat(10_000)));
        // Unclosed as well, and as deep as is allowed.
        assert!(read(&format!("RETURN {}", open.repeat(10_000))).is_err());
        let _ = read(&format!("RETURN {}{inner}{} AS x", open.repeat(15), close.repeat(15))).unwrap();
    }
}

#[test]
fn nested_patterns_and_queries() {
    too_deep(&format!("MATCH {}(a)-->(b){} RETURN a", "(".repeat(10_000), "){1,2}".repeat(10_000)));
    too_deep(&format!("MATCH (a:{}A{}) RETURN a", "(".repeat(10_000), ")".repeat(10_000)));
    too_deep(&format!("MATCH (a:{}A) RETURN a", "!".repeat(10_000)));
    too_deep(&format!("{}RETURN 1 AS x{}", "CALL { ".repeat(10_000), " }".repeat(10_000)));
    too_deep(&format!("{}CREATE (){}", "FOREACH (x IN [1] | ".repeat(10_000), ")".repeat(10_000)));
}

#[test]
fn chains_that_nest() {
    for (first, more) in [("1", " + 1"), ("1", " - 1"), ("'a'", " || 'a'"), ("a", ".b"), ("a", "[0]"), ("1", " IN []")]
    {
        too_deep(&format!("RETURN {first}{}", more.repeat(20_000)));
        assert!(read(&format!("RETURN {first}{}", more.repeat(500))).is_ok());
    }
    for sign in ["NOT ", "- ", "+ "] {
        too_deep(&format!("RETURN {}x", sign.repeat(20_000)));
    }
    // Neither do chains within chains slip through.
    too_deep(&format!("RETURN {}1{}", "(".repeat(20), format!("{})", " + 1".repeat(100)).repeat(20)));
}

#[test]
fn chains_that_are_flat() {
    for operator in ["AND", "OR", "XOR"] {
        assert!(read(&format!("RETURN true{}", format!(" {operator} true").repeat(20_000))).is_ok());
    }
    assert!(read(&format!("RETURN true{}", " OR true".repeat(100_000))).is_ok());
    assert!(read(&format!("RETURN 1{}", " < 1".repeat(20_000))).is_ok());
    assert!(read(&format!("RETURN [1{}]", ", 1".repeat(20_000))).is_ok());
    assert!(read(&format!("MATCH (a:A{}) RETURN a", "|A".repeat(20_000))).is_ok());
    assert!(read(&format!("MATCH (a){} RETURN a", "-->()".repeat(20_000))).is_ok());
    assert!(read(&format!("{}RETURN 1", "MATCH (a) ".repeat(20_000))).is_ok());
    assert!(read(&format!("RETURN 1 AS a{}", " UNION RETURN 1 AS a".repeat(20_000))).is_ok());
    assert!(read(&format!("RETURN [{}]", vec!["a.b + 1"; 10_000].join(", "))).is_ok());
}

#[test]
fn length() {
    let limits = SyntaxLimits { length: 10, ..SyntaxLimits::default() };
    assert!(parse("RETURN 123", &limits).is_ok());
    let error = parse("RETURN 1234", &limits).unwrap_err();
    assert_eq!((error.kind(), error.detail()), (Kind::LimitExceeded, Detail::TooLong));
}
