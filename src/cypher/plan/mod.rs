//! From the syntax tree to a plan: names become slots of a row, clauses become operators.
//!
//! A plan is a tree of [`Operator`]s; each takes rows from its input and hands rows on. All operators of a plan share one
//! row: an operator writes its own slots and leaves the others alone, so that a row costs no copy. Where rows must be
//! kept (sorting, grouping, writing), the operator keeps the slots that are still needed.
//!
//! ```text
//! tree -> compile (clauses, projections, expressions) -> patterns -> the cheapest order -> operators
//! ```

mod compile;
mod describe;
mod explain;
mod expression;
mod operator;

use std::rc::Rc;
use std::sync::Arc;

pub(crate) use compile::{Request, compile};
pub(crate) use describe::SlotNames;
pub(crate) use explain::explain;
pub use explain::{ExplainedOperator, Explanation};
pub(crate) use expression::{Expr, LabelTest, PathPiece, Projected, Subplan};
pub(crate) use operator::*;

/// A place in the row.
pub(crate) type Slot = usize;

/// An operator with its number in the plan and the rows that it is expected to hand on.
#[derive(Debug, Clone)]
pub(crate) struct Plan(Rc<Node>);

#[derive(Debug)]
struct Node {
    number: usize,
    estimate: f64,
    operator: Operator,
}

impl Plan {
    pub(crate) fn operator(&self) -> &Operator {
        &self.0.operator
    }

    /// The number of the operator: its place in a profile.
    pub(crate) fn number(&self) -> usize {
        self.0.number
    }

    /// How many rows the planner expects for each run.
    pub(crate) fn estimate(&self) -> f64 {
        self.0.estimate
    }
}

/// A statement that can be run.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) plan: Plan,
    /// The columns of the result, with the slots that hold them; none for a statement that only writes.
    pub(crate) columns: Vec<(Arc<str>, Slot)>,
    /// How many slots a row has.
    pub(crate) width: usize,
    /// How many operators there are.
    pub(crate) operators: usize,
    /// The names of slots, for readers of the plan.
    pub(crate) names: SlotNames,
    /// Words that the statement brings: the view must number them in this order before the plan runs.
    pub(crate) words: Vec<Arc<str>>,
    pub(crate) writes: bool,
}
