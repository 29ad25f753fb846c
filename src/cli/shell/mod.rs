//! `ailand shell`

use clap::Args;

use super::args::Global;
use super::error::{CliError, Outcome};
use super::output::Console;

/// Type statements
#[derive(Debug, Args)]
pub(super) struct Shell {}

pub(super) fn run(_: &Shell, _: &Global, _: &mut Console) -> Result<Outcome, CliError> {
    Ok(Outcome::Found)
}
