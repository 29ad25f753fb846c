//! Names that contain the words of a query.

use fst::Automaton;

use super::index::NameIndex;
use super::key::{KeyKind, Posting};
use super::normal::Normal;

/// Edges followed for one query; some milliseconds of work. All names of a landscape of about 50,000 are seen.
const BUDGET: usize = 1_000_000;

impl<D: AsRef<[u8]>> NameIndex<D> {
    /// The names that contain the words of `query` in its order, wherever they stand: "sequoia china" is found in
    /// Sequoia Capital China, 资本 in 红杉资本. The shortest names first.
    ///
    /// Nothing for a query of one character. Looks at every name, with bounded work: in an index of millions of names
    /// the last ones may be missing.
    #[must_use]
    pub fn containing(&self, query: &Normal, limit: usize) -> Vec<Posting> {
        if query.places().len() < 2 {
            return Vec::new();
        }
        let words = Words::new(query.pieces().filter_map(|piece| query.text().get(piece)));
        let mut keys = Vec::new();
        self.scan(KeyKind::Name, &words, BUDGET, |key, _, cursor| {
            // The first bytes of UTF-8 characters, which are all but 0x80 to 0xbf.
            keys.push((key.iter().filter(|&&byte| !(0x80..0xc0).contains(&byte)).count(), cursor));
        });
        keys.sort_by_key(|(length, _)| *length);
        // Names are read only for the keys that are short enough to be in the answer.
        let mut found = Vec::new();
        let mut longest = 0;
        for (length, cursor) in keys {
            if found.len() >= limit && length > longest {
                break;
            }
            longest = length;
            found.extend(self.postings(KeyKind::Name, cursor));
        }
        found.sort_unstable_by_key(Posting::order);
        found.truncate(limit);
        found
    }
}

/// Accepts the keys that contain some words one after the other.
///
/// The method of Knuth, Morris and Pratt (1977), one word after the other: after a wrong byte the longest beginning of
/// the current word that still ends here is kept.
struct Words {
    words: Vec<Word>,
}

struct Word {
    bytes: Vec<u8>,
    /// For each number of matched bytes, how many stay matched when the next one differs.
    fallback: Vec<usize>,
}

impl Words {
    fn new<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        Self { words: words.filter(|word| !word.is_empty()).map(Word::new).collect() }
    }
}

impl Word {
    fn new(text: &str) -> Self {
        let mut word = Self { bytes: text.as_bytes().to_vec(), fallback: vec![0, 0] };
        for &byte in text.as_bytes().iter().skip(1) {
            let longest = word.fallback.last().copied().unwrap_or(0);
            let next = word.advance(longest, byte);
            word.fallback.push(next);
        }
        word
    }

    /// How many bytes are matched after `byte`, when `matched` were before.
    fn advance(&self, mut matched: usize, byte: u8) -> usize {
        loop {
            if self.bytes.get(matched) == Some(&byte) {
                return matched + 1;
            }
            if matched == 0 {
                return 0;
            }
            matched = self.fallback.get(matched).copied().unwrap_or(0);
        }
    }
}

impl Automaton for Words {
    /// How many words were found, and how many bytes of the next one are matched.
    type State = (usize, usize);

    fn start(&self) -> Self::State {
        (0, 0)
    }

    fn is_match(&self, state: &Self::State) -> bool {
        state.0 == self.words.len()
    }

    fn accept(&self, &(found, matched): &Self::State, byte: u8) -> Self::State {
        let Some(word) = self.words.get(found) else { return (found, matched) };
        let matched = word.advance(matched, byte);
        if matched == word.bytes.len() { (found + 1, 0) } else { (found, matched) }
    }
}
