//! Days and times without a zone.

use std::fmt;

use super::local_time::NANOS_IN_DAY;
use super::{Date, LocalTime};

/// A day and a time of day without a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalDateTime {
    date: Date,
    time: LocalTime,
}

impl LocalDateTime {
    /// A day and a time.
    #[must_use]
    pub fn new(date: Date, time: LocalTime) -> Self {
        Self { date, time }
    }

    /// The day.
    #[must_use]
    pub fn date(self) -> Date {
        self.date
    }

    /// The time.
    #[must_use]
    pub fn time(self) -> LocalTime {
        self.time
    }

    /// Nanoseconds since 1970-01-01T00:00 by the same clock.
    pub(crate) fn nanos(self) -> i128 {
        i128::from(self.date.epoch_day()) * i128::from(NANOS_IN_DAY) + i128::from(self.time.nanos())
    }

    /// The inverse of [`LocalDateTime::nanos`], within the calendar.
    pub(crate) fn from_nanos(nanos: i128) -> Option<Self> {
        let day = i64::try_from(nanos.div_euclid(NANOS_IN_DAY.into())).ok()?;
        Some(Self { date: Date::from_epoch_day(day)?, time: LocalTime::from_nanos(nanos) })
    }
}

impl fmt::Display for LocalDateTime {
    /// ISO 8601: `2024-02-29T12:31`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}", self.date, self.time)
    }
}
