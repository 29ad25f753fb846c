//! Text: a document as folded characters, each of which knows where it stands in the original, and as sentences.
//!
//! A [`Text`] has one character for each character of the document that a reader sees. Script, width and case are folded,
//! so that one lexicon meets every spelling; what is no part of the words (characters without width, pinyin set above
//! characters, runs of spaces) is left out. Positions in a text lead back to positions in the document.

mod fold;
mod ruby;
mod sentence;

pub use sentence::{Sentence, sentences};

use std::ops::Range;

use crate::model::Span;
use crate::names::is_han;

/// A document as folded characters.
///
/// # Examples
/// ```
/// use ailand::text::Text;
///
/// let text = Text::new("智譜　完成 Ａ 輪\u{200b}融資");
/// let folded: String = (0..text.len()).map(|at| text.at(at)).collect();
/// assert_eq!(folded, "智谱完成a轮融资");
/// assert_eq!(text.quote(5..7), "輪\u{200b}融");
/// ```
#[derive(Debug, Clone)]
pub struct Text<'d> {
    document: &'d str,
    glyphs: Vec<Glyph>,
    /// How many characters the document has.
    length: u32,
}

#[derive(Debug, Clone, Copy)]
struct Glyph {
    folded: char,
    raw: char,
    /// Position in the document, in characters and in bytes.
    place: u32,
    byte: u32,
    /// Whether a space that was left out stands in front.
    spaced: bool,
}

impl<'d> Text<'d> {
    /// Reads a document. Linear in its length; what lies behind the first 4 GiB is not read.
    #[must_use]
    pub fn new(document: &'d str) -> Self {
        let mut glyphs: Vec<Glyph> = Vec::with_capacity(document.len() / 2);
        let mut skip_to = 0;
        let mut length = 0;
        let mut lines = 0;
        for (place, (byte, raw)) in (0_u32..).zip(document.char_indices()) {
            length = place + 1;
            let Ok(byte) = u32::try_from(byte) else { break };
            if place < skip_to {
                continue;
            }
            let Some(folded) = fold::fold(raw) else { continue };
            let last = glyphs.last().map_or('\n', |glyph| glyph.folded);
            match folded {
                '\n' => {
                    lines += 1;
                    if last == ' ' {
                        glyphs.pop();
                    }
                    // A line break ends a paragraph, unless it stands in the middle of a wrapped line.
                    let rest = document.get(byte as usize + 1..).unwrap_or_default();
                    if lines == 1 && is_wrapped(glyphs.last().map_or('\n', |glyph| glyph.folded), rest) {
                        glyphs.push(Glyph { folded: ' ', raw, place, byte, spaced: true });
                    } else if glyphs.last().is_some_and(|glyph| glyph.folded != '\n') {
                        glyphs.push(Glyph { folded: '\n', raw, place, byte, spaced: true });
                    }
                    continue;
                }
                ' ' => {
                    if last != ' ' && last != '\n' {
                        glyphs.push(Glyph { folded: ' ', raw, place, byte, spaced: true });
                    }
                    continue;
                }
                '(' if is_han(last) => {
                    if let Some(length) = ruby::length(document.get(byte as usize..).unwrap_or_default()) {
                        skip_to = place + length;
                        continue;
                    }
                }
                _ => {}
            }
            lines = 0;
            // Spaces beside Chinese characters are a matter of taste; where one was is remembered.
            let mut spaced = false;
            if last == ' ' {
                let before = glyphs.len().checked_sub(2).and_then(|at| glyphs.get(at)).map_or('\n', |g| g.folded);
                if is_wide(folded) || is_wide(before) {
                    glyphs.pop();
                    spaced = true;
                }
            }
            glyphs.push(Glyph { folded, raw, place, byte, spaced });
        }
        Self { document, glyphs, length }
    }

    /// How many characters the text has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.glyphs.len()
    }

    /// Whether the text has no character.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.glyphs.is_empty()
    }

    /// The folded character at a position; NUL behind the end.
    #[must_use]
    pub fn at(&self, at: usize) -> char {
        self.glyphs.get(at).map_or('\0', |glyph| glyph.folded)
    }

    /// The character at a position as the document writes it; NUL behind the end.
    #[must_use]
    pub fn raw(&self, at: usize) -> char {
        self.glyphs.get(at).map_or('\0', |glyph| glyph.raw)
    }

    /// Whether a space stood in front of a position that the folded text leaves out.
    #[must_use]
    pub fn is_spaced(&self, at: usize) -> bool {
        self.glyphs.get(at).is_none_or(|glyph| glyph.spaced)
    }

    /// The folded characters of a range.
    #[must_use]
    pub fn folded(&self, range: Range<usize>) -> String {
        self.glyphs.get(range).unwrap_or_default().iter().map(|glyph| glyph.folded).collect()
    }

    /// Whether the folded text goes on with `word` at a position.
    #[must_use]
    pub fn goes_on_with(&self, at: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(step, c)| self.at(at + step) == c)
    }

    /// Where a range stands in the document, in characters.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.glyphs.get(range.start).map_or(self.length, |glyph| glyph.place);
        let end =
            range.end.checked_sub(1).and_then(|last| self.glyphs.get(last)).map_or(start, |glyph| glyph.place + 1);
        Span { start, end: end.max(start) }
    }

    /// The words of the document at a range, verbatim.
    #[must_use]
    pub fn quote(&self, range: Range<usize>) -> &'d str {
        let start = self.glyphs.get(range.start).map_or(self.document.len(), |glyph| glyph.byte as usize);
        let last = range.end.checked_sub(1).and_then(|last| self.glyphs.get(last));
        let end = last.map_or(start, |glyph| glyph.byte as usize + glyph.raw.len_utf8());
        self.document.get(start..end.max(start)).unwrap_or_default()
    }

    /// The first position that stands at or behind a character of the document.
    #[must_use]
    pub fn position(&self, character: u32) -> usize {
        self.glyphs.partition_point(|glyph| glyph.place < character)
    }

    /// Whether a word may begin or end at a position: not between two letters or digits of a script with spaces.
    #[must_use]
    pub fn is_boundary(&self, at: usize) -> bool {
        at == 0 || !(is_latin(self.at(at)) && is_latin(self.at(at - 1)))
    }
}

/// Letters and digits of scripts that put spaces between words.
#[must_use]
pub fn is_latin(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    !is_han(c) && !matches!(c, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{30ff}') && c.is_alphanumeric()
}

/// Characters that are written without spaces around them, their punctuation included.
fn is_wide(c: char) -> bool {
    is_han(c) || matches!(c, '。' | '、' | '“' | '”' | '《' | '》' | '\u{3040}'..='\u{30ff}')
}

/// Whether a line that ends with `last` goes on in the next line: its sentence is not over, and the next line begins
/// with a small letter.
fn is_wrapped(last: char, rest: &str) -> bool {
    (last.is_ascii_alphanumeric() || last == ',') && rest.chars().next().is_some_and(|c| c.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folded(document: &str) -> String {
        let text = Text::new(document);
        text.folded(0..text.len())
    }

    #[test]
    fn what_is_no_part_of_the_words_is_left_out() {
        for (document, expected) in [
            ("現(xiàn)在", "现在"),
            ("了(le)解", "了解"),
            ("月之暗面(kimi)", "月之暗面(kimi)"),
            ("50 亿元 人民币", "50亿元人民币"),
            ("Acme  raised\u{a0}$5", "acme raised $5"),
            ("融\u{200b}資", "融资"),
            ("第一\r\n\r\n第二", "第一\n第二"),
            ("the company\nraised money", "the company raised money"),
            ("２０２４年，「Ｋｉｍｉ」", "2024年,“kimi”"),
        ] {
            assert_eq!(folded(document), expected);
        }
    }

    proptest! {
        #[test]
        fn every_position_leads_back(document in "\\PC{0,60}", from in 0_usize..60, length in 0_usize..20) {
            let text = Text::new(&document);
            let range = from.min(text.len())..(from + length).min(text.len()).max(from.min(text.len()));
            let span = text.span(range.clone());
            let expected: String =
                document.chars().skip(span.start as usize).take((span.end - span.start) as usize).collect();
            prop_assert_eq!(text.quote(range), expected);
        }
    }
}
