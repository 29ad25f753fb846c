//! Dates and times read from text: the forms of ISO 8601, with and without separators.

use super::zone::{Zone, parse_offset};
use super::{Date, DateTime, LocalDateTime, LocalTime, Time};

/// Reads digits, all of them and nothing else, that fit in `T`.
fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    let good = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    good.then(|| text.parse().ok()).flatten()
}

/// Reads a day: `2015-07-21`, `2015-07`, `2015-W30-2`, `2015-W30`, `2015-Q2-60`, `2015-Q2`, `2015-202`, `2015`; the same
/// without dashes; years of other than four digits need a sign and dashes.
///
/// What is left out is the first: `2015-07` is its first day.
pub(crate) fn parse_date(text: &str) -> Option<Date> {
    let signed = text.starts_with(['+', '-']);
    let digits = text.get(usize::from(signed)..)?;
    let length = if signed { digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len()) } else { 4 };
    let (year, rest) = digits.split_at_checked(length)?;
    let year: i32 = number(year)?;
    let year = if text.starts_with('-') { -year } else { year };
    match (rest.strip_prefix('-'), signed) {
        (Some(rest), _) => parse_within_year(year, rest, "-"),
        (None, true) => None,
        (None, false) if rest.is_empty() => Date::new(year, 1, 1),
        (None, false) => parse_within_year(year, rest, ""),
    }
}

fn parse_within_year(year: i32, rest: &str, separator: &str) -> Option<Date> {
    // A part of so many digits, and behind the separator the day within it, where there is one, of so many digits.
    let parts = |text: &str, width: usize, day_width: usize| -> Option<(u8, u8)> {
        let (part, day) = text.split_at_checked(width)?;
        let day = match day {
            "" => 1,
            day => number(day.strip_prefix(separator).filter(|day| day.len() == day_width)?)?,
        };
        Some((number(part)?, day))
    };
    if let Some(week) = rest.strip_prefix(['W', 'w']) {
        let (week, weekday) = parts(week, 2, 1)?;
        Date::from_week(year, week, weekday)
    } else if let Some(quarter) = rest.strip_prefix(['Q', 'q']) {
        let (quarter, day) = parts(quarter, 1, 2)?;
        Date::from_quarter(year, quarter, day)
    } else if rest.len() == 3 {
        Date::from_ordinal(year, number(rest)?)
    } else {
        let (month, day) = parts(rest, 2, 2)?;
        Date::new(year, month, day)
    }
}

/// Reads a time of day: `21:40:32.142`, `21:40:32`, `21:40`, `21`; the same without colons.
pub(crate) fn parse_local_time(text: &str) -> Option<LocalTime> {
    let (clock, fraction) = match text.split_once(['.', ',']) {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (text, None),
    };
    let digits: String = match clock.len() {
        2 | 4 | 6 => clock.to_owned(),
        5 | 8 if clock.bytes().enumerate().all(|(at, byte)| (at % 3 == 2) == (byte == b':')) => clock.replace(':', ""),
        _ => return None,
    };
    let part = |at: usize| digits.get(at..at + 2).map_or(Some(0), number::<u8>);
    let nanos = match fraction {
        None => 0,
        // A fraction belongs to the seconds.
        Some(fraction) if digits.len() == 6 && (1..=9).contains(&fraction.len()) => {
            number::<u32>(fraction)? * 10_u32.pow(9 - u32::try_from(fraction.len()).ok()?)
        }
        Some(_) => return None,
    };
    LocalTime::new(part(0)?, part(2)?, part(4)?, nanos)
}

/// A time, and what stands behind it.
fn split_zone(text: &str) -> Option<(LocalTime, &str)> {
    let at = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ','))).unwrap_or(text.len());
    let (time, zone) = text.split_at(at);
    Some((parse_local_time(time)?, zone))
}

/// Reads a time with an offset; without one it is UTC.
pub(crate) fn parse_time(text: &str) -> Option<Time> {
    let (time, zone) = split_zone(text)?;
    let offset = if zone.is_empty() { 0 } else { parse_offset(zone)? };
    Some(Time::new(time, offset))
}

/// The day, and the time behind the `T` where there is one.
fn split_time(text: &str) -> Option<(Date, Option<&str>)> {
    match text.split_once(['T', 't']) {
        Some((date, time)) => Some((parse_date(date)?, Some(time))),
        None => Some((parse_date(text)?, None)),
    }
}

/// Reads a day and a time; without the time it is midnight.
pub(crate) fn parse_local_date_time(text: &str) -> Option<LocalDateTime> {
    let (date, time) = split_time(text)?;
    Some(LocalDateTime::new(date, time.map_or(Some(LocalTime::MIDNIGHT), parse_local_time)?))
}

/// Reads a day and a time with an offset, a named zone in brackets, or both; without one it is UTC.
pub(crate) fn parse_date_time(text: &str) -> Option<DateTime> {
    let (date, time) = split_time(text)?;
    let (time, zone) = time.map_or(Some((LocalTime::MIDNIGHT, "")), split_zone)?;
    let local = LocalDateTime::new(date, time);
    let (offset, name) = match zone.strip_suffix(']') {
        Some(zone) => {
            let (offset, name) = zone.split_once('[')?;
            (offset, Some(Zone::parse(name)?))
        }
        None => (zone, None),
    };
    let offset = if offset.is_empty() { None } else { Some(parse_offset(offset)?) };
    match (offset, name) {
        (Some(offset), Some(zone)) => DateTime::from_local_with_offset(local, offset, &zone),
        (None, Some(zone)) => DateTime::from_local(local, &zone),
        (offset, None) => DateTime::from_local(local, &Zone::Fixed(offset.unwrap_or(0))),
    }
}
