//! `ailand split`

use clap::Args;

use crate::model::EntityId;

use super::args::Global;
use super::error::{CliError, Outcome};
use super::log::print_report;
use super::output::Console;

/// Undo the merging of an entity
///
/// What the merging changed is restored; where somebody has changed it since, only what the merging did is taken back.
/// Facts that came after the merging stay with the other entity.
///
/// Exit codes: 0 done, 2 the id is not that of a merged entity.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ailand split investor:sequoia-china --reason \"they parted\"")]
pub(super) struct Split {
    /// The id that the entity had before it was merged
    #[arg(value_name = "ID")]
    id: EntityId,
    /// Why; kept in the log
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

pub(super) fn run(command: &Split, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let by = format!("split {}", command.id);
    print_report(&global.open()?.split(&command.id, &by, command.reason.as_deref())?, console)?;
    Ok(Outcome::Found)
}
