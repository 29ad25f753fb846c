//! Sentences: where they begin and end.

use std::ops::Range;

use super::{Text, is_latin};
use crate::names::is_han;

/// No sentence is longer than this many characters. A text without an end of a sentence is cut, so that what is done
/// with a sentence may cost more than its length.
const LONGEST: usize = 1_000;

/// Words that a full stop stands behind without ending a sentence.
const ABBREVIATIONS: &[&str] = &[
    "inc", "ltd", "co", "corp", "llc", "mr", "mrs", "ms", "dr", "prof", "st", "vs", "no", "jr", "sr", "jan", "feb",
    "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "u.s", "u.k", "e.g", "i.e", "a.m", "p.m",
    "d.c", "rep", "sen", "gov", "approx", "est", "dept", "univ", "l.p", "s.a", "plc",
];

/// A sentence of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands in the text.
    pub range: Range<usize>,
    /// The number of its paragraph.
    pub paragraph: usize,
}

/// The sentences of a text, in order; paragraphs end at line breaks. Linear.
#[must_use]
pub fn sentences(text: &Text<'_>) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let (mut start, mut paragraph) = (0, 0);
    let mut at = 0;
    while at < text.len() {
        let c = text.at(at);
        let mut end = at + 1;
        let over = match c {
            '\n' => true,
            '。' | '!' | '?' => {
                // Closing quotation marks and brackets belong to the sentence that they close.
                while matches!(text.at(end), '。' | '!' | '?' | '”' | '"' | ')' | '\'') && end < text.len() {
                    end += 1;
                }
                true
            }
            '.' => {
                while matches!(text.at(end), '”' | '"' | ')') {
                    end += 1;
                }
                ends_sentence(text, at, end)
            }
            _ => end - start >= LONGEST && (matches!(c, ',' | ';' | ' ' | '、') || end - start >= LONGEST + 200),
        };
        if over {
            push(text, &mut sentences, start..end, paragraph);
            start = end;
            paragraph += usize::from(c == '\n');
        }
        at = end;
    }
    push(text, &mut sentences, start..text.len(), paragraph);
    sentences
}

fn push(text: &Text<'_>, sentences: &mut Vec<Sentence>, mut range: Range<usize>, paragraph: usize) {
    while range.start < range.end && matches!(text.at(range.start), ' ' | '\n') {
        range.start += 1;
    }
    while range.start < range.end && matches!(text.at(range.end - 1), ' ' | '\n') {
        range.end -= 1;
    }
    if !range.is_empty() {
        sentences.push(Sentence { range, paragraph });
    }
}

/// Whether the full stop at `at` ends a sentence that would end at `end`.
fn ends_sentence(text: &Text<'_>, at: usize, end: usize) -> bool {
    if end >= text.len() || text.at(end) == '\n' {
        return true;
    }
    if is_han(text.at(end)) && at > 0 && is_han(text.at(at - 1)) {
        return true;
    }
    if text.at(end) != ' ' {
        return false;
    }
    let next = text.raw(end + 1);
    if next.is_lowercase() {
        return false;
    }
    let mut start = at;
    while start > 0 && at - start < 12 && (is_latin(text.at(start - 1)) || text.at(start - 1) == '.') {
        start -= 1;
    }
    let word = text.folded(start..at);
    let initial = word.chars().count() == 1 && word.chars().all(|c| c.is_ascii_alphabetic());
    !initial && !ABBREVIATIONS.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(document: &str) -> Vec<&str> {
        let text = Text::new(document);
        sentences(&text).into_iter().map(|sentence| text.quote(sentence.range)).collect()
    }

    #[test]
    fn sentences_end_where_they_end() {
        assert_eq!(split("“完成了。”他说。下一句"), ["“完成了。”", "他说。", "下一句"]);
        assert_eq!(
            split("Acme Inc. raised $3.5 million. J. Smith of the U.S. firm left."),
            ["Acme Inc. raised $3.5 million.", "J. Smith of the U.S. firm left."]
        );
        assert_eq!(split("标题\n\n正文！完"), ["标题", "正文！", "完"]);
    }

    #[test]
    fn a_text_without_an_end_is_cut() {
        let document = "资".repeat(5_000);
        assert!(split(&document).len() > 3);
        let text = Text::new(&document);
        assert!(sentences(&text).iter().all(|sentence| sentence.range.len() <= LONGEST + 201));
    }
}
