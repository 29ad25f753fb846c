//! One portable file that holds a whole generation of a database.
//!
//! ```text
//! byte 0..8    "AILANDBK"
//! byte 8..12   format of the backup (1), little-endian as all numbers here
//! byte 12..16  format of the database
//! byte 16..24  generation
//! byte 24..28  CRC-32 of bytes 0..24
//! then         the pages, sorted by key: key (5), length (4), the page with its own checksum
//! then         five zero bytes, the number of pages (4), CRC-32 of everything before (4)
//! ```
//!
//! A backup does not depend on sled, on the machine, or on the files of the database it was taken from.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use super::StoreError;
use super::catalog::{self, Catalog};
use super::folder::Folder;
use super::lock::Lock;
use super::page::{self, Page, PageKey};
use super::pages::Stored;
use super::snapshot::Snapshot;
use super::swap::{self, Progress, remove, sync};

const MAGIC: &[u8; 8] = b"AILANDBK";
const FORMAT: u32 = 1;
const HEADER: usize = 28;
/// What stands in the place of a key behind the last page.
const END: [u8; 5] = [0; 5];

/// What a backup holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackupReport {
    /// The generation.
    pub generation: u64,
    /// How many pages.
    pub pages: u64,
    /// The length of the file in bytes.
    pub bytes: u64,
}

/// Counts and sums the bytes that pass.
struct Summed<T> {
    inner: T,
    sum: crc32fast::Hasher,
    bytes: u64,
}

impl<T> Summed<T> {
    fn new(inner: T) -> Self {
        Self { inner, sum: crc32fast::Hasher::new(), bytes: 0 }
    }

    fn passed(&mut self, bytes: &[u8]) {
        self.sum.update(bytes);
        self.bytes += bytes.len() as u64;
    }
}

impl<W: Write> Summed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.passed(bytes);
        self.inner.write_all(bytes)
    }
}

impl<R: Read> Summed<R> {
    fn read<const N: usize>(&mut self) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        self.inner.read_exact(&mut bytes)?;
        self.passed(&bytes);
        Ok(bytes)
    }
}

/// Writes the pages of a snapshot to `file`, which appears when it is complete.
pub(crate) fn write(
    snapshot: &Snapshot,
    file: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<BackupReport, StoreError> {
    let mut name = std::ffi::OsString::from(".");
    name.push(file.file_name().unwrap_or_default());
    name.push(".new");
    let fresh = file.with_file_name(name);
    let result = (|| {
        let failed = |error| StoreError::io("write", &fresh, error);
        let mut out = Summed::new(BufWriter::with_capacity(1 << 20, File::create(&fresh).map_err(failed)?));
        let mut header = MAGIC.to_vec();
        header.extend(FORMAT.to_le_bytes());
        header.extend(snapshot.format().to_le_bytes());
        header.extend(snapshot.generation().to_le_bytes());
        header.extend(crc32fast::hash(&header).to_le_bytes());
        out.write(&header).map_err(failed)?;
        let keys = known_pages(snapshot)?;
        let all = keys.len() as u64;
        for (key, done) in keys.iter().zip(1..) {
            let page = snapshot.pages().stored(*key)?;
            let page = page.ok_or_else(|| StoreError::damaged(key.to_string(), "it is missing"))?;
            let length = u32::try_from(page.len()).unwrap_or(u32::MAX).to_le_bytes();
            out.write(&key.to_bytes())
                .and_then(|()| out.write(&length))
                .and_then(|()| out.write(&page))
                .map_err(failed)?;
            progress(Progress { done, all: Some(all) });
        }
        out.write(&END)
            .and_then(|()| out.write(&u32::try_from(all).unwrap_or(u32::MAX).to_le_bytes()))
            .map_err(failed)?;
        let sum = out.sum.clone().finalize();
        out.write(&sum.to_le_bytes()).map_err(failed)?;
        let bytes = out.bytes;
        out.inner.into_inner().map_err(|error| failed(error.into_error()))?.sync_all().map_err(failed)?;
        fs::rename(&fresh, file).map_err(|error| StoreError::io("replace", file, error))?;
        if let Some(folder) = file.parent() {
            sync(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
        }
        Ok(BackupReport { generation: snapshot.generation(), pages: all, bytes })
    })();
    // The error that is returned matters more than a file that cannot be removed.
    result.inspect_err(|_| drop(fs::remove_file(&fresh)))
}

/// The pages that the catalog of a snapshot knows of, in order.
pub(crate) fn known_pages(snapshot: &Snapshot) -> Result<Vec<PageKey>, StoreError> {
    let mut keys = snapshot.pages().keys()?;
    keys.retain(|key| snapshot.catalog().knows(*key));
    Ok(keys)
}

/// A backup that is being read: its pages in order, each checked. The last item is an error unless the whole file is as
/// it was written.
pub(crate) struct Backup {
    path: PathBuf,
    file: Summed<BufReader<File>>,
    length: u64,
    pub(crate) generation: u64,
    pages: u64,
    last: Option<PageKey>,
    ended: bool,
}

impl Backup {
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        let failed = |error| StoreError::io("read", path, error);
        let file = File::open(path).map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        if metadata.is_dir() {
            return Err(StoreError::NotABackup { path: path.to_owned() });
        }
        let mut file = Summed::new(BufReader::with_capacity(1 << 20, file));
        let header: [u8; HEADER] = match file.read() {
            Ok(header) => header,
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                return Err(StoreError::NotABackup { path: path.to_owned() });
            }
            Err(error) => return Err(failed(error)),
        };
        let number = |at: usize| header.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes);
        if !header.starts_with(MAGIC) {
            return Err(StoreError::NotABackup { path: path.to_owned() });
        }
        if header.get(..HEADER - 4).map(crc32fast::hash) != Some(number(24)) {
            let what = "the header's checksum does not match".to_owned();
            return Err(StoreError::DamagedBackup { path: path.to_owned(), at: 0, what });
        }
        for (found, supported) in [(number(8), FORMAT), (number(12), catalog::FORMAT)] {
            if found > supported {
                return Err(StoreError::NewerFormat { path: path.to_owned(), found, supported });
            }
        }
        let generation = header.get(16..24).and_then(|b| b.try_into().ok()).map_or(0, u64::from_le_bytes);
        let path = path.to_owned();
        Ok(Self { path, file, length: metadata.len(), generation, pages: 0, last: None, ended: false })
    }

    fn damaged<T>(&self, at: u64, what: impl Into<String>) -> Result<T, StoreError> {
        Err(StoreError::DamagedBackup { path: self.path.clone(), at, what: what.into() })
    }

    fn read<const N: usize>(&mut self) -> Result<[u8; N], StoreError> {
        match self.file.read() {
            Ok(bytes) => Ok(bytes),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => self.damaged(self.length, "it is cut off"),
            Err(error) => Err(StoreError::io("read", &self.path, error)),
        }
    }

    fn next_page(&mut self) -> Result<Option<Stored>, StoreError> {
        let at = self.file.bytes;
        let key = self.read::<5>()?;
        let length = u64::from(u32::from_le_bytes(self.read()?));
        if key == END {
            return self.check_end(at, length).map(|()| None);
        }
        let Some(key) = PageKey::from_bytes(&key) else {
            return self.damaged(at, format!("{key:?} is the key of no page"));
        };
        if self.last.is_some_and(|last| last >= key) {
            return self.damaged(at, format!("{key} is out of order"));
        }
        if length > self.length.saturating_sub(self.file.bytes) || length > page::LONGEST as u64 {
            return self.damaged(at, format!("{key} is said to be {length} bytes long, which is more than there are"));
        }
        let mut page = vec![0; usize::try_from(length).unwrap_or_default()];
        self.file.inner.read_exact(&mut page).map_err(|error| StoreError::io("read", &self.path, error))?;
        self.file.passed(&page);
        if let Err(StoreError::Damaged { place, what }) = Page::open(key, &page) {
            return self.damaged(at, format!("{place}: {what}"));
        }
        self.last = Some(key);
        self.pages += 1;
        Ok(Some((key, page.into())))
    }

    fn check_end(&mut self, at: u64, count: u64) -> Result<(), StoreError> {
        if count != self.pages {
            return self.damaged(at, format!("it holds {} pages, expected {count}", self.pages));
        }
        let sum = self.file.sum.clone().finalize();
        if u32::from_le_bytes(self.read()?) != sum {
            return self.damaged(at, "the checksum of the whole file does not match");
        }
        match self.length.checked_sub(self.file.bytes) {
            Some(0) => Ok(()),
            _ => self.damaged(self.file.bytes, "there are bytes behind its end"),
        }
    }
}

impl Iterator for Backup {
    type Item = Result<Stored, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let page = self.next_page().transpose();
        self.ended = !matches!(page, Some(Ok(_)));
        page
    }
}

/// Makes the database in a folder what a backup holds; `replace` is needed where there is one.
pub(crate) fn restore(
    file: &Path,
    folder: &Folder,
    replace: bool,
    progress: &mut dyn FnMut(Progress),
) -> Result<BackupReport, StoreError> {
    let mut backup = Backup::open(file)?;
    let refuse = || Err(StoreError::Exists { path: folder.path.clone() });
    if folder.is_marked()? && !replace {
        return refuse();
    }
    fs::create_dir_all(&folder.path).map_err(|error| StoreError::io("create", &folder.path, error))?;
    let _lock = Lock::acquire(&folder.path, folder.patience)?;
    // Asked again under the lock: another process may have made a database meanwhile.
    let marked = folder.is_marked()?;
    if marked && !replace {
        return refuse();
    }
    folder.settle_swap()?;
    let mut generation = None;
    let mut catalog = |(key, page): &Stored| -> Result<(), StoreError> {
        if *key == PageKey::CATALOG {
            generation = Some(Catalog::from_page(&Page::open(*key, page)?)?.generation);
        }
        Ok(())
    };
    let pages = backup.by_ref().map(|page| page.and_then(|page| catalog(&page).map(|()| page)));
    folder.write_beside(pages, None, progress)?;
    if generation.is_some_and(|found| found != backup.generation) || (generation.is_none() && backup.pages > 0) {
        remove(&folder.path.join(swap::PART))?;
        return backup.damaged(0, "its catalog is of another generation than its header says");
    }
    if !marked {
        folder.prepare_mark()?;
    }
    folder.swap(None)?;
    if !marked {
        folder.place_mark()?;
    }
    folder.publish_anew(backup.generation)?;
    Ok(BackupReport { generation: backup.generation, pages: backup.pages, bytes: backup.length })
}
