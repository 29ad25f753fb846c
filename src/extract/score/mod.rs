//! How well an extraction agrees with a key that people wrote.
//!
//! A key is JSON Lines. A fact is `{"subject", "predicate", "object", "props", "evidence", "start", "end", "tier"}`; those
//! of the tier `core` must be found, all others count neither way. A forbidden fact has the same form without a tier and
//! stands in a file of its own. An entity is `{"name", "label", "surfaces", ...}`; its surfaces are one name.

mod key;

use std::collections::BTreeMap;

pub use key::{Key, KeyEntity, KeyError, KeyFact};

use super::Extraction;

/// Found, expected and right, of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Facts of the key that were found.
    pub right: usize,
    /// Facts that were found and do not stand in the key.
    pub wrong: usize,
    /// Facts of the key that were not found.
    pub missed: usize,
}

impl Count {
    /// The share of what was found that is right; 1 when nothing was found.
    #[must_use]
    pub fn precision(self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    /// The share of the key that was found; 1 when the key is empty.
    #[must_use]
    pub fn recall(self) -> f64 {
        share(self.right, self.right + self.missed)
    }

    /// The harmonic mean of precision and recall.
    #[must_use]
    pub fn f1(self) -> f64 {
        share(2 * self.right, 2 * self.right + self.wrong + self.missed)
    }
}

#[allow(clippy::cast_precision_loss)] // counts of facts
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// How an extraction did.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Score {
    /// By predicate.
    pub predicates: BTreeMap<String, Count>,
    /// All predicates together.
    pub all: Count,
    /// Attributes of the facts that are right: how many the key has, and how many of them agree.
    pub attributes: (usize, usize),
    /// Of the facts that are right and have a span in the key: how many, and how many of ours overlap it.
    pub spans: (usize, usize),
    /// Forbidden facts that were found, in words.
    pub forbidden: Vec<String>,
    /// Facts that are wrong, missed or have a wrong attribute, in words: what to look at.
    pub errors: Vec<String>,
}

impl Score {
    /// The share of attributes that agree; 1 when the key has none.
    #[must_use]
    pub fn attribute_accuracy(&self) -> f64 {
        share(self.attributes.1, self.attributes.0)
    }

    /// The share of spans that overlap the key's; 1 when the key has none.
    #[must_use]
    pub fn span_overlap(&self) -> f64 {
        share(self.spans.1, self.spans.0)
    }

    /// Adds the figures of another document.
    pub fn add(&mut self, other: Self) {
        let _ = other;
    }
}

/// Compares an extraction with a key.
#[must_use]
pub fn score(extraction: &Extraction, key: &Key) -> Score {
    let _ = (extraction, key);
    Score::default()
}
