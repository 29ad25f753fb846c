//! The words that the graph uses, for warnings and completions.

use std::sync::Arc;

use super::View;
use super::words::WordId;
use crate::cypher::check;

impl View {
    fn words_with(&self, uses: impl Fn(WordId) -> bool) -> Vec<Arc<str>> {
        let words = (0..self.word_count()).map(WordId).filter(|word| uses(*word));
        words.map(|word| Arc::clone(self.text(word))).collect()
    }
}

impl check::Words for View {
    fn labels(&self) -> Vec<Arc<str>> {
        self.words_with(|word| self.label_count(word) > 0)
    }

    fn types(&self) -> Vec<Arc<str>> {
        self.words_with(|word| self.type_count(word) > 0)
    }

    /// Every word, labels and types too: which of them are keys is known to the records only.
    fn keys(&self) -> Vec<Arc<str>> {
        self.words_with(|_| true)
    }
}
