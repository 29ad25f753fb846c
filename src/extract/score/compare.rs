//! Comparing one fact with one of the key.

use std::collections::HashMap;

use serde_json::Value as Json;

use crate::model::Value;
use crate::names::normal_form;

use super::super::{CandidateFact, Extraction};
use super::key::{Key, KeyFact};

/// Names that are one, as the key says: normal form of a spelling -> normal form of the name.
pub(super) struct Spellings {
    names: HashMap<String, String>,
}

impl Spellings {
    pub(super) fn of(key: &Key) -> Self {
        let mut names = HashMap::new();
        for entity in &key.entities {
            for surface in &entity.surfaces {
                names.entry(normal_form(surface)).or_insert_with(|| normal_form(&entity.name));
            }
        }
        // A name that stands for itself is not led away by another entity's spelling.
        for entity in &key.entities {
            let name = normal_form(&entity.name);
            names.insert(name.clone(), name);
        }
        Self { names }
    }

    fn name(&self, spelling: &str) -> String {
        let normal = normal_form(spelling);
        self.names.get(&normal).cloned().unwrap_or(normal)
    }

    /// Whether an entity of the extraction carries the name that the key uses.
    pub(super) fn meets(&self, extraction: &Extraction, entity: usize, name: &str) -> bool {
        let Some(entity) = extraction.entities.get(entity) else { return false };
        let wanted = self.name(name);
        std::iter::once(&entity.name).chain(&entity.surfaces).any(|surface| self.name(surface) == wanted)
    }

    /// Whether a fact is about what the key's fact is about: subject, predicate and object.
    pub(super) fn same(&self, extraction: &Extraction, fact: &CandidateFact, key: &KeyFact) -> bool {
        fact.predicate == key.predicate
            && self.meets(extraction, fact.subject, &key.subject)
            && match (&key.object, fact.object) {
                (Some(name), Some(object)) => self.meets(extraction, object, name),
                (None, None) => true,
                _ => false,
            }
    }

    /// How many attributes the key has, and which of them disagree.
    pub(super) fn attributes(
        &self,
        extraction: &Extraction,
        fact: &CandidateFact,
        key: &KeyFact,
    ) -> (usize, Vec<String>) {
        let mut count = 0;
        let mut wrong = Vec::new();
        for (name, wanted) in &key.props {
            count += 1;
            let agrees = if name == "claimed_by" || name == "asserted_by" {
                let by = wanted.as_str().unwrap_or_default();
                fact.asserted_by.is_some_and(|entity| self.meets(extraction, entity, by))
            } else {
                fact.properties.get(name).is_some_and(|found| agrees(name, found, wanted))
            };
            if !agrees {
                let found = fact.properties.get(name).map_or_else(|| "nothing".to_owned(), ToString::to_string);
                wrong.push(format!("{name} is {found}, should be {wanted}"));
            }
        }
        if let Some(modality) = &key.modality {
            count += 1;
            if fact.modality.word() != modality {
                wrong.push(format!("modality is {}, should be {modality}", fact.modality.word()));
            }
        }
        (count, wrong)
    }
}

fn agrees(name: &str, found: &Value, wanted: &Json) -> bool {
    match (found, wanted) {
        (Value::Bool(found), Json::Bool(wanted)) => found == wanted,
        (Value::Int(_) | Value::Float(_), Json::Number(wanted)) => {
            found.as_number().zip(wanted.as_f64()).is_some_and(|(a, b)| (a - b).abs() <= 1e-9 * b.abs().max(1.0))
        }
        (found, Json::String(wanted)) => {
            let found = found.to_string();
            if matches!(name, "series" | "round") {
                return round_form(&found) == round_form(wanted);
            }
            let (found, wanted) = (normal_form(&found), normal_form(wanted));
            // The same words, but for an article or a word that leads into them.
            found == wanted
        }
        _ => false,
    }
}

/// A round in one form: `Series A`, `A轮` and `A` are one, as are 天使轮 and Angel.
fn round_form(round: &str) -> String {
    let normal = normal_form(round);
    let bare = normal.strip_prefix("series").unwrap_or(&normal);
    let bare = ["轮融资", "融资", "轮", "round"].iter().find_map(|tail| bare.strip_suffix(tail)).unwrap_or(bare);
    match bare {
        "天使" => "angel".to_owned(),
        "种子" => "seed".to_owned(),
        "战略" | "战略投资" => "strategic".to_owned(),
        other => other.to_owned(),
    }
}
