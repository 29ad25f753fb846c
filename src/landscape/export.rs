//! Files out: the whole database as JSON Lines, and its graph for other programs.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::Error;
use crate::formats::graph::{GraphFormat, GraphRecords, csv};
use crate::formats::{FormatError, jsonl};
use crate::store::{Counts, Snapshot};

pub(super) fn export(snapshot: &Snapshot, folder: &Path) -> Result<Counts, Error> {
    fs::create_dir_all(folder).map_err(|error| Error::io("create", folder, error))?;
    let mut sources = snapshot.sources().collect::<Result<Vec<_>, _>>()?;
    sources.sort_by(|a, b| a.id.cmp(&b.id));
    write(folder, "sources.jsonl", &sources, jsonl::write_source)?;
    let mut entities = snapshot.entities().collect::<Result<Vec<_>, _>>()?;
    entities.sort_by(|a, b| a.id.cmp(&b.id));
    // In a copy, an id that leads to what it was merged into leads nowhere.
    let ids: HashSet<&str> = entities.iter().map(|entity| entity.id.as_str()).collect();
    let there = |id: &str| ids.contains(id);
    write(folder, "entities.jsonl", &entities, |entity, out| jsonl::write_entity_among(entity, &there, out))?;
    let mut facts = snapshot.facts().collect::<Result<Vec<_>, _>>()?;
    facts.sort_by(|a, b| a.id.cmp(&b.id));
    write(folder, "facts.jsonl", &facts, |fact, out| jsonl::write_fact_among(fact, &there, out))?;
    Ok(snapshot.counts())
}

/// Writes records line by line.
fn write<T>(
    folder: &Path,
    name: &str,
    records: &[T],
    line: impl Fn(&T, &mut BufWriter<File>) -> Result<(), FormatError>,
) -> Result<(), Error> {
    replace(&folder.join(name), |out| records.iter().try_for_each(|record| Ok(line(record, out)?)))
}

/// Writes a graph: one file, or for CSV two in a folder. Hands back the files.
pub(super) fn export_graph(records: &GraphRecords, format: GraphFormat, place: &Path) -> Result<Vec<PathBuf>, Error> {
    let io = |place: &Path, result: io::Result<()>| result.map_err(|error| Error::io("write", place, error));
    if format != GraphFormat::Csv {
        replace(place, |out| io(place, format.write(records, out)))?;
        return Ok(vec![place.to_owned()]);
    }
    fs::create_dir_all(place).map_err(|error| Error::io("create", place, error))?;
    let (nodes, edges) = (place.join("nodes.csv"), place.join("edges.csv"));
    replace(&nodes, |out| io(&nodes, csv::write_nodes(records, out)))?;
    replace(&edges, |out| io(&edges, csv::write_edges(records, out)))?;
    Ok(vec![nodes, edges])
}

/// Writes a file beside its place and renames it, so that an old export never becomes half a new one.
fn replace(place: &Path, write: impl FnOnce(&mut BufWriter<File>) -> Result<(), Error>) -> Result<(), Error> {
    let mut name = OsString::from(".");
    name.push(place.file_name().unwrap_or_default());
    name.push(".new");
    let fresh = place.with_file_name(name);
    let result = || -> Result<(), Error> {
        let mut out = BufWriter::new(File::create(&fresh).map_err(|error| Error::io("create", &fresh, error))?);
        write(&mut out)?;
        out.flush().map_err(|error| Error::io("write", &fresh, error))?;
        fs::rename(&fresh, place).map_err(|error| Error::io("replace", place, error))
    };
    // The error that is returned matters more than a file that cannot be removed.
    result().inspect_err(|_| drop(fs::remove_file(&fresh)))
}
