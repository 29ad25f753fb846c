//! Reading the header of a saved query.

use thiserror::Error as ThisError;

use super::SavedQuery;
use super::parameter::QueryParameter;

/// A header that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
#[error("{place}:{line}: {message}")]
pub struct HeaderError {
    /// The file.
    pub place: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, and what was expected.
    pub message: String,
}

/// The keys of entries.
const KEYS: &str = "name, en, zh, param or example";

/// An entry of a header: `// key: value`. `None` for any other comment.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.trim().strip_prefix("//")?.split_once(':')?;
    let key = key.trim();
    (!key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase())).then_some((key, value.trim()))
}

/// Whether a text can be the name of a query: it must fit a file name and a command line.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
}

pub(super) fn parse(place: &str, text: &str) -> Result<Option<SavedQuery>, HeaderError> {
    let comments =
        || (1..).zip(text.lines()).take_while(|(_, line)| line.trim().starts_with("//") || line.trim().is_empty());
    if comments().filter_map(|(_, line)| entry(line)).all(|(key, _)| key != "name") {
        return Ok(None);
    }
    let (mut name, mut english, mut chinese) = (None, None, None);
    let (mut parameters, mut examples): (Vec<QueryParameter>, Vec<String>) = (Vec::new(), Vec::new());
    let mut last = 1;
    for (line, comment) in comments() {
        let refuse = |message: String| HeaderError { place: place.to_owned(), line, message };
        let Some((key, value)) = entry(comment) else { continue };
        last = line;
        if value.is_empty() {
            return Err(refuse(format!("expected something behind {key}:")));
        }
        let once = |slot: &mut Option<String>| match slot.replace(value.to_owned()) {
            None => Ok(()),
            Some(_) => Err(refuse(format!("there is a second entry {key}:"))),
        };
        match key {
            "name" if !is_name(value) => {
                return Err(refuse(format!("expected a name of letters, digits, - and _, found {value:?}")));
            }
            "name" => once(&mut name)?,
            "en" => once(&mut english)?,
            "zh" => once(&mut chinese)?,
            "param" => {
                let parameter = QueryParameter::parse(value).map_err(refuse)?;
                if parameters.iter().any(|other| other.name == parameter.name) {
                    return Err(refuse(format!("there is a second parameter {}", parameter.name)));
                }
                parameters.push(parameter);
            }
            "example" => examples.push(value.to_owned()),
            other => return Err(refuse(format!("expected {KEYS}, found {other:?}"))),
        }
    }
    let missing = |key: &str| HeaderError {
        place: place.to_owned(),
        line: last,
        message: format!("the header has no entry {key}:"),
    };
    Ok(Some(SavedQuery {
        name: name.ok_or_else(|| missing("name"))?,
        english: english.ok_or_else(|| missing("en"))?,
        chinese: chinese.ok_or_else(|| missing("zh"))?,
        parameters,
        examples,
        statement: text.to_owned(),
    }))
}
