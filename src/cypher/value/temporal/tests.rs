//! Temporal values against slow models: a calendar that counts days, and durations that are added back.

use proptest::prelude::*;

use super::date::{MAX_YEAR, days_in_month, is_leap_year};
use super::*;
use crate::cypher::value::Map;

const NANOS_IN_DAY: i64 = 86_400_000_000_000;

fn dates() -> impl Strategy<Value = Date> {
    let near = -1_000_000..1_000_000_i64;
    let ends = [Date::new(-MAX_YEAR, 1, 1).unwrap().epoch_day(), Date::new(MAX_YEAR, 12, 31).unwrap().epoch_day()];
    prop_oneof![
        8 => near,
        1 => ends[0]..ends[0] + 500,
        1 => ends[1] - 500..=ends[1],
    ]
    .prop_map(|day| Date::from_epoch_day(day).unwrap())
}

fn local_times() -> impl Strategy<Value = LocalTime> {
    prop_oneof![
        0..NANOS_IN_DAY,
        (0..86_400_i64).prop_map(|second| second * 1_000_000_000),
        Just(0),
        Just(NANOS_IN_DAY - 1)
    ]
    .prop_map(|nanos| LocalTime::from_nanos(nanos.into()))
}

fn zones() -> impl Strategy<Value = Zone> {
    let names =
        ["Asia/Shanghai", "America/New_York", "Europe/Stockholm", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"];
    prop_oneof![
        (-64_800..=64_800_i32).prop_map(Zone::Fixed),
        proptest::sample::select(names.to_vec()).prop_map(|name| Zone::parse(name).unwrap()),
    ]
}

fn durations() -> impl Strategy<Value = Duration> {
    (-30_000..30_000_i128, -40_000..40_000_i128, -10_i128.pow(19)..10_i128.pow(19), any::<bool>()).prop_map(
        |(months, days, nanos, whole)| {
            Duration::new(months, days, if whole { nanos / 1_000_000_000 * 1_000_000_000 } else { nanos }).unwrap()
        },
    )
}

/// Dates and times within the middle of the calendar, so that they can be moved.
fn local_date_times() -> impl Strategy<Value = LocalDateTime> {
    let dates = (-800_000..800_000_i64).prop_map(|day| Date::from_epoch_day(day).unwrap());
    (dates, local_times()).prop_map(|(date, time)| LocalDateTime::new(date, time))
}

fn date_times() -> impl Strategy<Value = DateTime> {
    (local_date_times(), zones()).prop_map(|(local, zone)| DateTime::from_local(local, &zone).unwrap())
}

/// Values of all six types.
pub(crate) fn temporals() -> impl Strategy<Value = Value> {
    prop_oneof![
        dates().prop_map(Value::from),
        local_times().prop_map(Value::from),
        (local_times(), -64_800..=64_800_i32).prop_map(|(time, offset)| Time::new(time, offset).into()),
        local_date_times().prop_map(Value::from),
        date_times().prop_map(Value::from),
        durations().prop_map(Value::from),
    ]
}

fn type_of(value: &Value) -> Type {
    match value {
        Value::Date(_) => Type::Date,
        Value::LocalTime(_) => Type::LocalTime,
        Value::Time(_) => Type::Time,
        Value::LocalDateTime(_) => Type::LocalDateTime,
        Value::DateTime(_) => Type::DateTime,
        _ => Type::Duration,
    }
}

/// Walks from 1 January of year -400, a Saturday that is 865,625 days before 1970, day by day through 2,900 years.
#[test]
fn the_calendar_is_the_one_that_counts_days() {
    let (mut day, mut weekday, mut year) = (-865_625_i64, 6_u8, -400_i32);
    // The week that the first day belongs to is the last one of the year before.
    let (mut week_year, mut week) = (-401, 52_u8);
    while year < 2_500 {
        let (mut ordinal, mut day_of_quarter) = (0, 0);
        for month in 1..=12 {
            day_of_quarter = if month % 3 == 1 { 0 } else { day_of_quarter };
            for day_of_month in 1..=days_in_month(year, month) {
                (ordinal, day_of_quarter) = (ordinal + 1, day_of_quarter + 1);
                if weekday == 1 {
                    // A new week: it is the first of a year when its Thursday is among the first seven days.
                    let thursday_is_in = if month == 12 && day_of_month >= 29 { year + 1 } else { year };
                    if thursday_is_in > week_year && (month == 12 || ordinal <= 4) {
                        (week_year, week) = (thursday_is_in, 1);
                    } else {
                        week += 1;
                    }
                }
                let date = Date::new(year, month, day_of_month).unwrap();
                assert_eq!(date.epoch_day(), day, "{date}");
                // Every seventh day, to save time, with a step that meets all weekdays, months and ends of months.
                if day % 5 == 0 || day_of_month > 27 || ordinal < 8 {
                    assert_eq!(Date::from_epoch_day(day), Some(date));
                    assert_eq!(
                        (date.ordinal(), date.weekday(), date.day_of_quarter()),
                        (ordinal, weekday, day_of_quarter)
                    );
                    assert_eq!((date.week_year(), date.week()), (week_year, week), "{date}");
                    assert_eq!(Date::from_week(week_year, week, weekday), Some(date));
                    assert_eq!(Date::from_ordinal(year, ordinal), Some(date));
                    assert_eq!(Date::from_quarter(year, date.quarter(), day_of_quarter), Some(date));
                }
                (day, weekday) = (day + 1, weekday % 7 + 1);
            }
        }
        assert_eq!(ordinal == 366, is_leap_year(year));
        year += 1;
    }
}

#[test]
fn the_calendar_ends_where_it_ends() {
    let (first, last) = (Date::new(-MAX_YEAR, 1, 1).unwrap(), Date::new(MAX_YEAR, 12, 31).unwrap());
    assert_eq!((first.weekday(), last.weekday()), (1, 5), "thursday() relies on it");
    assert_eq!((first.plus_days(-1), last.plus_days(1), last.plus_months(1)), (None, None, None));
    assert_eq!((first.plus_days(i64::MIN), last.plus_months(i64::MAX)), (None, None));
    assert_eq!((first.to_string().as_str(), last.to_string().as_str()), ("-999999999-01-01", "+999999999-12-31"));
    let times = Value::from(LocalDateTime::new(last, LocalTime::MIDNIGHT)).shift(&Duration::new(0, 1, 0).unwrap());
    assert!(times.is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn months_are_added_one_by_one(date in dates(), months in -40..40_i64) {
        let (mut year, mut month) = (date.year(), date.month());
        for _ in 0..months.abs() {
            (year, month) = match (months > 0, month) {
                (true, 12) => (year + 1, 1),
                (true, month) => (year, month + 1),
                (false, 1) => (year - 1, 12),
                (false, month) => (year, month - 1),
            };
        }
        prop_assert_eq!(date.plus_months(months), Date::new(year, month, date.day().min(days_in_month(year, month))));
    }

    #[test]
    fn months_between_are_as_many_as_fit(a in dates(), b in dates()) {
        let months = a.months_until(b);
        let step = if a <= b { 1 } else { -1 };
        let passes = |date: Date| if step > 0 { date > b } else { date < b };
        let shifted = a.plus_months(months).unwrap();
        prop_assert!(!passes(shifted) || shifted.day() < a.day());
        // One more goes past the end, or only meets it because the month is too short for the day.
        if let Some(further) = a.plus_months(months + step) {
            prop_assert!(passes(further) || further.day() < a.day());
        }
    }

    #[test]
    fn text_reads_back(value in temporals()) {
        let text = value.temporal_text().unwrap();
        prop_assert_eq!(from_text(type_of(&value), &text).unwrap(), value.clone());
        let kept = value.to_temporal().expect("records keep every temporal value");
        prop_assert_eq!(Value::from_temporal(&kept), value);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[-+0-9TWQPYMDHSZ:.,\\[\\]a-z/月]{0,24}") {
        for made in [Type::Date, Type::LocalTime, Type::Time, Type::LocalDateTime, Type::DateTime, Type::Duration] {
            if let Ok(value) = from_text(made, &text) {
                let again = from_text(made, &value.temporal_text().unwrap()).unwrap();
                prop_assert_eq!(again, value);
            }
        }
    }

    #[test]
    fn what_lies_between_leads_from_one_to_the_other(a in local_date_times(), b in local_date_times()) {
        let (a, b) = (Value::from(a), Value::from(b));
        for unit in [BetweenUnit::All, BetweenUnit::Seconds] {
            let duration = between(&a, &b, unit).unwrap();
            prop_assert_eq!(a.shift(&duration).unwrap(), b.clone());
        }
        let days = between(&a, &b, BetweenUnit::Days).unwrap();
        let left = between(&a.shift(&days).unwrap(), &b, BetweenUnit::Seconds).unwrap();
        prop_assert!(left.total_nanos().abs() < i128::from(NANOS_IN_DAY));
    }

    #[test]
    fn what_lies_between_moments_leads_from_one_to_the_other(a in date_times(), b in date_times()) {
        let moment = b.instant();
        let (a, b) = (Value::from(a), Value::from(b));
        let duration = between(&a, &b, BetweenUnit::All).unwrap();
        let Value::DateTime(reached) = a.shift(&duration).unwrap() else { unreachable!() };
        prop_assert_eq!(reached.instant(), moment);
    }

    #[test]
    fn clocks_and_moments_agree(local in local_date_times(), zone in zones()) {
        let there = DateTime::from_local(local, &zone).unwrap();
        prop_assert_eq!(DateTime::from_instant(there.instant(), &zone).unwrap(), there.clone());
        // Only where clocks are set forward is the time another one: later, by less than a day.
        let moved = there.local().nanos() - local.nanos();
        prop_assert!((0..i128::from(NANOS_IN_DAY)).contains(&moved));
    }

    #[test]
    fn durations_add_up(a in durations(), b in durations()) {
        prop_assert_eq!(a.plus(&b).unwrap().plus(&b.negated().unwrap()).unwrap(), a);
        prop_assert_eq!(a.plus(&a).unwrap(), a.times_int(2).unwrap());
        prop_assert_eq!(a.times(1.0).unwrap(), a);
    }

    #[test]
    fn cutting_is_idempotent_and_never_later(local in local_date_times(), unit in proptest::sample::select(vec![
        "millennium", "century", "decade", "year", "weekYear", "quarter", "month", "week", "day", "hour", "minute",
        "second", "millisecond", "microsecond",
    ])) {
        let value = Value::from(local);
        let cut = truncate(Type::LocalDateTime, unit, &value, &Map::new()).unwrap();
        prop_assert!(cut <= value);
        prop_assert_eq!(truncate(Type::LocalDateTime, unit, &cut, &Map::new()).unwrap(), cut);
    }

    #[test]
    fn components_make_the_value_again(local in local_date_times()) {
        let value = Value::from(local);
        let part = |key: &'static str| (key, value.component(key).unwrap());
        let time = ["hour", "minute", "second", "nanosecond"].map(part);
        let year = ("year", value.component("weekYear").unwrap());
        let days: [Vec<_>; 4] = [
            ["year", "month", "day"].map(part).into(),
            vec![year, part("week"), part("dayOfWeek")],
            ["year", "quarter", "dayOfQuarter"].map(part).into(),
            ["year", "ordinalDay"].map(part).into(),
        ];
        for day in days {
            let Value::Map(map) = Value::map(day.into_iter().chain(time.clone())) else { unreachable!() };
            prop_assert_eq!(from_map(Type::LocalDateTime, &map).unwrap(), value.clone());
        }
    }
}

fn read(made: Type, text: &str) -> Value {
    from_text(made, text).unwrap()
}

#[test]
fn named_zones_keep_their_rules() {
    for (text, shown) in [
        // Clocks set forward: 02:30 does not exist.
        ("2024-03-10T02:30[America/New_York]", "2024-03-10T03:30-04:00[America/New_York]"),
        // Clocks set back: the first of two.
        ("2024-11-03T01:30[America/New_York]", "2024-11-03T01:30-04:00[America/New_York]"),
        ("2024-11-03T01:30-05:00[America/New_York]", "2024-11-03T01:30-05:00[America/New_York]"),
        ("1988-07-01T00:00[Asia/Shanghai]", "1988-07-01T00:00+09:00[Asia/Shanghai]"),
        // Names are found in any case of letters.
        ("2024-07-01T00:00[asia/shanghai]", "2024-07-01T00:00+08:00[Asia/Shanghai]"),
        // Far beyond the rules, and before there were any.
        ("+123456789-07-01T00:00[Europe/Paris]", "+123456789-07-01T00:00+02:00[Europe/Paris]"),
        ("-123456789-07-01T00:00[Europe/Paris]", "-123456789-07-01T00:00+00:09:21[Europe/Paris]"),
    ] {
        assert_eq!(read(Type::DateTime, text).temporal_text().unwrap(), shown);
    }
    for bad in
        ["2024-07-01T00:00+01:00[Asia/Shanghai]", "2024-07-01T00:00[Asia/Nowhere]", "2024-07-01T00:00[", "2024-07-01[]"]
    {
        assert!(from_text(Type::DateTime, bad).is_err(), "{bad}");
    }
}

#[test]
fn a_day_in_a_zone_may_have_another_length() {
    let eve = read(Type::DateTime, "2024-03-09T12:00[America/New_York]");
    let day = eve.shift(&Duration::new(0, 1, 0).unwrap()).unwrap();
    let hours = eve.shift(&Duration::new(0, 0, i128::from(NANOS_IN_DAY)).unwrap()).unwrap();
    assert_eq!(day.temporal_text().unwrap(), "2024-03-10T12:00-04:00[America/New_York]");
    assert_eq!(hours.temporal_text().unwrap(), "2024-03-10T13:00-04:00[America/New_York]");
    assert_eq!(between(&eve, &day, BetweenUnit::Seconds).unwrap().to_string(), "PT23H");
}

#[test]
fn texts_that_name_no_day_or_time_are_refused() {
    for (made, texts) in [
        (
            Type::Date,
            &[
                "", "2023-02-29", "2024-13", "2024-W53", "2023-366", "2024-Q5", "24-01-01", "2024-1-1", "20240-1-1",
                "2024-0101", "202401-01", "2024-W1-1", "10000-01-01", "+20240101", "2024-01-01T00:00", " 2024",
                "２０２４",
            ][..],
        ),
        (
            Type::LocalTime,
            &["", "24:00", "12:60", "1:00", "12:00:60", "12:00.5", "12:00:00.", "12:00:00.1234567890", "12:00Z"],
        ),
        (Type::Time, &["12:00+19:00", "12:00+1", "12:00+01:60", "12:00[UTC", "12:00+18:00:01"]),
        (
            Type::Duration,
            &["", "P", "PT", "P1", "1D", "P1S", "PT1D", "P1DT", "P1.D", "P.5D", "P--1D", "P2012-13-01", "PT1H2"],
        ),
    ] {
        for text in texts {
            assert!(from_text(made, text).is_err(), "{made:?} {text}");
        }
    }
}

#[test]
fn fractions_of_large_units_fall_to_smaller_ones() {
    for (text, shown) in [
        ("P0.75M", "P22DT19H51M49.5S"),
        ("P1.5Y", "P1Y6M"),
        ("P2.5W", "P17DT12H"),
        ("P0.1D", "PT2H24M"),
        ("PT0.000000001S", "PT0.000000001S"),
        ("-P1DT1S", "P-1DT-1S"),
        ("P-1Y2M", "P-10M"),
        ("PT9223372036854775807S", "PT2562047788015215H30M7S"),
        ("P0000-00-01T00:00", "P1D"),
    ] {
        assert_eq!(read(Type::Duration, text).temporal_text().unwrap(), shown, "{text}");
    }
    assert!(from_text(Type::Duration, "P9223372036854775808D").is_err());
}
