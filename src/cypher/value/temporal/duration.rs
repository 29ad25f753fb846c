//! Lengths of time.

use std::cmp::Ordering;

/// A length of time in months, days, seconds and nanoseconds.
///
/// The parts stand apart because a month has no fixed number of days, nor a day of seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Duration {
    months: i64,
    days: i64,
    seconds: i64,
    /// 0 to 999,999,999, also when the seconds are negative.
    nanos: u32,
}

/// The average length of a month in the Gregorian calendar.
const SECONDS_IN_MONTH: i128 = 2_629_746;
const SECONDS_IN_DAY: i128 = 86_400;

impl Duration {
    /// The length in seconds, with months of average length and days of 24 hours.
    fn average_seconds(&self) -> i128 {
        i128::from(self.months) * SECONDS_IN_MONTH + i128::from(self.days) * SECONDS_IN_DAY + i128::from(self.seconds)
    }
}

impl Ord for Duration {
    /// By the average length, then by months, days and seconds: durations of one length stay apart.
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |one: &Self| (one.average_seconds(), one.nanos, one.months, one.days);
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Duration {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
