//! How much room text takes, without a font.
//!
//! Widths are estimates on the safe side: a text drawn with a common sans-serif font is hardly ever wider.

use unicode_width::UnicodeWidthChar;

use crate::formats::screen::{cut, harmless, width, wrap};

/// A rough width of `text` in pixels when it is drawn `size` pixels high.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size
}

/// The advance of a character in units of the font size.
fn em(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '|' | '\'' | '.' | ',' | ':' | ';' | '!' => 0.32,
        'f' | 't' | 'r' | 'I' | ' ' | '(' | ')' | '[' | ']' | '-' | '/' | '·' => 0.40,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.95,
        'A'..='Z' => 0.70,
        '0'..='9' => 0.60,
        '\u{20}'..='\u{7e}' => 0.58,
        other => match other.width().unwrap_or(0) {
            0 => 0.0,
            1 => 0.72,
            // Emoji are drawn a little wider than an ideograph.
            _ if u32::from(other) >= 0x1_f000 => 1.3,
            _ => 1.02,
        },
    }
}

/// Text in at most `most` lines of at most `columns` columns, without characters that do harm; the last line ends with `…`
/// where something is missing.
pub(super) fn lines(text: &str, columns: usize, most: usize) -> Vec<String> {
    let text = harmless(text);
    let text = text.trim();
    let wrapped = wrap(text, columns);
    if wrapped.len() <= most {
        return wrapped.iter().map(|line| line.trim_end().to_owned()).collect();
    }
    let mut kept: Vec<String> = wrapped.iter().take(most).map(|line| line.trim_end().to_owned()).collect();
    if let Some(last) = kept.last_mut() {
        let mark = cut(last, columns.saturating_sub(1)).trim_end_matches('…').trim_end().to_owned();
        *last = format!("{mark}…");
    }
    kept
}

/// Text on one line of at most `columns` columns.
pub(super) fn one_line(text: &str, columns: usize) -> String {
    let text = harmless(text);
    let text = text.trim();
    if width(text) <= columns { text.to_owned() } else { cut(text, columns).into_owned() }
}
