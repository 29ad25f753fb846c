//! `ailand stats`

use clap::Args;

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
    let stats = global.open()?.stats()?;
    let mut rows = Rows { columns: ["what", "name", "count"].map(Into::into).into(), rows: Vec::new() };
    let mut add = |what: &str, name: &str, count: u64| {
        let count = Cell::Int(i64::try_from(count).unwrap_or(i64::MAX));
        rows.rows.push(vec![Cell::from(what), Cell::from(name), count]);
    };
    add("entities", "all", stats.counts.entities.into());
    stats.labels.iter().for_each(|(label, count)| add("entities", label, *count));
    add("facts", "all", stats.counts.facts.into());
    stats.predicates.iter().for_each(|(predicate, count)| add("facts", predicate, *count));
    add("sources", "all", stats.counts.sources.into());
    let reliability = |letter: &str| format!("reliability {letter}");
    stats.reliabilities.iter().for_each(|(one, count)| add("sources", &reliability(one.letter()), *count));
    add("database", "generation", stats.generation);
    add("database", "format", stats.format.into());
    add("database", "bytes on disk", stats.bytes);
    console.rows(&rows, &Language::English)?;
    Ok(Outcome::Found)
}
