//! Times of day with an offset.

use std::cmp::Ordering;

use super::LocalTime;

/// A time of day with an offset from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Time {
    local: LocalTime,
    /// Seconds east of UTC, within 18 hours.
    offset: i32,
}

impl Ord for Time {
    /// By the moment within a day of UTC, then by the clock.
    fn cmp(&self, other: &Self) -> Ordering {
        self.offset.cmp(&other.offset).then_with(|| self.local.cmp(&other.local))
    }
}

impl PartialOrd for Time {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
