//! The query language: openCypher, read and write, over the graph and the store.
//!
//! ```text
//! text -> syntax (tree) -> check (errors before anything runs) -> plan (operators) -> run (rows)
//! ```
//!
//! [`Session`] keeps one generation of a database at hand and runs statements on it. The operators read the graph through
//! the `view`, which holds the changes of the statement until they are committed. `function` and `procedure` are the
//! libraries; `value` says how values compare. docs/cypher.md tells what is supported and how a query runs.

mod error;
#[cfg(test)]
mod kit;
mod suggestion;
mod syntax;
mod value;
mod function;
mod check;
mod view;
mod plan;
mod procedure;
mod run;
mod result;
mod notation;
mod session;

pub use error::{Detail, Kind, Phase, QueryError};
pub use notation::Nested;
pub use plan::{ExplainedOperator, Explanation};
pub use procedure::Procedures;
pub use result::{Node, Notice, QueryResult, Relationship};
pub use run::Limits;
pub use session::{Options, Parameters, Rows, Session};
pub use syntax::keywords;
pub use value::{Date, DateTime, Duration, LocalDateTime, LocalTime, Map, NodeId, Path, RelationshipId, Time, Value};
pub use view::Effects;
