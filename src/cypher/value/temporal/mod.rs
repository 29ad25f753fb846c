//! Dates, times and durations: one file per type, and one per thing that is done with them.
//!
//! Civil arithmetic is our own, in the proleptic Gregorian calendar with years from -999,999,999 to 999,999,999; only the
//! rules of named time zones come from elsewhere ([`zone`]).

mod arithmetic;
mod between;
mod component;
mod date;
mod date_time;
mod duration;
mod duration_text;
mod fields;
mod local_date_time;
mod local_time;
mod make;
mod parse;
mod stored;
#[cfg(test)]
pub(crate) mod tests;
mod time;
mod truncate;
mod zone;

pub(crate) use between::{Unit as BetweenUnit, between};
pub use date::Date;
pub use date_time::DateTime;
pub use duration::Duration;
pub use local_date_time::LocalDateTime;
pub use local_time::LocalTime;
pub(crate) use make::{Type, from_epoch, from_map, from_text, from_value, now};
pub use time::Time;
pub(crate) use truncate::truncate;
pub(crate) use zone::Zone;

use super::Value;
use crate::cypher::{Detail, Kind, QueryError};

impl Value {
    /// Whether this is a date, a time or a duration.
    pub(crate) fn is_temporal(&self) -> bool {
        self.temporal_text().is_some()
    }

    /// The ISO 8601 text of a temporal value; `None` for others.
    #[must_use]
    pub fn temporal_text(&self) -> Option<String> {
        Some(match self {
            Self::Date(date) => date.to_string(),
            Self::LocalTime(time) => time.to_string(),
            Self::Time(time) => time.to_string(),
            Self::LocalDateTime(time) => time.to_string(),
            Self::DateTime(time) => time.to_string(),
            Self::Duration(duration) => duration.to_string(),
            _ => return None,
        })
    }
}

/// An argument from which no date, time or duration can be made.
fn invalid(message: impl Into<String>) -> QueryError {
    QueryError::run(Kind::ArgumentError, Detail::InvalidArgumentValue, message)
}

/// A date before or behind the calendar.
fn out_of_range() -> QueryError {
    let message = "the date is not within the years -999,999,999 to 999,999,999";
    QueryError::run(Kind::ArgumentError, Detail::NumberOutOfRange, message)
}
