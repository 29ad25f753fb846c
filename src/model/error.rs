//! What can be wrong with a single value.

use thiserror::Error;

/// A value that does not have the form its type asks for.
///
/// Every message names the offending text and says what was expected, so that an importer only has to add the place.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ModelError {
    /// An identifier is empty, too long or has a character outside its alphabet.
    #[error("{kind} id {text:?} is not valid: expected {expected}")]
    Id {
        /// Which kind of identifier: `entity`, `fact` or `source`.
        kind: &'static str,
        /// The text as given, cut to a readable length.
        text: String,
        /// The form that was expected.
        expected: &'static str,
    },
    /// A date is not a prefix of an ISO 8601 calendar date, or no such day exists.
    #[error("date {text:?} is not valid: {expected}")]
    Date {
        /// The text as given.
        text: String,
        /// What was expected instead.
        expected: &'static str,
    },
    /// A temporal value does not have the form of its kind.
    #[error("{text:?} is not valid: expected {expected}")]
    Temporal {
        /// The text as given, cut to a readable length.
        text: String,
        /// The form that was expected.
        expected: &'static str,
    },
    /// A currency code is not three capital letters.
    #[error("currency {text:?} is not valid: expected an ISO 4217 code such as USD, CNY or EUR")]
    Currency {
        /// The text as given.
        text: String,
    },
    /// A word is not among the few that its field allows.
    #[error("{field} {text:?} is not known: expected one of {expected}")]
    Word {
        /// The field, for example `modality`.
        field: &'static str,
        /// The text as given.
        text: String,
        /// The words that are allowed, separated by commas.
        expected: &'static str,
    },
    /// A property that must hold one kind of value holds another.
    #[error("property {key:?} is {found}: expected {expected}")]
    PropertyType {
        /// The property's key.
        key: String,
        /// What it holds.
        found: &'static str,
        /// What it should hold.
        expected: &'static str,
    },
    /// A record lacks a part that it cannot be stored without.
    #[error("{record} has no {part}: {why}")]
    Missing {
        /// The record, for example `fact "f:0001"`.
        record: String,
        /// The missing part.
        part: &'static str,
        /// Why it cannot be left out.
        why: &'static str,
    },
    /// A number lies outside its range.
    #[error("{field} {found} is out of range: expected {expected}")]
    Range {
        /// The field, for example `confidence`.
        field: &'static str,
        /// The value as given.
        found: String,
        /// The range.
        expected: &'static str,
    },
}
