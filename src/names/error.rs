//! What can go wrong with a name index.

use thiserror::Error;

/// A name index that cannot be built or opened.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NamesError {
    /// The bytes are not a name index, or are cut off.
    #[error("the name index of {bytes} bytes cannot be opened: {reason}; expected what IndexBuilder::finish returned")]
    Damaged {
        /// How many bytes there are.
        bytes: usize,
        /// What the transducer's reader says.
        reason: String,
    },
    /// The transducer refused a key.
    #[error("the name index cannot be built: {reason}")]
    Build {
        /// What the transducer's writer says.
        reason: String,
    },
}
