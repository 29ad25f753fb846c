//! Functions on lists.

use super::Graph;
use super::signature::{Function, arguments};
use crate::cypher::value::{Types, Value};
use crate::cypher::{Detail, Kind, QueryError};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("head", arguments!(list: LIST), Types::ANY, "The first element; null of an empty list.", head),
    Function::new("last", arguments!(list: LIST), Types::ANY, "The last element; null of an empty list.", last),
    Function::new("tail", arguments!(list: LIST), Types::LIST, "All elements but the first.", tail),
    Function::new(
        "reverse",
        arguments!(value: LIST | TEXT),
        Types::LIST.or(Types::TEXT),
        "The elements of a list or the characters of a string from the last to the first.",
        reverse,
    ),
    Function::new(
        "range",
        // Of any type: its own errors say more than a wrong type.
        arguments!(start: ANY, end: ANY, step: ANY),
        Types::LIST,
        "The integers from start to end, both included, every step-th of them.",
        range,
    )
    .requiring(2)
    .lenient(),
];

/// The longest list that `range` makes, so that a slip of the pen does not fill the memory.
pub(crate) const LONGEST_RANGE: i128 = 10_000_000;

fn head(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let [Value::List(values)] = arguments else { return Ok(Value::Null) };
    Ok(values.first().cloned().unwrap_or_default())
}

fn last(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let [Value::List(values)] = arguments else { return Ok(Value::Null) };
    Ok(values.last().cloned().unwrap_or_default())
}

fn tail(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let [Value::List(values)] = arguments else { return Ok(Value::Null) };
    Ok(Value::list(values.iter().skip(1).cloned().collect()))
}

fn reverse(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    Ok(match arguments {
        [Value::List(values)] => Value::list(values.iter().rev().cloned().collect()),
        [Value::Text(text)] => text.chars().rev().collect::<String>().into(),
        _ => Value::Null,
    })
}

fn range(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let integer = |at: usize, name: &str| match arguments.get(at) {
        None => Ok(1),
        Some(Value::Int(number)) => Ok(*number),
        Some(other) => {
            let message = format!("range: the {name} must be an integer, found {}", other.kind());
            Err(QueryError::run(Kind::ArgumentError, Detail::InvalidArgumentType, message))
        }
    };
    let (start, end, step) = (integer(0, "start")?, integer(1, "end")?, integer(2, "step")?);
    if step == 0 {
        let message = "range: the step must not be 0";
        return Err(QueryError::run(Kind::ArgumentError, Detail::NumberOutOfRange, message));
    }
    let length = (i128::from(end) - i128::from(start)) / i128::from(step) + 1;
    if (i128::from(end) - i128::from(start)).signum() * i128::from(step).signum() < 0 {
        return Ok(Value::list(Vec::new()));
    }
    if length > LONGEST_RANGE {
        let message = format!("range: the list would have {length} elements, more than {LONGEST_RANGE}");
        return Err(QueryError::run(Kind::LimitExceeded, Detail::OutOfMemory, message));
    }
    let numbers = std::iter::successors(Some(start), |number| number.checked_add(step));
    let within = |number: &i64| if step > 0 { *number <= end } else { *number >= end };
    Ok(Value::list(numbers.take_while(within).map(Value::Int).collect()))
}
