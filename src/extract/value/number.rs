//! Numbers in digits and in Chinese characters.

use crate::text::Text;

/// A number as it is written, before its unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct Number {
    pub(in super::super) value: f64,
    /// 数, 几 and the like: only the magnitude is known.
    pub(in super::super) vague: bool,
    /// 多, 余 or + behind the digits.
    pub(in super::super) more: bool,
    pub(in super::super) end: usize,
}

/// The digits of a Chinese number below ten.
fn digit(c: char) -> Option<f64> {
    Some(match c {
        '零' | '〇' => 0.0,
        '一' => 1.0,
        '二' | '两' => 2.0,
        '三' => 3.0,
        '四' => 4.0,
        '五' => 5.0,
        '六' => 6.0,
        '七' => 7.0,
        '八' => 8.0,
        '九' => 9.0,
        _ => return None,
    })
}

/// A number in Arabic digits: `1,234.5`, `3.14`. Digits that a letter follows or leads are left to others.
pub(in super::super) fn digits_at(text: &Text<'_>, at: usize) -> Option<(f64, usize)> {
    let mut end = at;
    let mut plain = String::new();
    while plain.len() < 20 {
        let c = text.at(end);
        let groups =
            c == ',' && (1..=3).all(|step| text.at(end + step).is_ascii_digit()) && !text.at(end + 4).is_ascii_digit();
        if c.is_ascii_digit() || (c == '.' && !plain.contains('.') && text.at(end + 1).is_ascii_digit()) {
            plain.push(c);
        } else if !(groups && !plain.is_empty()) {
            break;
        }
        end += 1;
    }
    if !plain.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some((plain.parse().ok()?, end))
}

/// A number in digits or Chinese characters below 万, with its units 十, 百 and 千.
pub(in super::super) fn number_at(text: &Text<'_>, at: usize) -> Option<Number> {
    if let Some((mut value, mut end)) = digits_at(text, at) {
        let more = matches!(text.at(end), '+' | '余' | '多') && text.at(end + 1) != '+';
        end += usize::from(more);
        // 5千万, 3百万.
        while let Some(unit) =
            small_unit(text.at(end)).filter(|_| matches!(text.at(end + 1), '万' | '亿' | '多' | '余'))
        {
            value *= unit;
            end += 1;
        }
        let late = matches!(text.at(end), '余' | '多');
        return Some(Number { value, vague: false, more: more || late, end: end + usize::from(late) });
    }
    let mut end = at;
    let vague = matches!(text.at(end), '数' | '几' | '上');
    if vague {
        end += 1;
    }
    let (mut total, mut current, mut seen) = (0.0, None, false);
    loop {
        let c = text.at(end);
        if let Some(value) = digit(c) {
            if vague || current.is_some() {
                break;
            }
            current = Some(value);
        } else if let Some(unit) = small_unit(c) {
            total += current.take().unwrap_or(1.0) * unit;
        } else {
            break;
        }
        seen = true;
        end += 1;
        if end - at > 12 {
            return None;
        }
    }
    total += current.unwrap_or(0.0);
    // 百亿, 亿元: the unit stands for itself.
    if !seen {
        if !matches!(text.at(end), '亿' | '万') || (text.at(end) == '万' && !vague) {
            return None;
        }
        total = 1.0;
    }
    let more = matches!(text.at(end), '余' | '多');
    Some(Number { value: total, vague, more, end: end + usize::from(more) })
}

fn small_unit(c: char) -> Option<f64> {
    Some(match c {
        '十' => 10.0,
        '百' => 100.0,
        '千' => 1_000.0,
        _ => return None,
    })
}
