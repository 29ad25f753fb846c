//! Questions in Chinese and English.
//!
//! ```text
//! question -> reading (names, cues, dates)   reading, cue, time, roles
//!          -> Meaning, a small typed value    understand, question, relation
//!          -> Answer: rows, entities, sources respond, answer
//!          -> what was understood, in words   explain
//! ```
//!
//! A question is either understood as a whole or refused with the part that was not: every word has to have a place in
//! the meaning, because dropping a condition answers another question.

mod answer;
mod cue;
mod error;
mod explain;
mod question;
mod reading;
mod relation;
mod respond;
mod roles;
mod time;
mod understand;

pub use answer::{Answer, AnswerKind, Answered};
pub use error::{AskError, Candidate, EXAMPLES};
pub use explain::{hops, verdict};
pub use question::{Attribute, Figure, Filter, Meaning, Mention, Period, Pick, Related, Role, Sort};
pub use relation::{RELATIONS, Relation, Way};
pub use understand::{Understanding, understand};

use crate::store::Snapshot;

/// Answers a question from a snapshot.
///
/// # Errors
/// [`AskError`]: what was not understood, or which name is not clear. That nothing is known is no error; see
/// [`Answer::is_nothing`].
pub fn ask(snapshot: &Snapshot, question: &str) -> Result<Answer, AskError> {
    let understood = understand(snapshot, question)?;
    respond::respond(snapshot, question, &understood)
}
