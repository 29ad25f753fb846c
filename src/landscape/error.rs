//! Every error of the library, with what can be done about it as data.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error as ThisError;

use super::queries::HeaderError;
use crate::ask::{AskError, Candidate};
use crate::cypher::QueryError;
use crate::draw::DrawError;
use crate::formats::FormatError;
use crate::formats::jsonl::Problem;
use crate::graph::{GraphError, LoadError};
use crate::model::{FactId, ModelError};
use crate::store::StoreError;

/// What can go wrong.
#[derive(Debug, ThisError)]
#[non_exhaustive]
pub enum Error {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A question.
    #[error(transparent)]
    Ask(AskError),
    /// A statement of the query language.
    #[error("{}", statement_error(.0))]
    Query(#[from] QueryError),
    /// The header of a saved query.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// A statement that others kept overtaking.
    #[error("others committed each of the {attempts} times that the statement was about to")]
    Overtaken {
        /// How often it was tried.
        attempts: usize,
    },
    /// A file that is read or written.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// Records that refer to others that are nowhere.
    #[error("{}", list(problems))]
    References {
        /// Each of them, with its place.
        problems: Vec<Problem>,
    },
    /// No entity has the name.
    #[error("no entity is called {name:?}{}", with_label(label.as_deref()))]
    UnknownName {
        /// The name as given.
        name: String,
        /// The label that was asked for.
        label: Option<String>,
        /// Entities with similar names.
        near: Vec<Candidate>,
    },
    /// Several entities have the name.
    #[error("{name:?} names more than one thing")]
    AmbiguousName {
        /// The name as given.
        name: String,
        /// The entities that bear it.
        candidates: Vec<Candidate>,
    },
    /// No fact or entity has the predicate, label or property, or no saved query has the name.
    #[error("no {what} is called {word:?}")]
    UnknownWord {
        /// `predicate`, `label`, `numeric property` or `saved query`.
        what: &'static str,
        /// The word as given.
        word: String,
        /// Similar words that are known, the nearest first.
        near: Vec<String>,
        /// All that are known.
        all: Vec<String>,
    },
    /// A number that cannot be the weight of a step.
    #[error("fact {fact} has {property} {weight}: expected a weight of 0 or more")]
    Weight {
        /// The property that was to be the weight.
        property: String,
        /// The fact.
        fact: FactId,
        /// The number.
        weight: f64,
    },
    /// Options that make no sense, alone or together.
    #[error("{message}")]
    Options {
        /// What is wrong, and what was expected.
        message: String,
    },
    /// The graph cannot be loaded.
    #[error(transparent)]
    Load(LoadError),
    /// A picture.
    #[error(transparent)]
    Draw(DrawError),
    /// A file of the user.
    #[error("cannot {action} {}: {error}", path.display())]
    Io {
        /// What was attempted.
        action: &'static str,
        /// On which file.
        path: PathBuf,
        /// What the system answered.
        #[source]
        error: io::Error,
    },
}

fn with_label(label: Option<&str>) -> String {
    label.map(|label| format!(" and has the label {label}")).unwrap_or_default()
}

/// The message of a statement's error, and the line that it is about with the place marked.
fn statement_error(error: &QueryError) -> String {
    match error.excerpt() {
        Some(excerpt) => format!("{error}\n{excerpt}"),
        None => error.to_string(),
    }
}

/// The first problems, one a line.
fn list(problems: &[Problem]) -> String {
    const SHOWN: usize = 10;
    let mut lines: Vec<String> = problems.iter().take(SHOWN).map(ToString::to_string).collect();
    if problems.len() > SHOWN {
        lines.push(format!("and {} more", problems.len() - SHOWN));
    }
    lines.join("\n")
}

impl Error {
    /// A record that an article would make and that cannot be.
    pub(crate) fn model(error: ModelError) -> Self {
        Self::Options { message: error.to_string() }
    }

    /// An error of the system about a file.
    #[must_use]
    pub fn io(action: &'static str, path: &Path, error: io::Error) -> Self {
        Self::Io { action, path: path.to_owned(), error }
    }

    /// A short word for programs: `not_understood`, `ambiguous_name`, `locked`, ...
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Ask(AskError::Ambiguous { .. }) | Self::AmbiguousName { .. } => "ambiguous_name",
            Self::Ask(AskError::WrongKind { .. }) => "wrong_kind",
            Self::Ask(AskError::Empty) => "empty_question",
            Self::Ask(AskError::EmptyDatabase) => "empty_database",
            Self::Ask(AskError::TooLong { .. }) => "too_long",
            Self::Ask(_) => "not_understood",
            Self::UnknownName { .. } => "unknown_name",
            Self::UnknownWord { what: "predicate", .. } => "unknown_predicate",
            Self::UnknownWord { what: "label", .. } => "unknown_label",
            Self::UnknownWord { what: "saved query", .. } => "unknown_query",
            Self::UnknownWord { .. } => "unknown_property",
            Self::Weight { .. } => "bad_weight",
            Self::Options { .. } => "bad_options",
            Self::Query(error) => error.kind().word(),
            Self::Header(_) => "bad_header",
            Self::Overtaken { .. } => "overtaken",
            Self::Format(_) => "bad_input",
            Self::References { .. } | Self::Store(StoreError::UnknownReference { .. }) => "unknown_reference",
            Self::Store(StoreError::Record { .. }) => "bad_record",
            Self::Store(StoreError::NothingToRetract { .. } | StoreError::Retracted { .. }) => "unknown_record",
            Self::Store(StoreError::Mentioned { .. }) => "mentioned",
            Self::Store(StoreError::Merged { .. }) => "merged",
            Self::Store(StoreError::NotMerged { .. }) => "not_merged",
            Self::Store(StoreError::NoSuchGeneration { .. }) => "unknown_generation",
            Self::Store(StoreError::Contradiction { .. }) => "bad_options",
            Self::Store(StoreError::NotFound { .. }) => "no_database",
            Self::Store(StoreError::NotADatabase { .. }) => "not_a_database",
            Self::Store(StoreError::NewerFormat { .. }) => "newer_format",
            Self::Store(StoreError::Locked { .. }) => "locked",
            Self::Store(StoreError::Exists { .. }) => "exists",
            Self::Store(StoreError::NotABackup { .. }) => "not_a_backup",
            Self::Store(StoreError::Damaged { .. } | StoreError::DamagedBackup { .. }) => "damaged",
            Self::Store(_) | Self::Io { .. } => "io",
            Self::Load(_) => "graph",
            Self::Draw(DrawError::NoGraphviz { .. }) => "no_graphviz",
            Self::Draw(_) => "draw",
        }
    }

    /// What the reader of the message can do about it.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Store(error) => error.hint(),
            Self::Ask(error) => error.hint(),
            Self::References { .. } => {
                Some("correct these records, or add those that are missing; nothing was changed".to_owned())
            }
            Self::UnknownName { near, .. } if near.is_empty() => Some("`ailand find` searches names".to_owned()),
            Self::UnknownName { .. } => Some("is one of these meant?".to_owned()),
            Self::AmbiguousName { name, candidates } => {
                let label = candidates.first().and_then(|one| one.labels.first()).map_or("Startup", String::as_str);
                Some(format!("name one of them by its id, or by its label as in {name}@{label}"))
            }
            Self::UnknownWord { near, all, .. } if near.is_empty() => Some(format!("known are {}", all.join(", "))),
            Self::UnknownWord { near, .. } => Some(format!("is {} meant?", near.join(" or "))),
            Self::Query(error) => error.hint().map(str::to_owned),
            Self::Overtaken { .. } => Some("try again when less is written".to_owned()),
            Self::Header(_) => Some("docs/cypher.md describes the headers of saved queries".to_owned()),
            Self::Weight { .. } | Self::Options { .. } => None,
            Self::Format(_) => Some("docs/data-format.md describes the format; nothing was changed".to_owned()),
            Self::Draw(error) => error.hint(),
            Self::Load(_) | Self::Io { .. } => None,
        }
    }

    /// The entities that might have been meant.
    #[must_use]
    pub fn candidates(&self) -> &[Candidate] {
        match self {
            Self::Ask(error) => error.candidates(),
            Self::UnknownName { near, .. } => near,
            Self::AmbiguousName { candidates, .. } => candidates,
            _ => &[],
        }
    }
}

impl From<DrawError> for Error {
    fn from(error: DrawError) -> Self {
        match error {
            DrawError::Store(error) => Self::Store(error),
            other => Self::Draw(other),
        }
    }
}

impl From<LoadError> for Error {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Store(error) => Self::Store(error),
            other => Self::Load(other),
        }
    }
}

impl From<GraphError> for Error {
    fn from(error: GraphError) -> Self {
        Self::Load(LoadError::Graph(error))
    }
}
