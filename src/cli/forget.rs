//! `ailand forget`

use clap::Args;

use crate::landscape::At;

use super::args::Global;
use super::error::{CliError, Outcome};
use super::output::complain;

/// Give up the history before a commit
///
/// What was retracted or replaced before it can no longer be read with --at, and what was merged before it can no longer be
/// split. The log keeps its lines. The present is not changed; `ailand compact` then gives the space back.
///
/// Exit codes: 0 done, 2 there is no such generation.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ailand forget --reason \"a fresh start\"\n  \
    ailand forget --before 120 --reason \"only the last year matters\"")]
pub(super) struct Forget {
    /// The oldest generation that can be read afterwards, or a day [default: the newest]
    #[arg(long, value_name = "GENERATION|DATE")]
    before: Option<At>,
    /// Why; kept in the log
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

pub(super) fn run(command: &Forget, global: &Global) -> Result<Outcome, CliError> {
    let landscape = global.open()?;
    let before = command.before.map(|at| format!(" --before {at}")).unwrap_or_default();
    landscape.forget(command.before, &format!("forget{before}"), Some(&command.reason))?;
    let snapshot = landscape.snapshot()?;
    complain(&format!("generations from {} to {} can be read", snapshot.oldest(), snapshot.generation()));
    Ok(Outcome::Found)
}
