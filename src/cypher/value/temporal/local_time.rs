//! Times of day without a zone.

use std::fmt;

pub(crate) const NANOS_IN_SECOND: i64 = 1_000_000_000;
pub(crate) const NANOS_IN_MINUTE: i64 = 60 * NANOS_IN_SECOND;
pub(crate) const NANOS_IN_HOUR: i64 = 60 * NANOS_IN_MINUTE;
pub(crate) const NANOS_IN_DAY: i64 = 24 * NANOS_IN_HOUR;

/// A time of day without a zone, to the nanosecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime {
    /// Nanoseconds since midnight, less than a day of them.
    nanos: i64,
}

impl LocalTime {
    /// 00:00.
    pub const MIDNIGHT: Self = Self { nanos: 0 };

    /// The time, when there is such a time; there are no leap seconds.
    #[must_use]
    pub fn new(hour: u8, minute: u8, second: u8, nanosecond: u32) -> Option<Self> {
        let good = hour < 24 && minute < 60 && second < 60 && i64::from(nanosecond) < NANOS_IN_SECOND;
        let seconds = (i64::from(hour) * 60 + i64::from(minute)) * 60 + i64::from(second);
        good.then(|| Self { nanos: seconds * NANOS_IN_SECOND + i64::from(nanosecond) })
    }

    /// The time so many nanoseconds after midnight; beyond a day it begins again.
    pub(crate) fn from_nanos(nanos: i128) -> Self {
        Self { nanos: i64::try_from(nanos.rem_euclid(NANOS_IN_DAY.into())).unwrap_or(0) }
    }

    /// Nanoseconds since midnight.
    #[must_use]
    pub fn nanos(self) -> i64 {
        self.nanos
    }

    /// The hour, 0 to 23.
    #[must_use]
    pub fn hour(self) -> i64 {
        self.nanos / NANOS_IN_HOUR
    }

    /// The minute, 0 to 59.
    #[must_use]
    pub fn minute(self) -> i64 {
        self.nanos / NANOS_IN_MINUTE % 60
    }

    /// The second, 0 to 59.
    #[must_use]
    pub fn second(self) -> i64 {
        self.nanos / NANOS_IN_SECOND % 60
    }

    /// Nanoseconds within the second.
    #[must_use]
    pub fn nanosecond(self) -> i64 {
        self.nanos % NANOS_IN_SECOND
    }
}

impl fmt::Display for LocalTime {
    /// ISO 8601: `12:31`, `12:31:14`, `12:31:14.645`; nothing is written that is zero behind the minutes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour(), self.minute())?;
        if self.second() != 0 || self.nanosecond() != 0 {
            write!(f, ":{:02}", self.second())?;
        }
        f.write_str(&fraction_text(self.nanosecond()))
    }
}

/// Nanoseconds as a decimal fraction with its point, without zeros at the end; empty for none.
pub(crate) fn fraction_text(nanos: i64) -> String {
    if nanos == 0 { String::new() } else { format!(".{nanos:09}").trim_end_matches('0').to_owned() }
}
