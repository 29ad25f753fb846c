//! Identifiers of what articles bring: made of names and of content, so that the same article always makes the same.

use std::fmt::Write;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::model::{EntityId, Fact, FactId, ModelError, SourceId};
use crate::names::{is_han, normal_form, pinyin_key, simplified};

/// No slug is longer, in bytes. What was cut off is told apart by a few digits of a hash.
const LONGEST: usize = 80;
/// How many hexadecimal digits tell apart what has no letters.
const SHORT: usize = 8;
/// How many hexadecimal digits name a fact: 64 bits.
const LONG: usize = 16;

/// The first `digits` hexadecimal digits of the SHA-256 of a text.
pub(super) fn digest(text: &str, digits: usize) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        // Writing to a String does not fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex.truncate(digits);
    hex
}

/// The hash of a text, as sources keep it.
pub(super) fn content_hash(text: &str) -> String {
    format!("sha256:{}", digest(text, 64))
}

/// A name in small ASCII letters, digits and hyphens; Chinese by its sound, one syllable for a character.
///
/// Both scripts give one slug. A name that has other letters, or too many, gets digits of a hash, so that no two names
/// share a slug because their letters were lost.
pub(super) fn slug(name: &str) -> String {
    let mut slug = String::new();
    let mut lost = false;
    let mut push = |text: &str, apart: bool| {
        if (apart || text.is_empty()) && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        slug.push_str(text);
    };
    let mut after_han = false;
    for c in name.nfkc() {
        if is_han(c) {
            match pinyin_key(&simplified(c).to_string()).filter(|sound| sound.bytes().all(|b| b.is_ascii_lowercase())) {
                Some(sound) => push(&sound, true),
                None => lost = true,
            }
            after_han = true;
            continue;
        }
        // An accent comes apart from its letter, and is left out.
        for part in c.nfd().filter(|part| !unicode_normalization::char::is_combining_mark(*part)) {
            match part {
                '.' | '+' => push(part.encode_utf8(&mut [0; 4]), false),
                '0'..='9' | 'a'..='z' => push(part.encode_utf8(&mut [0; 4]), after_han),
                'A'..='Z' => push(part.to_ascii_lowercase().encode_utf8(&mut [0; 4]), after_han),
                other if other.is_alphabetic() => lost = true,
                _ => push("", true),
            }
            after_han = false;
        }
    }
    let plain = slug.trim_matches(['-', '.']);
    if lost || plain.is_empty() || plain.len() > LONGEST {
        // All of it is ASCII, so any place is the end of a character.
        let kept = plain.get(..plain.len().min(LONGEST)).unwrap_or_default().trim_matches(['-', '.']);
        let hash = digest(&normal_form(name), SHORT);
        return if kept.is_empty() { format!("x{hash}") } else { format!("{kept}-{hash}") };
    }
    plain.to_owned()
}

/// The id of an entity of that kind and slug: the plain one, or with a number from 2 behind it.
pub(super) fn entity_id(kind: &str, slug: &str, number: u32) -> Result<EntityId, ModelError> {
    match number {
        0 | 1 => EntityId::new(format!("{kind}:{slug}")),
        more => EntityId::new(format!("{kind}:{slug}-{more}")),
    }
}

/// The id of an article: what it is called, and digits of its content when it came first.
pub(super) fn source_id(stem: &str, text: &str) -> Result<SourceId, ModelError> {
    SourceId::new(format!("{}-{}", source_stem(stem), digest(text, SHORT)))
}

/// What the ids of all articles of that file name begin with, apart from the hyphen.
pub(super) fn source_stem(stem: &str) -> String {
    format!("article:{}", slug(stem))
}

/// The id of a fact that an article brings, of all that makes it another fact than its parallels.
pub(super) fn fact_id(fact: &Fact, source: &SourceId) -> Result<FactId, ModelError> {
    let mut content =
        format!("{source}\n{}\n{}\n{}\n{}", fact.subject, fact.predicate, fact.object, fact.modality.word());
    for (key, value) in fact.properties.iter() {
        let _ = write!(content, "\n{key}={value}");
    }
    FactId::new(format!("a:{}", digest(&content, LONG)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn slugs_are_readable_and_the_same_in_both_scripts() {
        for (name, expected) in [
            ("Moonshot AI", "moonshot-ai"),
            ("月之暗面", "yue-zhi-an-mian"),
            ("零一萬物", "ling-yi-wan-wu"),
            ("零一万物", "ling-yi-wan-wu"),
            ("智譜AI", "zhi-pu-ai"),
            ("iKala愛卡拉", "ikala-ai-ka-la"),
            ("GPT-4 Turbo", "gpt-4-turbo"),
            ("Qwen2.5-7B", "qwen2.5-7b"),
            ("Nabla, Inc.", "nabla-inc"),
            ("Aoife Ní Bhriain", "aoife-ni-bhriain"),
            ("Ｆｕｌｌ　ｗｉｄｔｈ", "full-width"),
            ("天使+", "tian-shi+"),
        ] {
            assert_eq!(slug(name), expected, "{name}");
        }
        assert_ne!(slug("GPT-4"), slug("GPT-4 Turbo"));
        assert_ne!(slug("阿里"), slug("阿里雲"));
        assert_ne!(slug("Яндекс"), slug("Сбер"));
    }

    proptest! {
        #[test]
        fn every_name_makes_an_id(name in ".{0,120}") {
            let slug = slug(&name);
            prop_assert!(entity_id("startup", &slug, 1).is_ok(), "{}", slug);
            prop_assert!(entity_id("startup", &slug, 12).is_ok());
            prop_assert!(source_id(&name, "text").is_ok());
        }
    }
}
