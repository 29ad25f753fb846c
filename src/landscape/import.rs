//! Files in: JSON Lines to one commit.

use std::cell::RefCell;
use std::collections::HashSet;
use std::io::BufRead;

use super::Error;
use crate::formats::Place;
use crate::formats::jsonl::{self, Reader, Record, Reference};
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImportReport {
    /// How many records were read.
    pub records: usize,
    /// What became of them.
    pub commit: CommitReport,
}

/// Records with their places, and the texts that were given as they are.
type Records = (Vec<(Record, Place)>, HashSet<String>);

/// Reads every line of every input; the first error ends it.
pub(super) fn read(inputs: Vec<Input<'_>>) -> Result<Records, Error> {
    let (mut records, mut as_they_are) = (Vec::new(), HashSet::new());
    for input in inputs {
        let mut reader = Reader::new(input.reader, &input.name);
        for record in reader.by_ref() {
            records.push(record?);
        }
        as_they_are.extend(reader.into_texts_as_they_are());
    }
    Ok((records, as_they_are))
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
    let (records, as_they_are) = read(inputs)?;
    let count = records.len();
    let commit = store.commit_with(|base| -> Result<Changes, Error> {
        check(base, &records, &as_they_are)?;
        Ok(Changes { by, ..changes(records) })
    })?;
    Ok(ImportReport { records: count, commit })
}

/// Refuses records that refer to nothing, all of them at once and with their places; values that are given as they are
/// may be ids of nothing.
fn check(base: &Snapshot, records: &[(Record, Place)], as_they_are: &HashSet<String>) -> Result<(), Error> {
    let failure: RefCell<Option<StoreError>> = RefCell::default();
    let problems = jsonl::check_references(records, |reference| {
        // An id that is no id refers to nothing.
        let found = match reference {
            Reference::Entity(id) if as_they_are.contains(id) => return true,
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
        None if problems.is_empty() => Ok(()),
        None => Err(Error::References { problems }),
    }
}
