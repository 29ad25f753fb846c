//! Looking at every page of a database and saying what is wrong.

use std::collections::BTreeMap;

use super::mentions::{self, MentionRow};
use super::page::PageKind;
use super::retracted::RetractedRow;
use super::row::EdgeRow;
use super::snapshot::Snapshot;
use super::{StoreError, codec};

/// What `verify` found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verification {
    /// How many pages were read.
    pub pages: usize,
    /// How many rows were decoded.
    pub rows: usize,
    /// What is wrong, one line each: where, and what. Empty for a sound database.
    pub damage: Vec<String>,
}

/// Reads every page and row of a snapshot and checks that they fit together.
///
/// Beyond checksums: every row decodes, every fact stands in the adjacency of both of its ends and nothing else does,
/// every id and every name is found by its index, and no page is missing or left over.
pub(crate) fn verify(snapshot: &Snapshot) -> Verification {
    let mut found = Verification::default();
    let intact = check_pages(snapshot, &mut found);
    check_entities(snapshot, &mut found);
    check_facts(snapshot, &mut found);
    check_sources(snapshot, &mut found);
    check_mentions(snapshot, &mut found);
    check_history(snapshot, &mut found);
    if intact {
        check_left_over(snapshot, &mut found);
    }
    found.damage.dedup();
    found
}

impl Verification {
    fn note<T>(&mut self, result: Result<T, StoreError>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                let line = match error {
                    StoreError::Damaged { place, what } => format!("{place}: {what}"),
                    other => other.to_string(),
                };
                if !self.damage.contains(&line) {
                    self.damage.push(line);
                }
                None
            }
        }
    }

    fn expect(&mut self, sound: bool, place: impl FnOnce() -> String, what: &str) {
        if !sound {
            let _: Option<()> = self.note(Err(StoreError::damaged(place(), what)));
        }
    }
}

fn check_pages(snapshot: &Snapshot, found: &mut Verification) -> bool {
    let Some(keys) = found.note(snapshot.pages().keys()) else { return false };
    for key in keys {
        // Reading a page checks its frame.
        if let Some(Some(page)) = found.note(snapshot.pages().get(key)) {
            found.pages += 1;
            let in_time = page.generation <= snapshot.generation() || snapshot.catalog().is_beyond(key);
            found.expect(in_time, || key.to_string(), "it is of a later commit than the catalog");
        }
    }
    found.damage.is_empty()
}

fn check_entities(snapshot: &Snapshot, found: &mut Verification) {
    let names = found.note(snapshot.names().map(|_| ())).is_some();
    for number in records(snapshot, PageKind::Entities, found) {
        let Some(entity) = found.note(snapshot.entity(number)) else { continue };
        found.rows += 1;
        let place = || format!("entity {number} ({})", entity.id);
        let indexed = found.note(snapshot.entity_number(&entity.id));
        found.expect(indexed == Some(Some(number)), place, "the id index does not lead to it");
        if !names {
            continue;
        }
        for name in &entity.names {
            let Some(index) = found.note(snapshot.names()) else { break };
            let leads = index.named(&name.text).iter().any(|posting| posting.entity == number);
            found.expect(leads, place, "the name index does not lead to one of its names");
        }
    }
}

fn check_facts(snapshot: &Snapshot, found: &mut Verification) {
    let counts = snapshot.counts();
    let mut edges = 0u64;
    for number in 0..snapshot.entity_bound() {
        let Some(row) = found.note(snapshot.adjacency_row(number)) else { continue };
        found.rows += 1;
        edges += (row.outgoing.len() + row.incoming.len()) as u64;
        found.expect(
            row.outgoing.is_sorted() && row.incoming.is_sorted(),
            || format!("facts of entity {number}"),
            "they are out of order",
        );
    }
    for number in records(snapshot, PageKind::Facts, found) {
        let (Some(row), Some(fact)) = (found.note(snapshot.fact_row(number)), found.note(snapshot.fact(number))) else {
            continue;
        };
        found.rows += 1;
        let place = || format!("fact {number} ({})", row.id);
        let indexed = found.note(snapshot.fact_number(&fact.id));
        found.expect(indexed == Some(Some(number)), place, "the id index does not lead to it");
        found.expect(!row.evidence.is_empty(), place, "it has no evidence");
        let stands = |edges: &[EdgeRow], neighbour: u32| {
            edges
                .iter()
                .any(|edge| edge.fact == number && edge.neighbour == neighbour && edge.predicate == row.predicate)
        };
        let out = found.note(snapshot.adjacency_row(row.subject));
        let in_subject = out.is_some_and(|adjacency| stands(&adjacency.outgoing, row.object));
        found.expect(in_subject, place, "it is missing among the facts of its subject");
        let incoming = found.note(snapshot.adjacency_row(row.object));
        let in_object = incoming.is_some_and(|adjacency| stands(&adjacency.incoming, row.subject));
        found.expect(in_object, place, "it is missing among the facts of its object");
    }
    found.expect(
        edges == 2 * u64::from(counts.facts),
        || "adjacency".to_owned(),
        "it has another number of edges than there are facts",
    );
}

fn check_sources(snapshot: &Snapshot, found: &mut Verification) {
    for number in records(snapshot, PageKind::Sources, found) {
        let Some(source) = found.note(snapshot.source(number)) else { continue };
        found.rows += 1;
        let indexed = found.note(snapshot.source_number(&source.id));
        found.expect(
            indexed == Some(Some(number)),
            || format!("source {number} ({})", source.id),
            "the id index does not lead to it",
        );
    }
}

/// What evidence mentions an entity stands in its row of mentions, and nothing else does.
fn check_mentions(snapshot: &Snapshot, found: &mut Verification) {
    let mut expected: BTreeMap<u32, MentionRow> = BTreeMap::new();
    let mut expect = |kind, number, entities: Vec<u32>| {
        for entity in entities {
            expected.entry(entity).or_default().insert(kind, number);
        }
    };
    // What cannot be read was noted before, and nobody knows what it mentions.
    let mut whole = true;
    for number in snapshot.fact_numbers() {
        match number.and_then(|number| Ok((number, snapshot.fact_row(number)?))) {
            Ok((number, row)) => expect(PageKind::Facts, number, mentions::of_fact(&row)),
            Err(_) => whole = false,
        }
    }
    for number in snapshot.entity_numbers() {
        match number.and_then(|number| Ok((number, snapshot.entity_row(number)?))) {
            Ok((number, row)) => expect(PageKind::Entities, number, mentions::of_entity(&row)),
            Err(_) => whole = false,
        }
    }
    for entity in 0..snapshot.entity_bound() {
        let Some(row) = found.note(snapshot.mention_row(entity)) else { continue };
        let same = expected.get(&entity).map_or(row.is_empty(), |expected| *expected == row);
        found.expect(same || !whole, || format!("mentions of entity {entity}"), "they are not those of the records");
    }
}

/// Every commit stands in the log, and the rows that it replaced can be read.
fn check_history(snapshot: &Snapshot, found: &mut Verification) {
    let catalog = snapshot.catalog();
    let mut next = Some(catalog.history_first);
    for generation in 1..=catalog.generation {
        let Some(log) = found.note(snapshot.log_row(generation)) else {
            next = None;
            continue;
        };
        found.rows += 1;
        if generation <= catalog.oldest {
            continue;
        }
        let place = || format!("commit {generation}");
        found.expect(next.is_none_or(|next| next == log.first), place, "its history does not follow that before it");
        next = Some(log.first.saturating_add(log.pages));
        for number in log.first..log.first.saturating_add(log.pages).min(catalog.history) {
            let Some(rows) = found.note(snapshot.past_rows(number)) else { continue };
            found.rows += rows.len();
            for row in rows {
                let [entities, facts, sources] = log.rows;
                let known = match row.kind {
                    PageKind::Entities => entities,
                    PageKind::Facts => facts,
                    _ => sources,
                };
                found.expect(row.number < known, place, "its history has a row of a record that was not there");
                let past = snapshot.check_past_row(&row).map_err(|error| match error {
                    StoreError::Damaged { place, what } => {
                        StoreError::damaged(format!("{place} before commit {generation}"), what)
                    }
                    other => other,
                });
                found.note(past);
            }
        }
    }
    let ends = next.is_none_or(|next| next == catalog.history);
    found.expect(ends, || "the log".to_owned(), "it ends before the history does");
}

/// The numbers of the visible records of a kind. Checks on the way that retracted ones are marked as such everywhere.
fn records(snapshot: &Snapshot, kind: PageKind, found: &mut Verification) -> Vec<u32> {
    let catalog = snapshot.catalog();
    let index = match kind {
        PageKind::Entities => PageKind::EntityIds,
        PageKind::Facts => PageKind::FactIds,
        _ => PageKind::SourceIds,
    };
    let (mut visible, mut retracted) = (Vec::new(), 0);
    for number in 0..catalog.rows(kind) {
        let place = || format!("{} {number}", kind.word());
        let Some(bytes) = found.note(snapshot.row_bytes(kind, number)) else { continue };
        let is_retracted = codec::is_retracted(&bytes);
        if kind == PageKind::Entities
            && let Some(adjacency) = found.note(snapshot.find_adjacency_row(number))
        {
            let what = "the row of its facts does not say the same about whether it is retracted";
            found.expect(adjacency.is_none() == is_retracted, place, what);
        }
        if !is_retracted {
            visible.push(number);
            continue;
        }
        retracted += 1;
        found.rows += 1;
        let Some(row) = found.note(RetractedRow::decode(&bytes, place)) else { continue };
        let indexed = found.note(snapshot.indexed(index, &row.id));
        found.expect(indexed == Some(Some(number)), place, "the id index does not lead to it");
        let in_time = row.generation <= snapshot.generation() && row.kept.is_none_or(|kept| kept < catalog.rows(kind));
        found.expect(in_time, place, "it was retracted later than now, or for what is not there");
    }
    let place = || format!("the number of retracted records of kind {:?}", kind.word());
    found.expect(retracted == catalog.retracted(kind), place, "it is another than the catalog says");
    visible
}

/// Pages that nothing refers to are harmless, but they are not what was written.
///
/// Those behind everything else are what a large commit leaves that was cut off; the next one writes over them.
fn check_left_over(snapshot: &Snapshot, found: &mut Verification) {
    let catalog = snapshot.catalog();
    for key in found.note(snapshot.pages().keys()).unwrap_or_default() {
        found.expect(catalog.knows(key) || catalog.is_beyond(key), || key.to_string(), "nothing refers to it");
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, PoisonError};

    use super::super::page::{self, PageKey};
    use super::super::{Place, Store};
    use super::*;
    use crate::Changes;
    use crate::model::{Claim, Entity, EntityId, Evidence, Properties, Reliability, Source, SourceId, Value};

    /// A store whose second commit changed an entity and retracted another one.
    fn store() -> Store {
        let entity = |n: u32, label: &str| Entity {
            id: EntityId::new(format!("startup:e{n}")).unwrap(),
            labels: vec![label.into()],
            names: vec![],
            claims: vec![],
        };
        let store = Store::in_memory();
        let mut first: Vec<Entity> = (0..40).map(|n| entity(n, "Startup")).collect();
        let source = Source {
            id: SourceId::new("s").unwrap(),
            kind: "page".into(),
            title: String::new(),
            publisher: None,
            url: None,
            published: None,
            language: None,
            content_hash: None,
            license: None,
            reliability: Reliability::A,
        };
        let party = first[9].id.clone();
        first[0].claims.push(Claim {
            key: "size".into(),
            value: Value::Int(1),
            qualifiers: Properties::new(),
            evidence: vec![Evidence { asserted_by: Some(party), ..Evidence::curated(source.id.clone()) }],
        });
        store.commit(&Changes { sources: vec![source], entities: first, ..Changes::default() }).unwrap();
        let mut second = Changes { entities: vec![entity(3, "Company")], ..Changes::default() };
        second.retractions.entities.push(entity(4, "Startup").id);
        store.commit(&second).unwrap();
        store
    }

    /// What `verify` says after a page was replaced by one with these rows, or removed.
    fn damage(key: PageKey, rows: Option<&[Vec<u8>]>) -> (Store, Vec<String>) {
        let store = store();
        let Place::Memory(pages) = &store.place else { panic!() };
        {
            let mut pages = pages.lock().unwrap_or_else(PoisonError::into_inner);
            let pages = Arc::make_mut(&mut pages);
            assert!(pages.remove(&key).is_some());
            if let Some(rows) = rows {
                pages.insert(key, page::encode(key, 2, rows).into());
            }
        }
        let damage = store.verify().unwrap().damage;
        (store, damage)
    }

    #[test]
    fn damage_in_the_history_is_found_and_never_returned() {
        assert_eq!(store().verify().unwrap().damage, Vec::<String>::new());
        let history = PageKey::new(PageKind::History, 0);
        let past = |kind: PageKind, number: u32, row: &[u8]| [&[kind.tag()][..], &number.to_le_bytes(), row].concat();
        let sound = store().read().unwrap().row_bytes(PageKind::Entities, 7).unwrap();
        for (rows, expected) in [
            (None, "history page 0: it is missing"),
            (Some(vec![vec![1, 2, 3]]), "history page 0: its row 0 is not one of history"),
            (Some(vec![past(PageKind::Adjacency, 3, &sound)]), "history page 0: its row 0 is not one of history"),
            (Some(vec![past(PageKind::Entities, 3, &[1, 2])]), "entity 3 before commit 2: the row cannot be decoded"),
            (
                Some(vec![past(PageKind::Entities, 40, &sound)]),
                "commit 2: its history has a row of a record that was not",
            ),
        ] {
            let (store, found) = damage(history, rows.as_deref());
            assert!(found.len() == 1 && found[0].starts_with(expected), "{found:?} instead of {expected}");
            // The present does not need it.
            assert_eq!(store.read().unwrap().entities().filter(Result::is_ok).count(), 39);
            let past = store.read_at(1).and_then(|past| past.entities().collect::<Result<Vec<_>, _>>());
            assert!(past.is_err() || expected.starts_with("commit 2"), "{past:?}");
        }
        let (_, found) = damage(PageKey::new(PageKind::Mentions, 0), None);
        assert_eq!(found, ["mentions of entity 9: they are not those of the records"]);
        let (store, found) = damage(PageKey::new(PageKind::Log, 0), None);
        assert!(found.iter().any(|line| line.starts_with("log page 0")), "{found:?}");
        assert!(store.read_at(1).is_err());
    }
}
