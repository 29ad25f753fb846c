//! The front door: a database of the landscape with everything that can be done with it.

mod bundle;
mod card;
mod error;
mod export;
mod find;
mod history;
mod import;
mod queries;
mod query;
mod ingest;
mod stats;
mod walk;
mod words;

use std::path::{Path, PathBuf};
use std::time::Duration;

pub use card::{Card, Group, Related};
pub use error::Error;
pub use find::{Found, Reason};
pub use history::At;
pub use import::{ImportReport, Input};
pub use ingest::{
    Article, Basis, IngestOptions, IngestReport, NamedId, ReportedEntity, ReportedFact, ReportedGap, Status, Version,
};
pub use queries::{HeaderError, ParameterType, QueryParameter, SavedQueries, SavedQuery};
pub use stats::Stats;
pub use walk::{
    Common, Drawing, FoundPaths, InCommon, Island, Leg, Measure, NeighborOptions, Neighbors, Node, Part, PathOptions,
    RankOptions, RankedGroup, Ranking, Separation, Subject, Walk, Way, Weight, Which,
};

use crate::ask::{self, Answer, AskError, Candidate};
use crate::cypher::{Options, Parameters, QueryResult, Session};
use crate::extract::Extraction;
use crate::formats::graph::{GraphFormat, GraphRecords};
use crate::graph::{self, Graph, Labels, LoadError};
use crate::model::{Entity, EntityId, Language, vocabulary};
use crate::names;
use crate::store::{
    BackupReport, Changes, CommitReport, CompactReport, Counts, Progress, RepairReport, Snapshot, Store, Verification,
};

/// How many similar names are offered for one that is not known.
const NEAR: usize = 5;

/// A database of the landscape.
///
/// Nothing is held open between calls, so that other processes can use the same database; every call sees the newest
/// commit. To see one generation over several calls, take a [`Landscape::snapshot`].
///
/// # Examples
/// ```
/// let landscape = ailand::Landscape::bundled()?;
/// let answer = landscape.ask("who invested in 月之暗面")?;
/// assert!(answer.answers.iter().any(|investor| investor.id.as_str() == "investor:hongshan"));
/// assert!(!answer.sources.is_empty());
/// # Ok::<(), ailand::Error>(())
/// ```
#[derive(Debug)]
pub struct Landscape {
    store: Store,
    /// The generation that is read; the newest one when there is none.
    generation: Option<u64>,
}

impl Landscape {
    /// Opens the database in a folder.
    ///
    /// # Errors
    /// [`Error::Store`] when there is none, or it cannot be opened.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self, Error> {
        Ok(Self { store: Store::open(folder)?, generation: None })
    }

    /// Opens the database in a folder, or creates one there that holds the bundled landscape.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn open_or_create(folder: impl Into<PathBuf>) -> Result<Self, Error> {
        let landscape = Self::open_or_create_empty(folder)?;
        landscape.create()?;
        Ok(landscape)
    }

    /// Opens the database in a folder; when there is none, the first commit makes one.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn open_or_create_empty(folder: impl Into<PathBuf>) -> Result<Self, Error> {
        Ok(Self { store: Store::open_or_create(folder)?, generation: None })
    }

    /// Creates the database with the bundled landscape, unless it exists.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn create(&self) -> Result<(), Error> {
        let store = self.store_to_write()?;
        if !store.exists()? {
            // A database that lost its mark keeps its records. Of two processes that get here at once, the second one
            // finds those of the first and changes nothing.
            let bundle = |base: &Snapshot| match base.generation() {
                0 => bundle::changes(),
                _ => Ok(Changes::default()),
            };
            store.commit_with(bundle)?;
        }
        Ok(())
    }

    /// An empty database in memory.
    #[must_use]
    pub fn in_memory() -> Self {
        Self { store: Store::in_memory(), generation: None }
    }

    /// The bundled landscape in memory.
    ///
    /// # Errors
    /// None that a released version can meet: the bundle is checked by its tests.
    pub fn bundled() -> Result<Self, Error> {
        let landscape = Self::in_memory();
        landscape.commit(&bundle::changes()?)?;
        Ok(landscape)
    }

    /// The same database, waiting up to `patience` for other processes that write.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { store: self.store.with_patience(patience), ..self }
    }

    /// The folder, when there is one.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.store.folder()
    }

    /// The newest generation, to be read; of a landscape of the past ([`Landscape::at`]), that generation.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn snapshot(&self) -> Result<Snapshot, Error> {
        Ok(match self.generation {
            Some(generation) => self.store.read_at(generation)?,
            None => self.store.read()?,
        })
    }

    /// The store, unless this is a landscape of the past.
    fn store_to_write(&self) -> Result<&Store, Error> {
        match self.generation {
            None => Ok(&self.store),
            Some(generation) => {
                let message = format!("generation {generation} is in the past, which cannot be changed");
                Err(Error::Options { message })
            }
        }
    }

    /// Answers a question in English or Chinese.
    ///
    /// # Errors
    /// [`Error::Ask`] that names what was not understood, or which name is not clear; [`Error::Store`].
    pub fn ask(&self, question: &str) -> Result<Answer, Error> {
        Ok(ask::ask(&self.snapshot()?, question)?)
    }

    /// Runs a statement of the query language, openCypher, and commits what it writes: all of it or, when an error is
    /// returned, nothing.
    ///
    /// # Errors
    /// [`Error::Query`] with the place in the statement, [`Error::Store`].
    ///
    /// # Examples
    /// ```
    /// use ailand::cypher::{Parameters, Value};
    ///
    /// let landscape = ailand::Landscape::bundled()?;
    /// let parameters = Parameters::from([("name".into(), Value::from("月之暗面"))]);
    /// let investors = "MATCH (i)-[:INVESTED_IN]->(:Startup {name: $name}) RETURN DISTINCT i.id AS id ORDER BY id";
    /// let result = landscape.query(investors, &parameters)?;
    /// assert!(result.rows.contains(&vec![Value::from("investor:hongshan")]));
    /// # Ok::<(), ailand::Error>(())
    /// ```
    pub fn query(&self, statement: &str, parameters: &Parameters) -> Result<QueryResult, Error> {
        self.query_with(statement, parameters, &Options::default())
    }

    /// As [`Landscape::query`], with limits, for reading only, or to be cancelled.
    ///
    /// # Errors
    /// As [`Landscape::query`].
    pub fn query_with(
        &self,
        statement: &str,
        parameters: &Parameters,
        options: &Options,
    ) -> Result<QueryResult, Error> {
        query::query(self, statement, parameters, options)
    }

    /// The newest generation for many statements that only read: what was read and compiled stays at hand.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn session(&self) -> Result<Session, Error> {
        Ok(Session::new(self.snapshot()?)?)
    }

    /// Searches entities by id and by name: exact in any script, by pinyin, by beginning, with typing errors; best first.
    ///
    /// With a label, only entities that carry it, and up to `limit` of these.
    ///
    /// # Errors
    /// [`Error::UnknownWord`] for a label that neither the vocabulary nor any entity has; [`Error::Store`].
    ///
    /// # Examples
    /// ```
    /// let landscape = ailand::Landscape::bundled()?;
    /// let found = landscape.find("hongshan", Some("Investor"), 1)?;
    /// assert_eq!(found[0].entity.id.as_str(), "investor:hongshan");
    /// assert!(landscape.find("hongshan", Some("Inwestor"), 1).is_err());
    /// # Ok::<(), ailand::Error>(())
    /// ```
    pub fn find(&self, text: &str, label: Option<&str>, limit: usize) -> Result<Vec<Found>, Error> {
        find::find(&self.snapshot()?, text, label, limit)
    }

    /// The entity that a name or id stands for; `label` decides between entities of one name, and may also stand behind
    /// the name: `moonshot@Startup`.
    ///
    /// # Errors
    /// [`Error::UnknownName`] with the nearest names, [`Error::AmbiguousName`] with the candidates, [`Error::Store`].
    pub fn entity(&self, name: &str, label: Option<&str>) -> Result<Entity, Error> {
        let snapshot = self.snapshot()?;
        let number = resolve(&snapshot, name, label)?;
        Ok(snapshot.entity(number)?)
    }

    /// The card of an entity: names, claims and facts with their sources. Names are shown in `language`.
    ///
    /// # Errors
    /// As [`Landscape::entity`].
    pub fn card(&self, name: &str, label: Option<&str>, language: &Language) -> Result<Card, Error> {
        let snapshot = self.snapshot()?;
        let number = resolve(&snapshot, name, label)?;
        card::card(&snapshot, number, language)
    }

    /// The graph of the newest generation: nodes are the numbers of entities ([`Snapshot::entity`]).
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn graph(&self) -> Result<Graph, Error> {
        Ok(graph::load(&self.snapshot()?, Labels::With)?)
    }

    /// Writes records: all of them or, when an error is returned, none. When it returns, they are on the disk.
    ///
    /// # Errors
    /// [`Error::Store`]: a record that cannot be stored, a database that is locked or full.
    pub fn commit(&self, changes: &Changes) -> Result<CommitReport, Error> {
        Ok(self.store_to_write()?.commit(changes)?)
    }

    /// Reads records of the project's JSON Lines and writes them in one commit.
    ///
    /// # Errors
    /// [`Error::Format`] with file, line and column, [`Error::References`] with every record that refers to nothing,
    /// [`Error::Store`]. After an error the database is as it was.
    pub fn import(&self, inputs: Vec<Input<'_>>) -> Result<ImportReport, Error> {
        import::import(self.store_to_write()?, inputs)
    }

    /// Reads a news article and writes what it states, in one commit; with [`IngestOptions::dry_run`] only says what it
    /// would write. The same article again changes nothing, a new version of it replaces what the old one said.
    ///
    /// # Errors
    /// [`Error::Store`]. After an error the database is as it was.
    ///
    /// # Examples
    /// ```
    /// use ailand::landscape::{Article, IngestOptions};
    ///
    /// let landscape = ailand::Landscape::in_memory();
    /// let article = Article::new("Brightloom raised $22 million in a Series A round led by Lakestar.");
    /// let report = landscape.ingest(&article, IngestOptions::default())?;
    /// assert!(report.facts.iter().all(|fact| article.text.contains(&fact.quote)));
    /// let again = landscape.ingest(&article, IngestOptions::default())?;
    /// assert!(again.commit.is_none());
    /// # Ok::<(), ailand::Error>(())
    /// ```
    pub fn ingest(&self, article: &Article, options: IngestOptions) -> Result<IngestReport, Error> {
        ingest::ingest(&self.store, article, options)
    }

    /// What an article states, read with the names of the database; nothing is compared or written.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn extraction(&self, article: &Article, options: IngestOptions) -> Result<Extraction, Error> {
        ingest::extraction(&self.snapshot()?, article, options)
    }

    /// Writes the whole database as JSON Lines: `entities.jsonl`, `facts.jsonl` and `sources.jsonl` in `folder`, sorted
    /// by id. Importing them into an empty database and exporting that gives the same bytes.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Format`] or [`Error::Io`].
    pub fn export(&self, folder: &Path) -> Result<Counts, Error> {
        export::export(&self.snapshot()?, folder)
    }

    /// The whole graph as records for the graph formats.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn graph_records(&self) -> Result<GraphRecords, Error> {
        Ok(GraphRecords::of_snapshot(&self.snapshot()?)?)
    }

    /// Writes the graph for another program: to the file `place`, or for CSV to `nodes.csv` and `edges.csv` in the folder
    /// `place`. Hands back the files.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Io`].
    pub fn export_graph(&self, format: GraphFormat, place: &Path) -> Result<Vec<PathBuf>, Error> {
        export::export_graph(&self.graph_records()?, format, place)
    }

    /// Reads everything and lists what is wrong.
    ///
    /// # Errors
    /// [`Error::Store`] when the database is locked or cannot be read at all.
    pub fn verify(&self) -> Result<Verification, Error> {
        Ok(self.store.verify()?)
    }

    /// Writes the newest generation to one portable, checksummed file ([`Store::backup`]).
    ///
    /// # Errors
    /// [`Error::Store`].
    ///
    /// # Examples
    /// ```
    /// # let folder = tempfile::tempdir()?;
    /// let (file, copy) = (folder.path().join("landscape.backup"), folder.path().join("copy"));
    /// let landscape = ailand::Landscape::bundled()?;
    /// let written = landscape.backup(&file, &mut |_| ())?;
    /// let patience = std::time::Duration::from_secs(10);
    /// ailand::Landscape::restore(&file, &copy, false, patience, &mut |_| ())?;
    /// assert_eq!(ailand::Landscape::open(&copy)?.snapshot()?.generation(), written.generation);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn backup(&self, file: &Path, progress: &mut dyn FnMut(Progress)) -> Result<BackupReport, Error> {
        Ok(self.store.backup(file, progress)?)
    }

    /// Makes the database in `folder` what a backup holds ([`Store::restore`]).
    ///
    /// # Errors
    /// [`Error::Store`]: there is a database and `replace` is not given, or the backup is damaged.
    pub fn restore(
        file: &Path,
        folder: impl Into<PathBuf>,
        replace: bool,
        patience: Duration,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<BackupReport, Error> {
        Ok(Store::restore(file, folder, replace, patience, progress)?)
    }

    /// Writes the database anew, which gives back the space of what was replaced ([`Store::compact`]).
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn compact(&self, progress: &mut dyn FnMut(Progress)) -> Result<CompactReport, Error> {
        Ok(self.store.compact(progress)?)
    }

    /// Repairs the database in `folder`, keeping what is intact ([`Store::repair`]).
    ///
    /// # Errors
    /// [`Error::Store`] when nothing can be kept; the damaged files are then as they were.
    pub fn repair(
        folder: impl Into<PathBuf>,
        patience: Duration,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<RepairReport, Error> {
        Ok(Store::repair(folder, patience, progress)?)
    }

    /// Counts what the database holds: entities by label, facts by predicate, sources by reliability.
    ///
    /// # Errors
    /// [`Error::Store`].
    ///
    /// # Examples
    /// ```
    /// let stats = ailand::Landscape::bundled()?.stats()?;
    /// assert_eq!(stats.predicates.values().sum::<u64>(), u64::from(stats.counts.facts));
    /// assert!(stats.labels["Startup"] > 10);
    /// # Ok::<(), ailand::Error>(())
    /// ```
    pub fn stats(&self) -> Result<Stats, Error> {
        stats::stats(&self.snapshot()?, self.size_on_disk()?)
    }

    /// How many bytes the database takes on disk; 0 in memory.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn size_on_disk(&self) -> Result<u64, Error> {
        Ok(self.store.size_on_disk()?)
    }
}

/// The number of an entity, when the text is the id of one.
fn number_of_id(snapshot: &Snapshot, text: &str) -> Result<Option<u32>, Error> {
    match EntityId::new(text) {
        Ok(id) => Ok(snapshot.entity_number(&id)?),
        Err(_) => Ok(None),
    }
}

/// The number of the entity that a name or id stands for. Where no entity has the whole text as its name, the label of the
/// entity may stand behind its name: `moonshot@Startup`.
fn resolve(snapshot: &Snapshot, name: &str, label: Option<&str>) -> Result<u32, Error> {
    if let (None, Some((before, behind))) = (label, name.rsplit_once('@'))
        && !before.trim().is_empty()
        && vocabulary::is_word(behind)
        && snapshot.names()?.named(name).is_empty()
    {
        return resolve_name(snapshot, before, Some(behind));
    }
    resolve_name(snapshot, name, label)
}

fn resolve_name(snapshot: &Snapshot, name: &str, label: Option<&str>) -> Result<u32, Error> {
    if let Some(number) = number_of_id(snapshot, name)? {
        return Ok(number);
    }
    let mut numbers: Vec<u32> = snapshot.names()?.named(name).iter().map(|posting| posting.entity).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let language = names::script_of(name);
    let fits =
        |entity: &Entity| label.is_none_or(|label| entity.labels.iter().any(|own| own.eq_ignore_ascii_case(label)));
    let (mut fitting, mut candidates) = (Vec::new(), Vec::new());
    for number in numbers {
        let entity = snapshot.entity(number)?;
        if fits(&entity) {
            fitting.push(number);
            candidates.push(candidate(entity, &language));
        }
    }
    match *fitting.as_slice() {
        [number] => Ok(number),
        [] => {
            let mut near = Vec::new();
            for found in names::search(snapshot.names()?, name, NEAR) {
                near.push(candidate(snapshot.entity(found.entity)?, &language));
            }
            Err(Error::UnknownName { name: name.to_owned(), label: label.map(str::to_owned), near })
        }
        _ => Err(Error::AmbiguousName { name: name.to_owned(), candidates }),
    }
}

fn candidate(entity: Entity, language: &Language) -> Candidate {
    Candidate { name: entity.name_in(language).to_owned(), id: entity.id, labels: entity.labels }
}

impl From<AskError> for Error {
    fn from(error: AskError) -> Self {
        match error {
            AskError::Store(error) => Self::Store(error),
            AskError::Graph(error) => Self::Load(LoadError::Graph(error)),
            AskError::Load(error) => Self::Load(error),
            other => Self::Ask(other),
        }
    }
}
