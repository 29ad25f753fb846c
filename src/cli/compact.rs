//! `ailand compact`

use clap::Args;

use crate::landscape::Landscape;
use crate::model::{Cell, Language, Rows};

use super::args::Global;
use super::error::{CliError, Outcome};
use super::output::Console;
use super::progress::ProgressLine;

/// Give back the space of what was replaced
///
/// Writes the database anew beside the old files and puts it in their place. Nothing is lost, and a kill at any moment
/// leaves the old files or the new ones. Others wait meanwhile. Needs as much free space as the database will take.
///
/// Exit codes: 0 done, 2 there is no room, 3 locked, 4 the database is damaged and was left as it is.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ailand compact\n  ailand compact --format json")]
pub(super) struct Compact {}

pub(super) fn run(_: &Compact, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let landscape = Landscape::open(global.folder()?)?.with_patience(global.wait);
    let mut line = ProgressLine::new("compacting");
    let report = landscape.compact(&mut |progress| line.tell(progress));
    drop(line);
    let report = report?;
    let count = |n: u64| Cell::Int(i64::try_from(n).unwrap_or(i64::MAX));
    let rows = Rows {
        columns: ["bytes before", "bytes after", "pages"].map(Into::into).into(),
        rows: vec![vec![count(report.before), count(report.after), count(report.pages)]],
    };
    console.rows(&rows, &Language::English)?;
    Ok(Outcome::Found)
}
