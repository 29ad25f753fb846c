//! `IN`, `x.key`, `x[i]` and `x[from..to]`.

use std::ops::Range;
use std::sync::Arc;

use super::super::Graph;
use crate::cypher::value::{Value, equals, type_error};
use crate::cypher::{Detail, Kind, QueryError};

/// `item IN list`: true when an element equals the item, else null when one may.
pub(crate) fn element(item: &Value, list: &Value) -> Result<Value, QueryError> {
    let values = match list {
        Value::Null => return Ok(Value::Null),
        Value::List(values) => values,
        other => return Err(other.refuse("a list behind IN")),
    };
    let mut known = Value::Bool(false);
    for value in values.iter() {
        match equals(item, value) {
            Some(true) => return Ok(Value::Bool(true)),
            None => known = Value::Null,
            Some(false) => {}
        }
    }
    Ok(known)
}

/// `x.key` of a node, a relationship, a map or a temporal value; null where there is no such key.
pub(crate) fn property(graph: &dyn Graph, subject: &Value, key: &str) -> Result<Value, QueryError> {
    match subject {
        Value::Null => Ok(Value::Null),
        Value::Node(node) => graph.node_property(*node, key),
        Value::Relationship(relationship) => graph.relationship_property(*relationship, key),
        Value::Map(map) => Ok(map.get(key).cloned().unwrap_or_default()),
        other => match other.component(key) {
            Some(component) => Ok(component),
            None if other.is_temporal() => {
                let message = format!("{} has no component {key}", other.kind());
                Err(QueryError::run(Kind::ArgumentError, Detail::InvalidArgumentValue, message))
            }
            None => Err(type_error(format!("{} has no properties, so no {key}", other.kind()))),
        },
    }
}

/// `x[i]`: an element of a list, counted from 0 or, when negative, from the end; or a property by name.
pub(crate) fn index(graph: &dyn Graph, subject: &Value, index: &Value) -> Result<Value, QueryError> {
    match (subject, index) {
        (Value::Null, _) | (Value::List(_) | Value::Map(_) | Value::Node(_) | Value::Relationship(_), Value::Null) => {
            Ok(Value::Null)
        }
        (Value::List(values), Value::Int(at)) => {
            Ok(position(*at, values.len()).and_then(|at| values.get(at)).cloned().unwrap_or_default())
        }
        (Value::List(_), other) => Err(QueryError::run(
            Kind::TypeError,
            Detail::ListElementAccessByNonInteger,
            format!("an element of a list is found by an integer, not by {}", other.kind()),
        )),
        (Value::Map(_) | Value::Node(_) | Value::Relationship(_), Value::Text(key)) => property(graph, subject, key),
        (Value::Map(_) | Value::Node(_) | Value::Relationship(_), other) => Err(QueryError::run(
            Kind::TypeError,
            Detail::MapElementAccessByNonString,
            format!("a property of {} is found by a string, not by {}", subject.kind(), other.kind()),
        )),
        (other, _) => {
            Err(type_error(format!("[ ] needs a list, a map, a node or a relationship, found {}", other.kind())))
        }
    }
}

/// Where the element stands; `None` for negative numbers beyond the start.
fn position(at: i64, length: usize) -> Option<usize> {
    match usize::try_from(at) {
        Ok(at) => Some(at),
        Err(_) => length.checked_sub(usize::try_from(at.unsigned_abs()).ok()?),
    }
}

/// `x[from..to]` of a list; `None` where a bound is left out, null where one is null. What lies outside is left out.
pub(crate) fn slice(subject: &Value, from: Option<&Value>, to: Option<&Value>) -> Result<Value, QueryError> {
    let values = match subject {
        Value::Null => return Ok(Value::Null),
        Value::List(values) => values,
        other => return Err(other.refuse("a list before [..]")),
    };
    let bound = |bound: Option<&Value>, otherwise: usize| match bound {
        None => Ok(Some(otherwise)),
        Some(Value::Null) => Ok(None),
        Some(Value::Int(at)) => Ok(Some(position(*at, values.len()).unwrap_or(0))),
        Some(other) => Err(other.refuse("an integer as the bound of [..]")),
    };
    let (Some(from), Some(to)) = (bound(from, 0)?, bound(to, values.len())?) else { return Ok(Value::Null) };
    let Range { start, end } = from..to.min(values.len());
    if start == 0 && end == values.len() {
        return Ok(Value::List(Arc::clone(values)));
    }
    Ok(Value::list(values.get(start..end).unwrap_or_default().to_vec()))
}
