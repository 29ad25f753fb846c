//! Finding pages in bytes that nothing leads to any more.
//!
//! Every page tells its key, its length and its generation, and has a checksum. So pages are found in sled's log whether
//! sled can open it or not, and of several versions of a page the newest is known.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::StoreError;
use super::page::{self, PageKey};

/// Bytes that are read at once.
const WINDOW: usize = 16 << 20;

/// A version of a page that was found.
#[derive(Debug, Clone)]
struct Version {
    generation: u64,
    file: Arc<Path>,
    offset: u64,
    length: usize,
}

/// All versions of all pages below a folder.
#[derive(Debug, Default)]
pub(crate) struct Carved {
    versions: BTreeMap<PageKey, Vec<Version>>,
}

impl Carved {
    /// Looks at every byte of every file below `folder`; files that cannot be read hold nothing. O(bytes).
    pub(crate) fn of(folder: &Path) -> Self {
        let mut carved = Self::default();
        let mut folders = vec![folder.to_owned()];
        let mut files: Vec<PathBuf> = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() { folders.push(path) } else { files.push(path) }
            }
        }
        files.sort();
        for file in files {
            // What cannot be read of a damaged disk is lost.
            let _ = carved.add(file.into());
        }
        carved
    }

    fn add(&mut self, path: Arc<Path>) -> std::io::Result<()> {
        let mut file = File::open(&path)?;
        let (mut bytes, mut start, mut ended) = (Vec::new(), 0u64, false);
        while !ended {
            let wanted = bytes.len() + WINDOW;
            let read = (&mut file).take(WINDOW as u64).read_to_end(&mut bytes)?;
            ended = bytes.len() < wanted || read == 0;
            let mut at = 0;
            while let Some(rest) = bytes.get(at..) {
                let length = page::length_of(rest);
                if rest.len() < page::HEADER || (!ended && length.is_some_and(|length| length > rest.len())) {
                    break;
                }
                match length.and_then(|_| page::recognize(rest)) {
                    Some((key, length, generation)) => {
                        let offset = start + at as u64;
                        let version = Version { generation, file: Arc::clone(&path), offset, length };
                        self.versions.entry(key).or_default().push(version);
                        at += length;
                    }
                    None => at += 1,
                }
            }
            let at = at.min(bytes.len());
            start += at as u64;
            bytes.drain(..at);
        }
        Ok(())
    }

    /// The keys of pages that were found.
    pub(crate) fn keys(&self) -> impl Iterator<Item = PageKey> + '_ {
        self.versions.keys().copied()
    }

    /// The newest version of a page up to a generation.
    pub(crate) fn newest(&self, key: PageKey, generation: u64) -> Option<Arc<[u8]>> {
        let versions = self.versions.get(&key)?.iter().filter(|version| version.generation <= generation);
        let version = versions.max_by_key(|version| version.generation)?;
        version.read().ok()
    }

    /// The generations of the versions of a page, the newest first.
    pub(crate) fn generations(&self, key: PageKey) -> Vec<u64> {
        let mut generations: Vec<u64> =
            self.versions.get(&key).into_iter().flatten().map(|version| version.generation).collect();
        generations.sort_unstable_by(|a, b| b.cmp(a));
        generations.dedup();
        generations
    }
}

impl Version {
    fn read(&self) -> Result<Arc<[u8]>, StoreError> {
        let failed = |error| StoreError::io("read", &self.file, error);
        let mut file = File::open(&self.file).map_err(failed)?;
        let mut bytes = vec![0; self.length];
        file.seek(SeekFrom::Start(self.offset)).and_then(|_| file.read_exact(&mut bytes)).map_err(failed)?;
        Ok(bytes.into())
    }
}

#[cfg(test)]
mod tests {
    use super::super::page::PageKind;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

        #[test]
        fn pages_are_found_among_other_bytes(
            pieces in prop::collection::vec((prop::collection::vec(any::<u8>(), 0..60), 0u32..4, 1u64..5), 0..12),
            cut in 0usize..40,
        ) {
            let folder = tempfile::tempdir().unwrap();
            let mut bytes = Vec::new();
            let mut expected: BTreeMap<PageKey, u64> = BTreeMap::new();
            for (noise, number, generation) in &pieces {
                bytes.extend_from_slice(noise);
                let key = PageKey::new(PageKind::Facts, *number);
                let newest = expected.entry(key).or_default();
                *newest = (*newest).max(*generation);
                bytes.extend_from_slice(&page::encode(key, *generation, &[noise]));
            }
            // The beginning of one more page, whose end is missing.
            let half = page::encode(PageKey::new(PageKind::Sources, 9), 1, &[vec![7; 60]]);
            bytes.extend_from_slice(&half[..cut.min(half.len() - 1)]);
            fs::write(folder.path().join("db"), &bytes).unwrap();
            let carved = Carved::of(folder.path());
            prop_assert_eq!(carved.keys().collect::<Vec<_>>(), expected.keys().copied().collect::<Vec<_>>());
            for (key, generation) in expected {
                let found = carved.newest(key, u64::MAX).unwrap();
                prop_assert_eq!(page::Page::open(key, &found).unwrap().generation, generation);
            }
        }
    }
}
