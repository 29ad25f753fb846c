//! `+ - * / % ^` on numbers, strings, lists and temporal values.
//!
//! Whole numbers that do not fit in 64 bits and division of whole numbers by zero are errors; floats follow IEEE 754.

use std::sync::Arc;

use crate::cypher::value::{Types, Value, type_error};
use crate::cypher::{Detail, Kind, QueryError};

fn overflow(a: i64, operator: &str, b: i64) -> QueryError {
    let message = format!("{a} {operator} {b} does not fit in an integer of 64 bits");
    QueryError::run(Kind::ArithmeticError, Detail::IntegerOverflow, message)
        .with_hint("toFloat() computes with floats, which are larger and less exact")
}

fn refuse(a: &Value, operator: &str, b: &Value) -> QueryError {
    type_error(format!("{operator} cannot join {} and {}", a.kind(), b.kind()))
}

/// Both operands as floats.
fn floats(a: &Value, b: &Value) -> Option<(f64, f64)> {
    a.as_float().zip(b.as_float())
}

/// `a + b`: numbers, durations, a duration on a temporal value, strings with strings or plain values, lists with anything.
pub(crate) fn add(a: &Value, b: &Value) -> Result<Value, QueryError> {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => a.checked_add(*b).map(Value::Int).ok_or_else(|| overflow(*a, "+", *b)),
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::List(a), Value::List(b)) => Ok(Value::list(a.iter().chain(b.iter()).cloned().collect())),
        (Value::List(list), item) => Value::list(list.iter().chain([item]).cloned().collect()).bounded(),
        (item, Value::List(list)) => Value::list([item].into_iter().chain(list.iter()).cloned().collect()).bounded(),
        (Value::Text(_), _) | (_, Value::Text(_)) => {
            let (Some(left), Some(right)) = (a.plain_text(), b.plain_text()) else { return Err(refuse(a, "+", b)) };
            Ok([&*left, &*right].concat().into())
        }
        (Value::Duration(a), Value::Duration(b)) => Ok(a.plus(b)?.into()),
        (instant, Value::Duration(duration)) | (Value::Duration(duration), instant)
            if Types::INSTANT.admit(instant) =>
        {
            instant.shift(duration)
        }
        _ => match floats(a, b) {
            Some((a, b)) => Ok(Value::Float(a + b)),
            None => Err(refuse(a, "+", b)),
        },
    }
}

/// `a - b`: numbers, durations, a duration off a temporal value.
pub(crate) fn subtract(a: &Value, b: &Value) -> Result<Value, QueryError> {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => a.checked_sub(*b).map(Value::Int).ok_or_else(|| overflow(*a, "-", *b)),
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::Duration(a), Value::Duration(b)) => Ok(a.plus(&b.negated()?)?.into()),
        (instant, Value::Duration(duration)) if Types::INSTANT.admit(instant) => instant.shift(&duration.negated()?),
        (a, b) if Types::INSTANT.admit(a) && Types::INSTANT.admit(b) => {
            Err(refuse(a, "-", b).with_hint("duration.between(from, to) tells how far two dates or times are apart"))
        }
        _ => match floats(a, b) {
            Some((a, b)) => Ok(Value::Float(a - b)),
            None => Err(refuse(a, "-", b)),
        },
    }
}

/// `a * b`: numbers, or a duration and a number.
pub(crate) fn multiply(a: &Value, b: &Value) -> Result<Value, QueryError> {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => a.checked_mul(*b).map(Value::Int).ok_or_else(|| overflow(*a, "*", *b)),
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::Duration(duration), Value::Int(factor)) | (Value::Int(factor), Value::Duration(duration)) => {
            Ok(duration.times_int(*factor)?.into())
        }
        (Value::Duration(duration), Value::Float(factor)) | (Value::Float(factor), Value::Duration(duration)) => {
            Ok(duration.times(*factor)?.into())
        }
        _ => match floats(a, b) {
            Some((a, b)) => Ok(Value::Float(a * b)),
            None => Err(refuse(a, "*", b)),
        },
    }
}

/// `a / b`: numbers, whole numbers towards zero, or a duration by a number.
pub(crate) fn divide(a: &Value, b: &Value) -> Result<Value, QueryError> {
    match (a, b) {
        (Value::Int(a), Value::Int(0)) => Err(by_zero(*a, "/")),
        (Value::Int(a), Value::Int(b)) => a.checked_div(*b).map(Value::Int).ok_or_else(|| overflow(*a, "/", *b)),
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::Duration(duration), Value::Int(_) | Value::Float(_)) => match floats(b, b) {
            Some((divisor, _)) => Ok(duration.divided(divisor)?.into()),
            None => Err(refuse(a, "/", b)),
        },
        _ => match floats(a, b) {
            Some((a, b)) => Ok(Value::Float(a / b)),
            None => Err(refuse(a, "/", b)),
        },
    }
}

fn by_zero(a: i64, operator: &str) -> QueryError {
    QueryError::run(Kind::ArithmeticError, Detail::DivisionByZero, format!("{a} {operator} 0: division by zero"))
}

/// `a % b`: the remainder, with the sign of `a`.
pub(crate) fn modulo(a: &Value, b: &Value) -> Result<Value, QueryError> {
    match (a, b) {
        (Value::Int(a), Value::Int(0)) => Err(by_zero(*a, "%")),
        // The smallest number by -1 overflows in the division only.
        (Value::Int(a), Value::Int(b)) => Ok(Value::Int(a.wrapping_rem(*b))),
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        _ => match floats(a, b) {
            Some((a, b)) => Ok(Value::Float(a % b)),
            None => Err(refuse(a, "%", b)),
        },
    }
}

/// `a ^ b`: always a float.
pub(crate) fn power(a: &Value, b: &Value) -> Result<Value, QueryError> {
    match (a, b) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        _ => match floats(a, b) {
            Some((a, b)) => Ok(Value::Float(a.powf(b))),
            None => Err(refuse(a, "^", b)),
        },
    }
}

/// `-a`
pub(crate) fn negate(a: &Value) -> Result<Value, QueryError> {
    match a {
        Value::Null => Ok(Value::Null),
        Value::Int(a) => a.checked_neg().map(Value::Int).ok_or_else(|| overflow(0, "-", *a)),
        Value::Float(a) => Ok(Value::Float(-a)),
        Value::Duration(a) => Ok(a.negated()?.into()),
        other => Err(other.refuse("a number behind -")),
    }
}

/// `+a`
pub(crate) fn positive(a: &Value) -> Result<Value, QueryError> {
    match a {
        Value::Null | Value::Int(_) | Value::Float(_) | Value::Duration(_) => Ok(a.clone()),
        other => Err(other.refuse("a number behind +")),
    }
}

impl Value {
    /// The text of a plain value as `+` joins it to a string.
    pub(crate) fn plain_text(&self) -> Option<Arc<str>> {
        match self {
            Self::Text(text) => Some(Arc::clone(text)),
            Self::Bool(truth) => Some(truth.to_string().into()),
            Self::Int(number) => Some(number.to_string().into()),
            Self::Float(number) => Some(crate::cypher::value::float_text(*number).into()),
            temporal => temporal.temporal_text().map(Into::into),
        }
    }
}
