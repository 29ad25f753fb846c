//! `ailand import`

use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::landscape::{Error, Input, Landscape};
use crate::model::{Cell, Language, Rows};
use crate::store::{StoreError, Tally};

use super::args::Global;
use super::error::{CliError, Outcome};
use super::output::{Console, complain};

/// Add records from JSON Lines files, all of them or none
///
/// Each line is an entity, a fact or a source. A record whose id is in the database replaces the one that is there; all
/// files together are one commit, so that facts may refer to entities in another file. Nothing is changed when any line
/// is wrong.
///
/// When there is no database yet, an empty one is created; `ailand init` creates one with the bundled landscape.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ailand import facts.jsonl\n  \
    ailand import exported-folder/\n  \
    ailand import - < facts.jsonl")]
pub(super) struct Import {
    /// Files, folders whose *.jsonl files are read, or - for standard input
    #[arg(required = true, value_name = "FILE|DIR", value_hint = clap::ValueHint::AnyPath)]
    inputs: Vec<PathBuf>,
}

pub(super) fn run(command: &Import, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let mut inputs = Vec::new();
    for path in &command.inputs {
        add(path, &mut inputs)?;
    }
    let folder = global.present_folder()?;
    let is_new = matches!(Landscape::open(&folder), Err(Error::Store(StoreError::NotFound { .. })));
    let report = Landscape::open_or_create_empty(&folder)?.with_patience(global.wait).import(inputs)?;
    if is_new {
        complain(&format!("created a database in {}", folder.display()));
    }
    let row = |kind: &str, tally: Tally| {
        let count = |n: usize| Cell::Int(i64::try_from(n).unwrap_or(i64::MAX));
        vec![Cell::from(kind), count(tally.added), count(tally.changed), count(tally.unchanged)]
    };
    let rows = Rows {
        columns: ["records", "added", "changed", "unchanged"].map(Into::into).into(),
        rows: vec![
            row("entities", report.commit.entities),
            row("facts", report.commit.facts),
            row("sources", report.commit.sources),
        ],
    };
    console.rows(&rows, &Language::English)?;
    Ok(Outcome::Found)
}

fn add(path: &Path, inputs: &mut Vec<Input<'static>>) -> Result<(), Error> {
    if path == Path::new("-") {
        inputs.push(Input { name: "standard input".to_owned(), reader: Box::new(BufReader::new(io::stdin())) });
        return Ok(());
    }
    if !path.is_dir() {
        let file = File::open(path).map_err(|error| Error::io("open", path, error))?;
        inputs.push(Input { name: path.display().to_string(), reader: Box::new(BufReader::new(file)) });
        return Ok(());
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(|error| Error::io("list", path, error))? {
        let file = entry.map_err(|error| Error::io("list", path, error))?.path();
        let hidden = file.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if file.extension().is_some_and(|extension| extension == "jsonl") && !hidden {
            files.push(file);
        }
    }
    if files.is_empty() {
        let why = io::Error::new(io::ErrorKind::NotFound, "there is no *.jsonl file in it");
        return Err(Error::io("import", path, why));
    }
    files.sort();
    files.iter().try_for_each(|file| add(file, inputs))
}
