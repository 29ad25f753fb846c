//! Search by name, as a person types it.

use std::collections::HashSet;
use std::fmt;

use crate::model::NameKind;

use super::han::is_han;
use super::index::NameIndex;
use super::key::{KeyKind, Posting};
use super::normal::{Normal, name_key};
use super::pinyin::pinyin_query;

/// With so many better results, names that are only similar are of no use.
const ENOUGH: usize = 3;

/// Why a search found an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// A name is the query, in any script, width, case and spacing.
    Exact(NameKind),
    /// A name sounds like the query.
    Pinyin,
    /// A name begins with the query.
    Prefix,
    /// A name begins with the sound of the query.
    PinyinPrefix,
    /// A name contains the words of the query.
    Contains,
    /// A name differs from the query by a few typing errors, or sounds nearly like it.
    Similar {
        /// The number of typing errors.
        edits: u8,
    },
}

impl fmt::Display for Why {
    /// A few words for a column of a table, to be read as "found because ...".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(NameKind::Canonical) => f.write_str("is the name"),
            Self::Exact(NameKind::Alias) => f.write_str("is another name"),
            Self::Exact(NameKind::Legal) => f.write_str("is the registered name"),
            Self::Exact(NameKind::Former) => f.write_str("is a former name"),
            Self::Pinyin => f.write_str("sounds the same"),
            Self::Prefix => f.write_str("begins so"),
            Self::PinyinPrefix => f.write_str("begins with this sound"),
            Self::Contains => f.write_str("contains it"),
            Self::Similar { edits: 0 } => f.write_str("sounds similar"),
            Self::Similar { edits: 1 } => f.write_str("one typing error"),
            Self::Similar { edits } => write!(f, "{edits} typing errors"),
        }
    }
}

/// An entity that a search found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Match {
    /// The number of the entity.
    pub entity: u32,
    /// The position of the name that was found among the names of the entity.
    pub name: u16,
    /// Why it was found.
    pub why: Why,
}

/// What can be looked up in a name index, be it one or a stack of them.
pub trait Lookup {
    /// The names with exactly this key, best first.
    fn exact(&self, kind: KeyKind, key: &str) -> Vec<Posting>;

    /// The names whose key begins with `key`, the shortest first, at most `limit`.
    fn prefix(&self, kind: KeyKind, key: &str, limit: usize) -> Vec<Posting>;

    /// The names that contain the words of `query` in order, at most `limit`.
    fn containing(&self, query: &Normal, limit: usize) -> Vec<Posting>;

    /// The names that are like `normal` but for typing errors, with their number; at most `limit`.
    fn similar(&self, normal: &str, limit: usize) -> Vec<(Posting, u8)>;
}

impl<D: AsRef<[u8]>> Lookup for NameIndex<D> {
    fn exact(&self, kind: KeyKind, key: &str) -> Vec<Posting> {
        NameIndex::exact(self, kind, key)
    }

    fn prefix(&self, kind: KeyKind, key: &str, limit: usize) -> Vec<Posting> {
        NameIndex::prefix(self, kind, key).take(limit).collect()
    }

    fn containing(&self, query: &Normal, limit: usize) -> Vec<Posting> {
        NameIndex::containing(self, query, limit)
    }

    fn similar(&self, normal: &str, limit: usize) -> Vec<(Posting, u8)> {
        NameIndex::similar(self, normal, limit)
    }
}

/// Finds the entities that a person may mean by `query`, best first, each once with its best reason.
///
/// Names that are the query come first (canonical before alias, legal and former), then those that sound the same, begin
/// so, begin with this sound, contain its words, and, when the query is no name and there are fewer than three better
/// results, names with typing errors. For a Chinese query, names that begin so come before those that sound the same. The order depends on
/// nothing but the index and the query.
///
/// # Examples
/// ```
/// # use ailand::model::{Language, Name, NameKind};
/// # use ailand::names::{IndexBuilder, NameIndex, Why, search};
/// # let mut builder = IndexBuilder::new();
/// # for (entity, text) in [(0, "月之暗面"), (1, "Moonshot"), (2, "红杉资本")] {
/// #     let (language, kind) = (Language::English, NameKind::Canonical);
/// #     builder.add(entity, 0, &Name { text: text.into(), language, kind, derived: false, evidence: vec![] });
/// # }
/// # let index = NameIndex::open(builder.finish()?)?;
/// assert_eq!(search(&index, "yue zhi an mian", 10)[0].why, Why::Pinyin);
/// assert_eq!(search(&index, "紅杉", 10)[0].why, Why::Prefix);
/// assert_eq!(search(&index, "moonshoot", 10)[0].why, Why::Similar { edits: 1 });
/// # Ok::<(), ailand::names::NamesError>(())
/// ```
#[must_use]
pub fn search(index: &impl Lookup, query: &str, limit: usize) -> Vec<Match> {
    let key = name_key(query);
    if key.is_empty() {
        return Vec::new();
    }
    let sound = pinyin_query(&key);
    let is_chinese = key.chars().any(is_han);
    let several = key.chars().nth(1).is_some();
    let mut results = Results { matches: Vec::new(), seen: HashSet::new(), limit };

    results.extend(index.exact(KeyKind::Name, &key), |posting| Why::Exact(posting.kind));
    // Who types letters may mean the sound; who types characters rather means these.
    if is_chinese {
        results.extend(index.prefix(KeyKind::Name, &key, limit.saturating_mul(4)), |_| Why::Prefix);
    }
    if let Some(sound) = &sound {
        results.extend(index.exact(KeyKind::Pinyin, sound), |_| Why::Pinyin);
        results.extend(index.exact(KeyKind::Name, sound), |_| Why::Pinyin);
    }
    if !is_chinese {
        results.extend(index.prefix(KeyKind::Name, &key, limit.saturating_mul(4)), |_| Why::Prefix);
    }
    // The sound of a few Chinese characters begins too many names to be of use beside names that begin with them.
    if let Some(sound) = sound.as_ref().filter(|_| several && (!is_chinese || results.matches.is_empty())) {
        results.extend(index.prefix(KeyKind::Pinyin, sound, limit.saturating_mul(4)), |_| Why::PinyinPrefix);
    }
    let query = Normal::new(query);
    // Several names of one entity may contain the words; with room for that the list is still full.
    results.extend(index.containing(&query, limit.saturating_mul(4)), |_| Why::Contains);
    let is_name = results.matches.first().is_some_and(|first| matches!(first.why, Why::Exact(_)));
    if !is_name && results.matches.len() < ENOUGH {
        for (posting, edits) in index.similar(&key, limit) {
            results.extend([posting], |_| Why::Similar { edits });
        }
    }
    results.matches
}

/// The results so far.
struct Results {
    matches: Vec<Match>,
    seen: HashSet<u32>,
    limit: usize,
}

impl Results {
    /// Takes the entities that are new, until the limit is reached.
    fn extend(&mut self, postings: impl IntoIterator<Item = Posting>, why: impl Fn(&Posting) -> Why) {
        let mut postings = postings.into_iter();
        while self.matches.len() < self.limit {
            let Some(posting) = postings.next() else { return };
            if self.seen.insert(posting.entity) {
                self.matches.push(Match { entity: posting.entity, name: posting.name, why: why(&posting) });
            }
        }
    }
}
