//! Articles in: what a news article states becomes facts with the words that state them.
//!
//! [`extract`](crate::extract) says what the text states; this folder says which entities of the database it speaks of,
//! what of it is new, and writes it in one commit. docs/ingest.md explains the rules.

mod agreement;
mod article;
mod dress;
mod identity;
mod ids;
mod plan;
mod report;
mod roles;
mod rounds;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

pub use article::Article;
pub use identity::Basis;
pub use report::{IngestReport, NamedId, ReportedEntity, ReportedFact, ReportedGap, Status, Version};

use super::Error;
use crate::extract::{self, Document, Extraction, IndexedNames, Kind};
use crate::model::{EntityId, Span};
use crate::store::{Changes, Snapshot, Store};

use article::Standing;
use identity::Identity;

/// How an article is ingested.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct IngestOptions {
    /// Say what would be written, and write nothing.
    pub dry_run: bool,
    /// Record how each sentence was read.
    pub explain: bool,
}

/// Reads an article and writes what it states.
pub(super) fn ingest(store: &Store, article: &Article, options: IngestOptions) -> Result<IngestReport, Error> {
    let base = store.read()?;
    let reading = read(&base, article, options)?;
    if options.dry_run || !reading.writes() {
        return Ok(reading.report);
    }
    let generation = base.generation();
    // A large database is locked as long as it is read.
    drop(base);
    let mut report = None;
    let commit = store.commit_with(|newest| -> Result<_, Error> {
        // Who wrote in between may have brought the same names and facts.
        let reading = if newest.generation() == generation { reading } else { read(newest, article, options)? };
        let writes = reading.writes();
        report = Some(reading.report);
        // Another process may have ingested the same article.
        Ok(if writes { reading.plan.changes } else { Changes::default() })
    })?;
    let mut report = report.ok_or_else(|| Error::Options { message: "the commit was not prepared".to_owned() })?;
    report.commit = (report.version != Version::Unchanged).then_some(commit);
    Ok(report)
}

/// What an article states, with the names of a database.
pub(super) fn extraction(snapshot: &Snapshot, article: &Article, options: IngestOptions) -> Result<Extraction, Error> {
    let failure = RefCell::new(None);
    // A name stands in a text many times, its entity is read once.
    let kinds: RefCell<HashMap<u32, Option<Kind>>> = RefCell::default();
    let kind = |number: u32| {
        *kinds.borrow_mut().entry(number).or_insert_with(|| match snapshot.heading(number) {
            Ok(entity) => entity.labels.iter().find_map(|label| Kind::of_label(label)),
            Err(error) => {
                failure.borrow_mut().get_or_insert(error);
                None
            }
        })
    };
    let document = Document { text: &article.text, published: article.published };
    let known = IndexedNames::new(snapshot.names()?, kind);
    let found = extract::extract(&document, &known, extract::Options { explain: options.explain });
    match failure.into_inner() {
        Some(error) => Err(error.into()),
        None => Ok(found),
    }
}

/// An article that was read against one generation of a database.
struct Reading {
    plan: plan::Plan,
    report: IngestReport,
}

impl Reading {
    fn writes(&self) -> bool {
        self.report.version != Version::Unchanged && !self.plan.changes.is_empty()
    }
}

fn read(snapshot: &Snapshot, article: &Article, options: IngestOptions) -> Result<Reading, Error> {
    let standing = article::standing(snapshot, article)?;
    // What is not said about a new version is what was said about the old one.
    let dated = match (article.published, standing.source().published) {
        (None, Some(date)) => Some(Article { published: Some(date), ..article.clone() }),
        _ => None,
    };
    let article = dated.as_ref().unwrap_or(article);
    let found = extraction(snapshot, article, options)?;
    let identities = identity::identify(snapshot, &found)?;
    let mut plan = plan::plan(snapshot, article, &standing, &found, &identities)?;
    let mut unresolved = gaps(article, &found);
    unresolved.extend(doubts(article, &found, &identities));
    let report = IngestReport {
        source: standing.source().clone(),
        version: match standing {
            Standing::New(_) => Version::New,
            Standing::Changed(..) => Version::Changed,
            Standing::Unchanged(_) => Version::Unchanged,
        },
        characters: article.text.chars().count(),
        dry_run: options.dry_run,
        entities: entities(article, &found, &identities, &plan),
        facts: std::mem::take(&mut plan.facts),
        withdrawn: std::mem::take(&mut plan.withdrawn),
        unresolved,
        trace: found.trace,
        commit: None,
    };
    Ok(Reading { plan, report })
}

/// The entities of the text; names that mean one entity are one.
fn entities(article: &Article, found: &Extraction, identities: &[Identity], plan: &plan::Plan) -> Vec<ReportedEntity> {
    let mut place_of: BTreeMap<&EntityId, usize> = BTreeMap::new();
    let mut place_of_number: Vec<Option<usize>> = Vec::with_capacity(identities.len());
    let mut entities: Vec<ReportedEntity> = Vec::new();
    for (candidate, identity) in found.entities.iter().zip(identities) {
        let place = *place_of.entry(&identity.id).or_insert(entities.len());
        place_of_number.push(Some(place));
        if place == entities.len() {
            entities.push(ReportedEntity {
                id: identity.id.clone(),
                name: candidate.name.clone(),
                label: candidate.kind.label().to_owned(),
                is_new: identity.known.is_none(),
                has_facts: plan.used.contains(&identity.id),
                basis: identity.basis,
                mentions: Vec::new(),
            });
        }
    }
    for mention in &found.mentions {
        let place = place_of_number.get(mention.entity).copied().flatten();
        if let Some(entity) = place.and_then(|place| entities.get_mut(place)) {
            entity.mentions.push(article.place(mention.span));
        }
    }
    entities
}

fn gaps(article: &Article, found: &Extraction) -> Vec<ReportedGap> {
    let gap = |one: &extract::Unresolved| ReportedGap {
        what: one.gap.word(),
        text: one.text.clone(),
        span: article.place(one.span),
        sentence: Some(article.place(one.sentence)),
        candidates: Vec::new(),
    };
    found.unresolved.iter().map(gap).collect()
}

/// Names that might mean a known entity.
fn doubts(article: &Article, found: &Extraction, identities: &[Identity]) -> Vec<ReportedGap> {
    let mut first: HashMap<usize, Span> = HashMap::new();
    for mention in &found.mentions {
        first.entry(mention.entity).or_insert(mention.span);
    }
    let doubt = |(at, (candidate, identity)): (usize, (&extract::Candidate, &Identity))| {
        (!identity.candidates.is_empty()).then(|| ReportedGap {
            what: "identity",
            text: candidate.name.clone(),
            span: first.get(&at).map_or(Span { start: 0, end: 0 }, |span| article.place(*span)),
            sentence: None,
            candidates: identity.candidates.clone(),
        })
    };
    found.entities.iter().zip(identities).enumerate().filter_map(doubt).collect()
}
