//! Ids and their numbers while a commit is worked out.

use std::collections::HashMap;
use std::sync::Arc;

use super::StoreError;
use super::page::PageKind;

/// New ids with their numbers.
pub(crate) type FreshIds = Vec<(Arc<str>, u32)>;

/// The ids of one kind of record, those of the base and new ones.
#[derive(Debug)]
pub(crate) struct Ids {
    what: &'static str,
    /// The index of the ids.
    pub(crate) kind: PageKind,
    /// The number that the next new id gets.
    pub(crate) next: u32,
    known: HashMap<Arc<str>, u32>,
    /// New ids.
    pub(crate) fresh: FreshIds,
}

impl Ids {
    pub(crate) fn new(what: &'static str, kind: PageKind, next: u32, expected: usize) -> Self {
        Self { what, kind, next, known: HashMap::with_capacity(expected), fresh: Vec::new() }
    }

    /// The number of an id that this commit knows.
    pub(crate) fn get(&self, id: &str) -> Option<u32> {
        self.known.get(id).copied()
    }

    /// The number of an id; `in_base` looks it up among those of the base, once for each id.
    pub(crate) fn assign(
        &mut self,
        id: &str,
        in_base: impl FnOnce() -> Result<Option<u32>, StoreError>,
    ) -> Result<u32, StoreError> {
        if let Some(number) = self.get(id) {
            return Ok(number);
        }
        let id: Arc<str> = id.into();
        let number = match in_base()? {
            Some(number) => number,
            None => {
                let number = self.next;
                self.next = number.checked_add(1).ok_or(StoreError::TooMany { what: self.what, limit: u32::MAX })?;
                self.fresh.push((Arc::clone(&id), number));
                number
            }
        };
        self.known.insert(id, number);
        Ok(number)
    }
}
