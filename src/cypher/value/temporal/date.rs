//! Days.

/// A day of the proleptic Gregorian calendar, from -999999999-01-01 to +999999999-12-31.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    // The order of the fields is the order of time.
    year: i32,
    month: u8,
    day: u8,
}

/// The greatest year; its negative is the smallest.
const MAX_YEAR: i32 = 999_999_999;

impl Date {
    /// The day, when there is such a day.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let good = (-MAX_YEAR..=MAX_YEAR).contains(&year) && (1..=days_in_month(year, month)).contains(&day);
        good.then_some(Self { year, month, day })
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
