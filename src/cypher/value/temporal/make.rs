//! Dates, times and durations made from maps, strings, other values and the clock.

use super::duration::Part;
use super::duration_text::parse_duration;
use super::fields::{Fields, zone_of};
use super::local_time::{NANOS_IN_HOUR, NANOS_IN_MINUTE, NANOS_IN_SECOND};
use super::parse::{parse_date, parse_date_time, parse_local_date_time, parse_local_time, parse_time};
use super::{Date, DateTime, Duration, LocalDateTime, LocalTime, Time, Zone, invalid, out_of_range};
use crate::cypher::QueryError;
use crate::cypher::value::{Map, Value};

/// The types that are made here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Date,
    LocalTime,
    Time,
    LocalDateTime,
    DateTime,
    Duration,
}

impl Type {
    /// The name of the function that makes it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::LocalTime => "localtime",
            Self::Time => "time",
            Self::LocalDateTime => "localdatetime",
            Self::DateTime => "datetime",
            Self::Duration => "duration",
        }
    }

    fn has_date(self) -> bool {
        matches!(self, Self::Date | Self::LocalDateTime | Self::DateTime)
    }

    fn has_time(self) -> bool {
        !matches!(self, Self::Date)
    }

    fn has_zone(self) -> bool {
        matches!(self, Self::Time | Self::DateTime)
    }
}

/// Reads a value of that type.
pub(crate) fn from_text(made: Type, text: &str) -> Result<Value, QueryError> {
    let value = match made {
        Type::Date => parse_date(text).map(Value::from),
        Type::LocalTime => parse_local_time(text).map(Value::from),
        Type::Time => parse_time(text).map(Value::from),
        Type::LocalDateTime => parse_local_date_time(text).map(Value::from),
        Type::DateTime => parse_date_time(text).map(Value::from),
        Type::Duration => parse_duration(text).map(Value::from),
    };
    let example = match made {
        Type::Date => "2024-02-29",
        Type::LocalTime => "12:31:14.5",
        Type::Time => "12:31:14+08:00",
        Type::LocalDateTime => "2024-02-29T12:31:14",
        Type::DateTime => "2024-02-29T12:31:14+08:00[Asia/Shanghai]",
        Type::Duration => "P1Y2M3DT4H5M6.7S",
    };
    value.ok_or_else(|| {
        let name = made.name();
        invalid(format!("{name}: '{text}' cannot be read")).with_hint(format!("a {name} looks like '{example}'"))
    })
}

/// What is known of a day, a time and a zone before the fields of a map are set.
#[derive(Debug, Clone, Default)]
struct Base {
    date: Option<Date>,
    time: Option<LocalTime>,
    zone: Option<Zone>,
    /// Seconds east of UTC that the zone has at that time.
    offset: Option<i32>,
    /// The moment, where day, time and zone are those of one value.
    moment: Option<DateTime>,
}

impl Base {
    /// All that a value knows.
    fn of(value: &Value) -> Option<Self> {
        let local = |date, time| Self { date, time, ..Self::default() };
        Some(match value {
            Value::Date(date) => local(Some(*date), None),
            Value::LocalTime(time) => local(None, Some(*time)),
            Value::Time(time) => {
                let (zone, offset) = (Some(Zone::Fixed(time.offset())), Some(time.offset()));
                Self { zone, offset, ..local(None, Some(time.local())) }
            }
            Value::LocalDateTime(time) => local(Some(time.date()), Some(time.time())),
            Value::DateTime(time) => Self {
                zone: Some(time.zone()),
                offset: Some(time.offset()),
                moment: Some((**time).clone()),
                ..local(Some(time.local().date()), Some(time.local().time()))
            },
            _ => return None,
        })
    }

    /// What the fields `date`, `time` and `datetime` select.
    fn select(fields: Fields<'_>) -> Result<Self, QueryError> {
        let part = |key: &str| match fields.get(key) {
            None => Ok(None),
            Some(value) => Self::of(value)
                .map(Some)
                .ok_or_else(|| invalid(format!("{key} must be a date or time, found {}", value.kind()))),
        };
        let (date, time) = (part("date")?, part("time")?);
        if let Some(both) = part("datetime")? {
            return if date.is_some() || time.is_some() {
                Err(invalid("datetime stands for both date and time, which cannot stand beside it"))
            } else if both.date.is_none() || both.time.is_none() {
                Err(invalid("datetime must have a day and a time"))
            } else {
                Ok(both)
            };
        }
        let missing = |key: &str, part: &str| invalid(format!("{key} has no {part}"));
        if date.as_ref().is_some_and(|base| base.date.is_none()) {
            return Err(missing("date", "day"));
        }
        if time.as_ref().is_some_and(|base| base.time.is_none()) {
            return Err(missing("time", "time of day"));
        }
        let date = date.and_then(|base| base.date);
        let base = time.unwrap_or_default();
        // The moment counts only while the day is its own.
        let moment = base.moment.filter(|moment| date == Some(moment.local().date()));
        Ok(Self { date, moment, ..base })
    }

    /// The same moment by the clock of another zone, where this has a zone; else it keeps its clock.
    fn at_zone(mut self, zone: &Zone) -> Result<Self, QueryError> {
        let (Some(date), Some(time), Some(own)) = (self.date, self.time, self.zone.clone()) else { return Ok(self) };
        let moment = self.moment.take().or_else(|| DateTime::from_local(LocalDateTime::new(date, time), &own));
        let moment =
            moment.and_then(|moment| DateTime::from_instant(moment.instant(), zone)).ok_or_else(out_of_range)?;
        let (date, time) = (moment.local().date(), moment.local().time());
        let (zone, offset) = (Some(zone.clone()), Some(moment.offset()));
        Ok(Self { date: Some(date), time: Some(time), zone, offset, moment: Some(moment) })
    }
}

/// Makes a value of that type of a map.
pub(crate) fn from_map(made: Type, map: &Map) -> Result<Value, QueryError> {
    if made == Type::Duration {
        return duration_of(map).map(Value::from);
    }
    let fields = Fields::new(map)?;
    if let Some(epoch) = epoch_of(fields)? {
        return match made {
            Type::DateTime => {
                let zone = fields.zone()?.unwrap_or(Zone::UTC);
                DateTime::from_instant(epoch, &zone).map(Value::from).ok_or_else(out_of_range)
            }
            _ => Err(invalid("epochSeconds and epochMillis make a datetime only")),
        };
    }
    check(made, fields)?;
    let base = Base::select(fields)?;
    let zone = fields.zone()?;
    build(made, fields, base, zone)
}

/// Sets the fields on top of the base; a zone that is given moves a base that has one.
pub(super) fn rebuild(made: Type, fields: Fields<'_>, value: &Value) -> Result<Value, QueryError> {
    let mut base = Base::of(value).ok_or_else(|| value.refuse("a date or time"))?;
    let zone = fields.zone()?;
    if zone.is_some() {
        // A truncated clock is put into another zone as it is.
        base = Base { zone: None, offset: None, moment: None, ..base };
    }
    build(made, fields, base, zone)
}

fn build(made: Type, fields: Fields<'_>, mut base: Base, zone: Option<Zone>) -> Result<Value, QueryError> {
    match made {
        Type::Date => return Ok(fields.date(base.date)?.into()),
        Type::LocalTime => return Ok(fields.time(base.time)?.into()),
        Type::Time => return time_of(fields, base, zone),
        Type::LocalDateTime | Type::DateTime | Type::Duration => {}
    }
    let own_date = fields.date(base.date)?;
    if made == Type::LocalDateTime {
        return Ok(LocalDateTime::new(own_date, fields.time(base.time)?).into());
    }
    let mut date = own_date;
    if let Some(zone) = &zone {
        if fields.get("datetime").is_some() {
            base = base.at_zone(zone)?;
            date = fields.date(base.date)?;
        } else {
            base = Base { date: Some(own_date), ..base }.at_zone(zone)?;
            date = base.date.unwrap_or(own_date);
        }
    }
    let time = fields.time(base.time)?;
    let local = LocalDateTime::new(date, time);
    let unchanged = base.moment.filter(|moment| moment.local() == local);
    let zone = zone.or(base.zone).unwrap_or(Zone::UTC);
    let made = match unchanged {
        // Of two moments with one clock it is the one that was selected.
        Some(moment) => DateTime::from_local_with_offset(local, moment.offset(), &zone),
        None => None,
    };
    made.or_else(|| DateTime::from_local(local, &zone)).map(Value::from).ok_or_else(out_of_range)
}

fn time_of(fields: Fields<'_>, base: Base, zone: Option<Zone>) -> Result<Value, QueryError> {
    let own = base.offset;
    let wanted = match zone {
        None => None,
        Some(Zone::Fixed(offset)) => Some(offset),
        Some(Zone::Named(name)) => {
            return Err(invalid(format!("the offset of {name} depends on the day, which a time does not have")));
        }
    };
    let moved = match (base.time, own, wanted) {
        (Some(time), Some(own), Some(wanted)) => Some(Time::new(time, own).at_offset(wanted).local()),
        (time, ..) => time,
    };
    Ok(Time::new(fields.time(moved)?, wanted.or(own).unwrap_or(0)).into())
}

/// Refuses fields that the type does not have, and a map without any that it needs.
fn check(made: Type, fields: Fields<'_>) -> Result<(), QueryError> {
    let refuse = |what: &str| Err(invalid(format!("a {} has no {what}", made.name())));
    if !made.has_date() && fields.has_date() {
        return refuse("day");
    }
    if !made.has_time() && fields.has_time() {
        return refuse("time");
    }
    if !made.has_zone() && fields.get("timezone").is_some() {
        return refuse("time zone");
    }
    let selected = fields.get("time").or(fields.get("datetime")).is_some();
    if !made.has_date() && !selected && fields.get("hour").is_none() {
        return Err(invalid(format!("a {} needs an hour, found none", made.name())));
    }
    Ok(())
}

/// Nanoseconds since 1970-01-01T00:00Z of the fields `epochSeconds` or `epochMillis`.
fn epoch_of(fields: Fields<'_>) -> Result<Option<i128>, QueryError> {
    let (seconds, millis) = (fields.integer("epochSeconds")?, fields.integer("epochMillis")?);
    let whole = match (seconds, millis) {
        (None, None) => return Ok(None),
        (Some(seconds), None) => i128::from(seconds) * i128::from(NANOS_IN_SECOND),
        (None, Some(millis)) => i128::from(millis) * 1_000_000,
        (Some(_), Some(_)) => return Err(invalid("epochSeconds and epochMillis cannot stand together")),
    };
    Ok(Some(whole + i128::from(fields.fraction()?.unwrap_or(0))))
}

/// The moment so many seconds and nanoseconds after 1970-01-01T00:00Z.
pub(crate) fn from_epoch(seconds: i64, nanos: i64) -> Result<Value, QueryError> {
    let instant = i128::from(seconds) * i128::from(NANOS_IN_SECOND) + i128::from(nanos);
    DateTime::from_instant(instant, &Zone::UTC).map(Value::from).ok_or_else(out_of_range)
}

/// A value of that type that another temporal value holds.
pub(crate) fn from_value(made: Type, value: &Value) -> Result<Value, QueryError> {
    if let (Type::Duration, Value::Duration(_)) = (made, value) {
        return Ok(value.clone());
    }
    let refuse = || invalid(format!("a {} cannot be made of {}", made.name(), value.kind()));
    let base = Base::of(value).ok_or_else(refuse)?;
    let midnight = base.time.unwrap_or(LocalTime::MIDNIGHT);
    let made = match made {
        Type::Date => base.date.map(Value::from),
        Type::LocalTime => base.time.map(Value::from),
        Type::Time => base.time.map(|time| Time::new(time, base.offset.unwrap_or(0)).into()),
        Type::LocalDateTime => base.date.map(|date| LocalDateTime::new(date, midnight).into()),
        Type::DateTime => match (base.moment, base.date) {
            (Some(moment), _) => Some(moment.into()),
            (None, Some(date)) => DateTime::from_local(LocalDateTime::new(date, midnight), &Zone::UTC).map(Value::from),
            (None, None) => None,
        },
        Type::Duration => None,
    };
    made.ok_or_else(refuse)
}

/// What a clock shows so many nanoseconds after 1970-01-01T00:00Z, in the zone that a string names, else in UTC.
pub(crate) fn now(made: Type, instant: i128, zone: Option<&Value>) -> Result<Value, QueryError> {
    let zone = zone.map(zone_of).transpose()?.unwrap_or(Zone::UTC);
    let moment = DateTime::from_instant(instant, &zone).ok_or_else(out_of_range)?;
    from_value(made, &moment.into())
}

fn duration_of(map: &Map) -> Result<Duration, QueryError> {
    let (mut months, mut days, mut nanos) = (Part::default(), Part::default(), Part::default());
    for (key, value) in map {
        let (part, unit) = match &**key {
            "years" => (&mut months, 12),
            "quarters" => (&mut months, 3),
            "months" => (&mut months, 1),
            "weeks" => (&mut days, 7),
            "days" => (&mut days, 1),
            "hours" => (&mut nanos, NANOS_IN_HOUR),
            "minutes" => (&mut nanos, NANOS_IN_MINUTE),
            "seconds" => (&mut nanos, NANOS_IN_SECOND),
            "milliseconds" => (&mut nanos, 1_000_000),
            "microseconds" => (&mut nanos, 1_000),
            "nanoseconds" => (&mut nanos, 1),
            _ => {
                return Err(invalid(format!("'{key}' is no field of a duration")).with_hint(
                    "fields are years, quarters, months, weeks, days, hours, minutes, seconds, milliseconds, \
                     microseconds and nanoseconds",
                ));
            }
        };
        #[allow(clippy::cast_precision_loss)] // units are far below 2^53
        match value {
            Value::Null => {}
            Value::Int(number) => *part = part.plus(i128::from(*number) * i128::from(unit))?,
            Value::Float(number) => *part = part.plus_float(number * unit as f64)?,
            other => return Err(invalid(format!("{key} must be a number, found {}", other.kind()))),
        }
    }
    Duration::from_parts(months, days, nanos)
}
