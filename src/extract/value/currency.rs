//! Currencies, before and behind an amount.

use crate::model::Currency;
use crate::text::Text;

/// What stands before an amount, folded; the longest first.
const BEFORE: &[(&str, &str)] = &[
    ("人民币", "CNY"),
    ("美元", "USD"),
    ("us$", "USD"),
    ("usd", "USD"),
    ("hk$", "HKD"),
    ("hkd", "HKD"),
    ("nt$", "TWD"),
    ("ntd", "TWD"),
    ("twd", "TWD"),
    ("新台币", "TWD"),
    ("新臺币", "TWD"),
    ("台币", "TWD"),
    ("港币", "HKD"),
    ("s$", "SGD"),
    ("a$", "AUD"),
    ("au$", "AUD"),
    ("c$", "CAD"),
    ("ca$", "CAD"),
    ("r$", "BRL"),
    ("rmb", "CNY"),
    ("cny", "CNY"),
    ("eur", "EUR"),
    ("gbp", "GBP"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "CNY"),
    ("￥", "CNY"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("sek", "SEK"),
    ("chf", "CHF"),
    ("inr", "INR"),
    ("nok", "NOK"),
    ("dkk", "DKK"),
    ("jpy", "JPY"),
    ("krw", "KRW"),
    ("sgd", "SGD"),
    ("aud", "AUD"),
    ("cad", "CAD"),
];

/// What stands behind an amount, folded; the longest first. Whether it says whose 元 it is stands in the third place.
const BEHIND: &[(&str, &str)] = &[
    ("元人民币", "CNY"),
    ("元新台币", "TWD"),
    ("元新臺币", "TWD"),
    ("元台币", "TWD"),
    ("元港币", "HKD"),
    ("人民币", "CNY"),
    ("新台币", "TWD"),
    ("台币", "TWD"),
    ("美元", "USD"),
    ("美金", "USD"),
    ("港元", "HKD"),
    ("港币", "HKD"),
    ("欧元", "EUR"),
    ("英镑", "GBP"),
    ("日元", "JPY"),
    ("日圆", "JPY"),
    ("日币", "JPY"),
    ("韩元", "KRW"),
    ("韩圜", "KRW"),
    ("新元", "SGD"),
    ("新加坡元", "SGD"),
    ("新加坡币", "SGD"),
    ("加元", "CAD"),
    ("澳元", "AUD"),
    ("卢比", "INR"),
    ("瑞士法郎", "CHF"),
    ("瑞典克朗", "SEK"),
    ("us dollars", "USD"),
    ("u.s. dollars", "USD"),
    ("dollars", "USD"),
    ("dollar", "USD"),
    ("usd", "USD"),
    ("euros", "EUR"),
    ("euro", "EUR"),
    ("eur", "EUR"),
    ("yuan", "CNY"),
    ("rmb", "CNY"),
    ("renminbi", "CNY"),
    ("cny", "CNY"),
    ("british pounds", "GBP"),
    ("pounds sterling", "GBP"),
    ("pounds", "GBP"),
    ("yen", "JPY"),
    ("won", "KRW"),
    ("rupees", "INR"),
    ("hong kong dollars", "HKD"),
    ("swiss francs", "CHF"),
    ("hk$", "HKD"),
];

/// The currency that stands at a position in front of an amount, with its length.
pub(super) fn before(text: &Text<'_>, at: usize) -> Option<(usize, Currency)> {
    let (word, code) = BEFORE.iter().find(|(word, _)| text.goes_on_with(at, word))?;
    let mut length = word.chars().count();
    // RMB 5 million: a space may follow a word.
    if text.at(at + length) == ' ' {
        length += 1;
    }
    Some((length, Currency::parse(code).ok()?))
}

/// The currency that stands at a position behind an amount, with its length.
pub(super) fn behind(text: &Text<'_>, at: usize) -> Option<(usize, Currency)> {
    let start = at + usize::from(text.at(at) == ' ');
    let (word, code) = BEHIND
        .iter()
        .find(|(word, _)| text.goes_on_with(start, word) && text.is_boundary(start + word.chars().count()))?;
    Some((start + word.chars().count() - at, Currency::parse(code).ok()?))
}
