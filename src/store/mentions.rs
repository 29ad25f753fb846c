//! Who mentions an entity without being one of its facts: evidence that names it as the party who says so.
//!
//! Only entities that are mentioned so have a row. It tells whether an entity can be retracted without looking at every
//! record.

use serde::{Deserialize, Serialize};

use super::page::PageKind;
use super::row::{EntityRow, EvidenceRow, FactRow, Number};

/// The records that mention one entity, by number, ascending.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MentionRow {
    facts: Vec<Number>,
    entities: Vec<Number>,
}

impl MentionRow {
    pub(crate) fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.entities.is_empty()
    }

    /// Every record that mentions the entity.
    pub(crate) fn all(&self) -> impl Iterator<Item = (PageKind, Number)> + '_ {
        let facts = self.facts.iter().map(|&number| (PageKind::Facts, number));
        facts.chain(self.entities.iter().map(|&number| (PageKind::Entities, number)))
    }

    pub(crate) fn insert(&mut self, kind: PageKind, number: Number) {
        let list = self.list(kind);
        if let Err(place) = list.binary_search(&number) {
            list.insert(place, number);
        }
    }

    pub(crate) fn remove(&mut self, kind: PageKind, number: Number) {
        let list = self.list(kind);
        if let Ok(place) = list.binary_search(&number) {
            list.remove(place);
        }
    }

    fn list(&mut self, kind: PageKind) -> &mut Vec<Number> {
        if kind == PageKind::Entities { &mut self.entities } else { &mut self.facts }
    }
}

/// The entities that the evidence of a fact mentions.
pub(crate) fn of_fact(row: &FactRow) -> Vec<Number> {
    distinct(row.evidence.iter())
}

/// The entities that the evidence of an entity's names and claims mentions.
pub(crate) fn of_entity(row: &EntityRow) -> Vec<Number> {
    let names = row.names.iter().flat_map(|name| &name.evidence);
    distinct(names.chain(row.claims.iter().flat_map(|claim| &claim.evidence)))
}

fn distinct<'a>(evidence: impl Iterator<Item = &'a EvidenceRow>) -> Vec<Number> {
    let mut numbers: Vec<Number> = evidence.filter_map(|one| one.asserted_by).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}
