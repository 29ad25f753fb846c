//! Sets of types: what a function takes and gives.

use std::fmt;
use std::ops::BitOr;

use super::Value;

/// A set of types of values. Null belongs to every type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Types(u16);

impl Types {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const BOOL: Self = Self(1);
    pub(crate) const INT: Self = Self(1 << 1);
    pub(crate) const FLOAT: Self = Self(1 << 2);
    pub(crate) const TEXT: Self = Self(1 << 3);
    pub(crate) const LIST: Self = Self(1 << 4);
    pub(crate) const MAP: Self = Self(1 << 5);
    pub(crate) const NODE: Self = Self(1 << 6);
    pub(crate) const RELATIONSHIP: Self = Self(1 << 7);
    pub(crate) const PATH: Self = Self(1 << 8);
    pub(crate) const DATE: Self = Self(1 << 9);
    pub(crate) const LOCAL_TIME: Self = Self(1 << 10);
    pub(crate) const TIME: Self = Self(1 << 11);
    pub(crate) const LOCAL_DATE_TIME: Self = Self(1 << 12);
    pub(crate) const DATE_TIME: Self = Self(1 << 13);
    pub(crate) const DURATION: Self = Self(1 << 14);
    /// Every type.
    pub(crate) const ANY: Self = Self((1 << 15) - 1);
    pub(crate) const NUMBER: Self = Self::INT.or(Self::FLOAT);
    pub(crate) const ENTITY: Self = Self::NODE.or(Self::RELATIONSHIP);
    /// Days and times, not durations.
    pub(crate) const INSTANT: Self =
        Self::DATE.or(Self::LOCAL_TIME).or(Self::TIME).or(Self::LOCAL_DATE_TIME).or(Self::DATE_TIME);
    pub(crate) const TEMPORAL: Self = Self::INSTANT.or(Self::DURATION);

    /// What is in either set; for constants, where `|` cannot stand.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The types that a word of openCypher names: `STRING?`, `INTEGER`, `NUMBER`, ...
    pub(crate) fn named(word: &str) -> Option<Self> {
        Some(match word.trim_end_matches('?') {
            "BOOLEAN" => Self::BOOL,
            "INTEGER" => Self::INT,
            "FLOAT" => Self::FLOAT,
            "NUMBER" => Self::NUMBER,
            "STRING" => Self::TEXT,
            "MAP" => Self::MAP,
            "NODE" => Self::NODE,
            "RELATIONSHIP" => Self::RELATIONSHIP,
            "PATH" => Self::PATH,
            "DATE" => Self::DATE,
            "DURATION" => Self::DURATION,
            word if word.starts_with("LIST") => Self::LIST,
            _ => return None,
        })
    }

    /// The type of a value; the empty set for null.
    pub(crate) fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::NONE,
            Value::Bool(_) => Self::BOOL,
            Value::Int(_) => Self::INT,
            Value::Float(_) => Self::FLOAT,
            Value::Text(_) => Self::TEXT,
            Value::List(_) => Self::LIST,
            Value::Map(_) => Self::MAP,
            Value::Node(_) => Self::NODE,
            Value::Relationship(_) => Self::RELATIONSHIP,
            Value::Path(_) => Self::PATH,
            Value::Date(_) => Self::DATE,
            Value::LocalTime(_) => Self::LOCAL_TIME,
            Value::Time(_) => Self::TIME,
            Value::LocalDateTime(_) => Self::LOCAL_DATE_TIME,
            Value::DateTime(_) => Self::DATE_TIME,
            Value::Duration(_) => Self::DURATION,
        }
    }

    /// Whether the value is of one of these types; null always is.
    pub(crate) fn admit(self, value: &Value) -> bool {
        self.contains(Self::of(value))
    }

    /// Whether every type of `other` is here.
    pub(crate) fn contains(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    /// Whether the sets share a type.
    pub(crate) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Types {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.or(other)
    }
}

const WORDS: &[(Types, &str)] = &[
    (Types::ANY, "anything"),
    (Types::TEMPORAL, "a temporal value"),
    (Types::INSTANT, "a date or time"),
    (Types::NUMBER, "a number"),
    (Types::BOOL, "a boolean"),
    (Types::INT, "an integer"),
    (Types::FLOAT, "a float"),
    (Types::TEXT, "a string"),
    (Types::LIST, "a list"),
    (Types::MAP, "a map"),
    (Types::NODE, "a node"),
    (Types::RELATIONSHIP, "a relationship"),
    (Types::PATH, "a path"),
    (Types::DATE, "a date"),
    (Types::LOCAL_TIME, "a local time"),
    (Types::TIME, "a time"),
    (Types::LOCAL_DATE_TIME, "a local date and time"),
    (Types::DATE_TIME, "a date and time"),
    (Types::DURATION, "a duration"),
];

impl fmt::Display for Types {
    /// "a node, a relationship or a map"; the widest words that fit.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut left = *self;
        let mut words = Vec::new();
        for (types, word) in WORDS {
            if left.contains(*types) {
                left = Self(left.0 & !types.0);
                words.push(*word);
            }
        }
        match words.split_last() {
            None => f.write_str("null"),
            Some((last, [])) => f.write_str(last),
            Some((last, before)) => write!(f, "{} or {last}", before.join(", ")),
        }
    }
}
