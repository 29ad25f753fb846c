//! A commit that is being worked out: rows, adjacency, mentions and indexes as they will be.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::thread;

use serde::Serialize;

use super::catalog::{self, Catalog, Words};
use super::changes::{Changes, CommitReport, Tally};
use super::commit::PageChanges;
use super::edges::{self, AdjacencyChange};
use super::ids::Ids;
use super::layers::{self, Addition, Index};
use super::mentions::{self, MentionRow};
use super::page::{Page, PageKey, PageKind};
use super::retracted::RetractedRow;
use super::row::{self, AdjacencyRow, EntityRow, FactRow, Numbering};
use super::rows::Rows;
use super::snapshot::Snapshot;
use super::{StoreError, codec, history};
use crate::model::{Entity, EntityId, Fact, FactId, Source, SourceId};
use crate::names::{IndexBuilder, LayerBytes};

/// A commit that is being worked out.
pub(crate) struct Draft<'a> {
    base: &'a Snapshot,
    words: Words,
    entity_ids: Ids,
    fact_ids: Ids,
    source_ids: Ids,
    /// Entities and sources of the base that records of this commit refer to.
    referred_entities: HashMap<EntityId, u32>,
    referred_sources: HashMap<SourceId, u32>,
    rows: BTreeMap<PageKey, Rows>,
    /// A row that is being encoded.
    row: Vec<u8>,
    /// What changes about the facts of entities.
    adjacency: HashMap<u32, AdjacencyChange>,
    /// Who mentions the entities whose mentions change.
    mentions: HashMap<u32, MentionRow>,
    /// Entities that the commit retracts.
    doomed: HashSet<u32>,
    /// Sources that the commit retracts.
    doomed_sources: HashMap<u32, SourceId>,
    /// How many entities, facts and sources are retracted.
    retracted: [u32; 3],
    /// What is added to the index of names.
    names: Option<(Addition, LayerBytes)>,
}

impl Numbering for Draft<'_> {
    fn word(&mut self, word: &str) -> u32 {
        self.words.number(word)
    }

    fn entity(&mut self, id: &EntityId) -> Result<Option<u32>, StoreError> {
        if let Some(number) = self.entity_ids.get(id.as_str()).or_else(|| self.referred_entities.get(id).copied()) {
            return Ok(Some(number));
        }
        let number = self.base.entity_number(id)?.filter(|number| !self.doomed.contains(number));
        self.referred_entities.extend(number.map(|number| (id.clone(), number)));
        Ok(number)
    }

    fn source(&mut self, id: &SourceId) -> Result<Option<u32>, StoreError> {
        if let Some(number) = self.source_ids.get(id.as_str()).or_else(|| self.referred_sources.get(id).copied()) {
            return Ok(Some(number));
        }
        let number = self.base.source_number(id)?.filter(|number| !self.doomed_sources.contains_key(number));
        self.referred_sources.extend(number.map(|number| (id.clone(), number)));
        Ok(number)
    }
}

impl<'a> Draft<'a> {
    pub(crate) fn new(base: &'a Snapshot, changes: &Changes) -> Self {
        let catalog = base.catalog();
        Self {
            base,
            words: Words::new(base.catalog().words.clone()),
            entity_ids: Ids::new("entities", PageKind::EntityIds, catalog.entities, changes.entities.len()),
            fact_ids: Ids::new("facts", PageKind::FactIds, catalog.facts, changes.facts.len()),
            source_ids: Ids::new("sources", PageKind::SourceIds, catalog.sources, changes.sources.len()),
            referred_entities: HashMap::new(),
            referred_sources: HashMap::new(),
            rows: BTreeMap::new(),
            row: Vec::new(),
            adjacency: HashMap::new(),
            mentions: HashMap::new(),
            doomed: HashSet::new(),
            doomed_sources: HashMap::new(),
            retracted: catalog.retracted,
            names: None,
        }
    }

    /// Gives an entity that is put its number. The id of a merged one is taken only to `split` it off.
    pub(crate) fn number_entity(&mut self, id: &EntityId, split: bool) -> Result<(), StoreError> {
        let number = self.entity_ids.assign(id.as_str(), || self.base.indexed(PageKind::EntityIds, id.as_str()))?;
        match self.base.entity_number(id)? {
            Some(kept) if kept != number && !split => {
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
        self.rows.get(&key).is_some_and(|rows| rows.get(slot).is_some())
    }

    pub(crate) fn put_source(&mut self, source: &Source, tally: &mut Tally) -> Result<(), StoreError> {
        let number = self.source_ids.assign(source.id.as_str(), || Ok(None))?;
        let row = row::source_row(source, self);
        self.put_row(PageKind::Sources, number, &row, tally)
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
            self.adjacency.entry(number).or_default();
        }
        self.put_row(PageKind::Entities, number, &row, tally)?;
        Ok(number)
    }

    pub(crate) fn put_fact(&mut self, fact: &Fact, tally: &mut Tally) -> Result<(), StoreError> {
        let id = fact.id.as_str();
        let fresh = self.fact_ids.next;
        let number = self.fact_ids.assign(id, || self.base.indexed(PageKind::FactIds, id))?;
        if number == fresh {
            let row = row::fact_row(fact, self.base.generation() + 1, self)?;
            self.mention(PageKind::Facts, number, &[], &mentions::of_fact(&row))?;
            self.connect(fact, &row, number);
            return self.put_row(PageKind::Facts, number, &row, tally);
        }
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
            self.disconnect(before.subject, before.object, number);
            old = mentions::of_fact(&before);
        }
        self.mention(PageKind::Facts, number, &old, &mentions::of_fact(&row))?;
        row.recorded = now;
        self.connect(fact, &row, number);
        self.put_row(PageKind::Facts, number, &row, tally)
    }

    pub(crate) fn retract_fact(&mut self, id: &FactId, tally: &mut Tally) -> Result<(), StoreError> {
        let there = self.base.fact_number(id)?.map(|number| Ok((number, self.live_row(PageKind::Facts, number)?)));
        let Some((number, Some(row))) = there.transpose()? else { return Err(nothing("fact", id.as_str())) };
        let row: FactRow = row;
        self.disconnect(row.subject, row.object, number);
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
        let rows = self.rows.entry(key).or_default();
        if rows.get(slot).is_some_and(codec::is_retracted) {
            return Err(nothing(key.kind.word(), id));
        }
        rows.put(slot, &row);
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
            // Its row is written, to say that it is retracted.
            self.adjacency.entry(entity).or_default();
            let adjacency = self.adjacency_of(entity, self.base.adjacency_row(entity)?);
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
        if let Some(row) = self.rows.get(&key).and_then(|rows| rows.get(slot)) {
            return Ok(Some(row.to_vec()));
        }
        Ok(base_page(self.base, key)?.and_then(|page| page.row(slot).map(<[u8]>::to_vec)))
    }

    fn put_row(
        &mut self,
        kind: PageKind,
        number: u32,
        row: &impl Serialize,
        tally: &mut Tally,
    ) -> Result<(), StoreError> {
        self.row.clear();
        codec::encode_into(row, &mut self.row)?;
        match self.current_row(kind, number)? {
            Some(before) if before == self.row => {
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
        self.rows.entry(key).or_default().put(slot, &self.row);
        Ok(())
    }

    /// The facts of an entity as this commit would leave them, given those of the base.
    fn adjacency_of(&mut self, entity: u32, base: AdjacencyRow) -> AdjacencyRow {
        match self.adjacency.get_mut(&entity) {
            Some(change) => change.apply(base),
            None => base,
        }
    }

    fn connect(&mut self, fact: &Fact, row: &FactRow, number: u32) {
        // Put in order when the commit is finished: sorting once is cheaper than keeping a hub sorted.
        self.adjacency.entry(row.subject).or_default().add_outgoing(row::edge_row(fact, row, number, row.object));
        self.adjacency.entry(row.object).or_default().add_incoming(row::edge_row(fact, row, number, row.subject));
    }

    fn disconnect(&mut self, subject: u32, object: u32, number: u32) {
        self.adjacency.entry(subject).or_default().remove(number);
        self.adjacency.entry(object).or_default().remove(number);
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

    /// What the names of the entities in this commit add to the name index, in place of those they had; retracted ones
    /// have none.
    pub(crate) fn add_names(&mut self, names: FreshNames) -> Result<(), StoreError> {
        let before = self.base.catalog().entities;
        let mut replaced = names.entities;
        replaced.retain(|&number| number < before);
        replaced.sort_unstable();
        let addition = self.begin(PageKind::Names, names.keys)?;
        self.names = Some((addition, LayerBytes { index: names.index, replaced }));
        Ok(())
    }

    fn begin(&self, kind: PageKind, keys: u64) -> Result<Addition, StoreError> {
        match self.base.catalog().index(kind) {
            Some(index) => index.begin(kind, self.base.pages(), keys),
            None => Index::default().begin(kind, self.base.pages(), keys),
        }
    }

    /// The rows of the facts of entities; in the order of their pages, so that each page of the base is read once.
    fn write_adjacency(&mut self) -> Result<(), StoreError> {
        let mut entities: Vec<u32> = self.adjacency.keys().copied().collect();
        entities.sort_unstable();
        let known = self.base.catalog().entities;
        for entity in entities {
            let (key, slot) = catalog::place(PageKind::Adjacency, entity);
            self.row.clear();
            if self.doomed.contains(&entity) {
                self.row.extend(codec::retracted());
            } else {
                let base = if entity < known { self.base.adjacency_row(entity)? } else { AdjacencyRow::default() };
                let row = self.adjacency_of(entity, base);
                codec::encode_into(&(edges::pack(&row.outgoing), edges::pack(&row.incoming)), &mut self.row)?;
            }
            self.rows.entry(key).or_default().put(slot, &self.row);
        }
        Ok(())
    }

    /// The pages that change.
    pub(crate) fn finish(mut self, changes: &Changes, report: &CommitReport) -> Result<PageChanges, StoreError> {
        self.write_adjacency()?;
        for (entity, row) in std::mem::take(&mut self.mentions) {
            let (key, slot) = catalog::place(PageKind::Mentions, entity);
            let bytes = if row.is_empty() { Vec::new() } else { codec::encode(&row)? };
            self.rows.entry(key).or_default().put(slot, &bytes);
        }
        let past = history::replaced_rows(self.base, &self.rows)?;
        let history = history::pages(self.base.catalog().history, report.generation, &past)?;
        let log = history::log_row(self.base, changes, report, history.len())?;
        let (key, slot) = catalog::log_place(report.generation)?;
        let (oldest, history_first) = history::oldest(self.base, changes, report.generation, &log)?;
        self.rows.entry(key).or_default().put(slot, &codec::encode(&log)?);
        let (indexed, mut pages) = self.write_pages(report.generation)?;
        let mut catalog = Catalog {
            oldest,
            history_first,
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
        for (kind, index, changed) in indexed {
            catalog.set_index(kind, index);
            pages.extend(changed);
        }
        pages.push((PageKey::CATALOG, Some(catalog.to_page()?)));
        pages.sort_by_key(|(key, _)| *key);
        debug_assert_eq!(pages.iter().map(|(key, _)| key).collect::<HashSet<_>>().len(), pages.len());
        Ok(pages)
    }

    /// The indexes that change with their pages, and the pages of all other rows.
    fn write_pages(&mut self, generation: u64) -> Result<(Vec<layers::Changed>, PageChanges), StoreError> {
        let mut ids = Vec::new();
        for of_kind in [&mut self.entity_ids, &mut self.fact_ids, &mut self.source_ids] {
            ids.push((of_kind.kind, std::mem::take(&mut of_kind.fresh)));
        }
        ids.retain(|(_, fresh)| !fresh.is_empty());
        let ids = ids
            .into_iter()
            .map(|(kind, fresh)| Ok((self.begin(kind, fresh.len() as u64)?, fresh)))
            .collect::<Result<Vec<_>, StoreError>>()?;
        let names = self.names.take();
        // Indexes of a bulk load take as long as its pages.
        thread::scope(|scope| {
            let indexed = scope.spawn(|| layers::index(generation, names, ids));
            let mut pages = PageChanges::with_capacity(self.rows.len() + 1);
            for (key, rows) in &self.rows {
                pages.push((*key, Some(rows.splice(*key, generation, base_page(self.base, *key)?.as_deref()))));
            }
            let indexed = indexed.join().map_err(|_| StoreError::damaged("an index", "it cannot be built"))?;
            Ok((indexed?, pages))
        })
    }
}

/// An index of the names of some entities.
pub(crate) struct FreshNames {
    index: Vec<u8>,
    keys: u64,
    entities: Vec<u32>,
}

/// Indexes the names of entities, by number; retracted ones have none.
pub(crate) fn index_names(entities: &HashMap<u32, Option<&Entity>>) -> Result<FreshNames, StoreError> {
    let mut builder = IndexBuilder::new();
    let mut keys = 0;
    for (&number, entity) in entities {
        let Some(entity) = entity else { continue };
        for (position, name) in (0..=u16::MAX).zip(&entity.names) {
            builder.add(number, position, name);
            keys += 1;
        }
    }
    let index = builder.finish().map_err(layers::damaged_names)?;
    Ok(FreshNames { index, keys, entities: entities.keys().copied().collect() })
}

fn nothing(kind: &'static str, id: &str) -> StoreError {
    StoreError::NothingToRetract { kind, id: id.to_owned() }
}

/// The page that the base has under a key; none where only the rest of a commit lies that was cut off.
fn base_page(base: &Snapshot, key: PageKey) -> Result<Option<Arc<Page>>, StoreError> {
    if base.catalog().is_beyond(key) { Ok(None) } else { base.page(key) }
}
