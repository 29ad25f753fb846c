//! Folding of the characters of a document: like names, but punctuation stays.

use unicode_normalization::char::is_combining_mark;

use crate::names::{is_han, is_invisible};

/// What a character becomes; `None` for what a reader does not see.
///
/// One character becomes at most one, so that positions stay simple. Spaces become a space, the ends of lines `\n`,
/// quotation marks `“` and `”`, and full-width punctuation its ASCII form.
pub(super) fn fold(c: char) -> Option<char> {
    if c.is_ascii() {
        return match c {
            '\n' => Some('\n'),
            '\t' | ' ' | '\u{b}' | '\u{c}' => Some(' '),
            c if c.is_ascii_control() => None,
            c => Some(c.to_ascii_lowercase()),
        };
    }
    let folded = match c {
        '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '，' | '﹐' => ',',
        '；' => ';',
        '：' => ':',
        '？' => '?',
        '！' => '!',
        '（' => '(',
        '）' => ')',
        '［' => '[',
        '］' => ']',
        '。' | '｡' => '。',
        '、' | '､' => '、',
        '“' | '„' | '«' | '「' | '『' | '〝' | '‟' => '“',
        '”' | '»' | '」' | '』' | '〞' => '”',
        '《' | '〈' => '《',
        '》' | '〉' => '》',
        '【' | '〔' | '〖' => '[',
        '】' | '〕' | '〗' => ']',
        '‘' | '’' | '＇' => '\'',
        '‐' | '‑' | '‒' | '–' | '－' | '−' => '-',
        '—' | '─' | '―' => '—',
        '·' | '•' | '・' | '‧' | '･' | '．' => '·',
        '％' => '%',
        '①'..='⓿' | '●' | '■' | '◆' | '▲' | '★' | '►' | '▶' | '◎' => ';',
        _ if is_han(c) => {
            let mut only = c;
            crate::names::fold(c, |part| only = part);
            only
        }
        _ if is_invisible(c) || is_combining_mark(c) => return None,
        _ if c.is_whitespace() => ' ',
        _ => {
            let (mut first, mut parts) = (c, 0);
            crate::names::fold(c, |part| {
                if !is_combining_mark(part) {
                    parts += 1;
                    first = part;
                }
            });
            if parts == 1 { first } else { c }
        }
    };
    Some(folded)
}
