//! Reading: one whole generation of a database, page by page as it is asked for.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::catalog::{self, Catalog};
use super::page::{Page, PageKey, PageKind};
use super::pages::Pages;
use super::row::{AdjacencyRow, EdgeRow, EntityRow, FactRow, Naming, Restore, SourceRow};
use super::{StoreError, codec};
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
/// Entities, facts and sources are numbered from 0 in the order in which they came; the numbers are dense, and good
/// within a database for ever. Only the pages that a call needs are read; what is wrong with them is an error of that
/// call. A commit that happens meanwhile is not seen.
#[derive(Debug)]
pub struct Snapshot {
    pages: Pages,
    catalog: Catalog,
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
            cache: RefCell::default(),
            names: OnceCell::new(),
            entity_ids: OnceCell::new(),
            fact_ids: OnceCell::new(),
            source_ids: OnceCell::new(),
        })
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

    /// How many records there are.
    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts { entities: self.catalog.entities, facts: self.catalog.facts, sources: self.catalog.sources }
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

    /// The number of the entity with that id.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Io`].
    pub fn entity_number(&self, id: &EntityId) -> Result<Option<u32>, StoreError> {
        self.number(PageKind::EntityIds, &self.entity_ids, id.as_str())
    }

    /// The entity with that number.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when there is none or its row is damaged; [`StoreError::Io`].
    pub fn entity(&self, number: u32) -> Result<Entity, StoreError> {
        let place = || format!("entity {number}");
        let row: EntityRow = self.with_row(PageKind::Entities, number, |bytes| codec::decode(bytes, place))?;
        Restore { names: self, place: &place }.entity(row)
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
        let place = || format!("entity {number}");
        let row: EntityRow = self.with_row(PageKind::Entities, number, |bytes| codec::decode(bytes, place))?;
        Restore { names: self, place: &place }.heading(row)
    }

    /// Every entity, by number.
    pub fn entities(&self) -> impl Iterator<Item = Result<Entity, StoreError>> + '_ {
        (0..self.catalog.entities).map(|number| self.entity(number))
    }

    /// The facts of an entity.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Io`].
    pub fn adjacency(&self, entity: u32) -> Result<Adjacency, StoreError> {
        let place = || format!("facts of entity {entity}");
        let row = self.adjacency_row(entity)?;
        let restore = Restore { names: self, place: &place };
        let edges = |rows: Vec<EdgeRow>| -> Result<Vec<Edge>, StoreError> {
            rows.into_iter()
                .map(|row| {
                    Ok(Edge {
                        predicate: row.predicate,
                        neighbour: row.neighbour,
                        fact: row.fact,
                        date: row.date.map(|date| restore.date(date)).transpose()?,
                        modality: restore.modality(row.modality)?,
                        confidence: f32::from(row.confidence) / 1000.0,
                    })
                })
                .collect()
        };
        Ok(Adjacency { outgoing: edges(row.outgoing)?, incoming: edges(row.incoming)? })
    }

    pub(crate) fn adjacency_row(&self, entity: u32) -> Result<AdjacencyRow, StoreError> {
        let place = || format!("facts of entity {entity}");
        match self.find_row(PageKind::Adjacency, entity, |bytes| codec::decode(bytes, place))? {
            Some(row) => Ok(row),
            None => Ok(AdjacencyRow::default()),
        }
    }

    // ---- facts

    /// The number of the fact with that id.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Io`].
    pub fn fact_number(&self, id: &FactId) -> Result<Option<u32>, StoreError> {
        self.number(PageKind::FactIds, &self.fact_ids, id.as_str())
    }

    /// The fact with that number.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when there is none or its row is damaged; [`StoreError::Io`].
    pub fn fact(&self, number: u32) -> Result<Fact, StoreError> {
        let row = self.fact_row(number)?;
        Restore { names: self, place: &|| format!("fact {number}") }.fact(row)
    }

    pub(crate) fn fact_row(&self, number: u32) -> Result<FactRow, StoreError> {
        self.with_row(PageKind::Facts, number, |bytes| codec::decode(bytes, || format!("fact {number}")))
    }

    /// Every fact, by number.
    pub fn facts(&self) -> impl Iterator<Item = Result<Fact, StoreError>> + '_ {
        (0..self.catalog.facts).map(|number| self.fact(number))
    }

    // ---- sources

    /// The number of the source with that id.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Io`].
    pub fn source_number(&self, id: &SourceId) -> Result<Option<u32>, StoreError> {
        self.number(PageKind::SourceIds, &self.source_ids, id.as_str())
    }

    /// The source with that number.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when there is none or its row is damaged; [`StoreError::Io`].
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
        (0..self.catalog.sources).map(|number| self.source(number))
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
        let names = Names::open(self.layers(PageKind::Names)?)
            .map_err(|error| StoreError::damaged("the name index", error.to_string()))?;
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

    fn number(
        &self,
        kind: PageKind,
        cell: &OnceCell<Vec<fst::Map<Vec<u8>>>>,
        id: &str,
    ) -> Result<Option<u32>, StoreError> {
        let maps = match cell.get() {
            Some(maps) => maps,
            None => {
                let maps = self.ids(kind)?;
                cell.get_or_init(|| maps)
            }
        };
        Ok(maps.iter().rev().find_map(|map| map.get(id)).and_then(|number| u32::try_from(number).ok()))
    }

    // ---- rows

    /// Gives the bytes of a row that must exist to `read`.
    fn with_row<T>(
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

    fn find_row<T>(
        &self,
        kind: PageKind,
        number: u32,
        read: impl FnOnce(&[u8]) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
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
