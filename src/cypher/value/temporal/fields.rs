//! Days and times put together from the fields of a map, on top of a base where there is one.

use super::date::days_in_month;
use super::{Date, LocalTime, Zone, invalid, out_of_range};
use crate::cypher::QueryError;
use crate::cypher::value::{Map, Value};

/// The fields of a map.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'a>(&'a Map);

const DATE_FIELDS: &[&str] = &["year", "month", "day", "week", "dayOfWeek", "quarter", "dayOfQuarter", "ordinalDay"];
const TIME_FIELDS: &[&str] = &["hour", "minute", "second", "millisecond", "microsecond", "nanosecond"];
const OTHER_FIELDS: &[&str] = &["date", "time", "datetime", "timezone", "epochSeconds", "epochMillis"];

impl<'a> Fields<'a> {
    /// The fields, all of which must be known.
    pub(super) fn new(map: &'a Map) -> Result<Self, QueryError> {
        let known = [DATE_FIELDS, TIME_FIELDS, OTHER_FIELDS];
        match map.keys().find(|key| !known.iter().any(|group| group.contains(&&***key))) {
            Some(key) => Err(invalid(format!("'{key}' is no field of a date or time"))
                .with_hint(format!("fields are {}", known.concat().join(", ")))),
            None => Ok(Self(map)),
        }
    }

    /// A field that is there and not null.
    pub(super) fn get(self, key: &str) -> Option<&'a Value> {
        self.0.get(key).filter(|value| !value.is_null())
    }

    fn has_any(self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.get(key).is_some())
    }

    /// Whether a field of a day is there.
    pub(super) fn has_date(self) -> bool {
        self.has_any(DATE_FIELDS)
    }

    /// Whether a field of a time is there.
    pub(super) fn has_time(self) -> bool {
        self.has_any(TIME_FIELDS)
    }

    /// The whole number of a field.
    pub(super) fn integer(self, key: &str) -> Result<Option<i64>, QueryError> {
        match self.get(key) {
            None => Ok(None),
            Some(Value::Int(number)) => Ok(Some(*number)),
            Some(other) => Err(invalid(format!("{key} must be an integer, found {}", other.kind()))),
        }
    }

    /// The whole number of a field that must lie between two others.
    fn within<T: TryFrom<i64>>(self, key: &str, least: i64, most: i64) -> Result<Option<T>, QueryError> {
        let Some(number) = self.integer(key)? else { return Ok(None) };
        let found = T::try_from(number).ok().filter(|_| (least..=most).contains(&number));
        found.map(Some).ok_or_else(|| invalid(format!("{key} must be {least} to {most}, found {number}")))
    }

    /// The zone of the field `timezone`.
    pub(super) fn zone(self) -> Result<Option<Zone>, QueryError> {
        self.get("timezone").map(zone_of).transpose()
    }

    /// The day that the fields name; what they leave out is taken from the base, or else is the first.
    pub(super) fn date(self, base: Option<Date>) -> Result<Date, QueryError> {
        let groups: [&[&str]; 4] =
            [&["month", "day"], &["week", "dayOfWeek"], &["quarter", "dayOfQuarter"], &["ordinalDay"]];
        if groups.iter().filter(|group| self.has_any(group)).count() > 1 {
            let message =
                "a day is told by month and day, by week and dayOfWeek, by quarter and dayOfQuarter, or by ordinalDay";
            return Err(invalid(message));
        }
        let given = self.integer("year")?;
        let given = given.map(|year| i32::try_from(year).map_err(|_| out_of_range())).transpose()?;
        let year = |of_base: fn(Date) -> i32| {
            given.or(base.map(of_base)).ok_or_else(|| invalid("a date needs a year, found none"))
        };
        if self.has_any(&["week", "dayOfWeek"]) {
            self.week_date(year(Date::week_year)?, base)
        } else if let Some(ordinal) = self.within("ordinalDay", 1, 366)? {
            let year = year(Date::year)?;
            Date::from_ordinal(year, ordinal).ok_or_else(|| invalid(format!("year {year} has no day {ordinal}")))
        } else if self.has_any(&["quarter", "dayOfQuarter"]) {
            self.quarter_date(year(Date::year)?, base)
        } else {
            self.calendar_date(year(Date::year)?, base)
        }
    }

    fn week_date(self, year: i32, base: Option<Date>) -> Result<Date, QueryError> {
        let week = self.within("week", 1, 53)?.or(base.map(Date::week));
        let week = week.ok_or_else(|| invalid("dayOfWeek needs a week, found none"))?;
        let weekday = self.within("dayOfWeek", 1, 7)?.or(base.map(Date::weekday)).unwrap_or(1);
        Date::from_week(year, week, weekday).ok_or_else(|| invalid(format!("year {year} has no week {week}")))
    }

    fn quarter_date(self, year: i32, base: Option<Date>) -> Result<Date, QueryError> {
        let quarter: u8 = self
            .within("quarter", 1, 4)?
            .or(base.map(Date::quarter))
            .ok_or_else(|| invalid("dayOfQuarter needs a quarter, found none"))?;
        let date = match (self.within("dayOfQuarter", 1, 92)?, base) {
            (Some(day), _) => Date::from_quarter(year, quarter, day),
            (None, None) => Date::from_quarter(year, quarter, 1),
            // The same month of another quarter.
            (None, Some(base)) => clamped(year, quarter * 3 - 2 + (base.month() - 1) % 3, base.day()),
        };
        date.ok_or_else(|| invalid(format!("quarter {quarter} of {year} has no such day")))
    }

    fn calendar_date(self, year: i32, base: Option<Date>) -> Result<Date, QueryError> {
        let month = self.within("month", 1, 12)?.or(base.map(Date::month));
        let day = self.within("day", 1, 31)?;
        if month.is_none() && day.is_some() {
            return Err(invalid("a day needs a month, found none"));
        }
        let month = month.unwrap_or(1);
        let date = match (day, base) {
            (Some(day), _) => Date::new(year, month, day),
            (None, Some(base)) => clamped(year, month, base.day()),
            (None, None) => Date::new(year, month, 1),
        };
        date.ok_or_else(|| invalid(format!("month {month} of {year} has no such day")))
    }

    /// The time that the fields name; what they leave out is taken from the base, or else is zero.
    pub(super) fn time(self, base: Option<LocalTime>) -> Result<LocalTime, QueryError> {
        let mut larger = base.is_some();
        for (key, above) in [("hour", ""), ("minute", "hour"), ("second", "minute")] {
            let given = self.get(key).is_some();
            if given && !larger && !above.is_empty() {
                return Err(invalid(format!("{key} needs {above}, found none")));
            }
            larger = base.is_some() || given;
        }
        if !larger && self.has_any(&["millisecond", "microsecond", "nanosecond"]) {
            return Err(invalid("parts of a second need second, found none"));
        }
        let base = base.unwrap_or(LocalTime::MIDNIGHT);
        let part = |key, most, of_base: i64| {
            Ok::<u8, QueryError>(match self.within(key, 0, most)? {
                Some(part) => part,
                None => u8::try_from(of_base).unwrap_or(0),
            })
        };
        let (hour, minute) = (part("hour", 23, base.hour())?, part("minute", 59, base.minute())?);
        let second = part("second", 59, base.second())?;
        let nanos = self.fraction()?.unwrap_or(u32::try_from(base.nanosecond()).unwrap_or(0));
        LocalTime::new(hour, minute, second, nanos).ok_or_else(|| invalid("there is no such time"))
    }

    /// The parts of a second in nanoseconds. Each part is less than one of the next larger part that is given.
    pub(super) fn fraction(self) -> Result<Option<u32>, QueryError> {
        let has = |key| self.get(key).is_some();
        let most_micros = if has("millisecond") { 999 } else { 999_999 };
        let most_nanos = match (has("millisecond"), has("microsecond")) {
            (_, true) => 999,
            (true, false) => 999_999,
            (false, false) => 999_999_999,
        };
        let millis = self.within::<u32>("millisecond", 0, 999)?;
        let micros = self.within::<u32>("microsecond", 0, most_micros)?;
        let nanos = self.within::<u32>("nanosecond", 0, most_nanos)?;
        let given = millis.or(micros).or(nanos).is_some();
        let total = millis.unwrap_or(0) * 1_000_000 + micros.unwrap_or(0) * 1_000 + nanos.unwrap_or(0);
        Ok(given.then_some(total))
    }
}

/// The day, or the last of the month where the month is too short.
fn clamped(year: i32, month: u8, day: u8) -> Option<Date> {
    Date::new(year, month, day.min(days_in_month(year, month)))
}

/// The zone that a string names.
pub(super) fn zone_of(value: &Value) -> Result<Zone, QueryError> {
    let Value::Text(text) = value else {
        return Err(invalid(format!("a time zone is told by a string, found {}", value.kind())));
    };
    Zone::parse(text).ok_or_else(|| {
        invalid(format!("'{text}' is no time zone"))
            .with_hint("time zones are offsets such as +08:00 and names such as Asia/Shanghai")
    })
}
