//! `ailand backup`

use std::path::PathBuf;

use clap::Args;

use crate::landscape::Landscape;
use crate::model::{Cell, Language, Rows};
use crate::store::BackupReport;

use super::args::Global;
use super::error::{CliError, Outcome};
use super::output::Console;
use super::progress::ProgressLine;

/// Write the database to one file
///
/// The file holds one whole generation and a checksum of every page and of itself. It can be restored on any machine.
/// Others may read and write meanwhile. A file that is there is replaced when the new one is complete.
///
/// Exit codes: 0 written, 2 the file cannot be written, 3 locked, 4 the database is damaged and no file is written.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ailand backup landscape.backup\n  \
    ailand backup /media/disk/landscape.backup --format json\n  \
    ailand restore landscape.backup --to copy/")]
pub(super) struct Backup {
    /// The file to write
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
}

pub(super) fn run(command: &Backup, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let landscape = Landscape::open(global.folder()?)?.with_patience(global.wait);
    let mut line = ProgressLine::new("backing up");
    let written = landscape.backup(&command.file, &mut |progress| line.tell(progress));
    drop(line);
    console.rows(&rows(&command.file.display().to_string(), &written?), &Language::English)?;
    Ok(Outcome::Found)
}

/// What a backup holds, as one row.
pub(super) fn rows(place: &str, report: &BackupReport) -> Rows {
    let count = |n: u64| Cell::Int(i64::try_from(n).unwrap_or(i64::MAX));
    Rows {
        columns: ["place", "generation", "pages", "bytes"].map(Into::into).into(),
        rows: vec![vec![Cell::from(place), count(report.generation), count(report.pages), count(report.bytes)]],
    }
}
