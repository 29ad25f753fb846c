//! How far two dates or times are apart.

use super::local_time::NANOS_IN_DAY;
use super::{Date, DateTime, Duration, LocalDateTime, LocalTime, Zone, out_of_range};
use crate::cypher::QueryError;
use crate::cypher::value::Value;

/// What a distance is told in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Whole months, then whole days, then time.
    All,
    /// Whole months only.
    Months,
    /// Whole days only.
    Days,
    /// Time only.
    Seconds,
}

/// What is known of a date or time.
#[derive(Debug, Clone)]
struct Point {
    date: Option<Date>,
    time: Option<LocalTime>,
    zone: Option<Zone>,
    /// The moment, where the zone alone would leave two.
    instant: Option<i128>,
}

impl Point {
    fn of(value: &Value) -> Result<Self, QueryError> {
        let point = |date, time, zone| Self { date, time, zone, instant: None };
        Ok(match value {
            Value::Date(date) => point(Some(*date), None, None),
            Value::LocalTime(time) => point(None, Some(*time), None),
            Value::Time(time) => point(None, Some(time.local()), Some(Zone::Fixed(time.offset()))),
            Value::LocalDateTime(time) => point(Some(time.date()), Some(time.time()), None),
            Value::DateTime(time) => Self {
                instant: Some(time.instant()),
                ..point(Some(time.local().date()), Some(time.local().time()), Some(time.zone()))
            },
            other => return Err(other.refuse("a date or time")),
        })
    }

    /// The moment by the clock of `zone`; the day is `date` where this has none, and the time midnight. A point without
    /// a zone of its own is taken to be in `zone`.
    fn moment(&self, date: Date, zone: &Zone) -> Option<DateTime> {
        if let Some(instant) = self.instant {
            return DateTime::from_instant(instant, zone);
        }
        let local = LocalDateTime::new(self.date.unwrap_or(date), self.time.unwrap_or(LocalTime::MIDNIGHT));
        let own = self.zone.as_ref().unwrap_or(zone);
        let moment = DateTime::from_local(local, own)?;
        if own == zone { Some(moment) } else { DateTime::from_instant(moment.instant(), zone) }
    }
}

/// The duration from one date or time to another.
///
/// Where one has no day, it takes that of the other, and months and days are left out; where one has no time, it is
/// midnight; where one has no zone, it takes that of the other. Months and days are counted by the calendar in the zone of
/// the first, and what is left is time that passes.
///
/// # Errors
/// When an argument is no date or time.
pub(crate) fn between(from: &Value, to: &Value, unit: Unit) -> Result<Duration, QueryError> {
    let (from, to) = (Point::of(from)?, Point::of(to)?);
    // Any day serves where neither has one.
    let day = from.date.or(to.date).or_else(|| Date::from_epoch_day(0)).ok_or_else(out_of_range)?;
    // Without a zone on either side the clock of UTC serves: it never changes.
    let zone = match (&from.zone, &to.zone) {
        (Some(from), Some(_)) => from.clone(),
        (one, other) => one.as_ref().or(other.as_ref()).cloned().unwrap_or(Zone::UTC),
    };
    // Only a zone on both sides tells moments apart; else clocks are compared.
    let (from_at, to_at) = (from.moment(day, &zone), to.moment(day, &zone));
    let (from_at, to_at) = from_at.zip(to_at).ok_or_else(out_of_range)?;
    let days_count = from.date.is_some() && to.date.is_some();
    let elapsed = to_at.instant() - from_at.instant();
    match unit {
        Unit::Seconds => Duration::new(0, 0, elapsed),
        Unit::All if !days_count => Duration::new(0, 0, elapsed),
        Unit::Months | Unit::Days if !days_count => Ok(Duration::ZERO),
        Unit::Months => Duration::new(months(from_at.local(), to_at.local()).into(), 0, 0),
        Unit::Days => Duration::new(0, days(from_at.local(), to_at.local()).into(), 0),
        Unit::All => {
            let months = months(from_at.local(), to_at.local());
            let date = from_at.local().date().plus_months(months).ok_or_else(out_of_range)?;
            let days = days(LocalDateTime::new(date, from_at.local().time()), to_at.local());
            let whole = Duration::new(months.into(), days.into(), 0)?;
            let Value::DateTime(reached) = Value::from(from_at).shift(&whole)? else { return Ok(whole) };
            Duration::new(months.into(), days.into(), to_at.instant() - reached.instant())
        }
    }
}

/// Whole months on the calendar.
fn months(from: LocalDateTime, to: LocalDateTime) -> i64 {
    // The last day counts only when the time of day has been reached.
    let last = match (from.date() < to.date(), from.date() > to.date()) {
        (true, _) if to.time() < from.time() => to.date().plus_days(-1),
        (_, true) if to.time() > from.time() => to.date().plus_days(1),
        _ => Some(to.date()),
    };
    from.date().months_until(last.unwrap_or(to.date()))
}

/// Whole days on the calendar.
fn days(from: LocalDateTime, to: LocalDateTime) -> i64 {
    i64::try_from((to.nanos() - from.nanos()) / i128::from(NANOS_IN_DAY)).unwrap_or(0)
}
