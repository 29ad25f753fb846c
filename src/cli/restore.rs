//! `ailand restore`

use std::path::PathBuf;

use clap::Args;

use crate::landscape::Landscape;
use crate::model::Language;

use super::args::Global;
use super::backup::rows;
use super::error::{CliError, Outcome};
use super::output::Console;
use super::progress::ProgressLine;

/// Bring a backup back
///
/// Into the folder of the database, or into another one. A database that is there is replaced only with --force, and only
/// when the whole backup has been read and found intact.
///
/// Exit codes: 0 restored, 2 there is a database already or FILE is no backup, 3 locked, 4 the backup is damaged.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ailand restore landscape.backup --to copy/\n  \
    ailand restore landscape.backup --force")]
pub(super) struct Restore {
    /// What `ailand backup` wrote
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    /// The folder to restore to [default: the folder of the database]
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    to: Option<PathBuf>,
    /// Replace the database that is there
    #[arg(long)]
    force: bool,
}

pub(super) fn run(command: &Restore, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let folder = match &command.to {
        Some(folder) => folder.clone(),
        None => global.folder()?,
    };
    let mut line = ProgressLine::new("restoring");
    let report =
        Landscape::restore(&command.file, &folder, command.force, global.wait, &mut |progress| line.tell(progress));
    drop(line);
    console.rows(&rows(&folder.display().to_string(), &report?), &Language::English)?;
    Ok(Outcome::Found)
}
