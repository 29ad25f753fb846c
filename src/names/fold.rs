//! Folding of single characters: what one character of a name becomes in the normal form.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use super::han::{is_han, simplified};

/// Variants of one character that OpenCC's Traditional-to-Simplified table leaves apart, sorted.
///
/// Glyph variants of Hong Kong and Taiwan (衞, 粧), simplifications by analogy (锺, 钜), and pairs that texts confuse
/// (著 and 着; 覆 and 复, because 李開複, 李開復 and 李开复 are one person).
const VARIANTS: &[(char, char)] = &[
    ('侭', '尽'),
    ('凴', '凭'),
    ('呉', '吴'),
    ('尅', '克'),
    ('戸', '户'),
    ('擡', '抬'),
    ('敍', '叙'),
    ('枱', '台'),
    ('栢', '柏'),
    ('渖', '沈'),
    ('睪', '睾'),
    ('竝', '并'),
    ('簷', '檐'),
    ('粧', '妆'),
    ('糭', '粽'),
    ('缐', '线'),
    ('舖', '铺'),
    ('著', '着'),
    ('衞', '卫'),
    ('覆', '复'),
    ('讬', '托'),
    ('谘', '咨'),
    ('邨', '村'),
    ('钜', '巨'),
    ('锺', '钟'),
    ('馀', '余'),
];

/// Calls `emit` with each character that `c` becomes, which may be none.
///
/// Compatibility decomposition (so that full and half width, ligatures and composed letters meet), Traditional to
/// Simplified, own variants, lower case, Latin letters that have no decomposition. Two texts have the same NFKD form
/// exactly when they have the same NFKC form; the decomposed one needs no look at the neighbouring characters.
pub(crate) fn fold(c: char, mut emit: impl FnMut(char)) {
    if c.is_ascii() {
        emit(c.to_ascii_lowercase());
        return;
    }
    // Signs behind a name, not letters of it; NFKD would make them "TM" and "SM".
    if matches!(c, '™' | '℠') {
        return;
    }
    decompose_compatible(c, |part| {
        let part = if is_han(part) { variant(simplified(part)) } else { part };
        for lower in part.to_lowercase() {
            match lower {
                'ß' => "ss".chars().for_each(&mut emit),
                'æ' => "ae".chars().for_each(&mut emit),
                'œ' => "oe".chars().for_each(&mut emit),
                'þ' => "th".chars().for_each(&mut emit),
                'ø' => emit('o'),
                'đ' | 'ð' => emit('d'),
                'ł' => emit('l'),
                'ħ' => emit('h'),
                'ı' => emit('i'),
                'ς' => emit('σ'),
                other => emit(other),
            }
        }
    });
}

fn variant(c: char) -> char {
    VARIANTS.binary_search_by_key(&c, |(from, _)| *from).ok().and_then(|at| VARIANTS.get(at)).map_or(c, |(_, to)| *to)
}

/// What a folded character does to a normal form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A letter, digit or ideograph: kept.
    Kept,
    /// A combining mark: kept after letters that need it, dropped after Latin.
    Mark,
    /// Dropped as if it had never been there: zero width, control, variation selector.
    Nothing,
    /// `.`: kept between two digits.
    Stop,
    /// `+`: kept after a letter or digit.
    Plus,
    /// Dropped, but a name may go on behind it: space, hyphen, middle dot, apostrophe.
    Joint,
    /// A line break.
    Line,
    /// An opening bracket. Dropped; a name that goes on behind it goes on to the closing one.
    Open,
    /// An opening quotation mark. Dropped; like a bracket, but a name may also begin with it, as in “盘古”大模型.
    Quote,
    /// What closes either of them. Dropped; no name that began inside goes on behind it.
    Close,
    /// Dropped; no name goes on behind it in running text: comma, full stop, arrows, emoji.
    Break,
}

/// The role of a folded character.
pub(super) fn role(c: char) -> Role {
    match c {
        'a'..='z' | '0'..='9' => Role::Kept,
        '.' => Role::Stop,
        '+' => Role::Plus,
        '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Role::Line,
        '-'
        | '_'
        | '/'
        | '&'
        | '@'
        | '#'
        | '*'
        | '\\'
        | '\''
        | '`'
        | '´'
        | '‘'
        | '’'
        | 'ʻ'
        | 'ʼ'
        | '®'
        | '©'
        | '·'
        | '‧'
        | '\u{2010}'..='\u{2013}'
        | '\u{2044}'
        | '\u{2212}'
        | '・' => Role::Joint,
        '(' | '[' | '{' | '【' | '〔' | '〖' => Role::Open,
        '“' | '„' | '«' | '〈' | '《' | '「' | '『' => Role::Quote,
        ')' | ']' | '}' | '”' | '»' | '〉' | '》' | '」' | '』' | '】' | '〕' | '〗' => Role::Close,
        _ if is_invisible(c) => Role::Nothing,
        _ if is_combining_mark(c) => Role::Mark,
        _ if c.is_alphanumeric() => Role::Kept,
        _ if c.is_whitespace() => Role::Joint,
        _ => Role::Break,
    }
}

/// Controls, format characters and fillers: nothing that a reader sees.
pub(crate) fn is_invisible(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether `c` belongs to a script that is written without spaces, so that a name may begin or end beside it.
pub(super) fn stands_alone(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3041}'..='\u{309f}')
}

pub(super) fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a0}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}')
}

/// Whether `c` is part of a word or number that must not be cut: a letter or digit of a script with spaces.
pub(super) fn is_wordlike(c: char) -> bool {
    c.is_alphanumeric() && !stands_alone(c) && !is_katakana(c)
}

/// Whether marks behind `c` are dropped: é is e in a name, but й is not и and が is not か.
pub(super) fn sheds_marks(c: char) -> bool {
    is_han(c)
        || c.is_numeric()
        || matches!(c, 'a'..='z' | '.' | '+' | '\u{aa}'..='\u{24f}' | '\u{250}'..='\u{2af}' | '\u{1e00}'..='\u{1eff}'
            | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}' | '\u{ab30}'..='\u{ab6f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(c: char) -> String {
        let mut text = String::new();
        fold(c, |part| text.push(part));
        text
    }

    #[test]
    fn variants_are_sorted_and_final() {
        assert!(VARIANTS.is_sorted());
        for &(from, to) in VARIANTS {
            assert_eq!(simplified(from), from, "{from} never reaches the table");
            assert_eq!(variant(simplified(to)), to, "{from} becomes {to}, which changes again");
        }
    }

    #[test]
    fn one_character_becomes_what_it_stands_for() {
        for (from, to) in [('Ａ', "a"), ('㈱', "(株)"), ('ﬃ', "ffi"), ('É', "e\u{301}"), ('İ', "i\u{307}"), ('ẞ', "ss")]
        {
            assert_eq!(folded(from), to);
        }
        for (from, to) in
            [('復', "复"), ('複', "复"), ('著', "着"), ('衞', "卫"), ('裡', "里"), ('⽉', "月"), ('™', "")]
        {
            assert_eq!(folded(from), to);
        }
    }

    #[test]
    fn folding_is_idempotent_for_every_character() {
        for c in '\0'..=char::MAX {
            let once = folded(c);
            let twice: String = once.chars().map(folded).collect();
            assert_eq!(once, twice, "{c:?} (U+{:04X})", c as u32);
        }
    }
}
