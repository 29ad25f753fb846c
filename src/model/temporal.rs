//! Times, dates and durations as the query language knows them, in the forms of ISO 8601.

use std::fmt;

use super::{ModelError, PartialDate};

/// What a [`Temporal`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TemporalKind {
    /// A day of the calendar: `2024-02-25`.
    Date,
    /// A time of day somewhere: `12:31:14.5`.
    LocalTime,
    /// A time of day with its distance from Greenwich: `12:31:14+08:00`.
    Time,
    /// A day and a time somewhere: `2024-02-25T12:31`.
    LocalDateTime,
    /// A moment: `2024-02-25T12:31+08:00[Asia/Shanghai]`.
    DateTime,
    /// A length of time: `P1Y2M10DT2H30M`.
    Duration,
}

impl TemporalKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Date, Self::LocalTime, Self::Time, Self::LocalDateTime, Self::DateTime, Self::Duration];

    /// The word in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Date => "full_date",
            Self::LocalTime => "local_time",
            Self::Time => "time",
            Self::LocalDateTime => "local_datetime",
            Self::DateTime => "datetime",
            Self::Duration => "duration",
        }
    }

    /// The kind that files call so.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    fn form(self) -> &'static str {
        match self {
            Self::Date => "a day such as 2024-02-25",
            Self::LocalTime => "a time such as 12:31 or 12:31:14.5",
            Self::Time => "a time with its offset, such as 12:31Z or 12:31:14+08:00",
            Self::LocalDateTime => "a day and a time, such as 2024-02-25T12:31",
            Self::DateTime => "a day, a time and an offset, such as 2024-02-25T12:31+08:00 or 2024-02-25T12:31Z",
            Self::Duration => "a duration such as P1Y2M10DT2H30M or PT0.5S",
        }
    }
}

/// A temporal value of the query language: its kind and its text in ISO 8601.
///
/// Partial dates, in which facts are dated, are [`PartialDate`]s; these are exact. The text is kept as it is given, so
/// that two values are equal when they are written alike. Years have four digits, or a sign and up to nine; fractions of
/// a second have up to nine digits.
///
/// # Examples
/// ```
/// use ailand::model::{Temporal, TemporalKind};
///
/// let moment = Temporal::new(TemporalKind::DateTime, "2024-02-25T12:31:14.645+08:00[Asia/Shanghai]")?;
/// assert_eq!(moment.kind(), TemporalKind::DateTime);
/// assert!(Temporal::new(TemporalKind::Date, "2023-02-29").is_err());
/// # Ok::<(), ailand::model::ModelError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Temporal {
    kind: TemporalKind,
    text: Box<str>,
}

impl Temporal {
    /// Checks that `text` has the form of `kind`.
    ///
    /// # Errors
    /// [`ModelError::Temporal`].
    pub fn new(kind: TemporalKind, text: impl Into<String>) -> Result<Self, ModelError> {
        let text: String = text.into();
        let whole = |rest: Option<&str>| rest.is_some_and(str::is_empty);
        let fits = match kind {
            TemporalKind::Date => whole(day(&text)),
            TemporalKind::LocalTime => whole(clock(&text)),
            TemporalKind::Time => whole(clock(&text).and_then(offset)),
            TemporalKind::LocalDateTime => whole(day_and_clock(&text)),
            TemporalKind::DateTime => day_and_clock(&text).is_some_and(is_place),
            TemporalKind::Duration => is_duration(&text),
        };
        if fits && text.len() <= LONGEST {
            Ok(Self { kind, text: text.into_boxed_str() })
        } else {
            Err(ModelError::Temporal { text: text.chars().take(60).collect(), expected: kind.form() })
        }
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> TemporalKind {
        self.kind
    }

    /// The text in ISO 8601.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Temporal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// No text is longer than this many bytes: names of time zones are short.
const LONGEST: usize = 120;

// Each of these reads one part at the beginning of a text and hands back what follows it.

/// A number of `least` to `most` digits.
fn digits(text: &str, least: usize, most: usize) -> Option<(u32, &str)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(least..=most).contains(&count) {
        return None;
    }
    let (number, rest) = text.split_at_checked(count)?;
    Some((number.parse().ok()?, rest))
}

/// A number of two digits from `low` to `high`.
fn pair(text: &str, low: u32, high: u32) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at_checked(2)?;
    let (number, after) = self::digits(digits, 2, 2)?;
    (after.is_empty() && (low..=high).contains(&number)).then_some((number, rest))
}

fn day(text: &str) -> Option<&str> {
    let signed = text.strip_prefix(['+', '-']);
    let (year, rest) = match signed {
        Some(rest) => digits(rest, 1, 9)?,
        None => digits(text, 4, 4)?,
    };
    let (month, rest) = pair(rest.strip_prefix('-')?, 1, 12)?;
    let (day, rest) = pair(rest.strip_prefix('-')?, 1, 31)?;
    // The calendar repeats every 400 years, also before year 1, where the year -n is leap when n is.
    let alike = u16::try_from(year % 400 + 400).ok()?;
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    PartialDate::new(alike, Some(month), Some(day)).ok()?;
    Some(rest)
}

fn clock(text: &str) -> Option<&str> {
    let (_, rest) = pair(text, 0, 23)?;
    let (_, rest) = pair(rest.strip_prefix(':')?, 0, 59)?;
    let Some(seconds) = rest.strip_prefix(':') else { return Some(rest) };
    let (_, rest) = pair(seconds, 0, 59)?;
    match rest.strip_prefix('.') {
        Some(fraction) => digits(fraction, 1, 9).map(|(_, rest)| rest),
        None => Some(rest),
    }
}

fn day_and_clock(text: &str) -> Option<&str> {
    clock(day(text)?.strip_prefix('T')?)
}

fn offset(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix('Z') {
        return Some(rest);
    }
    let (_, rest) = pair(text.strip_prefix(['+', '-'])?, 0, 18)?;
    let Some(minutes) = rest.strip_prefix(':') else { return Some(rest) };
    let (_, rest) = pair(minutes, 0, 59)?;
    match rest.strip_prefix(':') {
        Some(seconds) => pair(seconds, 0, 59).map(|(_, rest)| rest),
        None => Some(rest),
    }
}

/// Whether the text is an offset, a time zone in brackets, or both.
fn is_place(text: &str) -> bool {
    let rest = offset(text).unwrap_or(text);
    let zone = rest.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    match zone {
        Some(zone) => !zone.is_empty() && zone.bytes().all(|b| b.is_ascii_alphanumeric() || b"/_+-".contains(&b)),
        None => rest.is_empty() && !text.is_empty(),
    }
}

fn is_duration(text: &str) -> bool {
    let body = text.strip_prefix('-').unwrap_or(text);
    let Some(body) = body.strip_prefix('P') else { return false };
    let (date, time) = match body.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (body, None),
    };
    let parts = |text: &str, units: &str| -> bool {
        let mut units = units.chars();
        let mut rest = text;
        while !rest.is_empty() {
            let number = rest.strip_prefix('-').unwrap_or(rest);
            let whole = number.bytes().take_while(u8::is_ascii_digit).count();
            let Some((_, mut after)) = number.split_at_checked(whole) else { return false };
            if let Some(fraction) = after.strip_prefix('.') {
                let Some((_, rest)) = digits(fraction, 1, 9) else { return false };
                after = rest;
            }
            let mut after = after.chars();
            // Each unit stands once, and larger ones stand first.
            let unit = after.next();
            if whole == 0 || !unit.is_some_and(|unit| units.any(|known| known == unit)) {
                return false;
            }
            rest = after.as_str();
        }
        true
    };
    !(date.is_empty() && time.is_none())
        && parts(date, "YMWD")
        && time.is_none_or(|time| !time.is_empty() && parts(time, "HMS"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_the_form_of_their_kind() {
        use TemporalKind::{Date, DateTime, Duration, LocalDateTime, LocalTime, Time};
        for (kind, good, bad) in [
            (
                Date,
                &["2024-02-29", "-0044-03-15", "+999999999-12-31", "0000-02-29"][..],
                &["2023-02-29", "2024-2-9", "2024", "2024-13-01", "99999-01-01", "2024-02-25T", ""][..],
            ),
            (LocalTime, &["12:31", "00:00:00", "23:59:59.999999999"], &["24:00", "12", "12:31:60", "12:31Z", "1é:00"]),
            (Time, &["12:31Z", "12:31:14.6+08:00", "12:31-01", "12:31+02:05:59"], &["12:31", "12:31+19:00", "12:31Zx"]),
            (LocalDateTime, &["2024-02-25T12:31"], &["2024-02-25", "2024-02-25 12:31", "2024-02-25T12:31Z"]),
            (
                DateTime,
                &["2024-02-25T12:31Z", "2024-02-25T12:31:14+08:00[Asia/Shanghai]", "2024-02-25T12:31[Europe/London]"],
                &["2024-02-25T12:31", "2024-02-25T12:31Z[]", "2024-02-25T12:31Z[Asia", "2024-02-25T12:31Z[东京]"],
            ),
            (
                Duration,
                &["P1Y2M10DT2H30M", "PT0.5S", "P-1Y", "-P5W", "P12Y5M14DT16H13M10.000001S", "PT-14H"],
                &["P", "PT", "P1", "1Y", "P1S", "PT1Y", "P1D1Y", "P1DT", "P1.D", "PT1.1234567891S"],
            ),
        ] {
            for text in good {
                assert_eq!(Temporal::new(kind, *text).unwrap().as_str(), *text);
            }
            for text in bad {
                assert!(Temporal::new(kind, *text).is_err(), "{kind:?} {text}");
            }
        }
    }
}
