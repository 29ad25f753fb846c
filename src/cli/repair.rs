//! `ailand repair`

use clap::Args;
use serde_json::json;

use crate::formats::RowFormat;
use crate::landscape::Landscape;
use crate::model::{Cell, Language, Rows};

use super::args::Global;
use super::error::{CliError, Outcome};
use super::output::{Console, complain};
use super::progress::ProgressLine;

/// Keep what is intact of a damaged database
///
/// Every page is looked for in sled's files, in the image and in the bytes of the log. Where all are found nothing is
/// lost. Otherwise the records that can be read go to a new database, and what was lost is listed: facts, and of entities
/// and sources all but their ids. The damaged files are kept in the folder damaged-1 (or 2, ...) of the database; delete it
/// when it is not needed any more. A sound database is left as it is.
///
/// Exit codes: 0 the database is sound now, 3 locked, 4 nothing can be kept; restore a backup.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ailand repair\n  ailand --db copy repair --format json\n  ailand verify")]
pub(super) struct Repair {}

pub(super) fn run(_: &Repair, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let folder = global.folder()?;
    let mut line = ProgressLine::new("repairing");
    let report = Landscape::repair(&folder, global.wait, &mut |progress| line.tell(progress));
    drop(line);
    let report = report?;
    let original = report.original.as_ref().map(|place| place.display().to_string());
    if matches!(console.format(), RowFormat::Json | RowFormat::Jsonl) {
        console.json(&json!({
            "damage": report.damage,
            "lost": report.lost,
            "original": original,
            "generation": report.generation,
            "entities": report.counts.entities,
            "facts": report.counts.facts,
            "sources": report.counts.sources,
        }))?;
    } else if !report.lost.is_empty() {
        let rows = report.lost.iter().map(|line| vec![Cell::from(line.as_str())]).collect();
        console.rows(&Rows { columns: vec!["lost".into()], rows }, &Language::English)?;
    }
    let Some(original) = original else {
        complain(&format!("{}: no damage; nothing was changed", folder.display()));
        return Ok(Outcome::Found);
    };
    complain(&format!(
        "{}: {} entities, {} facts and {} sources kept, {} lost; the damaged files are in {original}",
        folder.display(),
        report.counts.entities,
        report.counts.facts,
        report.counts.sources,
        if report.lost.is_empty() { "nothing".to_owned() } else { format!("{} things", report.lost.len()) },
    ));
    Ok(Outcome::Found)
}
