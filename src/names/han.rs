//! Chinese characters: which they are, and which script they belong to.
//!
//! The tables are made by `build.rs` from OpenCC's dictionaries (docs/adr/0002-han-table.md).

include!(concat!(env!("OUT_DIR"), "/simplified.rs"));

/// Whether `c` is a Chinese character, the zero 〇 and the repetition mark 々 included.
#[must_use]
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fdf}' | '々' | '〇' | '\u{3021}'..='\u{3029}' | '\u{3038}'..='\u{303b}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// The simplified form of a Traditional character; every other character as it is.
///
/// One character becomes one character, so offsets do not move. Costs a binary search in about 4,000 entries, and
/// nothing for a character that is not Chinese.
#[must_use]
pub fn simplified(c: char) -> char {
    if !is_han(c) {
        return c;
    }
    SIMPLIFIED
        .binary_search_by_key(&c, |(from, _)| *from)
        .ok()
        .and_then(|found| SIMPLIFIED.get(found))
        .map_or(c, |(_, to)| *to)
}

/// Whether `c` is written in Traditional Chinese only.
#[must_use]
pub fn is_traditional_only(c: char) -> bool {
    simplified(c) != c
}

/// Whether `c` is written in Simplified Chinese only: 谁 is, 后 and 里 are not, because Traditional has 皇后 and 公里.
#[must_use]
pub fn is_simplified_only(c: char) -> bool {
    is_han(c) && SIMPLIFIED_ONLY.binary_search(&c).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_agrees_with_opencc() {
        for c in ('\u{3400}'..='\u{9fff}').chain('\u{20000}'..='\u{2ffff}') {
            // Twice, because OpenCC leaves 薴 after one step where another conversion would change it again.
            let expected = hanconv::t2s(hanconv::t2s(c.to_string()));
            assert_eq!(simplified(c).to_string(), expected, "{c}");
            assert_eq!(simplified(simplified(c)), simplified(c), "{c}");
        }
    }

    #[test]
    fn both_tables_are_sorted_and_apart() {
        assert!(SIMPLIFIED.is_sorted_by_key(|(from, _)| *from));
        assert!(SIMPLIFIED_ONLY.is_sorted());
        assert!(!SIMPLIFIED_ONLY.iter().any(|&c| is_traditional_only(c)));
        assert!(SIMPLIFIED_ONLY.len() > 3_500);
    }

    #[test]
    fn characters_of_both_scripts_tell_nothing() {
        for c in "后里干台系余云谷松面准月之暗".chars() {
            assert!(!is_simplified_only(c) && !is_traditional_only(c), "{c}");
        }
        assert!("谁资团华为".chars().all(is_simplified_only));
        assert!("誰資團華為".chars().all(is_traditional_only));
        assert!(!is_simplified_only('a') && !is_traditional_only('a'));
    }
}
