//! The shortest paths between nodes.
//!
//! Where a path is one repeated relationship between two known nodes, a breadth-first search from both sides finds it
//! ([`two_sided`]). Everything else is a breadth-first search over partial paths ([`layers`]).

mod layers;
mod two_sided;

use std::collections::VecDeque;
use std::rc::Rc;

use super::trails::fill_lists;
use super::{Context, Cursor, Row, node, open};
use crate::cypher::QueryError;
use crate::cypher::plan::{self, Group, ShortestPart};
use crate::cypher::run::evaluate::path_of;
use crate::cypher::run::set;
use crate::cypher::value::{NodeId, RelationshipId, Value};

/// A path that was found: its first node, and what follows, part by part.
#[derive(Debug, Clone)]
struct Found {
    start: NodeId,
    /// For each part of the pattern the walk through it.
    parts: Vec<Vec<(RelationshipId, NodeId)>>,
}

impl Found {
    fn length(&self) -> usize {
        self.parts.iter().map(Vec::len).sum()
    }

    fn end(&self) -> NodeId {
        self.parts.iter().rev().find_map(|part| part.last()).map_or(self.start, |(_, node)| *node)
    }
}

pub(super) struct Shortest {
    operator: Rc<plan::Shortest>,
    input: Box<dyn Cursor>,
    found: VecDeque<Found>,
}

impl Shortest {
    pub(super) fn new(operator: &Rc<plan::Shortest>) -> Self {
        Self { operator: Rc::clone(operator), input: open(&operator.input), found: VecDeque::new() }
    }

    fn search(&self, context: &mut Context, row: &mut Row) -> Result<VecDeque<Found>, QueryError> {
        let operator = &*self.operator;
        let Some(from) = node(row, operator.from) else { return Ok(VecDeque::new()) };
        let to = match operator.into {
            true => match node(row, operator.to) {
                Some(to) => Some(to),
                None => return Ok(VecDeque::new()),
            },
            false => None,
        };
        if let (Some(to), Some(group)) = (to, simple(operator))
            && from != to
            && operator.condition.is_none()
        {
            return two_sided::search(operator, group, from, to, context, row);
        }
        layers::search(operator, from, to, context, row)
    }
}

/// The group, when the whole path is one relationship repeated at least zero or one times.
fn simple(operator: &plan::Shortest) -> Option<&Group> {
    match operator.parts.as_slice() {
        [ShortestPart::Group { group, filter: None, .. }]
            if group.steps.len() == 1
                && group.min <= 1
                && group.first_filter.is_none()
                && operator.unique.is_empty() =>
        {
            Some(group)
        }
        _ => None,
    }
}

/// Fills the slots of the pattern with a path.
fn hand_on(operator: &plan::Shortest, found: &Found, row: &mut Row) {
    let mut start = found.start;
    for (part, walk) in operator.parts.iter().zip(&found.parts) {
        let end = walk.last().map_or(start, |(_, node)| *node);
        match part {
            ShortestPart::Step(step) => {
                if let Some((by, _)) = walk.first() {
                    set(row, step.relationship, Value::Relationship(*by));
                }
                set(row, step.node, Value::Node(end));
            }
            ShortestPart::Group { group, node, .. } => {
                fill_lists(group, start, walk, row);
                set(row, *node, Value::Node(end));
            }
        }
        start = end;
    }
}

/// Whether a path is one of those that are chosen from.
fn is_eligible(
    operator: &plan::Shortest,
    found: &Found,
    context: &mut Context,
    row: &mut Row,
) -> Result<bool, QueryError> {
    let Some(condition) = &operator.condition else { return Ok(true) };
    hand_on(operator, found, row);
    fill_path(operator, context, row);
    condition.is_true(context, row)
}

fn fill_path(operator: &plan::Shortest, context: &Context, row: &mut Row) {
    if let Some(path) = operator.path {
        let value = path_of(&operator.pieces, &context.view, row);
        set(row, path, value);
    }
}

impl Cursor for Shortest {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        loop {
            if let Some(found) = self.found.pop_front() {
                hand_on(&self.operator, &found, row);
                fill_path(&self.operator, context, row);
                return Ok(true);
            }
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            self.found = self.search(context, row)?;
        }
    }

    fn reset(&mut self) {
        self.input.reset();
        self.found.clear();
    }
}
