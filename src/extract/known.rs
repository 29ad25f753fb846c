//! The names that a database already knows, as extraction sees them.

use std::fmt;

use crate::names::{KeyKind, Lookup, Names, Normal};

use super::Kind;

/// A place where a known name stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownMatch {
    /// Where it begins, in bytes of the normal form of the text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Whose name it is, best first: the number of the entity, and what the entity is.
    pub entities: Vec<(u32, Kind)>,
}

/// Names that were known before the document was read.
///
/// They help to find where a name ends, and what it names. They are no authority: a name that is not known is found all
/// the same when the text says what it is.
pub trait KnownNames {
    /// The names that begin at byte `at` of a normal form and end at a boundary, the longest first.
    fn starting_at(&self, text: &Normal, at: usize) -> Vec<KnownMatch>;

    /// Whether a name may begin with these characters of a normal form; `true` when that is not known.
    ///
    /// It is asked once for each beginning of two characters, and spares [`KnownNames::starting_at`] for most places.
    fn may_begin_with(&self, beginning: &str) -> bool {
        let _ = beginning;
        true
    }

    /// Whether there is no name at all, so that looking is a waste of time.
    fn is_empty(&self) -> bool {
        false
    }
}

/// No names: everything is found by the text alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoNames;

impl KnownNames for NoNames {
    fn starting_at(&self, _: &Normal, _: usize) -> Vec<KnownMatch> {
        Vec::new()
    }

    fn is_empty(&self) -> bool {
        true
    }
}

/// The names of a database: its name index, and a function that tells what an entity is.
pub struct IndexedNames<'n, F> {
    names: &'n Names,
    kind: F,
}

impl<'n, F: Fn(u32) -> Option<Kind>> IndexedNames<'n, F> {
    /// Names of `names`; those of entities that `kind` has no answer for are left out.
    ///
    /// `kind` is asked often, so it should be a look-up in memory.
    pub fn new(names: &'n Names, kind: F) -> Self {
        Self { names, kind }
    }
}

impl<F> fmt::Debug for IndexedNames<'_, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IndexedNames").field("names", self.names).finish_non_exhaustive()
    }
}

impl<F: Fn(u32) -> Option<Kind>> KnownNames for IndexedNames<'_, F> {
    fn may_begin_with(&self, beginning: &str) -> bool {
        !self.names.prefix(KeyKind::Name, beginning, 1).is_empty()
    }

    fn starting_at(&self, text: &Normal, at: usize) -> Vec<KnownMatch> {
        self.names
            .matches_at(text, at)
            .into_iter()
            .filter_map(|found| {
                let mut entities: Vec<(u32, Kind)> = Vec::with_capacity(found.postings.len());
                for posting in &found.postings {
                    // "an open AI model" is hardly about OpenAI.
                    if found.breaks <= posting.breaks
                        && entities.iter().all(|(entity, _)| *entity != posting.entity)
                        && let Some(kind) = (self.kind)(posting.entity)
                    {
                        entities.push((posting.entity, kind));
                    }
                }
                (!entities.is_empty()).then_some(KnownMatch { start: found.start, end: found.end, entities })
            })
            .collect()
    }
}
