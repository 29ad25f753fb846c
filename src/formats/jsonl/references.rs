//! Whether the records of some files fit together: every id that is named is there, and no id names two records.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use thiserror::Error;

use super::Record;
use crate::formats::Place;
use crate::model::vocabulary::{self, PropertyType};
use crate::model::{Claim, Evidence, Properties, Value};

/// Something that a record names by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reference<'a> {
    /// An entity.
    Entity(&'a str),
    /// A source.
    Source(&'a str),
}

/// A record that does not fit with the others.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Problem {
    /// Two records of one kind have the same id.
    #[error("{place}: the {kind} id {id:?} is used a second time; first at {first}")]
    Duplicate {
        /// The second record.
        place: Place,
        /// `entity`, `fact` or `source`.
        kind: &'static str,
        /// The id.
        id: String,
        /// The first record.
        first: Place,
    },
    /// A record names an entity or a source that is not there.
    #[error("{place}: {record} names the {kind} {id:?} as its {part}, but there is no such {kind}")]
    Unknown {
        /// The record that names it.
        place: Place,
        /// That record, for example `fact "f:0001"`.
        record: String,
        /// Where in the record: `subject`, `evidence`, the key of a property.
        part: String,
        /// `entity` or `source`.
        kind: &'static str,
        /// The id.
        id: String,
    },
}

/// Finds ids that are used twice and ids that lead nowhere, in the order of the records.
///
/// `exists` tells what is there besides the records themselves, such as the contents of the database that they are
/// going to be imported into. Takes time and memory linear in the records.
///
/// # Examples
/// ```
/// use ailand::formats::jsonl::{Reader, check_references};
///
/// let line = r#"{"fact":"f:1","subject":"person:a","predicate":"HAS_ROLE","object":"startup:b","evidence":["s"]}"#;
/// let records = Reader::new(line.as_bytes(), "facts.jsonl").collect::<Result<Vec<_>, _>>()?;
/// assert_eq!(check_references(&records, |_| false).len(), 3);
/// assert_eq!(check_references(&records, |_| true).len(), 0);
/// # Ok::<(), ailand::formats::FormatError>(())
/// ```
#[must_use]
pub fn check_references(records: &[(Record, Place)], exists: impl Fn(Reference<'_>) -> bool) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut first: HashMap<(&'static str, &str), &Place> = HashMap::with_capacity(records.len());
    for (record, place) in records {
        let key = (record.kind(), record.id());
        if let Some(first) = first.get(&key) {
            let (kind, id) = (key.0, key.1.to_owned());
            problems.push(Problem::Duplicate { place: place.clone(), kind, id, first: (*first).clone() });
        } else {
            first.insert(key, place);
        }
    }
    for (record, place) in records {
        let mut reported = HashSet::new();
        visit_references(record, &mut |reference, part| {
            let (kind, id) = match reference {
                Reference::Entity(id) => ("entity", id),
                Reference::Source(id) => ("source", id),
            };
            if !first.contains_key(&(kind, id)) && reported.insert((kind, id.to_owned())) && !exists(reference) {
                problems.push(Problem::Unknown {
                    place: place.clone(),
                    record: format!("{} {:?}", record.kind(), record.id()),
                    part: part.to_owned(),
                    kind,
                    id: id.to_owned(),
                });
            }
        });
    }
    problems
}

/// The labels and predicates that the vocabulary does not list, with how often each is used.
///
/// They are allowed, because the vocabulary is open; a file that is kept by hand should have none by accident.
#[must_use]
pub fn open_words(records: &[(Record, Place)]) -> BTreeMap<&str, usize> {
    let mut words = BTreeMap::new();
    for (record, _) in records {
        let unknown: BTreeSet<&str> = match record {
            Record::Entity(entity) => {
                entity.labels.iter().map(String::as_str).filter(|label| !vocabulary::is_known_label(label)).collect()
            }
            Record::Fact(fact) => Some(fact.predicate.as_str())
                .filter(|predicate| vocabulary::predicate(predicate).is_none())
                .into_iter()
                .collect(),
            Record::Source(_) => BTreeSet::new(),
        };
        for word in unknown {
            *words.entry(word).or_insert(0) += 1;
        }
    }
    words
}

/// Calls `visit` with everything that `record` names, and the part of the record that names it.
fn visit_references(record: &Record, visit: &mut dyn FnMut(Reference<'_>, &str)) {
    match record {
        Record::Entity(entity) => {
            for name in &entity.names {
                visit_evidence(&name.evidence, visit);
            }
            for Claim { key, value, qualifiers, evidence } in &entity.claims {
                visit_value(key, value, visit);
                visit_properties(qualifiers, visit);
                visit_evidence(evidence, visit);
            }
        }
        Record::Fact(fact) => {
            visit(Reference::Entity(fact.subject.as_str()), "subject");
            visit(Reference::Entity(fact.object.as_str()), "object");
            visit_properties(&fact.properties, visit);
            visit_evidence(&fact.evidence, visit);
        }
        Record::Source(_) => {}
    }
}

fn visit_evidence(evidence: &[Evidence], visit: &mut dyn FnMut(Reference<'_>, &str)) {
    for one in evidence {
        visit(Reference::Source(one.source.as_str()), "evidence");
        if let Some(party) = &one.asserted_by {
            visit(Reference::Entity(party.as_str()), "asserted_by");
        }
    }
}

fn visit_properties(properties: &Properties, visit: &mut dyn FnMut(Reference<'_>, &str)) {
    for (key, value) in properties.iter() {
        visit_value(key, value, visit);
    }
}

fn visit_value(key: &str, value: &Value, visit: &mut dyn FnMut(Reference<'_>, &str)) {
    if let (PropertyType::Entity, Value::Text(id)) = (vocabulary::property_type(key), value) {
        visit(Reference::Entity(id), key);
    }
}
