//! The AI startup landscape as an embedded knowledge graph.
//!
//! Facts with evidence go in; answers that can say why come out.

pub mod model;
pub mod names;
pub mod graph;
pub mod formats;
