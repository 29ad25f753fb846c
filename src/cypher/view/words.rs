//! Labels, types and property keys as numbers.

use std::collections::HashMap;
use std::sync::Arc;

/// Number of a label, type or property key within a view; those of the database first, then those the statement brings.
///
/// Good for one view, and for others on the same base where both know the word from there: the next generation may give
/// a word another number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct WordId(pub(crate) u32);

/// Words by number and numbers by word. The words of one list may go on where those of another end.
#[derive(Debug, Default)]
pub(super) struct Words {
    first: u32,
    texts: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32>,
}

impl Words {
    /// An empty list whose numbers begin at `first`.
    pub(super) fn starting_at(first: u32) -> Self {
        Self { first, ..Self::default() }
    }

    /// The number after the last one.
    pub(super) fn end(&self) -> u32 {
        self.first.saturating_add(u32::try_from(self.texts.len()).unwrap_or(u32::MAX))
    }

    pub(super) fn number(&self, text: &str) -> Option<WordId> {
        self.numbers.get(text).copied().map(WordId)
    }

    pub(super) fn text(&self, word: WordId) -> Option<&Arc<str>> {
        self.texts.get(word.0.checked_sub(self.first)? as usize)
    }

    /// The number of a word, new if need be.
    pub(super) fn intern(&mut self, text: &str) -> WordId {
        self.number(text).unwrap_or_else(|| self.push(text.into()))
    }

    /// Adds a word; of two that are alike the first one is found by its text.
    pub(super) fn push(&mut self, text: Arc<str>) -> WordId {
        let number = self.end();
        self.numbers.entry(Arc::clone(&text)).or_insert(number);
        self.texts.push(text);
        WordId(number)
    }
}
