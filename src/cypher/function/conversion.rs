//! Conversions between types: strict ones, `...OrNull` ones, and those of lists.

use super::signature::{Function, arguments};
use crate::cypher::value::{Types, Value};
use crate::cypher::{Detail, Kind, QueryError};

/// A conversion, the one that gives null where this fails, and the one of each element of a list.
macro_rules! conversions {
    ($($name:literal, $or_null:literal, $list:literal, ($($types:ident)|+) => $result:ident, $word:literal, $body:expr;)*) => {
        &[$(
            Function::new($name, arguments!(value: $($types)|+), Types::$result,
                concat!("The value as ", $word, "; null for a string that is none."),
                |_, arguments| arguments.first().map_or(Ok(Value::Null), $body)),
            Function::new($or_null, arguments!(value: ANY), Types::$result,
                concat!("The value as ", $word, ", or null."),
                |_, arguments| Ok(arguments.first().and_then(|value| $body(value).ok()).unwrap_or_default())),
            Function::new($list, arguments!(list: LIST), Types::LIST,
                concat!("Each element as ", $word, ", or null."),
                |_, arguments| Ok(elements(arguments, $body))),
        )*]
    };
}

pub(super) const FUNCTIONS: &[Function] = conversions! {
    "toBoolean", "toBooleanOrNull", "toBooleanList", (BOOL | TEXT | INT) => BOOL, "a boolean", to_boolean;
    "toInteger", "toIntegerOrNull", "toIntegerList", (NUMBER | TEXT | BOOL) => INT, "an integer", to_integer;
    "toFloat", "toFloatOrNull", "toFloatList", (NUMBER | TEXT) => FLOAT, "a float", to_float;
    "toString", "toStringOrNull", "toStringList", (NUMBER | TEXT | BOOL | TEMPORAL) => TEXT, "a string", to_text;
};

fn elements(arguments: &[Value], convert: fn(&Value) -> Result<Value, QueryError>) -> Value {
    let [Value::List(values)] = arguments else { return Value::Null };
    Value::list(values.iter().map(|value| convert(value).unwrap_or_default()).collect())
}

fn refuse(value: &Value, word: &str) -> QueryError {
    let message = format!("{} cannot be turned into {word}", value.kind());
    QueryError::run(Kind::TypeError, Detail::InvalidArgumentValue, message)
}

fn to_boolean(value: &Value) -> Result<Value, QueryError> {
    Ok(match value {
        Value::Null | Value::Bool(_) => value.clone(),
        Value::Int(number) => Value::Bool(*number != 0),
        Value::Text(text) => match text.trim() {
            text if text.eq_ignore_ascii_case("true") => Value::Bool(true),
            text if text.eq_ignore_ascii_case("false") => Value::Bool(false),
            _ => Value::Null,
        },
        other => return Err(refuse(other, "a boolean")),
    })
}

fn to_integer(value: &Value) -> Result<Value, QueryError> {
    Ok(match value {
        Value::Null | Value::Int(_) => value.clone(),
        Value::Bool(truth) => Value::Int(i64::from(*truth)),
        Value::Float(float) => truncate(*float)?,
        Value::Text(text) => match (text.trim().parse::<i64>(), number(text)) {
            (Ok(number), _) => Value::Int(number),
            (Err(_), Some(float)) => truncate(float)?,
            (Err(_), None) => Value::Null,
        },
        other => return Err(refuse(other, "an integer")),
    })
}

/// Without the fraction; null for NaN.
fn truncate(float: f64) -> Result<Value, QueryError> {
    if float.is_nan() {
        return Ok(Value::Null);
    }
    // The first float above all integers of 64 bits; its negative is one of them.
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    if !(-BEYOND..BEYOND).contains(&float) {
        let message = format!("{float:e} does not fit in an integer of 64 bits");
        return Err(QueryError::run(Kind::ArithmeticError, Detail::IntegerOverflow, message));
    }
    #[allow(clippy::cast_possible_truncation)] // within the bounds
    Ok(Value::Int(float as i64))
}

/// A number in decimal notation, with a fraction or an exponent where there is one.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let bare = text.strip_prefix(['+', '-']).unwrap_or(text);
    let written = bare.starts_with(|c: char| c.is_ascii_digit() || c == '.') || matches!(bare, "NaN" | "Infinity");
    text.parse().ok().filter(|_| written)
}

#[allow(clippy::cast_precision_loss)] // a float is what was asked for
fn to_float(value: &Value) -> Result<Value, QueryError> {
    Ok(match value {
        Value::Null | Value::Float(_) => value.clone(),
        Value::Int(number) => Value::Float(*number as f64),
        Value::Text(text) => number(text).into(),
        other => return Err(refuse(other, "a float")),
    })
}

fn to_text(value: &Value) -> Result<Value, QueryError> {
    if value.is_null() {
        return Ok(Value::Null);
    }
    value.plain_text().map(Value::Text).ok_or_else(|| refuse(value, "a string"))
}
