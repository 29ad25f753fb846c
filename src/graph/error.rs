//! What can be wrong with a graph or with a question to it.

use thiserror::Error;

/// A graph that cannot be built, or a question that cannot be asked of it.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum GraphError {
    /// A node number is not below the number of nodes.
    #[error("node {node} does not exist: expected a number below {node_count}")]
    Node {
        /// The number as given.
        node: u32,
        /// How many nodes the graph has.
        node_count: u32,
    },
    /// A confidence is not between 0 and 1.
    #[error("confidence {confidence} of fact {fact} is out of range: expected 0 to 1")]
    Confidence {
        /// The fact that carries it.
        fact: u32,
        /// The value as given.
        confidence: f32,
    },
    /// More nodes or edges than the numbering can hold.
    #[error("{count} {what} are too many: expected at most {limit}")]
    TooMany {
        /// `nodes`, `edges` or `labels`.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many fit.
        limit: usize,
    },
    /// Stored columns do not describe a graph.
    #[error("column {column} is damaged at {at}: expected {expected}")]
    Column {
        /// The column's name.
        column: &'static str,
        /// The row, or the length when the length is wrong.
        at: usize,
        /// What was expected there.
        expected: &'static str,
    },
    /// A cost function returned a value that no shortest path can be computed with.
    #[error("cost {cost} of fact {fact} is not valid: expected 0 or more, or infinity for a fact not to be walked")]
    Cost {
        /// The fact that was asked for.
        fact: u32,
        /// What the function returned.
        cost: f64,
    },
    /// A setting of a measure is out of its range.
    #[error("{name} {value} is out of range: expected {expected}")]
    Setting {
        /// The setting, for example `damping`.
        name: &'static str,
        /// The value as given.
        value: f64,
        /// The range.
        expected: &'static str,
    },
}
