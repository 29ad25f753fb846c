//! `ailand completions`

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::args::Arguments;
use super::error::{CliError, Outcome};
use super::output::Console;

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ailand completions bash > ~/.local/share/bash-completion/completions/ailand\n  \
    ailand completions zsh > ~/.zfunc/_ailand\n  \
    ailand completions fish > ~/.config/fish/completions/ailand.fish")]
pub(super) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub(super) fn run(command: &Completions, console: &mut Console) -> Result<Outcome, CliError> {
    let mut script = Vec::new();
    clap_complete::generate(command.shell, &mut Arguments::command(), "ailand", &mut script);
    console.plain(String::from_utf8_lossy(&script).trim_end())?;
    Ok(Outcome::Found)
}
