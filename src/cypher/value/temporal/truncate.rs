//! Dates and times cut to a unit: the first moment of the century, the week, the hour.

use super::DateTime;
use super::fields::Fields;
use super::make::{Type, from_value, rebuild};
use super::{Date, LocalDateTime, LocalTime, Time, invalid, out_of_range};
use crate::cypher::QueryError;
use crate::cypher::value::{Map, Value};

const DATE_UNITS: &[&str] = &["millennium", "century", "decade", "year", "weekYear", "quarter", "month", "week", "day"];
const TIME_UNITS: &[(&str, i64)] = &[
    ("day", 86_400_000_000_000),
    ("hour", 3_600_000_000_000),
    ("minute", 60_000_000_000),
    ("second", 1_000_000_000),
    ("millisecond", 1_000_000),
    ("microsecond", 1_000),
];

/// The value as one of that type, cut to `unit`, and then with the fields of a map set.
///
/// # Errors
/// When the value has no part of that unit, or the type has not.
pub(crate) fn truncate(made: Type, unit: &str, value: &Value, fields: &Map) -> Result<Value, QueryError> {
    let name = made.name();
    let is_unit = |known: &str| known.eq_ignore_ascii_case(unit);
    let date_unit = DATE_UNITS.iter().find(|known| is_unit(known));
    let time_unit = TIME_UNITS.iter().find(|(known, _)| is_unit(known));
    if date_unit.is_none() && time_unit.is_none() {
        let units: Vec<_> =
            DATE_UNITS.iter().copied().chain(TIME_UNITS.iter().map(|(unit, _)| *unit).skip(1)).collect();
        return Err(invalid(format!("'{unit}' is no unit")).with_hint(format!("units are {}", units.join(", "))));
    }
    // A day without a time is cut as if it were midnight, in UTC where a zone is needed.
    let value = from_value(made, value)?;
    let refuse = || invalid(format!("a {name} cannot be cut to a {unit}"));
    let cut_date = |date: Date| date_unit.map_or(Ok(date), |unit| first_day(unit, date));
    let cut_time = |time: LocalTime| {
        let size = if date_unit.is_some() { None } else { time_unit };
        let nanos = size.map_or(0, |(_, size)| time.nanos() - time.nanos() % size);
        LocalTime::from_nanos(nanos.into())
    };
    let cut = match &value {
        Value::Date(date) if date_unit.is_some() => Value::Date(cut_date(*date)?),
        Value::LocalTime(time) if time_unit.is_some() => cut_time(*time).into(),
        Value::Time(time) if time_unit.is_some() => Time::new(cut_time(time.local()), time.offset()).into(),
        Value::LocalDateTime(time) => LocalDateTime::new(cut_date(time.date())?, cut_time(time.time())).into(),
        Value::DateTime(time) => {
            let local = LocalDateTime::new(cut_date(time.local().date())?, cut_time(time.local().time()));
            DateTime::from_local(local, &time.zone()).ok_or_else(out_of_range)?.into()
        }
        _ => return Err(refuse()),
    };
    if fields.is_empty() {
        return Ok(cut);
    }
    // Parts of a second stand on top of what was kept of it.
    let fields = Fields::new(fields)?;
    let kept = cut.component("nanosecond");
    let set = rebuild(made, fields, &cut)?;
    match (fields.fraction()?, kept) {
        (Some(_), Some(Value::Int(kept))) if kept != 0 => set.shift(&super::Duration::new(0, 0, kept.into())?),
        _ => Ok(set),
    }
}

fn first_day(unit: &str, date: Date) -> Result<Date, QueryError> {
    let year_of = |years: i32| Date::new(date.year() - date.year().rem_euclid(years), 1, 1);
    let day = match unit {
        "millennium" => year_of(1000),
        "century" => year_of(100),
        "decade" => year_of(10),
        "year" => year_of(1),
        "weekYear" => Date::from_week(date.week_year(), 1, 1),
        "quarter" => Date::new(date.year(), date.quarter() * 3 - 2, 1),
        "month" => Date::new(date.year(), date.month(), 1),
        "week" => date.plus_days(1 - i64::from(date.weekday())),
        _ => Some(date),
    };
    day.ok_or_else(out_of_range)
}
