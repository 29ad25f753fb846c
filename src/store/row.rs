//! Rows as they lie in pages, and the way from and to the model's records.
//!
//! Rows are smaller than records: labels, predicates, keys, languages and rules are numbers of words in the catalog,
//! and other records are referred to by number. Explicit versions, no serde attributes: a field that is skipped or
//! defaulted would decode to something else without an error.

use serde::{Deserialize, Serialize};

use super::edges::Packed;
use super::{Edge, StoreError};
use crate::model::{
    Claim, Entity, EntityId, Evidence, Fact, FactId, Language, Modality, ModelError, Name, NameKind, PartialDate,
    Properties, Reliability, Source, SourceId, Span, Temporal, TemporalKind, Value,
};

/// Number of a word in the catalog.
pub(crate) type Word = u32;
/// Number of an entity, fact or source: its place among the rows of its kind.
pub(crate) type Number = u32;

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct EntityRow {
    pub(crate) id: String,
    pub(crate) labels: Vec<Word>,
    pub(crate) names: Vec<NameRow>,
    pub(crate) claims: Vec<ClaimRow>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct NameRow {
    pub(crate) text: String,
    pub(crate) language: Word,
    pub(crate) kind: u8,
    pub(crate) derived: bool,
    pub(crate) evidence: Vec<EvidenceRow>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ClaimRow {
    pub(crate) key: Word,
    pub(crate) value: ValueRow,
    pub(crate) qualifiers: Vec<(Word, ValueRow)>,
    pub(crate) evidence: Vec<EvidenceRow>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct EvidenceRow {
    pub(crate) source: Number,
    pub(crate) quote: Option<String>,
    pub(crate) span: Option<(u32, u32)>,
    pub(crate) row: Option<String>,
    pub(crate) rule: Word,
    pub(crate) confidence: f32,
    pub(crate) asserted_by: Option<Number>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum ValueRow {
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    Date(u16, u8, u8),
    List(Vec<ValueRow>),
    /// The number of the kind, and the text.
    Temporal(u8, String),
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct FactRow {
    pub(crate) id: String,
    pub(crate) subject: Number,
    pub(crate) predicate: Word,
    pub(crate) object: Number,
    pub(crate) properties: Vec<(Word, ValueRow)>,
    pub(crate) modality: u8,
    pub(crate) evidence: Vec<EvidenceRow>,
    /// The generation whose commit brought the fact in its present form.
    pub(crate) recorded: u64,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SourceRow {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) title: String,
    pub(crate) publisher: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) published: Option<(u16, u8, u8)>,
    pub(crate) language: Option<Word>,
    pub(crate) content_hash: Option<String>,
    pub(crate) license: Option<String>,
    pub(crate) reliability: u8,
}

/// The facts of one entity: what a traversal needs to know without decoding a fact.
#[derive(Debug, Default)]
pub(crate) struct AdjacencyRow {
    pub(crate) outgoing: Vec<EdgeRow>,
    pub(crate) incoming: Vec<EdgeRow>,
}

/// The row of the facts of an entity as it is stored (edges.rs): outgoing and incoming.
pub(crate) type PackedAdjacency = (Packed, Packed);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct EdgeRow {
    pub(crate) predicate: Word,
    pub(crate) neighbour: Number,
    pub(crate) fact: Number,
    pub(crate) date: Option<(u16, u8, u8)>,
    pub(crate) modality: u8,
    /// Confidence in thousandths.
    pub(crate) confidence: u16,
}

/// Numbers for words and ids while records are turned into rows.
pub(crate) trait Numbering {
    /// The number of a word, new if need be.
    fn word(&mut self, word: &str) -> Word;
    /// The number of an entity that must exist.
    fn entity(&mut self, id: &EntityId) -> Result<Option<Number>, StoreError>;
    /// The number of a source that must exist.
    fn source(&mut self, id: &SourceId) -> Result<Option<Number>, StoreError>;
}

/// Words and ids for numbers while rows are turned into records.
pub(crate) trait Naming {
    fn word(&self, number: Word) -> Result<&str, StoreError>;
    fn entity_id(&self, number: Number) -> Result<EntityId, StoreError>;
    fn source_id(&self, number: Number) -> Result<SourceId, StoreError>;
}

pub(crate) fn unknown(record: &str, kind: &'static str, id: &str) -> StoreError {
    StoreError::UnknownReference { record: record.to_owned(), kind, id: id.to_owned() }
}

// ---- records to rows

pub(crate) fn entity_row(entity: &Entity, numbers: &mut impl Numbering) -> Result<EntityRow, StoreError> {
    let record = format!("entity {:?}", entity.id.as_str());
    let labels = entity.labels.iter().map(|label| numbers.word(label)).collect();
    let mut names = Vec::with_capacity(entity.names.len());
    for name in &entity.names {
        names.push(NameRow {
            text: name.text.clone(),
            language: numbers.word(name.language.tag()),
            kind: name.kind as u8,
            derived: name.derived,
            evidence: evidence_rows(&name.evidence, &record, numbers)?,
        });
    }
    let mut claims = Vec::with_capacity(entity.claims.len());
    for claim in &entity.claims {
        claims.push(ClaimRow {
            key: numbers.word(&claim.key),
            value: value_row(&claim.value),
            qualifiers: property_rows(&claim.qualifiers, numbers),
            evidence: evidence_rows(&claim.evidence, &record, numbers)?,
        });
    }
    Ok(EntityRow { id: entity.id.as_str().to_owned(), labels, names, claims })
}

pub(crate) fn fact_row(fact: &Fact, recorded: u64, numbers: &mut impl Numbering) -> Result<FactRow, StoreError> {
    let record = format!("fact {:?}", fact.id.as_str());
    let mut entity = |id: &EntityId| numbers.entity(id)?.ok_or_else(|| unknown(&record, "entity", id.as_str()));
    let (subject, object) = (entity(&fact.subject)?, entity(&fact.object)?);
    Ok(FactRow {
        id: fact.id.as_str().to_owned(),
        subject,
        predicate: numbers.word(&fact.predicate),
        object,
        properties: property_rows(&fact.properties, numbers),
        modality: fact.modality as u8,
        evidence: evidence_rows(&fact.evidence, &record, numbers)?,
        recorded,
    })
}

pub(crate) fn source_row(source: &Source, numbers: &mut impl Numbering) -> SourceRow {
    SourceRow {
        id: source.id.as_str().to_owned(),
        kind: source.kind.clone(),
        title: source.title.clone(),
        publisher: source.publisher.clone(),
        url: source.url.clone(),
        published: source.published.map(date_row),
        language: source.language.as_ref().map(|language| numbers.word(language.tag())),
        content_hash: source.content_hash.clone(),
        license: source.license.clone(),
        reliability: source.reliability as u8,
    }
}

/// The edge that stands for a fact in the adjacency of its subject (`neighbour` = object) or the other way round.
pub(crate) fn edge_row(fact: &Fact, row: &FactRow, number: Number, neighbour: Number) -> EdgeRow {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // checked to lie between 0 and 1
    let confidence = (fact.confidence() * 1000.0).round() as u16;
    EdgeRow {
        predicate: row.predicate,
        neighbour,
        fact: number,
        date: fact.date().map(date_row),
        modality: row.modality,
        confidence,
    }
}

fn evidence_rows(
    evidence: &[Evidence],
    record: &str,
    numbers: &mut impl Numbering,
) -> Result<Vec<EvidenceRow>, StoreError> {
    let mut rows = Vec::with_capacity(evidence.len());
    for one in evidence {
        let source = numbers.source(&one.source)?.ok_or_else(|| unknown(record, "source", one.source.as_str()))?;
        let asserted_by = match &one.asserted_by {
            Some(id) => Some(numbers.entity(id)?.ok_or_else(|| unknown(record, "entity", id.as_str()))?),
            None => None,
        };
        rows.push(EvidenceRow {
            source,
            quote: one.quote.clone(),
            span: one.span.map(|span| (span.start, span.end)),
            row: one.row.clone(),
            rule: numbers.word(&one.rule),
            confidence: one.confidence,
            asserted_by,
        });
    }
    Ok(rows)
}

fn property_rows(properties: &Properties, numbers: &mut impl Numbering) -> Vec<(Word, ValueRow)> {
    properties.iter().map(|(key, value)| (numbers.word(key), value_row(value))).collect()
}

fn value_row(value: &Value) -> ValueRow {
    match value {
        Value::Bool(v) => ValueRow::Bool(*v),
        Value::Int(v) => ValueRow::Int(*v),
        Value::Float(v) => ValueRow::Float(*v),
        Value::Text(v) => ValueRow::Text(v.clone()),
        Value::Date(v) => {
            let (year, month, day) = date_row(*v);
            ValueRow::Date(year, month, day)
        }
        Value::List(values) => ValueRow::List(values.iter().map(value_row).collect()),
        Value::Temporal(temporal) => ValueRow::Temporal(temporal.kind() as u8, temporal.as_str().to_owned()),
    }
}

fn date_row(date: PartialDate) -> (u16, u8, u8) {
    (date.year(), date.month().unwrap_or(0), date.day().unwrap_or(0))
}

// ---- rows to records

/// Turns rows back into records; `place` names the row in errors.
pub(crate) struct Restore<'a, N: Naming> {
    pub(crate) names: &'a N,
    pub(crate) place: &'a dyn Fn() -> String,
}

impl<N: Naming> Restore<'_, N> {
    fn model<T>(&self, result: Result<T, ModelError>) -> Result<T, StoreError> {
        result.map_err(|error| StoreError::damaged((self.place)(), error.to_string()))
    }

    fn out_of_range(&self, what: &str) -> StoreError {
        StoreError::damaged((self.place)(), format!("{what} is out of range"))
    }

    /// The entity with its id, labels and names, without evidence and claims.
    pub(crate) fn heading(&self, mut row: EntityRow) -> Result<Entity, StoreError> {
        row.claims.clear();
        row.names.iter_mut().for_each(|name| name.evidence.clear());
        self.entity(row)
    }

    pub(crate) fn entity(&self, row: EntityRow) -> Result<Entity, StoreError> {
        let labels = row.labels.iter().map(|&label| self.text(label)).collect::<Result<_, _>>()?;
        let mut names = Vec::with_capacity(row.names.len());
        for name in row.names {
            names.push(Name {
                text: name.text,
                language: Language::from(self.names.word(name.language)?),
                kind: match name.kind {
                    0 => NameKind::Canonical,
                    1 => NameKind::Alias,
                    2 => NameKind::Former,
                    3 => NameKind::Legal,
                    _ => return Err(self.out_of_range("a name kind")),
                },
                derived: name.derived,
                evidence: self.evidence(name.evidence)?,
            });
        }
        let mut claims = Vec::with_capacity(row.claims.len());
        for claim in row.claims {
            claims.push(Claim {
                key: self.text(claim.key)?,
                value: self.value(claim.value)?,
                qualifiers: self.properties(claim.qualifiers)?,
                evidence: self.evidence(claim.evidence)?,
            });
        }
        Ok(Entity { id: self.model(EntityId::new(row.id))?, labels, names, claims })
    }

    pub(crate) fn fact_id(&self, id: String) -> Result<FactId, StoreError> {
        self.model(FactId::new(id))
    }

    /// A fact as seen from one of its ends.
    pub(crate) fn edge(&self, row: &EdgeRow) -> Result<Edge, StoreError> {
        Ok(Edge {
            predicate: row.predicate,
            neighbour: row.neighbour,
            fact: row.fact,
            date: row.date.map(|date| self.date(date)).transpose()?,
            modality: self.modality(row.modality)?,
            confidence: f32::from(row.confidence) / 1000.0,
        })
    }

    pub(crate) fn fact(&self, row: FactRow) -> Result<Fact, StoreError> {
        Ok(Fact {
            id: self.fact_id(row.id)?,
            subject: self.names.entity_id(row.subject)?,
            predicate: self.text(row.predicate)?,
            object: self.names.entity_id(row.object)?,
            properties: self.properties(row.properties)?,
            modality: self.modality(row.modality)?,
            evidence: self.evidence(row.evidence)?,
        })
    }

    pub(crate) fn source(&self, row: SourceRow) -> Result<Source, StoreError> {
        Ok(Source {
            id: self.model(SourceId::new(row.id))?,
            kind: row.kind,
            title: row.title,
            publisher: row.publisher,
            url: row.url,
            published: row.published.map(|date| self.date(date)).transpose()?,
            language: row.language.map(|word| self.names.word(word).map(Language::from)).transpose()?,
            content_hash: row.content_hash,
            license: row.license,
            reliability: match row.reliability {
                0 => Reliability::A,
                1 => Reliability::B,
                2 => Reliability::C,
                _ => return Err(self.out_of_range("a reliability")),
            },
        })
    }

    pub(crate) fn modality(&self, number: u8) -> Result<Modality, StoreError> {
        Modality::ALL.get(usize::from(number)).copied().ok_or_else(|| self.out_of_range("a modality"))
    }

    pub(crate) fn date(&self, (year, month, day): (u16, u8, u8)) -> Result<PartialDate, StoreError> {
        let part = |n: u8| (n != 0).then_some(n);
        self.model(PartialDate::new(year, part(month), part(day)))
    }

    fn text(&self, word: Word) -> Result<String, StoreError> {
        self.names.word(word).map(str::to_owned)
    }

    fn evidence(&self, rows: Vec<EvidenceRow>) -> Result<Vec<Evidence>, StoreError> {
        rows.into_iter()
            .map(|row| {
                Ok(Evidence {
                    source: self.names.source_id(row.source)?,
                    quote: row.quote,
                    span: row.span.map(|(start, end)| Span { start, end }),
                    row: row.row,
                    rule: self.text(row.rule)?,
                    confidence: row.confidence,
                    asserted_by: row.asserted_by.map(|number| self.names.entity_id(number)).transpose()?,
                })
            })
            .collect()
    }

    pub(crate) fn properties(&self, rows: Vec<(Word, ValueRow)>) -> Result<Properties, StoreError> {
        rows.into_iter().map(|(key, value)| Ok((self.text(key)?, self.value(value)?))).collect()
    }

    fn value(&self, row: ValueRow) -> Result<Value, StoreError> {
        Ok(match row {
            ValueRow::Bool(v) => Value::Bool(v),
            ValueRow::Int(v) => Value::Int(v),
            ValueRow::Float(v) => Value::Float(v),
            ValueRow::Text(v) => Value::Text(v),
            ValueRow::Date(year, month, day) => Value::Date(self.date((year, month, day))?),
            ValueRow::Temporal(kind, text) => {
                let kind = TemporalKind::ALL.get(usize::from(kind)).copied();
                let kind = kind.ok_or_else(|| self.out_of_range("the kind of a time"))?;
                Value::Temporal(self.model(Temporal::new(kind, text))?)
            }
            ValueRow::List(rows) => Value::List(rows.into_iter().map(|row| self.value(row)).collect::<Result<_, _>>()?),
        })
    }
}
