//! How a command ended, and how its errors are told.

use std::io;

use serde_json::{Value as Json, json};

use crate::ask::{Candidate, EXAMPLES};
use crate::cypher::{Detail, QueryError};
use crate::formats::RowFormat;
use crate::formats::screen::harmless;
use crate::landscape::Error;
use crate::store::StoreError;

use super::args;
use super::output::{Console, complain};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Something was found or done.
    Found,
    /// Everything went well, and there is nothing.
    Nothing,
    /// What was asked for cannot be done that way.
    UserError,
    /// Another process holds the database.
    Locked,
    /// The database is damaged.
    Damaged,
    /// The program is wrong.
    Bug,
    /// The user has stopped it.
    Cancelled,
}

impl Outcome {
    /// The exit code.
    pub(super) fn code(self) -> u8 {
        match self {
            Self::Found => 0,
            Self::Nothing => 1,
            Self::UserError => 2,
            Self::Locked => 3,
            Self::Damaged => 4,
            Self::Bug => 70,
            // As shells say it: 128 and the number of the signal.
            Self::Cancelled => 130,
        }
    }
}

/// What can end a command early.
#[derive(Debug, thiserror::Error)]
pub(super) enum CliError {
    /// An error of the library.
    #[error(transparent)]
    Library(#[from] Error),
    /// Output that cannot be written.
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
}

impl CliError {
    fn outcome(&self) -> Outcome {
        match self {
            Self::Library(Error::Store(StoreError::Locked { .. })) => Outcome::Locked,
            Self::Library(Error::Store(StoreError::Damaged { .. } | StoreError::DamagedBackup { .. })) => {
                Outcome::Damaged
            }
            Self::Library(Error::Query(error)) => match error.detail() {
                Detail::Storage => Outcome::Damaged,
                Detail::Cancelled => Outcome::Cancelled,
                _ => Outcome::UserError,
            },
            _ => Outcome::UserError,
        }
    }
}

/// Tells an error: in words on standard error, or as JSON on standard output where JSON was asked for.
///
/// Where standard output fails, words on standard error are all that is left.
pub(super) fn report(error: &CliError, console: &mut Console) -> Outcome {
    let as_json = matches!(console.format(), RowFormat::Json | RowFormat::Jsonl);
    match error {
        whole @ CliError::Library(error) if as_json => {
            let body = match error {
                Error::Query(error) => statement_body(error),
                error => body(error.kind(), &error.to_string(), error.hint(), error.candidates()),
            };
            if let Err(why) = console.json(&body).and_then(|()| console.flush()) {
                tell(&CliError::Output(why));
                tell(whole);
            }
        }
        whole => {
            // Why it cannot be written is told below, when that is the error.
            drop(console.flush());
            tell(whole);
        }
    }
    error.outcome()
}

/// The error of a statement as JSON: what it is called, and the place, too.
fn statement_body(error: &QueryError) -> Json {
    let mut body = body(error.kind().word(), error.message(), error.hint().map(str::to_owned), &[]);
    if let Some(object) = body.get_mut("error").and_then(Json::as_object_mut) {
        object.insert("detail".to_owned(), error.detail().word().into());
        let place =
            error.place().map(|(line, column)| json!({"line": line, "column": column, "excerpt": error.excerpt()}));
        object.insert("place".to_owned(), place.unwrap_or_default());
    }
    body
}

/// An error as JSON: the same keys for every kind.
fn body(kind: &str, message: &str, hint: Option<String>, candidates: &[Candidate]) -> Json {
    let candidates: Vec<_> =
        candidates.iter().map(|one| json!({"id": one.id.as_str(), "name": one.name, "labels": one.labels})).collect();
    json!({"error": {"kind": kind, "message": message, "hint": hint, "candidates": candidates}})
}

/// Tells an error in words.
fn tell(error: &CliError) {
    complain(&format!("error: {}", clean(&error.to_string())));
    let CliError::Library(error) = error else { return };
    if let Some(hint) = error.hint() {
        complain(&format!("hint: {hint}"));
    }
    if let Error::Ask(error) = error
        && error.wants_examples()
    {
        EXAMPLES.iter().for_each(|example| complain(&format!("  {example}")));
    }
    for one in error.candidates() {
        complain(&format!("  {}  {}  ({})", one.id, clean(&one.name), one.labels.join(", ")));
    }
}

/// Text of the user, line by line without control characters.
fn clean(text: &str) -> String {
    text.lines().map(harmless).collect::<Vec<_>>().join("\n")
}

/// Tells what clap found wrong with the arguments; help and version are no errors.
pub(super) fn usage(error: &clap::Error, arguments: &[String]) -> Outcome {
    use clap::error::ErrorKind;
    let is_page = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    let format = args::value_of(arguments, "--format", Some("-f"));
    let written = match format {
        Some("json" | "jsonl") if !is_page => {
            let (message, hint) = first_part(error);
            let body = body("usage", &message, Some(hint), &[]);
            super::output::print_json(&body, format == Some("json"))
        }
        _ => error.print(),
    };
    match written {
        Err(why) if why.kind() != io::ErrorKind::BrokenPipe => {
            tell(&CliError::Output(why));
            Outcome::UserError
        }
        _ if is_page => Outcome::Found,
        _ => Outcome::UserError,
    }
}

/// What clap says first, in one line, and its advice.
fn first_part(error: &clap::Error) -> (String, String) {
    use clap::error::ErrorKind;
    let text = error.to_string();
    let tip = text.lines().find_map(|line| line.trim().strip_prefix("tip: "));
    let hint = tip.unwrap_or("see --help").to_owned();
    if matches!(error.kind(), ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand) {
        return ("expected a command".to_owned(), hint);
    }
    let part: Vec<&str> = text.lines().take_while(|line| !line.trim().is_empty()).map(str::trim).collect();
    let part = part.join(" ");
    (part.strip_prefix("error: ").unwrap_or(&part).to_owned(), hint)
}
