//! What a commit is asked to do, and what it did.

use crate::model::{Entity, EntityId, Fact, FactId, Source, SourceId};

/// What is to be done in one commit: records to put, and records to retract.
///
/// A record whose id is in the database replaces the one that is there. The order within a kind decides the numbers of
/// new records and nothing else; facts may refer to entities and sources of the same commit. Nothing may be put and
/// retracted in one commit.
///
/// # Examples
/// ```
/// use ailand::model::FactId;
/// use ailand::{Changes, Landscape};
///
/// let landscape = Landscape::bundled()?;
/// let fact = landscape.snapshot()?.fact(0)?.id;
/// let mut changes = Changes::by("a doctest");
/// changes.reason = Some("it was not true".to_owned());
/// changes.retractions.facts.push(fact.clone());
/// let report = landscape.commit(&changes)?;
/// assert_eq!(report.facts.retracted, 1);
/// assert_eq!(landscape.snapshot()?.fact_number(&fact)?, None);
/// # Ok::<(), ailand::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    /// Sources to put.
    pub sources: Vec<Source>,
    /// Entities to put.
    pub entities: Vec<Entity>,
    /// Facts to put.
    pub facts: Vec<Fact>,
    /// Records to retract.
    pub retractions: Retractions,
    /// Gives up the history before this generation, which becomes the oldest one that can be read.
    pub forget_before: Option<u64>,
    /// Who or what commits: a command, an importer with its version, a statement. The log keeps 200 characters of it.
    pub by: String,
    /// Why. The log keeps 500 characters of it.
    pub reason: Option<String>,
}

/// Records that no reader of a later generation shall see. They stay in the history.
///
/// Each id must belong to a record that is visible before the commit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Retractions {
    /// Facts.
    pub facts: Vec<FactId>,
    /// Entities. No fact may be left that mentions them.
    pub entities: Vec<EntityId>,
    /// Sources, with everything that only they say: their evidence is taken from every record, and facts and claims
    /// that have no other are retracted with it. Names stay, without the evidence. Looks at every record: O(N).
    pub sources: Vec<SourceId>,
    /// Entities that are retracted because they are the same as another one, to which their ids lead from now on.
    pub merged: Vec<Merged>,
    /// Ids of merged entities that this commit puts again as entities of their own.
    pub split: Vec<EntityId>,
}

/// An entity that turned out to be another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The entity that is retracted.
    pub absorbed: EntityId,
    /// The entity that its id leads to.
    pub kept: EntityId,
}

impl Changes {
    /// Nothing yet, to be committed by someone.
    #[must_use]
    pub fn by(by: impl Into<String>) -> Self {
        Self { by: by.into(), ..Self::default() }
    }

    /// Whether there is nothing to write.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let puts = self.sources.len() + self.entities.len() + self.facts.len();
        puts == 0 && self.retractions.is_empty() && self.forget_before.is_none()
    }
}

impl Retractions {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.entities.is_empty() && self.sources.is_empty() && self.merged.is_empty()
    }
}

/// What became of the records of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Records that were not there before.
    pub added: usize,
    /// Records that replaced another content.
    pub changed: usize,
    /// Records that were there already, as they are.
    pub unchanged: usize,
    /// Records that were retracted.
    pub retracted: usize,
}

impl Tally {
    /// How many records are other than before.
    #[must_use]
    pub fn touched(self) -> usize {
        self.added + self.changed + self.retracted
    }
}

/// What a commit did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CommitReport {
    /// The generation after it. A commit that changes nothing leaves the generation as it was.
    pub generation: u64,
    /// Sources.
    pub sources: Tally,
    /// Entities.
    pub entities: Tally,
    /// Facts.
    pub facts: Tally,
}

impl CommitReport {
    /// How many records are other than before.
    #[must_use]
    pub fn touched(&self) -> usize {
        self.sources.touched() + self.entities.touched() + self.facts.touched()
    }
}
