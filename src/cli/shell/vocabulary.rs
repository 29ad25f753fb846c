//! The words that the shell completes.

use std::sync::Arc;

use crate::cypher::{Limits, Options, Parameters, Value, keywords};
use crate::landscape::{Error, Landscape, SavedQueries};

/// How many names are proposed.
const NAMES: i64 = 12;

/// Words of the language and of the database.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    pub(super) keywords: Vec<String>,
    pub(super) labels: Vec<String>,
    pub(super) types: Vec<String>,
    pub(super) keys: Vec<String>,
    pub(super) functions: Vec<String>,
    pub(super) procedures: Vec<String>,
    pub(super) saved: Vec<String>,
}

/// The first column of what a statement finds, as text.
fn column(landscape: &Landscape, statement: &str, parameters: Parameters) -> Result<Vec<String>, Error> {
    let limits = Limits { time: Some(std::time::Duration::from_secs(5)), ..Limits::default() };
    let options = Options { read_only: true, limits, ..Options::default() };
    let mut words = Vec::new();
    for row in landscape.session()?.rows(statement, &Arc::new(parameters), &options)? {
        if let Some(Value::Text(word)) = row?.first() {
            words.push(word.to_string());
        }
    }
    Ok(words)
}

impl Vocabulary {
    /// Reads the words of a database.
    pub(super) fn of(landscape: &Landscape, saved: &SavedQueries) -> Result<Self, Error> {
        let all = |statement: &str| column(landscape, statement, Parameters::new());
        Ok(Self {
            keywords: keywords().map(str::to_owned).collect(),
            labels: all("CALL db.labels()")?,
            types: all("CALL db.relationshipTypes()")?,
            keys: all("CALL db.propertyKeys()")?,
            functions: all("CALL dbms.functions()")?,
            procedures: all("CALL dbms.procedures()")?,
            saved: saved.names().map(str::to_owned).collect(),
        })
    }
}

/// The names that begin so, or are like it.
pub(super) fn names(landscape: &Landscape, text: &str) -> Vec<String> {
    let parameters = Parameters::from([("text".into(), text.into()), ("most".into(), Value::Int(NAMES))]);
    let statement = "CALL ailand.find($text, $most) YIELD name RETURN DISTINCT name";
    column(landscape, statement, parameters).unwrap_or_default()
}
