//! Extraction: from the text of a news article to facts, each with the words that state it.
//!
//! Deterministic: the same bytes give the same facts. Nothing is learned, nothing is looked up outside the document and
//! the [known names](KnownNames). docs/extraction.md explains the steps and lists the rules.
//!
//! ```
//! use ailand::extract::{Document, NoNames, Options, extract};
//!
//! let document = Document::new("Acme raised $5 million in a Series A round led by Index Ventures.");
//! let found = extract(&document, &NoNames, Options::default());
//! let predicates: Vec<&str> = found.facts.iter().map(|fact| fact.predicate).collect();
//! assert_eq!(predicates, ["RAISED", "INVESTED_IN"]);
//! assert_eq!(found.facts[0].quote, "Acme raised $5 million in a Series A round");
//! ```

// The conditions of rules are written as the sentences say them.
#![allow(clippy::nonminimal_bool, clippy::if_same_then_else)]

mod alias;
mod assembly;
mod cue;
mod document;
mod engine;
mod frames;
mod known;
mod latin;
mod lexicon;
mod mentions;
mod outcome;
mod parts;
mod person;
mod phrase;
mod reader;
mod roster;
mod rounds;
pub mod score;
#[cfg(test)]
mod tests;
mod value;

pub use document::Document;
pub use known::{IndexedNames, KnownMatch, KnownNames, NoNames};
pub use outcome::{Candidate, CandidateFact, Extraction, Gap, Kind, Mention, Options, SentenceTrace, Unresolved};

/// Finds what a document states.
///
/// `known` are the names that the database has; with [`NoNames`] everything is found by the text alone. Never fails: a
/// text that is not understood gives no fact. Linear in the length of the text.
#[must_use]
pub fn extract(document: &Document<'_>, known: &dyn KnownNames, options: Options) -> Extraction {
    engine::extract(document, known, options)
}
