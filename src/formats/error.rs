//! What can be wrong with a file, and where.

use std::fmt;
use std::io;
use std::sync::Arc;

use thiserror::Error;

/// A place in a file.
///
/// It is shown as `file:line:column`, which editors and terminals turn into a link.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, as the user named it.
    pub file: Arc<str>,
    /// The line, counted from 1.
    pub line: u64,
    /// The column in characters (Unicode scalar values), counted from 1. A byte order mark is not counted.
    pub column: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// A file that cannot be read as what it should be, or a value that cannot be written.
///
/// Every message about a file begins with the place and says what was expected there.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum FormatError {
    /// The system could not read the file.
    #[error("{place}: cannot be read: {error}")]
    Read {
        /// The line that was being read.
        place: Place,
        /// The system's error.
        #[source]
        error: io::Error,
    },
    /// The text is not UTF-8.
    #[error("{place}: not UTF-8: byte 0x{byte:02X} at offset {offset} of the file; expected UTF-8 text")]
    NotUtf8 {
        /// Where the text ends that still is UTF-8.
        place: Place,
        /// The first byte that is not.
        byte: u8,
        /// How many bytes of the file stand before it.
        offset: u64,
    },
    /// A line exceeds the bound on lines.
    #[error("{place}: the line is longer than {limit} bytes; expected one record per line")]
    LineTooLong {
        /// The beginning of the line.
        place: Place,
        /// The bound in bytes.
        limit: usize,
    },
    /// A line is not JSON.
    #[error("{place}: broken JSON: {problem}")]
    Syntax {
        /// Where it breaks.
        place: Place,
        /// What was found and expected.
        problem: String,
    },
    /// A line is JSON but not a valid record.
    #[error("{place}: {problem}")]
    Record {
        /// The offending value; for a missing part, the end of what lacks it.
        place: Place,
        /// What was found and expected.
        problem: String,
    },
    /// A record holds something that the format has no form for, such as a number that is not finite.
    #[error("{record} cannot be written: {problem}")]
    Unwritable {
        /// The record, for example `fact "f:0001"`.
        record: String,
        /// What has no form.
        problem: String,
    },
    /// The system could not write.
    #[error("cannot write: {0}")]
    Write(#[from] io::Error),
}

impl FormatError {
    /// The place in the file that the error is about, for errors that were met while reading.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Read { place, .. }
            | Self::NotUtf8 { place, .. }
            | Self::LineTooLong { place, .. }
            | Self::Syntax { place, .. }
            | Self::Record { place, .. } => Some(place),
            Self::Unwritable { .. } | Self::Write(_) => None,
        }
    }
}
