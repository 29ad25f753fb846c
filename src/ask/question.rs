//! What a question means: a small typed value between understanding and answering.

use crate::model::{EntityId, PartialDate};

use super::relation::Relation;

/// The meaning of a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// What is at the other end of some facts: "who invested in X".
    Related(Related),
    /// How many there are: "how many investors does X have".
    Count(Related),
    /// Whether there is such a fact: "did A invest in B".
    Check {
        /// What is asked about `anchor`.
        relation: &'static Relation,
        /// The entity on the side of the relation's anchor.
        anchor: Mention,
        /// The entity that would be the answer.
        answer: Mention,
        /// What narrows the facts down.
        filter: Filter,
    },
    /// What a company raised, when, and at which valuation.
    Rounds {
        /// The company.
        of: Mention,
        /// Which figure was asked for.
        figure: Figure,
        /// What narrows the rounds down.
        filter: Filter,
    },
    /// A claim about one entity: "when was X founded".
    Attribute {
        /// The entity.
        of: Mention,
        /// Which claim.
        what: Attribute,
    },
    /// How two entities are connected.
    Path {
        /// One end.
        from: Mention,
        /// The other end.
        to: Mention,
    },
}

/// A claim that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attribute {
    /// When an organisation was founded.
    Founded,
    /// When a model or product was released.
    Released,
    /// How many parameters a model has.
    Parameters,
}

impl Attribute {
    /// The key of the claim.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Founded => "founded",
            Self::Released => "released",
            Self::Parameters => "parameters",
        }
    }
}

/// Facts around one or several entities.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// What is asked.
    pub relation: &'static Relation,
    /// About whom. With several, an answer must be related to each of them.
    pub anchors: Vec<Mention>,
    /// Only answers among these; empty for all.
    pub among: Vec<Mention>,
    /// What narrows the facts down.
    pub filter: Filter,
}

/// An entity that a question names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The words of the question.
    pub text: String,
    /// The entity's number in the database.
    pub number: u32,
    /// The entity's id.
    pub id: EntityId,
}

/// Which figure of a round is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// Everything that is known about the rounds.
    All,
    /// How much money.
    Amount,
    /// When.
    Date,
    /// At which valuation.
    Valuation,
    /// The sum that sources give for all rounds.
    Total,
}

/// What narrows facts down. Empty by default.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Facts dated within this period.
    pub period: Option<Period>,
    /// Facts of the round with this name, in normal form: `a1`, `b`, `seed`.
    pub round: Option<String>,
    /// Only the facts of the newest or the first round.
    pub pick: Option<Pick>,
    /// Only facts whose investor led the round.
    pub lead: bool,
    /// Only comparisons with this outcome.
    pub outcome: Option<&'static str>,
    /// Only roles that are this one.
    pub role: Option<Role>,
    /// Only answers of this sort.
    pub sort: Option<Sort>,
}

/// A sort of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// People.
    People,
}

/// A stretch of time; both ends included, either may be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The beginning.
    pub from: Option<PartialDate>,
    /// The end.
    pub to: Option<PartialDate>,
}

impl Period {
    /// Whether a date lies within the period as a whole. A year is not within one of its months.
    #[must_use]
    pub fn contains(&self, date: PartialDate) -> bool {
        self.from.is_none_or(|from| from.first_day() <= date.first_day())
            && self.to.is_none_or(|to| date.last_day() <= to.last_day())
    }
}

/// One of several rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// The newest.
    Latest,
    /// The first.
    First,
}

/// A role in an organisation, by the words that stand for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Role {
    /// The name to show.
    pub name: &'static str,
    /// Normal forms that a stored role contains when it is this one.
    pub forms: &'static [&'static str],
}
