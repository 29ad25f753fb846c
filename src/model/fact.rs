//! Relations between things.

use super::{EntityId, Evidence, FactId, ModelError, PartialDate, Properties, Value, vocabulary};

/// How a source puts a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modality {
    /// Stated as done.
    Asserted,
    /// Relayed from others: 据悉, "reportedly".
    Reported,
    /// Intended: 拟, "in talks to".
    Planned,
    /// Contradicted by a party: 否认, "denied".
    Denied,
}

impl Modality {
    /// Every modality, strongest first.
    pub const ALL: [Self; 4] = [Self::Asserted, Self::Reported, Self::Planned, Self::Denied];

    /// The word in files and queries.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Reported => "reported",
            Self::Planned => "planned",
            Self::Denied => "denied",
        }
    }

    /// Reads the word.
    ///
    /// # Errors
    /// [`ModelError::Word`].
    pub fn parse(text: &str) -> Result<Self, ModelError> {
        Self::ALL.into_iter().find(|modality| modality.word() == text).ok_or_else(|| ModelError::Word {
            field: "modality",
            text: text.chars().take(40).collect(),
            expected: "asserted, reported, planned, denied",
        })
    }
}

/// A relation from one entity to another, with the evidence for it.
///
/// Parallel facts between the same two entities are normal: one investor, several rounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// The stable identifier.
    pub id: FactId,
    /// Where the relation starts.
    pub subject: EntityId,
    /// What the relation is, for example `INVESTED_IN`.
    pub predicate: String,
    /// Where it ends.
    pub object: EntityId,
    /// What is said about the relation. Valid time is here too: `date`, or `from` and `to`.
    pub properties: Properties,
    /// How the sources put it.
    pub modality: Modality,
    /// Why it is believed; never empty in a database.
    pub evidence: Vec<Evidence>,
}

impl Fact {
    /// The date of the fact, or the beginning of its period.
    #[must_use]
    pub fn date(&self) -> Option<PartialDate> {
        self.properties.get("date").or_else(|| self.properties.get("from")).and_then(Value::as_date)
    }

    /// The highest confidence among the evidence.
    #[must_use]
    pub fn confidence(&self) -> f32 {
        self.evidence.iter().map(|evidence| evidence.confidence).fold(0.0, f32::max)
    }

    /// Checks what the types cannot: there is evidence, there is a predicate, numbers are finite.
    ///
    /// This is what no fact in a database may lack. What the vocabulary asks of a key is for importers to check
    /// ([`vocabulary::check_property`]).
    ///
    /// # Errors
    /// The first [`ModelError`] found.
    pub fn check(&self) -> Result<(), ModelError> {
        if self.evidence.is_empty() {
            return Err(ModelError::Missing {
                record: format!("fact {:?}", self.id.as_str()),
                part: "evidence",
                why: "a fact must name at least one source",
            });
        }
        if !vocabulary::is_label(&self.predicate) {
            return Err(ModelError::Word {
                field: "predicate",
                text: self.predicate.chars().take(60).collect(),
                expected: vocabulary::LABEL_FORM,
            });
        }
        self.properties.check()?;
        self.evidence.iter().try_for_each(Evidence::check)
    }
}
