//! Writing: records in, changed pages out, one generation further.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::catalog::{self, Catalog, Words};
use super::layers::{self, Index};
use super::page::{self, Page, PageKey, PageKind};
use super::row::{self, AdjacencyRow, Numbering};
use super::snapshot::Snapshot;
use super::{StoreError, codec};
use crate::model::{Entity, EntityId, Fact, ModelError, Source, SourceId};
use crate::names::{self, IndexBuilder, LayerBytes};

/// Records to be written in one commit.
///
/// A record whose id is in the database replaces the one that is there. The order within a kind decides the numbers of
/// new records and nothing else; facts may refer to entities and sources of the same commit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    /// Sources.
    pub sources: Vec<Source>,
    /// Entities.
    pub entities: Vec<Entity>,
    /// Facts.
    pub facts: Vec<Fact>,
}

impl Changes {
    /// Whether there is nothing to write.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty() && self.entities.is_empty() && self.facts.is_empty()
    }
}

/// What became of the records of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Records that were not there before.
    pub added: usize,
    /// Records that replaced another content.
    pub changed: usize,
    /// Records that were there already, as they are.
    pub unchanged: usize,
}

/// What a commit did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CommitReport {
    /// The generation after it. A commit that changes nothing leaves the generation as it was.
    pub generation: u64,
    /// Sources.
    pub sources: Tally,
    /// Entities.
    pub entities: Tally,
    /// Facts.
    pub facts: Tally,
}

/// No entity has more names.
const MOST_NAMES: usize = u16::MAX as usize;

/// Pages to write, in the order of their keys; `None` removes a page.
pub(crate) type PageChanges = Vec<(PageKey, Option<Vec<u8>>)>;

/// Works out the pages that a commit writes; nothing is written yet.
pub(crate) fn prepare(base: &Snapshot, changes: &Changes) -> Result<(PageChanges, CommitReport), StoreError> {
    check(changes)?;
    let mut draft = Draft::new(base);
    let mut report = CommitReport { generation: base.generation(), ..CommitReport::default() };
    for entity in &changes.entities {
        // Numbers first: facts, claims and evidence of this commit may refer to any of them.
        draft.entity_ids.assign(entity.id.as_str(), || base.entity_number(&entity.id))?;
    }
    for source in &changes.sources {
        draft.source_ids.assign(source.id.as_str(), || base.source_number(&source.id))?;
    }
    for source in &changes.sources {
        draft.put_source(source, &mut report.sources)?;
    }
    let mut renamed = HashMap::new();
    for entity in &changes.entities {
        let unchanged = report.entities.unchanged;
        let number = draft.put_entity(entity, &mut report.entities)?;
        if report.entities.unchanged == unchanged {
            renamed.insert(number, entity);
        }
    }
    for fact in &changes.facts {
        draft.put_fact(fact, &mut report.facts)?;
    }
    let touched = |tally: Tally| tally.added + tally.changed > 0;
    if !(touched(report.sources) || touched(report.entities) || touched(report.facts)) {
        return Ok((Vec::new(), report));
    }
    report.generation += 1;
    if touched(report.entities) {
        draft.write_names(&renamed)?;
    }
    Ok((draft.finish(report.generation)?, report))
}

/// Refuses records that are not well formed, whatever the database holds.
fn check(changes: &Changes) -> Result<(), StoreError> {
    let refuse =
        |kind: &str, id: &str, error: ModelError| StoreError::Record { record: format!("{kind} {id:?}"), error };
    for entity in &changes.entities {
        let named = entity.check().and_then(|()| check_names(entity));
        named.map_err(|error| refuse("entity", entity.id.as_str(), error))?;
    }
    for fact in &changes.facts {
        fact.check().map_err(|error| refuse("fact", fact.id.as_str(), error))?;
    }
    Ok(())
}

/// The name index counts the names of an entity in 16 bits.
fn check_names(entity: &Entity) -> Result<(), ModelError> {
    match entity.names.len() {
        0..=MOST_NAMES => Ok(()),
        found => Err(ModelError::Range {
            field: "the number of names",
            found: found.to_string(),
            expected: "at most 65535 names",
        }),
    }
}

/// Ids and their numbers, those of the base and new ones.
#[derive(Debug)]
struct Ids {
    what: &'static str,
    kind: PageKind,
    next: u32,
    known: HashMap<String, u32>,
    fresh: Vec<(String, u32)>,
}

impl Ids {
    fn new(what: &'static str, kind: PageKind, next: u32) -> Self {
        Self { what, kind, next, known: HashMap::new(), fresh: Vec::new() }
    }

    /// The number of an id; `in_base` looks it up among those of the base, once for each id.
    fn assign(
        &mut self,
        id: &str,
        in_base: impl FnOnce() -> Result<Option<u32>, StoreError>,
    ) -> Result<u32, StoreError> {
        if let Some(&number) = self.known.get(id) {
            return Ok(number);
        }
        let number = match in_base()? {
            Some(number) => number,
            None => {
                let number = self.next;
                self.next = number.checked_add(1).ok_or(StoreError::TooMany { what: self.what, limit: u32::MAX })?;
                self.fresh.push((id.to_owned(), number));
                number
            }
        };
        self.known.insert(id.to_owned(), number);
        Ok(number)
    }
}

/// A commit that is being worked out.
struct Draft<'a> {
    base: &'a Snapshot,
    words: Words,
    entity_ids: Ids,
    fact_ids: Ids,
    source_ids: Ids,
    /// New bytes of rows, by page and slot.
    rows: BTreeMap<PageKey, BTreeMap<usize, Vec<u8>>>,
    /// Adjacency of the entities whose facts change.
    adjacency: HashMap<u32, AdjacencyRow>,
    /// Pages of indexes.
    index_pages: PageChanges,
    /// The indexes that change, as they will be.
    indexes: Vec<(PageKind, Index)>,
}

impl Numbering for Draft<'_> {
    fn word(&mut self, word: &str) -> u32 {
        self.words.number(word)
    }

    fn entity(&mut self, id: &EntityId) -> Result<Option<u32>, StoreError> {
        match self.entity_ids.known.get(id.as_str()) {
            Some(&number) => Ok(Some(number)),
            None => self.base.entity_number(id),
        }
    }

    fn source(&mut self, id: &SourceId) -> Result<Option<u32>, StoreError> {
        match self.source_ids.known.get(id.as_str()) {
            Some(&number) => Ok(Some(number)),
            None => self.base.source_number(id),
        }
    }
}

impl<'a> Draft<'a> {
    fn new(base: &'a Snapshot) -> Self {
        let counts = base.counts();
        Self {
            base,
            words: Words::new(base.catalog().words.clone()),
            entity_ids: Ids::new("entities", PageKind::EntityIds, counts.entities),
            fact_ids: Ids::new("facts", PageKind::FactIds, counts.facts),
            source_ids: Ids::new("sources", PageKind::SourceIds, counts.sources),
            rows: BTreeMap::new(),
            adjacency: HashMap::new(),
            index_pages: Vec::new(),
            indexes: Vec::new(),
        }
    }

    fn put_source(&mut self, source: &Source, tally: &mut Tally) -> Result<(), StoreError> {
        let number = self.source_ids.assign(source.id.as_str(), || self.base.source_number(&source.id))?;
        let row = codec::encode(&row::source_row(source, self))?;
        self.put_row(PageKind::Sources, number, row, tally)
    }

    fn put_entity(&mut self, entity: &Entity, tally: &mut Tally) -> Result<u32, StoreError> {
        let number = self.entity_ids.assign(entity.id.as_str(), || self.base.entity_number(&entity.id))?;
        let row = codec::encode(&row::entity_row(entity, self)?)?;
        self.put_row(PageKind::Entities, number, row, tally)?;
        Ok(number)
    }

    fn put_fact(&mut self, fact: &Fact, tally: &mut Tally) -> Result<(), StoreError> {
        let number = self.fact_ids.assign(fact.id.as_str(), || self.base.fact_number(&fact.id))?;
        let stored = self.current_row(PageKind::Facts, number)?;
        let before = match &stored {
            Some(bytes) => Some(codec::decode::<row::FactRow>(bytes, || format!("fact {number}"))?),
            None => None,
        };
        // With the time of the record that is there, equal content has equal bytes.
        let recorded = before.as_ref().map_or(self.base.generation() + 1, |row| row.recorded);
        let mut row = row::fact_row(fact, recorded, self)?;
        let bytes = codec::encode(&row)?;
        if stored.as_ref() == Some(&bytes) {
            tally.unchanged += 1;
            return Ok(());
        }
        if let Some(before) = before {
            self.disconnect(before.subject, before.object, number)?;
        }
        row.recorded = self.base.generation() + 1;
        self.connect(fact, &row, number)?;
        let bytes = codec::encode(&row)?;
        self.put_row(PageKind::Facts, number, bytes, tally)
    }

    /// The bytes of a row as this commit would leave them.
    fn current_row(&self, kind: PageKind, number: u32) -> Result<Option<Vec<u8>>, StoreError> {
        let (key, slot) = catalog::place(kind, number);
        if let Some(row) = self.rows.get(&key).and_then(|rows| rows.get(&slot)) {
            return Ok(Some(row.clone()));
        }
        Ok(base_page(self.base, key)?.and_then(|page| page.row(slot).map(<[u8]>::to_vec)))
    }

    fn put_row(&mut self, kind: PageKind, number: u32, row: Vec<u8>, tally: &mut Tally) -> Result<(), StoreError> {
        match self.current_row(kind, number)? {
            Some(before) if before == row => {
                tally.unchanged += 1;
                return Ok(());
            }
            Some(_) => tally.changed += 1,
            None => tally.added += 1,
        }
        let (key, slot) = catalog::place(kind, number);
        self.rows.entry(key).or_default().insert(slot, row);
        Ok(())
    }

    fn adjacency_of(&mut self, key: u32) -> Result<&mut AdjacencyRow, StoreError> {
        match self.adjacency.entry(key) {
            Entry::Occupied(entry) => Ok(entry.into_mut()),
            Entry::Vacant(entry) => {
                let known = key < self.base.counts().entities;
                Ok(entry.insert(if known { self.base.adjacency_row(key)? } else { AdjacencyRow::default() }))
            }
        }
    }

    fn connect(&mut self, fact: &Fact, row: &row::FactRow, number: u32) -> Result<(), StoreError> {
        // Put in order when the commit is finished: sorting once is cheaper than keeping a hub sorted.
        self.adjacency_of(row.subject)?.outgoing.push(row::edge_row(fact, row, number, row.object));
        self.adjacency_of(row.object)?.incoming.push(row::edge_row(fact, row, number, row.subject));
        Ok(())
    }

    fn disconnect(&mut self, subject: u32, object: u32, number: u32) -> Result<(), StoreError> {
        self.adjacency_of(subject)?.outgoing.retain(|edge| edge.fact != number);
        self.adjacency_of(object)?.incoming.retain(|edge| edge.fact != number);
        Ok(())
    }

    /// Adds the names of the entities in this commit to the name index, in place of those they had.
    fn write_names(&mut self, renamed: &HashMap<u32, &Entity>) -> Result<(), StoreError> {
        let damaged = |error: names::NamesError| StoreError::damaged("the name index", error.to_string());
        let mut builder = IndexBuilder::new();
        let mut keys = 0;
        for (&number, entity) in renamed {
            for (position, name) in (0..=u16::MAX).zip(&entity.names) {
                builder.add(number, position, name);
                keys += 1;
            }
        }
        let before = self.base.counts().entities;
        let mut replaced: Vec<u32> = renamed.keys().copied().filter(|&number| number < before).collect();
        replaced.sort_unstable();
        let fresh = LayerBytes { index: builder.finish().map_err(damaged)?, replaced };
        self.add_layer(PageKind::Names, fresh, keys, |layers| names::merge(layers).map_err(damaged))
    }

    /// Adds the new ids of a kind to its index.
    fn write_ids(&mut self, kind: PageKind, mut fresh: Vec<(String, u32)>) -> Result<(), StoreError> {
        if fresh.is_empty() {
            return Ok(());
        }
        let broken = |error: fst::Error| StoreError::damaged(format!("{kind:?}"), error.to_string());
        fresh.sort();
        let keys = fresh.len() as u64;
        let map = fst::Map::from_iter(fresh.into_iter().map(|(id, number)| (id, u64::from(number)))).map_err(broken)?;
        let fresh = LayerBytes { index: map.into_fst().into_inner(), replaced: Vec::new() };
        self.add_layer(kind, fresh, keys, layers::merge_ids)
    }

    fn add_layer(
        &mut self,
        kind: PageKind,
        fresh: LayerBytes,
        keys: u64,
        merge: impl Fn(&[LayerBytes]) -> Result<LayerBytes, StoreError>,
    ) -> Result<(), StoreError> {
        let before = self.base.catalog().index(kind).cloned().unwrap_or_default();
        let (index, changes) = before.add(kind, self.base.pages(), fresh, keys, merge)?;
        self.index_pages.extend(changes);
        self.indexes.push((kind, index));
        Ok(())
    }

    fn finish(mut self, generation: u64) -> Result<PageChanges, StoreError> {
        for (entity, mut row) in std::mem::take(&mut self.adjacency) {
            row.outgoing.sort_unstable();
            row.incoming.sort_unstable();
            let (key, slot) = catalog::place(PageKind::Adjacency, entity);
            self.rows.entry(key).or_default().insert(slot, codec::encode(&row)?);
        }
        for fresh in [&mut self.entity_ids, &mut self.fact_ids, &mut self.source_ids]
            .map(|ids| (ids.kind, std::mem::take(&mut ids.fresh)))
        {
            self.write_ids(fresh.0, fresh.1)?;
        }
        let mut pages = std::mem::take(&mut self.index_pages);
        for (key, rows) in &self.rows {
            pages.push((*key, Some(splice(self.base, *key, rows)?)));
        }
        let mut catalog = Catalog {
            generation,
            entities: self.entity_ids.next,
            facts: self.fact_ids.next,
            sources: self.source_ids.next,
            words: self.words.into_vec(),
            ..self.base.catalog().clone()
        };
        for (kind, index) in self.indexes {
            catalog.set_index(kind, index);
        }
        pages.push((PageKey::CATALOG, Some(catalog.to_page()?)));
        pages.sort_by_key(|(key, _)| *key);
        debug_assert_eq!(pages.iter().map(|(key, _)| key).collect::<HashSet<_>>().len(), pages.len());
        Ok(pages)
    }
}

/// The page that the base has under a key; none where only the rest of a commit lies that was cut off.
fn base_page(base: &Snapshot, key: PageKey) -> Result<Option<Arc<Page>>, StoreError> {
    if base.catalog().is_beyond(key) { Ok(None) } else { base.page(key) }
}

/// The page under `key` with some of its rows replaced.
fn splice(base: &Snapshot, key: PageKey, rows: &BTreeMap<usize, Vec<u8>>) -> Result<Vec<u8>, StoreError> {
    let before = base_page(base, key)?;
    let before = before.as_deref();
    let last = rows.keys().next_back().map_or(0, |last| last + 1);
    let count = before.map_or(0, Page::len).max(last);
    let spliced: Vec<&[u8]> = (0..count)
        .map(|slot| match rows.get(&slot) {
            Some(row) => row.as_slice(),
            None => before.and_then(|page| page.row(slot)).unwrap_or_default(),
        })
        .collect();
    Ok(page::encode(key, &spliced))
}
