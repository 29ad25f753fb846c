//! The name index: from a name in any script to the entities that carry it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fmt;

use fst::Automaton;
use fst::raw::{Builder, CompiledAddr, Fst, Transition};

use crate::model::Name;

use super::NamesError;
use super::key::{END, KeyKind, Posting};
use super::normal::{Normal, name_key};
use super::pinyin::pinyin_key;

/// Collects names and writes them as one index.
///
/// # Examples
/// ```
/// use ailand::model::{Language, Name, NameKind};
/// use ailand::names::{IndexBuilder, KeyKind, NameIndex};
///
/// let name = Name {
///     text: "月之暗面".into(),
///     language: Language::Simplified,
///     kind: NameKind::Canonical,
///     derived: false,
///     evidence: vec![],
/// };
/// let mut builder = IndexBuilder::new();
/// builder.add(7, 0, &name);
/// let index = NameIndex::open(builder.finish()?)?;
/// assert_eq!(index.exact(KeyKind::Name, "月之暗面")[0].entity, 7);
/// assert_eq!(index.exact(KeyKind::Pinyin, "yuezhianmian")[0].entity, 7);
/// # Ok::<(), ailand::names::NamesError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct IndexBuilder {
    entries: Vec<(Vec<u8>, u64)>,
}

impl IndexBuilder {
    /// An index without names.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a name: `position` is its place among the names of the entity with this number.
    ///
    /// The order of calls does not matter. A name that shows nothing, such as a lone space, is left out.
    pub fn add(&mut self, entity: u32, position: u16, name: &Name) {
        let normal = Normal::new(&name.text);
        let breaks = u8::try_from(normal.breaks(0, normal.places().len())).unwrap_or(u8::MAX);
        let mut push = |kind: KeyKind, key: &str| {
            if key.is_empty() {
                return;
            }
            let length = u16::try_from(key.chars().count()).unwrap_or(u16::MAX);
            let posting =
                Posting { entity, name: position, kind: name.kind, derived: name.derived, key: kind, length, breaks };
            self.entries.push((posting.entry(key), posting.rank()));
        };
        push(KeyKind::Name, &name_key(&name.text));
        if let Some(sound) = pinyin_key(&name.text) {
            push(KeyKind::Pinyin, &sound);
        }
    }

    /// Writes the index. The same names give the same bytes.
    ///
    /// When two names were added for one position of one entity with one key, the better one stays.
    ///
    /// # Errors
    /// [`NamesError::Build`] when the transducer refuses an entry, which sorted entries never cause.
    pub fn finish(mut self) -> Result<Vec<u8>, NamesError> {
        self.entries.sort_unstable();
        self.entries.dedup_by(|later, earlier| later.0 == earlier.0);
        let refused = |error: fst::Error| NamesError::Build { reason: error.to_string() };
        let mut builder = Builder::memory();
        for (key, rank) in &self.entries {
            builder.insert(key, *rank).map_err(refused)?;
        }
        builder.into_inner().map_err(refused)
    }
}

/// The name index over bytes that somebody else keeps.
///
/// Opening reads a few bytes; nothing is copied or built. Every look-up walks the bytes.
#[derive(Clone)]
pub struct NameIndex<D> {
    fst: Fst<D>,
}

impl<D: AsRef<[u8]>> fmt::Debug for NameIndex<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NameIndex").field("entries", &self.fst.len()).field("bytes", &self.fst.size()).finish()
    }
}

/// A state of the transducer: where it is, and the sum of the numbers on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cursor {
    sum: u64,
    address: CompiledAddr,
}

impl Cursor {
    fn along(self, edge: Transition) -> Self {
        Self { sum: self.sum.saturating_add(edge.out.value()), address: edge.addr }
    }
}

impl<D: AsRef<[u8]>> NameIndex<D> {
    /// Opens an index that [`IndexBuilder::finish`] wrote.
    ///
    /// Whole bytes are trusted: whoever keeps them checks them (the store has a checksum for each page).
    ///
    /// # Errors
    /// [`NamesError::Damaged`] when the bytes do not begin and end like an index.
    pub fn open(bytes: D) -> Result<Self, NamesError> {
        let length = bytes.as_ref().len();
        let damaged = |reason: String| NamesError::Damaged { bytes: length, reason };
        // The reader would follow a wrong root address out of the bytes.
        if !ends_at_root(bytes.as_ref()) {
            return Err(damaged("the root is not at the end".into()));
        }
        Fst::new(bytes).map(|fst| Self { fst }).map_err(|error| damaged(error.to_string()))
    }

    /// The number of entries: one for each name, one more for each Chinese name.
    #[must_use]
    pub fn len(&self) -> usize {
        self.fst.len()
    }

    /// Whether there is no name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fst.is_empty()
    }

    /// The names with exactly this key, best first: canonical, alias, legal, former; seen before converted.
    ///
    /// `key` is a [`name_key`] or a [`pinyin_key`], as `kind` says. Costs the length of the key and of the answer.
    #[must_use]
    pub fn exact(&self, kind: KeyKind, key: &str) -> Vec<Posting> {
        self.walk(kind, key).map(|cursor| self.postings(kind, cursor)).unwrap_or_default()
    }

    /// The names that are `name` in any script, width, case and spacing.
    #[must_use]
    pub fn named(&self, name: &str) -> Vec<Posting> {
        self.exact(KeyKind::Name, &name_key(name))
    }

    /// The names whose key begins with `key`, the shortest first, then as in [`NameIndex::exact`].
    ///
    /// Lazy. Each name costs its length, however many others begin so: the transducer's edges tell the best number
    /// behind them, and the search follows the smallest (the top-k search of weighted suggesters: shortest paths by
    /// Dijkstra's method with exact lower bounds).
    pub fn prefix(&self, kind: KeyKind, key: &str) -> impl Iterator<Item = Posting> + '_ {
        let mut frontier = BinaryHeap::new();
        if let Some(cursor) = self.walk(kind, key) {
            frontier.push(Reverse((cursor.sum, Vec::new(), cursor.address, None)));
        }
        std::iter::from_fn(move || {
            // Among equal sums the smaller path comes first, so the search goes straight down to a name.
            while let Some(Reverse((sum, path, address, tail))) = frontier.pop() {
                let node = self.fst.node(address);
                if tail == Some(TAIL) {
                    return Some(read_tail(kind, &path, sum.saturating_add(node.final_output().value())));
                }
                for edge in node.transitions() {
                    let next = Cursor { sum, address }.along(edge);
                    let tail = match tail {
                        None if edge.inp == END => Some(0),
                        None => None,
                        Some(length) => Some(length + 1),
                    };
                    let path = path.iter().copied().chain([edge.inp]).collect();
                    frontier.push(Reverse((next.sum, path, next.address, tail)));
                }
            }
            None
        })
    }

    /// Follows a key from the root.
    fn walk(&self, kind: KeyKind, key: &str) -> Option<Cursor> {
        key.bytes().try_fold(self.start(kind)?, |cursor, byte| self.step(cursor, byte))
    }

    /// The state in which the keys of one kind begin.
    pub(super) fn start(&self, kind: KeyKind) -> Option<Cursor> {
        self.step(Cursor { sum: 0, address: self.fst.root().addr() }, kind.tag())
    }

    pub(super) fn step(&self, cursor: Cursor, byte: u8) -> Option<Cursor> {
        let node = self.fst.node(cursor.address);
        Some(cursor.along(node.transition(node.find_input(byte)?)))
    }

    /// Whether a key ends at `cursor`.
    pub(super) fn ends_key(&self, cursor: Cursor) -> bool {
        self.step(cursor, END).is_some()
    }

    /// The names whose key ends at `cursor`, best first; none when no key ends there.
    pub(super) fn postings(&self, kind: KeyKind, cursor: Cursor) -> Vec<Posting> {
        let Some(end) = self.step(cursor, END) else { return Vec::new() };
        let mut postings: Vec<Posting> =
            self.tails(end).into_iter().map(|(tail, rank)| read_tail(kind, &tail, rank)).collect();
        postings.sort_unstable_by_key(Posting::order);
        postings
    }

    /// What follows a key's end: the entity and the position of each name, with the rank.
    fn tails(&self, end: Cursor) -> Vec<([u8; TAIL], u64)> {
        let mut tails = Vec::new();
        let mut stack = vec![(end, [0; TAIL], 0)];
        while let Some((cursor, tail, length)) = stack.pop() {
            let node = self.fst.node(cursor.address);
            if length == TAIL {
                if node.is_final() {
                    tails.push((tail, cursor.sum.saturating_add(node.final_output().value())));
                }
                continue;
            }
            for edge in node.transitions() {
                let mut longer = tail;
                if let Some(place) = longer.get_mut(length) {
                    *place = edge.inp;
                }
                stack.push((cursor.along(edge), longer, length + 1));
            }
        }
        tails
    }

    /// Calls `visit` for every key of one kind that `automaton` accepts, in the order of the keys, with the key, the
    /// state after it and the names. Branches that the automaton rules out are not entered.
    ///
    /// Stops after `budget` edges, so that a question costs at most so much however large the index is.
    pub(super) fn scan<A: Automaton>(
        &self,
        kind: KeyKind,
        automaton: &A,
        mut budget: usize,
        mut visit: impl FnMut(&[u8], &A::State, Cursor),
    ) {
        struct Frame<S> {
            cursor: Cursor,
            next: usize,
            state: S,
        }
        let Some(start) = self.start(kind) else { return };
        let mut key = Vec::new();
        let mut frames = vec![Frame { cursor: start, next: 0, state: automaton.start() }];
        while let Some(frame) = frames.last_mut() {
            let node = self.fst.node(frame.cursor.address);
            if frame.next == 0 && automaton.is_match(&frame.state) && self.ends_key(frame.cursor) {
                visit(&key, &frame.state, frame.cursor);
            }
            if frame.next == node.len() {
                frames.pop();
                key.pop();
                continue;
            }
            let edge = node.transition(frame.next);
            frame.next += 1;
            if edge.inp == END {
                continue;
            }
            let Some(left) = budget.checked_sub(1) else { return };
            budget = left;
            let state = automaton.accept(&frame.state, edge.inp);
            if automaton.can_match(&state) {
                let cursor = frame.cursor.along(edge);
                frames.push(Frame { cursor, next: 0, state });
                key.push(edge.inp);
            }
        }
    }
}

/// The length of what stands behind a key's end.
const TAIL: usize = 6;

/// Whether the last bytes (number of keys, root address, checksum) give the address of the node before them.
fn ends_at_root(bytes: &[u8]) -> bool {
    let Some((before, _checksum)) = bytes.split_last_chunk::<4>() else { return false };
    let Some((before, root)) = before.split_last_chunk::<8>() else { return false };
    let root = u64::from_le_bytes(*root);
    let nodes = before.len().checked_sub(8).and_then(|length| u64::try_from(length).ok());
    // The address 0 stands for the empty index, which has a header of 16 bytes and no node.
    nodes.is_some_and(|nodes| nodes == 16 && root == 0 || nodes > 16 && root == nodes - 1)
}

/// Reads the entity and the position of a name from the last bytes of its entry.
fn read_tail(kind: KeyKind, path: &[u8], rank: u64) -> Posting {
    let tail = path.last_chunk::<TAIL>().copied().unwrap_or_default();
    let [a, b, c, d, high, low] = tail;
    Posting::read(kind, u32::from_be_bytes([a, b, c, d]), u16::from_be_bytes([high, low]), rank)
}
