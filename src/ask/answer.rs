//! The answer to a question, as a value.

use crate::model::{Cell, EntityId, FactId, Language, Rows, Source};

/// What kind of answer it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerKind {
    /// Entities, each with the facts that make it an answer.
    Entities,
    /// One value.
    Value,
    /// Rows of figures.
    Table,
    /// A way from one entity to another.
    Path,
    /// Yes or no.
    Boolean,
}

impl AnswerKind {
    /// The word in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Entities => "entities",
            Self::Value => "value",
            Self::Table => "table",
            Self::Path => "path",
            Self::Boolean => "boolean",
        }
    }
}

/// An entity that is part of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// Its id.
    pub id: EntityId,
    /// Its name, in the language of the question.
    pub name: String,
    /// Its labels.
    pub labels: Vec<String>,
    /// The facts that make it an answer.
    pub facts: Vec<FactId>,
}

/// What was understood, what is known about it, and who says so.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The question as asked.
    pub question: String,
    /// Its language and script; names are shown in it.
    pub language: Language,
    /// What was understood.
    pub interpretation: String,
    /// What kind of answer it is.
    pub kind: AnswerKind,
    /// The facts, one a row. The last column, `sources`, lists ids of [`Answer::sources`].
    pub rows: Rows,
    /// The entities that answer the question.
    pub answers: Vec<Answered>,
    /// The value, for questions that ask for one.
    pub value: Option<Cell>,
    /// The number of hops, for paths.
    pub length: Option<usize>,
    /// What the answer rests on, in the order in which the rows name them.
    pub sources: Vec<Source>,
    /// What a reader should know beside the rows.
    pub note: Option<String>,
}

impl Answer {
    /// Whether nothing is known.
    ///
    /// A count of none and a "no" are nothing too: no fact stands behind them.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.rows.rows.is_empty() && self.length.is_none()
    }
}
