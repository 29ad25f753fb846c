//! What a database holds, counted.

use std::collections::BTreeMap;

use super::Error;
use crate::model::Reliability;
use crate::store::{Counts, Snapshot};

/// How much a database holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stats {
    /// How many entities, facts and sources there are.
    pub counts: Counts,
    /// How many entities carry each label; an entity with several is counted under each.
    pub labels: BTreeMap<String, u64>,
    /// How many facts have each predicate.
    pub predicates: BTreeMap<String, u64>,
    /// How many sources have each reliability.
    pub reliabilities: BTreeMap<Reliability, u64>,
    /// The number of the newest commit.
    pub generation: u64,
    /// The version of the format on disk.
    pub format: u32,
    /// How many bytes the database takes on disk; 0 in memory.
    pub bytes: u64,
}

/// Counts the records of a generation; one pass over its entities and sources.
pub(super) fn stats(snapshot: &Snapshot, bytes: u64) -> Result<Stats, Error> {
    let counts = snapshot.counts();
    let mut labels: BTreeMap<String, u64> = BTreeMap::new();
    let mut predicates: BTreeMap<String, u64> = BTreeMap::new();
    let mut reliabilities: BTreeMap<Reliability, u64> = BTreeMap::new();
    for number in snapshot.entity_numbers() {
        let number = number?;
        for label in snapshot.entity(number)?.labels {
            *labels.entry(label).or_default() += 1;
        }
        for edge in snapshot.adjacency(number)?.outgoing {
            *predicates.entry(snapshot.word(edge.predicate)?.to_owned()).or_default() += 1;
        }
    }
    for source in snapshot.sources() {
        *reliabilities.entry(source?.reliability).or_default() += 1;
    }
    let (generation, format) = (snapshot.generation(), snapshot.format());
    Ok(Stats { counts, labels, predicates, reliabilities, generation, format, bytes })
}
