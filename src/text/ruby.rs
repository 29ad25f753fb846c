//! Pinyin and bopomofo in brackets behind a character, which some pages leave behind: 現(xiàn)在.

/// Syllables without a tone mark, which only stand in brackets behind their own character.
const TONELESS: &[&str] = &["de", "le", "ma", "ne", "ba", "zi", "men", "me", "zhe", "ge", "la", "a", "shi", "li"];

/// How many characters the bracket at the start of `rest` has, when it holds a reading and nothing else.
pub(super) fn length(rest: &str) -> Option<u32> {
    let mut chars = rest.chars();
    chars.next()?;
    let mut reading = String::new();
    for c in chars {
        if matches!(c, ')' | '）') {
            let length = u32::try_from(reading.chars().count()).ok()? + 2;
            return is_reading(&reading).then_some(length);
        }
        reading.push(c);
        if reading.len() > 16 {
            return None;
        }
    }
    None
}

fn is_reading(text: &str) -> bool {
    let bopomofo = |c: char| matches!(c, '\u{3105}'..='\u{312f}' | 'ˊ' | 'ˇ' | 'ˋ' | '˙');
    if !text.is_empty() && text.chars().all(bopomofo) {
        return true;
    }
    let toned = text.chars().filter(|c| "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ".contains(*c)).count();
    let letters = text.chars().all(|c| c.is_ascii_lowercase() || c == 'ü' || !c.is_ascii() && c.is_lowercase());
    letters && (toned == 1 || TONELESS.contains(&text))
}
