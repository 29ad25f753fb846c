//! One file for each operator.

mod aggregation;
mod apply;
mod create;
mod cut;
mod delete;
mod distinct;
mod expand;
mod filter;
mod foreach;
mod merge;
mod optional;
mod procedure;
mod project;
mod relationship_ends;
mod scan;
mod seek;
mod set;
mod shortest;
mod sort;
mod trails;
mod union;
mod unwind;

use super::{Context, Cursor, Row, get};
use crate::cypher::QueryError;
use crate::cypher::plan::{Operator, Plan, Slot, Types};
use crate::cypher::syntax::tree::Direction;
use crate::cypher::value::{NodeId, RelationshipId, Value};
use crate::cypher::view::{self, WordId};

/// The cursors of a plan, at their beginning.
pub(crate) fn open(plan: &Plan) -> Box<dyn Cursor> {
    let cursor: Box<dyn Cursor> = match plan.operator() {
        Operator::Argument => Box::new(Argument { given: false }),
        Operator::AllNodes(operator) => Box::new(scan::Scan::all(operator)),
        Operator::LabelScan(operator) => Box::new(scan::Scan::labelled(operator)),
        Operator::Seek(operator) => Box::new(seek::Seek::new(operator)),
        Operator::RelationshipEnds(operator) => Box::new(relationship_ends::RelationshipEnds::new(operator)),
        Operator::Expand(operator) => Box::new(expand::Expand::new(operator)),
        Operator::Trails(operator) => Box::new(trails::Trails::new(operator)),
        Operator::Shortest(operator) => Box::new(shortest::Shortest::new(operator)),
        Operator::Filter(operator) => Box::new(filter::Filter::new(operator)),
        Operator::Optional(operator) => Box::new(optional::Optional::new(operator)),
        Operator::Apply(operator) => Box::new(apply::Apply::new(operator)),
        Operator::Project(operator) => Box::new(project::Project::new(operator)),
        Operator::Aggregation(operator) => Box::new(aggregation::Aggregation::new(operator)),
        Operator::Distinct(operator) => Box::new(distinct::Distinct::new(operator)),
        Operator::Sort(operator) => Box::new(sort::Sort::new(operator)),
        Operator::Skip(operator) => Box::new(cut::Skip::new(operator)),
        Operator::Limit(operator) => Box::new(cut::Limit::new(operator)),
        Operator::Unwind(operator) => Box::new(unwind::Unwind::new(operator)),
        Operator::Union(operator) => Box::new(union::Union::new(operator)),
        Operator::ProcedureCall(operator) => Box::new(procedure::ProcedureCall::new(operator)),
        Operator::Create(operator) => Box::new(create::Create::new(operator)),
        Operator::Merge(operator) => Box::new(merge::Merge::new(operator)),
        Operator::Set(operator) => Box::new(set::Set::new(operator)),
        Operator::Delete(operator) => Box::new(delete::Delete::new(operator)),
        Operator::Foreach(operator) => Box::new(foreach::Foreach::new(operator)),
        Operator::Nothing(operator) => Box::new(cut::Nothing::new(operator)),
    };
    Box::new(Counted { number: plan.number(), cursor })
}

/// Counts the rows that an operator hands on, when that is asked for.
struct Counted {
    number: usize,
    cursor: Box<dyn Cursor>,
}

impl Cursor for Counted {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        let found = self.cursor.next(context, row)?;
        if found && let Some(count) = context.profile.as_mut().and_then(|counts| counts.get_mut(self.number)) {
            *count += 1;
        }
        Ok(found)
    }

    fn reset(&mut self) {
        self.cursor.reset();
    }
}

/// The row as it is, once.
struct Argument {
    given: bool,
}

impl Cursor for Argument {
    fn next(&mut self, _: &mut Context, _: &mut Row) -> Result<bool, QueryError> {
        Ok(!std::mem::replace(&mut self.given, true))
    }

    fn reset(&mut self) {
        self.given = false;
    }
}

/// A direction as the view has it.
fn side(direction: Direction) -> view::Direction {
    match direction {
        Direction::Right => view::Direction::Out,
        Direction::Left => view::Direction::In,
        Direction::Either => view::Direction::Both,
    }
}

impl Types {
    /// Whether relationships of this type are walked.
    #[inline]
    pub(super) fn admit(&self, kind: WordId) -> bool {
        match self {
            Self::All => true,
            Self::One(only) => *only == kind,
            Self::Some(kinds) => kinds.contains(&kind),
            Self::Test(test) => test.holds(&|word| word == kind, &|| true),
        }
    }
}

/// The node in a slot; none for null, and for values that are no node, which the checks before execution refuse.
#[inline]
fn node(row: &Row, slot: Slot) -> Option<NodeId> {
    match get(row, slot) {
        Value::Node(node) => Some(*node),
        _ => None,
    }
}

/// Whether a relationship stands in one of the slots, alone or in a list.
#[inline]
fn is_walked(relationship: RelationshipId, slots: &[Slot], row: &Row) -> bool {
    slots.iter().any(|slot| match get(row, *slot) {
        Value::Relationship(other) => *other == relationship,
        Value::List(items) => {
            items.iter().any(|item| matches!(item, Value::Relationship(other) if *other == relationship))
        }
        _ => false,
    })
}

/// All rows of an input, kept whole: what writes reads everything first.
fn drain(input: &mut dyn Cursor, context: &mut Context, row: &mut Row) -> Result<Vec<Vec<Value>>, QueryError> {
    let mut rows = Vec::new();
    while input.next(context, row)? {
        context.budget.keep(size_of_val(row))?;
        rows.push(row.to_vec());
    }
    Ok(rows)
}

/// Puts a kept row back.
fn restore(kept: &[Value], row: &mut Row) {
    row.clone_from_slice(kept);
}
