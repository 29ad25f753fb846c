//! The card of an entity: all that is known about it, with the sources numbered.

use std::collections::HashMap;

use super::Error;
use crate::model::{Cell, Column, Entity, Evidence, Fact, Language, Modality, Rows, Source, SourceId, vocabulary};
use crate::store::Snapshot;

/// A fact of a card, with the entity at its other end.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// The other entity.
    pub entity: Entity,
    /// The fact.
    pub fact: Fact,
}

/// The facts of one predicate, seen from one side.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The predicate.
    pub predicate: String,
    /// Whether the entity of the card is the subject.
    pub outgoing: bool,
    /// How the predicate reads from this side: `investors`, `founded by`.
    pub title: String,
    /// The facts, oldest first, undated last.
    pub facts: Vec<Related>,
}

/// All that is known about an entity.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// The entity, with its names and claims.
    pub entity: Entity,
    /// The language in which names are shown.
    pub language: Language,
    /// Its facts, in the order of the vocabulary.
    pub groups: Vec<Group>,
    /// The sources of everything on the card, in the order in which it names them.
    pub sources: Vec<Source>,
}

pub(super) fn card(snapshot: &Snapshot, number: u32, language: &Language) -> Result<Card, Error> {
    let entity = snapshot.entity(number)?;
    let adjacency = snapshot.adjacency(number)?;
    let mut groups: Vec<Group> = Vec::new();
    for (outgoing, edges) in [(true, adjacency.outgoing), (false, adjacency.incoming)] {
        for edge in edges {
            let predicate = snapshot.word(edge.predicate)?;
            let related = Related { entity: snapshot.entity(edge.neighbour)?, fact: snapshot.fact(edge.fact)? };
            match groups.iter_mut().find(|group| group.outgoing == outgoing && group.predicate == predicate) {
                Some(group) => group.facts.push(related),
                None => groups.push(Group {
                    predicate: predicate.to_owned(),
                    outgoing,
                    title: title(predicate, outgoing),
                    facts: vec![related],
                }),
            }
        }
    }
    for group in &mut groups {
        group.facts.sort_by_key(|one| (one.fact.date().is_none(), one.fact.date(), one.fact.id.clone()));
    }
    let place =
        |predicate: &str| vocabulary::PREDICATES.iter().position(|known| known.name == predicate).unwrap_or(usize::MAX);
    groups.sort_by(|a, b| {
        (place(&a.predicate), a.outgoing, &a.predicate).cmp(&(place(&b.predicate), b.outgoing, &b.predicate))
    });
    let sources = sources(snapshot, &entity, &groups)?;
    Ok(Card { entity, language: language.clone(), groups, sources })
}

/// How a predicate reads from one side.
pub(super) fn title(predicate: &str, outgoing: bool) -> String {
    match vocabulary::predicate(predicate) {
        Some(known) if outgoing => known.forward.to_owned(),
        Some(known) => known.backward.to_owned(),
        None if outgoing => predicate.to_owned(),
        None => format!("{predicate} (of)"),
    }
}

fn sources(snapshot: &Snapshot, entity: &Entity, groups: &[Group]) -> Result<Vec<Source>, Error> {
    let evidence = entity
        .names
        .iter()
        .flat_map(|name| &name.evidence)
        .chain(entity.claims.iter().flat_map(|claim| &claim.evidence))
        .chain(groups.iter().flat_map(|group| &group.facts).flat_map(|one| &one.fact.evidence));
    let mut sources: Vec<Source> = Vec::new();
    for one in evidence {
        if !sources.iter().any(|source| source.id == one.source)
            && let Some(source) = snapshot.source_by_id(&one.source)?
        {
            sources.push(source);
        }
    }
    Ok(sources)
}

impl Card {
    /// The numbers, from 1, under which the sources of some evidence stand at the end of the card.
    #[must_use]
    pub fn numbers(&self, evidence: &[Evidence]) -> Vec<usize> {
        let number = |id: &SourceId| self.sources.iter().position(|source| source.id == *id).map(|at| at + 1);
        let mut numbers: Vec<usize> = evidence.iter().filter_map(|one| number(&one.source)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// The keys that sources claim different values for.
    #[must_use]
    pub fn disputed(&self) -> Vec<&str> {
        let mut keys: Vec<&str> = Vec::new();
        for claim in &self.entity.claims {
            let differs = self.entity.claims.iter().any(|other| other.key == claim.key && other.value != claim.value);
            if differs && !keys.contains(&claim.key.as_str()) {
                keys.push(&claim.key);
            }
        }
        keys
    }

    /// The facts of a group as rows: the other entity, the properties that any of them has, and the sources by id.
    #[must_use]
    pub fn rows(&self, group: &Group) -> Rows {
        let mut keys: Vec<&str> = Vec::new();
        for one in &group.facts {
            for (key, _) in one.fact.properties.cells() {
                if !keys.contains(&key) && !HIDDEN.contains(&key) {
                    keys.push(key);
                }
            }
        }
        keys.sort_by_key(|key| FIRST.iter().position(|first| first == key).unwrap_or(usize::MAX));
        let modality = group.facts.iter().any(|one| one.fact.modality != Modality::Asserted);
        let mut columns: Vec<Column> = vec![group.title.as_str().into()];
        columns.extend(keys.iter().map(|&key| Column::from(key)));
        columns.extend(modality.then(|| Column::from("modality")));
        columns.push("sources".into());
        let row = |one: &Related| {
            let name = one.entity.name_in(&self.language).to_owned();
            let mut row = vec![Cell::Entity { id: one.entity.id.clone(), name }];
            let mut cells: HashMap<&str, Cell> = one.fact.properties.cells().collect();
            row.extend(keys.iter().map(|key| cells.remove(key).unwrap_or(Cell::Empty)));
            row.extend(modality.then(|| Cell::from(one.fact.modality)));
            row.push(Cell::sources(&one.fact.evidence));
            row
        };
        Rows { columns, rows: group.facts.iter().map(row).collect() }
    }
}

/// Properties that repeat what the rest of a card says.
const HIDDEN: &[&str] = &["round_id", "model_label", "from_label", "to_label"];
/// Properties that stand first, in this order.
const FIRST: &[&str] = &[
    "role", "round", "outcome", "date", "from", "to", "round_amount", "round_currency", "investor_amount",
    "investor_currency", "lead", "score", "metric", "rank", "scope", "claim",
];
