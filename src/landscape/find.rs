//! Entities by name or id, as a person types it.

use std::collections::BTreeSet;
use std::fmt;

use super::{Error, number_of_id, words};
use crate::model::{Entity, vocabulary};
use crate::names::{self, Why};
use crate::store::Snapshot;

/// An entity that a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The entity.
    pub entity: Entity,
    /// The name that was found, or the id.
    pub name: String,
    /// Why it was found.
    pub why: Reason,
}

/// Why a search found an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// What was searched for is its id.
    Id,
    /// What was searched for is like one of its names.
    Name(Why),
}

impl fmt::Display for Reason {
    /// A few words for a column of a table, as those of [`Why`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id => f.write_str("is the id"),
            Self::Name(why) => why.fmt(f),
        }
    }
}

pub(super) fn find(snapshot: &Snapshot, text: &str, label: Option<&str>, limit: usize) -> Result<Vec<Found>, Error> {
    let label = label.map(|label| known_label(snapshot, label)).transpose()?;
    let fits = |entity: &Entity| label.as_ref().is_none_or(|label| entity.has_label(label));
    let mut found = Vec::new();
    let by_id = number_of_id(snapshot, text)?;
    if let Some(number) = by_id {
        let entity = snapshot.entity(number)?;
        if fits(&entity) {
            found.push(Found { entity, name: text.to_owned(), why: Reason::Id });
        }
    }
    // How many of the names belong to entities with the label is not known before they are read: search them all.
    let most = if label.is_some() { usize::try_from(snapshot.counts().entities).unwrap_or(usize::MAX) } else { limit };
    for one in names::search(snapshot.names()?, text, most) {
        if found.len() >= limit {
            break;
        }
        if Some(one.entity) == by_id {
            continue;
        }
        let entity = snapshot.entity(one.entity)?;
        if fits(&entity) {
            let name = entity.names.get(usize::from(one.name)).map(|name| name.text.clone()).unwrap_or_default();
            found.push(Found { entity, name, why: Reason::Name(one.why) });
        }
    }
    found.truncate(limit);
    Ok(found)
}

/// The label as the vocabulary or the database spells it.
fn known_label(snapshot: &Snapshot, label: &str) -> Result<String, Error> {
    let listed = vocabulary::LABELS.iter().copied();
    if let Some(known) = words::find(listed.clone(), label) {
        return Ok(known.to_owned());
    }
    let mut used = BTreeSet::new();
    for entity in snapshot.entities() {
        used.extend(entity?.labels);
    }
    let known: BTreeSet<&str> = listed.chain(used.iter().map(String::as_str)).collect();
    match words::find(known.iter().copied(), label) {
        Some(known) => Ok(known.to_owned()),
        None => Err(words::unknown("label", label, &known)),
    }
}
