//! Time zones: offsets from UTC and named zones.
//!
//! The rules of named zones are those of the IANA database that is compiled in, so that every machine gives the same
//! answers.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::{AmbiguousOffset, TimeZone};

use super::local_time::NANOS_IN_SECOND;
use super::{Date, LocalDateTime};

/// The farthest offset from UTC, in seconds.
pub(crate) const MAX_OFFSET: i32 = 18 * 3600;

/// What clocks go by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Zone {
    /// Seconds east of UTC.
    Fixed(i32),
    /// A name of the IANA database, as that database spells it.
    Named(Arc<str>),
}

impl Zone {
    pub(crate) const UTC: Self = Self::Fixed(0);

    /// The zone of an offset (`Z`, `+01:00`, `-0130`) or of a name (`Asia/Shanghai`, `UTC`).
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if let Some(offset) = parse_offset(text) {
            return Some(Self::Fixed(offset));
        }
        let zone = TimeZone::get(text).ok()?;
        let name = zone.iana_name()?;
        Some(Self::Named(name.into()))
    }

    /// The name, when it has one.
    pub(crate) fn name(&self) -> Option<Arc<str>> {
        match self {
            Self::Fixed(_) => None,
            Self::Named(name) => Some(Arc::clone(name)),
        }
    }

    /// Seconds east of UTC so many nanoseconds after 1970-01-01T00:00Z.
    pub(crate) fn offset_at(&self, instant: i128) -> Option<i32> {
        match self {
            Self::Fixed(offset) => Some(*offset),
            Self::Named(name) => {
                let seconds = i64::try_from(instant.div_euclid(NANOS_IN_SECOND.into())).ok()?;
                let timestamp = Timestamp::from_second(within_rules(seconds)).ok()?;
                Some(TimeZone::get(name).ok()?.to_offset(timestamp).seconds())
            }
        }
    }

    /// What the clocks show, and the offset, when they should show `local`: the first of two moments; in a gap the time
    /// is moved on by its length.
    pub(crate) fn resolve(&self, local: LocalDateTime) -> Option<(LocalDateTime, i32)> {
        let name = match self {
            Self::Fixed(offset) => return Some((local, *offset)),
            Self::Named(name) => name,
        };
        match TimeZone::get(name).ok()?.to_ambiguous_timestamp(civil(local)?).offset() {
            AmbiguousOffset::Unambiguous { offset } => Some((local, offset.seconds())),
            AmbiguousOffset::Fold { before, .. } => Some((local, before.seconds())),
            AmbiguousOffset::Gap { before, after } => {
                let gap = i128::from(after.seconds() - before.seconds()) * i128::from(NANOS_IN_SECOND);
                Some((LocalDateTime::from_nanos(local.nanos() + gap)?, after.seconds()))
            }
        }
    }
}

/// Years that the zone rules cover; what lies beyond is taken for the same place in a cycle of the calendar within.
const LAST_YEAR: i64 = 9_900;
const FIRST_YEAR: i64 = -9_900;
/// The calendar, with its weekdays, repeats after 400 years.
const CYCLE: i64 = 400;
const SECONDS_IN_CYCLE: i64 = 146_097 * 86_400;

/// A moment with the same rules that is within their reach.
fn within_rules(seconds: i64) -> i64 {
    let (first, last) = (FIRST_YEAR * SECONDS_IN_CYCLE / CYCLE, (LAST_YEAR - 1970) * SECONDS_IN_CYCLE / CYCLE);
    if seconds > last {
        last - SECONDS_IN_CYCLE + (seconds - last) % SECONDS_IN_CYCLE
    } else {
        // No zone had rules that early.
        seconds.max(first)
    }
}

/// The time for the library, of a year with the same rules that is within its reach.
fn civil(local: LocalDateTime) -> Option<jiff::civil::DateTime> {
    let (date, time): (Date, _) = (local.date(), local.time());
    let year = match i64::from(date.year()) {
        year if year > LAST_YEAR => LAST_YEAR - CYCLE + (year - LAST_YEAR) % CYCLE,
        year if year < FIRST_YEAR => FIRST_YEAR + (year - FIRST_YEAR).rem_euclid(CYCLE),
        year => year,
    };
    let part = |part: i64| i8::try_from(part).ok();
    jiff::civil::DateTime::new(
        i16::try_from(year).ok()?,
        i8::try_from(date.month()).ok()?,
        i8::try_from(date.day()).ok()?,
        part(time.hour())?,
        part(time.minute())?,
        part(time.second())?,
        i32::try_from(time.nanosecond()).ok()?,
    )
    .ok()
}

/// Seconds east of UTC of `Z`, `+01`, `+01:30`, `+0130`, `+01:30:59` or `+013059`, within 18 hours.
pub(crate) fn parse_offset(text: &str) -> Option<i32> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let digits: String = match digits.len() {
        2 | 4 | 6 => digits.to_owned(),
        5 | 8 if digits.bytes().enumerate().all(|(at, byte)| (at % 3 == 2) == (byte == b':')) => {
            digits.replace(':', "")
        }
        _ => return None,
    };
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |at: usize| digits.get(at..at + 2).map_or(Some(0), |part| part.parse::<i32>().ok());
    let (hours, minutes, seconds) = (part(0)?, part(2)?, part(4)?);
    let offset = (hours * 60 + minutes) * 60 + seconds;
    (minutes < 60 && seconds < 60 && offset <= MAX_OFFSET).then_some(sign * offset)
}

/// `Z`, `+01:00`, `-00:53:28`.
pub(crate) fn offset_text(offset: i32) -> String {
    if offset == 0 {
        return "Z".to_owned();
    }
    let (sign, seconds) = (if offset < 0 { '-' } else { '+' }, offset.unsigned_abs());
    let text = format!("{sign}{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
    if seconds % 60 == 0 { text } else { format!("{text}:{:02}", seconds % 60) }
}
