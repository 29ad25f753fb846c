//! Writing a database anew: sled never gives back the space of pages that were replaced.

use super::StoreError;
use super::backup::known_pages;
use super::folder::Folder;
use super::lock::Lock;
use super::swap::Progress;

/// What compacting did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CompactReport {
    /// Bytes on disk before.
    pub before: u64,
    /// Bytes on disk after.
    pub after: u64,
    /// Pages that were kept.
    pub pages: u64,
}

/// Writes the pages of the newest generation beside the old ones and swaps them in.
pub(crate) fn compact(folder: &Folder, progress: &mut dyn FnMut(Progress)) -> Result<CompactReport, StoreError> {
    let before = folder.size()?;
    let base = folder.open_tree(Lock::acquire(&folder.path, folder.patience)?)?;
    let keys = known_pages(&base)?;
    let all = keys.len() as u64;
    let pages = keys.into_iter().map(|key| {
        let page = base.pages().stored(key)?;
        Ok((key, page.ok_or_else(|| StoreError::damaged(key.to_string(), "it is missing"))?))
    });
    let pages = folder.write_beside(pages, Some(all), progress)?;
    let generation = base.generation();
    let (tree, _lock) = base.into_pages().into_tree()?;
    drop(tree);
    folder.swap(None)?;
    folder.publish_anew(generation)?;
    Ok(CompactReport { before, after: folder.size()?, pages })
}
