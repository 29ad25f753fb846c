//! The way back from a batch that sled wrote in part.
//!
//! A kill leaves all of a batch or nothing of it. A write that fails does not: what sled had written of the batch when
//! the disk was full stays in its log, and is there after the next open. So a commit first lays down the pages that it
//! is about to replace, and takes them away when it is made. Whoever opens the database and finds them there asks which
//! pages are in place: all the new ones, then the commit was made; all the old ones, then it was not; some of each, then
//! the old ones are put back.
//!
//! ```text
//! byte 0..8    "AILANDUN"
//! byte 8..12   CRC-32 of everything that follows, little-endian as all numbers here
//! byte 12..16  number of pages
//! then         one entry per page: key (5), whether there is an old page (1) and a new one (1), length of the old
//!              page (4), CRC-32 of the new page (4)
//! then         the old pages
//! ```

use std::fs;
use std::io;
use std::path::Path;

use super::StoreError;
use super::commit::PageChanges;
use super::page::PageKey;
use super::tree::Tree;

pub(crate) const FILE: &str = "undo";
const MAGIC: &[u8; 8] = b"AILANDUN";
const ENTRY: usize = 15;

/// What a page was before a commit, and what it is after it.
struct Entry {
    key: PageKey,
    old: Option<Vec<u8>>,
    new: Option<u32>,
}

/// Lays down the pages that `changes` will replace.
pub(crate) fn prepare(folder: &Path, tree: &Tree, changes: &PageChanges) -> Result<(), StoreError> {
    let mut body = u32::try_from(changes.len()).unwrap_or(u32::MAX).to_le_bytes().to_vec();
    let mut pages = Vec::new();
    for (key, new) in changes {
        let old = tree.get(*key)?;
        body.extend_from_slice(&key.to_bytes());
        body.extend_from_slice(&[u8::from(old.is_some()), u8::from(new.is_some())]);
        let length = old.as_deref().map_or(0, <[u8]>::len);
        body.extend_from_slice(&u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
        body.extend_from_slice(&new.as_deref().map_or(0, crc32fast::hash).to_le_bytes());
        pages.extend_from_slice(old.as_deref().unwrap_or_default());
    }
    body.extend_from_slice(&pages);
    let path = folder.join(FILE);
    let bytes = [&MAGIC[..], &crc32fast::hash(&body).to_le_bytes(), &body].concat();
    // Half a file on a full disk is in everybody's way, and says nothing.
    let written = fs::write(&path, bytes).inspect_err(|_| drop(fs::remove_file(&path)));
    written.map_err(|error| StoreError::io("write", &path, error))
}

/// Takes the old pages away: the commit is made.
pub(crate) fn remove(folder: &Path) -> Result<(), StoreError> {
    let path = folder.join(FILE);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::io("delete", &path, error)),
        _ => Ok(()),
    }
}

/// Puts the old pages back, where a batch was written in part; the caller holds the lock of the database.
pub(crate) fn settle(folder: &Path, tree: &Tree) -> Result<(), StoreError> {
    let path = folder.join(FILE);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(StoreError::io("read", &path, error)),
    };
    // One that is cut off was being written: sled had not been given anything yet.
    let entries = parse(&bytes).unwrap_or_default();
    let (mut back, mut all_new, mut known) = (PageChanges::new(), true, true);
    for entry in entries {
        let page = tree.get(entry.key)?;
        let is_new = page.as_deref().map(crc32fast::hash) == entry.new;
        all_new &= is_new;
        if page.as_deref() != entry.old.as_deref() {
            known &= is_new;
            back.push((entry.key, entry.old));
        }
    }
    // Pages that are neither old nor new are those of a later commit.
    if known && !all_new && !back.is_empty() {
        tree.apply(&back)?;
    }
    remove(folder)
}

fn parse(bytes: &[u8]) -> Option<Vec<Entry>> {
    let number = |bytes: &[u8]| <[u8; 4]>::try_from(bytes).ok().map(u32::from_le_bytes);
    let rest = bytes.strip_prefix(MAGIC)?;
    let (sum, body) = rest.split_at_checked(4)?;
    if number(sum)? != crc32fast::hash(body) {
        return None;
    }
    let (count, rest) = body.split_at_checked(4)?;
    let (table, mut pages) = rest.split_at_checked((number(count)? as usize).checked_mul(ENTRY)?)?;
    let mut entries = Vec::new();
    for entry in table.chunks_exact(ENTRY) {
        let (key, rest) = entry.split_at_checked(5)?;
        let &[has_old, has_new, ref rest @ ..] = rest else { return None };
        let (length, new) = rest.split_at_checked(4)?;
        let (old, others) = pages.split_at_checked(number(length)? as usize)?;
        pages = others;
        entries.push(Entry {
            key: PageKey::from_bytes(key)?,
            old: (has_old != 0).then(|| old.to_vec()),
            new: if has_new != 0 { Some(number(new)?) } else { None },
        });
    }
    Some(entries)
}

#[cfg(test)]
mod tests {
    use super::super::page::{self, PageKind};
    use super::*;

    fn page(number: u32, content: &str) -> (PageKey, Option<Vec<u8>>) {
        let key = PageKey::new(PageKind::Facts, number);
        (key, Some(page::encode(key, 1, &[content])))
    }

    fn contents(tree: &Tree) -> Vec<(PageKey, Vec<u8>)> {
        tree.scan().map(|page| page.map(|(key, page)| (key, page.to_vec())).unwrap()).collect()
    }

    /// Every subset of a batch, as a write that failed may leave it.
    #[test]
    fn a_part_of_a_batch_is_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let tree = Tree::open(&folder.path().join("pages")).unwrap();
        let before = vec![page(0, "a"), page(1, "b"), page(2, "c")];
        let changes: PageChanges =
            vec![page(0, "A"), (PageKey::new(PageKind::Facts, 1), None), page(2, "C"), page(3, "D")];
        tree.apply(&before).unwrap();
        let old = contents(&tree);
        for part in 0..1u32 << changes.len() {
            prepare(folder.path(), &tree, &changes).unwrap();
            let written: PageChanges = changes
                .iter()
                .zip(0..)
                .filter(|(_, bit)| part & 1 << bit != 0)
                .map(|(change, _)| change.clone())
                .collect();
            if !written.is_empty() {
                tree.apply(&written).unwrap();
            }
            let torn = contents(&tree);
            settle(folder.path(), &tree).unwrap();
            let whole = written.len() == changes.len();
            assert_eq!(contents(&tree), if whole { torn } else { old.clone() }, "{part:b}");
            assert!(!folder.path().join(FILE).exists());
        }
    }

    #[test]
    fn old_pages_of_another_time_are_not_put_back() {
        let folder = tempfile::tempdir().unwrap();
        let tree = Tree::open(&folder.path().join("pages")).unwrap();
        tree.apply(&[page(0, "a"), page(1, "b")]).unwrap();
        prepare(folder.path(), &tree, &vec![page(0, "A"), page(1, "B")]).unwrap();
        tree.apply(&[page(0, "A"), page(1, "later")]).unwrap();
        let now = contents(&tree);
        settle(folder.path(), &tree).unwrap();
        assert_eq!(contents(&tree), now);
    }

    #[test]
    fn a_file_that_is_cut_off_or_damaged_is_ignored() {
        let folder = tempfile::tempdir().unwrap();
        let tree = Tree::open(&folder.path().join("pages")).unwrap();
        tree.apply(&[page(0, "a"), page(1, "b")]).unwrap();
        prepare(folder.path(), &tree, &vec![page(0, "A"), page(1, "B")]).unwrap();
        tree.apply(&[page(0, "A")]).unwrap();
        let torn = contents(&tree);
        let bytes = fs::read(folder.path().join(FILE)).unwrap();
        for place in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[place] ^= 4;
            for spoiled in [&bytes[..place], &flipped] {
                fs::write(folder.path().join(FILE), spoiled).unwrap();
                settle(folder.path(), &tree).unwrap();
                assert_eq!(contents(&tree), torn);
            }
        }
    }
}
