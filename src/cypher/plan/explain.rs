//! Plans for readers: `EXPLAIN` and `PROFILE`.

use std::fmt;

use super::{Operator, Plan};

/// One operator of a plan, as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct ExplainedOperator {
    /// How deep it stands; its inputs are one deeper.
    pub depth: usize,
    /// What it does: `Expand`, `Filter`, ...
    pub name: &'static str,
    /// How many rows the planner expects.
    pub estimate: f64,
    /// How many rows it handed on, when the statement ran under `PROFILE`.
    pub rows: Option<u64>,
}

/// A plan, from its last operator to its first.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The operators, each before its inputs.
    pub operators: Vec<ExplainedOperator>,
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for operator in &self.operators {
            let indent = "  ".repeat(operator.depth);
            write!(f, "{indent}{} (about {:.0} rows", operator.name, operator.estimate.min(1e15))?;
            match operator.rows {
                Some(rows) => writeln!(f, ", found {rows})")?,
                None => writeln!(f, ")")?,
            }
        }
        Ok(())
    }
}

/// Shows a plan, with the rows that its operators handed on where these were counted.
pub(crate) fn explain(plan: &Plan, counts: Option<&[u64]>) -> Explanation {
    let mut operators = Vec::new();
    add(plan, 0, counts, &mut operators);
    Explanation { operators }
}

fn add(plan: &Plan, depth: usize, counts: Option<&[u64]>, into: &mut Vec<ExplainedOperator>) {
    let rows = counts.and_then(|counts| counts.get(plan.number()).copied());
    let (name, inputs) = describe(plan.operator());
    into.push(ExplainedOperator { depth, name, estimate: plan.estimate(), rows });
    for input in inputs {
        add(input, depth + 1, counts, into);
    }
}

/// The name of an operator, and the plans it takes rows from.
fn describe(operator: &Operator) -> (&'static str, Vec<&Plan>) {
    match operator {
        Operator::Argument => ("Start", vec![]),
        Operator::AllNodes(op) => ("AllNodes", vec![&op.input]),
        Operator::LabelScan(op) => ("LabelScan", vec![&op.input]),
        Operator::Seek(op) => ("Seek", vec![&op.input]),
        Operator::RelationshipEnds(op) => ("RelationshipEnds", vec![&op.input]),
        Operator::Expand(op) => (if op.into { "ExpandInto" } else { "Expand" }, vec![&op.input]),
        Operator::Trails(op) => ("Trails", vec![&op.input]),
        Operator::Shortest(op) => ("ShortestPaths", vec![&op.input]),
        Operator::Filter(op) => ("Filter", vec![&op.input]),
        Operator::Optional(op) => ("Optional", vec![&op.input, &op.inner]),
        Operator::Apply(op) => ("Apply", vec![&op.input, &op.inner]),
        Operator::Project(op) => ("Project", vec![&op.input]),
        Operator::Aggregation(op) => ("Aggregation", vec![&op.input]),
        Operator::Distinct(op) => ("Distinct", vec![&op.input]),
        Operator::Sort(op) => (if op.limit.is_some() { "Top" } else { "Sort" }, vec![&op.input]),
        Operator::Skip(op) => ("Skip", vec![&op.input]),
        Operator::Limit(op) => ("Limit", vec![&op.input]),
        Operator::Unwind(op) => ("Unwind", vec![&op.input]),
        Operator::Union(op) => ("Union", op.branches.iter().map(|(plan, _)| plan).collect()),
        Operator::ProcedureCall(op) => ("ProcedureCall", vec![&op.input]),
        Operator::Create(op) => ("Create", vec![&op.input]),
        Operator::Merge(op) => ("Merge", vec![&op.input, &op.matching]),
        Operator::Set(op) => ("Set", vec![&op.input]),
        Operator::Delete(op) => ("Delete", vec![&op.input]),
        Operator::Foreach(op) => ("Foreach", vec![&op.input, &op.inner]),
        Operator::Nothing(op) => ("Nothing", vec![&op.input]),
    }
}
