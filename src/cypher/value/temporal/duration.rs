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
const DAYS_IN_MONTH: f64 = 30.436_875;

impl Duration {
    /// No time at all.
    pub const ZERO: Self = Self { months: 0, days: 0, seconds: 0, nanos: 0 };

    /// A duration of parts that may be too large.
    ///
    /// # Errors
    /// When a part does not fit in 64 bits; so for all below.
    pub(crate) fn new(months: i128, days: i128, nanos: i128) -> Result<Self, QueryError> {
        let part = |part: i128| i64::try_from(part).map_err(|_| overflow());
        let (seconds, nanos) = (nanos.div_euclid(NANOS_IN_SECOND), nanos.rem_euclid(NANOS_IN_SECOND));
        let nanos = u32::try_from(nanos).map_err(|_| overflow())?;
        Ok(Self { months: part(months)?, days: part(days)?, seconds: part(seconds)?, nanos })
    }

    /// A duration of parts with fractions: those of a month become days of its average length, those of a day time.
    pub(crate) fn from_parts(months: Part, days: Part, nanos: Part) -> Result<Self, QueryError> {
        let days = days.plus_float(months.fraction * DAYS_IN_MONTH)?;
        #[allow(clippy::cast_precision_loss)] // a day has fewer nanoseconds than a float is exact to
        let nanos = nanos.plus_float(days.fraction * (SECONDS_IN_DAY * NANOS_IN_SECOND) as f64)?;
        Self::new(months.whole, days.whole, nanos.rounded())
    }

    /// Whole months.
    #[must_use]
    pub fn months(&self) -> i64 {
        self.months
    }

    /// Whole days beside the months.
    #[must_use]
    pub fn days(&self) -> i64 {
        self.days
    }

    /// Whole seconds beside the days, towards the past.
    #[must_use]
    pub fn seconds(&self) -> i64 {
        self.seconds
    }

    /// Nanoseconds on top of the seconds, 0 to 999,999,999.
    #[must_use]
    pub fn nanos(&self) -> u32 {
        self.nanos
    }

    /// Both lengths together.
    pub(crate) fn plus(&self, other: &Self) -> Result<Self, QueryError> {
        Self::new(
            i128::from(self.months) + i128::from(other.months),
            i128::from(self.days) + i128::from(other.days),
            self.total_nanos() + other.total_nanos(),
        )
    }

    /// The same length backwards.
    pub(crate) fn negated(&self) -> Result<Self, QueryError> {
        Self::new(-i128::from(self.months), -i128::from(self.days), -self.total_nanos())
    }

    /// The length so many times.
    pub(crate) fn times_int(&self, factor: i64) -> Result<Self, QueryError> {
        let factor = i128::from(factor);
        let nanos = self.total_nanos().checked_mul(factor).ok_or_else(overflow)?;
        Self::new(i128::from(self.months) * factor, i128::from(self.days) * factor, nanos)
    }

    /// The length so many times; parts of a month become days, parts of a day become time. What is less than a nanosecond
    /// is left out.
    pub(crate) fn times(&self, factor: f64) -> Result<Self, QueryError> {
        let factor = Part::of_float(factor)?;
        let nanos = factor.times(self.total_nanos())?;
        Self::from_parts(
            factor.times(self.months.into())?,
            factor.times(self.days.into())?,
            Part { fraction: 0.0, ..nanos },
        )
    }

    /// The length divided; parts as in [`Duration::times`].
    pub(crate) fn divided(&self, divisor: f64) -> Result<Self, QueryError> {
        if divisor == 0.0 {
            let message = "a duration cannot be divided by zero";
            return Err(QueryError::run(Kind::ArithmeticError, Detail::DivisionByZero, message));
        }
        let whole = Part::of_float(divisor)?;
        if whole.fraction != 0.0 {
            return self.times(divisor.recip());
        }
        #[allow(clippy::cast_precision_loss)] // the fraction is below 1
        let part = |number: i128| Part {
            whole: number / whole.whole,
            fraction: (number % whole.whole) as f64 / whole.whole as f64,
        };
        let nanos = Part { fraction: 0.0, ..part(self.total_nanos()) };
        Self::from_parts(part(self.months.into()), part(self.days.into()), nanos)
    }

    /// Seconds and nanoseconds as nanoseconds.
    pub(crate) fn total_nanos(&self) -> i128 {
        i128::from(self.seconds) * NANOS_IN_SECOND + i128::from(self.nanos)
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

/// A number of months, days or nanoseconds on the way to a duration: whole numbers exactly, and a fraction.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Part {
    whole: i128,
    fraction: f64,
}

impl Part {
    /// A number with a fraction.
    pub(crate) fn of_float(number: f64) -> Result<Self, QueryError> {
        // Far beyond what a duration holds, and within what 128 bits do.
        if !number.is_finite() || number.abs() > 1e30 {
            return Err(overflow());
        }
        #[allow(clippy::cast_possible_truncation)] // checked above
        Ok(Self { whole: number.trunc() as i128, fraction: number.fract() })
    }

    /// So many more.
    pub(crate) fn plus(self, whole: i128) -> Result<Self, QueryError> {
        Ok(Self { whole: self.whole.checked_add(whole).ok_or_else(overflow)?, ..self })
    }

    /// So many more, with a fraction.
    pub(crate) fn plus_float(self, number: f64) -> Result<Self, QueryError> {
        let sum = Self::of_float(self.fraction + number)?;
        sum.plus(self.whole)
    }

    /// So many times a whole number: its whole part exactly, its fraction as a float.
    fn times(self, number: i128) -> Result<Self, QueryError> {
        #[allow(clippy::cast_precision_loss)] // the fraction is a float already
        let rest = Self::of_float(self.fraction * number as f64)?;
        rest.plus(self.whole.checked_mul(number).ok_or_else(overflow)?)
    }

    /// The nearest whole number.
    fn rounded(self) -> i128 {
        #[allow(clippy::cast_possible_truncation)] // below 1
        let rest = self.fraction.round() as i128;
        self.whole + rest
    }
}

fn overflow() -> QueryError {
    QueryError::run(Kind::ArithmeticError, Detail::IntegerOverflow, "the duration is too long")
}
