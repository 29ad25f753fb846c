//! The clock: what relative dates mean on the day of publication.

use crate::model::PartialDate;

use super::date::When;

/// The date against which relative dates are read.
#[derive(Debug, Clone, Copy, Default)]
pub(in super::super) struct Clock {
    pub(in super::super) published: Option<PartialDate>,
}

impl Clock {
    /// The date that is meant; `year` is the last year that the sentence named.
    pub(in super::super) fn resolve(self, when: When, year: Option<u16>) -> Option<PartialDate> {
        if let When::Absolute(year, month, day) = when {
            return PartialDate::new(year, month, day).ok();
        }
        if let (When::InYear(month, day), Some(year)) = (when, year) {
            return PartialDate::new(year, Some(month), day).ok();
        }
        let published = self.published?;
        let this_year = i32::from(published.year());
        let small = |year: i32| u16::try_from(year).ok();
        match when {
            When::Absolute(..) => None,
            When::InYear(month, day) => {
                let date = PartialDate::new(published.year(), Some(month), day).ok()?;
                let later = date.first_day() > published.last_day();
                PartialDate::new(published.year() - u16::from(later), Some(month), day).ok()
            }
            When::Day(day) => {
                let month = i32::from(published.month()?);
                let later = published.day().is_some_and(|today| day > today);
                let (year, month) = months_before(this_year, month, i32::from(later));
                PartialDate::new(small(year)?, u8::try_from(month).ok(), Some(day)).ok()
            }
            When::YearsAgo(years, month, day) => PartialDate::new(small(this_year - years)?, month, day).ok(),
            When::MonthsAgo(months) => {
                let (year, month) = months_before(this_year, i32::from(published.month()?), months);
                PartialDate::new(small(year)?, u8::try_from(month).ok(), None).ok()
            }
            When::DaysAgo(0) => Some(published),
            When::DaysAgo(days) => days_before(published, days),
            When::Weekday(day) => {
                let today = weekday(published)?;
                days_before(published, (7 + today - i32::from(day)) % 7)
            }
            When::Recent => PartialDate::new(published.year(), published.month(), None).ok(),
        }
    }
}

fn months_before(year: i32, month: i32, months: i32) -> (i32, i32) {
    let total = year * 12 + month - 1 - months;
    (total.div_euclid(12), total.rem_euclid(12) + 1)
}

/// Days since 1970-01-01, after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
fn days_of(date: PartialDate) -> Option<i32> {
    let (year, month, day) = (i32::from(date.year()), i32::from(date.month()?), i32::from(date.day()?));
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

fn date_of(days: i32) -> Option<PartialDate> {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted - era * 146_097;
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i32::from(month <= 2);
    PartialDate::new(u16::try_from(year).ok()?, u8::try_from(month).ok(), u8::try_from(day).ok()).ok()
}

fn days_before(date: PartialDate, days: i32) -> Option<PartialDate> {
    date_of(days_of(date)? - days)
}

fn weekday(date: PartialDate) -> Option<i32> {
    Some((days_of(date)? + 3).rem_euclid(7))
}
