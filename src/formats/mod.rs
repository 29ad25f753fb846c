//! Reading and writing files: the project's own JSON Lines, and rows of results for people and programs.
//!
//! | module | is |
//! |---|---|
//! | [`jsonl`] | the project's own format: entities, facts and sources, one record a line, lossless both ways |
//! | [`Rows`] | rows of results, to be written as a table, JSON, CSV or Markdown |
//! | [`table`] | for terminals: aligned by display width |
//! | [`json`], [`csv`] | for programs |
//! | [`graph`] | graphs for other programs: GraphML, GEXF, node-link and Cytoscape JSON, CSV, Cypher, Turtle |
//! | [`markdown`] | for documents |
//! | [`xml`] | text between tags |
//! | [`screen`] | width, cutting and wrapping of text, and what keeps control characters from doing harm |
//!
//! `docs/data-format.md` describes the project's own format with examples.

pub mod csv;
mod error;
pub mod graph;
pub mod json;
pub mod jsonl;
pub mod markdown;
#[cfg(feature = "html")]
mod page;
mod rows;
pub mod screen;
pub mod table;
pub mod xml;
#[cfg(test)]
mod testing;

pub use crate::model::{Cell, Column, Rows};
pub use error::{FormatError, Place};
#[cfg(feature = "html")]
pub use page::Page;
pub use rows::{Layout, Overflow, RowFormat};
