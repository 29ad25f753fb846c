//! Amounts of money.

use std::ops::Range;

use crate::model::{Currency, Qualifier};
use crate::names::is_han;
use crate::text::Text;

use super::{currency, number};

/// An amount of money in a text.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Amount {
    /// Where it stands, words such as 超过 and "more than" included.
    pub(in super::super) range: Range<usize>,
    /// Whole units; none when only the magnitude is known (数千万).
    pub(in super::super) value: Option<i64>,
    pub(in super::super) currency: Option<Currency>,
    /// Whether the currency is not stated with the amount, but follows from the text.
    pub(in super::super) inferred: bool,
    pub(in super::super) qualifier: Option<Qualifier>,
    /// Whether it is written as 元 without a country.
    pub(in super::super) bare_yuan: bool,
}

/// Words in front of an amount that say how exact it is, folded; the longest first.
const BEFORE: &[(&str, Qualifier)] = &[
    ("不低于", Qualifier::AtLeast),
    ("不少于", Qualifier::AtLeast),
    ("至少", Qualifier::AtLeast),
    ("已超过", Qualifier::MoreThan),
    ("已超", Qualifier::MoreThan),
    ("超过了", Qualifier::MoreThan),
    ("超过", Qualifier::MoreThan),
    ("突破", Qualifier::MoreThan),
    ("高于", Qualifier::MoreThan),
    ("多于", Qualifier::MoreThan),
    ("超", Qualifier::MoreThan),
    ("逾", Qualifier::MoreThan),
    ("破", Qualifier::MoreThan),
    ("低于", Qualifier::LessThan),
    ("不足", Qualifier::LessThan),
    ("不到", Qualifier::LessThan),
    ("不超过", Qualifier::AtMost),
    ("最多", Qualifier::AtMost),
    ("至多", Qualifier::AtMost),
    ("大约", Qualifier::About),
    ("约为", Qualifier::About),
    ("将近", Qualifier::About),
    ("接近", Qualifier::About),
    ("约", Qualifier::About),
    ("近", Qualifier::About),
    ("more than ", Qualifier::MoreThan),
    ("upwards of ", Qualifier::MoreThan),
    ("upward of ", Qualifier::MoreThan),
    ("in excess of ", Qualifier::MoreThan),
    ("north of ", Qualifier::MoreThan),
    ("over ", Qualifier::MoreThan),
    ("above ", Qualifier::MoreThan),
    ("exceeding ", Qualifier::MoreThan),
    ("surpassing ", Qualifier::MoreThan),
    ("at least ", Qualifier::AtLeast),
    ("less than ", Qualifier::LessThan),
    ("just under ", Qualifier::LessThan),
    ("under ", Qualifier::LessThan),
    ("up to ", Qualifier::AtMost),
    ("as much as ", Qualifier::AtMost),
    ("approximately ", Qualifier::About),
    ("around ", Qualifier::About),
    ("about ", Qualifier::About),
    ("roughly ", Qualifier::About),
    ("nearly ", Qualifier::About),
    ("almost ", Qualifier::About),
    ("close to ", Qualifier::About),
    ("some ", Qualifier::About),
    ("~", Qualifier::About),
    (">", Qualifier::MoreThan),
];

/// English units, longest first.
const UNITS: &[(&str, f64)] = &[
    ("million", 1e6),
    ("billion", 1e9),
    ("trillion", 1e12),
    ("thousand", 1e3),
    ("crore", 1e7),
    ("mln", 1e6),
    ("mil", 1e6),
    ("bln", 1e9),
    ("mn", 1e6),
    ("bn", 1e9),
    ("m", 1e6),
    ("b", 1e9),
    ("k", 1e3),
    ("t", 1e12),
];

/// What an amount without a currency is counted in when it is no money.
const COUNTERS: &[char] = &[
    '个', '家', '名', '人', '次', '条', '台', '辆', '颗', '片', '张', '字', '篇', '件', '款', '位', '户', '份', '平',
    '步', '公', '吨', '度', '倍', '行', '首', '枚', '参', '用', '级', '美', '日', '月', '年', '卡', '股', '小', '量',
    '种', '部', '册', '点', '粉', '下', '开',
];

/// The amount that begins at a position.
pub(in super::super) fn amount_at(text: &Text<'_>, at: usize) -> Option<Amount> {
    if !may_begin(text.at(at), text.at(at + 1)) {
        return None;
    }
    let mut start = at;
    let mut qualifier = None;
    if let Some((word, sign)) = BEFORE.iter().find(|(word, _)| text.goes_on_with(at, word)) {
        qualifier = Some(*sign);
        start += word.chars().count();
    }
    let mut place = start;
    let (mut stated, vague) = match english_vague(text, place) {
        Some(length) => {
            place += length;
            (None, true)
        }
        None => {
            let stated = currency::before(text, place);
            place += stated.map_or(0, |(length, _)| length);
            (stated.map(|(_, currency)| currency), false)
        }
    };
    if let Some((value, end)) = english_number(text, place, stated.is_some() || vague, vague) {
        let mut end = end;
        if stated.is_none() {
            let (length, currency) = currency::behind(text, end)?;
            stated = Some(currency);
            end += length;
        }
        if text.at(end) == '+' {
            qualifier = Some(Qualifier::MoreThan);
            end += 1;
        }
        #[allow(clippy::cast_possible_truncation)] // amounts stay far below 2^63
        let value = value.filter(|value| *value < 1e15).map(|value| value.round() as i64);
        return Some(Amount { range: at..end, value, currency: stated, inferred: false, qualifier, bare_yuan: false });
    }
    chinese(text, at..place, stated, qualifier)
}

/// Whether an amount can begin with two characters: most places are ruled out here.
fn may_begin(c: char, next: char) -> bool {
    match c {
        '0'..='9' | '$' | '€' | '£' | '¥' | '￥' | '₹' | '₩' | '~' | '>' => true,
        'a' => matches!(next, 'b' | 'l' | 'p' | 'r' | 's' | 't' | 'u' | '$' | ' '),
        'c' => matches!(next, 'l' | 'a' | 'n' | 'h' | '$'),
        'e' => matches!(next, 'x' | 'u'),
        'h' => matches!(next, 'u' | 'k'),
        'i' | 'm' | 'n' | 'u' => matches!(next, 'n' | 'o' | 'e' | 't' | 'p' | 's' | 'u'),
        'l' | 't' => matches!(next, 'e' | 'w'),
        'r' => matches!(next, 'o' | 'm' | '$'),
        's' => matches!(next, 'u' | 'o' | 'e' | '$'),
        'b' | 'g' | 'j' | 'o' => matches!(next, 'b' | 'u' | 'v'),
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千' | '万' | '亿' | '两'
        | '数' | '几' | '上' => true,
        '不' | '至' | '已' | '超' | '突' | '高' | '多' | '逾' | '破' | '低' | '最' | '大' | '约' | '将' | '接'
        | '近' => true,
        '人' | '美' | '新' | '台' | '港' => true,
        _ => false,
    }
}

/// `tens of`, `several hundred`: how many characters say that only the magnitude is known.
fn english_vague(text: &Text<'_>, at: usize) -> Option<usize> {
    ["tens of ", "hundreds of ", "several hundred ", "several ", "a few ", "multi-"]
        .iter()
        .find(|word| text.goes_on_with(at, word))
        .map(|word| word.len())
}

fn english_number(text: &Text<'_>, at: usize, stated: bool, vague: bool) -> Option<(Option<f64>, usize)> {
    let (value, mut end) = if vague { (0.0, at) } else { number::digits_at(text, at)? };
    // A range: $5-6 million, $1 to $2 billion. Its lower end is not the amount.
    let mut ranged = false;
    if !vague && text.at(end) == '-' && text.at(end + 1).is_ascii_digit() {
        let (_, after) = number::digits_at(text, end + 1)?;
        end = after;
        ranged = true;
    }
    let unit_at = end + usize::from(matches!(text.at(end), ' ' | '-'));
    let unit = UNITS.iter().find(|(word, _)| {
        let past = unit_at + word.len();
        text.goes_on_with(unit_at, word)
            && (text.is_boundary(past) || is_han(text.at(past)))
            && (word.len() > 1 || unit_at == end || stated)
            && !(word.len() == 1 && unit_at > end)
    });
    let plural = ["millions", "billions"].iter().find(|word| vague && text.goes_on_with(unit_at, word));
    match (unit, plural) {
        (_, Some(word)) => {
            Some((None, unit_at + word.len() + if text.goes_on_with(unit_at + word.len(), " of") { 3 } else { 0 }))
        }
        (Some((word, scale)), None) => {
            let end = unit_at + word.len();
            Some(((!vague && !ranged).then_some(value * scale), end))
        }
        // $500,000
        (None, None) if stated && !vague && value >= 1_000.0 && !matches!(text.at(end), '万' | '亿' | '千' | '百') => {
            Some(((!ranged).then_some(value), end))
        }
        _ => None,
    }
}

fn chinese(text: &Text<'_>, head: Range<usize>, stated: Option<Currency>, before: Option<Qualifier>) -> Option<Amount> {
    let number = number::number_at(text, head.end)?;
    let mut end = number.end;
    let (mut scale, mut scaled) = (1.0, false);
    while end - number.end < 3 {
        match text.at(end) {
            '万' => scale *= 1e4,
            '亿' => scale *= 1e8,
            '兆' => scale *= 1e12,
            _ => break,
        }
        scaled = true;
        end += 1;
    }
    let mut more = number.more;
    if matches!(text.at(end), '余' | '多' | '+') {
        more = true;
        end += 1;
    }
    let mut value = number.value * scale;
    // A range 2-3亿, 5000万至1亿: only its magnitude is used.
    let mut vague = number.vague;
    if matches!(text.at(end), '-' | '~' | '至' | '到')
        && let Some(upper) = number::number_at(text, end + 1)
        && matches!(text.at(upper.end), '万' | '亿')
    {
        end = upper.end + 1;
        scaled = true;
        vague = true;
    }
    // 千万级美元
    if text.at(end) == '级' && currency::behind(text, end + 1).is_some() {
        end += 1;
    }
    let behind = currency::behind(text, end);
    let mut currency = stated;
    let mut bare_yuan = false;
    if let Some((length, found)) = behind {
        currency = Some(found);
        end += length;
    } else if text.at(end) == '元' || (text.at(end) == '块' && scaled) {
        bare_yuan = currency.is_none();
        end += 1;
    }
    let money = currency.is_some() || bare_yuan;
    if !money {
        // 百亿, 25亿: money only with a large unit, and without something that is counted.
        let next = text.at(end);
        if !scaled || value < 1e6 || is_counted(text, end, next) {
            return None;
        }
    } else if !scaled && number.value < 100.0 {
        return None;
    }
    // 亿元级, 千万美元级
    if text.at(end) == '级' {
        end += 1;
    }
    let mut qualifier = before;
    for (word, sign) in [
        ("及以上", Qualifier::AtLeast),
        ("以上", Qualifier::MoreThan),
        ("左右", Qualifier::About),
        ("以下", Qualifier::LessThan),
    ] {
        if text.goes_on_with(end, word) {
            qualifier = Some(sign);
            end += word.chars().count();
            break;
        }
    }
    if more {
        qualifier = Some(Qualifier::MoreThan);
    }
    if value > 1e15 {
        value = 0.0;
        vague = true;
    }
    #[allow(clippy::cast_possible_truncation)] // checked above
    let whole = value.round() as i64;
    Some(Amount {
        range: head.start..end,
        value: (!vague).then_some(whole),
        currency,
        inferred: currency.is_none() && !bare_yuan,
        qualifier,
        bare_yuan,
    })
}

fn is_counted(text: &Text<'_>, end: usize, next: char) -> bool {
    let next = if text.goes_on_with(end, "级") { text.at(end + 1) } else { next };
    COUNTERS.contains(&next) || next.is_ascii_alphanumeric() || next == '%'
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words, the value, the currency and the sign.
    type Read = (String, Option<i64>, Option<String>, Option<&'static str>);

    fn read(document: &str) -> Option<Read> {
        let text = Text::new(document);
        let amount = amount_at(&text, 0)?;
        Some((
            text.quote(amount.range).to_owned(),
            amount.value,
            amount.currency.map(|currency| currency.code().to_owned()).or(amount.bare_yuan.then(|| "元".to_owned())),
            amount.qualifier.map(Qualifier::sign),
        ))
    }

    fn expect(document: &str, value: Option<i64>, currency: &str, sign: &str) {
        let (_, found, code, qualifier) = read(document).unwrap_or_else(|| panic!("{document}"));
        assert_eq!(
            (found, code.unwrap_or_default().as_str(), qualifier.unwrap_or("")),
            (value, currency, sign),
            "{document}"
        );
    }

    #[test]
    fn amounts_in_chinese() {
        expect("超10億美元", Some(1_000_000_000), "USD", ">");
        expect("3000萬元人民幣", Some(30_000_000), "CNY", "");
        expect("約25億美元", Some(2_500_000_000), "USD", "~");
        expect("25億元人民幣", Some(2_500_000_000), "CNY", "");
        expect("百億,", Some(10_000_000_000), "", "");
        expect("數千萬美元", None, "USD", "");
        expect("亿元级", Some(100_000_000), "元", "");
        expect("近2.5亿元", Some(250_000_000), "元", "~");
        expect("逾三千萬美元", Some(30_000_000), "USD", ">");
        expect("1.2亿元人民币", Some(120_000_000), "CNY", "");
        expect("人民币5,000万元", Some(50_000_000), "CNY", "");
        expect("十余亿元", Some(1_000_000_000), "元", ">");
        expect("10多億美元", Some(1_000_000_000), "USD", ">");
        expect("新台幣3億元", Some(300_000_000), "TWD", "");
        expect("3億元新台幣", Some(300_000_000), "TWD", "");
        expect("上亿元", None, "元", "");
        expect("千万级美元", Some(10_000_000), "USD", "");
        expect("1兆韓元", Some(1_000_000_000_000), "KRW", "");
        expect("亿元及以上人民币", Some(100_000_000), "元", ">=");
    }

    #[test]
    fn amounts_in_english() {
        expect("$80 million", Some(80_000_000), "USD", "");
        expect("over $1.5 billion", Some(1_500_000_000), "USD", ">");
        expect("US$500m", Some(500_000_000), "USD", "");
        expect("€385M", Some(385_000_000), "EUR", "");
        expect("$101m,", Some(101_000_000), "USD", "");
        expect("2.5 billion yuan", Some(2_500_000_000), "CNY", "");
        expect("RMB 200 million", Some(200_000_000), "CNY", "");
        expect("$500,000", Some(500_000), "USD", "");
        expect("$63.5-million", Some(63_500_000), "USD", "");
        expect("tens of millions of dollars", None, "USD", "");
        expect("20 million euros", Some(20_000_000), "EUR", "");
    }

    #[test]
    fn what_is_no_money() {
        for document in
            ["100万量级", "5亿用户", "3月", "14家", "7B", "2024", "一", "数家", "100,000 users", "60%", "80 people"]
        {
            assert_eq!(read(document), None, "{document}");
        }
    }
}
