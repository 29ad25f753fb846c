//! `AND`, `OR`, `XOR`, `NOT`: Kleene's three-valued logic.

use crate::cypher::QueryError;
use crate::cypher::value::Value;

/// `a AND b`: false when one is false, else null when one is null.
pub(crate) fn and(a: &Value, b: &Value) -> Result<Value, QueryError> {
    Ok(match (a.truth()?, b.truth()?) {
        (Some(false), _) | (_, Some(false)) => Value::Bool(false),
        (Some(true), Some(true)) => Value::Bool(true),
        _ => Value::Null,
    })
}

/// `a OR b`: true when one is true, else null when one is null.
pub(crate) fn or(a: &Value, b: &Value) -> Result<Value, QueryError> {
    Ok(match (a.truth()?, b.truth()?) {
        (Some(true), _) | (_, Some(true)) => Value::Bool(true),
        (Some(false), Some(false)) => Value::Bool(false),
        _ => Value::Null,
    })
}

/// `a XOR b`
pub(crate) fn xor(a: &Value, b: &Value) -> Result<Value, QueryError> {
    let (a, b) = (a.truth()?, b.truth()?);
    Ok(a.zip(b).map(|(a, b)| a != b).into())
}

/// `NOT a`
pub(crate) fn not(a: &Value) -> Result<Value, QueryError> {
    Ok(a.truth()?.map(|truth| !truth).into())
}
