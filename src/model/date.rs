//! Dates that are as precise as the source was.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::ModelError;

/// A year, a month of a year, or a day: a prefix of an ISO 8601 calendar date.
///
/// The text form is `2024`, `2024-02` or `2024-02-25`, and the order of the texts is the order of the values: a year
/// stands before its months, a month before its days. News rarely gives more, and a made-up `-01-01` would be a guess.
///
/// # Examples
/// ```
/// use ailand::model::PartialDate;
///
/// let month: PartialDate = "2024-02".parse()?;
/// assert!(month.contains("2024-02-25".parse()?));
/// assert!("2024-13".parse::<PartialDate>().is_err());
/// assert!("2023-02-29".parse::<PartialDate>().is_err());
/// # Ok::<(), ailand::model::ModelError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    year: u16,
    /// 1 to 12, or 0 when only the year is known. Zero sorts first, as the shorter text does.
    month: u8,
    /// 1 to 31, or 0 when only the month is known.
    day: u8,
}

impl PartialDate {
    /// The day with which moments are counted from.
    pub(super) const EPOCH: Self = Self { year: 1970, month: 1, day: 1 };

    /// A date from its parts; a day needs a month.
    ///
    /// # Errors
    /// [`ModelError::Date`] when there is no such month or day, or the year is not between 1 and 9999.
    pub fn new(year: u16, month: Option<u8>, day: Option<u8>) -> Result<Self, ModelError> {
        let date = Self { year, month: month.unwrap_or(0), day: day.unwrap_or(0) };
        let refuse = |expected| Err(ModelError::Date { text: date.to_string(), expected });
        if !(1..=9999).contains(&year) {
            return refuse("the year must be between 0001 and 9999");
        }
        match (month, day) {
            (None, Some(_)) => refuse("a day needs a month"),
            (Some(m), _) if !(1..=12).contains(&m) => refuse("the month must be between 01 and 12"),
            (Some(m), Some(d)) if d == 0 || d > days_in(year, m) => refuse("that month has no such day"),
            _ => Ok(date),
        }
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12, where it is known.
    #[must_use]
    pub fn month(self) -> Option<u8> {
        (self.month != 0).then_some(self.month)
    }

    /// The day of the month, 1 to 31, where it is known.
    #[must_use]
    pub fn day(self) -> Option<u8> {
        (self.day != 0).then_some(self.day)
    }

    /// Whether `other` lies within the period that this date names; a date contains itself.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.year == other.year
            && (self.month == 0 || self.month == other.month)
            && (self.day == 0 || self.day == other.day)
    }

    /// The first day of the period, as a full date.
    #[must_use]
    pub fn first_day(self) -> Self {
        Self { year: self.year, month: self.month.max(1), day: self.day.max(1) }
    }

    /// The last day of the period, as a full date.
    #[must_use]
    pub fn last_day(self) -> Self {
        let month = if self.month == 0 { 12 } else { self.month };
        let day = if self.day == 0 { days_in(self.year, month) } else { self.day };
        Self { year: self.year, month, day }
    }
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month != 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day != 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

impl FromStr for PartialDate {
    type Err = ModelError;

    fn from_str(text: &str) -> Result<Self, ModelError> {
        const EXPECTED: &str = "expected YYYY, YYYY-MM or YYYY-MM-DD";
        let refuse = |expected| ModelError::Date { text: text.chars().take(40).collect(), expected };
        let digits = |part: &str, width: usize| -> Option<u16> {
            (part.len() == width && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok()).flatten()
        };
        let mut parts = text.split('-');
        let year = parts.next().and_then(|part| digits(part, 4)).ok_or_else(|| refuse(EXPECTED))?;
        let mut two = || -> Result<Option<u8>, ModelError> {
            match parts.next() {
                None => Ok(None),
                Some(part) => {
                    digits(part, 2).and_then(|n| u8::try_from(n).ok()).map(Some).ok_or_else(|| refuse(EXPECTED))
                }
            }
        };
        let (month, day) = (two()?, two()?);
        if parts.next().is_some() {
            return Err(refuse(EXPECTED));
        }
        Self::new(year, month, day).map_err(|error| match error {
            ModelError::Date { expected, .. } => refuse(expected),
            other => other,
        })
    }
}

impl TryFrom<String> for PartialDate {
    type Error = ModelError;

    fn try_from(text: String) -> Result<Self, ModelError> {
        text.parse()
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_calendar_dates_are_dates() {
        for good in ["2024", "2024-02", "2024-02-29", "2000-02-29", "1999-12-31"] {
            assert_eq!(good.parse::<PartialDate>().unwrap().to_string(), good);
        }
        for bad in [
            "", "24", "2024-", "2024-2", "2024-13", "2024-00", "2023-02-29", "1900-02-29", "2024-04-31", "2024-01-00",
            "2024-01-01-01", "+024", "2024/02", "0000", "２０２４", "2024-02-25T00:00",
        ] {
            assert!(bad.parse::<PartialDate>().is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn text_order_is_time_order(a in "(19|20)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?",
                                    b in "(19|20)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?") {
            let (x, y): (PartialDate, PartialDate) = (a.parse().unwrap(), b.parse().unwrap());
            prop_assert_eq!(x.cmp(&y), a.cmp(&b));
            prop_assert_eq!(x.contains(y), b.starts_with(&a));
            prop_assert!(x.first_day() <= x.last_day() && x.contains(x.first_day()) && x.contains(x.last_day()));
        }
    }
}
