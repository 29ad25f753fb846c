//! A commit that is being worked out: rows, adjacency, mentions and indexes as they will be.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::catalog::{self, Catalog, Words};
use super::changes::{Changes, CommitReport, Tally};
use super::commit::{PageChanges, RetractedRow};
use super::layers::{self, Index};
use super::mentions::{self, MentionRow};
use super::page::{self, Page, PageKey, PageKind};
use super::row::{self, AdjacencyRow, EntityRow, FactRow, Numbering};
use super::snapshot::Snapshot;
use super::{StoreError, codec, history};
use crate::model::{Entity, EntityId, Fact, FactId, Source, SourceId};
use crate::names::{self, IndexBuilder, LayerBytes};

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
pub(crate) struct Draft<'a> {
    base: &'a Snapshot,
    words: Words,
    entity_ids: Ids,
    fact_ids: Ids,
    source_ids: Ids,
    /// New bytes of rows, by page and slot.
    rows: BTreeMap<PageKey, BTreeMap<usize, Vec<u8>>>,
    /// Adjacency of the entities whose facts change.
    adjacency: HashMap<u32, AdjacencyRow>,
    /// Who mentions the entities whose mentions change.
    mentions: HashMap<u32, MentionRow>,
    /// Entities that the commit retracts.
    doomed: HashSet<u32>,
    /// Sources that the commit retracts.
    doomed_sources: HashMap<u32, SourceId>,
    /// How many entities, facts and sources are retracted.
    retracted: [u32; 3],
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
            None => Ok(self.base.entity_number(id)?.filter(|number| !self.doomed.contains(number))),
        }
    }

    fn source(&mut self, id: &SourceId) -> Result<Option<u32>, StoreError> {
        match self.source_ids.known.get(id.as_str()) {
            Some(&number) => Ok(Some(number)),
            None => Ok(self.base.source_number(id)?.filter(|number| !self.doomed_sources.contains_key(number))),
        }
    }
}

impl<'a> Draft<'a> {
    pub(crate) fn new(base: &'a Snapshot) -> Self {
        let catalog = base.catalog();
        Self {
            base,
            words: Words::new(base.catalog().words.clone()),
            entity_ids: Ids::new("entities", PageKind::EntityIds, catalog.entities),
            fact_ids: Ids::new("facts", PageKind::FactIds, catalog.facts),
            source_ids: Ids::new("sources", PageKind::SourceIds, catalog.sources),
            rows: BTreeMap::new(),
            adjacency: HashMap::new(),
            mentions: HashMap::new(),
            doomed: HashSet::new(),
            doomed_sources: HashMap::new(),
            retracted: catalog.retracted,
            index_pages: Vec::new(),
            indexes: Vec::new(),
        }
    }

    /// Gives an entity that is put its number. The id of a merged one is taken only to `split` it off.
    pub(crate) fn number_entity(&mut self, id: &EntityId, split: bool) -> Result<(), StoreError> {
        let number = self.entity_ids.assign(id.as_str(), || self.base.indexed(PageKind::EntityIds, id.as_str()))?;
        match self.base.retracted_row(PageKind::Entities, number)? {
            Some(RetractedRow { kept: Some(kept), .. }) if !split => {
                let kept = self.base.entity_id(kept)?;
                Err(StoreError::Merged { entity: id.as_str().to_owned(), kept: kept.as_str().to_owned() })
            }
            _ => Ok(()),
        }
    }

    /// Gives a source that is put its number.
    pub(crate) fn number_source(&mut self, id: &SourceId) -> Result<(), StoreError> {
        self.source_ids.assign(id.as_str(), || self.base.indexed(PageKind::SourceIds, id.as_str()))?;
        Ok(())
    }

    /// Marks an entity that will be retracted, so that nothing in this commit may refer to it.
    pub(crate) fn doom_entity(&mut self, id: &EntityId) -> Result<(), StoreError> {
        let number = self.base.own_entity_number(id)?.ok_or_else(|| nothing("entity", id.as_str()))?;
        self.doomed.insert(number);
        Ok(())
    }

    /// Marks a source that will be retracted.
    pub(crate) fn doom_source(&mut self, id: &SourceId) -> Result<(), StoreError> {
        let number = self.base.source_number(id)?.ok_or_else(|| nothing("source", id.as_str()))?;
        self.doomed_sources.insert(number, id.clone());
        Ok(())
    }

    /// The sources that will be retracted, by number.
    pub(crate) fn doomed_sources(&self) -> HashMap<u32, SourceId> {
        self.doomed_sources.clone()
    }

    /// Whether the entity will be retracted.
    pub(crate) fn is_doomed(&self, entity: u32) -> bool {
        self.doomed.contains(&entity)
    }

    /// Whether this commit has written the row.
    pub(crate) fn has_new_row(&self, kind: PageKind, number: u32) -> bool {
        let (key, slot) = catalog::place(kind, number);
        self.rows.get(&key).is_some_and(|rows| rows.contains_key(&slot))
    }

    pub(crate) fn put_source(&mut self, source: &Source, tally: &mut Tally) -> Result<(), StoreError> {
        let number = self.source_ids.assign(source.id.as_str(), || Ok(None))?;
        let row = codec::encode(&row::source_row(source, self))?;
        self.put_row(PageKind::Sources, number, row, tally)
    }

    pub(crate) fn put_entity(&mut self, entity: &Entity, tally: &mut Tally) -> Result<u32, StoreError> {
        let id = entity.id.as_str();
        let number = self.entity_ids.assign(id, || self.base.indexed(PageKind::EntityIds, id))?;
        let before = self.live_row::<EntityRow>(PageKind::Entities, number)?;
        let row = row::entity_row(entity, self)?;
        let old = before.as_ref().map(mentions::of_entity).unwrap_or_default();
        self.mention(PageKind::Entities, number, &old, &mentions::of_entity(&row))?;
        if self.base.retracted_row(PageKind::Entities, number)?.is_some() {
            // The row of its facts says that it is retracted; have it written anew.
            self.adjacency_of(number)?;
        }
        self.put_row(PageKind::Entities, number, codec::encode(&row)?, tally)?;
        Ok(number)
    }

    pub(crate) fn put_fact(&mut self, fact: &Fact, tally: &mut Tally) -> Result<(), StoreError> {
        let id = fact.id.as_str();
        let number = self.fact_ids.assign(id, || self.base.indexed(PageKind::FactIds, id))?;
        let stored = self.current_row(PageKind::Facts, number)?;
        let before = self.live_row::<FactRow>(PageKind::Facts, number)?;
        // With the time of the record that is there, equal content has equal bytes.
        let now = self.base.generation() + 1;
        let mut row = row::fact_row(fact, before.as_ref().map_or(now, |row| row.recorded), self)?;
        if stored == Some(codec::encode(&row)?) {
            tally.unchanged += 1;
            return Ok(());
        }
        let mut old = Vec::new();
        if let Some(before) = before {
            self.disconnect(before.subject, before.object, number)?;
            old = mentions::of_fact(&before);
        }
        self.mention(PageKind::Facts, number, &old, &mentions::of_fact(&row))?;
        row.recorded = now;
        self.connect(fact, &row, number)?;
        self.put_row(PageKind::Facts, number, codec::encode(&row)?, tally)
    }

    pub(crate) fn retract_fact(&mut self, id: &FactId, tally: &mut Tally) -> Result<(), StoreError> {
        let there = self.base.fact_number(id)?.map(|number| Ok((number, self.live_row(PageKind::Facts, number)?)));
        let Some((number, Some(row))) = there.transpose()? else { return Err(nothing("fact", id.as_str())) };
        let row: FactRow = row;
        self.disconnect(row.subject, row.object, number)?;
        self.mention(PageKind::Facts, number, &mentions::of_fact(&row), &[])?;
        self.retract_row(PageKind::Facts, number, id.as_str(), None, tally)
    }

    pub(crate) fn retract_source(&mut self, id: &SourceId, tally: &mut Tally) -> Result<(), StoreError> {
        let number = self.base.source_number(id)?.ok_or_else(|| nothing("source", id.as_str()))?;
        self.retract_row(PageKind::Sources, number, id.as_str(), None, tally)
    }

    /// Retracts an entity; its id leads to `kept` from now on, where there is one. Hands back its number.
    pub(crate) fn retract_entity(
        &mut self,
        id: &EntityId,
        kept: Option<&EntityId>,
        tally: &mut Tally,
    ) -> Result<u32, StoreError> {
        let there = self.base.own_entity_number(id)?;
        let there = there.map(|number| Ok((number, self.live_row(PageKind::Entities, number)?)));
        let Some((number, Some(row))) = there.transpose()? else { return Err(nothing("entity", id.as_str())) };
        let row: EntityRow = row;
        let kept = match kept {
            Some(kept) => {
                let unknown = || row::unknown(&format!("entity {:?}", id.as_str()), "entity", kept.as_str());
                Some(self.entity(kept)?.ok_or_else(unknown)?)
            }
            None => None,
        };
        self.mention(PageKind::Entities, number, &mentions::of_entity(&row), &[])?;
        self.retract_row(PageKind::Entities, number, id.as_str(), kept, tally)?;
        Ok(number)
    }

    fn retract_row(
        &mut self,
        kind: PageKind,
        number: u32,
        id: &str,
        kept: Option<u32>,
        tally: &mut Tally,
    ) -> Result<(), StoreError> {
        let (key, slot) = catalog::place(kind, number);
        let row = RetractedRow { id: id.to_owned(), generation: self.base.generation() + 1, kept }.encode()?;
        if self.rows.entry(key).or_default().insert(slot, row).is_some_and(|row| codec::is_retracted(&row)) {
            return Err(nothing(key.kind.word(), id));
        }
        tally.retracted += 1;
        if let Some(count) = catalog::of_kind(&mut self.retracted, kind) {
            *count += 1;
        }
        Ok(())
    }

    /// Refuses to retract an entity that anything mentions which is left.
    pub(crate) fn check_mentions(&mut self) -> Result<(), StoreError> {
        let mut doomed: Vec<u32> = self.doomed.iter().copied().collect();
        doomed.sort_unstable();
        for entity in doomed {
            let adjacency = self.adjacency_of(entity)?;
            let edges = adjacency.outgoing.iter().chain(&adjacency.incoming);
            let mut by: Vec<(PageKind, u32)> = edges.map(|edge| (PageKind::Facts, edge.fact)).collect();
            by.extend(self.mentions_of(entity)?.all());
            by.sort_unstable_by_key(|&(kind, number)| (kind != PageKind::Facts, number));
            by.dedup();
            if let Some(&(kind, number)) = by.first() {
                return Err(StoreError::Mentioned {
                    entity: self.id_of(PageKind::Entities, entity)?,
                    by: format!("{} {:?}", kind.word(), self.id_of(kind, number)?),
                    others: by.len() - 1,
                });
            }
        }
        Ok(())
    }

    fn id_of(&self, kind: PageKind, number: u32) -> Result<String, StoreError> {
        let row = self.current_row(kind, number)?.unwrap_or_default();
        codec::decode_first(&row, || format!("{} {number}", kind.word()))
    }

    /// The row of a record as this commit would leave it; `None` when there is none, or it is retracted.
    fn live_row<T: serde::de::DeserializeOwned>(&self, kind: PageKind, number: u32) -> Result<Option<T>, StoreError> {
        match self.current_row(kind, number)? {
            Some(bytes) if !codec::is_retracted(&bytes) => {
                codec::decode(&bytes, || format!("{} {number}", kind.word())).map(Some)
            }
            _ => Ok(None),
        }
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
            Some(before) if codec::is_retracted(&before) => {
                tally.added += 1;
                if let Some(count) = catalog::of_kind(&mut self.retracted, kind) {
                    *count = count.saturating_sub(1);
                }
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
                let known = key < self.base.catalog().entities;
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

    fn mentions_of(&mut self, entity: u32) -> Result<&mut MentionRow, StoreError> {
        match self.mentions.entry(entity) {
            Entry::Occupied(entry) => Ok(entry.into_mut()),
            Entry::Vacant(entry) => {
                let known = entity < self.base.catalog().entities;
                Ok(entry.insert(if known { self.base.mention_row(entity)? } else { MentionRow::default() }))
            }
        }
    }

    /// Notes that a record mentions other entities than before.
    fn mention(&mut self, kind: PageKind, number: u32, old: &[u32], new: &[u32]) -> Result<(), StoreError> {
        for entity in old.iter().filter(|entity| !new.contains(entity)) {
            self.mentions_of(*entity)?.remove(kind, number);
        }
        for entity in new.iter().filter(|entity| !old.contains(entity)) {
            self.mentions_of(*entity)?.insert(kind, number);
        }
        Ok(())
    }

    /// Adds the names of the entities in this commit to the name index, in place of those they had; retracted ones have
    /// none.
    pub(crate) fn write_names(&mut self, renamed: &HashMap<u32, Option<&Entity>>) -> Result<(), StoreError> {
        let damaged = |error: names::NamesError| StoreError::damaged("the name index", error.to_string());
        let mut builder = IndexBuilder::new();
        let mut keys = 0;
        for (&number, entity) in renamed {
            let Some(entity) = entity else { continue };
            for (position, name) in (0..=u16::MAX).zip(&entity.names) {
                builder.add(number, position, name);
                keys += 1;
            }
        }
        let before = self.base.catalog().entities;
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

    /// The pages that change.
    pub(crate) fn finish(mut self, changes: &Changes, report: &CommitReport) -> Result<PageChanges, StoreError> {
        for (entity, mut row) in std::mem::take(&mut self.adjacency) {
            row.outgoing.sort_unstable();
            row.incoming.sort_unstable();
            let (key, slot) = catalog::place(PageKind::Adjacency, entity);
            let bytes = if self.doomed.contains(&entity) { codec::retracted() } else { codec::encode(&row)? };
            self.rows.entry(key).or_default().insert(slot, bytes);
        }
        for (entity, row) in std::mem::take(&mut self.mentions) {
            let (key, slot) = catalog::place(PageKind::Mentions, entity);
            let bytes = if row.is_empty() { Vec::new() } else { codec::encode(&row)? };
            self.rows.entry(key).or_default().insert(slot, bytes);
        }
        for fresh in [&mut self.entity_ids, &mut self.fact_ids, &mut self.source_ids]
            .map(|ids| (ids.kind, std::mem::take(&mut ids.fresh)))
        {
            self.write_ids(fresh.0, fresh.1)?;
        }
        let mut pages = std::mem::take(&mut self.index_pages);
        let past = history::replaced_rows(self.base, &self.rows)?;
        let history = history::pages(self.base.catalog().history, &past)?;
        let log = history::log_row(self.base, changes, report, history.len())?;
        let (key, slot) = catalog::log_place(report.generation)?;
        self.rows.entry(key).or_default().insert(slot, codec::encode(&log)?);
        let mut catalog = Catalog {
            generation: report.generation,
            entities: self.entity_ids.next,
            facts: self.fact_ids.next,
            sources: self.source_ids.next,
            retracted: self.retracted,
            history: log.first + log.pages,
            words: self.words.into_vec(),
            ..self.base.catalog().clone()
        };
        pages.extend(history.into_iter().map(|(key, page)| (key, Some(page))));
        for (key, rows) in &self.rows {
            pages.push((*key, Some(splice(self.base, *key, rows)?)));
        }
        for (kind, index) in self.indexes {
            catalog.set_index(kind, index);
        }
        pages.push((PageKey::CATALOG, Some(catalog.to_page()?)));
        pages.sort_by_key(|(key, _)| *key);
        debug_assert_eq!(pages.iter().map(|(key, _)| key).collect::<HashSet<_>>().len(), pages.len());
        Ok(pages)
    }
}

fn nothing(kind: &'static str, id: &str) -> StoreError {
    StoreError::NothingToRetract { kind, id: id.to_owned() }
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
