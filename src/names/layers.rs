//! Several name indexes as one.
//!
//! A commit of a few names must not rebuild the index of a million. So an index is a stack of layers, oldest first, each
//! a [`NameIndex`]; a newer layer that holds the names of an entity anew says so, and the older postings of that entity
//! are not seen any more. Layers are merged now and then ([`merge`]), as in a log-structured merge tree (O'Neil 1996).

use std::collections::{BTreeMap, HashSet};

use fst::{IntoStreamer, Map, Streamer};

use super::error::NamesError;
use super::index::NameIndex;
use super::key::{KeyKind, Posting};
use super::matching::TextMatch;
use super::normal::{Normal, name_key};
use super::search::Lookup;

/// The bytes of one layer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LayerBytes {
    /// The index, as [`IndexBuilder::finish`](super::IndexBuilder::finish) made it.
    pub index: Vec<u8>,
    /// Entities that older layers have names of, which this layer replaces.
    pub replaced: Vec<u32>,
}

#[derive(Debug)]
struct Layer {
    index: NameIndex<Vec<u8>>,
    /// Entities whose names newer layers hold.
    hidden: HashSet<u32>,
}

impl Layer {
    /// Whether no newer layer replaces the names of the entity.
    fn shows(&self, posting: &Posting) -> bool {
        !self.hidden.contains(&posting.entity)
    }
}

/// The first `limit` answers that can be seen: asks for more while those that cannot take the places of others.
fn visible<T>(limit: usize, ask: impl Fn(usize) -> Vec<T>, shows: impl Fn(&T) -> bool) -> Vec<T> {
    let mut asked = limit;
    loop {
        let mut found = ask(asked);
        let is_all = found.len() < asked;
        found.retain(&shows);
        if is_all || found.len() >= limit {
            return found;
        }
        asked = asked.saturating_mul(4);
    }
}

/// A stack of name indexes that is read as one.
#[derive(Debug, Default)]
pub struct Names {
    /// Newest first.
    layers: Vec<Layer>,
}

impl Names {
    /// Opens layers, oldest first.
    ///
    /// # Errors
    /// [`NamesError::Damaged`] when the bytes of a layer are no index.
    pub fn open(layers: Vec<LayerBytes>) -> Result<Self, NamesError> {
        let mut hidden = HashSet::new();
        let mut opened = Vec::with_capacity(layers.len());
        for layer in layers.into_iter().rev() {
            opened.push(Layer { index: NameIndex::open(layer.index)?, hidden: hidden.clone() });
            hidden.extend(layer.replaced);
        }
        Ok(Self { layers: opened })
    }

    /// The names that are `name` in any script, width, case and spacing, best first.
    #[must_use]
    pub fn named(&self, name: &str) -> Vec<Posting> {
        self.exact(KeyKind::Name, &name_key(name))
    }

    /// All names that begin at byte `at` of the normal form of a text, the longest first.
    #[must_use]
    pub fn matches_at(&self, text: &Normal, at: usize) -> Vec<TextMatch> {
        let mut by_end: BTreeMap<usize, TextMatch> = BTreeMap::new();
        for layer in &self.layers {
            for mut found in layer.index.matches_at(text, at) {
                found.postings.retain(|posting| layer.shows(posting));
                if found.postings.is_empty() {
                    continue;
                }
                match by_end.get_mut(&found.end) {
                    Some(other) => {
                        other.postings.append(&mut found.postings);
                        other.postings.sort_by_key(Posting::order);
                    }
                    None => {
                        by_end.insert(found.end, found);
                    }
                }
            }
        }
        by_end.into_values().rev().collect()
    }

    /// The postings of every layer that are not hidden, best first.
    fn gather(&self, postings: impl Fn(&Layer) -> Vec<Posting>) -> Vec<Posting> {
        let mut found: Vec<Posting> = Vec::new();
        for layer in &self.layers {
            found.extend(postings(layer).into_iter().filter(|posting| layer.shows(posting)));
        }
        if self.layers.len() > 1 {
            found.sort_by_key(Posting::order);
        }
        found
    }
}

impl Lookup for Names {
    fn exact(&self, kind: KeyKind, key: &str) -> Vec<Posting> {
        self.gather(|layer| layer.index.exact(kind, key))
    }

    fn prefix(&self, kind: KeyKind, key: &str, limit: usize) -> Vec<Posting> {
        let mut found = self
            .gather(|layer| layer.index.prefix(kind, key).filter(|posting| layer.shows(posting)).take(limit).collect());
        found.truncate(limit);
        found
    }

    fn containing(&self, query: &Normal, limit: usize) -> Vec<Posting> {
        let mut found = self.gather(|layer| {
            visible(limit, |limit| layer.index.containing(query, limit), |posting| layer.shows(posting))
        });
        found.truncate(limit);
        found
    }

    fn similar(&self, normal: &str, limit: usize) -> Vec<(Posting, u8)> {
        let mut found: Vec<(Posting, u8)> = Vec::new();
        for layer in &self.layers {
            let similar =
                visible(limit, |limit| layer.index.similar(normal, limit), |(posting, _)| layer.shows(posting));
            found.extend(similar);
        }
        found.sort_by_key(|(posting, edits)| (*edits, posting.order()));
        found.truncate(limit);
        found
    }
}

/// Merges adjacent layers, oldest first, into one. Linear in their size.
///
/// # Errors
/// [`NamesError::Damaged`] when the bytes of a layer are no index.
pub fn merge(layers: &[LayerBytes]) -> Result<LayerBytes, NamesError> {
    let damaged = |error: fst::Error| NamesError::Build { reason: error.to_string() };
    let maps =
        layers.iter().map(|layer| Map::new(layer.index.as_slice()).map_err(damaged)).collect::<Result<Vec<_>, _>>()?;
    let mut hidden: Vec<HashSet<u32>> = vec![HashSet::new(); layers.len()];
    let mut replaced: HashSet<u32> = HashSet::new();
    for (layer, hidden) in layers.iter().zip(&mut hidden).rev() {
        hidden.clone_from(&replaced);
        replaced.extend(&layer.replaced);
    }
    let mut union = maps.iter().fold(fst::map::OpBuilder::new(), fst::map::OpBuilder::add).union().into_stream();
    let mut builder = fst::MapBuilder::memory();
    while let Some((key, values)) = union.next() {
        let entity = Posting::entity_of(key);
        // Of several layers with one key the newest one counts.
        let newest = values
            .iter()
            .filter(|value| !hidden.get(value.index).is_some_and(|hidden| entity.is_some_and(|e| hidden.contains(&e))))
            .max_by_key(|value| value.index);
        if let Some(value) = newest {
            builder.insert(key, value.value).map_err(damaged)?;
        }
    }
    let mut replaced: Vec<u32> = replaced.into_iter().collect();
    replaced.sort_unstable();
    Ok(LayerBytes { index: builder.into_inner().map_err(damaged)?, replaced })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Language, Name, NameKind};
    use crate::names::{IndexBuilder, search};
    use proptest::prelude::*;

    fn layer(names: &[(u32, &str)], replaced: &[u32]) -> LayerBytes {
        let mut builder = IndexBuilder::new();
        for (position, &(entity, text)) in (0..).zip(names) {
            let (language, kind) = (Language::English, NameKind::Canonical);
            builder.add(
                entity,
                position,
                &Name { text: text.into(), language, kind, derived: false, evidence: vec![] },
            );
        }
        LayerBytes { index: builder.finish().unwrap(), replaced: replaced.to_vec() }
    }

    fn entities(names: &Names, text: &str) -> Vec<u32> {
        let mut found: Vec<u32> = names.named(text).iter().map(|posting| posting.entity).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn newer_layers_replace_names() {
        let layers = vec![
            layer(&[(1, "Moonshot"), (2, "Zhipu")], &[]),
            layer(&[(1, "Moonshot AI"), (3, "Moonshot")], &[1]),
            layer(&[(4, "Zhipu")], &[]),
        ];
        let names = Names::open(layers.clone()).unwrap();
        assert_eq!(entities(&names, "moonshot"), [3]);
        assert_eq!(entities(&names, "moonshot ai"), [1]);
        assert_eq!(entities(&names, "zhipu"), [2, 4]);
        let text = Normal::new("moonshot ai");
        assert_eq!(names.matches_at(&text, 0).iter().map(|found| found.postings.len()).collect::<Vec<_>>(), [1, 1]);
        let similar = search(&names, "moonshoot", 5);
        assert_eq!(similar.iter().map(|found| found.entity).collect::<Vec<_>>(), [3], "the old name of 1 is hidden");
        // What is hidden takes nobody's place.
        assert_eq!(names.prefix(KeyKind::Name, "moonshot", 1).len(), 1);
        assert_eq!(names.similar("moonshoot", 1).len(), 1);
        let merged = Names::open(vec![merge(&layers).unwrap()]).unwrap();
        for name in ["moonshot", "moonshot ai", "zhipu"] {
            assert_eq!(entities(&merged, name), entities(&names, name));
        }
    }

    proptest! {
        #[test]
        fn merged_layers_are_read_like_the_stack(
            stack in prop::collection::vec(prop::collection::btree_map(0u32..6, "[ab]{1,3}", 0..5), 1..5), split in 0usize..5,
        ) {
            let mut seen: HashSet<u32> = HashSet::new();
            let mut layers = Vec::new();
            for names in &stack {
                let replaced: Vec<u32> = names.keys().copied().filter(|entity| seen.contains(entity)).collect();
                seen.extend(names.keys());
                let names: Vec<(u32, &str)> = names.iter().map(|(&entity, name)| (entity, name.as_str())).collect();
                layers.push(layer(&names, &replaced));
            }
            let names = Names::open(layers.clone()).unwrap();
            let split = split.min(layers.len() - 1);
            let mut partly = layers[..split].to_vec();
            partly.push(merge(&layers[split..]).unwrap());
            let partly = Names::open(partly).unwrap();
            // The naive model: the last layer that has an entity has its name.
            let mut model: BTreeMap<u32, &String> = BTreeMap::new();
            for layer in &stack {
                model.extend(layer.iter().map(|(&entity, name)| (entity, name)));
            }
            for text in ["a", "b", "ab", "ba", "aa", "bb", "aba"] {
                let expected: Vec<u32> = model.iter().filter(|(_, name)| name.as_str() == text).map(|(&entity, _)| entity).collect();
                prop_assert_eq!(entities(&names, text), expected.clone());
                prop_assert_eq!(entities(&partly, text), expected);
            }
        }
    }
}
