//! The only file that names sled: pages under keys, atomic batches, and the ways around what sled gets wrong.
//!
//! - A kill while sled writes `snap.*.generating` makes every later open fail. The caller holds our lock, so nobody is
//!   writing one: it is deleted before opening.
//! - A damaged `snap.*` makes opening fail although it is only a cache of what the log says. It is moved aside and
//!   opening is tried once more.
//! - Truncated files can panic inside sled. Opening, reading and writing are isolated, and a panic becomes an error.
//! - sled may let go of its own file lock a moment after it is dropped. Opening is retried for a while.
//! - When a disk is full, sled's I/O threads note the error and forget to wake the thread that waits for them. Writing
//!   is watched from outside.
//! - After a failed write closing may wait for ever, and hold a lock meanwhile that every sled of the process needs. A
//!   tree whose write failed is not closed; its file lock goes with the process.

use std::cell::Cell;
use std::fs;
use std::io;
use std::mem;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Once};
use std::thread;
use std::time::{Duration, Instant};

use super::StoreError;
use super::page::{PageKey, PageKind};

/// Memory that sled may use for pages it has read; a bound, not a reservation.
const CACHE: u64 = 64 << 20;
/// How long sled's own lock may outlive the process that held ours.
const LINGER: Duration = Duration::from_secs(2);

/// How long a write may take before sled is asked whether it has failed; asking wakes threads that missed an error.
const FIRST_DOUBT: Duration = Duration::from_millis(500);
/// How long a write may take at most.
const LONGEST_WRITE: Duration = Duration::from_secs(300);
/// An open sled tree of pages.
#[derive(Debug)]
pub(crate) struct Tree {
    db: sled::Db,
    folder: PathBuf,
}

impl Tree {
    /// Whether `folder` holds a tree.
    pub(crate) fn exists(folder: &Path) -> bool {
        folder.join("db").is_file()
    }

    /// The file that every commit changes.
    pub(crate) fn log(folder: &Path) -> PathBuf {
        folder.join("db")
    }

    /// Opens or creates the tree in `folder`; the caller holds the lock of the database.
    pub(crate) fn open(folder: &Path) -> Result<Self, StoreError> {
        remove_unfinished_snapshots(folder)?;
        // A failed opening is best avoided: what it leaves running gets in the way of the next one.
        if snapshots(folder)?.iter().any(|path| !is_whole(path)) {
            set_snapshots_aside(folder)?;
        }
        match Self::open_once(folder) {
            Err(StoreError::Damaged { .. }) if set_snapshots_aside(folder)? => Self::open_once(folder),
            other => other,
        }
    }

    fn open_once(folder: &Path) -> Result<Self, StoreError> {
        let start = Instant::now();
        loop {
            let config = sled::Config::new().path(folder).flush_every_ms(None).cache_capacity(CACHE);
            match isolate(folder, || config.open()) {
                Ok(Ok(db)) => return Ok(Self { db, folder: folder.to_owned() }),
                // sled reports its lock only in words.
                Ok(Err(sled::Error::Io(error))) if error.to_string().contains("could not acquire lock") => {
                    let waited = start.elapsed();
                    if waited >= LINGER {
                        let holder = "a process whose last write failed, until it ends".to_owned();
                        return Err(StoreError::Locked { path: folder.to_owned(), holder, waited });
                    }
                    thread::sleep(Duration::from_millis(5));
                }
                Ok(Err(error)) => return Err(translate("open", folder, error)),
                Err(error) => return Err(error),
            }
        }
    }

    /// The page under a key.
    pub(crate) fn get(&self, key: PageKey) -> Result<Option<Arc<[u8]>>, StoreError> {
        match isolate(&self.folder, || self.db.get(key.to_bytes()))? {
            Ok(page) => Ok(page.filter(|bytes| !bytes.is_empty()).map(|bytes| Arc::from(&*bytes))),
            Err(error) => Err(translate("read", &self.folder, error)),
        }
    }

    /// Every key and page, in the order of the keys. Keys that are no page keys are damage.
    pub(crate) fn scan(&self) -> impl Iterator<Item = Result<(PageKey, Arc<[u8]>), StoreError>> + '_ {
        self.walk(self.db.iter())
    }

    /// As [`Tree::scan`], without the pages of the history.
    pub(crate) fn scan_present(&self) -> impl Iterator<Item = Result<(PageKey, Arc<[u8]>), StoreError>> + '_ {
        let history = PageKind::History.tag();
        self.walk(self.db.range(..[history])).chain(self.walk(self.db.range([history + 1]..)))
    }

    fn walk(&self, pages: sled::Iter) -> impl Iterator<Item = Result<(PageKey, Arc<[u8]>), StoreError>> + '_ {
        let mut pages = pages.filter(|page| page.as_ref().map_or(true, |(_, page)| !page.is_empty()));
        std::iter::from_fn(move || {
            let next = match isolate(&self.folder, || pages.next()) {
                Ok(next) => next?,
                Err(error) => return Some(Err(error)),
            };
            Some(match next {
                Ok((key, page)) => PageKey::from_bytes(&key)
                    .map(|key| (key, Arc::from(&*page)))
                    .ok_or_else(|| StoreError::damaged("the tree", format!("it has an unknown key {key:?}"))),
                Err(error) => Err(translate("read", &self.folder, error)),
            })
        })
    }

    /// Writes all changes at once and returns when they are on the disk: all of them or, after an error or a kill,
    /// none. `None` removes a page.
    pub(crate) fn apply<'a>(
        &self,
        changes: impl IntoIterator<Item = &'a (PageKey, Option<Vec<u8>>)>,
    ) -> Result<(), StoreError> {
        let mut batch = sled::Batch::default();
        for (key, page) in changes {
            match page {
                Some(page) => batch.insert(&key.to_bytes(), page.as_slice()),
                None => batch.remove(&key.to_bytes()),
            }
        }
        self.write(|db| db.apply_batch(batch).and_then(|()| db.flush()))
    }

    /// Makes places for pages that will be written soon, in the order of their keys; whoever reads sees none.
    ///
    /// sled writes a leaf again whenever it splits, so a page that is inserted at the end of the tree is written twice.
    /// Empty values are moved about at no cost, and a page that replaces one is written once.
    pub(crate) fn reserve(&self, mut keys: Vec<PageKey>) -> Result<(), StoreError> {
        keys.sort_unstable();
        self.write(move |db| {
            keys.iter().try_for_each(|key| db.insert(key.to_bytes(), &[]).map(drop))?;
            db.flush()
        })
    }

    fn write(&self, change: impl FnOnce(&sled::Db) -> sled::Result<usize> + Send + 'static) -> Result<(), StoreError> {
        let written = self.watch(change);
        if written.is_err() {
            // A handle that is never dropped keeps sled from closing.
            mem::forget(self.db.clone());
        }
        written
    }

    /// Writes in a thread that may get stuck.
    fn watch(&self, change: impl FnOnce(&sled::Db) -> sled::Result<usize> + Send + 'static) -> Result<(), StoreError> {
        let (db, folder) = (self.db.clone(), self.folder.clone());
        let (writer, result) = mpsc::channel();
        thread::spawn(move || {
            let written = isolate(&folder, || change(&db));
            // Whoever gets the result may close sled, and must be the last to hold it.
            drop(db);
            writer.send(written)
        });
        let start = Instant::now();
        let mut doubt = FIRST_DOUBT;
        while start.elapsed() < LONGEST_WRITE {
            match result.recv_timeout(doubt) {
                Ok(written) => return written?.map(drop).map_err(|error| translate("write", &self.folder, error)),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    let db = self.db.clone();
                    thread::spawn(move || drop(db.flush()));
                    doubt *= 2;
                }
            }
        }
        let error = io::Error::new(io::ErrorKind::TimedOut, "sled did not finish the write");
        Err(StoreError::io("write", &self.folder, error))
    }
}

/// Deletes what a killed process left of a snapshot it was writing.
fn remove_unfinished_snapshots(folder: &Path) -> Result<(), StoreError> {
    for path in snapshots(folder)? {
        if path.extension().is_some_and(|extension| extension == "generating") {
            fs::remove_file(&path).map_err(|error| StoreError::io("delete", &path, error))?;
        }
    }
    Ok(())
}

/// Whether a snapshot of sled ends with the CRC-32 of what stands before its last twelve bytes.
fn is_whole(snapshot: &Path) -> bool {
    let Ok(bytes) = fs::read(snapshot) else { return false };
    let Some((body, tail)) = bytes.split_last_chunk::<12>() else { return false };
    let &[.., a, b, c, d] = tail;
    !body.is_empty() && crc32fast::hash(body) == u32::from_le_bytes([a, b, c, d])
}

/// Renames sled's snapshots so that opening reads the log itself; whether there were any.
fn set_snapshots_aside(folder: &Path) -> Result<bool, StoreError> {
    let mut any = false;
    for path in snapshots(folder)? {
        let mut aside = path.clone().into_os_string();
        aside.push(".damaged");
        let aside = PathBuf::from(aside).file_name().map(|name| folder.join(format!("old-{}", name.display())));
        if let Some(aside) = aside {
            fs::rename(&path, &aside).map_err(|error| StoreError::io("rename", &path, error))?;
            any = true;
        }
    }
    Ok(any)
}

fn snapshots(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(StoreError::io("list", folder, error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| StoreError::io("list", folder, error))?.path();
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("snap.")) {
            found.push(path);
        }
    }
    Ok(found)
}

fn translate(action: &'static str, folder: &Path, error: sled::Error) -> StoreError {
    match error {
        sled::Error::Io(error) => StoreError::io(action, folder, error),
        sled::Error::Corruption { at, .. } => {
            let place = at.map_or_else(|| folder.display().to_string(), |at| format!("{} at {at:?}", folder.display()));
            StoreError::damaged(place, "sled found bytes that are not what it wrote")
        }
        other => StoreError::damaged(folder.display().to_string(), format!("sled reports: {other}")),
    }
}

thread_local! {
    /// Whether this thread is inside sled, where a panic is an answer and not worth a message of its own.
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Runs a call into sled and turns a panic in it into an error.
fn isolate<T>(folder: &Path, call: impl FnOnce() -> T) -> Result<T, StoreError> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let loud = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let of_sled = thread::current().name().is_some_and(|name| name.starts_with("sled-io"));
            if !INSIDE.with(Cell::get) && !of_sled {
                loud(info);
            }
        }));
    });
    INSIDE.with(|inside| inside.set(true));
    let result = panic::catch_unwind(AssertUnwindSafe(call));
    INSIDE.with(|inside| inside.set(false));
    result.map_err(|_| StoreError::damaged(folder.display().to_string(), "sled stopped on bytes it did not expect"))
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::super::page::PageKind;
    use super::*;

    /// A file system of 3 MiB, where this process may mount one.
    struct SmallDisk(tempfile::TempDir);

    impl SmallDisk {
        fn new() -> Option<Self> {
            let disk = Self(tempfile::tempdir().ok()?);
            disk.run("mount", &["-t", "tmpfs", "-o", "size=3m", "tmpfs"]).then_some(disk)
        }

        fn run(&self, program: &str, arguments: &[&str]) -> bool {
            let mut command = Command::new(program);
            let status = command.args(arguments).arg(self.0.path()).stderr(Stdio::null()).status();
            status.is_ok_and(|status| status.success())
        }
    }

    impl Drop for SmallDisk {
        fn drop(&mut self) {
            self.run("umount", &["-l"]);
        }
    }

    #[test]
    fn a_write_that_fails_in_sled_ends() {
        let Some(disk) = SmallDisk::new() else { return };
        let folder = disk.0.path().join("pages");
        let pages = |size: usize| -> Vec<_> {
            (0..40).map(|n| (PageKey::new(PageKind::Facts, n), Some(vec![7; size]))).collect()
        };
        let start = Instant::now();
        for size in [100_000, 9_000, 100_000] {
            let tree = Tree::open(&folder);
            if let Ok(tree) = tree {
                let written = tree.apply(&pages(size));
                assert!(size < 10_000 || written.is_err(), "4 MB fit in 3");
            }
        }
        assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
        // Other databases of the process are not held up.
        let other = tempfile::tempdir().unwrap();
        Tree::open(other.path()).unwrap().apply(&pages(100)).unwrap();
    }
}
