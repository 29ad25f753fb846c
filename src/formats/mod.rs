//! Reading and writing files: the project's own JSON Lines, and rows of results for people and programs.
//!
//! | module | is |
//! |---|---|
//! | [`jsonl`] | the project's own format: entities, facts and sources, one record a line, lossless both ways |
//!
//! `docs/data-format.md` describes the project's own format with examples.

mod error;
pub mod jsonl;

pub use error::{FormatError, Place};
