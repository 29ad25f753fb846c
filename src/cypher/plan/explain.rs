//! Plans for readers: `EXPLAIN` and `PROFILE`.

use std::fmt;

use super::describe::Describer;
use super::{Operator, Plan, Prepared};
use crate::cypher::view::View;

/// One operator of a plan, as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct ExplainedOperator {
    /// How deep it stands; its inputs are one deeper.
    pub depth: usize,
    /// What it does: `Expand`, `Filter`, ...
    pub name: &'static str,
    /// On what: `(a)-[r:INVESTED_IN]->(b)`, `a.name = $name`, ...
    pub details: String,
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
            let space = if operator.details.is_empty() { "" } else { " " };
            let expected = operator.estimate.clamp(0.0, 1e15).ceil();
            write!(f, "{indent}{}{space}{} (about {expected} rows", operator.name, operator.details)?;
            match operator.rows {
                Some(rows) => writeln!(f, ", found {rows})")?,
                None => writeln!(f, ")")?,
            }
        }
        Ok(())
    }
}

/// Shows a plan, with the rows that its operators handed on where these were counted.
pub(crate) fn explain(prepared: &Prepared, view: &View, counts: Option<&[u64]>) -> Explanation {
    let mut operators = Vec::new();
    let describer = Describer { view, names: &prepared.names };
    add(&prepared.plan, 0, counts, &describer, &mut operators);
    Explanation { operators }
}

fn add(
    plan: &Plan,
    depth: usize,
    counts: Option<&[u64]>,
    describer: &Describer<'_>,
    into: &mut Vec<ExplainedOperator>,
) {
    let rows = counts.and_then(|counts| counts.get(plan.number()).copied());
    let (name, inputs) = describe(plan.operator());
    let details = describer.operator(plan.operator());
    into.push(ExplainedOperator { depth, name, details, estimate: plan.estimate(), rows });
    for input in inputs {
        add(input, depth + 1, counts, describer, into);
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
