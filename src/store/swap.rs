//! Replacing sled's files as a whole: the new tree is written beside the old one and takes its place.
//!
//! ```text
//! pages.part   being written
//! pages.new    the same tree when it is whole
//! pages        -> pages.old, then pages.new -> pages
//! pages.old    deleted at the end
//! ```
//!
//! A kill leaves either the old tree or, once `pages` is gone, a whole new one that only has to be renamed.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::StoreError;
use super::folder::{Folder, TREE};
use super::image::Image;
use super::pages::Stored;
use super::tree::Tree;
use super::{undo, witness};

/// A tree that is being written.
pub(crate) const PART: &str = "pages.part";
/// A whole tree that is about to take its place.
pub(crate) const NEW: &str = "pages.new";
/// A tree that was replaced.
pub(crate) const OLD: &str = "pages.old";
/// Pages that are held in memory while a tree is written.
const HELD: usize = 4_000;
/// Pages in one batch.
const BATCH: usize = 1_000;

/// How far a long operation is, in pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Pages done.
    pub done: u64,
    /// All pages, as far as that is known.
    pub all: Option<u64>,
}

impl Folder {
    /// Writes a tree of these pages beside the one that is there; the caller holds the lock.
    pub(crate) fn write_beside(
        &self,
        pages: impl Iterator<Item = Result<Stored, StoreError>>,
        all: Option<u64>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<u64, StoreError> {
        let folder = self.path.join(PART);
        remove(&folder)?;
        let written = fill(&folder, pages, all, progress).inspect_err(|_| drop(remove(&folder)))?;
        // sled notes where its pages lie when it opens; that is better done now than by the first reader.
        drop(Tree::open(&folder)?);
        sync(&folder);
        Ok(written)
    }

    /// Puts the tree that was written beside in the place of the old one, which goes to `kept` or is deleted.
    pub(crate) fn swap(&self, kept: Option<&Path>) -> Result<(), StoreError> {
        remove(&self.path.join(NEW))?;
        rename(&self.path, PART, NEW)?;
        sync(&self.path);
        // What the image and the witness know is about the old tree.
        Image::remove(&self.path)?;
        witness::remove(&self.path)?;
        undo::remove(&self.path)?;
        if self.path.join(TREE).exists() {
            match kept {
                Some(kept) => {
                    let tree = self.path.join(TREE);
                    fs::rename(&tree, kept).map_err(|error| StoreError::io("rename", &tree, error))?;
                }
                None => rename(&self.path, TREE, OLD)?,
            }
        }
        rename(&self.path, NEW, TREE)?;
        sync(&self.path);
        remove(&self.path.join(OLD))
    }

    /// Finishes or takes back a swap that was cut off; the caller holds the lock.
    pub(crate) fn settle_swap(&self) -> Result<(), StoreError> {
        let new = self.path.join(NEW);
        if new.exists() && !self.path.join(TREE).exists() {
            rename(&self.path, NEW, TREE)?;
            sync(&self.path);
        }
        if self.path.join(TREE).exists() {
            remove(&self.path.join(OLD))?;
        }
        remove(&new)?;
        remove(&self.path.join(PART))
    }
}

/// Writes a tree, every page once.
fn fill(
    folder: &Path,
    pages: impl Iterator<Item = Result<Stored, StoreError>>,
    all: Option<u64>,
    progress: &mut dyn FnMut(Progress),
) -> Result<u64, StoreError> {
    let tree = Tree::open(folder)?;
    let mut done = 0;
    let mut held = Vec::with_capacity(HELD);
    let mut pages = pages.fuse();
    loop {
        for page in pages.by_ref().take(HELD) {
            let (key, page) = page?;
            held.push((key, Some(page.to_vec())));
        }
        if held.is_empty() {
            return Ok(done);
        }
        tree.reserve(held.iter().map(|(key, _)| *key).collect())?;
        for batch in held.chunks(BATCH) {
            tree.apply(batch)?;
            done += batch.len() as u64;
            progress(Progress { done, all });
        }
        held.clear();
    }
}

fn rename(folder: &Path, from: &str, to: &str) -> Result<(), StoreError> {
    let from = folder.join(from);
    fs::rename(&from, folder.join(to)).map_err(|error| StoreError::io("rename", &from, error))
}

/// Deletes a folder, if it is there.
pub(crate) fn remove(folder: &Path) -> Result<(), StoreError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::io("delete", folder, error)),
        _ => Ok(()),
    }
}

/// Writes the names in a folder to the disk. Some systems cannot do this; they write them soon enough by themselves.
pub(crate) fn sync(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::page::{self, PageKey, PageKind};
    use super::*;

    fn page(number: u32, content: &str) -> Stored {
        let key = PageKey::new(PageKind::Facts, number);
        (key, page::encode(key, 1, &[content]).into())
    }

    /// The pages that a database has when whoever swapped them is killed after each of its steps.
    #[test]
    fn a_swap_that_was_cut_off_is_finished_or_taken_back() {
        for steps in 0..5 {
            let temporary = tempfile::tempdir().unwrap();
            let folder = Folder { path: temporary.path().to_owned(), patience: Duration::ZERO };
            let old = Tree::open(&folder.path.join(TREE)).unwrap();
            let (key, bytes) = page(0, "old");
            old.apply(&[(key, Some(bytes.to_vec()))]).unwrap();
            drop(old);
            folder.write_beside([Ok(page(0, "new"))].into_iter(), None, &mut |_| ()).unwrap();
            if steps > 0 {
                rename(&folder.path, PART, NEW).unwrap();
            }
            if steps > 1 {
                rename(&folder.path, TREE, OLD).unwrap();
            }
            if steps > 2 {
                rename(&folder.path, NEW, TREE).unwrap();
            }
            if steps > 3 {
                remove(&folder.path.join(OLD)).unwrap();
            }
            folder.settle_swap().unwrap();
            let found = Tree::open(&folder.path.join(TREE)).unwrap().get(key).unwrap().unwrap();
            assert_eq!(*found, *page(0, if steps < 2 { "old" } else { "new" }).1, "after {steps} steps");
            let left: Vec<_> = fs::read_dir(&folder.path).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            assert_eq!(left, [TREE], "after {steps} steps");
        }
    }
}
