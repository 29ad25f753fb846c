//! Indexes on disk: stacks of layers, cut into pages.
//!
//! A commit adds a layer with its own keys to each index that it changes. Adding it merges younger layers into it while
//! they are not much larger, so that a layer is larger than all younger ones together, a look-up sees few of them,
//! and a key is written O(log n) times in its life. Small indexes are one layer always.

use serde::{Deserialize, Serialize};

use super::ids::FreshIds;
use super::page::{self, PageKey, PageKind};
use super::pages::Pages;
use super::{StoreError, commit::PageChanges};
use crate::names::{self, LayerBytes};

/// Bytes of a layer in a page.
const PIECE: usize = 48 << 10;
/// Indexes of fewer keys are merged into one layer by every commit.
const SMALL: u64 = 20_000;
/// How many times larger than all younger ones together a layer stays. With more there would be fewer layers, and bulk
/// loads would write names and ids more often.
const RATIO: u64 = 1;

/// Where a layer lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Layer {
    /// The number of its first page; the others follow.
    first: u32,
    /// Bytes of its transducer.
    bytes: u64,
    /// Keys of its transducer.
    keys: u64,
    /// How many numbers of replaced entities follow the transducer, four bytes each.
    replaced: u32,
}

/// An index: its layers, oldest first, and the number that the next page gets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Index {
    next: u32,
    layers: Vec<Layer>,
}

impl Layer {
    fn length(&self) -> u64 {
        self.bytes + 4 * u64::from(self.replaced)
    }

    fn pages(&self, kind: PageKind) -> impl Iterator<Item = PageKey> + use<> {
        let count = u32::try_from(self.length().div_ceil(PIECE as u64)).unwrap_or(u32::MAX);
        let first = self.first;
        (0..count).map(move |number| PageKey::new(kind, first.saturating_add(number)))
    }

    fn read(&self, kind: PageKind, pages: &Pages) -> Result<LayerBytes, StoreError> {
        /// No more than this is reserved on the word of the catalog alone.
        const RESERVED: u64 = 64 << 20;
        let length = self.length();
        let mut bytes = Vec::with_capacity(usize::try_from(length.min(RESERVED)).unwrap_or_default());
        for key in self.pages(kind) {
            let page = pages.get(key)?.ok_or_else(|| StoreError::damaged(key.to_string(), "it is missing"))?;
            bytes.extend_from_slice(page.row(0).unwrap_or_default());
        }
        let damaged = || StoreError::damaged(format!("{kind:?}"), "a layer of the index has the wrong length");
        if bytes.len() as u64 != length {
            return Err(damaged());
        }
        let replaced = bytes.split_off(usize::try_from(self.bytes).map_err(|_| damaged())?);
        let number = |four: &[u8]| four.try_into().ok().map(u32::from_le_bytes);
        let replaced = replaced.chunks_exact(4).filter_map(number).collect();
        Ok(LayerBytes { index: bytes, replaced })
    }
}

impl Index {
    /// The layers, oldest first.
    pub(crate) fn read(&self, kind: PageKind, pages: &Pages) -> Result<Vec<LayerBytes>, StoreError> {
        self.layers.iter().map(|layer| layer.read(kind, pages)).collect()
    }

    /// The pages of all layers.
    pub(crate) fn page_keys(&self, kind: PageKind) -> impl Iterator<Item = PageKey> + '_ {
        self.layers.iter().flat_map(move |layer| layer.pages(kind))
    }

    /// Whether a page belongs to one of the layers.
    pub(crate) fn has(&self, key: PageKey) -> bool {
        self.layers.iter().any(|layer| layer.pages(key.kind).any(|own| own == key))
    }

    /// Whether a page has a number that no layer was given yet.
    pub(crate) fn is_beyond(&self, key: PageKey) -> bool {
        key.number >= self.next
    }

    /// Begins to add a layer of `keys` keys: reads the younger layers that it is merged with.
    pub(crate) fn begin(&self, kind: PageKind, pages: &Pages, keys: u64) -> Result<Addition, StoreError> {
        let kept = self.layers.len() - self.merged_with(keys);
        let (kept, folded) = self.layers.split_at_checked(kept).unwrap_or((&self.layers, &[]));
        let stack = folded.iter().map(|layer| layer.read(kind, pages)).collect::<Result<Vec<_>, _>>()?;
        Ok(Addition { kind, next: self.next, kept: kept.to_vec(), folded: folded.to_vec(), stack, keys })
    }

    /// How many of the youngest layers a new one of `keys` keys is merged with.
    fn merged_with(&self, keys: u64) -> usize {
        if self.layers.iter().map(|layer| layer.keys).sum::<u64>() + keys <= SMALL {
            return self.layers.len();
        }
        let mut size = keys;
        self.layers
            .iter()
            .rev()
            .take_while(|layer| {
                let folds = layer.keys <= RATIO * size;
                size += layer.keys;
                folds
            })
            .count()
    }
}

/// An index as it will be, and its pages that change.
pub(crate) type Changed = (PageKind, Index, PageChanges);

/// A layer that is being added to an index.
#[derive(Debug)]
pub(crate) struct Addition {
    kind: PageKind,
    next: u32,
    kept: Vec<Layer>,
    folded: Vec<Layer>,
    /// The bytes of the folded layers, oldest first.
    stack: Vec<LayerBytes>,
    keys: u64,
}

impl Addition {
    /// Merges the layer with the younger ones that are not much larger: the index as it is then, and the pages that
    /// change.
    fn finish(mut self, generation: u64, fresh: LayerBytes) -> Result<Changed, StoreError> {
        let kind = self.kind;
        self.stack.push(fresh);
        let mut bytes = match <[LayerBytes; 1]>::try_from(self.stack) {
            Ok([only]) => only,
            Err(stack) if kind == PageKind::Names => names::merge(&stack).map_err(damaged_names)?,
            Err(stack) => merge_ids(&stack)?,
        };
        if self.kept.is_empty() {
            // Nothing is below that could be replaced.
            bytes.replaced.clear();
        }
        let layer = Layer {
            first: self.next,
            bytes: bytes.index.len() as u64,
            keys: self.keys + self.folded.iter().map(|layer| layer.keys).sum::<u64>(),
            replaced: u32::try_from(bytes.replaced.len()).unwrap_or(u32::MAX),
        };
        let mut changes: PageChanges =
            self.folded.iter().flat_map(|layer| layer.pages(kind)).map(|key| (key, None)).collect();
        let mut content = bytes.index;
        content.extend(bytes.replaced.iter().flat_map(|number| number.to_le_bytes()));
        changes.extend(
            layer
                .pages(kind)
                .zip(content.chunks(PIECE))
                .map(|(key, piece)| (key, Some(page::encode(key, generation, &[piece])))),
        );
        let count = u32::try_from(layer.pages(kind).count()).unwrap_or(u32::MAX);
        let next = self.next.checked_add(count).ok_or(StoreError::TooMany { what: "index pages", limit: u32::MAX })?;
        self.kept.push(layer);
        Ok((kind, Index { next, layers: self.kept }, changes))
    }
}

/// What is wrong with the index of names.
pub(crate) fn damaged_names(error: names::NamesError) -> StoreError {
    StoreError::damaged("the name index", error.to_string())
}

/// Adds names and new ids to their indexes, which the commit of a generation writes.
pub(crate) fn index(
    generation: u64,
    names: Option<(Addition, LayerBytes)>,
    ids: Vec<(Addition, FreshIds)>,
) -> Result<Vec<Changed>, StoreError> {
    let mut indexed = Vec::new();
    for (addition, fresh) in ids {
        indexed.push(addition.finish(generation, index_ids(fresh)?)?);
    }
    if let Some((addition, fresh)) = names {
        indexed.push(addition.finish(generation, fresh)?);
    }
    Ok(indexed)
}

/// An index of new ids.
fn index_ids(mut fresh: FreshIds) -> Result<LayerBytes, StoreError> {
    fresh.sort_unstable();
    let map = fst::Map::from_iter(fresh.iter().map(|(id, number)| (id.as_bytes(), u64::from(*number))))
        .map_err(damaged_ids)?;
    Ok(LayerBytes { index: map.into_fst().into_inner(), replaced: Vec::new() })
}

fn damaged_ids(error: fst::Error) -> StoreError {
    StoreError::damaged("an index of ids", error.to_string())
}

/// Merges layers of an index of ids, oldest first.
fn merge_ids(layers: &[LayerBytes]) -> Result<LayerBytes, StoreError> {
    use fst::{IntoStreamer, Streamer};
    let maps = layers
        .iter()
        .map(|layer| fst::Map::new(layer.index.as_slice()).map_err(damaged_ids))
        .collect::<Result<Vec<_>, _>>()?;
    let mut union = maps.iter().fold(fst::map::OpBuilder::new(), fst::map::OpBuilder::add).union().into_stream();
    let mut builder = fst::MapBuilder::memory();
    while let Some((id, numbers)) = union.next() {
        // An id has one number for ever, so the layers agree.
        if let Some(number) = numbers.first() {
            builder.insert(id, number.value).map_err(damaged_ids)?;
        }
    }
    Ok(LayerBytes { index: builder.into_inner().map_err(damaged_ids)?, replaced: Vec::new() })
}
