//! Moments: when a commit was made.

use std::fmt;
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

use super::{ModelError, PartialDate};

/// A second of universal time, from 1970 to the end of the year 9999.
///
/// # Examples
/// ```
/// use ailand::model::Moment;
///
/// let moment: Moment = "2024-02-25T12:31:14Z".parse()?;
/// assert_eq!(moment.seconds(), 1_708_864_274);
/// assert_eq!(moment.to_string(), "2024-02-25T12:31:14Z");
/// assert_eq!(moment.day().to_string(), "2024-02-25");
/// # Ok::<(), ailand::model::ModelError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Moment(u64);

/// The last second of the year 9999.
const LAST: u64 = 253_402_300_799;
const DAY: u64 = 86_400;

impl Moment {
    /// The present moment, by the clock of the system.
    #[must_use]
    pub fn now() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self::from_seconds(since.as_secs())
    }

    /// The moment so many seconds after the beginning of 1970; at most the end of 9999.
    #[must_use]
    pub fn from_seconds(seconds: u64) -> Self {
        Self(seconds.min(LAST))
    }

    /// Seconds since the beginning of 1970.
    #[must_use]
    pub fn seconds(self) -> u64 {
        self.0
    }

    /// The day.
    #[must_use]
    pub fn day(self) -> PartialDate {
        let (year, month, day) = civil(self.0 / DAY);
        // The bounds of a moment are those of a date.
        PartialDate::new(year, Some(month), Some(day)).unwrap_or(PartialDate::EPOCH)
    }

    /// The last moment of a day, month or year.
    #[must_use]
    pub fn end_of(date: PartialDate) -> Self {
        let last = date.last_day();
        let days = days_until(last.year(), last.month().unwrap_or(1), last.day().unwrap_or(1));
        Self::from_seconds(days.saturating_mul(DAY).saturating_add(DAY - 1))
    }
}

impl fmt::Display for Moment {
    /// As RFC 3339 in universal time.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let second = self.0 % DAY;
        write!(f, "{}T{:02}:{:02}:{:02}Z", self.day(), second / 3600, second / 60 % 60, second % 60)
    }
}

impl FromStr for Moment {
    type Err = ModelError;

    /// Reads the form that [`Moment`] is written in.
    fn from_str(text: &str) -> Result<Self, ModelError> {
        let refuse = || ModelError::Date {
            text: text.chars().take(40).collect(),
            expected: "expected a moment of universal time such as 2024-02-25T12:31:14Z",
        };
        let (day, time) = text.strip_suffix('Z').and_then(|text| text.split_once('T')).ok_or_else(refuse)?;
        let day: PartialDate = day.parse()?;
        let part = |text: Option<&str>, below: u64| {
            let text = text.filter(|text| text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit()))?;
            text.parse().ok().filter(|&number: &u64| number < below)
        };
        let mut parts = time.split(':');
        let hms = (part(parts.next(), 24), part(parts.next(), 60), part(parts.next(), 60));
        let ((Some(hour), Some(minute), Some(second)), None) = (hms, parts.next()) else { return Err(refuse()) };
        let (Some(month), Some(number)) = (day.month(), day.day()) else { return Err(refuse()) };
        if day.year() < 1970 {
            return Err(refuse());
        }
        let days = days_until(day.year(), month, number);
        Ok(Self::from_seconds(days * DAY + hour * 3600 + minute * 60 + second))
    }
}

/// Days from the beginning of 1970 to a day, counted in years that begin with March, so that leap days come last; 0 for
/// days before 1970 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`).
fn days_until(year: u16, month: u8, day: u8) -> u64 {
    let (year, month, day) = (i64::from(year), i64::from(month), i64::from(day));
    let year = if month <= 2 { year - 1 } else { year };
    let months = (month + 9) % 12;
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * months + 2) / 5 + day - 1;
    // 719,468 days lie between the first of March of the year 0 and the beginning of 1970.
    u64::try_from(days - 719_468).unwrap_or_default()
}

/// The year, month and day, `days` after the beginning of 1970; the inverse of [`days_until`].
fn civil(days: u64) -> (u16, u8, u8) {
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let months = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * months + 2) / 5 + 1;
    let month = if months < 10 { months + 3 } else { months - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    // Moments end with the year 9999.
    (u16::try_from(year).unwrap_or(9999), u8::try_from(month).unwrap_or(12), u8::try_from(day).unwrap_or(31))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_are_counted_one_by_one() {
        let lengths = |year: u16| {
            let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
            [31, 28 + u8::from(leap), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        };
        let mut days = 0;
        for year in 1970..=2410 {
            for (month, length) in (1..).zip(lengths(year)) {
                for day in 1..=length {
                    assert_eq!((days_until(year, month, day), civil(days)), (days, (year, month, day)));
                    days += 1;
                }
            }
        }
        assert_eq!(Moment::from_seconds(u64::MAX).to_string(), "9999-12-31T23:59:59Z");
    }

    proptest! {
        #[test]
        fn moments_round_trip(seconds in 0..=LAST) {
            let moment = Moment::from_seconds(seconds);
            prop_assert_eq!(moment.to_string().parse::<Moment>().unwrap(), moment);
            prop_assert!(moment <= Moment::end_of(moment.day()));
        }
    }

    #[test]
    fn other_forms_are_refused() {
        for wrong in ["", "2024", "2024-02-25", "2024-02-25T12:31Z", "2024-02-25T24:00:00Z", "1969-12-31T00:00:00Z"] {
            assert!(wrong.parse::<Moment>().is_err(), "{wrong}");
        }
    }
}
