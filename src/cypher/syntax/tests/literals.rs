//! Numbers, strings, names and comments.

use super::read;
use crate::cypher::error::Detail;
use crate::cypher::syntax::tree::{Clause, ExpressionKind};

/// The literal of `RETURN ...`.
fn literal(text: &str) -> Result<ExpressionKind, Detail> {
    let statement = read(&format!("RETURN {text} AS x")).map_err(|error| error.detail())?;
    match statement.query.first.clauses.into_iter().next() {
        Some(Clause::Return(projection)) => Ok(projection.items.into_iter().next().unwrap().expression.kind),
        _ => panic!("{text}"),
    }
}

#[test]
fn integers() {
    for (text, value) in [
        ("0", 0),
        ("007", 7),
        ("1_000_000", 1_000_000),
        ("9223372036854775807", i64::MAX),
        ("-9223372036854775808", i64::MIN),
        ("- 1", -1),
        ("0xFf", 255),
        ("-0x8000000000000000", i64::MIN),
        ("0o17", 15),
        ("-0O17", -15),
    ] {
        assert_eq!(literal(text), Ok(ExpressionKind::Int(value)), "{text}");
    }
    for text in ["9223372036854775808", "-9223372036854775809", "0x8000000000000000", "99999999999999999999999"] {
        assert_eq!(literal(text), Err(Detail::IntegerOverflow), "{text}");
    }
    for text in ["0x", "0o8", "12ab", "1__0", "1_", "0xg", "1e", "1e+", "1.5.5", "0x1.5"] {
        assert!(literal(text).is_err(), "{text}");
    }
}

#[test]
fn fractions() {
    for (text, value) in [
        ("1.5", 1.5),
        (".5", 0.5),
        ("-.5", -0.5),
        ("1e3", 1000.0),
        ("1E-3", 0.001),
        ("1.5e+3", 1500.0),
        ("1e-400", 0.0),
        ("179769313486231570000e288", 1.797_693_134_862_315_7e308),
    ] {
        assert_eq!(literal(text), Ok(ExpressionKind::Float(value)), "{text}");
    }
    assert_eq!(literal("1e309"), Err(Detail::FloatingPointOverflow));
    assert!(matches!(literal("-0.0"), Ok(ExpressionKind::Float(zero)) if zero.is_sign_negative()));
}

#[test]
fn strings() {
    for (text, value) in [
        (r"''", ""),
        (r#""it's""#, "it's"),
        (r"'it\'s'", "it's"),
        (r"'\\ \n\t\r\b\f'", "\\ \n\t\r\u{8}\u{c}"),
        (r"'\u6708之\u6697面'", "月之暗面"),
        (r"'\U0001F600 \uD83D\uDE00'", "😀 😀"),
        ("'// no /* comment'", "// no /* comment"),
        ("'two\nlines'", "two\nlines"),
    ] {
        assert_eq!(literal(text), Ok(ExpressionKind::Text(value.into())), "{text}");
    }
    for text in [r"'\uH'", r"'\u12'", r"'\uD83D'", r"'\uDE00'", r"'\uD83Dx'", r"'\U00110000'", r"'\u月'"] {
        assert_eq!(literal(text), Err(Detail::InvalidUnicodeLiteral), "{text}");
    }
    for text in [r"'\d'", "'open", "\"open", r"'\'", "'a' 'b'"] {
        assert_eq!(literal(text), Err(Detail::UnexpectedSyntax), "{text}");
    }
}

#[test]
fn names() {
    for (text, name) in [
        ("月之暗面", "月之暗面"),
        ("`a b`", "a b"),
        ("`a``b`", "a`b"),
        ("``", ""),
        ("_x1", "_x1"),
        ("naïve", "naïve"),
        ("e\u{301}té", "e\u{301}té"),
        ("order", "order"),
        ("End", "End"),
        ("count", "count"),
        ("`return`", "return"),
    ] {
        assert_eq!(literal(text), Ok(ExpressionKind::Variable(name.into())), "{text}");
    }
    for (text, name) in [("$p", "p"), ("$0", "0"), ("$`a b`", "a b"), ("$参数", "参数"), ("$match", "match")] {
        assert_eq!(literal(text), Ok(ExpressionKind::Parameter(name.into())), "{text}");
    }
}

#[test]
fn comments_and_blanks() {
    for text in [
        "RETURN 1 // the end",
        "// first\nRETURN /* in\nbetween */ 1;",
        "\u{feff}RETURN\u{a0}1\u{3000}",
        "/**/RETURN/*/*/1",
        "RETURN 1//",
    ] {
        assert!(read(text).is_ok(), "{text}");
    }
    assert!(read("RETURN 1 /* open").is_err());
}
