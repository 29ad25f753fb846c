//! What became of an article.

use serde_json::{Map, Value as Json, json};

use crate::ask::Candidate;
use crate::extract::SentenceTrace;
use crate::model::{EntityId, Fact, FactId, Modality, Properties, Source, Span, Value};
use crate::store::CommitReport;

use super::Basis;

/// What became of an article: what it states, and what of that is new.
#[derive(Debug, Clone, PartialEq)]
pub struct IngestReport {
    /// The article as a source.
    pub source: Source,
    /// How it stands to what was there.
    pub version: Version,
    /// How many characters were read.
    pub characters: usize,
    /// Whether nothing was written because that was asked for.
    pub dry_run: bool,
    /// The entities that the text names, in the order in which it first names them.
    pub entities: Vec<ReportedEntity>,
    /// The facts that it states, in the order of the text.
    pub facts: Vec<ReportedFact>,
    /// Facts that only an earlier version of the article stated, or that it stated beside other sources.
    pub withdrawn: Vec<Fact>,
    /// What was seen and not understood.
    pub unresolved: Vec<ReportedGap>,
    /// How each sentence was read, when that was asked for.
    pub trace: Vec<SentenceTrace>,
    /// What was written; nothing for a dry run, and for an article that is here already.
    pub commit: Option<CommitReport>,
}

/// How an article stands to what the database had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// It is here for the first time.
    New,
    /// An earlier version was here.
    Changed,
    /// It was here as it is.
    Unchanged,
}

impl Version {
    /// The word in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
        }
    }
}

/// How a fact stands to what the database had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Nobody said it.
    New,
    /// It was known; now it has one more source.
    Corroborated,
    /// It cannot be right together with what is known. Both stay.
    Contradicts,
}

impl Status {
    /// The word in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Corroborated => "corroborated",
            Self::Contradicts => "contradicts",
        }
    }
}

/// An entity that the text names.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportedEntity {
    /// Its id.
    pub id: EntityId,
    /// Its name as the text writes it.
    pub name: String,
    /// What it is.
    pub label: String,
    /// Whether the database did not have it.
    pub is_new: bool,
    /// Whether a fact of the article is about it; only then it is written.
    pub has_facts: bool,
    /// Why the name is taken for this entity.
    pub basis: Basis,
    /// Where it is named.
    pub mentions: Vec<Span>,
}

/// A fact that the text states.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportedFact {
    /// The fact of the database that holds it.
    pub id: FactId,
    /// Whom it is about.
    pub subject: NamedId,
    /// The predicate.
    pub predicate: &'static str,
    /// The other one; for `RAISED` the round.
    pub object: NamedId,
    /// What is said about it; for `RAISED` what is said about the round.
    pub properties: Properties,
    /// How the text puts it.
    pub modality: Modality,
    /// The interested party that says so.
    pub asserted_by: Option<NamedId>,
    /// The words that state it.
    pub quote: String,
    /// Where they stand.
    pub span: Span,
    /// The rule that read them.
    pub rule: &'static str,
    /// How sure the rule is, from 0 to 1.
    pub confidence: f32,
    /// How the fact stands to what the database had.
    pub status: Status,
    /// The facts that it contradicts.
    pub against: Vec<FactId>,
}

/// An entity, and its name in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedId {
    /// The entity.
    pub id: EntityId,
    /// Its name as the text writes it.
    pub name: String,
}

/// Something that was seen and not understood.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportedGap {
    /// What it is: `amount`, `name`, `participant`, `date`, or `identity` for a name that might mean a known entity.
    pub what: &'static str,
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Span,
    /// The sentence that they stand in.
    pub sentence: Option<Span>,
    /// The entities that might be meant.
    pub candidates: Vec<Candidate>,
}

impl IngestReport {
    /// How many facts have a status.
    #[must_use]
    pub fn count(&self, status: Status) -> usize {
        self.facts.iter().filter(|fact| fact.status == status).count()
    }

    /// The entities that the article adds to the database.
    pub fn new_entities(&self) -> impl Iterator<Item = &ReportedEntity> {
        self.entities.iter().filter(|entity| entity.is_new && entity.has_facts)
    }

    /// The report as JSON; docs/ingest.md describes it.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let span = |span: &Span| json!([span.start, span.end]);
        let named = |one: &NamedId| json!({"id": one.id.as_str(), "name": one.name});
        let entities: Vec<Json> = self
            .entities
            .iter()
            .map(|entity| {
                json!({
                    "id": entity.id.as_str(),
                    "name": entity.name,
                    "label": entity.label,
                    "new": entity.is_new,
                    "basis": entity.basis.word(),
                    "mentions": entity.mentions.iter().map(span).collect::<Vec<_>>(),
                })
            })
            .collect();
        let facts: Vec<Json> = self
            .facts
            .iter()
            .map(|fact| {
                json!({
                    "id": fact.id.as_str(),
                    "subject": named(&fact.subject),
                    "predicate": fact.predicate,
                    "object": named(&fact.object),
                    "props": properties_json(&fact.properties),
                    "modality": fact.modality.word(),
                    "asserted_by": fact.asserted_by.as_ref().map(|one| &one.name),
                    "evidence": {"quote": fact.quote, "start": fact.span.start, "end": fact.span.end},
                    "rule": fact.rule,
                    "confidence": f64::from((fact.confidence * 1000.0).round()) / 1000.0,
                    "status": fact.status.word(),
                    "contradicts": fact.against.iter().map(FactId::as_str).collect::<Vec<_>>(),
                })
            })
            .collect();
        let unresolved: Vec<Json> = self
            .unresolved
            .iter()
            .map(|gap| {
                let candidates: Vec<Json> = gap
                    .candidates
                    .iter()
                    .map(|one| json!({"id": one.id.as_str(), "name": one.name, "labels": one.labels}))
                    .collect();
                json!({
                    "what": gap.what,
                    "text": gap.text,
                    "start": gap.span.start,
                    "end": gap.span.end,
                    "sentence": gap.sentence.as_ref().map(span),
                    "candidates": candidates,
                })
            })
            .collect();
        let withdrawn: Vec<&str> = self.withdrawn.iter().map(|fact| fact.id.as_str()).collect();
        json!({
            "document": {
                "source": self.source.id.as_str(),
                "title": self.source.title,
                "publisher": self.source.publisher,
                "published": self.source.published.map(|date| date.to_string()),
                "url": self.source.url,
                "language": self.source.language.as_ref().map(|language| language.tag().to_owned()),
                "content_hash": self.source.content_hash,
                "characters": self.characters,
                "version": self.version.word(),
                "dry_run": self.dry_run,
            },
            "entities": entities,
            "facts": facts,
            "withdrawn": withdrawn,
            "unresolved": unresolved,
        })
    }
}

/// Properties as a JSON object.
fn properties_json(properties: &Properties) -> Json {
    let mut object = Map::new();
    for (key, value) in properties.iter() {
        object.insert(key.to_owned(), value_json(value));
    }
    Json::Object(object)
}

fn value_json(value: &Value) -> Json {
    match value {
        Value::Bool(value) => json!(value),
        Value::Int(value) => json!(value),
        Value::Float(value) => json!(value),
        Value::Text(value) => json!(value),
        Value::List(values) => values.iter().map(value_json).collect(),
        other => json!(other.to_string()),
    }
}
