//! `ailand export`

use std::path::PathBuf;

use clap::Args;

use crate::model::{Cell, Language, Rows};

use super::args::Global;
use super::error::{CliError, Outcome};
use super::output::Console;

/// Write the whole database as JSON Lines
///
/// Writes entities.jsonl, facts.jsonl and sources.jsonl, sorted by id. Nothing is lost: importing them into an empty
/// database and exporting that gives the same bytes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ailand export backup/\n  ailand --db copy import backup/")]
pub(super) struct Export {
    /// The folder to write to; it is created when it does not exist
    #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    folder: PathBuf,
}

pub(super) fn run(command: &Export, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let counts = global.open()?.export(&command.folder)?;
    let row = |file: &str, count: u32| {
        vec![Cell::from(command.folder.join(file).display().to_string()), Cell::Int(i64::from(count))]
    };
    let rows = Rows {
        columns: ["file", "records"].map(Into::into).into(),
        rows: vec![
            row("entities.jsonl", counts.entities),
            row("facts.jsonl", counts.facts),
            row("sources.jsonl", counts.sources),
        ],
    };
    console.rows(&rows, &Language::English)?;
    Ok(Outcome::Found)
}
