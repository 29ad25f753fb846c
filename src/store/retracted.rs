//! Which records are visible: what is left of those that were retracted, and how readers pass them by.

use serde::{Deserialize, Serialize};

use super::page::PageKind;
use super::snapshot::Snapshot;
use super::{StoreError, codec};
use crate::model::EntityId;

/// What is left in the row of a record that was retracted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RetractedRow {
    /// The id of the record.
    pub(crate) id: String,
    /// The generation in which it was gone.
    pub(crate) generation: u64,
    /// For a merged entity, the number of the one that its id leads to.
    pub(crate) kept: Option<u32>,
}

impl RetractedRow {
    pub(crate) fn encode(&self) -> Result<Vec<u8>, StoreError> {
        codec::encode_retracted(self)
    }

    pub(crate) fn decode(bytes: &[u8], place: impl Fn() -> String) -> Result<Self, StoreError> {
        codec::decode_retracted(bytes, place)
    }
}

impl Snapshot {
    /// The number of the visible entity that has an id itself.
    pub(crate) fn own_entity_number(&self, id: &EntityId) -> Result<Option<u32>, StoreError> {
        self.visible(PageKind::Entities, PageKind::EntityIds, id.as_str())
    }

    /// One past the highest number of an entity. Numbers below it that no entity has belong to retracted ones.
    #[must_use]
    pub fn entity_bound(&self) -> u32 {
        self.catalog().entities
    }

    /// Whether there is an entity with that number that is not retracted.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Io`].
    pub fn has_entity(&self, number: u32) -> Result<bool, StoreError> {
        self.has(PageKind::Entities, number)
    }

    /// The numbers of the entities, ascending.
    pub fn entity_numbers(&self) -> impl Iterator<Item = Result<u32, StoreError>> + '_ {
        self.numbers(PageKind::Entities)
    }

    /// One past the highest number of a fact. Numbers below it that no fact has belong to retracted ones.
    #[must_use]
    pub fn fact_bound(&self) -> u32 {
        self.catalog().facts
    }

    /// Whether there is a fact with that number that is not retracted.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Io`].
    pub fn has_fact(&self, number: u32) -> Result<bool, StoreError> {
        self.has(PageKind::Facts, number)
    }

    /// The numbers of the facts, ascending.
    pub fn fact_numbers(&self) -> impl Iterator<Item = Result<u32, StoreError>> + '_ {
        self.numbers(PageKind::Facts)
    }

    /// The number that belongs to an id in `index`, when its record of kind `kind` is visible.
    pub(super) fn visible(&self, kind: PageKind, index: PageKind, id: &str) -> Result<Option<u32>, StoreError> {
        match self.indexed(index, id)? {
            Some(number) if self.has(kind, number)? => Ok(Some(number)),
            _ => Ok(None),
        }
    }

    pub(super) fn numbers(&self, kind: PageKind) -> impl Iterator<Item = Result<u32, StoreError>> + '_ {
        (0..self.catalog().rows(kind)).filter_map(move |number| match self.has(kind, number) {
            Ok(visible) => visible.then_some(Ok(number)),
            Err(error) => Some(Err(error)),
        })
    }

    /// Whether there is a visible record with that number.
    pub(super) fn has(&self, kind: PageKind, number: u32) -> Result<bool, StoreError> {
        Ok(number < self.catalog().rows(kind) && self.retracted_row(kind, number)?.is_none())
    }

    /// What is left of the record with that number, when it is retracted. Costs nothing while no record of the kind is.
    pub(crate) fn retracted_row(&self, kind: PageKind, number: u32) -> Result<Option<RetractedRow>, StoreError> {
        if self.catalog().retracted(kind) == 0 || number >= self.catalog().rows(kind) {
            return Ok(None);
        }
        self.with_row(kind, number, |bytes| {
            let place = || format!("{} {number}", kind.word());
            codec::is_retracted(bytes).then(|| RetractedRow::decode(bytes, place)).transpose()
        })
    }

    /// The bytes of a row that must exist.
    pub(crate) fn row_bytes(&self, kind: PageKind, number: u32) -> Result<Vec<u8>, StoreError> {
        self.with_row(kind, number, |bytes| Ok(bytes.to_vec()))
    }
}
