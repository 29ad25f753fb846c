//! Saved queries: statements of the query language with a header that says what they answer.
//!
//! The project's own are compiled in from `queries/`; a folder of the user's stands before them.

mod header;
mod parameter;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

pub use header::HeaderError;
pub use parameter::{ParameterType, QueryParameter};

use super::Error;
use super::words;
use crate::cypher::{Parameters, Value};

include!(concat!(env!("OUT_DIR"), "/queries.rs"));

/// What the files of saved queries end with.
const ENDING: &str = "cypher";

/// A statement with its header.
///
/// The header is the comments in front of the statement, one entry a line:
///
/// ```text
/// // name: rounds-of
/// // en: The funding rounds of a company, the latest first
/// // zh: 一家公司的各轮融资，新的在前
/// // param: company STRING = "月之暗面" -- its name, in any script
/// // param: since DATE = null -- only rounds from then on
/// // example: ailand query rounds-of --param company=智谱
/// MATCH ...
/// ```
///
/// Defaults are JSON; a parameter without one must be given. Types are STRING, INTEGER, FLOAT, BOOLEAN, DATE (also a partial
/// one: `2024-02`) and LIST.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedQuery {
    /// What it is called: the name of its file without the ending.
    pub name: String,
    /// What it answers, in English.
    pub english: String,
    /// What it answers, in Chinese.
    pub chinese: String,
    /// Its parameters, in the order of the header.
    pub parameters: Vec<QueryParameter>,
    /// Command lines that show its use.
    pub examples: Vec<String>,
    /// The statement, with its header, so that places in errors are places in the file.
    pub statement: String,
}

impl SavedQuery {
    /// Reads a query; `place` names the file in errors. `None` when there is no header: the comments in front of the statement
    /// have no entry `name:`.
    ///
    /// # Errors
    /// [`HeaderError`] with the line, when an entry is not as described above.
    ///
    /// # Examples
    /// ```
    /// use ailand::landscape::SavedQuery;
    ///
    /// let text = "// name: one\n// en: One\n// zh: 一\n// param: x INTEGER = 1\n// example: ailand query one\nRETURN $x";
    /// let query = SavedQuery::parse("one.cypher", text)?.unwrap();
    /// assert_eq!((query.name.as_str(), query.parameters[0].name.as_str()), ("one", "x"));
    /// let error = SavedQuery::parse("one.cypher", "// name: one\n// param: x NUMBER\nRETURN $x").unwrap_err();
    /// assert!(error.to_string().starts_with("one.cypher:2: expected a type"));
    /// # Ok::<(), ailand::landscape::HeaderError>(())
    /// ```
    pub fn parse(place: &str, text: &str) -> Result<Option<Self>, HeaderError> {
        header::parse(place, text)
    }

    /// The values of its parameters: those given as text are read by their types, the others have their defaults.
    ///
    /// # Errors
    /// [`Error::Options`] when a text is no value of the type, a parameter has neither value nor default, or there is no parameter of the name.
    pub fn values(&self, given: &BTreeMap<String, String>) -> Result<Parameters, Error> {
        let mut values = Parameters::new();
        for parameter in &self.parameters {
            let value = match (given.get(&parameter.name), &parameter.default) {
                (Some(text), _) => parameter.read(text)?,
                (None, Some(default)) => default.clone(),
                (None, None) => {
                    let message = format!("the query {} needs the parameter {parameter}", self.name);
                    return Err(Error::Options { message });
                }
            };
            values.insert(parameter.name.as_str().into(), value);
        }
        match given.keys().find(|name| self.parameters.iter().all(|parameter| parameter.name != **name)) {
            None => Ok(values),
            Some(unknown) => {
                let own: Vec<String> = self.parameters.iter().map(ToString::to_string).collect();
                let own = if own.is_empty() { "it has none".to_owned() } else { format!("it has {}", own.join(", ")) };
                let message = format!("the query {} has no parameter {unknown:?}; {own}", self.name);
                Err(Error::Options { message })
            }
        }
    }

    /// The defaults of its parameters.
    #[must_use]
    pub fn defaults(&self) -> Parameters {
        let defaults = self.parameters.iter().filter_map(|one| Some((one.name.as_str().into(), one.default.clone()?)));
        defaults.collect()
    }
}

/// The saved queries that are at hand, by name.
///
/// # Examples
/// ```
/// use ailand::landscape::SavedQueries;
///
/// let landscape = ailand::Landscape::bundled()?;
/// let queries = SavedQueries::bundled();
/// let query = queries.get("co-investors")?;
/// let result = landscape.query(&query.statement, &query.defaults())?;
/// assert!(!result.rows.is_empty());
/// # Ok::<(), ailand::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct SavedQueries {
    by_name: BTreeMap<String, Origin>,
}

#[derive(Debug, Clone)]
enum Origin {
    Bundled(&'static str),
    File(PathBuf),
}

impl SavedQueries {
    /// The project's own.
    #[must_use]
    pub fn bundled() -> Self {
        let named = BUNDLED.iter().map(|&(name, text)| (name.to_owned(), Origin::Bundled(text)));
        Self { by_name: named.collect() }
    }

    /// These and the files `*.cypher` of a folder, which come before others of the same name.
    ///
    /// # Errors
    /// [`Error::Io`] when the folder cannot be read. The files are read when they are asked for.
    pub fn with_folder(mut self, folder: &Path) -> Result<Self, Error> {
        let refuse = |error| Error::io("read", folder, error);
        for entry in fs::read_dir(folder).map_err(refuse)? {
            let path = entry.map_err(refuse)?.path();
            let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
            if let Some(name) = name
                && path.extension().is_some_and(|extension| extension == ENDING)
            {
                self.by_name.insert(name, Origin::File(path));
            }
        }
        Ok(self)
    }

    /// The names, in order.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    /// The query of that name. A file without a header is a query that says nothing about itself.
    ///
    /// # Errors
    /// [`Error::UnknownWord`] with similar names, [`Error::Header`], [`Error::Io`].
    pub fn get(&self, name: &str) -> Result<SavedQuery, Error> {
        let Some((name, origin)) = self.by_name.get_key_value(name) else {
            let known = self.names().collect();
            return Err(words::unknown("saved query", name, &known));
        };
        let (place, text) = match origin {
            Origin::Bundled(text) => (format!("queries/{name}.{ENDING}"), (*text).to_owned()),
            Origin::File(path) => {
                let text = fs::read_to_string(path).map_err(|error| Error::io("read", path, error))?;
                (path.display().to_string(), text)
            }
        };
        match SavedQuery::parse(&place, &text)? {
            Some(query) if query.name == *name => Ok(query),
            Some(query) => {
                let message = format!("the name is {}, but the file is called {name}.{ENDING}", query.name);
                Err(HeaderError { place, line: 1, message }.into())
            }
            None => Ok(SavedQuery {
                name: name.clone(),
                english: String::new(),
                chinese: String::new(),
                parameters: Vec::new(),
                examples: Vec::new(),
                statement: text,
            }),
        }
    }

    /// Every query, in the order of the names.
    ///
    /// # Errors
    /// [`Error::Header`] for the first header that is wrong, [`Error::Io`].
    pub fn list(&self) -> Result<Vec<SavedQuery>, Error> {
        self.names().map(|name| self.get(name)).collect()
    }
}

impl QueryParameter {
    /// The default as it stands in the header.
    #[must_use]
    pub fn default_text(&self) -> Option<String> {
        let result = crate::cypher::QueryResult::default();
        self.default.as_ref().map(|value: &Value| result.json(value).to_string())
    }
}
