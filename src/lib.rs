//! The AI startup landscape as an embedded knowledge graph.
//!
//! Facts with evidence go in: who invested in whom, who founded what, which model was benchmarked against which. Answers
//! that can say why come out: to questions in Chinese and English, as cards, paths and rows.
//!
//! ```
//! let landscape = ailand::Landscape::bundled()?;
//! let answer = landscape.ask("谁创办了月之暗面")?;
//! assert!(answer.answers.iter().any(|person| person.name == "杨植麟"));
//! # Ok::<(), ailand::Error>(())
//! ```
//!
//! The modules stand in the order in which data flows: each uses those above it, and none below.

pub mod model;
pub mod names;
pub mod text;
pub mod extract;
pub mod store;
pub mod graph;
pub mod cypher;
pub mod ask;
pub mod formats;
pub mod draw;
pub mod landscape;
#[cfg(feature = "cli")]
pub mod cli;

pub use landscape::{Error, Landscape};
pub use store::Changes;
