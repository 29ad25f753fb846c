//! Values as statements compute them, and as records keep them.

use std::sync::Arc;

use crate::cypher::error::{Detail, Kind, QueryError};
use crate::cypher::value::Value;
use crate::model;
use crate::model::vocabulary::{self, PropertyType};

/// What a statement sees of a value that a record keeps. Partial dates are text: their text order is their time order.
pub(super) fn seen(value: &model::Value) -> Value {
    match value {
        model::Value::Bool(value) => Value::Bool(*value),
        model::Value::Int(value) => Value::Int(*value),
        model::Value::Float(value) => Value::Float(*value),
        model::Value::Text(text) => Value::Text(text.as_str().into()),
        model::Value::Date(date) => Value::Text(date.to_string().into()),
        model::Value::Temporal(temporal) => Value::from_temporal(temporal),
        model::Value::List(values) => Value::List(Arc::new(values.iter().map(seen).collect())),
    }
}

/// What a record keeps of the value of property `key`: [`seen`] gives it back.
///
/// Text that is a date stands as a date under the keys of dates, so that other parts of the project see it as one.
pub(super) fn kept(key: &str, value: &Value) -> Result<model::Value, QueryError> {
    Ok(match value {
        Value::Bool(value) => model::Value::Bool(*value),
        Value::Int(value) => model::Value::Int(*value),
        Value::Float(value) if value.is_finite() => model::Value::Float(*value),
        Value::Text(text) => match text.parse::<model::PartialDate>() {
            Ok(date) if vocabulary::property_type(key) == PropertyType::Date && date.to_string() == **text => {
                model::Value::Date(date)
            }
            _ => model::Value::Text(text.to_string()),
        },
        Value::List(values) => {
            model::Value::List(values.iter().map(|value| kept("", value)).collect::<Result<_, _>>()?)
        }
        other => {
            if let Some(temporal) = other.to_temporal() {
                return Ok(model::Value::Temporal(temporal));
            }
            return Err(QueryError::run(
                Kind::TypeError,
                Detail::InvalidPropertyType,
                format!("property {key:?} cannot hold {}", kind(other)),
            )
            .with_hint("a property holds a truth value, a finite number, text, a temporal value, or a list of these"));
        }
    })
}

/// [`kept`], and nothing for null.
pub(super) fn kept_or_none(key: &str, value: &Value) -> Result<Option<model::Value>, QueryError> {
    match value {
        Value::Null => Ok(None),
        value => kept(key, value).map(Some),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Float(_) => "a number that is not finite",
        Value::Map(_) => "a map",
        Value::Node(_) => "a node",
        Value::Relationship(_) => "a relationship",
        Value::Path(_) => "a path",
        _ => "this value",
    }
}
