//! A duration added to a date or time.

use super::local_time::NANOS_IN_DAY;
use super::{Date, DateTime, Duration, LocalDateTime, LocalTime, Time, out_of_range};
use crate::cypher::QueryError;
use crate::cypher::value::Value;

impl Value {
    /// A date or time, later by `duration`: first its months, then its days, then its time.
    ///
    /// A date takes only the whole days of the time, and a time of day only the time, round the clock.
    pub(crate) fn shift(&self, duration: &Duration) -> Result<Self, QueryError> {
        Ok(match self {
            Self::Date(date) => Self::Date(shift_date(*date, duration)?),
            Self::LocalTime(time) => Self::LocalTime(shift_time(*time, duration)),
            Self::Time(time) => Self::Time(Time::new(shift_time(time.local(), duration), time.offset())),
            Self::LocalDateTime(time) => Self::LocalDateTime(shift_local(*time, duration)?),
            Self::DateTime(time) => shift_zoned(time, duration)?.into(),
            other => return Err(other.refuse("a date or time")),
        })
    }
}

/// The months and days of a duration on a day.
fn shift_day(date: Date, months: i64, days: i64) -> Result<Date, QueryError> {
    date.plus_months(months).and_then(|date| date.plus_days(days)).ok_or_else(out_of_range)
}

fn shift_date(date: Date, duration: &Duration) -> Result<Date, QueryError> {
    let whole_days = i64::try_from(duration.total_nanos() / i128::from(NANOS_IN_DAY)).map_err(|_| out_of_range())?;
    let days = duration.days().checked_add(whole_days).ok_or_else(out_of_range)?;
    shift_day(date, duration.months(), days)
}

fn shift_time(time: LocalTime, duration: &Duration) -> LocalTime {
    LocalTime::from_nanos(i128::from(time.nanos()) + duration.total_nanos())
}

fn shift_local(time: LocalDateTime, duration: &Duration) -> Result<LocalDateTime, QueryError> {
    let day = shift_day(time.date(), duration.months(), duration.days())?;
    let nanos = LocalDateTime::new(day, time.time()).nanos() + duration.total_nanos();
    LocalDateTime::from_nanos(nanos).ok_or_else(out_of_range)
}

/// Months and days go by the calendar of the zone, the time by the clock of the physicist.
fn shift_zoned(time: &DateTime, duration: &Duration) -> Result<DateTime, QueryError> {
    let zone = time.zone();
    let mut instant = time.instant();
    if duration.months() != 0 || duration.days() != 0 {
        let day = shift_day(time.local().date(), duration.months(), duration.days())?;
        let local = LocalDateTime::new(day, time.local().time());
        // Where clocks show that time twice, the offset stays what it was.
        let shifted = DateTime::from_local_with_offset(local, time.offset(), &zone)
            .or_else(|| DateTime::from_local(local, &zone))
            .ok_or_else(out_of_range)?;
        instant = shifted.instant();
    }
    DateTime::from_instant(instant + duration.total_nanos(), &zone).ok_or_else(out_of_range)
}
