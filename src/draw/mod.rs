//! Pictures of parts of the graph: Graphviz DOT, SVG that needs nothing installed, and Mermaid.
//!
//! A [`Picture`] is a value: entities, the lines between them with their captions and evidence, a title, a legend, and how
//! many entities were left out. It is composed from a snapshot by [`around`], [`between`], [`of_subgraph`] or [`of_answer`], and written by
//! [`dot::write`], [`svg::write`] and [`mermaid::write`]. [`graphviz::render`] makes other formats with Graphviz.
//!
//! | module | is |
//! |---|---|
//! | [`Picture`] | what is drawn, before it is known where |
//! | [`style`] | colour and shape by label, colour by predicate, dashes by modality |
//! | [`layout`] | where everything stands; text is measured by estimate, so that no font is needed |
//! | [`dot`], [`svg`], [`mermaid`] | writers |
//!
//! The same picture always gives the same bytes. `docs/diagrams.md` shows what comes out.

mod answer;
mod caption;
mod compose;
pub mod dot;
mod error;
pub mod graphviz;
pub mod layout;
mod measure;
pub mod mermaid;
mod picture;
mod selection;
pub mod style;
pub mod svg;
mod words;

pub use answer::of_answer;
pub use compose::{Frame, around, between, of_subgraph};
pub use error::DrawError;
pub use picture::{Arrangement, LeftOut, Legend, Line, Node, Picture};
