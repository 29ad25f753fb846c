//! Where a statement and the values of its parameters come from.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::cypher::{Parameters, Value};
use crate::landscape::{Error, SavedQueries, SavedQuery};

/// A longer statement or file of parameters is not read.
const LONGEST: u64 = 64 << 20;
/// The folder of saved queries in the working folder.
const FOLDER: &str = "queries";

/// A statement, and the saved query that it is, if it is one.
pub(in crate::cli) struct Source {
    pub(in crate::cli) statement: String,
    pub(in crate::cli) saved: Option<SavedQuery>,
}

/// The saved queries that the user has: those of the folder, of `./queries`, and the project's own.
pub(in crate::cli) fn saved(folder: Option<&Path>) -> Result<SavedQueries, Error> {
    let mut queries = SavedQueries::bundled();
    let own = Path::new(FOLDER);
    if own.is_dir() {
        queries = queries.with_folder(own)?;
    }
    match folder {
        Some(folder) => queries.with_folder(folder),
        None => Ok(queries),
    }
}

/// Whether a word can only be the name of a saved query: no statement is a single word.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

impl Source {
    /// What `-`, a file, a name or a statement stands for.
    ///
    /// # Errors
    /// A file that cannot be read, a name that no saved query has.
    pub(in crate::cli) fn of(text: &str, folder: Option<&Path>) -> Result<Self, Error> {
        let path = Path::new(text);
        let is_file = path.extension().is_some_and(|ending| ending == "cypher" || ending == "cql");
        if text == "-" {
            let place = Path::new("standard input");
            return Self::read("standard input", read(place, io::stdin().lock())?);
        }
        if is_file || (!text.contains('\n') && path.is_file()) {
            let file = fs::File::open(path).map_err(|error| Error::io("read", path, error))?;
            return Self::read(text, read(path, file)?);
        }
        if is_word(text) {
            let query = saved(folder)?.get(text)?;
            return Ok(Self { statement: query.statement.clone(), saved: Some(query) });
        }
        Ok(Self { statement: text.to_owned(), saved: None })
    }

    /// A file; one with a header is a saved query.
    fn read(place: &str, text: String) -> Result<Self, Error> {
        let saved = SavedQuery::parse(place, &text)?;
        Ok(Self { statement: text, saved })
    }

    /// The values of the parameters. Those of a saved query are read by their types; others are JSON where they can be read as
    /// that, and text otherwise.
    ///
    /// # Errors
    /// What is wrong with them.
    pub(in crate::cli) fn parameters(
        &self,
        given: &[(String, String)],
        file: Option<&Path>,
    ) -> Result<Parameters, Error> {
        let typed = |name: &str| self.saved.iter().flat_map(|query| &query.parameters).any(|own| own.name == name);
        let mut values = match &self.saved {
            // A query that says nothing about itself takes any parameter.
            Some(query) if !query.parameters.is_empty() || !query.english.is_empty() => {
                let of_file = file.map(read_parameters).transpose()?.unwrap_or_default();
                let given: BTreeMap<String, String> = given.iter().cloned().collect();
                let known: Vec<&str> = query.parameters.iter().map(|one| one.name.as_str()).collect();
                let mut query = query.clone();
                for own in &mut query.parameters {
                    if let Some(value) = of_file.get(own.name.as_str()) {
                        own.default = Some(value.clone());
                    }
                }
                if let Some(unknown) = of_file.keys().find(|name| !known.contains(&&***name)) {
                    let message = format!("the query {} has no parameter {unknown:?}", query.name);
                    return Err(Error::Options { message });
                }
                return query.values(&given);
            }
            _ => file.map(read_parameters).transpose()?.unwrap_or_default(),
        };
        for (name, text) in given.iter().filter(|(name, _)| !typed(name)) {
            values.insert(name.as_str().into(), read_value(text));
        }
        Ok(values)
    }
}

/// A value that is typed without a type: JSON, or else text.
pub(in crate::cli) fn read_value(text: &str) -> Value {
    serde_json::from_str::<Json>(text).map_or_else(|_| Value::from(text), |json| Value::from(&json))
}

fn read(place: &Path, from: impl Read) -> Result<String, Error> {
    let refuse = |error| Error::io("read", place, error);
    let mut text = String::new();
    let mut from = from.take(LONGEST + 1);
    from.read_to_string(&mut text).map_err(refuse)?;
    if text.len() as u64 > LONGEST {
        return Err(refuse(io::Error::other(format!("it is longer than {} MB", LONGEST >> 20))));
    }
    Ok(text)
}

fn read_parameters(file: &Path) -> Result<Parameters, Error> {
    let opened = fs::File::open(file).map_err(|error| Error::io("read", file, error))?;
    let text = read(file, opened)?;
    let refuse = |why: String| Error::Options { message: format!("{}: {why}", file.display()) };
    match serde_json::from_str(&text) {
        Ok(Json::Object(object)) => {
            Ok(object.iter().map(|(name, value)| (name.as_str().into(), Value::from(value))).collect())
        }
        Ok(_) => Err(refuse("expected a JSON object of parameters by name".to_owned())),
        Err(error) => Err(refuse(error.to_string())),
    }
}

/// Reads `NAME=VALUE`.
pub(in crate::cli) fn assignment(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().trim_start_matches('$').to_owned(), value.to_owned()))
        }
        _ => Err("expected NAME=VALUE, such as company=智谱".to_owned()),
    }
}

/// A place for saved queries beside the usual ones.
#[derive(Debug, Clone, clap::Args)]
pub(in crate::cli) struct FolderArgument {
    /// A folder of saved queries, *.cypher, beside ./queries and the bundled ones
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub(in crate::cli) queries: Option<PathBuf>,
}
