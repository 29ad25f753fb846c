//! `ailand eval`

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use crate::extract::score::{Count, Key, Score, score};
use crate::formats::RowFormat;
use crate::landscape::{Error, IngestOptions, Landscape};
use crate::model::{Cell, Column, Language, Rows};
use crate::store::StoreError;

use super::args::Global;
use super::articles::{self, About};
use super::error::{CliError, Outcome};
use super::output::Console;

/// Measure what is read in an article against a key
///
/// The key is JSON Lines: {"subject", "predicate", "object", "props", "evidence", "start", "end", "tier"}; those of tier
/// core must be found, others may be. Files of the same name with entities or negatives in the place of facts
/// (x_facts.jsonl, x_entities.jsonl, x_negatives.jsonl) are read as well: spellings, and facts that must not be found.
///
/// Exit codes: 0 measured, 2 a file cannot be read.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ailand eval seed_facts.jsonl article.txt --published 2024-02-28\n  \
    ailand eval key.jsonl article.txt --forbidden negatives.jsonl --errors\n  \
    ailand eval key.jsonl article.txt --no-names --format json")]
pub(super) struct Eval {
    /// The facts that the article states
    #[arg(value_name = "KEY.jsonl", value_hint = clap::ValueHint::FilePath)]
    key: PathBuf,
    /// The article
    #[arg(value_name = "ARTICLE", value_hint = clap::ValueHint::FilePath)]
    article: PathBuf,
    #[command(flatten)]
    about: About,
    /// Spellings of the entities of the key
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    entities: Option<PathBuf>,
    /// Facts that must not be found
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    forbidden: Option<PathBuf>,
    /// Read the article as if no name were known
    #[arg(long)]
    no_names: bool,
    /// List what is wrong, missed or not quite right
    #[arg(long)]
    errors: bool,
}

pub(super) fn run(command: &Eval, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let key = key(command)?;
    let article = articles::read(&command.article, &command.about)?;
    let landscape = if command.no_names { Landscape::in_memory() } else { known(global)? };
    let found = landscape.extraction(&article, IngestOptions::default())?;
    let score = score(&found, &key);
    match console.format() {
        RowFormat::Json | RowFormat::Jsonl => {
            let count = |count: &Count| {
                json!({
                    "right": count.right, "wrong": count.wrong, "missed": count.missed,
                    "precision": rounded(count.precision()), "recall": rounded(count.recall()), "f1": rounded(count.f1()),
                })
            };
            let predicates: serde_json::Map<_, _> =
                score.predicates.iter().map(|(predicate, one)| (predicate.clone(), count(one))).collect();
            console.json(&json!({
                "all": count(&score.all),
                "predicates": predicates,
                "attributes": {
                    "right": score.attributes.1, "all": score.attributes.0, "accuracy": rounded(score.attribute_accuracy()),
                },
                "spans": {"overlapping": score.spans.1, "all": score.spans.0, "share": rounded(score.span_overlap())},
                "forbidden": score.forbidden,
                "errors": score.errors,
            }))?;
        }
        _ => print(&score, command.errors, console)?,
    }
    Ok(Outcome::Found)
}

/// The database when there is one, else the bundled landscape: measuring leaves nothing behind.
fn known(global: &Global) -> Result<Landscape, Error> {
    match Landscape::open(global.folder()?) {
        Err(Error::Store(StoreError::NotFound { .. })) => Landscape::bundled(),
        other => Ok(other?.with_patience(global.wait)),
    }
}

fn key(command: &Eval) -> Result<Key, Error> {
    let text = |path: &Path| fs::read_to_string(path).map_err(|error| Error::io("read", path, error));
    let facts = text(&command.key)?;
    let other = |given: &Option<PathBuf>, word: &str| match given {
        Some(path) => text(path),
        None => match sibling(&command.key, word).filter(|path| path.is_file()) {
            Some(path) => text(&path),
            None => Ok(String::new()),
        },
    };
    let (entities, forbidden) = (other(&command.entities, "entities")?, other(&command.forbidden, "negatives")?);
    Key::read(&facts, &entities, &forbidden)
        .map_err(|error| Error::io("read", &command.key, io::Error::new(io::ErrorKind::InvalidData, error.to_string())))
}

/// The file that is called as the key is, with another word for "facts".
fn sibling(key: &Path, word: &str) -> Option<PathBuf> {
    let name = key.file_name()?.to_str()?;
    name.contains("facts").then(|| key.with_file_name(name.replace("facts", word)))
}

fn print(score: &Score, with_errors: bool, console: &mut Console) -> io::Result<()> {
    let columns = ["predicate", "right", "wrong", "missed", "precision", "recall", "F1"];
    let mut rows = Rows { columns: columns.map(Column::from).into(), rows: Vec::new() };
    let all = ("all".to_owned(), score.all);
    let predicates = score.predicates.iter().map(|(predicate, count)| (predicate.clone(), *count));
    for (predicate, count) in predicates.chain([all]) {
        let number = |n: usize| Cell::Int(i64::try_from(n).unwrap_or(i64::MAX));
        let share = |share: f64| Cell::from(format!("{share:.3}"));
        rows.rows.push(vec![
            Cell::from(predicate),
            number(count.right),
            number(count.wrong),
            number(count.missed),
            share(count.precision()),
            share(count.recall()),
            share(count.f1()),
        ]);
    }
    console.rows(&rows, &Language::English)?;
    console.gap();
    let (attributes, spans) = (score.attributes, score.spans);
    console.line(&format!(
        "attributes: {} of {} right ({:.3})",
        attributes.1,
        attributes.0,
        score.attribute_accuracy()
    ))?;
    console.line(&format!("spans: {} of {} overlap the key's ({:.3})", spans.1, spans.0, score.span_overlap()))?;
    console.line(&format!("forbidden facts: {}", score.forbidden.len()))?;
    for fact in &score.forbidden {
        console.item(fact)?;
    }
    if with_errors && !score.errors.is_empty() {
        console.gap();
        console.heading(&format!("errors ({})", score.errors.len()))?;
        for error in &score.errors {
            console.item(error)?;
        }
    }
    Ok(())
}

fn rounded(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}
