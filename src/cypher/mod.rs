//! The query language: openCypher, read and write, over the graph and the store.
//!
//! Text becomes a syntax tree ([`syntax`]), the tree is checked ([`check`]), the checked query becomes a plan of operators
//! ([`plan`]), and the operators pull rows from the graph that the statement sees ([`view`]).

// While the engine is being put together its parts are not all in use.
#![allow(dead_code, unused_imports)]

mod error;
mod syntax;
mod value;
mod function;
mod view;

pub use error::{Detail, Kind, Phase, QueryError};
pub use value::{Date, DateTime, Duration, LocalDateTime, LocalTime, Map, NodeId, Path, RelationshipId, Time, Value};
