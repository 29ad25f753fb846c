//! Values as a statement computes them.
//!
//! Cypher compares values in three ways, which agree on ordinary values and differ on `null`, NaN and mixed types:
//! - [`equals`] and [`compare`] are the operators `=` and `<`: what is not known gives `null` ([`equality`]).
//! - [`Ord`] is the order of `ORDER BY`, `min` and `max`: total, all types in one line ([`order`]).
//! - [`Eq`] and [`Hash`] are the sameness of `DISTINCT`, grouping and joins: null is null, NaN is NaN, 1 is 1.0 ([`group`]).

mod equality;
mod group;
mod hash;
mod nesting;
mod number;
mod order;
pub(crate) mod temporal;
#[cfg(test)]
pub(crate) mod tests;
mod types;

use std::sync::Arc;

pub(crate) use equality::{equals, holds};
pub(crate) use hash::Quick;
pub(crate) use number::float_text;
pub use temporal::{Date, DateTime, Duration, LocalDateTime, LocalTime, Time};
pub(crate) use types::Types;

use super::{Detail, Kind, QueryError};

/// The number of a node within a statement; those of the database first, then those the statement creates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// The number of a relationship within a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelationshipId(pub u32);

/// What an expression computes and what a row holds.
///
/// Nodes and relationships are numbers here; what they are called and which properties they have is told by the graph that
/// the statement sees.
///
/// Two values are equal here when `DISTINCT` would take them for one, and their order is that of `ORDER BY`.
///
/// # Examples
/// ```
/// use ailand::cypher::Value;
///
/// assert_eq!(Value::Int(1), Value::Float(1.0));
/// assert_eq!(Value::Null, Value::Null);
/// assert!(Value::from("text") < Value::Bool(false) && Value::Int(7) < Value::Null);
/// ```
#[derive(Debug, Clone, Default)]
pub enum Value {
    /// Nothing is known.
    #[default]
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction; may be NaN or infinite.
    Float(f64),
    /// Text.
    Text(Arc<str>),
    /// Values in order.
    List(Arc<Vec<Value>>),
    /// Values by key, sorted by key, each key once.
    Map(Arc<Map>),
    /// A node.
    Node(NodeId),
    /// A relationship.
    Relationship(RelationshipId),
    /// A path.
    Path(Arc<Path>),
    /// A day.
    Date(Date),
    /// A time of day without a zone.
    LocalTime(LocalTime),
    /// A time of day with an offset.
    Time(Time),
    /// A day and a time without a zone.
    LocalDateTime(LocalDateTime),
    /// A day and a time with a zone.
    DateTime(Arc<DateTime>),
    /// A length of time in months, days, seconds and nanoseconds.
    Duration(Arc<Duration>),
}

/// Values by key, in the order of the keys.
pub type Map = std::collections::BTreeMap<Arc<str>, Value>;

/// Nodes and the relationships between them in turn: one more node than relationships.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Path {
    /// The nodes, from the first to the last.
    pub nodes: Vec<NodeId>,
    /// The relationships between them, in whichever direction.
    pub relationships: Vec<RelationshipId>,
}

impl Value {
    /// A list.
    #[must_use]
    pub fn list(values: Vec<Value>) -> Self {
        Self::List(Arc::new(values))
    }

    /// A map of these pairs; of several with one key the last one stays.
    pub fn map<K: Into<Arc<str>>>(pairs: impl IntoIterator<Item = (K, Value)>) -> Self {
        Self::Map(Arc::new(pairs.into_iter().map(|(key, value)| (key.into(), value)).collect()))
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The truth of a predicate; `None` when it is null.
    ///
    /// # Errors
    /// A type error when this is neither true, false nor null.
    pub(crate) fn truth(&self) -> Result<Option<bool>, QueryError> {
        match self {
            Self::Null => Ok(None),
            Self::Bool(truth) => Ok(Some(*truth)),
            other => Err(other.refuse("true or false")),
        }
    }

    /// What kind of value this is, for messages: "an integer".
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Int(_) => "an integer",
            Self::Float(_) => "a float",
            Self::Text(_) => "a string",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
            Self::Node(_) => "a node",
            Self::Relationship(_) => "a relationship",
            Self::Path(_) => "a path",
            Self::Date(_) => "a date",
            Self::LocalTime(_) => "a local time",
            Self::Time(_) => "a time",
            Self::LocalDateTime(_) => "a local date and time",
            Self::DateTime(_) => "a date and time",
            Self::Duration(_) => "a duration",
        }
    }

    /// The error of an operator that needed something else.
    pub(crate) fn refuse(&self, expected: &str) -> QueryError {
        type_error(format!("expected {expected}, found {}", self.kind()))
    }
}

/// A type error of an operator.
pub(crate) fn type_error(message: impl Into<String>) -> QueryError {
    QueryError::run(Kind::TypeError, Detail::InvalidArgumentType, message)
}

macro_rules! from {
    ($($type:ty, $name:ident => $value:expr;)*) => {
        $(impl From<$type> for Value {
            fn from($name: $type) -> Self {
                $value
            }
        })*
    };
}

from! {
    bool, truth => Self::Bool(truth);
    i64, number => Self::Int(number);
    f64, number => Self::Float(number);
    &str, text => Self::Text(text.into());
    String, text => Self::Text(text.into());
    Arc<str>, text => Self::Text(text);
    Vec<Value>, values => Self::list(values);
    Map, map => Self::Map(Arc::new(map));
    NodeId, node => Self::Node(node);
    RelationshipId, relationship => Self::Relationship(relationship);
    Path, path => Self::Path(Arc::new(path));
    Date, date => Self::Date(date);
    LocalTime, time => Self::LocalTime(time);
    Time, time => Self::Time(time);
    LocalDateTime, time => Self::LocalDateTime(time);
    DateTime, time => Self::DateTime(Arc::new(time));
    Duration, duration => Self::Duration(Arc::new(duration));
}

impl<T: Into<Value>> From<Option<T>> for Value {
    /// Null where there is nothing.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
