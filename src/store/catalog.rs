//! The catalog: what a reader must know before it can read anything else.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::layers::Index;
use super::page::{Page, PageKey, PageKind};
use super::{StoreError, codec};

/// The format of databases that this version writes.
pub(crate) const FORMAT: u32 = 1;
/// Rows of entities, facts and sources in a page. More would pack better, and make one row dearer to read.
pub(crate) const ROWS_PER_PAGE: u32 = 128;
/// Entities in a page of adjacency.
pub(crate) const ENTITIES_PER_ADJACENCY_PAGE: u32 = 128;

/// Counts, generation and words of a database.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Catalog {
    /// Format of the database as a whole.
    pub(crate) format: u32,
    /// How many commits there were.
    pub(crate) generation: u64,
    pub(crate) entities: u32,
    pub(crate) facts: u32,
    pub(crate) sources: u32,
    /// How many of the entities, facts and sources are retracted.
    pub(crate) retracted: [u32; 3],
    /// The first page of history that still counts, and the number that the next one gets.
    pub(crate) history_first: u32,
    pub(crate) history: u32,
    /// The oldest generation that the history still leads to.
    pub(crate) oldest: u64,
    /// The four indexes, in the order of [`Catalog::INDEXES`].
    pub(crate) indexes: [Index; 4],
    /// Words by number: labels, predicates, keys, languages, rules.
    pub(crate) words: Vec<String>,
}

impl Catalog {
    /// The indexes, in the order of their lengths in the catalog.
    pub(crate) const INDEXES: [PageKind; 4] =
        [PageKind::Names, PageKind::EntityIds, PageKind::FactIds, PageKind::SourceIds];

    /// A database without records.
    pub(crate) fn empty() -> Self {
        Self { format: FORMAT, ..Self::default() }
    }

    pub(crate) fn to_page(&self) -> Result<Vec<u8>, StoreError> {
        Ok(super::page::encode(PageKey::CATALOG, self.generation, &[codec::encode(self)?]))
    }

    /// Reads the catalog from its page.
    pub(crate) fn from_page(page: &Page) -> Result<Self, StoreError> {
        let place = || PageKey::CATALOG.to_string();
        let row = page.row(0).ok_or_else(|| StoreError::damaged(place(), "it has no row"))?;
        // The format stands first in the row, so that it can be read from catalogs of newer formats too.
        let format: u32 = codec::decode_first(row, place)?;
        if format > FORMAT {
            return Err(StoreError::NewerFormat { path: std::path::PathBuf::new(), found: format, supported: FORMAT });
        }
        codec::decode(row, place)
    }

    /// How many rows of a kind of record there are, retracted ones included.
    pub(crate) fn rows(&self, kind: PageKind) -> u32 {
        match kind {
            PageKind::Entities => self.entities,
            PageKind::Facts => self.facts,
            PageKind::Sources => self.sources,
            _ => 0,
        }
    }

    /// How many of them are retracted.
    pub(crate) fn retracted(&self, kind: PageKind) -> u32 {
        let [entities, facts, sources] = self.retracted;
        match kind {
            PageKind::Entities => entities,
            PageKind::Facts => facts,
            PageKind::Sources => sources,
            _ => 0,
        }
    }

    /// The layers of index `kind`; `None` for pages that are no index.
    pub(crate) fn index(&self, kind: PageKind) -> Option<&Index> {
        Self::INDEXES.iter().zip(&self.indexes).find_map(|(&own, index)| (own == kind).then_some(index))
    }

    pub(crate) fn set_index(&mut self, kind: PageKind, index: Index) {
        for (own, slot) in Self::INDEXES.iter().zip(&mut self.indexes) {
            if *own == kind {
                *slot = index;
                return;
            }
        }
    }

    /// Whether a page is one of the database.
    pub(crate) fn knows(&self, key: PageKey) -> bool {
        !self.is_beyond(key) && self.index(key.kind).is_none_or(|index| index.has(key))
    }

    /// Whether a page lies behind everything that the catalog knows of: left by a commit that was cut off before its
    /// last batch, or about to be written by one. Or it is one of the history that was given up. What is in it means nothing.
    pub(crate) fn is_beyond(&self, key: PageKey) -> bool {
        let rows = match key.kind {
            PageKind::Catalog => return false,
            PageKind::Entities | PageKind::Adjacency | PageKind::Mentions => self.entities,
            PageKind::Facts => self.facts,
            PageKind::Sources => self.sources,
            PageKind::History => return !(self.history_first..self.history).contains(&key.number),
            PageKind::Log => u32::try_from(self.generation).unwrap_or(u32::MAX),
            index => return self.index(index).is_none_or(|index| index.is_beyond(key)),
        };
        match rows.checked_sub(1) {
            None => true,
            Some(last) => key.number > place(key.kind, last).0.number,
        }
    }
}

/// The words of a catalog with the way back from text to number.
#[derive(Debug)]
pub(crate) struct Words {
    numbers: HashMap<String, u32>,
    words: Vec<String>,
}

impl Words {
    pub(crate) fn new(words: Vec<String>) -> Self {
        let numbers = words.iter().cloned().zip(0..).collect();
        Self { numbers, words }
    }

    /// The number of a word, new if need be.
    pub(crate) fn number(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.push(word.to_owned());
        self.numbers.insert(word.to_owned(), number);
        number
    }

    pub(crate) fn into_vec(self) -> Vec<String> {
        self.words
    }
}

/// The count for a kind of record in a list of entities, facts and sources.
pub(crate) fn of_kind(counts: &mut [u32; 3], kind: PageKind) -> Option<&mut u32> {
    let [entities, facts, sources] = counts;
    match kind {
        PageKind::Entities => Some(entities),
        PageKind::Facts => Some(facts),
        PageKind::Sources => Some(sources),
        _ => None,
    }
}

/// The page and slot in the log of the commit that made a generation.
pub(crate) fn log_place(generation: u64) -> Result<(PageKey, usize), StoreError> {
    let number = generation.checked_sub(1).and_then(|number| u32::try_from(number).ok());
    let number = number.ok_or(StoreError::TooMany { what: "commits", limit: u32::MAX })?;
    Ok(place(PageKind::Log, number))
}

/// The number of the record in a slot of a page of records; `None` for other pages.
pub(crate) fn number_at(key: PageKey, slot: usize) -> Option<u32> {
    let slot = u32::try_from(slot).ok().filter(|_| key.kind.is_record())?;
    key.number.checked_mul(ROWS_PER_PAGE)?.checked_add(slot)
}

/// The page and slot of a row.
pub(crate) fn place(kind: PageKind, number: u32) -> (PageKey, usize) {
    let per_page = match kind {
        PageKind::Adjacency | PageKind::Mentions => ENTITIES_PER_ADJACENCY_PAGE,
        _ => ROWS_PER_PAGE,
    };
    (PageKey::new(kind, number / per_page), (number % per_page) as usize)
}
