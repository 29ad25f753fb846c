//! Dates, as news writes them.

use std::ops::Range;

use crate::text::Text;

use super::number;

/// A date in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct DateRef {
    pub(in super::super) range: Range<usize>,
    pub(in super::super) when: When,
}

/// What a date says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum When {
    /// A year, with what is known of the month and the day.
    Absolute(u16, Option<u8>, Option<u8>),
    /// A month and perhaps a day, of a year that the text does not repeat.
    InYear(u8, Option<u8>),
    /// A day of a month that the text does not repeat.
    Day(u8),
    /// So many years before, and perhaps a month of that year.
    YearsAgo(i32, Option<u8>, Option<u8>),
    /// So many months before.
    MonthsAgo(i32),
    /// So many days before.
    DaysAgo(i32),
    /// A day of the week: the last one that has been, Monday is 0.
    Weekday(u8),
    /// Lately: the month of publication.
    Recent,
}

/// Chinese words for years; a month or a part of the year may follow.
const YEARS: &[(&str, i32)] =
    &[("今年", 0), ("去年", 1), ("前年", 2), ("明年", -1), ("本年度", 0), ("同年", 0), ("年初", 0)];

/// Words for days and months.
const WORDS: &[(&str, When)] = &[
    ("新年伊始", When::YearsAgo(0, None, None)),
    ("年初以来", When::YearsAgo(0, None, None)),
    ("近期", When::Recent),
    ("近日", When::Recent),
    ("日前", When::Recent),
    ("最近", When::Recent),
    ("不久前", When::Recent),
    ("近来", When::Recent),
    ("本月初", When::Recent),
    ("本月", When::Recent),
    ("这个月", When::Recent),
    ("本周", When::Recent),
    ("今日", When::DaysAgo(0)),
    ("今天", When::DaysAgo(0)),
    ("今晨", When::DaysAgo(0)),
    ("昨日", When::DaysAgo(1)),
    ("昨天", When::DaysAgo(1)),
    ("昨晚", When::DaysAgo(1)),
    ("前天", When::DaysAgo(2)),
    ("上个月", When::MonthsAgo(1)),
    ("上月", When::MonthsAgo(1)),
    ("today", When::DaysAgo(0)),
    ("this morning", When::DaysAgo(0)),
    ("this afternoon", When::DaysAgo(0)),
    ("earlier today", When::DaysAgo(0)),
    ("yesterday", When::DaysAgo(1)),
    ("earlier this year", When::YearsAgo(0, None, None)),
    ("this year", When::YearsAgo(0, None, None)),
    ("late last year", When::YearsAgo(1, None, None)),
    ("last year", When::YearsAgo(1, None, None)),
    ("earlier this month", When::Recent),
    ("this month", When::Recent),
    ("last month", When::MonthsAgo(1)),
    ("this week", When::Recent),
    ("earlier this week", When::Recent),
    ("recently", When::Recent),
];

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

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The date that begins at a position.
pub(in super::super) fn date_at(text: &Text<'_>, at: usize) -> Option<DateRef> {
    let first = text.at(at);
    let (end, when) = if first.is_ascii_digit() {
        digits_first(text, at)?
    } else if first.is_ascii_lowercase() && !text.raw(at).is_uppercase() && !may_begin(first, text.at(at + 1)) {
        return None;
    } else {
        chinese_word(text, at).or_else(|| word(text, at)).or_else(|| month_first(text, at)).or_else(|| ago(text, at))?
    };
    Some(DateRef { range: at..end, when })
}

/// Whether a date without a capital can begin with two letters: today, last year, two years ago.
fn may_begin(c: char, next: char) -> bool {
    match c {
        't' => matches!(next, 'o' | 'h' | 'w' | 'e'),
        'y' | 'r' => next == 'e',
        'e' => matches!(next, 'a' | 'i'),
        'l' => next == 'a',
        'a' => next == ' ',
        'o' => next == 'n',
        'f' => matches!(next, 'o' | 'i'),
        's' => matches!(next, 'i' | 'e'),
        'n' => next == 'i',
        _ => false,
    }
}

fn integer(text: &Text<'_>, at: usize, most: usize) -> Option<(u16, usize)> {
    let mut end = at;
    let mut value = 0_u16;
    while text.at(end).is_ascii_digit() {
        if end - at == most {
            return None;
        }
        value = value * 10 + u16::try_from(text.at(end).to_digit(10)?).ok()?;
        end += 1;
    }
    (end > at).then_some((value, end))
}

fn small(text: &Text<'_>, at: usize, limit: u16) -> Option<(u8, usize)> {
    let (value, end) = integer(text, at, 2)?;
    (1..=limit).contains(&value).then_some((u8::try_from(value).ok()?, end))
}

fn digits_first(text: &Text<'_>, at: usize) -> Option<(usize, When)> {
    if let Some((value, end)) = integer(text, at, 4) {
        // 2000万美元, 2000 people: a number.
        let counted =
            matches!(text.at(end), '万' | '亿' | '千' | '元' | '美' | '名' | '人' | '家' | '个' | '余' | '多' | '台')
                || [" million", " billion", " people", " employees"].iter().any(|word| text.goes_on_with(end, word));
        let is_year = (1980..2100).contains(&value) && end - at == 4 && !counted;
        if is_year {
            return Some(year_first(text, value, end));
        }
        // 28 February 2024
        if text.at(end) == ' '
            && let (Some((day, _)), Some((month, after))) = (small(text, at, 31), month_name(text, end + 1))
        {
            let (year, after) = year_behind(text, after);
            let when = year.map_or(When::InYear(month, Some(day)), |year| When::Absolute(year, Some(month), Some(day)));
            return Some((after, when));
        }
        // 3个月前, 4年前
        if text.goes_on_with(end, "年前") && value < 60 {
            return Some((end + 2, When::YearsAgo(i32::from(value), None, None)));
        }
        if text.goes_on_with(end, "个月前") && value < 60 {
            return Some((end + 3, When::MonthsAgo(i32::from(value))));
        }
        if text.goes_on_with(end, " years ago") && value < 60 {
            return Some((end + 10, When::YearsAgo(i32::from(value), None, None)));
        }
        if text.goes_on_with(end, " months ago") && value < 60 {
            return Some((end + 11, When::MonthsAgo(i32::from(value))));
        }
    }
    month_and_day(text, at).map(|(end, month, day)| (end, When::InYear(month, day))).or_else(|| {
        let (day, end) = small(text, at, 31)?;
        let marked = matches!(text.at(end), '日' | '号')
            && !text.goes_on_with(end, "日元")
            && !text.goes_on_with(end, "日圆")
            && text.at(end + 1) != '均';
        marked.then_some((end + 1, When::Day(day)))
    })
}

/// What follows a year.
fn year_first(text: &Text<'_>, year: u16, end: usize) -> (usize, When) {
    if text.at(end) == '年' {
        let end = end + 1;
        if let Some((end, month, day)) = month_and_day(text, end) {
            return (end, When::Absolute(year, Some(month), day));
        }
        let end = part_of_year(text, end).unwrap_or(end);
        return (end, When::Absolute(year, None, None));
    }
    for mark in ['-', '/', '.'] {
        if text.at(end) == mark
            && let Some((month, after)) = small(text, end + 1, 12)
            && text.at(after) == mark
            && let Some((day, after)) = small(text, after + 1, 31)
        {
            return (after, When::Absolute(year, Some(month), Some(day)));
        }
    }
    (end, When::Absolute(year, None, None))
}

/// 上半年, 第三季度, 年底: the year is what is kept.
fn part_of_year(text: &Text<'_>, at: usize) -> Option<usize> {
    [
        "第一季度", "第二季度", "第三季度", "第四季度", "一季度", "二季度", "三季度", "四季度", "上半年", "下半年",
        "年底", "年初", "年末", "年中", "初", "底", "末", "中旬", "夏天", "秋天", "春天", "冬天", "q1", "q2", "q3",
        "q4",
    ]
    .iter()
    .find(|word| text.goes_on_with(at, word))
    .map(|word| at + word.chars().count())
}

/// 11月6日, 11月, 11月上旬.
fn month_and_day(text: &Text<'_>, at: usize) -> Option<(usize, u8, Option<u8>)> {
    let (month, end) = small(text, at, 12)?;
    if text.at(end) != '月' {
        return None;
    }
    let end = end + 1;
    if let Some((day, past)) = small(text, end, 31)
        && matches!(text.at(past), '日' | '号')
    {
        return Some((past + 1, month, Some(day)));
    }
    let end = ["份", "初", "底", "末", "中旬", "上旬", "下旬"]
        .iter()
        .find(|word| text.goes_on_with(end, word))
        .map_or(end, |word| end + word.chars().count());
    Some((end, month, None))
}

fn chinese_word(text: &Text<'_>, at: usize) -> Option<(usize, When)> {
    // 今(28)日, 昨(27)日
    if let Some(ago) = match text.at(at) {
        '今' => Some(0),
        '昨' => Some(1),
        _ => None,
    } && text.at(at + 1) == '('
        && let Some((_, end)) = small(text, at + 2, 31)
        && text.at(end) == ')'
    {
        let end = end + 1;
        return Some((end + usize::from(matches!(text.at(end), '日' | '天')), When::DaysAgo(ago)));
    }
    // 同年9月: of the year that the sentence named before.
    if text.goes_on_with(at, "同年")
        && let Some((end, month, day)) = month_and_day(text, at + 2)
    {
        return Some((end, When::InYear(month, day)));
    }
    if let Some((word, years)) = YEARS.iter().find(|(word, _)| text.goes_on_with(at, word)) {
        let end = at + word.chars().count();
        if let Some((end, month, day)) = month_and_day(text, end) {
            return Some((end, When::YearsAgo(*years, Some(month), day)));
        }
        return Some((part_of_year(text, end).unwrap_or(end), When::YearsAgo(*years, None, None)));
    }
    for (prefix, name) in [("本周", true), ("周", true), ("星期", true), ("上周", false), ("礼拜", true)] {
        if text.goes_on_with(at, prefix) {
            let end = at + prefix.chars().count();
            let day = "一二三四五六日天"
                .chars()
                .position(|c| c == text.at(end))
                .map(|day| u8::try_from(day.min(6)).unwrap_or(0));
            match day {
                Some(day) if name && !(prefix == "周" && text.at(end + 1) == '鸿') => {
                    // A family name 周 has a given name behind it; a day is followed by no other character of a name.
                    let plain = prefix != "周"
                        || matches!(
                            text.at(end + 1),
                            ',' | '('
                                | '。'
                                | '\0'
                                | ' '
                                | '在'
                                | '宣'
                                | '表'
                                | '发'
                                | '报'
                                | '正'
                                | '晚'
                                | '对'
                                | '向'
                                | '公'
                                | '指'
                                | '透'
                                | '推'
                                | '完'
                        );
                    return plain.then_some((end + 1, When::Weekday(day)));
                }
                Some(day) => {
                    let _ = day;
                    return Some((end + 1, When::Recent));
                }
                None if prefix == "上周" => return Some((end, When::Recent)),
                None => {}
            }
        }
    }
    // 两年前, 三个月前
    if let Some(found) =
        number::number_at(text, at).filter(|found| !found.vague && found.value >= 1.0 && found.value < 60.0)
    {
        #[allow(clippy::cast_possible_truncation)] // below 60
        let count = found.value as i32;
        if text.goes_on_with(found.end, "年前") {
            return Some((found.end + 2, When::YearsAgo(count, None, None)));
        }
        if text.goes_on_with(found.end, "个月前") {
            return Some((found.end + 3, When::MonthsAgo(count)));
        }
    }
    None
}

fn word(text: &Text<'_>, at: usize) -> Option<(usize, When)> {
    let (word, when) = WORDS.iter().find(|(word, _)| text.goes_on_with(at, word))?;
    let end = at + word.chars().count();
    if *word == "今日" && text.goes_on_with(end, "头条") || *word == "今日" && text.goes_on_with(end, "资本") {
        return None;
    }
    text.is_boundary(end).then_some((end, *when))
}

fn month_name(text: &Text<'_>, at: usize) -> Option<(u8, usize)> {
    (1_u8..).zip(MONTHS).find_map(|(month, (long, short))| {
        let end = if text.goes_on_with(at, long) {
            at + long.len()
        } else if text.goes_on_with(at, short) && !text.at(at + short.len()).is_ascii_alphabetic() {
            at + short.len()
        } else if month == 9 && text.goes_on_with(at, "sept") {
            at + 4
        } else {
            return None;
        };
        let end = end + usize::from(text.at(end) == '.');
        (text.raw(at).is_uppercase() && text.is_boundary(end)).then_some((month, end))
    })
}

/// `, 2024`, ` 2024`, ` of 2024`, ` of last year`, ` last year`.
fn year_behind(text: &Text<'_>, at: usize) -> (Option<u16>, usize) {
    for joint in [", ", " ", ",", " of "] {
        if text.goes_on_with(at, joint)
            && let Some((year, end)) = integer(text, at + joint.len(), 4)
            && (1980..2100).contains(&year)
        {
            return (Some(year), end);
        }
    }
    (None, at)
}

fn month_first(text: &Text<'_>, at: usize) -> Option<(usize, When)> {
    // last November, this March
    for (word, _) in [("last ", 1), ("this ", 0)] {
        if text.goes_on_with(at, word)
            && let Some((month, end)) = month_name(text, at + word.len())
        {
            return Some((end, When::InYear(month, None)));
        }
    }
    if let Some(day) = WEEKDAYS.iter().position(|day| text.goes_on_with(at, day)) {
        let end = at + WEEKDAYS.get(day)?.len();
        return text.is_boundary(end).then_some((end, When::Weekday(u8::try_from(day).ok()?)));
    }
    for quarter in ["q1 ", "q2 ", "q3 ", "q4 "] {
        if text.goes_on_with(at, quarter)
            && let Some((year, end)) = integer(text, at + 3, 4).filter(|(year, _)| (1980..2100).contains(year))
        {
            return Some((end, When::Absolute(year, None, None)));
        }
    }
    let (month, end) = month_name(text, at)?;
    let day = (text.at(end) == ' ')
        .then(|| small(text, end + 1, 31))
        .flatten()
        .filter(|(_, past)| text.is_boundary(*past) || text.goes_on_with(*past, "th"));
    let (day, end) = day.map_or((None, end), |(day, past)| (Some(day), past));
    let (year, end) = year_behind(text, end);
    if let Some(year) = year {
        return Some((end, When::Absolute(year, Some(month), day)));
    }
    for (word, years) in [(" last year", 1), (" of last year", 1), (" this year", 0), (" of this year", 0)] {
        if text.goes_on_with(end, word) {
            return Some((end + word.len(), When::YearsAgo(years, Some(month), day)));
        }
    }
    // "May" and "March" are also words.
    if month == 5
        && day.is_none()
        && !["in ", "last ", "since ", "by ", "of "]
            .iter()
            .any(|word| at >= word.len() && text.goes_on_with(at - word.len(), word))
    {
        return None;
    }
    Some((end, When::InYear(month, day)))
}

fn ago(text: &Text<'_>, at: usize) -> Option<(usize, When)> {
    const COUNTS: [&str; 11] =
        ["a ", "one ", "two ", "three ", "four ", "five ", "six ", "seven ", "eight ", "nine ", "ten "];
    let (position, word) = COUNTS.iter().enumerate().find(|(_, word)| text.goes_on_with(at, word))?;
    let count = i32::try_from(position.max(1)).ok()?;
    let end = at + word.len();
    for (unit, months) in [("years ago", false), ("year ago", false), ("months ago", true), ("month ago", true)] {
        if text.goes_on_with(end, unit) {
            let when = if months { When::MonthsAgo(count) } else { When::YearsAgo(count, None, None) };
            return Some((end + unit.len(), when));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::Clock;
    use super::*;

    fn resolve(document: &str, published: &str) -> Option<String> {
        let text = Text::new(document);
        let clock = Clock { published: published.parse().ok() };
        clock.resolve(date_at(&text, 0)?.when, None).map(|date| date.to_string())
    }

    #[test]
    fn dates_are_read_against_the_day_of_publication() {
        for (document, expected) in [
            ("2023年11月6日完成", "2023-11-06"),
            ("2月25日,", "2024-02-25"),
            ("11月", "2023-11"),
            ("去年10月时", "2023-10"),
            ("去年", "2023"),
            ("近期", "2024-02"),
            ("4年前", "2020"),
            ("三個月前", "2023-11"),
            ("今(28)日", "2024-02-28"),
            ("昨日", "2024-02-27"),
            ("27日", "2024-02-27"),
            ("29日", "2024-01-29"),
            ("週三,", "2024-02-28"),
            ("Feb. 4, 2025", "2025-02-04"),
            ("28 February 2024", "2024-02-28"),
            ("June last year", "2023-06"),
            ("Tuesday", "2024-02-27"),
            ("March 3", "2023-03-03"),
            ("last November", "2023-11"),
            ("two years ago", "2022"),
            ("June 2023", "2023-06"),
            ("2022", "2022"),
            ("2023年第三季度", "2023"),
        ] {
            assert_eq!(resolve(document, "2024-02-28").as_deref(), Some(expected), "{document}");
        }
    }

    #[test]
    fn without_a_day_of_publication_relative_dates_stay_open() {
        for document in ["去年", "近日", "2月25日", "Tuesday", "last year", "today"] {
            assert!(date_at(&Text::new(document), 0).is_some(), "{document}");
            assert_eq!(resolve(document, ""), None, "{document}");
        }
        assert_eq!(resolve("2023年", ""), Some("2023".into()));
    }

    #[test]
    fn what_is_no_date() {
        for document in ["月之暗面", "may raise", "marching", "20 people", "一轮", "30日元"] {
            assert_eq!(date_at(&Text::new(document), 0), None, "{document}");
        }
    }

    #[test]
    fn days_are_counted_over_months_and_years() {
        let clock = Clock { published: "2024-03-01".parse().ok() };
        assert_eq!(clock.resolve(When::DaysAgo(1), None).unwrap().to_string(), "2024-02-29");
        let clock = Clock { published: "2024-01-01".parse().ok() };
        assert_eq!(clock.resolve(When::DaysAgo(1), None).unwrap().to_string(), "2023-12-31");
        assert_eq!(clock.resolve(When::MonthsAgo(1), None).unwrap().to_string(), "2023-12");
    }
}
