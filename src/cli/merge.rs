//! `ailand merge`

use clap::Args;

use super::args::Global;
use super::error::{CliError, Outcome};
use super::log::print_report;
use super::output::Console;

/// Merge two entities that are the same
///
/// The facts and the evidence of the second one name the first one from now on, which gets its names as aliases, its labels
/// and its claims, each with its sources. The id of the second one leads to the first one. `ailand split` undoes it.
///
/// Exit codes: 0 done, 2 a name is unknown or ambiguous.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ailand merge 红杉中国 investor:sequoia-china --reason \"renamed in 2023\"\n  \
    ailand merge startup:zhipu-ai startup:z-ai --reason \"one company\"")]
pub(super) struct Merge {
    /// The entity that stays: a name in any script, an id, or NAME@LABEL
    #[arg(value_name = "KEPT")]
    kept: String,
    /// The entity that becomes a part of it
    #[arg(value_name = "ABSORBED")]
    absorbed: String,
    /// Why they are the same; kept in the log
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

pub(super) fn run(command: &Merge, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let landscape = global.open()?;
    let by = format!("merge {} {}", command.kept, command.absorbed);
    print_report(&landscape.merge(&command.kept, &command.absorbed, &by, Some(&command.reason))?, console)?;
    Ok(Outcome::Found)
}
