//! The command line: one file per command, whose doc comment is its help page.
//!
//! Exit codes: 0 found, 1 nothing found, 2 the user's error, 3 locked by another process, 4 damaged, 70 a bug,
//! 130 cancelled by Ctrl-C.

mod args;
mod articles;
mod ask;
mod backup;
mod common;
mod compact;
mod completions;
mod draw;
mod error;
mod eval;
mod export;
mod find;
mod forget;
mod import;
mod ingest;
mod init;
mod interrupt;
mod log;
mod merge;
mod neighbors;
mod output;
mod path;
mod progress;
mod query;
mod quick;
mod rank;
mod repair;
mod restore;
mod retract;
mod shell;
mod show;
mod split;
mod stats;
mod subgraph;
mod verify;
mod walk;

use std::ffi::OsString;
use std::io;
use std::panic;
use std::process::ExitCode;

use clap::{ColorChoice, CommandFactory, FromArgMatches};

use args::{Arguments, Command};
use error::{CliError, Outcome};
use output::Console;

/// Runs the command that the arguments name, and says how it went.
///
/// The only function that prints, apart from those it calls.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let result = panic::catch_unwind(|| dispatch(&arguments));
    let outcome = result.unwrap_or_else(|_| {
        output::complain("error: ailand has a bug; please report what you did and the message above");
        Outcome::Bug
    });
    ExitCode::from(outcome.code())
}

/// Parses the arguments with the description of every command; tells what is wrong with them.
fn parse(arguments: &[OsString]) -> Result<Arguments, Outcome> {
    let words: Vec<String> = arguments.iter().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let mut command = Arguments::command().color(match args::value_of(&words, "--color", None) {
        Some("never") => ColorChoice::Never,
        Some("always") => ColorChoice::Always,
        _ => ColorChoice::Auto,
    });
    let matches = command.try_get_matches_from_mut(arguments);
    matches
        .and_then(|matches| Arguments::from_arg_matches(&matches))
        .map_err(|error| error::usage(&error.format(&mut command), &words))
}

fn dispatch(arguments: &[OsString]) -> Outcome {
    let parsed = match quick::parse(arguments).map_or_else(|| parse(arguments), Ok) {
        Ok(parsed) => parsed,
        Err(outcome) => return outcome,
    };
    let mut console = Console::new(&parsed.global);
    let result = match &parsed.command {
        Command::Ask(command) => ask::run(command, &parsed.global, &mut console),
        Command::Find(command) => find::run(command, &parsed.global, &mut console),
        Command::Show(command) => show::run(command, &parsed.global, &mut console),
        Command::Draw(command) => draw::run(command, &parsed.global, &mut console),
        Command::Neighbors(command) => neighbors::run(command, &parsed.global, &mut console),
        Command::Path(command) => path::run(command, &parsed.global, &mut console),
        Command::Common(command) => common::run(command, &parsed.global, &mut console),
        Command::Subgraph(command) => subgraph::run(command, &parsed.global, &mut console),
        Command::Query(command) => query::run(command, &parsed.global, &mut console),
        Command::Shell(command) => shell::run(command, &parsed.global, &mut console),
        Command::Rank(command) => rank::run(command, &parsed.global, &mut console),
        Command::Ingest(command) => ingest::run(command, &parsed.global, &mut console),
        Command::Eval(command) => eval::run(command, &parsed.global, &mut console),
        Command::Import(command) => import::run(command, &parsed.global, &mut console),
        Command::Retract(command) => retract::run(command, &parsed.global, &mut console),
        Command::Merge(command) => merge::run(command, &parsed.global, &mut console),
        Command::Split(command) => split::run(command, &parsed.global, &mut console),
        Command::Forget(command) => forget::run(command, &parsed.global),
        Command::Log(command) => log::run(command, &parsed.global, &mut console),
        Command::Export(command) => export::run(command, &parsed.global, &mut console),
        Command::Init(command) => init::run(command, &parsed.global, &mut console),
        Command::Stats(command) => stats::run(command, &parsed.global, &mut console),
        Command::Verify(command) => verify::run(command, &parsed.global, &mut console),
        Command::Backup(command) => backup::run(command, &parsed.global, &mut console),
        Command::Restore(command) => restore::run(command, &parsed.global, &mut console),
        Command::Compact(command) => compact::run(command, &parsed.global, &mut console),
        Command::Repair(command) => repair::run(command, &parsed.global, &mut console),
        Command::Completions(command) => completions::run(command, &mut console),
    };
    match result.and_then(|outcome| console.flush().map(|()| outcome).map_err(CliError::from)) {
        Ok(outcome) => outcome,
        // Whoever read the output has seen enough: `ailand find a | head -1`.
        Err(CliError::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Outcome::Found,
        Err(error) => error::report(&error, &mut console),
    }
}
