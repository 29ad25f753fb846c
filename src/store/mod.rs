//! The database on disk: records packed in pages, atomic commits, locking, verification.
//!
//! This is the only folder that names sled or bincode. Layers call downwards:
//!
//! ```text
//! Store          a database: open, read, commit, verify           (this file)
//!   commit       records -> changed pages                          snapshot   pages -> records
//!     row        records <-> rows          catalog   counts, generation, words
//!     codec      rows <-> bytes            page      bytes in a checksummed frame
//!       pages    memory | read image | sled                        lock       one writer
//! ```
//!
//! docs/format.md draws every byte.

mod catalog;
mod codec;
mod commit;
mod error;
mod image;
mod lock;
mod page;
mod pages;
mod row;
mod snapshot;
mod tree;
mod verify;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

pub use commit::{Changes, CommitReport, Tally};
pub use error::StoreError;
pub use snapshot::{Adjacency, Counts, Edge, Snapshot};
pub use verify::Verification;

use image::{Image, Stamp};
use lock::Lock;
use page::PageKey;
use pages::{MemoryPages, Pages};
use tree::Tree;

/// The file that says what a folder is: one line, `ailand 1`, with the format of the database.
const MARK: &str = "FORMAT";
/// The folder of sled's files.
const TREE: &str = "pages";

/// How long to wait for another process before giving up, unless told otherwise.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// A database: a folder on disk, or memory.
///
/// A `Store` holds nothing open. Each [`Store::read`] and [`Store::commit`] takes what it needs and lets go, so that
/// many processes can use one database.
#[derive(Debug)]
pub struct Store {
    place: Place,
    patience: Duration,
}

#[derive(Debug)]
enum Place {
    Folder(PathBuf),
    Memory(Mutex<Arc<MemoryPages>>),
}

impl Store {
    /// Opens the database in a folder.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::NotADatabase`], [`StoreError::NewerFormat`] or [`StoreError::Io`].
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let folder = folder.into();
        if check_mark(&folder)? {
            Ok(Self { place: Place::Folder(folder), patience: PATIENCE })
        } else {
            Err(StoreError::NotFound { path: folder })
        }
    }

    /// Creates an empty database in a folder that does not exist or is empty, or opens the one that is there.
    ///
    /// # Errors
    /// As [`Store::open`], without [`StoreError::NotFound`].
    pub fn open_or_create(folder: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let folder = folder.into();
        if !check_mark(&folder)? {
            fs::create_dir_all(&folder).map_err(|error| StoreError::io("create", &folder, error))?;
            let mark = folder.join(MARK);
            fs::write(&mark, format!("ailand {}\n", catalog::FORMAT))
                .map_err(|error| StoreError::io("create", &mark, error))?;
        }
        Ok(Self { place: Place::Folder(folder), patience: PATIENCE })
    }

    /// An empty database in memory, gone when it is dropped.
    #[must_use]
    pub fn in_memory() -> Self {
        Self { place: Place::Memory(Mutex::default()), patience: PATIENCE }
    }

    /// The same store, waiting up to `patience` for other processes.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// The folder, when there is one.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        match &self.place {
            Place::Folder(folder) => Some(folder),
            Place::Memory(_) => None,
        }
    }

    /// The newest generation, to be read.
    ///
    /// Small databases are read from their image: without a lock, and without waiting for writers. Larger ones hold the
    /// lock of the database as long as the snapshot lives; let go of it soon.
    ///
    /// # Errors
    /// [`StoreError::Locked`], [`StoreError::Damaged`], [`StoreError::NewerFormat`] or [`StoreError::Io`].
    pub fn read(&self) -> Result<Snapshot, StoreError> {
        match &self.place {
            Place::Memory(pages) => {
                let pages = Arc::clone(&pages.lock().unwrap_or_else(PoisonError::into_inner));
                Snapshot::new(Pages::Memory(pages), Path::new("memory"))
            }
            Place::Folder(folder) => Snapshot::new(self.pages_to_read(folder)?, folder),
        }
    }

    fn pages_to_read(&self, folder: &Path) -> Result<Pages, StoreError> {
        let log = Tree::log(&folder.join(TREE));
        if let Some(image) = Image::open(folder) {
            if Stamp::of(&log)? == Some(image.stamp) {
                return Ok(Pages::Image(image));
            }
            // A writer is at work: its commit is not acknowledged yet, and the image is the generation before it.
            let Some(lock) = Lock::try_acquire(folder)? else { return Ok(Pages::Image(image)) };
            return self.refresh(folder, lock);
        }
        if !Tree::exists(&folder.join(TREE)) {
            return Ok(Pages::Memory(Arc::default()));
        }
        let lock = Lock::acquire(folder, self.patience)?;
        self.refresh(folder, lock)
    }

    /// With the lock held: the image if it is current by now, else sled, leaving a new image behind if it may be.
    fn refresh(&self, folder: &Path, lock: Lock) -> Result<Pages, StoreError> {
        let tree_folder = folder.join(TREE);
        let log = Tree::log(&tree_folder);
        if let Some(image) = Image::open(folder)
            && Stamp::of(&log)? == Some(image.stamp)
        {
            return Ok(Pages::Image(image));
        }
        if !Tree::exists(&tree_folder) {
            // Nobody has committed anything yet.
            return Ok(Pages::Memory(Arc::default()));
        }
        let tree = Tree::open(&tree_folder)?;
        let Some(pages) = small_enough(&tree)? else { return Ok(Pages::Tree { tree, _lock: lock }) };
        drop(tree);
        // A folder that may only be read gets no image; what was read is good all the same.
        if let Some(stamp) = Stamp::of(&log)? {
            let _ = Image::write(folder, stamp, &pages);
        }
        Ok(Pages::Memory(Arc::new(pages.into_iter().collect())))
    }

    /// Writes records: all of them or, when an error is returned, none.
    ///
    /// When this returns, the records are on the disk.
    ///
    /// # Errors
    /// [`StoreError::Record`] and [`StoreError::UnknownReference`] for records that cannot be stored,
    /// [`StoreError::Locked`] when another process writes for too long, [`StoreError::Damaged`], [`StoreError::Io`].
    pub fn commit(&self, changes: &Changes) -> Result<CommitReport, StoreError> {
        self.commit_with(|_| Ok(changes.clone()))
    }

    /// Writes records that are made from the generation they will follow; nobody else can commit in between.
    ///
    /// # Errors
    /// As [`Store::commit`], and whatever `make` returns.
    pub fn commit_with<E: From<StoreError>>(
        &self,
        make: impl FnOnce(&Snapshot) -> Result<Changes, E>,
    ) -> Result<CommitReport, E> {
        match &self.place {
            Place::Memory(current) => {
                let mut current = current.lock().unwrap_or_else(PoisonError::into_inner);
                let base = Snapshot::new(Pages::Memory(Arc::clone(&current)), Path::new("memory"))?;
                let changes = make(&base)?;
                let (pages, report) = commit::prepare(&base, &changes)?;
                *current = Arc::new(applied((**current).clone(), pages));
                Ok(report)
            }
            Place::Folder(folder) => self.commit_to(folder, make),
        }
    }

    fn commit_to<E: From<StoreError>>(
        &self,
        folder: &Path,
        make: impl FnOnce(&Snapshot) -> Result<Changes, E>,
    ) -> Result<CommitReport, E> {
        let lock = Lock::acquire(folder, self.patience)?;
        let tree_folder = folder.join(TREE);
        let tree = Tree::open(&tree_folder)?;
        let base = Snapshot::new(Pages::Tree { tree, _lock: lock }, folder)?;
        let changes = make(&base)?;
        let (pages, report) = commit::prepare(&base, &changes)?;
        let Pages::Tree { tree, .. } = base.pages() else {
            return Err(StoreError::damaged("the store", "it lost its tree").into());
        };
        if !pages.is_empty() {
            tree.apply(&pages)?;
        }
        let image = small_enough(tree)?;
        let Pages::Tree { tree, _lock: lock } = base.into_pages() else {
            return Err(StoreError::damaged("the store", "it lost its tree").into());
        };
        // sled may still write while it closes; the image carries the stamp of the log as it is afterwards.
        drop(tree);
        let stamp = Stamp::of(&Tree::log(&tree_folder))?;
        let written = match (image, stamp) {
            (Some(pages), Some(stamp)) => Image::write(folder, stamp, &pages),
            _ => Image::remove(folder),
        };
        // Without an image readers ask sled: slower, never wrong. An old image that cannot be removed has another stamp.
        if written.is_err() {
            let _ = Image::remove(folder);
        }
        drop(lock);
        Ok(report)
    }

    /// Reads everything and lists what is wrong.
    ///
    /// On disk this looks at sled's pages themselves, not at the image.
    ///
    /// # Errors
    /// [`StoreError::Locked`] or [`StoreError::Io`]; damage that keeps sled from opening is part of the answer.
    pub fn verify(&self) -> Result<Verification, StoreError> {
        let snapshot = match &self.place {
            Place::Memory(_) => self.read(),
            Place::Folder(folder) if !Tree::exists(&folder.join(TREE)) => self.read(),
            Place::Folder(folder) => {
                let lock = Lock::acquire(folder, self.patience)?;
                Tree::open(&folder.join(TREE)).and_then(|tree| Snapshot::new(Pages::Tree { tree, _lock: lock }, folder))
            }
        };
        match snapshot {
            Ok(snapshot) => Ok(verify::verify(&snapshot)),
            Err(StoreError::Damaged { place, what }) => {
                Ok(Verification { damage: vec![format!("{place}: {what}")], ..Verification::default() })
            }
            Err(other) => Err(other),
        }
    }

    /// How many bytes the database takes on disk; 0 in memory.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn size_on_disk(&self) -> Result<u64, StoreError> {
        self.folder().map_or(Ok(0), size_of)
    }
}

fn size_of(folder: &Path) -> Result<u64, StoreError> {
    let failed = |error| StoreError::io("list", folder, error);
    let mut size = 0;
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let metadata = entry.metadata().map_err(failed)?;
        size += if metadata.is_dir() { size_of(&entry.path())? } else { metadata.len() };
    }
    Ok(size)
}

/// All pages, when they are few enough for an image.
fn small_enough(tree: &Tree) -> Result<Option<Vec<(PageKey, Arc<[u8]>)>>, StoreError> {
    let mut pages = Vec::new();
    let mut size = 0;
    for page in tree.scan() {
        let page = page?;
        size += page.1.len() as u64;
        if size > image::LIMIT {
            return Ok(None);
        }
        pages.push(page);
    }
    Ok(Some(pages))
}

fn applied(mut pages: MemoryPages, changes: commit::PageChanges) -> MemoryPages {
    for (key, page) in changes {
        match page {
            Some(page) => pages.insert(key, page.into()),
            None => pages.remove(&key),
        };
    }
    pages
}

/// Whether `folder` is marked as a database. A missing or empty folder is not one yet; anything else is an error.
fn check_mark(folder: &Path) -> Result<bool, StoreError> {
    let not_a_database = |why: &str| StoreError::NotADatabase { path: folder.to_owned(), why: why.to_owned() };
    let mark = folder.join(MARK);
    let text = match fs::read(&mark) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) => match error.kind() {
            io::ErrorKind::NotFound => {
                return match fs::read_dir(folder) {
                    Ok(mut entries) => match entries.next() {
                        None => Ok(false),
                        Some(_) => Err(not_a_database("the folder holds other files")),
                    },
                    Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
                    Err(error) => Err(StoreError::io("open", folder, error)),
                };
            }
            io::ErrorKind::NotADirectory => return Err(not_a_database("it is a file")),
            _ => return Err(StoreError::io("read", &mark, error)),
        },
    };
    // A kill while the mark was written leaves it empty or cut off; what it says can be taken from the catalog too.
    let format = match text.trim().strip_prefix("ailand ").map(str::parse::<u32>) {
        Some(Ok(format)) => format,
        _ if text.is_empty() => catalog::FORMAT,
        _ => return Err(not_a_database("its FORMAT file is not one of this program")),
    };
    if format > catalog::FORMAT {
        return Err(StoreError::NewerFormat { path: folder.to_owned(), found: format, supported: catalog::FORMAT });
    }
    Ok(true)
}
