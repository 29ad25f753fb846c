//! Dates, times and durations: one file per type.
//!
//! Civil arithmetic is our own, in the proleptic Gregorian calendar with years from -999,999,999 to 999,999,999; only the
//! rules of named time zones come from elsewhere ([`zone`]).

mod date;
mod date_time;
mod duration;
mod local_date_time;
mod local_time;
mod time;

pub use date::Date;
pub use date_time::DateTime;
pub use duration::Duration;
pub use local_date_time::LocalDateTime;
pub use local_time::LocalTime;
pub use time::Time;

use super::Value;
use crate::cypher::QueryError;

impl Value {
    /// Whether this is a date, a time or a duration.
    pub(crate) fn is_temporal(&self) -> bool {
        super::Types::TEMPORAL.admit(self) && !self.is_null()
    }

    /// The ISO 8601 text of a temporal value; `None` for others.
    pub fn temporal_text(&self) -> Option<String> {
        None
    }

    /// A part of a temporal value, such as `year`; `None` when it has no such part.
    pub(crate) fn component(&self, _key: &str) -> Option<Value> {
        None
    }

    /// A date or time, later by `duration`.
    pub(crate) fn shift(&self, _duration: &Duration) -> Result<Value, QueryError> {
        Err(self.refuse("a date or time"))
    }
}
