//! How a command ended, and how its errors are told.

use std::ffi::OsString;
use std::io;

use serde_json::json;

use crate::ask::EXAMPLES;
use crate::formats::RowFormat;
use crate::formats::screen::harmless;
use crate::landscape::Error;
use crate::store::StoreError;

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
            Self::Library(Error::Store(StoreError::Damaged { .. })) => Outcome::Damaged,
            _ => Outcome::UserError,
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Library(error) => error.hint(),
            Self::Output(_) => None,
        }
    }
}

/// Tells an error: in words on standard error, or as JSON on standard output.
pub(super) fn report(error: &CliError, console: &mut Console) -> Outcome {
    if console.format() == RowFormat::Json || console.format() == RowFormat::Jsonl {
        let (kind, candidates) = match error {
            CliError::Library(error) => (error.kind(), error.candidates()),
            CliError::Output(_) => ("output", &[][..]),
        };
        let candidates: Vec<_> = candidates
            .iter()
            .map(|one| json!({"id": one.id.as_str(), "name": one.name, "labels": one.labels}))
            .collect();
        let body = json!({"error": {
            "kind": kind, "message": error.to_string(), "hint": error.hint(), "candidates": candidates,
        }});
        // When even this cannot be written, the exit code still tells.
        drop(console.json(&body));
        drop(console.flush());
        return error.outcome();
    }
    drop(console.flush());
    complain(&format!("error: {}", clean(&error.to_string())));
    if let Some(hint) = error.hint() {
        complain(&format!("hint: {hint}"));
    }
    if let CliError::Library(error) = error {
        if let Error::Ask(error) = error
            && error.wants_examples()
        {
            EXAMPLES.iter().for_each(|example| complain(&format!("  {example}")));
        }
        for one in error.candidates() {
            complain(&format!("  {}  {}  ({})", one.id, clean(&one.name), one.labels.join(", ")));
        }
    }
    error.outcome()
}

/// Text of the user, line by line without control characters.
fn clean(text: &str) -> String {
    text.lines().map(harmless).collect::<Vec<_>>().join("\n")
}

/// Tells what clap found wrong with the arguments; help and version are no errors.
pub(super) fn usage(error: &clap::Error, arguments: &[OsString]) -> Outcome {
    use clap::error::ErrorKind;
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        drop(error.print());
        return Outcome::Found;
    }
    let words: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
    let format = |word: &str| matches!(word, "json" | "jsonl");
    let attached = |word: &str| {
        let value = word.strip_prefix("--format=").or_else(|| word.strip_prefix("-f"));
        value.is_some_and(|value| format(value.strip_prefix('=').unwrap_or(value)))
    };
    let wants_json = words.iter().any(|word| attached(word))
        || words.iter().zip(words.iter().skip(1)).any(|(a, b)| (a == "--format" || a == "-f") && format(b));
    if wants_json {
        let body = json!({"error": {
            "kind": "usage", "message": error.to_string().trim(), "hint": "see --help", "candidates": [],
        }});
        drop(super::output::print_line(&body.to_string()));
    } else {
        drop(error.print());
    }
    Outcome::UserError
}
