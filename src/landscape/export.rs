//! Files out: the whole database as JSON Lines.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use super::Error;
use crate::formats::{FormatError, jsonl};
use crate::store::{Counts, Snapshot};

pub(super) fn export(snapshot: &Snapshot, folder: &Path) -> Result<Counts, Error> {
    fs::create_dir_all(folder).map_err(|error| Error::io("create", folder, error))?;
    let mut sources = snapshot.sources().collect::<Result<Vec<_>, _>>()?;
    sources.sort_by(|a, b| a.id.cmp(&b.id));
    write(folder, "sources.jsonl", &sources, jsonl::write_source)?;
    let mut entities = snapshot.entities().collect::<Result<Vec<_>, _>>()?;
    entities.sort_by(|a, b| a.id.cmp(&b.id));
    write(folder, "entities.jsonl", &entities, jsonl::write_entity)?;
    let mut facts = snapshot.facts().collect::<Result<Vec<_>, _>>()?;
    facts.sort_by(|a, b| a.id.cmp(&b.id));
    write(folder, "facts.jsonl", &facts, jsonl::write_fact)?;
    Ok(snapshot.counts())
}

/// Writes a file beside its place and renames it, so that an old export never becomes half a new one.
fn write<T>(
    folder: &Path,
    name: &str,
    records: &[T],
    line: impl Fn(&T, &mut BufWriter<File>) -> Result<(), FormatError>,
) -> Result<(), Error> {
    let fresh = folder.join(format!(".{name}.new"));
    let result = || -> Result<(), Error> {
        let mut out = BufWriter::new(File::create(&fresh).map_err(|error| Error::io("create", &fresh, error))?);
        for record in records {
            line(record, &mut out)?;
        }
        out.flush().map_err(|error| Error::io("write", &fresh, error))?;
        let place = folder.join(name);
        fs::rename(&fresh, &place).map_err(|error| Error::io("replace", &place, error))
    };
    // The error that is returned matters more than a file that cannot be removed.
    result().inspect_err(|_| drop(fs::remove_file(&fresh)))
}
