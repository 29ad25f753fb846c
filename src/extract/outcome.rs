//! What extraction finds.

use crate::model::{Modality, Properties, Span};

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A young company that raises money.
    Startup,
    /// A fund, or whoever the text shows as an investor.
    Investor,
    /// Any other organisation.
    Company,
    /// A university, an institute or a laboratory.
    ResearchOrg,
    /// A person.
    Person,
    /// A model.
    Model,
    /// A product that is no model.
    Product,
    /// A test or a ranking of models.
    Benchmark,
}

impl Kind {
    /// The label of entities of this kind.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Startup => "Startup",
            Self::Investor => "Investor",
            Self::Company => "Company",
            Self::ResearchOrg => "ResearchOrg",
            Self::Person => "Person",
            Self::Model => "Model",
            Self::Product => "Product",
            Self::Benchmark => "Benchmark",
        }
    }

    /// The kind with that label; `None` for labels that name nothing in running text, such as `FundingRound`.
    #[must_use]
    pub fn of_label(label: &str) -> Option<Self> {
        [
            Self::Startup,
            Self::Investor,
            Self::Company,
            Self::ResearchOrg,
            Self::Person,
            Self::Model,
            Self::Product,
            Self::Benchmark,
        ]
        .into_iter()
        .find(|kind| kind.label() == label)
    }

    /// Whether this is an organisation of any kind.
    #[must_use]
    pub fn is_organisation(self) -> bool {
        matches!(self, Self::Startup | Self::Investor | Self::Company | Self::ResearchOrg)
    }
}

/// A place in the document where an entity is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// Where, in characters of the document.
    pub span: Span,
    /// The entity, as an index into [`Extraction::entities`].
    pub entity: usize,
}

/// An entity of the document: what the text names, under all the names that it uses for it.
///
/// Names are merged inside the document when the text says that they are one (a short form that it introduces, another
/// script, a known alias), never because they look alike. Which entity of a database this is, is not decided here.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The name as the text writes it: the fullest one, and of those the first.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Every spelling in the text, the name first.
    pub surfaces: Vec<String>,
    /// The known entities that carry one of these names, best first. Several when the name is ambiguous.
    pub known: Vec<u32>,
}

/// A fact that the text states.
#[derive(Debug, Clone, PartialEq)]
pub struct CandidateFact {
    /// The entity that the fact is about, as an index into [`Extraction::entities`].
    pub subject: usize,
    /// The predicate, of [`crate::model::vocabulary::PREDICATES`].
    pub predicate: &'static str,
    /// The other entity. `None` for `RAISED`: the properties are those of the round.
    pub object: Option<usize>,
    /// What is said about it, as the vocabulary names it. `asserted_by` is not repeated here as `claimed_by`.
    pub properties: Properties,
    /// The round of the document that this fact belongs to: equal numbers are one round of one company.
    pub round: Option<usize>,
    /// How the text puts it.
    pub modality: Modality,
    /// The interested party or the medium that says so, as an index into [`Extraction::entities`].
    pub asserted_by: Option<usize>,
    /// Where it stands, in characters of the document.
    pub span: Span,
    /// The words at [`CandidateFact::span`], verbatim.
    pub quote: String,
    /// The rule that found it; docs/extraction.md lists them.
    pub rule: &'static str,
    /// How sure the rule is, from 0 to 1.
    pub confidence: f32,
}

/// Why something was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gap {
    /// An amount of money that belongs to no fact.
    Amount,
    /// A company or an investor in a sentence that gave no fact.
    Name,
    /// A relation was seen, but not who or what takes part in it.
    Participant,
    /// A date that needs the date of publication.
    Date,
}

impl Gap {
    /// A word for reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Amount => "amount",
            Self::Name => "name",
            Self::Participant => "participant",
            Self::Date => "date",
        }
    }
}

/// Something that was seen and not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    /// What it is.
    pub gap: Gap,
    /// Where it stands, in characters of the document.
    pub span: Span,
    /// The words there, verbatim.
    pub text: String,
    /// The sentence that it stands in.
    pub sentence: Span,
}

/// How a sentence was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SentenceTrace {
    /// Where the sentence stands, in characters of the document.
    pub span: (u32, u32),
    /// Its clauses, verbatim.
    pub clauses: Vec<String>,
    /// What was recognised, in order: what it is, and the words.
    pub parts: Vec<(&'static str, String)>,
    /// The company that "the company" would have meant at the end of the sentence.
    pub focus: Option<String>,
    /// The rules that fired, each with what it made of the sentence.
    pub rules: Vec<(&'static str, String)>,
}

/// Everything that was found in a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extraction {
    /// Where entities are named, in the order of the text.
    pub mentions: Vec<Mention>,
    /// The entities, in the order in which they are first named.
    pub entities: Vec<Candidate>,
    /// The facts, in the order of the text.
    pub facts: Vec<CandidateFact>,
    /// What was seen and not understood, in the order of the text.
    pub unresolved: Vec<Unresolved>,
    /// How each sentence was read; empty unless [`Options::explain`] is set.
    pub trace: Vec<SentenceTrace>,
}

/// What to find.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether to record how each sentence was read.
    pub explain: bool,
}
