//! Operators against their definitions.

use proptest::prelude::*;

use super::*;
use crate::cypher::function::tests::NoGraph;
use crate::cypher::value::tests::values;
use crate::cypher::value::{Duration, Value, equals};
use crate::cypher::{Detail, QueryError};

const TRUTHS: [Value; 3] = [Value::Bool(true), Value::Bool(false), Value::Null];

fn ints(numbers: impl IntoIterator<Item = i64>) -> Value {
    Value::list(numbers.into_iter().map(Value::Int).collect())
}

fn detail(result: Result<Value, QueryError>) -> Detail {
    result.unwrap_err().detail()
}

/// A three-valued operator is right when it says what all ways to fill in the unknown have in common.
fn filled_in(values: &[Value; 2], rule: fn(bool, bool) -> bool) -> Value {
    let ways = |value: &Value| match value {
        Value::Bool(truth) => vec![*truth],
        _ => vec![true, false],
    };
    let results: Vec<bool> =
        ways(&values[0]).into_iter().flat_map(|a| ways(&values[1]).into_iter().map(move |b| rule(a, b))).collect();
    if results.iter().all(|result| *result == results[0]) { Value::Bool(results[0]) } else { Value::Null }
}

#[test]
fn logic_says_what_is_certain() {
    for a in TRUTHS {
        for b in TRUTHS {
            let pair = [a.clone(), b.clone()];
            assert_eq!(and(&a, &b).unwrap(), filled_in(&pair, |a, b| a && b));
            assert_eq!(or(&a, &b).unwrap(), filled_in(&pair, |a, b| a || b));
            assert_eq!(xor(&a, &b).unwrap(), filled_in(&pair, |a, b| a != b));
        }
        assert_eq!(not(&a).unwrap(), filled_in(&[a.clone(), Value::Bool(true)], |a, _| !a));
        assert_eq!(detail(and(&a, &Value::Int(1))), Detail::InvalidArgumentType);
    }
}

#[test]
fn whole_numbers_overflow_as_errors() {
    let (least, most, minus) = (Value::Int(i64::MIN), Value::Int(i64::MAX), Value::Int(-1));
    for result in [
        add(&most, &Value::Int(1)),
        subtract(&least, &Value::Int(1)),
        multiply(&most, &Value::Int(2)),
        divide(&least, &minus),
        negate(&least),
    ] {
        assert_eq!(detail(result), Detail::IntegerOverflow);
    }
    assert_eq!(modulo(&least, &minus).unwrap(), Value::Int(0));
    assert_eq!(detail(divide(&minus, &Value::Int(0))), Detail::DivisionByZero);
    assert_eq!(detail(modulo(&minus, &Value::Int(0))), Detail::DivisionByZero);
    assert_eq!(divide(&minus, &Value::Float(0.0)).unwrap(), Value::Float(f64::NEG_INFINITY));
}

#[test]
fn division_and_remainder_go_towards_zero() {
    let (seven, two) = (Value::Int(-7), Value::Int(2));
    assert_eq!(divide(&seven, &two).unwrap(), Value::Int(-3));
    assert_eq!(modulo(&seven, &two).unwrap(), Value::Int(-1));
    assert_eq!(divide(&seven, &Value::Float(2.0)).unwrap(), Value::Float(-3.5));
    assert!(matches!(power(&two, &two).unwrap(), Value::Float(four) if (four - 4.0).abs() < f64::EPSILON));
}

#[test]
fn plus_joins_strings_and_lists() {
    let text = |a: Value, b: Value| add(&a, &b).unwrap();
    assert_eq!(text("a".into(), Value::Float(1.0)), "a1.0".into());
    assert_eq!(text(Value::Int(1), "a".into()), "1a".into());
    assert_eq!(text(ints([1]), ints([2])), ints([1, 2]));
    assert_eq!(text(ints([1]), Value::Int(2)), ints([1, 2]));
    assert_eq!(text(Value::Int(1), ints([2])), ints([1, 2]));
    assert_eq!(text(ints([1]), Value::Null), Value::Null);
    assert_eq!(detail(add(&Value::Bool(true), &Value::Int(1))), Detail::InvalidArgumentType);
    assert_eq!(detail(concatenate(&"a".into(), &Value::Int(1))), Detail::InvalidArgumentType);
    assert_eq!(concatenate(&"a".into(), &"b".into()).unwrap(), "ab".into());
}

#[test]
fn durations_are_multiplied_exactly() {
    let second: Value = Duration::new(0, 0, 1_000_000_001).unwrap().into();
    let large = multiply(&second, &Value::Int(1_000_000_007)).unwrap();
    assert_eq!(divide(&large, &Value::Int(1_000_000_007)).unwrap(), second);
    assert_eq!(detail(divide(&second, &Value::Int(0))), Detail::DivisionByZero);
    assert_eq!(detail(multiply(&second, &Value::Float(f64::NAN))), Detail::IntegerOverflow);
}

#[test]
fn a_regular_expression_must_match_the_whole_string() {
    let matched = |text: &str, pattern: &str| matches(&text.into(), &pattern.into());
    for (text, pattern, expected) in [
        ("ab", "a|ab", true),
        ("abc", "a|ab", false),
        ("月之暗面", "月.*", true),
        ("AB", "(?i)ab", true),
        ("a\n", "a", false),
        ("ab", "(?x) a b # both", true),
        ("", "", true),
    ] {
        assert_eq!(matched(text, pattern).unwrap(), Value::Bool(expected), "{text:?} {pattern:?}");
    }
    assert_eq!(detail(matched("a", "a)|(b")), Detail::InvalidArgumentValue);
    assert_eq!(matches(&Value::Int(1), &"1".into()).unwrap(), Value::Null);
}

#[test]
fn elements_are_found_by_position_or_name() {
    let at = |subject: &Value, place: Value| index(&NoGraph, subject, &place);
    assert_eq!(at(&ints([1, 2, 3]), Value::Int(-1)).unwrap(), Value::Int(3));
    assert_eq!(at(&ints([1, 2, 3]), Value::Int(i64::MIN)).unwrap(), Value::Null);
    assert_eq!(at(&Value::map([("a", Value::Int(1))]), "a".into()).unwrap(), Value::Int(1));
    assert_eq!(detail(at(&ints([1]), Value::Float(0.0))), Detail::ListElementAccessByNonInteger);
    assert_eq!(detail(at(&Value::map([("a", Value::Int(1))]), Value::Int(0))), Detail::MapElementAccessByNonString);
    assert_eq!(detail(at(&Value::Int(1), Value::Int(0))), Detail::InvalidArgumentType);
    assert_eq!(detail(property(&NoGraph, &Value::Int(1), "a")), Detail::InvalidArgumentType);
}

proptest! {
    #[test]
    fn slices_hold_the_elements_between(length in 0..6_i64, from in proptest::option::of(-8..8_i64), to in proptest::option::of(-8..8_i64)) {
        let list = ints(0..length);
        let place = |bound: i64| if bound < 0 { (bound + length).max(0) } else { bound };
        let (start, end) = (place(from.unwrap_or(0)), to.map_or(length, place));
        let expected = ints((0..length).filter(|at| (start..end).contains(at)));
        let (from, to) = (from.map(Value::Int), to.map(Value::Int));
        prop_assert_eq!(slice(&list, from.as_ref(), to.as_ref()).unwrap(), expected);
    }

    #[test]
    fn an_element_is_in_a_list_when_it_equals_one(item in values(), list in proptest::collection::vec(values(), 0..4)) {
        let equal: Vec<_> = list.iter().map(|value| equals(&item, value)).collect();
        let expected = if equal.contains(&Some(true)) {
            Value::Bool(true)
        } else if equal.contains(&None) {
            Value::Null
        } else {
            Value::Bool(false)
        };
        prop_assert_eq!(element(&item, &Value::list(list)).unwrap(), expected);
    }

    #[test]
    fn operators_answer_or_refuse_but_never_break(a in values(), b in values()) {
        for operator in [add, subtract, multiply, divide, modulo, power, and, or, xor, element, matches, concatenate] {
            if let Ok(value) = operator(&a, &b) {
                prop_assert!(value == value.clone());
            }
        }
        let _ = (starts_with(&a, &b), ends_with(&a, &b), contains(&a, &b), negate(&a), positive(&a), not(&a));
        let _ = (index(&NoGraph, &a, &b), slice(&a, Some(&b), None), slice(&a, None, Some(&b)));
    }
}
