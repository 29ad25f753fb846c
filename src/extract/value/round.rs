//! Rounds: A轮, Pre-A, 天使+轮, Series B-1, seed.

use std::ops::Range;

use crate::names::is_han;
use crate::text::Text;

/// A round in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Round {
    pub(in super::super) range: Range<usize>,
    /// The series in one form: `A1`, `Pre-A`, `B+`, `Seed`, `Angel`, `Pre-IPO`, `Strategic`.
    pub(in super::super) series: String,
}

const NAMED: &[(&str, &str)] = &[
    ("pre-seed", "Pre-Seed"),
    ("preseed", "Pre-Seed"),
    ("pre-ipo", "Pre-IPO"),
    ("种子前", "Pre-Seed"),
    ("天使", "Angel"),
    ("种子", "Seed"),
    ("seed", "Seed"),
    ("angel", "Angel"),
    ("战略", "Strategic"),
    ("strategic", "Strategic"),
    ("bridge", "Bridge"),
    ("growth", "Growth"),
];

/// What must follow a bare letter for it to be a round.
const TAILS: &[&str] = &["轮", " round", " financing", " funding", " raise", " extension"];

/// The round that begins at a position.
pub(in super::super) fn round_at(text: &Text<'_>, at: usize) -> Option<Round> {
    match text.at(at) {
        'p' | 's' | '天' | '种' | '战' | 'b' | 'g' | 'a'..='k' => named(text, at).or_else(|| lettered(text, at)),
        _ => None,
    }
}

fn named(text: &Text<'_>, at: usize) -> Option<Round> {
    let (word, series) = NAMED.iter().find(|(word, _)| text.goes_on_with(at, word))?;
    let mut end = at + word.chars().count();
    let mut series = (*series).to_owned();
    while text.at(end) == '+' {
        series.push('+');
        end += 1;
    }
    let digit = text.at(end);
    if digit.is_ascii_digit() && text.at(end + 1) == '轮' {
        series.push(digit);
        end += 1;
    }
    let start = end + usize::from(text.at(end) == ' ' || text.at(end) == '-');
    let tails: &[&str] = match *word {
        "战略" => &["融资", "投资轮", "轮", "投资"],
        "天使" | "种子" | "种子前" => &["轮融资", "轮", "融资"],
        _ => &["round", "funding", "financing", "stage", "extension", "investment", "轮", "capital", "raise"],
    };
    if let Some(tail) = tails.iter().find(|tail| text.goes_on_with(start, tail)) {
        // 战略投资了星桥科技: a verb.
        let behind = text.at(start + tail.chars().count());
        if *word == "战略" && *tail == "投资" && is_han(behind) && behind != '轮' && behind != '的' {
            return None;
        }
        let length = tail.chars().count();
        // 战略投资 is also a verb; the round ends before what is common to all rounds.
        let end = if tail.ends_with('轮') {
            start + length
        } else if *word == "战略" && *tail == "轮" {
            start + 1
        } else {
            end
        };
        return Some(Round { range: at..end, series });
    }
    let bare = matches!(*word, "seed" | "pre-seed" | "preseed" | "pre-ipo") && text.is_boundary(end);
    let noun = bare
        && (*word != "seed"
            || !matches!(text.at(end), ' ')
            || text.goes_on_with(end, " from")
            || text.goes_on_with(end, " led")
            || text.goes_on_with(end, " in "));
    noun.then_some(Round { range: at..end, series })
}

fn lettered(text: &Text<'_>, at: usize) -> Option<Round> {
    let mut place = at;
    let worded = text.goes_on_with(place, "series ") || text.goes_on_with(place, "series-");
    if worded {
        place += 7;
    }
    let pre = ["pre-", "pre "].iter().any(|word| text.goes_on_with(place, word)) || text.goes_on_with(place, "pre");
    if pre {
        place += if matches!(text.at(place + 3), '-' | ' ') { 4 } else { 3 };
    }
    let letter = text.at(place);
    if !('a'..='k').contains(&letter) || !text.raw(place).is_uppercase() {
        return None;
    }
    let mut series = if pre { "Pre-".to_owned() } else { String::new() };
    series.push(letter.to_ascii_uppercase());
    let mut end = place + 1;
    // A1, A-1
    let step = usize::from(worded && text.at(end) == '-');
    if text.at(end + step).is_ascii_digit() && !text.at(end + step + 1).is_ascii_digit() {
        series.push(text.at(end + step));
        end += step + 1;
    }
    while text.at(end) == '+' {
        series.push('+');
        end += 1;
    }
    if !text.is_boundary(end) {
        return None;
    }
    let tail = TAILS.iter().find(|tail| text.goes_on_with(end, tail));
    // E 系列, C系列
    let chinese_series = text.goes_on_with(end, "系列");
    if !(worded || tail.is_some() || chinese_series || pre) {
        return None;
    }
    if pre && tail.is_none() && !worded && text.at(end).is_ascii_alphanumeric() {
        return None;
    }
    if text.goes_on_with(end, "轮") {
        end += 1;
    } else if chinese_series {
        end += 2;
    }
    if text.goes_on_with(end, " extension") {
        series.push_str(" extension");
        end += " extension".len();
    }
    Some(Round { range: at..end, series })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds() {
        for (document, series) in [
            ("A1輪3億美元", "A1"),
            ("A 輪募資", "A"),
            ("Pre-A轮融资", "Pre-A"),
            ("B++轮", "B++"),
            ("天使+轮", "Angel+"),
            ("種子輪", "Seed"),
            ("Series B round", "B"),
            ("Series A-1", "A1"),
            ("Series C extension", "C extension"),
            ("E 系列融資", "E"),
            ("seed round", "Seed"),
            ("pre-seed in January", "Pre-Seed"),
            ("战略融资", "Strategic"),
            ("Pre-IPO轮", "Pre-IPO"),
        ] {
            let text = Text::new(document);
            assert_eq!(round_at(&text, 0).map(|round| round.series).as_deref(), Some(series), "{document}");
        }
        for document in ["a round", "AI", "A股", "seeds of doubt", "种子选手", "BAI资本"] {
            assert_eq!(round_at(&Text::new(document), 0), None, "{document}");
        }
    }
}
