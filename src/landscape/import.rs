//! Files in: JSON Lines to one commit.

use std::cell::RefCell;
use std::io::BufRead;

use super::Error;
use crate::formats::Place;
use crate::formats::jsonl::{self, Problem, Reader, Record, Reference};
use crate::model::{EntityId, SourceId};
use crate::store::{Changes, CommitReport, Snapshot, Store, StoreError};

/// Something to import from.
pub struct Input<'a> {
    /// Its name in messages.
    pub name: String,
    /// Where its lines come from.
    pub reader: Box<dyn BufRead + 'a>,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportReport {
    /// How many records were read.
    pub records: usize,
    /// What became of them.
    pub commit: CommitReport,
    /// Properties that name entities which are nowhere; they were stored as they are.
    pub dangling: Vec<Problem>,
}

/// Reads every line of every input, with its place; the first error ends it.
pub(super) fn read(inputs: Vec<Input<'_>>) -> Result<Vec<(Record, Place)>, Error> {
    let mut records = Vec::new();
    for input in inputs {
        for record in Reader::new(input.reader, &input.name) {
            records.push(record?);
        }
    }
    Ok(records)
}

/// The records by kind, without their places.
pub(super) fn changes(records: Vec<(Record, Place)>) -> Changes {
    let mut changes = Changes::default();
    for (record, _) in records {
        match record {
            Record::Entity(entity) => changes.entities.push(entity),
            Record::Fact(fact) => changes.facts.push(fact),
            Record::Source(source) => changes.sources.push(source),
        }
    }
    changes
}

pub(super) fn import(store: &Store, inputs: Vec<Input<'_>>) -> Result<ImportReport, Error> {
    let names: Vec<&str> = inputs.iter().map(|input| input.name.as_str()).collect();
    let by = format!("import {}", names.join(" "));
    let records = read(inputs)?;
    let count = records.len();
    let mut dangling = Vec::new();
    let commit = store.commit_with(|base| -> Result<Changes, Error> {
        dangling = check(base, &records)?;
        Ok(Changes { by, ..changes(records) })
    })?;
    Ok(ImportReport { records: count, commit, dangling })
}

/// Refuses records that refer to nothing, all of them at once and with their places. Hands back the properties that do:
/// a database may hold such, once an entity is retracted that only a property names, and what is exported must come back.
fn check(base: &Snapshot, records: &[(Record, Place)]) -> Result<Vec<Problem>, Error> {
    let failure: RefCell<Option<StoreError>> = RefCell::default();
    let problems = jsonl::check_references(records, |reference| {
        // An id that is no id refers to nothing.
        let found = match reference {
            Reference::Entity(id) => EntityId::new(id).map_or(Ok(None), |id| base.entity_number(&id)),
            Reference::Source(id) => SourceId::new(id).map_or(Ok(None), |id| base.source_number(&id)),
        };
        match found {
            Ok(number) => number.is_some(),
            Err(error) => {
                failure.borrow_mut().get_or_insert(error);
                true
            }
        }
    });
    match failure.into_inner() {
        Some(error) => Err(error.into()),
        None => match problems.iter().all(Problem::is_of_property) {
            true => Ok(problems),
            false => Err(Error::References { problems }),
        },
    }
}
