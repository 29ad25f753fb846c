//! The lock that writers of a database take, our own and before sled's.
//!
//! A lock of the operating system on a file of the database's folder: it goes with the process that holds it, so a
//! killed process leaves nothing behind. The holder writes its process id and the time into the file, so that whoever
//! has to wait can be told who is in the way.
//!
//! Whoever waits holds a second lock, the turn. A process that lets go and asks again at once does not get ahead of it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::StoreError;

/// The longest pause between two attempts to have the turn.
const LONGEST_PAUSE: Duration = Duration::from_millis(20);
/// The longest pause of the one who has it.
const LONGEST_PAUSE_AT_TURN: Duration = Duration::from_millis(2);
/// The file of the lock.
pub(crate) const FILE: &str = "lock";
/// The file of the turn.
pub(crate) const TURN: &str = "turn";

/// A held lock; dropping it lets go.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
}

impl Lock {
    /// Takes the lock on `folder`, waiting up to `patience`.
    pub(crate) fn acquire(folder: &Path, patience: Duration) -> Result<Self, StoreError> {
        let start = Instant::now();
        let turn = open(folder, TURN)?;
        wait(folder, start, patience, LONGEST_PAUSE, || try_lock(&turn, folder, TURN).map(|had| had.then_some(())))?;
        // The turn goes when the file is closed.
        wait(folder, start, patience, LONGEST_PAUSE_AT_TURN, || Self::try_acquire(folder))
    }

    /// Takes the lock when nobody has it.
    pub(crate) fn try_acquire(folder: &Path) -> Result<Option<Self>, StoreError> {
        let mut file = open(folder, FILE)?;
        if !try_lock(&file, folder, FILE)? {
            return Ok(None);
        }
        // Who holds it is a courtesy: a full disk must not keep anyone from reading.
        let _ = note(&mut file, &format!("{} {}\n", std::process::id(), now()));
        Ok(Some(Self { file }))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = note(&mut self.file, "");
        let _ = self.file.unlock();
    }
}

fn open(folder: &Path, name: &str) -> Result<File, StoreError> {
    let path = folder.join(name);
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
    file.map_err(|error| StoreError::io("open the lock file", &path, error))
}

fn try_lock(file: &File, folder: &Path, name: &str) -> Result<bool, StoreError> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(StoreError::io("lock", &folder.join(name), error)),
    }
}

/// Tries until something is had or `patience` has passed since `start`.
fn wait<T>(
    folder: &Path,
    start: Instant,
    patience: Duration,
    longest_pause: Duration,
    attempt: impl Fn() -> Result<Option<T>, StoreError>,
) -> Result<T, StoreError> {
    let mut pause = Duration::from_micros(200);
    loop {
        if let Some(had) = attempt()? {
            return Ok(had);
        }
        let waited = start.elapsed();
        if waited >= patience {
            return Err(StoreError::Locked { path: folder.to_owned(), holder: holder(folder), waited });
        }
        std::thread::sleep(pause.min(patience - waited));
        pause = (pause * 2).min(longest_pause);
    }
}

fn note(file: &mut File, text: &str) -> std::io::Result<()> {
    file.set_len(0)?;
    file.seek(SeekFrom::Start(0))?;
    file.write_all(text.as_bytes())
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// Who holds the lock, in words.
fn holder(folder: &Path) -> String {
    let mut text = String::new();
    let read = File::open(folder.join(FILE)).and_then(|mut file| file.read_to_string(&mut text));
    let mut parts = text.split_whitespace().map(str::parse::<u64>);
    match (read, parts.next(), parts.next()) {
        (Ok(_), Some(Ok(pid)), Some(Ok(since))) => {
            format!("process {pid}, since {} s", now().saturating_sub(since))
        }
        _ => "another process".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_holds_it_and_the_other_is_told_who() {
        let folder = tempfile::tempdir().unwrap();
        let lock = Lock::acquire(folder.path(), Duration::ZERO).unwrap();
        let error = Lock::acquire(folder.path(), Duration::from_millis(30)).unwrap_err();
        let StoreError::Locked { holder, waited, .. } = &error else { panic!("{error}") };
        assert!(holder.contains(&std::process::id().to_string()), "{holder}");
        assert!(*waited >= Duration::from_millis(30));
        drop(lock);
        assert!(Lock::try_acquire(folder.path()).unwrap().is_some());
    }

    #[test]
    fn whoever_takes_it_again_and_again_lets_others_have_their_turn() {
        let folder = tempfile::tempdir().unwrap();
        let done = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !done.load(std::sync::atomic::Ordering::Relaxed) {
                    let _lock = Lock::acquire(folder.path(), Duration::from_secs(20)).unwrap();
                    std::thread::sleep(Duration::from_millis(10));
                }
            });
            std::thread::sleep(Duration::from_millis(20));
            for _ in 0..20 {
                let start = Instant::now();
                drop(Lock::acquire(folder.path(), Duration::from_secs(20)).unwrap());
                assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
            }
            done.store(true, std::sync::atomic::Ordering::Relaxed);
        });
    }
}
