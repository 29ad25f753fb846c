//! `STARTS WITH`, `ENDS WITH`, `CONTAINS`, `=~` and `||`.

use std::cell::RefCell;
use std::sync::Arc;

use regex_lite::Regex;

use crate::cypher::value::Value;
use crate::cypher::{Detail, Kind, QueryError};

/// `a STARTS WITH b`; null unless both are strings.
pub(crate) fn starts_with(a: &Value, b: &Value) -> Value {
    compare(a, b, |a, b| a.starts_with(b))
}

/// `a ENDS WITH b`; null unless both are strings.
pub(crate) fn ends_with(a: &Value, b: &Value) -> Value {
    compare(a, b, |a, b| a.ends_with(b))
}

/// `a CONTAINS b`; null unless both are strings.
pub(crate) fn contains(a: &Value, b: &Value) -> Value {
    compare(a, b, |a, b| a.contains(b))
}

fn compare(a: &Value, b: &Value, test: fn(&str, &str) -> bool) -> Value {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => Value::Bool(test(a, b)),
        _ => Value::Null,
    }
}

thread_local! {
    /// The pattern that was used last: it stays the same from row to row.
    static LAST: RefCell<Option<(Arc<str>, Regex)>> = const { RefCell::new(None) };
}

/// `a =~ b`: whether the whole of `a` matches the regular expression `b`; null unless both are strings.
///
/// # Errors
/// When `b` is no regular expression.
///
/// Time grows with the length of the text times that of the pattern, whatever the pattern is.
pub(crate) fn matches(a: &Value, b: &Value) -> Result<Value, QueryError> {
    let (Value::Text(text), Value::Text(pattern)) = (a, b) else { return Ok(Value::Null) };
    LAST.with_borrow_mut(|last| {
        let known = last.take().filter(|(known, _)| known == pattern);
        let (_, regex) = match known {
            Some(known) => last.insert(known),
            None => last.insert((Arc::clone(pattern), compile(pattern)?)),
        };
        Ok(Value::Bool(regex.is_match(text)))
    })
}

fn compile(pattern: &str) -> Result<Regex, QueryError> {
    let refuse = |error| {
        let message = format!("the regular expression '{pattern}' cannot be read: {error}");
        QueryError::run(Kind::ArgumentError, Detail::InvalidArgumentValue, message)
    };
    // Alone first: in the group below `a)|(b` would look sound.
    Regex::new(pattern).map_err(refuse)?;
    // A pattern in extended mode may end in a comment, which swallows the rest of its line.
    let whole = Regex::new(&format!("\\A(?:{pattern})\\z"));
    whole.or_else(|_| Regex::new(&format!("\\A(?:{pattern}\n)\\z"))).map_err(refuse)
}

/// `a || b`: two strings or two lists, one behind the other.
pub(crate) fn concatenate(a: &Value, b: &Value) -> Result<Value, QueryError> {
    match (a, b) {
        (Value::Null, Value::Text(_) | Value::List(_) | Value::Null)
        | (Value::Text(_) | Value::List(_), Value::Null) => Ok(Value::Null),
        (Value::Text(_), Value::Text(_)) | (Value::List(_), Value::List(_)) => super::add(a, b),
        (Value::Text(_), other) => Err(other.refuse("a string")),
        (Value::List(_), other) => Err(other.refuse("a list")),
        (other, _) => Err(other.refuse("a string or a list")),
    }
}
