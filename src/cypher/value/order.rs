//! The order of `ORDER BY`: total, all types in one line.

use std::cmp::Ordering;

use super::{Map, Path, Value, number};

impl Ord for Value {
    /// Maps, nodes, relationships, lists, paths, temporal values, strings, booleans, numbers, NaN, null.
    ///
    /// Within a type: strings by code points; numbers by value; lists by their first elements that differ, then the
    /// shorter first; maps by size, then by keys, then by values; days and times by time, then by zone; durations by their
    /// average length.
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Bool(a), Self::Bool(b)) => a.cmp(b),
            (Self::Int(a), Self::Int(b)) => a.cmp(b),
            (Self::Float(a), Self::Float(b)) => number::order_floats(*a, *b),
            // NaN is behind all numbers.
            (Self::Int(int), Self::Float(float)) => number::compare_mixed(*int, *float).unwrap_or(Ordering::Less),
            (Self::Float(float), Self::Int(int)) => {
                number::compare_mixed(*int, *float).map_or(Ordering::Greater, Ordering::reverse)
            }
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::List(a), Self::List(b)) => a.cmp(b),
            (Self::Map(a), Self::Map(b)) => order_maps(a, b),
            (Self::Node(a), Self::Node(b)) => a.cmp(b),
            (Self::Relationship(a), Self::Relationship(b)) => a.cmp(b),
            (Self::Path(a), Self::Path(b)) => order_paths(a, b),
            (Self::Date(a), Self::Date(b)) => a.cmp(b),
            (Self::LocalTime(a), Self::LocalTime(b)) => a.cmp(b),
            (Self::Time(a), Self::Time(b)) => a.cmp(b),
            (Self::LocalDateTime(a), Self::LocalDateTime(b)) => a.cmp(b),
            (Self::DateTime(a), Self::DateTime(b)) => a.cmp(b),
            (Self::Duration(a), Self::Duration(b)) => a.cmp(b),
            _ => rank(self).cmp(&rank(other)),
        }
    }
}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn rank(value: &Value) -> u8 {
    match value {
        Value::Map(_) => 0,
        Value::Node(_) => 1,
        Value::Relationship(_) => 2,
        Value::List(_) => 3,
        Value::Path(_) => 4,
        Value::DateTime(_) => 5,
        Value::LocalDateTime(_) => 6,
        Value::Date(_) => 7,
        Value::Time(_) => 8,
        Value::LocalTime(_) => 9,
        Value::Duration(_) => 10,
        Value::Text(_) => 11,
        Value::Bool(_) => 12,
        Value::Int(_) | Value::Float(_) => 13,
        Value::Null => 14,
    }
}

fn order_maps(a: &Map, b: &Map) -> Ordering {
    let sizes = a.len().cmp(&b.len());
    sizes.then_with(|| a.keys().cmp(b.keys())).then_with(|| a.values().cmp(b.values()))
}

fn order_paths(a: &Path, b: &Path) -> Ordering {
    let nodes = a.nodes.cmp(&b.nodes);
    nodes.then_with(|| a.relationships.cmp(&b.relationships))
}
