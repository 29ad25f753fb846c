//! What a line holds.

use crate::model::{Entity, Fact, Source};

/// One line of a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    /// A thing with names and claims; its first key is `entity`.
    Entity(Entity),
    /// A relation between two things; its first key is `fact`.
    Fact(Fact),
    /// A document that evidence points to; its first key is `source`.
    Source(Source),
}

impl Record {
    /// The record's id, whatever it identifies.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Entity(entity) => entity.id.as_str(),
            Self::Fact(fact) => fact.id.as_str(),
            Self::Source(source) => source.id.as_str(),
        }
    }

    /// The key that begins such a record: `entity`, `fact` or `source`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Entity(_) => "entity",
            Self::Fact(_) => "fact",
            Self::Source(_) => "source",
        }
    }
}
