//! What extraction reads.

use crate::model::PartialDate;

/// A document to extract facts from.
///
/// # Examples
/// ```
/// use ailand::extract::Document;
///
/// let document = Document::new("Acme raised $5 million.").published("2024-02-28".parse()?);
/// assert_eq!(document.text, "Acme raised $5 million.");
/// # Ok::<(), ailand::model::ModelError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Document<'t> {
    /// The text, as it stands in the file. All positions count its characters (Unicode scalar values).
    pub text: &'t str,
    /// When it was published, at best to the day. Dates such as "last year" stay unresolved without it.
    pub published: Option<PartialDate>,
}

impl<'t> Document<'t> {
    /// A document of which only the text is known.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self { text, published: None }
    }

    /// The same document with its date of publication.
    #[must_use]
    pub fn published(self, date: PartialDate) -> Self {
        Self { published: Some(date), ..self }
    }
}
