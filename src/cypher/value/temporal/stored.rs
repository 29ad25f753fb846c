//! Temporal values as records keep them: the kind, and the text.

use super::Type;
use crate::cypher::value::Value;
use crate::model::{Temporal, TemporalKind};

impl Value {
    /// The value that a record keeps.
    pub(crate) fn from_temporal(kept: &Temporal) -> Self {
        let made = match kept.kind() {
            TemporalKind::Date => Type::Date,
            TemporalKind::LocalTime => Type::LocalTime,
            TemporalKind::Time => Type::Time,
            TemporalKind::LocalDateTime => Type::LocalDateTime,
            TemporalKind::DateTime => Type::DateTime,
            TemporalKind::Duration => Type::Duration,
        };
        // A zone that is no longer known leaves the text, which is better than nothing.
        super::from_text(made, kept.as_str()).unwrap_or_else(|_| kept.as_str().into())
    }

    /// What a record keeps of a temporal value; `None` for other values.
    pub(crate) fn to_temporal(&self) -> Option<Temporal> {
        let kind = match self {
            Self::Date(_) => TemporalKind::Date,
            Self::LocalTime(_) => TemporalKind::LocalTime,
            Self::Time(_) => TemporalKind::Time,
            Self::LocalDateTime(_) => TemporalKind::LocalDateTime,
            Self::DateTime(_) => TemporalKind::DateTime,
            Self::Duration(_) => TemporalKind::Duration,
            _ => return None,
        };
        Temporal::new(kind, self.temporal_text()?).ok()
    }
}
