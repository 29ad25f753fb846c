//! The key of a document.

use serde::Deserialize;
use serde_json::{Map, Value};

/// A fact of a key.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct KeyFact {
    /// The name of the subject.
    pub subject: String,
    /// The predicate.
    pub predicate: String,
    /// The name of the object; none for `RAISED`.
    #[serde(default)]
    pub object: Option<String>,
    /// What is said about it. `claimed_by` is the name of who asserts the fact.
    #[serde(default)]
    pub props: Map<String, Value>,
    /// How the text puts it, when the key says so: `asserted`, `reported`, `planned`, `denied`.
    #[serde(default)]
    pub modality: Option<String>,
    /// The words that state it.
    #[serde(default)]
    pub evidence: Option<String>,
    /// Where the evidence begins, in characters.
    #[serde(default)]
    pub start: Option<u32>,
    /// Where it ends.
    #[serde(default)]
    pub end: Option<u32>,
    /// `core` must be found; anything else may be found. Forbidden facts have none.
    #[serde(default)]
    pub tier: Option<String>,
}

impl KeyFact {
    /// Whether the fact must be found.
    #[must_use]
    pub fn is_core(&self) -> bool {
        self.tier.as_deref() == Some("core")
    }
}

/// An entity of a key.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct KeyEntity {
    /// The name that the facts use.
    pub name: String,
    /// What it is.
    #[serde(default)]
    pub label: String,
    /// Every spelling in the text.
    #[serde(default)]
    pub surfaces: Vec<String>,
}

/// A line of a key could not be read.
#[derive(Debug, thiserror::Error)]
#[error("line {line} of the key: {source}")]
pub struct KeyError {
    /// The line, from 1.
    pub line: usize,
    /// What the reader of JSON says.
    #[source]
    pub source: serde_json::Error,
}

/// What a document states, and what it must not be said to state.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Key {
    /// The facts, of all tiers.
    pub facts: Vec<KeyFact>,
    /// The entities, for their spellings. May be empty.
    pub entities: Vec<KeyEntity>,
    /// Facts that must not be found.
    pub forbidden: Vec<KeyFact>,
}

impl Key {
    /// Reads a key from the JSON Lines of its facts, its entities and its forbidden facts; the last two may be empty.
    ///
    /// # Errors
    /// [`KeyError`] with the first line that is not as it should be.
    pub fn read(facts: &str, entities: &str, forbidden: &str) -> Result<Self, KeyError> {
        Ok(Self { facts: lines(facts)?, entities: lines(entities)?, forbidden: lines(forbidden)? })
    }
}

fn lines<T: for<'d> Deserialize<'d>>(text: &str) -> Result<Vec<T>, KeyError> {
    (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| serde_json::from_str(line).map_err(|source| KeyError { line: number, source }))
        .collect()
}
