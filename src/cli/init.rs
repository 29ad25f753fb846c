//! `ailand init`

use clap::Args;

use crate::landscape::Landscape;
use crate::store::Changes;

use super::args::Global;
use super::error::{CliError, Outcome};
use super::output::{Console, complain};

/// Create a database
///
/// With the bundled landscape, or empty. A database that is there already is left as it is.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ailand init\n  ailand --db mine init --empty")]
pub(super) struct Init {
    /// Without the bundled landscape
    #[arg(long)]
    empty: bool,
}

pub(super) fn run(command: &Init, global: &Global, _: &mut Console) -> Result<Outcome, CliError> {
    let folder = global.present_folder()?;
    let landscape = Landscape::open_or_create_empty(&folder)?.with_patience(global.wait);
    if command.empty {
        landscape.commit(&Changes::default())?;
    } else {
        landscape.create()?;
    }
    let counts = landscape.snapshot()?.counts();
    complain(&format!(
        "{}: {} entities, {} facts, {} sources",
        folder.display(),
        counts.entities,
        counts.facts,
        counts.sources
    ));
    Ok(Outcome::Found)
}
