//! The properties of one node or relationship, and a cache of them.

use std::rc::Rc;
use std::sync::Arc;

use super::words::WordId;
use crate::cypher::value::Value;

/// The properties of a node or relationship as a statement sees them, sorted by the text of their keys.
#[derive(Debug, Clone, Default)]
pub(crate) struct Record {
    entries: Vec<(WordId, Arc<str>, Value)>,
    /// Whether it belongs to the landscape, and is not made by a statement.
    pub(super) landscape: bool,
}

impl Record {
    /// No properties.
    pub(super) fn of(landscape: bool) -> Self {
        Self { entries: Vec::new(), landscape }
    }

    /// The value of a key, when there is one; never null.
    #[inline]
    pub(crate) fn get(&self, key: WordId) -> Option<&Value> {
        self.entries.iter().find(|(own, ..)| *own == key).map(|(.., value)| value)
    }

    /// Keys and values, in the order of the keys' texts.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = (WordId, &Arc<str>, &Value)> {
        self.entries.iter().map(|(word, text, value)| (*word, text, value))
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Sets a key; null removes it.
    pub(super) fn set(&mut self, word: WordId, text: &Arc<str>, value: Value) {
        match (self.entries.binary_search_by(|(_, own, _)| own.cmp(text)), value) {
            (Ok(at), Value::Null) => {
                self.entries.remove(at);
            }
            (Err(_), Value::Null) => {}
            (Ok(at), value) => {
                if let Some(entry) = self.entries.get_mut(at) {
                    entry.2 = value;
                }
            }
            (Err(at), value) => self.entries.insert(at, (word, Arc::clone(text), value)),
        }
    }
}

/// Records that a cache keeps before it forgets them all and starts again.
const MOST: usize = 200_000;

/// Records by number. Eight bytes for each number up to the highest one that was asked for.
#[derive(Debug, Default)]
pub(super) struct Cache {
    records: Vec<Option<Rc<Record>>>,
    filled: usize,
}

impl Cache {
    #[inline]
    pub(super) fn get(&self, number: u32) -> Option<&Rc<Record>> {
        self.records.get(number as usize)?.as_ref()
    }

    pub(super) fn put(&mut self, number: u32, record: Rc<Record>) {
        if self.filled >= MOST {
            *self = Self::default();
        }
        let place = number as usize;
        if place >= self.records.len() {
            self.records.resize(place + 1, None);
        }
        if let Some(slot) = self.records.get_mut(place) {
            self.filled += usize::from(slot.is_none());
            *slot = Some(record);
        }
    }
}
