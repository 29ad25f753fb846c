//! Pinyin keys: how a Chinese name sounds, in plain letters.

use pinyin::ToPinyin;

use super::han::is_han;
use super::normal::normal_form;

/// Readings that the first reading of the single characters gets wrong in names, longest phrase first for one start.
///
/// Tones are left out and ü is written u, as in all keys.
const READINGS: &[(&str, &str)] = &[
    ("成长", "chengzhang"),
    ("增长", "zengzhang"),
    ("校长", "xiaozhang"),
    ("长", "chang"),
    ("重庆", "chongqing"),
    ("银行", "yinhang"),
    ("投行", "touhang"),
    ("商行", "shanghang"),
    ("行业", "hangye"),
    ("音乐", "yinyue"),
    ("会计", "kuaiji"),
    ("西藏", "xizang"),
    ("厦", "xia"),
    ("都", "du"),
    ("曾", "zeng"),
    ("翟", "zhai"),
];

/// How a name with Chinese characters sounds, as one word of plain letters; `None` without a Chinese character.
///
/// Computed on the normal form, so both scripts give the same key. Latin letters, digits and what has no reading stay
/// as they are. Each character has one reading, the first of the dictionary, except for a short table of words.
///
/// # Examples
/// ```
/// use ailand::names::pinyin_key;
///
/// assert_eq!(pinyin_key("月之暗面").as_deref(), Some("yuezhianmian"));
/// assert_eq!(pinyin_key("智譜 AI").as_deref(), Some("zhipuai"));
/// assert_eq!(pinyin_key("OpenAI"), None);
/// ```
#[must_use]
pub fn pinyin_key(name: &str) -> Option<String> {
    let normal = normal_form(name);
    if !normal.chars().any(is_han) {
        return None;
    }
    let mut key = String::with_capacity(2 * normal.len());
    let mut rest = normal.as_str();
    while let Some(c) = rest.chars().next() {
        let reading = READINGS.iter().find_map(|(word, reading)| Some((rest.strip_prefix(word)?, *reading)));
        if let Some((behind, reading)) = reading {
            key.push_str(reading);
            rest = behind;
            continue;
        }
        match c.to_pinyin() {
            Some(reading) => key.extend(reading.plain().chars().map(|letter| if letter == 'ü' { 'u' } else { letter })),
            None => key.push(c),
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    Some(key)
}

/// What a query in normal form looks for among the pinyin keys.
///
/// For Chinese its own key, so that a wrong character of the same sound is found. For Latin letters themselves, with
/// the v of lv and nv read as ü. `None` when it cannot be pinyin.
pub(super) fn pinyin_query(normal: &str) -> Option<String> {
    if let Some(key) = pinyin_key(normal) {
        return Some(key);
    }
    if normal.is_empty() || !normal.chars().all(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    Some(normal.replace("lv", "lu").replace("nv", "nu"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sound_the_same_in_both_scripts() {
        for (name, key) in [
            ("零一萬物", "lingyiwanwu"),
            ("零一万物", "lingyiwanwu"),
            ("BOSS直聘", "bosszhipin"),
            ("360集团", "360jituan"),
            ("长江存储", "changjiangcunchu"),
            ("法国巴黎银行", "faguobaliyinhang"),
            ("绿洲资本", "luzhouziben"),
            ("曾鸣", "zengming"),
            ("成都", "chengdu"),
        ] {
            assert_eq!(pinyin_key(name).as_deref(), Some(key), "{name}");
        }
        assert_eq!(pinyin_key("Moonshot AI"), None);
        assert_eq!(pinyin_key(""), None);
    }

    #[test]
    fn queries_are_pinyin_in_letters_or_characters() {
        assert_eq!(pinyin_query("月之黯面").as_deref(), Some("yuezhianmian"));
        assert_eq!(pinyin_query("lvzhou").as_deref(), Some("luzhou"));
        assert_eq!(pinyin_query("glm4.5"), None);
        assert_eq!(pinyin_query("メタ"), None);
    }

    #[test]
    fn the_table_of_readings_is_needed() {
        for (at, (word, reading)) in READINGS.iter().enumerate() {
            let plain: String = word.to_pinyin().flatten().map(pinyin::Pinyin::plain).collect();
            let shadowed = READINGS.iter().take(at).any(|(earlier, _)| word.starts_with(earlier));
            assert!(
                plain != *reading
                    || READINGS.iter().skip(at).any(|(later, _)| *later != *word && word.ends_with(later)),
                "{word} is read {plain} anyway"
            );
            assert!(!shadowed, "{word} is never reached");
        }
    }
}
