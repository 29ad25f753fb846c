//! Lengths of time.

use std::cmp::Ordering;

use crate::cypher::{Detail, Kind, QueryError};

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

const NANOS_IN_SECOND: i128 = 1_000_000_000;

/// The average length of a month in the Gregorian calendar.
const SECONDS_IN_MONTH: i128 = 2_629_746;
const SECONDS_IN_DAY: i128 = 86_400;

impl Duration {
    /// Both lengths together.
    ///
    /// # Errors
    /// When a part does not fit in 64 bits; so for the others below.
    pub(crate) fn plus(&self, other: &Self) -> Result<Self, QueryError> {
        Self::sum(
            i128::from(self.months) + i128::from(other.months),
            i128::from(self.days) + i128::from(other.days),
            self.total_nanos() + other.total_nanos(),
        )
    }

    /// The same length backwards.
    pub(crate) fn negated(&self) -> Result<Self, QueryError> {
        Self::sum(-i128::from(self.months), -i128::from(self.days), -self.total_nanos())
    }

    /// The length so many times.
    pub(crate) fn times_int(&self, factor: i64) -> Result<Self, QueryError> {
        let factor = i128::from(factor);
        let nanos = self.total_nanos().checked_mul(factor).ok_or_else(overflow)?;
        Self::sum(i128::from(self.months) * factor, i128::from(self.days) * factor, nanos)
    }

    /// The length so many times; parts of a month become days, parts of a day become time.
    pub(crate) fn times(&self, _factor: f64) -> Result<Self, QueryError> {
        Err(overflow())
    }

    /// The length divided; parts as in [`Duration::times`].
    pub(crate) fn divided(&self, _divisor: f64) -> Result<Self, QueryError> {
        Err(overflow())
    }

    /// Seconds and nanoseconds as nanoseconds.
    pub(crate) fn total_nanos(&self) -> i128 {
        i128::from(self.seconds) * NANOS_IN_SECOND + i128::from(self.nanos)
    }

    /// A duration of parts that may be too large.
    pub(crate) fn sum(months: i128, days: i128, nanos: i128) -> Result<Self, QueryError> {
        let part = |part: i128| i64::try_from(part).map_err(|_| overflow());
        let (seconds, nanos) = (nanos.div_euclid(NANOS_IN_SECOND), nanos.rem_euclid(NANOS_IN_SECOND));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a remainder below 10^9
        Ok(Self { months: part(months)?, days: part(days)?, seconds: part(seconds)?, nanos: nanos as u32 })
    }

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

fn overflow() -> QueryError {
    QueryError::run(Kind::ArithmeticError, Detail::IntegerOverflow, "the duration is too long")
}
