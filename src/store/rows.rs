//! New rows of a page.

use super::page::{self, Page, PageKey};

/// The rows that a commit writes to one page, by slot.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    bytes: Vec<u8>,
    /// Where the row of a slot lies in the bytes, when the commit writes it.
    places: Vec<Option<(usize, usize)>>,
}

impl Rows {
    /// The new row in a slot.
    pub(crate) fn get(&self, slot: usize) -> Option<&[u8]> {
        let (start, end) = (*self.places.get(slot)?)?;
        self.bytes.get(start..end)
    }

    /// Puts a row in a slot.
    pub(crate) fn put(&mut self, slot: usize, row: &[u8]) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(row);
        if self.places.len() <= slot {
            self.places.resize(slot + 1, None);
        }
        if let Some(place) = self.places.get_mut(slot) {
            *place = Some((start, self.bytes.len()));
        }
    }

    /// The new rows with their slots.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &[u8])> {
        (0..self.places.len()).filter_map(|slot| Some((slot, self.get(slot)?)))
    }

    /// The page with these rows in the place of those that it has, as the commit of a generation writes it.
    pub(crate) fn splice(&self, key: PageKey, generation: u64, before: Option<&Page>) -> Vec<u8> {
        let count = before.map_or(0, Page::len).max(self.places.len());
        let spliced: Vec<&[u8]> =
            (0..count).map(|slot| self.get(slot).or_else(|| before?.row(slot)).unwrap_or_default()).collect();
        page::encode(key, generation, &spliced)
    }
}
