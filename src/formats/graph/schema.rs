//! Which keys there are, and of which type their values are.

use std::collections::BTreeMap;

use super::json;
use crate::model::Value;

/// A type that holds all values of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Bool,
    Int,
    Float,
    Text,
    /// Lists of text without `;`.
    Texts,
}

impl Type {
    fn of(value: &Value) -> Self {
        match value {
            Value::Bool(_) => Self::Bool,
            Value::Int(_) => Self::Int,
            Value::Float(_) => Self::Float,
            Value::Text(_) | Value::Date(_) | Value::Temporal(_) => Self::Text,
            Value::List(values) => {
                let plain = |value: &Value| value.as_text().is_some_and(|text| !text.contains(';') && !text.is_empty());
                if values.iter().all(plain) { Self::Texts } else { Self::Text }
            }
        }
    }

    /// The type that holds the values of both.
    fn with(self, other: Self) -> Self {
        match (self, other) {
            (a, b) if a == b => a,
            (Self::Int, Self::Float) | (Self::Float, Self::Int) => Self::Float,
            _ => Self::Text,
        }
    }
}

/// Keys with their types, in the order in which they were first met.
#[derive(Debug, Default)]
pub(super) struct Schema {
    columns: Vec<(String, Type)>,
    places: BTreeMap<String, usize>,
}

impl Schema {
    /// The schema of records with these attributes.
    pub(super) fn of(records: impl Iterator<Item = Vec<(String, Value)>>) -> Self {
        let mut schema = Self::default();
        for (key, value) in records.flatten() {
            let kind = Type::of(&value);
            match schema.place(&key).and_then(|place| schema.columns.get_mut(place)) {
                Some((_, known)) => *known = known.with(kind),
                None => {
                    schema.places.insert(key.clone(), schema.columns.len());
                    schema.columns.push((key, kind));
                }
            }
        }
        schema
    }

    pub(super) fn columns(&self) -> &[(String, Type)] {
        &self.columns
    }

    pub(super) fn place(&self, key: &str) -> Option<usize> {
        self.places.get(key).copied()
    }
}

/// A value as text that a reader of its type understands: lists as JSON, labels with `;` between them.
pub(super) fn plain(key: &str, value: &Value) -> String {
    match value {
        Value::List(labels) if key == "labels" => {
            labels.iter().filter_map(Value::as_text).collect::<Vec<_>>().join(";")
        }
        Value::List(_) => json::value(value).to_string(),
        // Shortest digits that read back as the same number, with an exponent where that is shorter.
        Value::Float(number) => format!("{number:?}"),
        other => other.to_string(),
    }
}
