//! Operators bind as the grammar says: an expression with the fewest parentheses is the one with all of them.

use proptest::prelude::*;

use super::read;
use crate::cypher::syntax::alike;
use crate::cypher::syntax::tree::{Clause, Expression};

/// The expression of `RETURN ...`.
fn expression(text: &str) -> Expression {
    let statement = read(&format!("RETURN {text}")).unwrap_or_else(|error| panic!("{text}: {error}"));
    match statement.query.first.clauses.into_iter().next() {
        Some(Clause::Return(projection)) => projection.items.into_iter().next().unwrap().expression,
        _ => panic!("{text}"),
    }
}

/// An expression written twice, and how tightly its outermost operator binds.
#[derive(Debug, Clone)]
struct Written {
    fewest: String,
    all: String,
    level: u8,
}

const ATOM: u8 = 11;

impl Written {
    /// As an operand of an operator that binds so tightly.
    fn operand(&self, level: u8) -> String {
        if self.level < level { format!("({})", self.fewest) } else { self.fewest.clone() }
    }
}

fn atom() -> impl Strategy<Value = Written> {
    let text =
        prop::sample::select(vec!["a", "1", "2.5", "'x'", "$p", "null", "true", "[1, 2]", "f(a)", "{k: 1}", "名"]);
    text.prop_map(|text| Written { fewest: text.to_owned(), all: text.to_owned(), level: ATOM })
}

/// Binary operators with their levels; chains of one that is associative by its nature need no parentheses on the left.
const BINARY: &[(&str, u8)] = &[
    ("OR", 1),
    ("XOR", 2),
    ("AND", 3),
    ("=", 5),
    ("<>", 5),
    ("<", 5),
    (">=", 5),
    ("IN", 6),
    ("STARTS WITH", 6),
    ("=~", 6),
    ("+", 7),
    ("-", 7),
    ("||", 7),
    ("*", 8),
    ("%", 8),
    ("/", 8),
    ("^", 9),
];

fn written() -> impl Strategy<Value = Written> {
    atom().prop_recursive(5, 40, 2, |inner| {
        let binary =
            (prop::sample::select(BINARY), inner.clone(), inner.clone()).prop_map(|((word, level), left, right)| {
                // Comparisons chain instead of nesting, and logical chains are balanced: parentheses on both sides.
                let left_level = if level <= 5 { level + 1 } else { level };
                Written {
                    fewest: format!("{} {word} {}", left.operand(left_level), right.operand(level + 1)),
                    all: format!("({}) {word} ({})", left.all, right.all),
                    level,
                }
            });
        let not = inner.clone().prop_map(|operand| Written {
            fewest: format!("NOT {}", operand.operand(4)),
            all: format!("NOT ({})", operand.all),
            level: 4,
        });
        let minus = inner.clone().prop_filter("a minus and a number are one literal", |operand| {
            !operand.fewest.starts_with(|c: char| c.is_ascii_digit())
        });
        let minus = minus.prop_map(|operand| Written {
            fewest: format!("-{}", operand.operand(10)),
            all: format!("-({})", operand.all),
            level: 10,
        });
        let is_null = inner.clone().prop_map(|operand| Written {
            fewest: format!("{} IS NOT NULL", operand.operand(6)),
            all: format!("({}) IS NOT NULL", operand.all),
            level: 6,
        });
        let property = inner.prop_map(|operand| Written {
            fewest: format!("{}.k", operand.operand(ATOM)),
            all: format!("({}).k", operand.all),
            level: ATOM,
        });
        prop_oneof![4 => binary, 1 => not, 1 => minus, 1 => is_null, 1 => property]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn fewest_and_all_parentheses(written in written()) {
        let (fewest, all) = (expression(&written.fewest), expression(&written.all));
        prop_assert!(alike(&fewest, &all), "{} is not {}", written.fewest, written.all);
    }
}

#[test]
fn examples() {
    for (text, same) in [
        ("1 + 2 * 3 ^ 4", "1 + (2 * (3 ^ 4))"),
        ("2 ^ 3 ^ 2", "(2 ^ 3) ^ 2"),
        ("-x ^ 2", "(-x) ^ 2"),
        ("NOT a = b", "NOT (a = b)"),
        ("a = b IS NULL", "a = (b IS NULL)"),
        ("NOT a AND b OR c XOR d", "((NOT a) AND b) OR (c XOR d)"),
        ("1 - 2 - 3", "(1 - 2) - 3"),
        ("a.b[0].c IS NOT NULL", "((((a).b)[0]).c) IS NOT NULL"),
        ("1 + x IN [1] + [2]", "(1 + x) IN ([1] + [2])"),
        ("a STARTS WITH 'x' + 'y'", "a STARTS WITH ('x' + 'y')"),
    ] {
        assert!(alike(&expression(text), &expression(same)), "{text} is not {same}");
    }
    assert!(!alike(&expression("(a < b) < c"), &expression("a < b < c")));
}
