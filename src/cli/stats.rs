//! `ailand stats`

use std::collections::BTreeMap;

use clap::Args;

use crate::landscape::Error;
use crate::model::{Cell, Language, Rows};

use super::args::Global;
use super::error::{CliError, Outcome};
use super::output::Console;

/// Count what the database holds
///
/// Entities by label, facts by predicate, sources by reliability, and the size, format and generation of the database.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ailand stats\n  ailand stats --format json")]
pub(super) struct Stats {}

pub(super) fn run(_: &Stats, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let landscape = global.open()?;
    let snapshot = landscape.snapshot()?;
    let counts = snapshot.counts();
    let mut labels: BTreeMap<String, i64> = BTreeMap::new();
    let mut predicates: BTreeMap<String, i64> = BTreeMap::new();
    let mut reliabilities: BTreeMap<&str, i64> = BTreeMap::new();
    for number in 0..counts.entities {
        for label in snapshot.entity(number).map_err(Error::from)?.labels {
            *labels.entry(label).or_default() += 1;
        }
        for edge in snapshot.adjacency(number).map_err(Error::from)?.outgoing {
            *predicates.entry(snapshot.word(edge.predicate).map_err(Error::from)?.to_owned()).or_default() += 1;
        }
    }
    for source in snapshot.sources() {
        *reliabilities.entry(source.map_err(Error::from)?.reliability.letter()).or_default() += 1;
    }
    let size = i64::try_from(landscape.size_on_disk()?).unwrap_or(i64::MAX);
    let generation = i64::try_from(snapshot.generation()).unwrap_or(i64::MAX);
    let mut rows = Rows { columns: ["what", "name", "count"].map(Into::into).into(), rows: Vec::new() };
    let mut add = |what: &str, name: &str, count: i64| {
        rows.rows.push(vec![Cell::from(what), Cell::from(name), Cell::Int(count)]);
    };
    add("entities", "all", i64::from(counts.entities));
    labels.iter().for_each(|(label, count)| add("entities", label, *count));
    add("facts", "all", i64::from(counts.facts));
    predicates.iter().for_each(|(predicate, count)| add("facts", predicate, *count));
    add("sources", "all", i64::from(counts.sources));
    reliabilities.iter().for_each(|(letter, count)| add("sources", &format!("reliability {letter}"), *count));
    add("database", "generation", generation);
    add("database", "format", i64::from(snapshot.format()));
    add("database", "bytes on disk", size);
    console.rows(&rows, &Language::English)?;
    Ok(Outcome::Found)
}
