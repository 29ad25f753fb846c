//! Where pages come from: memory, the read image, or sled.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::StoreError;
use super::image::Image;
use super::lock::Lock;
use super::page::PageKey;
use super::tree::Tree;

/// Pages of a database in memory; a commit makes a new map, so readers keep the one they have.
pub(crate) type MemoryPages = BTreeMap<PageKey, Arc<[u8]>>;

/// A source of pages that does not change while it is read.
#[derive(Debug)]
pub(crate) enum Pages {
    /// A database in memory.
    Memory(Arc<MemoryPages>),
    /// The read image of a folder.
    Image(Image),
    /// sled itself, under the lock of the database.
    Tree {
        /// Dropped before the lock, in the order of the fields.
        tree: Tree,
        /// Keeps writers away.
        _lock: Lock,
    },
}

impl Pages {
    /// The page under a key.
    pub(crate) fn get(&self, key: PageKey) -> Result<Option<Arc<[u8]>>, StoreError> {
        match self {
            Self::Memory(pages) => Ok(pages.get(&key).cloned()),
            Self::Image(image) => image.get(key),
            Self::Tree { tree, .. } => tree.get(key),
        }
    }

    /// Every key, in order.
    pub(crate) fn keys(&self) -> Result<Vec<PageKey>, StoreError> {
        match self {
            Self::Memory(pages) => Ok(pages.keys().copied().collect()),
            Self::Image(image) => Ok(image.keys().collect()),
            Self::Tree { tree, .. } => tree.scan().map(|page| page.map(|(key, _)| key)).collect(),
        }
    }
}
