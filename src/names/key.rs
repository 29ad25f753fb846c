//! The bytes of the name index: keys, ranks and what is read back from them.
//!
//! The index is one finite-state transducer, an ordered map from keys to numbers. There is one entry for each name of
//! each entity, and a second one for the sound of a Chinese name:
//!
//! | bytes | is |
//! |---|---|
//! | 1 | 0 for names, 1 for pinyin |
//! | any | the name's key ([`name_key`](super::name_key) or [`pinyin_key`](super::pinyin_key)), UTF-8 without NUL |
//! | 1 | 0, the end of the key; sorts before every longer key |
//! | 4 | the entity's number, big endian |
//! | 2 | the name's position among the names of the entity, big endian |
//!
//! The number is the rank, smaller is better: the length of the key in characters (shifted by 8 bits), the kind of name
//! (2 bits, shifted by 6), whether it was converted from another script (1 bit, shifted by 5), and in the low 5 bits how
//! often its words are spaced apart. A transducer keeps on every edge what all numbers behind it have in common, which
//! is their minimum; so the best names with a prefix are found by following the smallest sums, without a look at the
//! others.
//!
//! An entry says everything about one name, and entries of one index never depend on another. So two indexes are
//! merged by merging their sorted keys.

use crate::model::NameKind;

/// Which keys of the index are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyKind {
    /// Names as they are written, in normal form.
    Name,
    /// Chinese names as they sound.
    Pinyin,
}

impl KeyKind {
    pub(super) fn tag(self) -> u8 {
        match self {
            Self::Name => 0,
            Self::Pinyin => 1,
        }
    }
}

/// The byte behind a key. No key contains it, because controls are dropped from names.
pub(super) const END: u8 = 0;

/// One name of one entity, as the index knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Posting {
    /// The number of the entity, as given to [`IndexBuilder::add`](super::IndexBuilder::add).
    pub entity: u32,
    /// The position of the name among the names of the entity.
    pub name: u16,
    /// The part that the name plays.
    pub kind: NameKind,
    /// Whether the name was converted from another script instead of being seen.
    pub derived: bool,
    /// Whether the name itself was found, or its sound.
    pub key: KeyKind,
    /// The length of the key in characters, at most 65,535.
    pub length: u16,
    /// How often words that would run together are spaced apart in the name: 0 for "OpenAI", 1 for "Scale AI".
    pub breaks: u8,
}

impl Posting {
    /// What orders postings from good to less good: short before long, canonical before alias, legal and former, seen
    /// before converted, then by number.
    pub(super) fn order(&self) -> (u64, u32, u16) {
        (self.rank(), self.entity, self.name)
    }

    pub(super) fn rank(&self) -> u64 {
        u64::from(self.length) << 8
            | kind_number(self.kind) << 6
            | u64::from(self.derived) << 5
            | u64::from(self.breaks.min(MOST_BREAKS))
    }

    pub(super) fn read(key: KeyKind, entity: u32, name: u16, rank: u64) -> Self {
        Self {
            entity,
            name,
            kind: match rank >> 6 & 3 {
                0 => NameKind::Canonical,
                1 => NameKind::Alias,
                2 => NameKind::Legal,
                _ => NameKind::Former,
            },
            derived: rank >> 5 & 1 == 1,
            key,
            length: u16::try_from(rank >> 8).unwrap_or(u16::MAX),
            breaks: u8::try_from(rank & u64::from(MOST_BREAKS)).unwrap_or(MOST_BREAKS),
        }
    }

    /// The entity of an entry, given the entry's whole key.
    pub(super) fn entity_of(entry: &[u8]) -> Option<u32> {
        let start = entry.len().checked_sub(6)?;
        entry.get(start..start + 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_be_bytes)
    }

    /// The bytes of the whole entry's key, for the key text of this name.
    pub(super) fn entry(&self, key: &str) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(key.len() + 8);
        bytes.push(self.key.tag());
        bytes.extend(key.bytes());
        bytes.push(END);
        bytes.extend(self.entity.to_be_bytes());
        bytes.extend(self.name.to_be_bytes());
        bytes
    }
}

const MOST_BREAKS: u8 = 31;

fn kind_number(kind: NameKind) -> u64 {
    match kind {
        NameKind::Canonical => 0,
        NameKind::Alias => 1,
        NameKind::Legal => 2,
        NameKind::Former => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rank_is_read_back() {
        for kind in [NameKind::Canonical, NameKind::Alias, NameKind::Legal, NameKind::Former] {
            for (derived, length, breaks) in [(false, 0, 0), (true, 7, 3), (false, u16::MAX, 31)] {
                let posting = Posting { entity: 5, name: 2, kind, derived, key: KeyKind::Name, length, breaks };
                assert_eq!(Posting::read(KeyKind::Name, 5, 2, posting.rank()), posting);
            }
        }
    }

    #[test]
    fn entries_sort_by_key_before_entity() {
        let posting = |entity| Posting::read(KeyKind::Name, entity, 0, 0);
        let entries =
            [posting(9).entry("gpt"), posting(1).entry("gpt4"), posting(2).entry("gpt4"), posting(0).entry("gpt4o")];
        assert!(entries.is_sorted());
        assert_eq!(entries[1], b"\0gpt4\0\0\0\0\x01\0\0");
    }
}
