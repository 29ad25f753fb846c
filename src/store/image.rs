//! The read image: all pages of one generation in one plain file, so that a reader needs neither sled nor a lock.
//!
//! Opening sled takes 2 to 12 ms on two cores, whatever the size: it starts seven threads that spin on a lock while the
//! eighth starts them. A whole answer has 2 ms. So a commit leaves, beside sled, an image of small databases; it is
//! renamed into place, readers keep the file they opened, and a reader sees one whole generation. The image is a cache:
//! deleting it loses nothing (docs/adr/0003-read-image.md).
//!
//! An image is current when it carries the stamp (length and time of change) of sled's log. That does not depend on
//! which of the two files reached the disk first.
//!
//! ```text
//! byte 0..8    "AILANDIM"
//! byte 8..12   format of the image (1), little-endian as all numbers here
//! byte 12..16  number of pages
//! byte 16..24  length of sled's log
//! byte 24..36  time of its last change: seconds since 1970 (8), nanoseconds (4)
//! byte 36..40  CRC-32 of bytes 0..36 and the directory
//! then         the directory: key (5), offset from the beginning of the file (8), length (4), sorted by key
//! then         the pages, each with its own checksum
//! ```

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::UNIX_EPOCH;

use super::StoreError;
use super::page::PageKey;
use super::pages::MemoryPages;

/// The name of the image.
pub(crate) const FILE: &str = "image";
/// The name of an image that is being written.
pub(crate) const NEW_FILE: &str = "image.new";
const MAGIC: &[u8; 8] = b"AILANDIM";
const FORMAT: u32 = 1;
const HEADER: usize = 40;
const ENTRY: usize = 17;
/// Databases whose pages are larger than this get no image: writing it would slow every commit down.
pub(crate) const LIMIT: u64 = 16 << 20;

/// What identifies a state of sled's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub(crate) length: u64,
    seconds: u64,
    nanoseconds: u32,
}

impl Stamp {
    /// The stamp of the log as it is now; `None` when there is no log.
    pub(crate) fn of(log: &Path) -> Result<Option<Self>, StoreError> {
        let metadata = match fs::metadata(log) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(StoreError::io("look at", log, error)),
        };
        let changed = metadata.modified().map_err(|error| StoreError::io("look at", log, error))?;
        let since = changed.duration_since(UNIX_EPOCH).unwrap_or_default();
        Ok(Some(Self { length: metadata.len(), seconds: since.as_secs(), nanoseconds: since.subsec_nanos() }))
    }
}

/// An open image.
#[derive(Debug)]
pub(crate) struct Image {
    file: Mutex<File>,
    path: PathBuf,
    directory: Vec<u8>,
    length: u64,
    pub(crate) stamp: Stamp,
}

impl Image {
    /// Opens the image; `None` when there is none or when it is damaged, because a cache is not worth an error.
    pub(crate) fn open(folder: &Path) -> Option<Self> {
        let path = folder.join(FILE);
        let mut file = File::open(&path).ok()?;
        let length = file.metadata().ok()?.len();
        let mut header = [0; HEADER];
        file.read_exact(&mut header).ok()?;
        let number =
            |at: usize| header.get(at..at + 4).and_then(|b| <[u8; 4]>::try_from(b).ok()).map(u32::from_le_bytes);
        let long = |at: usize| header.get(at..at + 8).and_then(|b| <[u8; 8]>::try_from(b).ok()).map(u64::from_le_bytes);
        if header.get(..8)? != MAGIC || number(8)? != FORMAT {
            return None;
        }
        let size = (number(12)? as usize).checked_mul(ENTRY)?;
        if size as u64 > length {
            return None;
        }
        let mut directory = vec![0; size];
        file.read_exact(&mut directory).ok()?;
        if checksum(header.get(..36)?, &directory) != number(36)? {
            return None;
        }
        let stamp = Stamp { length: long(16)?, seconds: long(24)?, nanoseconds: number(32)? };
        Some(Self { file: Mutex::new(file), path, directory, length, stamp })
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The page under a key, its frame not checked.
    pub(crate) fn get(&self, key: PageKey) -> Result<Option<Arc<[u8]>>, StoreError> {
        let Some((offset, length)) = self.find(key) else { return Ok(None) };
        if offset.saturating_add(u64::from(length)) > self.length {
            return Err(StoreError::damaged(self.path.display().to_string(), "it is cut off"));
        }
        let mut page = vec![0; length as usize];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(offset))
            .and_then(|_| file.read_exact(&mut page))
            .map_err(|error| StoreError::io("read", &self.path, error))?;
        Ok(Some(page.into()))
    }

    /// Every key, in order.
    pub(crate) fn keys(&self) -> impl Iterator<Item = PageKey> + '_ {
        self.directory.chunks_exact(ENTRY).filter_map(|entry| PageKey::from_bytes(entry.get(..5)?))
    }

    fn find(&self, key: PageKey) -> Option<(u64, u32)> {
        let wanted = key.to_bytes();
        let entry = |i: usize| self.directory.get(i * ENTRY..(i + 1) * ENTRY);
        let (mut low, mut high) = (0, self.directory.len() / ENTRY);
        while low < high {
            let middle = usize::midpoint(low, high);
            let bytes = entry(middle)?;
            match bytes.get(..5)?.cmp(&wanted[..]) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    let offset = bytes.get(5..13).and_then(|b| b.try_into().ok()).map(u64::from_le_bytes)?;
                    let length = bytes.get(13..17).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes)?;
                    return Some((offset, length));
                }
            }
        }
        None
    }

    /// Writes an image of `pages` and puts it in place.
    pub(crate) fn write(folder: &Path, stamp: Stamp, pages: &MemoryPages) -> Result<(), StoreError> {
        let path = folder.join(FILE);
        let fresh = folder.join(NEW_FILE);
        let failed = |error| StoreError::io("write", &fresh, error);
        let write = || -> io::Result<()> {
            let mut directory = Vec::with_capacity(pages.len() * ENTRY);
            let mut offset = (HEADER + pages.len() * ENTRY) as u64;
            for (key, page) in pages {
                directory.extend_from_slice(&key.to_bytes());
                directory.extend_from_slice(&offset.to_le_bytes());
                directory.extend_from_slice(&u32::try_from(page.len()).unwrap_or(u32::MAX).to_le_bytes());
                offset += page.len() as u64;
            }
            let mut header = Vec::with_capacity(HEADER);
            header.extend_from_slice(MAGIC);
            header.extend_from_slice(&FORMAT.to_le_bytes());
            header.extend_from_slice(&u32::try_from(pages.len()).unwrap_or(u32::MAX).to_le_bytes());
            header.extend_from_slice(&stamp.length.to_le_bytes());
            header.extend_from_slice(&stamp.seconds.to_le_bytes());
            header.extend_from_slice(&stamp.nanoseconds.to_le_bytes());
            let sum = checksum(&header, &directory);
            header.extend_from_slice(&sum.to_le_bytes());
            let mut out = BufWriter::with_capacity(1 << 18, File::create(&fresh)?);
            out.write_all(&header)?;
            out.write_all(&directory)?;
            for page in pages.values() {
                out.write_all(page)?;
            }
            out.flush()
        };
        // Half an image on a full disk is in everybody's way.
        write().inspect_err(|_| drop(fs::remove_file(&fresh))).map_err(failed)?;
        fs::rename(&fresh, &path).map_err(|error| StoreError::io("replace", &path, error))
    }

    /// Removes the image, if there is one.
    pub(crate) fn remove(folder: &Path) -> Result<(), StoreError> {
        let path = folder.join(FILE);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::io("delete", &path, error)),
            _ => Ok(()),
        }
    }
}

fn checksum(header: &[u8], directory: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(header);
    hasher.update(directory);
    hasher.finalize()
}
