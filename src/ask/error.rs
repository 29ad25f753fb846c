//! What keeps a question from being answered.

use thiserror::Error;

use crate::graph::{GraphError, LoadError};
use crate::model::EntityId;
use crate::store::StoreError;

/// An entity that might have been meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its id.
    pub id: EntityId,
    /// Its name, in the language of the question.
    pub name: String,
    /// Its labels.
    pub labels: Vec<String>,
}

/// A question that has no answer, or not only one.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum AskError {
    /// Nothing was asked.
    #[error("the question is empty")]
    Empty,
    /// The question is longer than any question.
    #[error("the question has {length} characters; at most {limit} are read")]
    TooLong {
        /// Its length in characters.
        length: usize,
        /// The longest that is read.
        limit: usize,
    },
    /// A part of the question was not understood.
    #[error("not understood: {part:?}")]
    NotUnderstood {
        /// The part, in the words of the question.
        part: String,
        /// Names that are like it.
        near: Vec<Candidate>,
    },
    /// Every word is known, but not what is asked.
    #[error("it is not clear what is asked{}", about_names(about.as_deref()))]
    NoMeaning {
        /// The names in the question, if it has any.
        about: Option<String>,
    },
    /// The database knows nothing that could be asked about.
    #[error("the database holds no entities")]
    EmptyDatabase,
    /// A name belongs to several entities, and the question does not tell which one is meant.
    #[error("{text:?} names more than one thing")]
    Ambiguous {
        /// The name, in the words of the question.
        text: String,
        /// The entities that bear it.
        candidates: Vec<Candidate>,
    },
    /// The named entity is not of the kind that is asked about.
    #[error("{text:?} is {found}; this can be asked about {expected}")]
    WrongKind {
        /// The name, in the words of the question.
        text: String,
        /// What it is.
        found: String,
        /// What it would have to be.
        expected: String,
        /// The entities that bear the name.
        candidates: Vec<Candidate>,
    },
    /// The database could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The graph could not be searched.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// The graph could not be loaded.
    #[error(transparent)]
    Load(LoadError),
}

fn about_names(names: Option<&str>) -> String {
    names.map(|names| format!(" about {names}")).unwrap_or_default()
}

impl From<LoadError> for AskError {
    /// What is wrong with the database is told as such, wherever it was met.
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Store(error) => Self::Store(error),
            LoadError::Graph(error) => Self::Graph(error),
            other => Self::Load(other),
        }
    }
}

/// What can be asked, one line for each kind of question.
pub const EXAMPLES: &[&str] = &[
    "who invested in 月之暗面            谁领投了智谱            誰投資了月之暗面",
    "what did Alibaba invest in         红杉投资了哪些公司      紅杉投資了哪些公司",
    "who invested in both X and Y       同时投资了X和Y的机构    X和Y的共同投資人",
    "who founded X, what did P found    谁创办了X               P創辦了什麼",
    "who is the CEO of X                X的CEO是谁              X的執行長是誰",
    "where was P before                 P之前在哪里工作         P之前在哪裡",
    "which models did X develop         M是谁开发的             X有哪些模型",
    "what was M benchmarked against     M对标什么               M超越了哪些模型",
    "how much did X raise, when, at what valuation    X融资多少    X的估值",
    "how are X and Y connected          X和Y有什么关系          X和Y有什麼關係",
];

const CAN_BE_ASKED: &str = "it can be asked who invested, led, founded, runs, developed or acquired what, how much was raised, how models compare";

impl AskError {
    /// What the reader of the message can do about it.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Empty | Self::NoMeaning { .. } => Some(CAN_BE_ASKED.to_owned()),
            Self::NotUnderstood { near, .. } if near.is_empty() => Some(CAN_BE_ASKED.to_owned()),
            Self::NotUnderstood { .. } => Some("is one of these meant?".to_owned()),
            Self::Ambiguous { .. } => Some("name one of them by its id in the question".to_owned()),
            Self::EmptyDatabase => {
                Some("`ailand import` adds records; another database has the bundled landscape".to_owned())
            }
            Self::TooLong { .. } | Self::WrongKind { .. } | Self::Graph(_) | Self::Load(_) => None,
            Self::Store(error) => error.hint(),
        }
    }

    /// Whether examples of questions would help ([`EXAMPLES`]).
    #[must_use]
    pub fn wants_examples(&self) -> bool {
        match self {
            Self::Empty | Self::NoMeaning { .. } => true,
            Self::NotUnderstood { near, .. } => near.is_empty(),
            _ => false,
        }
    }

    /// The entities that might have been meant.
    #[must_use]
    pub fn candidates(&self) -> &[Candidate] {
        match self {
            Self::NotUnderstood { near, .. } => near,
            Self::Ambiguous { candidates, .. } | Self::WrongKind { candidates, .. } => candidates,
            _ => &[],
        }
    }
}
