//! Equality, comparison, order and grouping against their definitions.

use super::equality::{Comparison, compare};
use std::cmp::Ordering;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use proptest::prelude::*;

use super::*;
use crate::cypher::syntax::tree::ComparisonOperator;

/// Numbers where whole numbers and floats nearly meet, and the ends of both.
fn numbers() -> impl Strategy<Value = Value> {
    let beside = |power: i64| (-2..=2_i64).prop_map(move |distance| power.saturating_add(distance));
    let ints =
        prop_oneof![-3..=3_i64, beside(1 << 53), beside(-(1 << 53)), beside(i64::MAX), beside(i64::MIN), any::<i64>()];
    let special =
        [0.0, -0.0, 0.5, -0.5, f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MIN_POSITIVE, 1e300];
    #[allow(clippy::cast_precision_loss)]
    let near = ints.clone().prop_map(|int| int as f64);
    let floats = prop_oneof![proptest::sample::select(special.to_vec()), near, any::<f64>()];
    prop_oneof![ints.prop_map(Value::Int), floats.prop_map(Value::Float)]
}

fn leaves() -> impl Strategy<Value = Value> {
    prop_oneof![
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::Bool),
        4 => numbers(),
        2 => proptest::sample::select(vec!["", "a", "ab", "B", "月", "𠮷", "2024-02", "1"]).prop_map(Value::from),
        1 => (0..3_u32).prop_map(|node| NodeId(node).into()),
        1 => (0..3_u32).prop_map(|relationship| RelationshipId(relationship).into()),
        1 => (0..3_u32, 0..2_usize).prop_map(|(start, length)| {
            let nodes = (start..).take(length + 1).map(NodeId).collect();
            Path { nodes, relationships: (0..).take(length).map(RelationshipId).collect() }.into()
        }),
        3 => super::temporal::tests::temporals(),
    ]
}

/// Values of every type, some of them within others.
pub(crate) fn values() -> impl Strategy<Value = Value> {
    leaves().prop_recursive(3, 12, 3, |inner| {
        let key = proptest::sample::select(vec!["a", "b", "c"]);
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::list),
            proptest::collection::vec((key, inner), 0..3).prop_map(Value::map),
        ]
    })
}

fn hash(value: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Whether the value holds no null and no NaN at any depth.
fn is_plain(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Float(float) => !float.is_nan(),
        Value::List(values) => values.iter().all(is_plain),
        Value::Map(map) => map.values().all(is_plain),
        _ => true,
    }
}

/// Sameness by its definition: type by type, numbers by value, null and NaN the same as themselves.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Null, Value::Null) => true,
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| same(a, b)),
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        (Value::Float(a), Value::Float(b)) if a.is_nan() && b.is_nan() => true,
        (a, b) => equals(a, b) == Some(true),
    }
}

/// A finite number as an exact fraction: a whole number and the power of two that it is multiplied with.
fn exact(value: &Value) -> Option<(i128, i32)> {
    match value {
        Value::Int(int) => Some((i128::from(*int), 0)),
        Value::Float(float) if float.is_finite() => {
            let bits = float.to_bits();
            let (exponent, mantissa) = (i32::try_from(bits >> 52 & 0x7FF).unwrap(), i128::from(bits & ((1 << 52) - 1)));
            let (mantissa, exponent) =
                if exponent == 0 { (mantissa, -1074) } else { (mantissa | 1 << 52, exponent - 1075) };
            Some((if float.is_sign_negative() { -mantissa } else { mantissa }, exponent))
        }
        _ => None,
    }
}

/// Compares two exact fractions by aligning their powers, where that fits in 128 bits; else the sizes tell.
fn compare_exact((a, p): (i128, i32), (b, q): (i128, i32)) -> Ordering {
    if a.signum() != b.signum() || a == 0 || b == 0 {
        return a.signum().cmp(&b.signum());
    }
    let size =
        |mantissa: i128, power: i32| i32::try_from(128 - mantissa.unsigned_abs().leading_zeros()).unwrap() + power;
    let order = size(a, p).cmp(&size(b, q));
    let order = order.then_with(|| {
        let least = p.min(q);
        (a.abs() << (p - least)).cmp(&(b.abs() << (q - least)))
    });
    if a < 0 { order.reverse() } else { order }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_order_is_total(a in values(), b in values(), c in values()) {
        prop_assert_eq!(a.cmp(&a), Ordering::Equal);
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        let mut sorted = [&a, &b, &c];
        sorted.sort();
        prop_assert!(sorted[0] <= sorted[1] && sorted[1] <= sorted[2] && sorted[0] <= sorted[2]);
        if a == b {
            prop_assert_eq!(a.cmp(&c), b.cmp(&c));
        }
    }

    #[test]
    fn grouping_is_sameness(a in values(), b in values()) {
        prop_assert_eq!(a == b, same(&a, &b));
        if a == b {
            prop_assert_eq!(hash(&a), hash(&b));
        }
    }

    #[test]
    fn equality_is_grouping_where_nothing_is_unknown(a in values(), b in values()) {
        prop_assert_eq!(equals(&a, &b), equals(&b, &a));
        if is_plain(&a) && is_plain(&b) {
            prop_assert_eq!(equals(&a, &b), Some(a == b));
        }
        if equals(&a, &b) == Some(true) {
            prop_assert!(a == b);
        }
    }

    #[test]
    fn comparison_agrees_with_the_order_and_with_equality(a in values(), b in values()) {
        if let Comparison::Ordered(ordering) = compare(&a, &b) {
            prop_assert_eq!(compare(&b, &a), Comparison::Ordered(ordering.reverse()));
            if is_plain(&a) && is_plain(&b) {
                prop_assert_eq!(ordering, a.cmp(&b));
                prop_assert_eq!(equals(&a, &b), Some(ordering == Ordering::Equal));
            }
        }
        let less = holds(ComparisonOperator::Less, &a, &b);
        prop_assert_eq!(less, holds(ComparisonOperator::Greater, &b, &a));
        prop_assert_eq!(less.is_none(), holds(ComparisonOperator::GreaterOrEqual, &a, &b).is_none());
    }

    #[test]
    fn numbers_compare_by_value(a in numbers(), b in numbers()) {
        if let (Some(x), Some(y)) = (exact(&a), exact(&b)) {
            prop_assert_eq!(compare(&a, &b), Comparison::Ordered(compare_exact(x, y)), "{:?} {:?}", a, b);
        }
    }

    #[test]
    fn floats_read_back_from_their_text(float in any::<f64>()) {
        let text = float_text(float);
        prop_assert!(text.contains(['.', 'e', 'N', 'I']), "{}", text);
        if !float.is_nan() {
            prop_assert_eq!(text.parse::<f64>().unwrap(), float);
        }
    }
}

#[test]
fn large_numbers_are_not_rounded_when_compared() {
    let two_to_53 = 9_007_199_254_740_992;
    #[allow(clippy::cast_precision_loss)]
    let float = Value::Float(two_to_53 as f64);
    assert_eq!(equals(&Value::Int(two_to_53 + 1), &float), Some(false));
    assert_eq!(equals(&Value::Int(two_to_53), &float), Some(true));
    assert!(Value::Int(i64::MAX) < Value::Float(9_223_372_036_854_775_808.0));
}

#[test]
fn unknown_elements_make_lists_unknown_unless_another_pair_differs() {
    let (one, two, null) = (Value::Int(1), Value::Int(2), Value::Null);
    let list = |values: &[&Value]| Value::list(values.iter().copied().cloned().collect());
    assert_eq!(equals(&list(&[&one, &null]), &list(&[&two, &null])), Some(false));
    assert_eq!(equals(&list(&[&one, &null]), &list(&[&one, &two])), None);
    assert_eq!(equals(&list(&[&null]), &list(&[&null, &null])), Some(false));
    assert_eq!(equals(&Value::map([("a", Value::Null)]), &Value::map([("b", Value::Null)])), Some(false));
    assert_eq!(equals(&Value::Float(f64::NAN), &Value::from("a")), Some(false));
    assert_eq!(holds(ComparisonOperator::Less, &Value::Float(f64::NAN), &one), Some(false));
    assert_eq!(holds(ComparisonOperator::Less, &Value::Float(f64::NAN), &Value::from("a")), None);
}

#[test]
fn types_stand_in_the_order_of_the_language() {
    let node = Value::Node(NodeId(0));
    let path = Value::from(Path { nodes: vec![NodeId(0)], relationships: vec![] });
    let line = [
        Value::map([("a", Value::Int(1))]),
        node,
        Value::Relationship(RelationshipId(0)),
        Value::list(vec!["list".into()]),
        path,
        Value::Date(Date::new(2024, 2, 29).unwrap()),
        "text".into(),
        Value::Bool(false),
        Value::Float(f64::INFINITY),
        Value::Float(f64::NAN),
        Value::Null,
    ];
    assert!(line.is_sorted_by(|a, b| a < b));
}

#[test]
fn sets_of_types_say_what_they_hold() {
    assert_eq!((Types::NODE | Types::RELATIONSHIP | Types::MAP).to_string(), "a map, a node or a relationship");
    assert_eq!(Types::NUMBER.to_string(), "a number");
    assert_eq!(Types::ANY.to_string(), "anything");
    assert!(Types::TEXT.admit(&Value::Null) && !Types::TEXT.admit(&Value::Int(1)));
}
