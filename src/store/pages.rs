//! Where pages come from: memory, the read image, or sled.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::StoreError;
use super::folder::Folder;
use super::image::Image;
use super::lock::Lock;
use super::page::{Page, PageKey};
use super::tree::Tree;

/// Pages of a database in memory; a commit makes a new map, so readers keep the one they have.
pub(crate) type MemoryPages = BTreeMap<PageKey, Arc<[u8]>>;

/// A page as it is stored.
pub(crate) type Stored = (PageKey, Arc<[u8]>);

/// A source of pages that does not change while it is read.
#[derive(Debug)]
pub(crate) enum Pages {
    /// A database in memory.
    Memory(Arc<MemoryPages>),
    /// The read image of a folder.
    Image(Imaged),
    /// sled itself, under the lock of the database.
    Tree {
        /// Dropped before the lock, in the order of the fields.
        tree: Tree,
        /// Keeps writers away.
        lock: Lock,
    },
}

impl Pages {
    /// The page under a key, checked.
    pub(crate) fn get(&self, key: PageKey) -> Result<Option<Page>, StoreError> {
        match self {
            Self::Memory(pages) => opened(key, pages.get(&key).cloned()),
            Self::Image(imaged) => imaged.get(key),
            Self::Tree { tree, .. } => opened(key, tree.get(key)?),
        }
    }

    /// The page under a key as it is stored, checked.
    pub(crate) fn stored(&self, key: PageKey) -> Result<Option<Arc<[u8]>>, StoreError> {
        let stored = match self {
            Self::Memory(pages) => pages.get(&key).cloned(),
            Self::Image(imaged) => return imaged.stored(key),
            Self::Tree { tree, .. } => tree.get(key)?,
        };
        checked(key, stored)
    }

    /// Every key, in order.
    pub(crate) fn keys(&self) -> Result<Vec<PageKey>, StoreError> {
        match self {
            Self::Memory(pages) => Ok(pages.keys().copied().collect()),
            Self::Image(imaged) => Ok(imaged.image.keys().collect()),
            Self::Tree { tree, .. } => tree.scan().map(|page| page.map(|(key, _)| key)).collect(),
        }
    }

    /// The tree that the pages are in.
    pub(crate) fn tree(&self) -> Result<&Tree, StoreError> {
        match self {
            Self::Tree { tree, .. } => Ok(tree),
            Self::Memory(_) | Self::Image(_) => Err(no_tree()),
        }
    }

    /// The tree, to be closed, and the lock, to be held a little longer.
    pub(crate) fn into_tree(self) -> Result<(Tree, Lock), StoreError> {
        match self {
            Self::Tree { tree, lock } => Ok((tree, lock)),
            Self::Memory(_) | Self::Image(_) => Err(no_tree()),
        }
    }
}

fn no_tree() -> StoreError {
    StoreError::damaged("the store", "its pages are not in a tree")
}

fn opened(key: PageKey, bytes: Option<Arc<[u8]>>) -> Result<Option<Page>, StoreError> {
    bytes.map(|bytes| Page::open(key, &bytes)).transpose()
}

fn checked(key: PageKey, bytes: Option<Arc<[u8]>>) -> Result<Option<Arc<[u8]>>, StoreError> {
    bytes.map(|bytes| Page::open(key, &bytes).map(|_| bytes)).transpose()
}

/// A read image with sled behind it: an image is a cache, and damage in a cache is no reason not to answer.
#[derive(Debug)]
pub(crate) struct Imaged {
    image: Image,
    folder: Folder,
    /// sled's pages, once a page of the image turned out to be damaged.
    rescued: OnceCell<MemoryPages>,
}

impl Imaged {
    pub(crate) fn new(image: Image, folder: Folder) -> Self {
        Self { image, folder, rescued: OnceCell::new() }
    }

    fn get(&self, key: PageKey) -> Result<Option<Page>, StoreError> {
        self.find(key, opened)
    }

    fn stored(&self, key: PageKey) -> Result<Option<Arc<[u8]>>, StoreError> {
        self.find(key, checked)
    }

    fn find<T>(
        &self,
        key: PageKey,
        open: impl Fn(PageKey, Option<Arc<[u8]>>) -> Result<Option<T>, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        if self.rescued.get().is_none() {
            if let Ok(page) = self.image.get(key).and_then(|page| open(key, page)) {
                return Ok(page);
            }
            let pages = self.folder.rescue(&self.image)?;
            let _ = self.rescued.set(pages);
        }
        open(key, self.rescued.get().and_then(|pages| pages.get(&key)).cloned())
    }
}
