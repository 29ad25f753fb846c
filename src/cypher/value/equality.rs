//! The operators `=`, `<>`, `<`, `<=`, `>` and `>=`: three-valued.

use std::cmp::Ordering;

use super::{Value, number};
use crate::cypher::syntax::tree::ComparisonOperator;

/// How two values compare under `<` and its kin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    /// One comes before the other, or neither.
    Ordered(Ordering),
    /// A number and NaN: every comparison is false.
    Unordered,
    /// Null, or types that have no order: every comparison is null.
    Unknown,
}

/// `a = b`; `None` is null.
///
/// Values of different types differ; whole numbers and floats compare by value. Lists and maps differ when their lengths or
/// keys do or a pair of elements does, and are unknown when otherwise a pair is. NaN differs from everything.
pub(crate) fn equals(a: &Value, b: &Value) -> Option<bool> {
    Some(match (a, b) {
        (Value::Null, _) | (_, Value::Null) => return None,
        (Value::Int(a), Value::Int(b)) => a == b,
        (Value::Float(a), Value::Float(b)) => a == b,
        (Value::Int(int), Value::Float(float)) | (Value::Float(float), Value::Int(int)) => {
            number::compare_mixed(*int, *float) == Some(Ordering::Equal)
        }
        (Value::Text(a), Value::Text(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            if a.len() != b.len() {
                return Some(false);
            }
            return all_equal(a.iter().zip(b.iter()));
        }
        (Value::Map(a), Value::Map(b)) => {
            if !a.keys().eq(b.keys()) {
                return Some(false);
            }
            return all_equal(a.values().zip(b.values()));
        }
        // The rest hold neither nulls nor NaN, so that `=` and `DISTINCT` agree.
        (a, b) => a == b,
    })
}

/// False when a pair differs, else unknown when a pair is unknown.
fn all_equal<'a>(pairs: impl Iterator<Item = (&'a Value, &'a Value)>) -> Option<bool> {
    let mut known = Some(true);
    for (a, b) in pairs {
        match equals(a, b) {
            Some(false) => return Some(false),
            None => known = None,
            Some(true) => {}
        }
    }
    known
}

/// How `a` compares with `b`: numbers, strings, booleans, and temporal values of one type have an order; lists compare by
/// their first elements that differ. Durations have none: a month has no fixed length.
pub(crate) fn compare(a: &Value, b: &Value) -> Comparison {
    use Comparison::{Ordered, Unknown, Unordered};
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => Ordered(a.cmp(b)),
        (Value::Float(a), Value::Float(b)) => a.partial_cmp(b).map_or(Unordered, Ordered),
        (Value::Int(int), Value::Float(float)) => number::compare_mixed(*int, *float).map_or(Unordered, Ordered),
        (Value::Float(float), Value::Int(int)) => {
            number::compare_mixed(*int, *float).map_or(Unordered, |ordering| Ordered(ordering.reverse()))
        }
        (Value::Text(a), Value::Text(b)) => Ordered(a.cmp(b)),
        (Value::Bool(a), Value::Bool(b)) => Ordered(a.cmp(b)),
        (Value::List(a), Value::List(b)) => compare_lists(a, b),
        (Value::Date(_), Value::Date(_))
        | (Value::LocalTime(_), Value::LocalTime(_))
        | (Value::Time(_), Value::Time(_))
        | (Value::LocalDateTime(_), Value::LocalDateTime(_))
        | (Value::DateTime(_), Value::DateTime(_)) => Ordered(a.cmp(b)),
        _ => Unknown,
    }
}

fn compare_lists(a: &[Value], b: &[Value]) -> Comparison {
    for (a, b) in a.iter().zip(b) {
        match compare(a, b) {
            Comparison::Ordered(Ordering::Equal) => {}
            // Values without an order may still be the same, such as a node and itself.
            Comparison::Unknown if equals(a, b) == Some(true) => {}
            decided => return decided,
        }
    }
    Comparison::Ordered(a.len().cmp(&b.len()))
}

/// `a <operator> b`; `None` is null.
pub(crate) fn holds(operator: ComparisonOperator, a: &Value, b: &Value) -> Option<bool> {
    let test: fn(Ordering) -> bool = match operator {
        ComparisonOperator::Equal => return equals(a, b),
        ComparisonOperator::NotEqual => return equals(a, b).map(|equal| !equal),
        ComparisonOperator::Less => Ordering::is_lt,
        ComparisonOperator::LessOrEqual => Ordering::is_le,
        ComparisonOperator::Greater => Ordering::is_gt,
        ComparisonOperator::GreaterOrEqual => Ordering::is_ge,
    };
    match compare(a, b) {
        Comparison::Ordered(ordering) => Some(test(ordering)),
        Comparison::Unordered => Some(false),
        Comparison::Unknown => None,
    }
}
