//! `ailand verify`

use clap::Args;

use crate::model::{Cell, Language, Rows};

use super::args::Global;
use super::error::{CliError, Outcome};
use super::output::{Console, complain};

/// Read everything in the database and list what is damaged
///
/// Checks every page's checksum, decodes every row, and checks that facts, entities, sources and indexes fit together.
///
/// Exit codes: 0 everything is sound, 4 there is damage.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ailand verify\n  ailand --db copy verify --format json")]
pub(super) struct Verify {}

pub(super) fn run(_: &Verify, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let folder = global.present_folder()?;
    let found = crate::Landscape::open(&folder)?.with_patience(global.wait).verify()?;
    let rows = Rows {
        columns: vec!["damage".into()],
        rows: found.damage.iter().map(|line| vec![Cell::from(line.as_str())]).collect(),
    };
    let sound = found.damage.is_empty();
    if !sound || console.format() != crate::formats::RowFormat::Table {
        console.rows(&rows, &Language::English)?;
    }
    complain(&format!(
        "{}: {} pages and {} rows read, {}",
        folder.display(),
        found.pages,
        found.rows,
        if sound { "no damage".to_owned() } else { format!("{} damaged", found.damage.len()) }
    ));
    Ok(if sound { Outcome::Found } else { Outcome::Damaged })
}
