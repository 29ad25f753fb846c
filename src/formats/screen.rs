//! Text on a terminal: how wide it is, how it is cut, and how it is kept from doing harm.
//!
//! Widths are in terminal columns, by the East Asian width of Unicode (UAX #11): a Chinese character has two, a
//! combining mark none. They are measured on whole texts and not summed up over characters, because emoji sequences and
//! some ligatures are narrower than their parts.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// More marks than this on one character are noise; Unicode's stream-safe format (UAX #15) has the same bound.
const MOST_MARKS: usize = 30;

/// What a cut text ends with.
const ELLIPSIS: &str = "…";

/// How many columns of a terminal `text` takes.
///
/// # Examples
/// ```
/// use ailand::formats::screen::width;
///
/// assert_eq!(width("Kimi"), 4);
/// assert_eq!(width("月之暗面"), 8);
/// assert_eq!(width("👩‍🔬"), 2);
/// ```
#[must_use]
pub fn width(text: &str) -> usize {
    // Most cells are plain ASCII, which needs no table.
    if text.bytes().all(|b| (b' '..=b'~').contains(&b)) { text.len() } else { UnicodeWidthStr::width(text) }
}

/// The text as one line that cannot move the cursor, change colours or turn the writing direction.
///
/// White space of every kind becomes a space, other control characters their pictures (ESC is `␛`), characters that
/// override the writing direction `U+FFFD`. Of more than 30 marks on one character the rest is dropped.
///
/// # Examples
/// ```
/// use ailand::formats::screen::harmless;
///
/// assert_eq!(harmless("red \u{1b}[31m\nnext"), "red ␛[31m next");
/// assert_eq!(harmless("智谱 AI"), "智谱 AI");
/// ```
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut marks = 0;
    for c in text.replace("\r\n", "\n").chars().map(picture) {
        marks = if c.width() == Some(0) { marks + 1 } else { 0 };
        if marks <= MOST_MARKS {
            shown.push(c);
        }
    }
    if shown == text { Cow::Borrowed(text) } else { Cow::Owned(shown) }
}

/// The character to show for `c`.
fn picture(c: char) -> char {
    match c {
        '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '␡',
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
        other => other,
    }
}

/// The text if it fits into `columns`, else as much of its beginning as fits with `…` after it.
///
/// # Examples
/// ```
/// use ailand::formats::screen::cut;
///
/// assert_eq!(cut("月之暗面", 8), "月之暗面");
/// assert_eq!(cut("月之暗面", 7), "月之暗…");
/// assert_eq!(cut("月之暗面", 6), "月之…");
/// ```
#[must_use]
pub fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let Some(room) = columns.checked_sub(width(ELLIPSIS)) else { return Cow::Borrowed("") };
    let (start, _) = text.split_at(fitting(text, room));
    Cow::Owned(format!("{start}{ELLIPSIS}"))
}

/// The text in lines of at most `columns`, broken at spaces and between Chinese characters where that is possible.
///
/// A single character that is wider than a line becomes `…`. There is always at least one line.
///
/// # Examples
/// ```
/// use ailand::formats::screen::wrap;
///
/// assert_eq!(wrap("Moonshot AI 月之暗面", 11), ["Moonshot AI", "月之暗面"]);
/// assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
/// ```
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<Cow<'_, str>> {
    let mut lines = Vec::new();
    let mut rest = text;
    loop {
        let end = fitting(rest, columns);
        if end == rest.len() {
            break;
        }
        if end == 0 {
            // Not even one character fits.
            let (first, after) = rest.split_at(clusters(rest).next().unwrap_or(rest.len()));
            lines.push(cut(first, columns));
            rest = after;
        } else {
            let (line, after) = rest.split_at(break_before(rest, end));
            lines.push(Cow::Borrowed(line.trim_end()));
            rest = after.trim_start();
        }
    }
    if lines.is_empty() || !rest.is_empty() {
        lines.push(Cow::Borrowed(rest));
    }
    lines
}

/// Where to break `text` so that the line ends at byte `end` or before: after the last space, if a word would be torn.
fn break_before(text: &str, end: usize) -> usize {
    let (line, after) = text.split_at(end);
    let tears = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && c.width() != Some(2));
    if !tears(line.chars().next_back()) || !tears(after.chars().next()) {
        return end;
    }
    // A line that begins with its only space would be empty.
    let breaks = |(_, c): &(usize, char)| c.is_whitespace() || c.width() == Some(2);
    match line.char_indices().rev().find(breaks) {
        Some((at, c)) if !line.get(..at).unwrap_or_default().trim().is_empty() => at + c.len_utf8(),
        Some((at, c)) if !c.is_whitespace() => at + c.len_utf8(),
        _ => end,
    }
}

/// The length in bytes of the longest beginning of `text` that takes at most `columns`.
fn fitting(text: &str, columns: usize) -> usize {
    clusters(text).take_while(|end| text.get(..*end).is_some_and(|start| width(start) <= columns)).last().unwrap_or(0)
}

/// The ends of the parts of `text` that must not be torn: a character with its marks, an emoji with what is joined to it.
///
/// Simpler than the grapheme clusters of UAX #29, and never finer where widths are concerned.
fn clusters(text: &str) -> impl Iterator<Item = usize> {
    let mut flags = 0;
    let mut previous = '\0';
    let starts = text.char_indices().filter_map(move |(at, c)| {
        let is_flag = matches!(c, '\u{1f1e6}'..='\u{1f1ff}');
        flags = if is_flag { flags + 1 } else { 0 };
        let joined = c.width().unwrap_or(0) == 0
            || previous == '\u{200d}'
            || matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
            || (is_flag && flags % 2 == 0);
        previous = c;
        (at > 0 && !joined).then_some(at)
    });
    starts.chain((!text.is_empty()).then_some(text.len()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::arbitrary;

    /// Text with everything that makes widths hard.
    fn hard_text() -> impl Strategy<Value = String> {
        let parts = [
            "月", "之", "a", "bc", " ", "é", "e\u{301}", "👩\u{200d}🔬", "🇨🇳", "👍🏽", "☂\u{fe0f}", "ﷺ", "لا", "각", "⸻",
            "\u{200b}", "ｶﾞ", "\u{301}", "1\u{fe0f}\u{20e3}", "ไทย", "क्षि",
        ];
        let made = prop::collection::vec(proptest::sample::select(parts.to_vec()), 0..20).prop_map(|all| all.concat());
        prop_oneof![made, arbitrary::text(), any::<String>()]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn cut_text_fits_and_is_a_beginning(text in hard_text(), columns in 0usize..20) {
            let text = harmless(&text);
            let short = cut(&text, columns);
            prop_assert!(width(&short) <= columns, "{:?}", short);
            if width(&text) <= columns {
                prop_assert_eq!(&short, &text);
            } else if columns > 0 {
                prop_assert!(text.starts_with(short.strip_suffix(ELLIPSIS).unwrap()));
            }
        }

        #[test]
        fn wrapped_text_fits_and_loses_only_spaces(text in hard_text(), columns in 3usize..20) {
            let text = harmless(&text);
            let lines = wrap(&text, columns);
            prop_assert!(lines.iter().all(|line| width(line) <= columns), "{:?}", lines);
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }

        #[test]
        fn harmless_text_has_no_control_characters(text in any::<String>()) {
            let shown = harmless(&text);
            let overrides = |c: char| ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c);
            prop_assert!(!shown.chars().any(|c| c.is_control() || overrides(c)));
            prop_assert_eq!(harmless(&shown), shown.clone());
        }
    }

    #[test]
    fn words_are_kept_whole_where_that_is_possible() {
        assert_eq!(wrap("the quick brown fox", 9), ["the quick", "brown fox"]);
        assert_eq!(wrap("the quick brown fox", 8), ["the", "quick", "brown", "fox"]);
        assert_eq!(wrap("智谱AI融资", 5), ["智谱", "AI融", "资"]);
        assert_eq!(wrap("a averyverylongword", 6), ["a", "averyv", "erylon", "gword"]);
        assert_eq!(wrap("", 5), [""]);
        assert_eq!(wrap("月月", 1), ["…", "…"]);
    }

    #[test]
    fn long_text_is_wrapped_in_linear_time() {
        let text = "智谱AI raised ".repeat(50_000);
        let started = std::time::Instant::now();
        assert!(wrap(&text, 40).len() > 10_000);
        assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
    }

    #[test]
    fn marks_without_end_are_dropped() {
        let noise = format!("a{}b", "\u{301}".repeat(1000));
        assert_eq!(harmless(&noise).chars().count(), 32);
    }
}
