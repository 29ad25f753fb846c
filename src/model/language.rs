//! Languages and scripts of names and answers.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The language, and for Chinese the script, that a name is written in.
///
/// The text form is a BCP 47 tag: `zh-Hans`, `zh-Hant`, `en`, or any other tag as it was given.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Language {
    /// English, and Latin script in general.
    English,
    /// Chinese in Simplified characters.
    Simplified,
    /// Chinese in Traditional characters.
    Traditional,
    /// Any other language, by its tag.
    Other(Box<str>),
}

impl Language {
    /// The BCP 47 tag.
    #[must_use]
    pub fn tag(&self) -> &str {
        match self {
            Self::English => "en",
            Self::Simplified => "zh-Hans",
            Self::Traditional => "zh-Hant",
            Self::Other(tag) => tag,
        }
    }

    /// Whether this is Chinese in either script.
    #[must_use]
    pub fn is_chinese(&self) -> bool {
        matches!(self, Self::Simplified | Self::Traditional)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl From<String> for Language {
    fn from(tag: String) -> Self {
        Self::from(tag.as_str())
    }
}

impl From<&str> for Language {
    fn from(tag: &str) -> Self {
        match tag {
            "en" => Self::English,
            "zh-Hans" => Self::Simplified,
            "zh-Hant" => Self::Traditional,
            other => Self::Other(other.into()),
        }
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.tag().to_owned()
    }
}
