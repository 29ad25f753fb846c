//! The parts of a temporal value: `d.year`, `d.quarter`, `d.epochMillis`.

use super::local_time::NANOS_IN_SECOND;
use super::zone::offset_text;
use super::{Date, DateTime, Duration, LocalTime};
use crate::cypher::value::Value;

const NANOS_IN_MILLI: i64 = 1_000_000;
const NANOS_IN_MICRO: i64 = 1_000;

impl Value {
    /// A part of a temporal value, such as `year`; `None` when it has no such part.
    pub(crate) fn component(&self, key: &str) -> Option<Value> {
        match self {
            Self::Date(date) => of_date(*date, key),
            Self::LocalTime(time) => of_time(*time, key),
            Self::Time(time) => of_time(time.local(), key).or_else(|| of_offset(time.offset(), None, key)),
            Self::LocalDateTime(time) => of_date(time.date(), key).or_else(|| of_time(time.time(), key)),
            Self::DateTime(time) => of_date(time.local().date(), key)
                .or_else(|| of_time(time.local().time(), key))
                .or_else(|| of_offset(time.offset(), time.zone_name(), key))
                .or_else(|| of_instant(time, key)),
            Self::Duration(duration) => of_duration(duration, key),
            _ => None,
        }
    }
}

fn of_date(date: Date, key: &str) -> Option<Value> {
    Some(Value::Int(match key {
        "year" => date.year().into(),
        "quarter" => date.quarter().into(),
        "month" => date.month().into(),
        "week" => date.week().into(),
        "weekYear" => date.week_year().into(),
        "day" => date.day().into(),
        "ordinalDay" => date.ordinal().into(),
        "weekDay" | "dayOfWeek" => date.weekday().into(),
        "dayOfQuarter" => date.day_of_quarter().into(),
        _ => return None,
    }))
}

fn of_time(time: LocalTime, key: &str) -> Option<Value> {
    Some(Value::Int(match key {
        "hour" => time.hour(),
        "minute" => time.minute(),
        "second" => time.second(),
        "millisecond" => time.nanosecond() / NANOS_IN_MILLI,
        "microsecond" => time.nanosecond() / NANOS_IN_MICRO,
        "nanosecond" => time.nanosecond(),
        _ => return None,
    }))
}

fn of_offset(offset: i32, zone: Option<&str>, key: &str) -> Option<Value> {
    Some(match key {
        "timezone" => zone.map_or_else(|| offset_text(offset), str::to_owned).into(),
        "offset" => offset_text(offset).into(),
        "offsetMinutes" => Value::Int((offset / 60).into()),
        "offsetSeconds" => Value::Int(offset.into()),
        _ => return None,
    })
}

fn of_instant(time: &DateTime, key: &str) -> Option<Value> {
    let unit = match key {
        "epochSeconds" => NANOS_IN_SECOND,
        "epochMillis" => NANOS_IN_MILLI,
        _ => return None,
    };
    i64::try_from(time.instant().div_euclid(unit.into())).ok().map(Value::Int)
}

/// `seconds` and its like are the whole of their group (months, days, time); `secondsOfMinute` is what the larger units
/// leave over.
fn of_duration(duration: &Duration, key: &str) -> Option<Value> {
    let (months, days, seconds) = (duration.months(), duration.days(), duration.seconds());
    let nanos = i64::from(duration.nanos());
    let fine = |unit: i64| i64::try_from(duration.total_nanos().div_euclid(unit.into())).ok();
    Some(Value::Int(match key {
        "years" => months / 12,
        "quarters" => months / 3,
        "months" => months,
        "weeks" => days / 7,
        "days" => days,
        "hours" => seconds / 3600,
        "minutes" => seconds / 60,
        "seconds" => seconds,
        "milliseconds" => fine(NANOS_IN_MILLI)?,
        "microseconds" => fine(NANOS_IN_MICRO)?,
        "nanoseconds" => fine(1)?,
        "quartersOfYear" => months / 3 % 4,
        "monthsOfQuarter" => months % 3,
        "monthsOfYear" => months % 12,
        "daysOfWeek" => days % 7,
        "minutesOfHour" => seconds / 60 % 60,
        "secondsOfMinute" => seconds % 60,
        "millisecondsOfSecond" => nanos / NANOS_IN_MILLI,
        "microsecondsOfSecond" => nanos / NANOS_IN_MICRO,
        "nanosecondsOfSecond" => nanos,
        _ => return None,
    }))
}
