//! How well an extraction agrees with a key that people wrote.
//!
//! A key is JSON Lines. A fact is `{"subject", "predicate", "object", "props", "evidence", "start", "end", "tier"}`; those
//! of the tier `core` must be found, all others count neither way. A forbidden fact has the same form without a tier and
//! stands in a file of its own. An entity is `{"name", "label", "surfaces", ...}`; its surfaces are one name.

mod compare;
mod key;

use std::collections::BTreeMap;

pub use key::{Key, KeyEntity, KeyError, KeyFact};

use compare::Spellings;

use super::{CandidateFact, Extraction};
use crate::model::Modality;

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
    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }

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
        for (predicate, count) in other.predicates {
            self.predicates.entry(predicate).or_default().add(count);
        }
        self.all.add(other.all);
        self.attributes = (self.attributes.0 + other.attributes.0, self.attributes.1 + other.attributes.1);
        self.spans = (self.spans.0 + other.spans.0, self.spans.1 + other.spans.1);
        self.forbidden.extend(other.forbidden);
        self.errors.extend(other.errors);
    }
}

/// Compares an extraction with a key.
///
/// Two facts are the same when subject, predicate and object are; names are compared by their normal form, through the
/// spellings that the extraction and the key list. Of several facts about the same two entities (two rounds), those
/// that share most attributes are put together. A denied fact counts only where the key has it as denied.
#[must_use]
pub fn score(extraction: &Extraction, key: &Key) -> Score {
    let spellings = Spellings::of(key);
    let mut score = Score::default();
    let mut partner: Vec<Option<usize>> = vec![None; extraction.facts.len()];
    let mut taken: Vec<bool> = vec![false; key.facts.len()];
    // The best pairs first: most attributes in common, core before the rest, a span that overlaps, then in order.
    let mut pairs = Vec::new();
    for (k, wanted) in key.facts.iter().enumerate() {
        for (f, fact) in extraction.facts.iter().enumerate() {
            if spellings.same(extraction, fact, wanted) {
                let (count, wrong) = spellings.attributes(extraction, fact, wanted);
                pairs.push((wrong.len(), !wanted.is_core(), !overlaps(fact, wanted), usize::MAX - count, k, f));
            }
        }
    }
    pairs.sort_unstable();
    for (.., k, f) in pairs {
        let (Some(slot), Some(used)) = (partner.get_mut(f), taken.get_mut(k)) else { continue };
        if slot.is_none() && !*used {
            *slot = Some(k);
            *used = true;
        }
    }
    for (fact, partner) in extraction.facts.iter().zip(&partner) {
        let count = score.predicates.entry(fact.predicate.to_owned()).or_default();
        match partner.and_then(|k| key.facts.get(k)) {
            Some(wanted) if wanted.is_core() => {
                count.right += 1;
                let (attributes, wrong) = spellings.attributes(extraction, fact, wanted);
                score.attributes.0 += attributes;
                score.attributes.1 += attributes - wrong.len();
                if !wrong.is_empty() {
                    score.errors.push(format!("{}: {}", words(extraction, fact), wrong.join("; ")));
                }
                if wanted.start.is_some() && wanted.end.is_some() {
                    score.spans.0 += 1;
                    score.spans.1 += usize::from(overlaps(fact, wanted));
                }
            }
            Some(_) => {}
            // What the key has in any tier is not wrong when it is said once more.
            None if key.facts.iter().any(|wanted| !wanted.is_core() && spellings.same(extraction, fact, wanted)) => {}
            None => {
                count.wrong += 1;
                score.errors.push(format!("wrong: {} [{}] {:?}", words(extraction, fact), fact.rule, fact.quote));
            }
        }
    }
    for (wanted, taken) in key.facts.iter().zip(&taken) {
        if wanted.is_core() && !taken {
            score.predicates.entry(wanted.predicate.clone()).or_default().missed += 1;
            let object = wanted.object.as_deref().unwrap_or("");
            let evidence = wanted.evidence.as_deref().unwrap_or_default();
            score.errors.push(format!("missed: {} {} {object} {evidence:?}", wanted.subject, wanted.predicate));
        }
    }
    for count in score.predicates.values() {
        score.all.add(*count);
    }
    for fact in &extraction.facts {
        let asserted = !matches!(fact.modality, Modality::Denied);
        if asserted
            && key.forbidden.iter().any(|wanted| {
                spellings.same(extraction, fact, wanted) && is_forbidden(&spellings, extraction, fact, wanted)
            })
        {
            score.forbidden.push(format!("{} [{}] {:?}", words(extraction, fact), fact.rule, fact.quote));
        }
    }
    score
}

/// Whether a fact has everything that a forbidden fact names: without properties, the relation alone is forbidden.
fn is_forbidden(spellings: &Spellings, extraction: &Extraction, fact: &CandidateFact, wanted: &KeyFact) -> bool {
    spellings.attributes(extraction, fact, wanted).1.is_empty()
}

fn overlaps(fact: &CandidateFact, wanted: &KeyFact) -> bool {
    wanted.start.zip(wanted.end).is_some_and(|(start, end)| fact.span.start < end && start < fact.span.end)
}

/// A fact in words.
fn words(extraction: &Extraction, fact: &CandidateFact) -> String {
    let name = |entity: usize| extraction.entities.get(entity).map_or("?", |entity| entity.name.as_str());
    let properties: Vec<String> = fact.properties.iter().map(|(key, value)| format!("{key}={value}")).collect();
    let object = fact.object.map(name).unwrap_or_default();
    format!("{} {} {object} {{{}}}", name(fact.subject), fact.predicate, properties.join(", "))
}

#[cfg(test)]
mod tests;
