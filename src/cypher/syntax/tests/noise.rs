//! Whatever the text, the parser ends with a tree or an error that names a place within it.

use proptest::prelude::*;

use super::read;

fn judge(text: &str) {
    if let Err(error) = read(text) {
        assert!(error.place().is_some(), "{text:?}: {error}");
        assert!(error.excerpt().is_some(), "{text:?}: {error}");
        assert!(!error.message().is_empty());
    }
}

/// Words and marks of the language, whole and broken.
const TOKENS: &[&str] = &[
    "MATCH", "OPTIONAL", "WHERE", "RETURN", "WITH", "UNWIND", "AS", "CREATE", "MERGE", "ON", "SET", "REMOVE", "DELETE",
    "DETACH", "FOREACH", "CALL", "YIELD", "UNION", "ALL", "ORDER", "BY", "SKIP", "LIMIT", "CASE", "WHEN", "THEN",
    "ELSE", "END", "AND", "OR", "XOR", "NOT", "IN", "IS", "NULL", "STARTS", "ENDS", "CONTAINS", "EXISTS", "COUNT",
    "COLLECT", "SHORTEST", "ANY", "shortestPath", "reduce", "single", "true", "a", "b", "名", "`x`", "$p", "1", "2.5",
    "0x1F", "'t'", "(", ")", "[", "]", "{", "}", "(a)", "-->", "<--", "-[r]-", "(", ")", "[", "]", "{", "}", ",", ";",
    ".", "..", ":", "|", "&", "!", "+", "-", "*", "/", "%", "^", "=", "=~", "<>", "<", "<=", ">", ">=", "+=", "||",
    "'", "`", "$", "/*", "//", "\n", "—", "，", "\u{0}", "é", "\\",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_text(text in "\\PC{0,60}") {
        judge(&text);
    }

    #[test]
    fn any_tokens(tokens in prop::collection::vec(prop::sample::select(TOKENS), 0..30), blank in prop::bool::ANY) {
        judge(&tokens.join(if blank { " " } else { "" }));
    }

    /// A statement of every clause with a few of its bytes changed.
    #[test]
    fn damaged(changes in prop::collection::vec((0_usize..400, prop::sample::select(TOKENS), prop::bool::ANY), 1..4)) {
        let mut text = "MATCH p = (a:人 {x: 1})-[r:R*1..3]->(b) WHERE a.x = $p AND (a)-->(b) WITH DISTINCT a, [x IN b.l WHERE \
            x > 1 | x] AS l ORDER BY a.x DESC SKIP 1 LIMIT 2 CALL (a) { RETURN 1 AS y } MERGE (c:C) ON CREATE SET c.x = \
            CASE WHEN a THEN 1 ELSE 'é\\n' END FOREACH (z IN l | SET a:B) RETURN a {.x, k: EXISTS { (a)-->() }}, r[1..2]"
            .to_owned();
        for (at, token, replace) in changes {
            let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let end = if replace { text[at..].chars().next().map_or(at, |c| at + c.len_utf8()) } else { at };
            text.replace_range(at..end, token);
        }
        judge(&text);
    }
}
