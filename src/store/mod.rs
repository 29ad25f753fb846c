//! The database on disk: records packed in pages, atomic commits, locking, verification.
//!
//! This is the only folder that names sled or bincode. Layers call downwards:
//!
//! ```text
//! Store          a database: open, read, commit, merge, verify    (this file)
//!   commit       changes -> changed pages (draft)                  snapshot   pages -> records
//!     history    what commits replaced     log       commits       past       a generation of then
//!     row        records <-> rows          catalog   counts, generation, words
//!     codec      rows <-> bytes            page      bytes in a checksummed frame
//!       pages    memory | image | tree (sled)                       folder     the files, and how they are replaced
//!                                                                   lock, undo, witness
//! ```
//!
//! docs/format.md draws every byte.

mod backup;
mod carve;
mod catalog;
mod changes;
mod codec;
mod commit;
mod compact;
mod draft;
mod edges;
mod error;
mod folder;
mod history;
mod ids;
mod image;
mod layers;
mod lock;
mod log;
mod mentions;
mod merge;
mod page;
mod pages;
mod past;
mod probe;
mod repair;
mod retracted;
mod row;
mod rows;
mod sheet;
mod snapshot;
mod swap;
mod tree;
mod undo;
mod varint;
mod verify;
mod witness;

use std::borrow::Borrow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

pub use backup::BackupReport;
pub use changes::{Changes, CommitReport, Merged, Retractions, Tally};
pub use compact::CompactReport;
pub use error::StoreError;
pub use log::Commit;
#[doc(hidden)]
pub use probe::probe_page;
pub use repair::RepairReport;
pub(crate) use sheet::FactSheet;
pub use snapshot::{Adjacency, Counts, Edge, Snapshot};
pub use swap::Progress;
pub use verify::Verification;

use crate::model::EntityId;
use folder::Folder;
use pages::{MemoryPages, Pages};

/// How long to wait for another process before giving up, unless told otherwise.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// A database: a folder on disk, or memory.
///
/// A `Store` holds nothing open. Each [`Store::read`] and [`Store::commit`] takes what it needs and lets go, so that
/// many processes can use one database.
#[derive(Debug)]
pub struct Store {
    place: Place,
}

#[derive(Debug)]
enum Place {
    Folder(Folder),
    Memory(Mutex<Arc<MemoryPages>>),
}

impl Store {
    /// Opens the database in a folder.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::NotADatabase`], [`StoreError::NewerFormat`] or [`StoreError::Io`].
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let folder = Folder { path: folder.into(), patience: PATIENCE };
        if folder.is_marked()? {
            Ok(Self { place: Place::Folder(folder) })
        } else {
            Err(StoreError::NotFound { path: folder.path })
        }
    }

    /// Opens the database in a folder. When there is none, the first commit makes one, be it of nothing: until then the
    /// folder is left alone, so that a first commit that fails leaves no database behind.
    ///
    /// # Errors
    /// As [`Store::open`], without [`StoreError::NotFound`].
    pub fn open_or_create(folder: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let folder = Folder { path: folder.into(), patience: PATIENCE };
        folder.is_marked()?;
        Ok(Self { place: Place::Folder(folder) })
    }

    /// An empty database in memory, gone when it is dropped.
    #[must_use]
    pub fn in_memory() -> Self {
        Self { place: Place::Memory(Mutex::default()) }
    }

    /// Whether the database exists: somebody has committed to it. One in memory always does.
    ///
    /// # Errors
    /// As [`Store::open`], without [`StoreError::NotFound`].
    pub fn exists(&self) -> Result<bool, StoreError> {
        match &self.place {
            Place::Folder(folder) => folder.is_marked(),
            Place::Memory(_) => Ok(true),
        }
    }

    /// The same store, waiting up to `patience` for other processes.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        if let Place::Folder(folder) = &mut self.place {
            folder.patience = patience;
        }
        self
    }

    /// The folder, when there is one.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        match &self.place {
            Place::Folder(folder) => Some(&folder.path),
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
            Place::Folder(folder) => folder.read(),
        }
    }

    /// The database as it was after a commit; generation 0 is the empty database before the first one.
    ///
    /// Costs what was replaced since. In a folder, reads sled under the lock of the database, which is let go of at once
    /// when the database is small.
    ///
    /// # Errors
    /// As [`Store::read`]; [`StoreError::NoSuchGeneration`] for a commit that was not made yet or whose history was given
    /// up.
    pub fn read_at(&self, generation: u64) -> Result<Snapshot, StoreError> {
        match &self.place {
            Place::Memory(_) => self.read()?.back_to(generation),
            Place::Folder(folder) => folder.read_at(generation),
        }
    }

    /// Writes records: all of them or, when an error is returned, none.
    ///
    /// When this returns, the records are on the disk.
    ///
    /// # Errors
    /// [`StoreError::Record`] and [`StoreError::UnknownReference`] for records that cannot be stored,
    /// [`StoreError::Locked`] when another process writes for too long, [`StoreError::Damaged`], [`StoreError::Io`].
    pub fn commit(&self, changes: &Changes) -> Result<CommitReport, StoreError> {
        self.commit_made(|_| Ok(changes))
    }

    /// Writes records that are made from the generation they will follow; nobody else can commit in between.
    ///
    /// # Errors
    /// As [`Store::commit`], and whatever `make` returns.
    pub fn commit_with<E: From<StoreError>>(
        &self,
        make: impl FnOnce(&Snapshot) -> Result<Changes, E>,
    ) -> Result<CommitReport, E> {
        self.commit_made(make)
    }

    fn commit_made<E: From<StoreError>, C: Borrow<Changes>>(
        &self,
        make: impl FnOnce(&Snapshot) -> Result<C, E>,
    ) -> Result<CommitReport, E> {
        match &self.place {
            Place::Memory(current) => {
                let mut current = current.lock().unwrap_or_else(PoisonError::into_inner);
                let base = Snapshot::new(Pages::Memory(Arc::clone(&current)), Path::new("memory"))?;
                let changes = make(&base)?;
                let (pages, report) = commit::prepare(&base, changes.borrow())?;
                *current = Arc::new(applied((**current).clone(), pages));
                Ok(report)
            }
            Place::Folder(folder) => folder.commit(make),
        }
    }

    /// Merges an entity into another one, because they are the same: facts and evidence that name `absorbed` name `kept`
    /// from now on, which gets its names as aliases, its labels and its claims; and the id of `absorbed` leads to `kept`.
    ///
    /// # Errors
    /// [`StoreError::UnknownReference`] when there is no such entity, [`StoreError::Contradiction`] when both are one,
    /// and those of [`Store::commit`].
    pub fn merge(
        &self,
        absorbed: &EntityId,
        kept: &EntityId,
        by: &str,
        reason: Option<&str>,
    ) -> Result<CommitReport, StoreError> {
        self.commit_with(|base| {
            let changes = merge::merging(base, absorbed, kept)?;
            Ok(Changes { by: by.to_owned(), reason: reason.map(str::to_owned), ..changes })
        })
    }

    /// Undoes the merging of an entity. What the merging changed and nobody has changed since is restored exactly; where
    /// somebody has, only what the merging did is taken back. Facts that came later stay with the other entity.
    ///
    /// # Errors
    /// [`StoreError::NotMerged`]; [`StoreError::Merged`] when the other entity was merged in turn;
    /// [`StoreError::NoSuchGeneration`] when the history does not reach back; and those of [`Store::commit`].
    pub fn split(&self, id: &EntityId, by: &str, reason: Option<&str>) -> Result<CommitReport, StoreError> {
        self.commit_with(|base| {
            let changes = merge::splitting(base, id)?;
            Ok(Changes { by: by.to_owned(), reason: reason.map(str::to_owned), ..changes })
        })
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
            Place::Folder(folder) => folder.read_tree(),
        };
        match snapshot {
            Ok(snapshot) => Ok(verify::verify(&snapshot)),
            Err(StoreError::Damaged { place, what }) => {
                Ok(Verification { damage: vec![format!("{place}: {what}")], ..Verification::default() })
            }
            Err(other) => Err(other),
        }
    }

    /// Writes the newest generation to one portable, checksummed file, which appears when it is complete.
    ///
    /// `progress` is called after every page. Readers go on meanwhile, unless the database is too large for an image;
    /// writers wait for as long as its pages take to be copied.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when a page is damaged: a backup holds what is sound. [`StoreError::Locked`],
    /// [`StoreError::Io`].
    pub fn backup(&self, file: &Path, progress: &mut dyn FnMut(Progress)) -> Result<BackupReport, StoreError> {
        // The image leaves the history out.
        let snapshot = match &self.place {
            Place::Memory(_) => self.read(),
            Place::Folder(folder) => folder.read_tree(),
        };
        backup::write(&snapshot?, file, progress)
    }

    /// Makes the database in `folder` what a backup holds. A database that is there is replaced only with `replace`, and
    /// stays as it is when the backup turns out to be damaged.
    ///
    /// # Errors
    /// [`StoreError::Exists`], [`StoreError::NotABackup`], [`StoreError::DamagedBackup`] with the place,
    /// [`StoreError::NewerFormat`], [`StoreError::Locked`], [`StoreError::Io`].
    pub fn restore(
        file: &Path,
        folder: impl Into<PathBuf>,
        replace: bool,
        patience: Duration,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<BackupReport, StoreError> {
        backup::restore(file, &Folder { path: folder.into(), patience }, replace, progress)
    }

    /// Writes the database anew and puts it in the place of the old files, which gives back the space of what was
    /// replaced. Does nothing in memory.
    ///
    /// # Errors
    /// [`StoreError::Locked`], [`StoreError::Damaged`], [`StoreError::Io`]. After an error the database is as it was.
    pub fn compact(&self, progress: &mut dyn FnMut(Progress)) -> Result<CompactReport, StoreError> {
        match &self.place {
            Place::Folder(folder) => compact::compact(folder, progress),
            Place::Memory(_) => Ok(CompactReport::default()),
        }
    }

    /// Repairs the database in `folder`: keeps what is intact, lists what was lost, and leaves the damaged files beside in
    /// a folder `damaged-1` (or 2, ...). A sound database is left as it is.
    ///
    /// When every page is found somewhere, nothing is lost. Otherwise the records that can be read go to a new database,
    /// whose log begins anew.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when nothing can be kept, [`StoreError::NotFound`], [`StoreError::NewerFormat`],
    /// [`StoreError::Locked`], [`StoreError::Io`]. After an error the damaged files are as they were.
    pub fn repair(
        folder: impl Into<PathBuf>,
        patience: Duration,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<RepairReport, StoreError> {
        repair::repair(&Folder { path: folder.into(), patience }, progress)
    }

    /// How many bytes the database takes on disk; 0 in memory.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn size_on_disk(&self) -> Result<u64, StoreError> {
        match &self.place {
            Place::Folder(folder) => folder.size(),
            Place::Memory(_) => Ok(0),
        }
    }
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
