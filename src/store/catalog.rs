//! The catalog: what a reader must know before it can read anything else.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::page::{Page, PageKey, PageKind};
use super::{StoreError, codec};

/// The format of databases that this version writes.
pub(crate) const FORMAT: u32 = 1;
/// Rows of entities, facts and sources in a page.
pub(crate) const ROWS_PER_PAGE: u32 = 32;
/// Entities in a page of adjacency.
pub(crate) const ENTITIES_PER_ADJACENCY_PAGE: u32 = 64;
/// Bytes of an index in a page.
pub(crate) const INDEX_PIECE: usize = 48 << 10;

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
    /// Lengths in bytes of the four indexes, in the order of [`Catalog::INDEXES`].
    pub(crate) index_lengths: [u64; 4],
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
        Ok(super::page::encode(PageKey::CATALOG, &[codec::encode(self)?]))
    }

    /// Reads the catalog from a page whose frame was checked.
    pub(crate) fn from_page(bytes: &[u8]) -> Result<Self, StoreError> {
        let place = || PageKey::CATALOG.to_string();
        let row = Page::reopen(PageKey::CATALOG, bytes)?
            .row(0)
            .ok_or_else(|| StoreError::damaged(place(), "it has no row"))?;
        // The format stands first in the row, so that it can be read from catalogs of newer formats too.
        let format: u32 = codec::decode_first(row, place)?;
        if format > FORMAT {
            return Err(StoreError::NewerFormat { path: std::path::PathBuf::new(), found: format, supported: FORMAT });
        }
        codec::decode(row, place)
    }

    /// How many bytes index `kind` has.
    pub(crate) fn index_length(&self, kind: PageKind) -> u64 {
        Self::INDEXES
            .iter()
            .zip(&self.index_lengths)
            .find_map(|(&index, &length)| (index == kind).then_some(length))
            .unwrap_or(0)
    }

    pub(crate) fn set_index_length(&mut self, kind: PageKind, length: u64) {
        for (index, slot) in Self::INDEXES.iter().zip(&mut self.index_lengths) {
            if *index == kind {
                *slot = length;
            }
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

/// The page and slot of a row.
pub(crate) fn place(kind: PageKind, number: u32) -> (PageKey, usize) {
    let per_page = if kind == PageKind::Adjacency { ENTITIES_PER_ADJACENCY_PAGE } else { ROWS_PER_PAGE };
    (PageKey::new(kind, number / per_page), (number % per_page) as usize)
}
