//! Reading: one whole generation of a database, page by page as it is asked for.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::catalog::{self, Catalog};
use super::mentions::MentionRow;
use super::page::{Page, PageKey, PageKind};
use super::pages::Pages;
use super::past::Past;
use super::row::{AdjacencyRow, EdgeRow, EntityRow, FactRow, Naming, PackedAdjacency, Restore, SourceRow};
use super::{StoreError, codec, edges};
use crate::model::{Entity, EntityId, Fact, FactId, Modality, PartialDate, Source, SourceId};
use crate::names::{LayerBytes, Names};

/// Pages that a snapshot keeps before it forgets them all and starts again.
const CACHED_PAGES: usize = 4096;

/// How many records a database has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Entities.
    pub entities: u32,
    /// Facts.
    pub facts: u32,
    /// Sources.
    pub sources: u32,
}

/// A fact as seen from one of its two ends: what a traversal needs without decoding the fact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// The number of the predicate's word ([`Snapshot::word`]).
    pub predicate: u32,
    /// The entity at the other end.
    pub neighbour: u32,
    /// The fact.
    pub fact: u32,
    /// The date of the fact, or the beginning of its period.
    pub date: Option<PartialDate>,
    /// How the sources put it.
    pub modality: Modality,
    /// The highest confidence among its evidence, from 0 to 1 in steps of a thousandth.
    pub confidence: f32,
}

/// The facts of one entity.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Adjacency {
    /// Facts whose subject the entity is, by predicate, neighbour and fact.
    pub outgoing: Vec<Edge>,
    /// Facts whose object it is, in the same order.
    pub incoming: Vec<Edge>,
}

/// One generation of a database, to be read.
///
/// Entities, facts and sources are numbered from 0 in the order in which they came, and the numbers are good within a
/// database for ever. Retracted records leave gaps: what belongs to their numbers is not seen. Only the pages that a call needs are read; what is wrong with them is an error of that
/// call. A commit that happens meanwhile is not seen.
#[derive(Debug)]
pub struct Snapshot {
    pages: Pages,
    catalog: Catalog,
    /// For a past generation, what it has in place of what there is now.
    pub(super) past: Option<Past>,
    cache: RefCell<HashMap<PageKey, Arc<Page>>>,
    names: OnceCell<Names>,
    entity_ids: OnceCell<Vec<fst::Map<Vec<u8>>>>,
    fact_ids: OnceCell<Vec<fst::Map<Vec<u8>>>>,
    source_ids: OnceCell<Vec<fst::Map<Vec<u8>>>>,
}

impl Snapshot {
    /// A snapshot of `pages`; a database without a catalog has no records.
    pub(crate) fn new(pages: Pages, path: &Path) -> Result<Self, StoreError> {
        let catalog = match pages.get(PageKey::CATALOG)? {
            Some(page) => Catalog::from_page(&page).map_err(|error| match error {
                StoreError::NewerFormat { found, supported, .. } => {
                    StoreError::NewerFormat { path: path.to_owned(), found, supported }
                }
                other => other,
            })?,
            None => Catalog::empty(),
        };
        Ok(Self {
            pages,
            catalog,
            past: None,
            cache: RefCell::default(),
            names: OnceCell::new(),
            entity_ids: OnceCell::new(),
            fact_ids: OnceCell::new(),
            source_ids: OnceCell::new(),
        })
    }

    /// The same database as it was at a generation.
    pub(crate) fn back_to(self, generation: u64) -> Result<Self, StoreError> {
        let past = Past::read(&self, generation)?;
        Ok(self.with_past(past))
    }

    /// The same pages with what they were in the past. Nothing has been read of them through indexes yet.
    pub(crate) fn with_past(self, past: Past) -> Self {
        Self { catalog: past.catalog.clone(), past: Some(past), names: OnceCell::new(), ..self }
    }

    /// How many commits there were before this snapshot.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.catalog.generation
    }

    /// The format of the database.
    #[must_use]
    pub fn format(&self) -> u32 {
        self.catalog.format
    }

    /// How many records there are; retracted ones do not count.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let count = |kind| self.catalog.rows(kind).saturating_sub(self.catalog.retracted(kind));
        let (entities, facts) = (count(PageKind::Entities), count(PageKind::Facts));
        Counts { entities, facts, sources: count(PageKind::Sources) }
    }

    pub(crate) fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    pub(crate) fn pages(&self) -> &Pages {
        &self.pages
    }

    pub(crate) fn into_pages(self) -> Pages {
        self.pages
    }

    /// The text of a word: a label, a predicate, a property key.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when there is no such word.
    pub fn word(&self, number: u32) -> Result<&str, StoreError> {
        self.catalog
            .words
            .get(number as usize)
            .map(String::as_str)
            .ok_or_else(|| StoreError::damaged("the catalog", format!("it has no word {number}")))
    }

    /// The number of a word, if any record uses it.
    #[must_use]
    pub fn word_number(&self, word: &str) -> Option<u32> {
        self.catalog.words.iter().position(|own| own == word).and_then(|at| u32::try_from(at).ok())
    }

    // ---- entities

    /// The number of the entity that an id stands for: the one that has it or, for the id of an entity that was merged,
    /// the one that it was merged into.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Io`].
    pub fn entity_number(&self, id: &EntityId) -> Result<Option<u32>, StoreError> {
        let mut number = self.indexed(PageKind::EntityIds, id.as_str())?;
        // An entity is merged into a visible one, so that the way ends; damage must not make it endless.
        for _ in 0..=self.catalog.retracted(PageKind::Entities) {
            let Some(found) = number.filter(|&found| found < self.catalog.entities) else { break };
            match self.retracted_row(PageKind::Entities, found)? {
                Some(row) => number = row.kept,
                None => return Ok(Some(found)),
            }
        }
        Ok(None)
    }

    /// The entity with that number.
    ///
    /// # Errors
    /// [`StoreError::Retracted`], [`StoreError::Damaged`] when there is none or its row is damaged, [`StoreError::Io`].
    pub fn entity(&self, number: u32) -> Result<Entity, StoreError> {
        let row = self.entity_row(number)?;
        Restore { names: self, place: &|| format!("entity {number}") }.entity(row)
    }

    pub(crate) fn entity_row(&self, number: u32) -> Result<EntityRow, StoreError> {
        self.with_row(PageKind::Entities, number, |bytes| codec::decode(bytes, || format!("entity {number}")))
    }

    /// The id of the entity with that number, without reading the rest of it.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Io`].
    pub fn entity_id(&self, number: u32) -> Result<EntityId, StoreError> {
        Naming::entity_id(self, number)
    }

    /// The entity with that number as it is needed to name it: id, labels and names, without evidence and claims.
    ///
    /// # Errors
    /// As [`Snapshot::entity`].
    pub fn heading(&self, number: u32) -> Result<Entity, StoreError> {
        let row = self.entity_row(number)?;
        Restore { names: self, place: &|| format!("entity {number}") }.heading(row)
    }

    /// Every entity, by number.
    pub fn entities(&self) -> impl Iterator<Item = Result<Entity, StoreError>> + '_ {
        self.entity_numbers().map(|number| self.entity(number?))
    }

    /// The facts of an entity; none for one that is retracted.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Io`].
    pub fn adjacency(&self, entity: u32) -> Result<Adjacency, StoreError> {
        Ok(self.find_adjacency(entity)?.unwrap_or_default())
    }

    /// The facts of an entity; `None` when it is retracted, which is known without looking at the entity itself.
    ///
    /// # Errors
    /// As [`Snapshot::adjacency`].
    pub fn find_adjacency(&self, entity: u32) -> Result<Option<Adjacency>, StoreError> {
        let place = || format!("facts of entity {entity}");
        let Some(row) = self.find_adjacency_row(entity)? else { return Ok(None) };
        let restore = Restore { names: self, place: &place };
        let edges = |rows: Vec<EdgeRow>| rows.iter().map(|row| restore.edge(row)).collect::<Result<Vec<_>, _>>();
        Ok(Some(Adjacency { outgoing: edges(row.outgoing)?, incoming: edges(row.incoming)? }))
    }

    pub(crate) fn adjacency_row(&self, entity: u32) -> Result<AdjacencyRow, StoreError> {
        Ok(self.find_adjacency_row(entity)?.unwrap_or_default())
    }

    /// `None` for an entity that is retracted.
    pub(crate) fn find_adjacency_row(&self, entity: u32) -> Result<Option<AdjacencyRow>, StoreError> {
        let place = || format!("facts of entity {entity}");
        let read = |bytes: &[u8]| match codec::is_retracted(bytes) {
            true => Ok(None),
            false => {
                let (outgoing, incoming): PackedAdjacency = codec::decode(bytes, place)?;
                let damaged = || StoreError::damaged(place(), "the edges cannot be unpacked");
                let unpack = |edges| edges::unpack(edges).ok_or_else(damaged);
                Ok(Some(AdjacencyRow { outgoing: unpack(&outgoing)?, incoming: unpack(&incoming)? }))
            }
        };
        let now = self.find_row(PageKind::Adjacency, entity, read)?;
        let Some(past) = &self.past else { return Ok(now.unwrap_or_else(|| Some(AdjacencyRow::default()))) };
        let visible = self.has(PageKind::Entities, entity)?;
        Ok(visible.then(|| past.adjacency(entity, now.flatten().unwrap_or_default())))
    }

    /// Who mentions an entity in evidence.
    pub(crate) fn mention_row(&self, entity: u32) -> Result<MentionRow, StoreError> {
        let place = || format!("mentions of entity {entity}");
        Ok(self.find_row(PageKind::Mentions, entity, |bytes| codec::decode(bytes, place))?.unwrap_or_default())
    }

    // ---- facts

    /// The number of the fact with that id.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Io`].
    pub fn fact_number(&self, id: &FactId) -> Result<Option<u32>, StoreError> {
        self.visible(PageKind::Facts, PageKind::FactIds, id.as_str())
    }

    /// The fact with that number.
    ///
    /// # Errors
    /// [`StoreError::Retracted`], [`StoreError::Damaged`] when there is none or its row is damaged, [`StoreError::Io`].
    pub fn fact(&self, number: u32) -> Result<Fact, StoreError> {
        let row = self.fact_row(number)?;
        Restore { names: self, place: &|| format!("fact {number}") }.fact(row)
    }

    pub(crate) fn fact_row(&self, number: u32) -> Result<FactRow, StoreError> {
        self.with_row(PageKind::Facts, number, |bytes| codec::decode(bytes, || format!("fact {number}")))
    }

    /// Every fact, by number.
    pub fn facts(&self) -> impl Iterator<Item = Result<Fact, StoreError>> + '_ {
        self.fact_numbers().map(|number| self.fact(number?))
    }

    // ---- sources

    /// The number of the source with that id.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Io`].
    pub fn source_number(&self, id: &SourceId) -> Result<Option<u32>, StoreError> {
        self.visible(PageKind::Sources, PageKind::SourceIds, id.as_str())
    }

    /// The source with that number.
    ///
    /// # Errors
    /// [`StoreError::Retracted`], [`StoreError::Damaged`] when there is none or its row is damaged, [`StoreError::Io`].
    pub fn source(&self, number: u32) -> Result<Source, StoreError> {
        let place = || format!("source {number}");
        let row: SourceRow = self.with_row(PageKind::Sources, number, |bytes| codec::decode(bytes, place))?;
        Restore { names: self, place: &place }.source(row)
    }

    /// The source with that id.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Io`].
    pub fn source_by_id(&self, id: &SourceId) -> Result<Option<Source>, StoreError> {
        self.source_number(id)?.map(|number| self.source(number)).transpose()
    }

    /// Every source, by number.
    pub fn sources(&self) -> impl Iterator<Item = Result<Source, StoreError>> + '_ {
        self.numbers(PageKind::Sources).map(|number| self.source(number?))
    }

    // ---- indexes

    /// The index of names, read at the first call.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Io`].
    pub fn names(&self) -> Result<&Names, StoreError> {
        if let Some(names) = self.names.get() {
            return Ok(names);
        }
        let mut layers = self.layers(PageKind::Names)?;
        if let Some(past) = &self.past {
            layers.push(past.names(self)?);
        }
        let names = Names::open(layers).map_err(|error| StoreError::damaged("the name index", error.to_string()))?;
        Ok(self.names.get_or_init(|| names))
    }

    /// The layers of an index, oldest first.
    fn layers(&self, kind: PageKind) -> Result<Vec<LayerBytes>, StoreError> {
        self.catalog.index(kind).map_or(Ok(Vec::new()), |index| index.read(kind, &self.pages))
    }

    fn ids(&self, kind: PageKind) -> Result<Vec<fst::Map<Vec<u8>>>, StoreError> {
        let damaged = |error: fst::Error| StoreError::damaged(format!("{kind:?}"), error.to_string());
        self.layers(kind)?.into_iter().map(|layer| fst::Map::new(layer.index).map_err(damaged)).collect()
    }

    /// The number that belongs to an id, also when its record is retracted.
    pub(crate) fn indexed(&self, kind: PageKind, id: &str) -> Result<Option<u32>, StoreError> {
        let maps = self.id_maps(kind)?;
        Ok(maps.iter().rev().find_map(|map| map.get(id)).and_then(|number| u32::try_from(number).ok()))
    }

    /// The layers of an index of ids, oldest first, read at the first call.
    pub(super) fn id_maps(&self, kind: PageKind) -> Result<&[fst::Map<Vec<u8>>], StoreError> {
        let cell = match kind {
            PageKind::EntityIds => &self.entity_ids,
            PageKind::FactIds => &self.fact_ids,
            _ => &self.source_ids,
        };
        if let Some(maps) = cell.get() {
            return Ok(maps);
        }
        let maps = self.ids(kind)?;
        Ok(cell.get_or_init(|| maps))
    }

    /// The ids in an index by their numbers, as far as it can be read.
    pub(crate) fn ids_by_number(&self, kind: PageKind) -> HashMap<u32, String> {
        use fst::Streamer;
        let mut ids = HashMap::new();
        for map in self.ids(kind).unwrap_or_default() {
            let mut stream = map.stream();
            while let Some((id, number)) = stream.next() {
                if let (Ok(id), Ok(number)) = (std::str::from_utf8(id), u32::try_from(number)) {
                    ids.insert(number, id.to_owned());
                }
            }
        }
        ids
    }

    // ---- rows

    /// Gives the bytes of a row that must exist to `read`.
    pub(super) fn with_row<T>(
        &self,
        kind: PageKind,
        number: u32,
        read: impl FnOnce(&[u8]) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.find_row(kind, number, read)?.ok_or_else(|| {
            let (key, slot) = catalog::place(kind, number);
            StoreError::damaged(key.to_string(), format!("it has no row {slot}"))
        })
    }

    pub(super) fn find_row<T>(
        &self,
        kind: PageKind,
        number: u32,
        read: impl FnOnce(&[u8]) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        if let Some(row) = self.past.as_ref().and_then(|past| past.row(kind, number)) {
            return read(row).map(Some);
        }
        let (key, slot) = catalog::place(kind, number);
        let Some(page) = self.page(key)? else { return Ok(None) };
        page.row(slot).map(read).transpose()
    }

    /// The page under a key.
    pub(crate) fn page(&self, key: PageKey) -> Result<Option<Arc<Page>>, StoreError> {
        if let Some(page) = self.cache.borrow().get(&key) {
            return Ok(Some(Arc::clone(page)));
        }
        let Some(page) = self.pages.get(key)?.map(Arc::new) else { return Ok(None) };
        let mut cache = self.cache.borrow_mut();
        if cache.len() >= CACHED_PAGES {
            cache.clear();
        }
        cache.insert(key, Arc::clone(&page));
        Ok(Some(page))
    }
}

impl Naming for Snapshot {
    fn word(&self, number: u32) -> Result<&str, StoreError> {
        Snapshot::word(self, number)
    }

    fn entity_id(&self, number: u32) -> Result<EntityId, StoreError> {
        let place = || format!("entity {number}");
        let id: String = self.with_row(PageKind::Entities, number, |bytes| codec::decode_first(bytes, place))?;
        EntityId::new(id).map_err(|error| StoreError::damaged(place(), error.to_string()))
    }

    fn source_id(&self, number: u32) -> Result<SourceId, StoreError> {
        let place = || format!("source {number}");
        let id: String = self.with_row(PageKind::Sources, number, |bytes| codec::decode_first(bytes, place))?;
        SourceId::new(id).map_err(|error| StoreError::damaged(place(), error.to_string()))
    }
}
