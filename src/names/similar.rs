//! Names that a query with typing errors may have meant.

use std::collections::HashSet;

use fst::Automaton;

use super::index::NameIndex;
use super::key::{KeyKind, Posting};
use super::pinyin::pinyin_query;

/// Queries longer than this are not compared: nobody types such a name, and work grows with the length.
const LONGEST: usize = 64;

/// Edges followed for one query and distance; a few milliseconds of work.
const BUDGET: usize = 400_000;

impl<D: AsRef<[u8]>> NameIndex<D> {
    /// The names that differ from `normal` by few typing errors, or sound like that, the nearest first; each entity
    /// once, with the number of errors.
    ///
    /// An error is a character that is missing, added, replaced, or swapped with its neighbour (optimal string
    /// alignment distance: Damerau 1964, computed with a band as Ukkonen 1985). Up to five characters may have one, more
    /// may have two; one character, or more than 64, have no similar names. For a Chinese query the sound is compared
    /// with the pinyin keys as well: 0 errors there is a homophone.
    ///
    /// Only for suggestions: similar names are not the same name. Takes the distance of one first and goes on to two
    /// only while there are fewer than `limit`. The work is bounded; in an index of millions of names the last
    /// suggestions may be missing.
    #[must_use]
    pub fn similar(&self, normal: &str, limit: usize) -> Vec<(Posting, u8)> {
        let sound = pinyin_query(normal);
        let queries = [(KeyKind::Name, Some(normal)), (KeyKind::Pinyin, sound.as_deref())];
        let mut seen = HashSet::new();
        let mut similar = Vec::new();
        for edits in 1..=2 {
            let mut found = Vec::new();
            for (kind, query) in queries.iter().filter_map(|&(kind, query)| Some((kind, query?))) {
                let query: Vec<char> = query.chars().collect();
                if edits > edits_allowed(query.len()) {
                    continue;
                }
                let typos = Typos { query: &query, edits };
                self.scan(kind, &typos, BUDGET, |key, state, cursor| {
                    let begin = common_prefix(key, &query);
                    for posting in self.postings(kind, cursor) {
                        let apart = usize::from(posting.length).abs_diff(query.len());
                        let edits = state.distance(&typos);
                        found.push(((edits, kind, std::cmp::Reverse(begin), apart, posting.order()), posting));
                    }
                });
            }
            found.sort_unstable_by_key(|(order, _)| *order);
            for ((edits, ..), posting) in found {
                if similar.len() < limit && seen.insert(posting.entity) {
                    similar.push((posting, edits));
                }
            }
            if similar.len() >= limit {
                break;
            }
        }
        similar
    }
}

fn edits_allowed(length: usize) -> u8 {
    match length {
        0..=1 => 0,
        2..=5 => 1,
        6..=LONGEST => 2,
        _ => 0,
    }
}

fn common_prefix(key: &[u8], query: &[char]) -> usize {
    String::from_utf8_lossy(key).chars().zip(query).take_while(|(a, b)| a == *b).count()
}

/// The width of the band: distances to prefixes of the query that are at most two characters longer or shorter.
const BAND: usize = 5;
const CENTRE: usize = BAND / 2;
const FAR: u8 = 100;

/// Accepts the keys within a few edits of the query.
///
/// A state holds one row of the table of distances between prefixes, cut to the band around its diagonal, because a
/// prefix that is longer or shorter by more than the allowed edits is too far anyway. States are computed on the way:
/// `fst`'s own Levenshtein automaton builds them all beforehand, which takes 2 to 13 ms where a whole search here takes
/// 0.1 ms, knows no swapped neighbours and does not tell the distance.
struct Typos<'q> {
    query: &'q [char],
    edits: u8,
}

/// The rows of the table after some bytes of a key.
#[derive(Debug, Clone, Copy)]
struct Rows {
    /// How many characters of the key were read.
    read: usize,
    /// The distances between these and the `read - 2` to `read + 2` first characters of the query.
    row: [u8; BAND],
    /// The row before.
    above: [u8; BAND],
    /// The character read last.
    last: char,
    /// The beginning of a character whose last bytes are still to come.
    partial: u32,
    missing: u8,
}

impl Rows {
    fn distance(&self, typos: &Typos<'_>) -> u8 {
        (typos.query.len() + CENTRE).checked_sub(self.read).and_then(|at| self.row.get(at)).copied().unwrap_or(FAR)
    }

    fn next(&self, typos: &Typos<'_>, c: char) -> Self {
        let get = |row: &[u8; BAND], at: Option<usize>| at.and_then(|at| row.get(at)).copied().unwrap_or(FAR);
        let read = self.read + 1;
        let mut row = [FAR; BAND];
        for at in 0..BAND {
            // The column: how many characters of the query are compared.
            let Some(column) = (read + at).checked_sub(CENTRE) else { continue };
            if column > typos.query.len() {
                continue;
            }
            let wanted = column.checked_sub(1).and_then(|before| typos.query.get(before));
            let earlier = column.checked_sub(2).and_then(|before| typos.query.get(before));
            let added = get(&self.row, Some(at + 1)) + 1;
            let left_out = get(&row, at.checked_sub(1)) + 1;
            let replaced = if column == 0 { FAR } else { get(&self.row, Some(at)) + u8::from(wanted != Some(&c)) };
            let swaps = read > 1 && earlier == Some(&c) && wanted == Some(&self.last);
            let swapped = if swaps { get(&self.above, Some(at)) + 1 } else { FAR };
            let best = added.min(left_out).min(replaced).min(swapped).min(FAR);
            if let Some(place) = row.get_mut(at) {
                *place = best;
            }
        }
        Self { read, row, above: self.row, last: c, partial: 0, missing: 0 }
    }
}

impl Automaton for Typos<'_> {
    type State = Rows;

    fn start(&self) -> Rows {
        let mut row = [FAR; BAND];
        for (distance, place) in (0u8..).zip(row.iter_mut().skip(CENTRE)) {
            if usize::from(distance) <= self.query.len() {
                *place = distance;
            }
        }
        Rows { read: 0, row, above: [FAR; BAND], last: '\0', partial: 0, missing: 0 }
    }

    fn is_match(&self, state: &Rows) -> bool {
        state.missing == 0 && state.distance(self) <= self.edits
    }

    fn can_match(&self, state: &Rows) -> bool {
        state.row.iter().any(|&distance| distance <= self.edits)
    }

    fn accept(&self, state: &Rows, byte: u8) -> Rows {
        let (bits, missing) = match byte {
            0..0x80 => (u32::from(byte), 0),
            0x80..0xc0 => (state.partial << 6 | u32::from(byte & 0x3f), state.missing.saturating_sub(1)),
            0xc0..0xe0 => (u32::from(byte & 0x1f), 1),
            0xe0..0xf0 => (u32::from(byte & 0x0f), 2),
            _ => (u32::from(byte & 0x07), 3),
        };
        if missing > 0 {
            return Rows { partial: bits, missing, ..*state };
        }
        state.next(self, char::from_u32(bits).unwrap_or(char::REPLACEMENT_CHARACTER))
    }
}
