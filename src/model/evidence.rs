//! Why something is believed.

use super::{EntityId, ModelError, SourceId};

/// A stretch of a source's text, in Unicode scalar values from its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
}

/// The reason to believe a fact, a claim or a name: where it stands, in which words, and who read it there.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The source it was read in.
    pub source: SourceId,
    /// The words of the source, verbatim.
    pub quote: Option<String>,
    /// Where the quote stands in the source's text.
    pub span: Option<Span>,
    /// The row of a table, for sources that are tables.
    pub row: Option<String>,
    /// The rule or importer that read it, with its version, such as `curated/1`.
    pub rule: String,
    /// How sure the reader was, from 0 to 1.
    pub confidence: f32,
    /// The interested party whose claim this is, when the source only relays it.
    pub asserted_by: Option<EntityId>,
}

impl Evidence {
    /// The rule of facts that people entered by hand.
    pub const CURATED: &'static str = "curated/1";

    /// The rule of what a statement of the query language wrote.
    pub const STATEMENT: &'static str = "cypher/1";

    /// Evidence by hand: the source alone, with full confidence.
    #[must_use]
    pub fn curated(source: SourceId) -> Self {
        Self {
            source,
            quote: None,
            span: None,
            row: None,
            rule: Self::CURATED.to_owned(),
            confidence: 1.0,
            asserted_by: None,
        }
    }

    /// Checks what the types cannot: the confidence lies between 0 and 1, and a span does not end before it begins.
    ///
    /// # Errors
    /// [`ModelError::Range`].
    pub fn check(&self) -> Result<(), ModelError> {
        if !(0.0..=1.0).contains(&self.confidence) {
            return Err(ModelError::Range {
                field: "confidence",
                found: self.confidence.to_string(),
                expected: "a number from 0 to 1",
            });
        }
        match self.span {
            Some(span) if span.end < span.start => Err(ModelError::Range {
                field: "span",
                found: format!("[{}, {}]", span.start, span.end),
                expected: "a start that is not after the end",
            }),
            _ => Ok(()),
        }
    }
}
