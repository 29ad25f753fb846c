//! Times of day with an offset.

use std::cmp::Ordering;
use std::fmt;

use super::LocalTime;
use super::local_time::NANOS_IN_SECOND;
use super::zone::offset_text;

/// A time of day with an offset from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Time {
    local: LocalTime,
    /// Seconds east of UTC, within 18 hours.
    offset: i32,
}

impl Time {
    /// A time by the clock, so many seconds east of UTC.
    pub(crate) fn new(local: LocalTime, offset: i32) -> Self {
        Self { local, offset }
    }

    /// What the clock shows.
    #[must_use]
    pub fn local(self) -> LocalTime {
        self.local
    }

    /// Seconds east of UTC.
    #[must_use]
    pub fn offset(self) -> i32 {
        self.offset
    }

    /// Nanoseconds since midnight of UTC; below 0 or beyond a day where the offset leads into another day.
    pub(crate) fn utc_nanos(self) -> i64 {
        self.local.nanos() - i64::from(self.offset) * NANOS_IN_SECOND
    }

    /// The same moment by a clock with another offset.
    pub(crate) fn at_offset(self, offset: i32) -> Self {
        let shift = i128::from(offset - self.offset) * i128::from(NANOS_IN_SECOND);
        Self { local: LocalTime::from_nanos(i128::from(self.local.nanos()) + shift), offset }
    }
}

impl Ord for Time {
    /// By the moment in UTC, then by the clock.
    fn cmp(&self, other: &Self) -> Ordering {
        self.utc_nanos().cmp(&other.utc_nanos()).then_with(|| self.local.cmp(&other.local))
    }
}

impl PartialOrd for Time {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Time {
    /// ISO 8601: `12:31:14+01:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.local, offset_text(self.offset))
    }
}
