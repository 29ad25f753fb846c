//! Documents and data sets that evidence points to.

use serde::{Deserialize, Serialize};

use super::{Language, ModelError, PartialDate, SourceId};

/// How far a source can be trusted.
///
/// The order is the order of trust, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reliability {
    /// The outlet itself or a primary document.
    A,
    /// A republication, or a thin report.
    B,
    /// Weak: only to be used beside a better one.
    C,
}

impl Reliability {
    /// The letter.
    #[must_use]
    pub fn letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        }
    }

    /// Reads the letter.
    ///
    /// # Errors
    /// [`ModelError::Word`] for anything but `A`, `B` and `C`.
    pub fn parse(text: &str) -> Result<Self, ModelError> {
        match text {
            "A" => Ok(Self::A),
            "B" => Ok(Self::B),
            "C" => Ok(Self::C),
            other => Err(ModelError::Word { field: "reliability", text: other.to_owned(), expected: "A, B, C" }),
        }
    }
}

/// A document or data set that facts were read in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The identifier that evidence refers to.
    pub id: SourceId,
    /// What it is: `page`, `repo`, `article`, `table`, ...
    pub kind: String,
    /// The title as printed.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it was read. Only addresses of reliability A and B are worth a link.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<PartialDate>,
    /// The language it is written in.
    pub language: Option<Language>,
    /// A hash of the text that was read, as `algorithm:hex`.
    pub content_hash: Option<String>,
    /// The licence of the source, where it states one.
    pub license: Option<String>,
    /// How far it can be trusted.
    pub reliability: Reliability,
}

impl Source {
    /// The address, when it may be offered as a link: republished copies of the weakest sort are not linked.
    #[must_use]
    pub fn link(&self) -> Option<&str> {
        match self.reliability {
            Reliability::A | Reliability::B => self.url.as_deref(),
            Reliability::C => None,
        }
    }
}
