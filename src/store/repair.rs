//! Keeping what is intact of a damaged database.
//!
//! Pages are taken from where they are whole: from sled as far as it opens, from the image, and from the bytes of sled's
//! log. When they make a whole database, it is written anew, page by page. Otherwise every record that can be read goes
//! to a new database, and the others are listed. The damaged files are kept beside.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::carve::Carved;
use super::catalog::{self, Catalog};
use super::changes::Changes;
use super::folder::{Folder, TREE};
use super::image::Image;
use super::lock::Lock;
use super::page::{Page, PageKey, PageKind};
use super::pages::{MemoryPages, Pages};
use super::row::{Naming, Restore};
use super::snapshot::{Counts, Snapshot};
use super::swap::{self, Progress, remove};
use super::tree::Tree;
use super::{Place, Store, StoreError, codec, undo, verify, witness};
use crate::model::{Entity, EntityId, Reliability, Source, SourceId};

/// A copy of sled's files, which sled may change while it opens them.
pub(crate) const COPY: &str = "pages.copy";
/// What the names of folders of damaged files begin with.
pub(crate) const KEPT: &str = "damaged-";
/// The label of entities of which only the id is known.
const LOST: &str = "Lost";
/// Records in one commit of the new database.
const COMMIT: usize = 100_000;

/// What repairing did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepairReport {
    /// What the database holds now.
    pub counts: Counts,
    /// Its generation.
    pub generation: u64,
    /// What was wrong, one line each; empty for a sound database, which is left as it was.
    pub damage: Vec<String>,
    /// What was lost, one line each.
    pub lost: Vec<String>,
    /// Where the damaged files lie now.
    pub original: Option<PathBuf>,
}

/// Repairs the database in a folder.
pub(crate) fn repair(folder: &Folder, progress: &mut dyn FnMut(Progress)) -> Result<RepairReport, StoreError> {
    let mark = folder.read_mark()?;
    let marked = match mark.as_deref().map(|mark| folder.check_mark(mark)) {
        Some(Err(newer @ StoreError::NewerFormat { .. })) => return Err(newer),
        Some(Ok(())) => true,
        _ => false,
    };
    let files = [TREE, swap::NEW, super::image::FILE];
    if !files.iter().any(|file| folder.path.join(file).exists()) {
        folder.is_marked()?;
        return Err(StoreError::NotFound { path: folder.path.clone() });
    }
    let _lock = Lock::acquire(&folder.path, folder.patience)?;
    folder.settle_swap()?;
    let copy = folder.path.join(COPY);
    remove(&copy)?;
    let found = gather(folder, &copy).and_then(|salvage| salvage.snapshot(&folder.path).map(|base| (salvage, base)));
    let (salvage, base) = found.inspect_err(|_| drop(remove(&copy)))?;
    let mut damage = salvage.damage;
    if !marked {
        damage.push("FORMAT: it does not say what the folder is".to_owned());
    }
    let found = verify::verify(&base).damage;
    let whole = found.is_empty();
    damage.extend(found);
    let mut report = RepairReport {
        counts: base.counts(),
        generation: base.generation(),
        damage,
        lost: salvage.lost,
        original: None,
    };
    if report.damage.is_empty() {
        remove(&copy)?;
        return Ok(report);
    }
    if whole {
        let pages = salvage.pages.iter().map(|(key, page)| Ok((*key, Arc::clone(page))));
        folder.write_beside(pages, Some(salvage.pages.len() as u64), progress)?;
    } else {
        rebuild(folder, &base, &mut report, progress)?;
    }
    let kept = keep_original(folder)?;
    folder.prepare_mark()?;
    folder.swap(Some(&kept.join(TREE)))?;
    folder.place_mark()?;
    folder.publish_anew(report.generation)?;
    remove(&copy)?;
    report.original = Some(kept);
    Ok(report)
}

/// The pages that were found, and what was wrong with the others.
#[derive(Default)]
struct Salvage {
    pages: MemoryPages,
    damage: Vec<String>,
    lost: Vec<String>,
}

impl Salvage {
    fn snapshot(&self, path: &Path) -> Result<Snapshot, StoreError> {
        Snapshot::new(Pages::Memory(Arc::new(self.pages.clone())), path)
    }
}

/// Looks for every page of the newest generation.
fn gather(folder: &Folder, copy: &Path) -> Result<Salvage, StoreError> {
    let mut salvage = Salvage::default();
    let original = folder.path.join(TREE);
    let tree = if Tree::exists(&original) { open_copy(folder, &original, copy) } else { Ok(None) };
    let tree = tree.unwrap_or_else(|error| {
        salvage.damage.push(told(error));
        None
    });
    let image = Image::open(&folder.path);
    let carved = Carved::of(&original);
    let acknowledged = folder.acknowledged();
    let in_tree = |key| tree.as_ref().and_then(|tree| tree.get(key).ok().flatten());
    let in_image = |key| image.as_ref().and_then(|image| image.get(key).ok().flatten());
    let catalog_in = |page: Option<Arc<[u8]>>| {
        let page = page?;
        let catalog = Catalog::from_page(&Page::open(PageKey::CATALOG, &page).ok()?).ok()?;
        Some((catalog, page))
    };
    // sled knows best which commit was the last, unless it lost one that was acknowledged.
    let mut catalogs: Vec<(Catalog, Arc<[u8]>)> = catalog_in(in_tree(PageKey::CATALOG)).into_iter().collect();
    if catalogs.first().is_none_or(|(catalog, _)| catalog.generation < acknowledged) {
        catalogs.extend(catalog_in(in_image(PageKey::CATALOG)));
        let generations = carved.generations(PageKey::CATALOG);
        catalogs
            .extend(generations.iter().find_map(|&generation| catalog_in(carved.newest(PageKey::CATALOG, generation))));
    }
    let Some((catalog, page)) = catalogs.into_iter().max_by_key(|(catalog, _)| catalog.generation) else {
        let what = "no catalog is left, and nothing can be read without one; restore a backup";
        return Err(StoreError::damaged(folder.path.display().to_string(), what));
    };
    let generation = catalog.generation;
    if generation < acknowledged {
        salvage.damage.push(format!("it ends after commit {generation}, but commit {acknowledged} was acknowledged"));
        salvage.lost.push(format!("the commits {} to {acknowledged}", generation + 1));
    }
    let in_tree_is_current = catalog_in(in_tree(PageKey::CATALOG)).is_some_and(|(own, _)| own.generation == generation);
    let in_image_is_current =
        catalog_in(in_image(PageKey::CATALOG)).is_some_and(|(own, _)| own.generation == generation);
    if !in_tree_is_current && generation > 0 {
        salvage.damage.push(format!("{}: it does not lead to commit {generation}", original.display()));
    }
    let mut keys: BTreeSet<PageKey> = carved.keys().chain(image.iter().flat_map(Image::keys)).collect();
    keys.extend(catalog.expected());
    keys.retain(|key| catalog.knows(*key));
    salvage.pages.insert(PageKey::CATALOG, page);
    for key in keys {
        let whole = |page: &Arc<[u8]>| Page::open(key, page).is_ok_and(|page| page.generation <= generation);
        let found = in_tree(key).filter(|_| in_tree_is_current).filter(whole);
        if in_tree_is_current && found.is_none() && catalog.expects(key) {
            salvage.damage.push(format!("{key}: sled does not have it whole"));
        }
        let found = found.or_else(|| in_image(key).filter(|_| in_image_is_current).filter(whole));
        let found = found.or_else(|| {
            let found = carved.newest(key, generation)?;
            let is_there = !in_tree_is_current || tree.as_ref().is_some_and(|tree| !matches!(tree.get(key), Ok(None)));
            if is_there && in_tree_is_current {
                let of = Page::open(key, &found).ok()?.generation;
                salvage.lost.push(format!("{key}: changes after commit {of}, if there were any"));
            }
            is_there.then_some(found)
        });
        match found {
            Some(page) => drop(salvage.pages.insert(key, page)),
            None if catalog.expects(key) => salvage.damage.push(format!("{key}: it is nowhere whole")),
            None => {}
        }
    }
    if let Some(tree) = &tree
        && let Some(error) = tree.scan().find_map(Result::err)
    {
        salvage.damage.push(told(error));
    }
    if witness::read(&folder.path).is_none() && folder.path.join(witness::FILE).exists() {
        salvage.damage.push(format!("{}: it cannot be read", witness::FILE));
    }
    salvage.damage.dedup();
    Ok(salvage)
}

/// sled on a copy of its files.
fn open_copy(folder: &Folder, original: &Path, copy: &Path) -> Result<Option<Tree>, StoreError> {
    copy_folder(original, copy)?;
    let tree = Tree::open(copy)?;
    // A batch that was written in part is taken back in the copy, by a copy of the pages that it replaced.
    let old = folder.path.join(undo::FILE);
    if old.exists() {
        let beside = copy.join(undo::FILE);
        fs::copy(&old, &beside).map_err(|error| StoreError::io("copy", &old, error))?;
        undo::settle(copy, &tree)?;
    }
    Ok(Some(tree))
}

fn told(error: StoreError) -> String {
    match error {
        StoreError::Damaged { place, what } => format!("{place}: {what}"),
        other => other.to_string(),
    }
}

fn copy_folder(from: &Path, to: &Path) -> Result<(), StoreError> {
    let failed = |error| StoreError::io("copy", from, error);
    fs::create_dir_all(to).map_err(failed)?;
    for entry in fs::read_dir(from).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &place)?;
        } else {
            fs::copy(entry.path(), &place).map_err(failed)?;
        }
    }
    Ok(())
}

/// Makes a folder for the damaged files and copies the small ones there.
fn keep_original(folder: &Folder) -> Result<PathBuf, StoreError> {
    let free = (1..).map(|n| folder.path.join(format!("{KEPT}{n}"))).find(|place| !place.exists());
    let place = free.unwrap_or_else(|| folder.path.join(format!("{KEPT}0")));
    fs::create_dir_all(&place).map_err(|error| StoreError::io("create", &place, error))?;
    for file in ["FORMAT", super::image::FILE, witness::FILE, undo::FILE] {
        let from = folder.path.join(file);
        if from.exists() {
            fs::copy(&from, place.join(file)).map_err(|error| StoreError::io("copy", &from, error))?;
        }
    }
    Ok(place)
}

/// Names for numbers, also for those of records that are lost.
struct Names<'a> {
    base: &'a Snapshot,
    entities: HashMap<u32, EntityId>,
    sources: HashMap<u32, SourceId>,
}

impl Naming for Names<'_> {
    fn word(&self, number: u32) -> Result<&str, StoreError> {
        self.base.word(number)
    }

    fn entity_id(&self, number: u32) -> Result<EntityId, StoreError> {
        self.entities.get(&number).map_or_else(|| self.base.entity_id(number), |id| Ok(id.clone()))
    }

    fn source_id(&self, number: u32) -> Result<SourceId, StoreError> {
        let known = self.sources.get(&number);
        known.map_or_else(|| Naming::source_id(self.base, number), |id| Ok(id.clone()))
    }
}

/// Writes a new database beside of every record that can be read.
fn rebuild(
    folder: &Folder,
    base: &Snapshot,
    report: &mut RepairReport,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), StoreError> {
    let beside = folder.path.join(swap::PART);
    remove(&beside)?;
    let store = Store { place: Place::Folder(Folder { path: beside.clone(), patience: folder.patience }) };
    let mut names = Names { base, entities: HashMap::new(), sources: HashMap::new() };
    let mut sources = Vec::new();
    let ids = base.ids_by_number(PageKind::SourceIds);
    for number in 0..base.catalog().rows(PageKind::Sources) {
        match base.source(number) {
            Ok(source) => sources.push(source),
            Err(StoreError::Retracted { .. }) => {}
            Err(_) => {
                let id = ids.get(&number).cloned().unwrap_or_else(|| format!("lost-source-{number}"));
                report.lost.push(format!("source {id}: all but its id"));
                let Ok(id) = SourceId::new(id) else { continue };
                names.sources.insert(number, id.clone());
                sources.push(lost_source(id));
            }
        }
    }
    let ids = base.ids_by_number(PageKind::EntityIds);
    for number in 0..base.catalog().rows(PageKind::Entities) {
        if base.entity_id(number).is_err() {
            let id = ids.get(&number).cloned().unwrap_or_else(|| format!("lost:entity-{number}"));
            names.entities.extend(EntityId::new(id).ok().map(|id| (number, id)));
        }
    }
    let mut entities = Vec::new();
    for number in 0..base.catalog().rows(PageKind::Entities) {
        let place = || format!("entity {number}");
        let row = base.row_bytes(PageKind::Entities, number).and_then(|bytes| codec::decode(&bytes, place));
        match row.and_then(|row| Restore { names: &names, place: &place }.entity(row)) {
            Ok(entity) => entities.push(entity),
            Err(StoreError::Retracted { .. }) => {}
            Err(error) => {
                let Ok(id) = names.entity_id(number) else { continue };
                report.lost.push(format!("entity {id}: all but its id ({})", told(error)));
                entities.push(Entity { id, labels: vec![LOST.to_owned()], names: vec![], claims: vec![] });
            }
        }
    }
    let all = u64::from(base.catalog().facts) + 1;
    store.commit(&Changes { sources, entities, ..Changes::by("repair") })?;
    progress(Progress { done: 1, all: Some(all) });
    let ids = base.ids_by_number(PageKind::FactIds);
    let mut facts = Vec::new();
    let facts_there = base.catalog().rows(PageKind::Facts);
    for number in 0..facts_there {
        let place = || format!("fact {number}");
        let row = base.row_bytes(PageKind::Facts, number).and_then(|bytes| codec::decode(&bytes, place));
        match row.and_then(|row| Restore { names: &names, place: &place }.fact(row)) {
            Ok(fact) => facts.push(fact),
            Err(StoreError::Retracted { .. }) => {}
            Err(error) => {
                let id = ids.get(&number).cloned().unwrap_or_else(|| format!("number {number}"));
                report.lost.push(format!("fact {id} ({})", told(error)));
            }
        }
        if facts.len() == COMMIT || number + 1 == facts_there {
            store.commit(&Changes { facts: std::mem::take(&mut facts), ..Changes::by("repair") })?;
            progress(Progress { done: u64::from(number) + 2, all: Some(all) });
        }
    }
    if base.generation() > 1 {
        report.lost.push(format!("the log of {} commits, and what was retracted or replaced", base.generation()));
    }
    let written = store.read()?;
    report.counts = written.counts();
    report.generation = written.generation();
    drop(written);
    // Of the new database only the tree is needed.
    let apart = folder.path.join(COPY);
    remove(&apart)?;
    let moved = fs::rename(&beside, &apart).and_then(|()| fs::rename(apart.join(TREE), &beside));
    moved.map_err(|error| StoreError::io("rename", &beside, error))
}

fn lost_source(id: SourceId) -> Source {
    Source {
        id,
        kind: "lost".to_owned(),
        title: "lost in damage".to_owned(),
        publisher: None,
        url: None,
        published: None,
        language: None,
        content_hash: None,
        license: None,
        reliability: Reliability::C,
    }
}

impl Catalog {
    /// The pages that must be there. Pages of adjacency and of mentions may be missing when they would be empty.
    fn expected(&self) -> impl Iterator<Item = PageKey> + '_ {
        let dense = [PageKind::Entities, PageKind::Facts, PageKind::Sources].into_iter().flat_map(|kind| {
            let pages = self.rows(kind).div_ceil(catalog::ROWS_PER_PAGE);
            (0..pages).map(move |number| PageKey::new(kind, number))
        });
        let indexes = Self::INDEXES.into_iter().flat_map(|kind| {
            let index = self.index(kind);
            index.into_iter().flat_map(move |index| index.page_keys(kind))
        });
        dense.chain(indexes)
    }

    fn expects(&self, key: PageKey) -> bool {
        !matches!(key.kind, PageKind::Adjacency | PageKind::Mentions)
    }
}
