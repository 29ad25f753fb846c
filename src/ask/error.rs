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
    #[error("it is not clear what is asked about {about}")]
    NoMeaning {
        /// The names in the question, or a word for "nothing".
        about: String,
    },
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
    Load(#[from] LoadError),
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

impl AskError {
    /// What the reader of the message can do about it.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Empty | Self::NoMeaning { .. } => Some(format!("it can be asked:\n  {}", EXAMPLES.join("\n  "))),
            Self::NotUnderstood { near, .. } if near.is_empty() => {
                Some(format!("it can be asked:\n  {}", EXAMPLES.join("\n  ")))
            }
            Self::NotUnderstood { .. } => Some("is one of these meant?".to_owned()),
            Self::Ambiguous { .. } => Some("name one of them by its id in the question".to_owned()),
            Self::TooLong { .. } | Self::WrongKind { .. } | Self::Graph(_) => None,
            Self::Store(error) | Self::Load(LoadError::Store(error)) => error.hint(),
            Self::Load(_) => None,
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
