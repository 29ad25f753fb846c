//! Dates and rounds as questions write them, in normal form: `2024年2月`, `february2024`, `q12024`, `a1轮`, `seriesb`.

use super::question::Period;
use crate::model::PartialDate;

const MONTHS: [(&str, &str); 12] = [
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may", "may"),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
];

const QUARTERS: [(&str, &str); 4] = [("q1", "第一季度"), ("q2", "第二季度"), ("q3", "第三季度"), ("q4", "第四季度")];

/// The period that `text` begins with, and its length in bytes.
pub(crate) fn period_at(text: &str) -> Option<(usize, Period)> {
    year_first(text).or_else(|| month_first(text))
}

/// `2024`, `2024年`, `2024年2月`, `2024年2月25日`, `202402`, `2024q1`, `2024年第一季度`, `2024年上半年`.
fn year_first(text: &str) -> Option<(usize, Period)> {
    let (year, mut rest) = number(text, 4)?;
    if !(1900..2200).contains(&year) {
        return None;
    }
    rest = rest.strip_prefix('年').unwrap_or(rest);
    let done = |rest: &str, period| Some((text.len() - rest.len(), period));
    for (quarter, (short, long)) in (0..).zip(QUARTERS) {
        if let Some(rest) = rest.strip_prefix(short).or_else(|| rest.strip_prefix(long)) {
            return done(rest, months(year, 3 * quarter + 1, 3 * quarter + 3)?);
        }
    }
    for (word, from, to) in [("上半年", 1, 6), ("下半年", 7, 12)] {
        if let Some(rest) = rest.strip_prefix(word) {
            return done(rest, months(year, from, to)?);
        }
    }
    if let Some((month, after)) = month_number(rest) {
        if let Some((day, after)) = day_number(after)
            && let Some(date) = date(year, Some(month), Some(day))
        {
            return done(after, exactly(date));
        }
        if let Some(date) = date(year, Some(month), None) {
            return done(after, exactly(date));
        }
    }
    done(rest, exactly(date(year, None, None)?))
}

/// `february2024`, `feb2024`, `q12024`.
fn month_first(text: &str) -> Option<(usize, Period)> {
    for (quarter, (short, _)) in (0..).zip(QUARTERS) {
        if let Some((year, rest)) = text.strip_prefix(short).and_then(|rest| number(rest, 4)) {
            return Some((text.len() - rest.len(), months(year, 3 * quarter + 1, 3 * quarter + 3)?));
        }
    }
    for (month, (long, short)) in (1..).zip(MONTHS) {
        let after = text.strip_prefix(long).or_else(|| text.strip_prefix(short));
        if let Some((year, rest)) = after.and_then(|rest| number(rest, 4)) {
            return Some((text.len() - rest.len(), exactly(date(year, Some(month), None)?)));
        }
    }
    None
}

/// `2月`, `02月`, or two digits as in `202402`.
fn month_number(text: &str) -> Option<(u16, &str)> {
    for width in [2, 1] {
        if let Some((month, rest)) = number(text, width)
            && let Some(rest) = rest.strip_prefix("月份").or_else(|| rest.strip_prefix('月'))
        {
            return Some((month, rest));
        }
    }
    number(text, 2)
}

fn day_number(text: &str) -> Option<(u16, &str)> {
    for width in [2, 1] {
        if let Some((day, rest)) = number(text, width)
            && let Some(rest) = rest.strip_prefix('日').or_else(|| rest.strip_prefix('号'))
        {
            return Some((day, rest));
        }
    }
    number(text, 2)
}

fn number(text: &str, width: usize) -> Option<(u16, &str)> {
    let (digits, rest) = text.split_at_checked(width)?;
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok().map(|n| (n, rest))).flatten()
}

fn date(year: u16, month: Option<u16>, day: Option<u16>) -> Option<PartialDate> {
    let small = |n: Option<u16>| n.map(u8::try_from).transpose().ok();
    PartialDate::new(year, small(month)?, small(day)?).ok()
}

fn exactly(date: PartialDate) -> Period {
    Period { from: Some(date), to: Some(date) }
}

fn months(year: u16, from: u16, to: u16) -> Option<Period> {
    Some(Period { from: Some(date(year, Some(from), None)?), to: Some(date(year, Some(to), None)?) })
}

/// The round that `text` begins with and its length in bytes: `a1轮`, `seriesb`, `pre-a` as `prea`, `seed`, `天使轮`.
///
/// `original` gives the question from an offset on: "the A round" names a round, "a round" does not, and the plus of
/// 天使+轮 is not part of the normal form.
pub(crate) fn round_at<'q>(text: &str, original: impl Fn(usize) -> &'q str) -> Option<(usize, String)> {
    const NAMED: [(&str, &str); 8] = [
        ("preseed", "preseed"),
        ("seed", "seed"),
        ("种子", "seed"),
        ("angel", "angel"),
        ("天使", "angel"),
        ("preipo", "preipo"),
        ("ipo", "ipo"),
        ("首次公开募股", "ipo"),
    ];
    let tail = |rest: &str, name: String| {
        let rest = ["轮次", "轮", "round", "rounds"]
            .iter()
            .filter_map(|tail| rest.strip_prefix(tail))
            .min_by_key(|rest| rest.len())
            .unwrap_or(rest);
        Some((text.len() - rest.len(), name))
    };
    for (word, name) in NAMED {
        if let Some(rest) = text.strip_prefix(word) {
            let (kept, rest) = rest.strip_prefix('+').map_or((false, rest), |rest| (true, rest));
            let last = word.char_indices().next_back().map_or(0, |(at, _)| at);
            let dropped = original(last).chars().nth(1).is_some_and(|c| matches!(c, '+' | '＋'));
            return tail(rest, format!("{name}{}", if kept || dropped { "+" } else { "" }));
        }
    }
    let (series, rest) = text.strip_prefix("series").map_or((false, text), |rest| (true, rest));
    let (pre, rest) = rest.strip_prefix("pre").map_or(("", rest), |rest| ("pre", rest));
    let letter = rest.chars().next().filter(|c| ('a'..='k').contains(c))?;
    let at = text.len() - rest.len();
    let rest = rest.get(1..)?;
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (digits, rest) = rest.split_at_checked(digits)?;
    let pluses = rest.len() - rest.trim_start_matches('+').len();
    let (pluses, rest) = rest.split_at_checked(pluses)?;
    let (extension, rest) = rest.strip_prefix("extension").map_or(("", rest), |rest| ("extension", rest));
    if digits.len() > 1 {
        return None;
    }
    let (length, name) = tail(rest, format!("{pre}{letter}{digits}{pluses}{extension}"))?;
    let named = length > text.len() - rest.len();
    let chinese = rest.starts_with('轮');
    let capital = original(at).starts_with(char::is_uppercase);
    (series
        || !pre.is_empty()
        || chinese
        || (named && (capital || !digits.is_empty()))
        || (capital && !pluses.is_empty()))
    .then_some((length, name))
}

/// A stored round name in the form that [`round_at`] gives: `Series A` and `A` are `a`.
pub(crate) fn round_key(stored: &str) -> String {
    let normal = crate::names::normal_form(stored);
    let bare = normal.strip_prefix("series").unwrap_or(&normal);
    let bare = bare.strip_suffix("轮").or_else(|| bare.strip_suffix("round")).unwrap_or(bare);
    match bare {
        "天使" => "angel".to_owned(),
        "种子" => "seed".to_owned(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::normal_form;

    fn period(text: &str) -> Option<(String, String)> {
        let normal = normal_form(text);
        let (length, period) = period_at(&normal)?;
        assert_eq!(length, normal.len(), "{text}");
        Some((period.from?.to_string(), period.to?.to_string()))
    }

    #[test]
    fn periods() {
        let expect = |text: &str, from: &str, to: &str| {
            assert_eq!(period(text), Some((from.to_owned(), to.to_owned())), "{text}");
        };
        expect("2024", "2024", "2024");
        expect("2024年", "2024", "2024");
        expect("2024年2月", "2024-02", "2024-02");
        expect("2024-02", "2024-02", "2024-02");
        expect("2024年12月25日", "2024-12-25", "2024-12-25");
        expect("2024-02-25", "2024-02-25", "2024-02-25");
        expect("February 2024", "2024-02", "2024-02");
        expect("Sep 2023", "2023-09", "2023-09");
        expect("Q1 2024", "2024-01", "2024-03");
        expect("2023年第四季度", "2023-10", "2023-12");
        expect("2023年下半年", "2023-07", "2023-12");
        assert_eq!(period_at("9999"), None);
        assert_eq!(period_at("may"), None);
    }

    #[test]
    fn rounds() {
        let round = |text: &str| {
            let normal = normal_form(text);
            round_at(&normal, |at| text.get(at..).unwrap_or_default()).map(|(_, name)| name)
        };
        assert_eq!(round("A1轮").as_deref(), Some("a1"));
        assert_eq!(round("B+轮").as_deref(), Some("b+"));
        assert_eq!(round("Series C").as_deref(), Some("c"));
        assert_eq!(round("Pre-A轮").as_deref(), Some("prea"));
        assert_eq!(round("A round").as_deref(), Some("a"));
        assert_eq!(round("a round"), None);
        assert_eq!(round("天使轮").as_deref(), Some("angel"));
        assert_eq!(round("天使+轮").as_deref(), Some("angel+"));
        assert_eq!(round("seed round").as_deref(), Some("seed"));
        assert_eq!(round("also"), None);
        assert_eq!(round("b"), None);
        assert_eq!(round_key("Series A"), "a");
        assert_eq!(round_key("A1"), "a1");
        assert_eq!(round_key("Angel+"), "angel+");
    }
}
