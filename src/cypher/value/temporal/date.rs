//! Days.

use std::fmt;

/// A day of the proleptic Gregorian calendar, from -999999999-01-01 to +999999999-12-31.
///
/// # Examples
/// ```
/// use ailand::cypher::Date;
///
/// let day = Date::new(2024, 2, 29).ok_or("2024 is a leap year")?;
/// assert_eq!(day.to_string(), "2024-02-29");
/// assert_eq!((day.week_year(), day.week(), day.weekday()), (2024, 9, 4));
/// assert_eq!(Date::new(2023, 2, 29), None);
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    // The order of the fields is the order of time.
    year: i32,
    month: u8,
    day: u8,
}

/// The greatest year; its negative is the smallest.
pub(crate) const MAX_YEAR: i32 = 999_999_999;

/// Days in 400 years, after which the calendar repeats.
const DAYS_IN_CYCLE: i64 = 146_097;
/// Days from 0000-03-01 to 1970-01-01.
const EPOCH: i64 = 719_468;

impl Date {
    /// The day, when there is such a day.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let good = (-MAX_YEAR..=MAX_YEAR).contains(&year) && (1..=days_in_month(year, month)).contains(&day);
        good.then_some(Self { year, month, day })
    }

    /// The day of a week of the ISO 8601 week calendar: week 1 is the one with 4 January in it, and Monday is day 1.
    #[must_use]
    pub fn from_week(week_year: i32, week: u8, weekday: u8) -> Option<Self> {
        let fourth = Self::new(week_year, 1, 4)?;
        let monday = fourth.epoch_day() - i64::from(fourth.weekday() - 1);
        let day = Self::from_epoch_day(monday + (i64::from(week) - 1) * 7 + i64::from(weekday) - 1)?;
        // Only some years have a week 53.
        ((1..=7).contains(&weekday) && day.week() == week && day.week_year() == week_year).then_some(day)
    }

    /// The day of a year, counted from 1.
    #[must_use]
    pub fn from_ordinal(year: i32, ordinal: u16) -> Option<Self> {
        let first = Self::new(year, 1, 1)?;
        let days = if is_leap_year(year) { 366 } else { 365 };
        (1..=days).contains(&ordinal).then(|| Self::from_epoch_day(first.epoch_day() + i64::from(ordinal) - 1))?
    }

    /// The day of a quarter, counted from 1.
    #[must_use]
    pub fn from_quarter(year: i32, quarter: u8, day_of_quarter: u8) -> Option<Self> {
        let first = Self::new(year, quarter.checked_sub(1)?.checked_mul(3)?.checked_add(1)?, 1)?;
        let day = Self::from_epoch_day(first.epoch_day() + i64::from(day_of_quarter) - 1)?;
        (day_of_quarter >= 1 && day.quarter() == quarter && day.year == year).then_some(day)
    }

    /// The year; 0 is 1 BC.
    #[must_use]
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day
    }

    /// The quarter of the year, 1 to 4.
    #[must_use]
    pub fn quarter(self) -> u8 {
        self.month.div_ceil(3)
    }

    /// The day of the year, 1 to 366.
    #[must_use]
    pub fn ordinal(self) -> u16 {
        (1..self.month).map(|month| u16::from(days_in_month(self.year, month))).sum::<u16>() + u16::from(self.day)
    }

    /// The day of the quarter, 1 to 92.
    #[must_use]
    pub fn day_of_quarter(self) -> u8 {
        let first = self.quarter() * 3 - 2;
        (first..self.month).map(|month| days_in_month(self.year, month)).sum::<u8>() + self.day
    }

    /// The day of the week, 1 (Monday) to 7.
    #[must_use]
    pub fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday.
        u8::try_from((self.epoch_day() + 3).rem_euclid(7)).unwrap_or(0) + 1
    }

    /// The year to which the ISO 8601 week belongs: that of its Thursday.
    #[must_use]
    pub fn week_year(self) -> i32 {
        self.thursday().year
    }

    /// The ISO 8601 week of [`Date::week_year`], 1 to 53.
    #[must_use]
    pub fn week(self) -> u8 {
        u8::try_from((self.thursday().ordinal() - 1) / 7 + 1).unwrap_or(1)
    }

    /// The Thursday of the same week. The calendar begins on a Monday and ends on a Friday, so that there always is one.
    fn thursday(self) -> Self {
        Self::from_epoch_day(self.epoch_day() + 4 - i64::from(self.weekday())).unwrap_or(self)
    }

    /// Days since 1970-01-01.
    ///
    /// The algorithm is `days_from_civil` of Howard Hinnant, "chrono-compatible low-level date algorithms": years begin in
    /// March, so that the leap day is the last one.
    #[must_use]
    pub fn epoch_day(self) -> i64 {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let (cycle, year) = (year.div_euclid(400), year.rem_euclid(400));
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        cycle * DAYS_IN_CYCLE + year * 365 + year / 4 - year / 100 + day_of_year - EPOCH
    }

    /// The day so many days after 1970-01-01, when it is within the calendar; the inverse of [`Date::epoch_day`].
    #[must_use]
    pub fn from_epoch_day(days: i64) -> Option<Self> {
        let days = days.checked_add(EPOCH)?;
        let (cycle, day) = (days.div_euclid(DAYS_IN_CYCLE), days.rem_euclid(DAYS_IN_CYCLE));
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day_of_year = day - (365 * year + year / 4 - year / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * from_march + 2) / 5 + 1;
        let month = (from_march + 2) % 12 + 1;
        let year = cycle * 400 + year + i64::from(month <= 2);
        Self::new(i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// The day so many months later; where that month is too short, its last day.
    #[must_use]
    pub fn plus_months(self, months: i64) -> Option<Self> {
        let month = self.month_number().checked_add(months)?;
        let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
        let (year, month) = (i32::try_from(year).ok()?, u8::try_from(month).ok()?);
        Self::new(year, month, self.day.min(days_in_month(year, month)))
    }

    /// The day so many days later.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Option<Self> {
        Self::from_epoch_day(self.epoch_day().checked_add(days)?)
    }

    /// Whole months from here to `other`, negative when it is earlier.
    #[must_use]
    pub(crate) fn months_until(self, other: Self) -> i64 {
        // 32 is more than any day of a month, so that a month counts when the day has been reached.
        let packed = |date: Self| date.month_number() * 32 + i64::from(date.day);
        (packed(other) - packed(self)) / 32
    }

    /// Months since January of year 0.
    fn month_number(self) -> i64 {
        i64::from(self.year) * 12 + i64::from(self.month) - 1
    }
}

impl fmt::Display for Date {
    /// ISO 8601: `2024-02-29`; years beyond four digits carry a sign.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.year {
            ..0 => "-",
            0..=9999 => "",
            _ => "+",
        };
        write!(f, "{sign}{:04}-{:02}-{:02}", self.year.unsigned_abs(), self.month, self.day)
    }
}

/// Whether the year has 366 days.
pub(crate) fn is_leap_year(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// How many days the month has; 0 when there is no such month.
pub(crate) fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        2 if is_leap_year(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => 0,
    }
}
