//! A database's folder: what lies in it, and the rules by which its files are read and replaced.
//!
//! ```text
//! FORMAT       one line, `ailand 1`: the folder is a database. Written with the first commit, never changed
//! lock         the lock that writers take (lock.rs)
//! pages/       sled's files (tree.rs): the database itself
//! image        a copy of all pages for readers (image.rs); may be deleted
//! undo         pages that a commit is replacing (undo.rs); only there while it does, or after it failed
//! generation   the newest acknowledged generation (witness.rs); may be deleted
//! ```

use std::borrow::Borrow;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::catalog::{self, Catalog};
use super::changes::{Changes, CommitReport};
use super::commit::{self, PageChanges};
use super::image::{self, Image, Stamp};
use super::lock::Lock;
use super::page::{Page, PageKey};
use super::pages::{Imaged, MemoryPages, Pages};
use super::past::Past;
use super::snapshot::Snapshot;
use super::tree::Tree;
use super::{StoreError, lock, repair, swap, undo, witness};

/// The file that says what a folder is.
const MARK: &str = "FORMAT";
/// The mark before it is put in place.
const NEW_MARK: &str = "FORMAT.new";
/// The folder of sled's files.
pub(crate) const TREE: &str = "pages";
/// The room that a commit may need, for as long as it takes to find out whether there is that much.
const ROOM: &str = "room";
/// sled's log grows by segments of 512 KiB, and a page that changes may cause its 15 neighbours to be written again.
const LEAST_ROOM: usize = 4 << 20;
/// Measured for batches of new pages: 2.4 bytes for each of theirs.
const ROOM_PER_BYTE: usize = 4;
/// Taking more than this would take longer than the commit.
const MOST_ROOM: usize = 64 << 20;
/// More operations in one batch cost sled memory out of proportion.
const BATCH: usize = 1_000;
/// What a folder may hold before it is marked: what a first commit leaves behind when it is killed.
const OWN_FILES: [&str; 15] = [
    MARK,
    NEW_MARK,
    TREE,
    swap::PART,
    swap::NEW,
    repair::COPY,
    swap::OLD,
    ROOM,
    undo::FILE,
    lock::FILE,
    lock::TURN,
    image::FILE,
    image::NEW_FILE,
    witness::FILE,
    witness::NEW_FILE,
];

/// The folder of a database, and how long to wait for other processes.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    pub(crate) path: PathBuf,
    pub(crate) patience: Duration,
}

impl Folder {
    /// Whether the folder is marked as a database. One that is missing, empty or holds an unfinished first commit is
    /// not one yet; anything else is an error.
    pub(crate) fn is_marked(&self) -> Result<bool, StoreError> {
        match self.read_mark()? {
            Some(text) => self.check_mark(&text).map(|()| true),
            None => match self.find_foreign_file()? {
                None => Ok(false),
                // The first commit of another process may have put the mark there in between.
                Some(_) if self.read_mark()?.is_some() => self.is_marked(),
                Some(name) => Err(self.not_a_database(&format!("the folder holds other files, such as {name:?}"))),
            },
        }
    }

    fn not_a_database(&self, why: &str) -> StoreError {
        StoreError::NotADatabase { path: self.path.clone(), why: why.to_owned() }
    }

    pub(crate) fn read_mark(&self) -> Result<Option<String>, StoreError> {
        let mark = self.path.join(MARK);
        match fs::read(&mark) {
            Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
            Err(error) => match error.kind() {
                io::ErrorKind::NotFound => Ok(None),
                io::ErrorKind::NotADirectory => Err(self.not_a_database("it is a file")),
                _ => Err(StoreError::io("read", &mark, error)),
            },
        }
    }

    pub(crate) fn check_mark(&self, text: &str) -> Result<(), StoreError> {
        match text.trim().strip_prefix("ailand ").map(str::parse::<u32>) {
            Some(Ok(format)) if format > catalog::FORMAT => {
                Err(StoreError::NewerFormat { path: self.path.clone(), found: format, supported: catalog::FORMAT })
            }
            Some(Ok(_)) => Ok(()),
            _ => Err(self.not_a_database("its FORMAT file is not one of this program")),
        }
    }

    fn find_foreign_file(&self) -> Result<Option<String>, StoreError> {
        let failed = |error| StoreError::io("open", &self.path, error);
        let entries = match fs::read_dir(&self.path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        for entry in entries {
            let name = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
            if !OWN_FILES.contains(&name.as_str()) && !name.starts_with(repair::KEPT) {
                return Ok(Some(name));
            }
        }
        Ok(None)
    }

    /// Writes the mark beside its place, so that putting it there needs no more space.
    pub(crate) fn prepare_mark(&self) -> Result<(), StoreError> {
        let path = self.path.join(NEW_MARK);
        let write = || -> io::Result<()> {
            let mut file = File::create(&path)?;
            writeln!(file, "ailand {}", catalog::FORMAT)?;
            file.sync_all()
        };
        write().map_err(|error| StoreError::io("write", &path, error))
    }

    pub(crate) fn place_mark(&self) -> Result<(), StoreError> {
        let mark = self.path.join(MARK);
        fs::rename(self.path.join(NEW_MARK), &mark).map_err(|error| StoreError::io("create", &mark, error))?;
        swap::sync(&self.path);
        Ok(())
    }

    /// The newest generation.
    pub(crate) fn read(&self) -> Result<Snapshot, StoreError> {
        let Some(image) = Image::open(&self.path) else {
            if self.is_empty() {
                return Snapshot::new(Pages::Memory(Arc::default()), &self.path);
            }
            return self.refresh(Lock::acquire(&self.path, self.patience)?);
        };
        if Stamp::of(&self.log())? == Some(image.stamp) {
            return self.read_image(image);
        }
        match Lock::try_acquire(&self.path) {
            Ok(Some(lock)) => self.refresh(lock),
            // A writer is at work: its commit is not acknowledged yet, and the image is the generation before it.
            Ok(None) => self.read_image(image),
            // The folder may only be read, so nobody writes. A copy of a database has another stamp, too.
            Err(refused) => self.acknowledged_image().map_or(Err(refused), |image| self.read_image(image)),
        }
    }

    fn read_image(&self, image: Image) -> Result<Snapshot, StoreError> {
        Snapshot::new(Pages::Image(Imaged::new(image, self.clone())), &self.path)
    }

    /// With the lock held: the image if it is current by now, else sled, leaving a new image behind if it may be.
    fn refresh(&self, lock: Lock) -> Result<Snapshot, StoreError> {
        if let Some(image) = Image::open(&self.path)
            && Stamp::of(&self.log())? == Some(image.stamp)
        {
            return self.read_image(image);
        }
        let snapshot = match self.open_tree(lock) {
            Ok(snapshot) => snapshot,
            Err(newer @ StoreError::NewerFormat { .. }) => return Err(newer),
            // Writers cannot use their copy: it is damaged, or the disk is full. What was acknowledged can be read from
            // the other one.
            Err(error) => return self.acknowledged_image().map_or(Err(error), |image| self.read_image(image)),
        };
        if self.is_large()? {
            return Ok(snapshot);
        }
        let pages = match few_pages(snapshot.pages().tree()?) {
            Ok(Some(pages)) => pages,
            Ok(None) => return Ok(snapshot),
            // The other pages can still be read, one by one.
            Err(_) => return self.acknowledged_image().map_or(Ok(snapshot), |image| self.read_image(image)),
        };
        let generation = snapshot.generation();
        let (tree, _lock) = snapshot.into_pages().into_tree()?;
        drop(tree);
        // A folder that may only be read gets no image; what was read is good all the same.
        let _ = self.publish(generation, Some(&pages));
        Snapshot::new(Pages::Memory(Arc::new(pages)), &self.path)
    }

    /// A past generation, from sled's pages: the image has no history.
    pub(crate) fn read_at(&self, generation: u64) -> Result<Snapshot, StoreError> {
        let present = self.read_tree()?;
        let past = Past::read(&present, generation)?;
        let pages = match present.pages() {
            Pages::Tree { tree, .. } => few_pages(tree)?,
            Pages::Memory(_) | Pages::Image(_) => None,
        };
        match pages {
            Some(pages) => Ok(Snapshot::new(Pages::Memory(Arc::new(pages)), &self.path)?.with_past(past)),
            None => Ok(present.with_past(past)),
        }
    }

    fn log(&self) -> PathBuf {
        Tree::log(&self.path.join(TREE))
    }

    /// Whether the log alone tells that there are too many pages for an image. sled keeps its log below five times of
    /// what is in it.
    fn is_large(&self) -> Result<bool, StoreError> {
        Ok(Stamp::of(&self.log())?.is_some_and(|stamp| stamp.length > 6 * image::LIMIT))
    }

    /// Whether nothing was ever committed.
    fn is_empty(&self) -> bool {
        let is_there = |tree: &str| Tree::exists(&self.path.join(tree));
        !is_there(TREE) && !is_there(swap::NEW) && self.acknowledged() == 0
    }

    /// sled's pages, checked to hold all that was acknowledged.
    ///
    /// sled takes a log whose end is damaged for one whose end was never written, and opens as if the last commits had
    /// not been made.
    pub(crate) fn open_tree(&self, lock: Lock) -> Result<Snapshot, StoreError> {
        let folder = self.path.join(TREE);
        let acknowledged = self.acknowledged();
        let lost = |found: &str| {
            let what = format!(
                "{found}, but commit {acknowledged} was acknowledged; to go on without what is lost, delete the files \
                 {} and {}",
                witness::FILE,
                image::FILE
            );
            Err(StoreError::damaged(self.log().display().to_string(), what))
        };
        self.settle_swap()?;
        if acknowledged > 0 && !Tree::exists(&folder) {
            return lost("it is missing");
        }
        let tree = Tree::open(&folder)?;
        undo::settle(&self.path, &tree)?;
        let snapshot = Snapshot::new(Pages::Tree { tree, lock }, &self.path)?;
        match snapshot.generation() {
            found if found < acknowledged => lost(&format!("it ends after commit {found}")),
            _ => Ok(snapshot),
        }
    }

    /// The newest generation that is known to have been acknowledged; 0 when nothing tells.
    pub(crate) fn acknowledged(&self) -> u64 {
        let image = Image::open(&self.path).and_then(|image| generation_of(&image));
        witness::read(&self.path).max(image).unwrap_or(0)
    }

    /// The image, when it holds everything that was acknowledged.
    fn acknowledged_image(&self) -> Option<Image> {
        let image = Image::open(&self.path)?;
        (generation_of(&image)? >= self.acknowledged()).then_some(image)
    }

    /// All pages from sled, in place of those of a damaged image.
    ///
    /// What was read from the image so far belongs to its generation, so pages of another one cannot replace its pages.
    pub(crate) fn rescue(&self, image: &Image) -> Result<MemoryPages, StoreError> {
        let snapshot = self.open_tree(Lock::acquire(&self.path, self.patience)?)?;
        if generation_of(image).is_some_and(|generation| generation != snapshot.generation()) {
            let what = "it was damaged, and the database has moved on; what was asked can be asked again";
            return Err(StoreError::damaged(image.path().display().to_string(), what));
        }
        match few_pages(snapshot.pages().tree()?)? {
            Some(pages) => {
                // The next reader makes a new image.
                let _ = Image::remove(&self.path);
                Ok(pages)
            }
            None => Err(StoreError::damaged(image.path().display().to_string(), "it is of another database")),
        }
    }

    /// Removes what a first commit left that was killed: nothing in it was acknowledged, and sled cannot open all of it.
    fn clear_first_commit(&self) -> Result<(), StoreError> {
        let tree = self.path.join(TREE);
        match fs::remove_dir_all(&tree) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::io("delete", &tree, error)),
            _ => undo::remove(&self.path),
        }
    }

    /// Commits what `make` makes of the newest generation.
    pub(crate) fn commit<E: From<StoreError>, C: Borrow<Changes>>(
        &self,
        make: impl FnOnce(&Snapshot) -> Result<C, E>,
    ) -> Result<CommitReport, E> {
        self.is_marked()?;
        fs::create_dir_all(&self.path).map_err(|error| StoreError::io("create", &self.path, error))?;
        let lock = Lock::acquire(&self.path, self.patience)?;
        // Asked again under the lock: another process may have made the first commit meanwhile.
        let marked = self.is_marked()?;
        if !marked && self.acknowledged() == 0 {
            self.clear_first_commit()?;
        }
        let base = self.open_tree(lock)?;
        let changes = make(&base)?;
        let (pages, report) = commit::prepare(&base, changes.borrow())?;
        if !marked {
            self.prepare_mark()?;
        }
        if !pages.is_empty() {
            undo::prepare(&self.path, base.pages().tree()?, &pages)?;
            // Nothing is to be undone when sled was not given anything.
            self.make_sure_of_room(&pages).inspect_err(|_| drop(undo::remove(&self.path)))?;
            apply(&base, &pages)?;
            undo::remove(&self.path)?;
        }
        if !marked {
            self.place_mark()?;
        }
        // The commit is made. What follows helps readers, and its failure must not deny that.
        let (tree, _lock) = base.into_pages().into_tree()?;
        let copy = if self.is_large().unwrap_or(false) { None } else { few_pages(&tree).ok().flatten() };
        // sled may still write while it closes; the image carries the stamp of the log as it is afterwards.
        drop(tree);
        if pages.len() > BATCH {
            // sled notes where its pages lie when it opens; after a bulk load the first reader would wait for that.
            drop(Tree::open(&self.path.join(TREE)));
        }
        let _ = self.publish(report.generation, copy.as_ref());
        Ok(report)
    }

    /// Finds out whether the disk has room for a commit, by taking the room and giving it back.
    ///
    /// A batch that sled cannot finish has to be undone, and sled may keep its own lock until the process ends; better
    /// not to begin. Asking the system for its free space would not see quotas and limits.
    fn make_sure_of_room(&self, pages: &PageChanges) -> Result<(), StoreError> {
        let path = self.path.join(ROOM);
        let size: usize = pages.iter().filter_map(|(_, page)| page.as_ref()).map(Vec::len).sum();
        let wanted = LEAST_ROOM.saturating_add(size.saturating_mul(ROOM_PER_BYTE)).min(MOST_ROOM);
        let take = || -> io::Result<()> {
            let mut file = File::create(&path)?;
            let zeros = [0; 1 << 16];
            (0..wanted.div_ceil(zeros.len())).try_for_each(|_| file.write_all(&zeros))
        };
        let taken = take();
        let _ = fs::remove_file(&path);
        taken.map_err(|error| StoreError::io("make room for a commit in", &self.path, error))
    }

    /// With the lock held: leaves an image for readers, or none, and says which generation was acknowledged.
    fn publish(&self, generation: u64, pages: Option<&MemoryPages>) -> Result<(), StoreError> {
        let stamp = Stamp::of(&self.log());
        let written = match (pages, stamp) {
            (Some(pages), Ok(Some(stamp))) => Image::write(&self.path, stamp, pages),
            _ => Image::remove(&self.path),
        };
        // Without an image readers ask sled: slower, never wrong. An old one would be read while a writer is at work.
        let current = || Image::open(&self.path).and_then(|image| generation_of(&image)) == Some(generation);
        if written.is_err() && !current() {
            let _ = Image::remove(&self.path);
        }
        witness::write(&self.path, generation)
    }

    /// With the lock held, after the tree was replaced: leaves an image and a witness for it.
    pub(crate) fn publish_anew(&self, generation: u64) -> Result<(), StoreError> {
        let tree = Tree::open(&self.path.join(TREE))?;
        let copy = if self.is_large()? { None } else { few_pages(&tree)? };
        drop(tree);
        self.publish(generation, copy.as_ref())
    }

    /// sled's pages for `verify`, whatever the image holds.
    pub(crate) fn read_tree(&self) -> Result<Snapshot, StoreError> {
        if self.is_empty() {
            return Snapshot::new(Pages::Memory(Arc::default()), &self.path);
        }
        self.open_tree(Lock::acquire(&self.path, self.patience)?)
    }

    /// How many bytes the folder takes.
    pub(crate) fn size(&self) -> Result<u64, StoreError> {
        size_of(&self.path)
    }
}

/// Writes the pages of a commit: all of them or, after an error or a kill, none that anybody sees.
///
/// One batch, when it is not too large for sled. A larger commit first writes, in several batches, the pages that lie
/// behind everything the present catalog knows of; nobody reads those before the last batch brings the new catalog.
fn apply(base: &Snapshot, pages: &[(PageKey, Option<Vec<u8>>)]) -> Result<(), StoreError> {
    let tree = base.pages().tree()?;
    if pages.len() <= BATCH {
        return tree.apply(pages);
    }
    let (beyond, seen): (Vec<_>, Vec<_>) =
        pages.iter().partition(|(key, page)| page.is_some() && base.catalog().is_beyond(*key));
    tree.reserve(beyond.iter().map(|(key, _)| *key).collect())?;
    for batch in beyond.chunks(BATCH) {
        tree.apply(batch.iter().copied())?;
    }
    tree.apply(seen)
}

fn size_of(folder: &Path) -> Result<u64, StoreError> {
    let failed = |error| StoreError::io("list", folder, error);
    let mut size = 0;
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        size += match entry.metadata() {
            Ok(metadata) if metadata.is_dir() => size_of(&entry.path())?,
            Ok(metadata) => metadata.len(),
            // Another process has replaced or deleted it.
            Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
            Err(error) => return Err(failed(error)),
        };
    }
    Ok(size)
}

/// All pages but those of the history, when they are few enough for an image.
fn few_pages(tree: &Tree) -> Result<Option<MemoryPages>, StoreError> {
    let mut pages = MemoryPages::new();
    let mut size = 0;
    for page in tree.scan_present() {
        let (key, page) = page?;
        size += page.len() as u64;
        if size > image::LIMIT {
            return Ok(None);
        }
        pages.insert(key, page);
    }
    Ok(Some(pages))
}

/// The generation of the pages in an image, when its catalog is intact.
fn generation_of(image: &Image) -> Option<u64> {
    let page = Page::open(PageKey::CATALOG, &image.get(PageKey::CATALOG).ok()??).ok()?;
    Catalog::from_page(&page).ok().map(|catalog| catalog.generation)
}
