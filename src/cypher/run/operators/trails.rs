//! Chains of relationships, none of them twice, for each row: a depth-first search.

use std::rc::Rc;

use super::{Context, Cursor, Row, is_walked, node, open, side};
use crate::cypher::QueryError;
use crate::cypher::plan::{self, Group, Slot};
use crate::cypher::run::set;
use crate::cypher::value::{NodeId, RelationshipId, Value};
use crate::cypher::view::EdgeCursor;

/// A node of the present chain, and the relationships that are still to be tried from it.
struct Stop {
    /// The relationship that led here; none at the start.
    by: Option<RelationshipId>,
    node: NodeId,
    /// None before the stop was handed on; then what is left of its relationships.
    edges: Option<EdgeCursor>,
}

pub(super) struct Trails {
    operator: Rc<plan::Trails>,
    input: Box<dyn Cursor>,
    chain: Vec<Stop>,
    target: Option<NodeId>,
}

impl Trails {
    pub(super) fn new(operator: &Rc<plan::Trails>) -> Self {
        Self { operator: Rc::clone(operator), input: open(&operator.input), chain: Vec::new(), target: None }
    }

    /// The next chain that the pattern allows.
    fn advance(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        let operator = Rc::clone(&self.operator);
        let group = &operator.group;
        let width = group.steps.len().max(1);
        while let Some(stop) = self.chain.last_mut() {
            let Some(edges) = &mut stop.edges else {
                let here = stop.node;
                let length = self.chain.len() - 1;
                let (rounds, step) = (length / width, length % width);
                let edges = self.edges_from(here, rounds as u64, step, context, row)?;
                if let Some(stop) = self.chain.last_mut() {
                    stop.edges = Some(edges);
                }
                // The chain is handed on when it is first complete; its relationships are walked afterwards.
                if step == 0 && rounds as u64 >= group.min && self.target.is_none_or(|target| target == here) {
                    return Ok(true);
                }
                continue;
            };
            let Some((relationship, other, kind)) = context.view.next_edge(edges) else {
                self.chain.pop();
                continue;
            };
            context.budget.step()?;
            let at = (self.chain.len() - 1) % width;
            let Some(step) = group.steps.get(at) else { break };
            if !step.types.admit(kind)
                || self.chain.iter().any(|stop| stop.by == Some(relationship))
                || is_walked(relationship, &operator.unique, row)
            {
                continue;
            }
            if let Some(filter) = &step.filter {
                self.fill_round(group, at, row);
                set(row, step.relationship, Value::Relationship(relationship));
                set(row, step.node, Value::Node(other));
                if !filter.is_true(context, row)? {
                    continue;
                }
            }
            self.chain.push(Stop { by: Some(relationship), node: other, edges: None });
        }
        Ok(false)
    }

    /// The relationships to try from a node; none when the chain may not go on there.
    fn edges_from(
        &self,
        here: NodeId,
        rounds: u64,
        step: usize,
        context: &mut Context,
        row: &mut Row,
    ) -> Result<EdgeCursor, QueryError> {
        let group = &self.operator.group;
        let more = step > 0 || group.max.is_none_or(|max| rounds < max);
        let walkable = more && (step > 0 || begins(group, here, context, row)?);
        Ok(match group.steps.get(step) {
            Some(step) if walkable => context.view.edges(here, side(step.direction)),
            _ => EdgeCursor::nowhere(),
        })
    }

    /// Fills the slots of the present repetition as far as it has come.
    fn fill_round(&self, group: &Group, steps: usize, row: &mut Row) {
        let start = self.chain.len().saturating_sub(steps + 1);
        let mut stops = self.chain.iter().skip(start);
        if let Some(first) = stops.next() {
            set(row, group.first, Value::Node(first.node));
        }
        for (stop, step) in stops.zip(&group.steps) {
            if let Some(by) = stop.by {
                set(row, step.relationship, Value::Relationship(by));
            }
            set(row, step.node, Value::Node(stop.node));
        }
    }

    /// Fills the slots of the pattern with the present chain.
    fn hand_on(&self, row: &mut Row) {
        let operator = &*self.operator;
        let walk: Vec<(RelationshipId, NodeId)> =
            self.chain.iter().skip(1).filter_map(|stop| stop.by.map(|by| (by, stop.node))).collect();
        let Some(start) = self.chain.first() else { return };
        fill_lists(&operator.group, start.node, &walk, row);
        if let Some(end) = self.chain.last()
            && !operator.into
        {
            set(row, operator.to, Value::Node(end.node));
        }
    }
}

/// Whether a repetition may begin at a node.
pub(super) fn begins(group: &Group, node: NodeId, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
    match &group.first_filter {
        None => Ok(true),
        Some(filter) => {
            set(row, group.first, Value::Node(node));
            filter.is_true(context, row)
        }
    }
}

/// Fills the lists of a group with a walk from `start`.
pub(super) fn fill_lists(group: &Group, start: NodeId, walk: &[(RelationshipId, NodeId)], row: &mut Row) {
    let width = group.steps.len().max(1);
    let mut relationships: Vec<Value> = walk.iter().map(|(by, _)| Value::Relationship(*by)).collect();
    if group.reversed {
        relationships.reverse();
    }
    for (inner, list) in &group.lists {
        let mut items: Vec<Value> = match place(group, *inner) {
            Some(Place::First) => {
                let starts =
                    std::iter::once(start).chain(walk.iter().skip(width - 1).step_by(width).map(|(_, node)| *node));
                starts.take(walk.len() / width).map(Value::Node).collect()
            }
            Some(Place::Relationship(step)) => {
                walk.iter().skip(step).step_by(width).map(|(by, _)| Value::Relationship(*by)).collect()
            }
            Some(Place::Node(step)) => {
                walk.iter().skip(step).step_by(width).map(|(_, node)| Value::Node(*node)).collect()
            }
            None => Vec::new(),
        };
        if group.reversed {
            items.reverse();
        }
        set(row, *list, Value::list(items));
    }
    set(row, group.relationships, Value::list(relationships));
}

/// Where a slot of a group stands in a repetition.
enum Place {
    First,
    Relationship(usize),
    Node(usize),
}

fn place(group: &Group, slot: Slot) -> Option<Place> {
    if slot == group.first {
        return Some(Place::First);
    }
    group.steps.iter().enumerate().find_map(|(at, step)| {
        if step.relationship == slot {
            Some(Place::Relationship(at))
        } else {
            (step.node == slot).then_some(Place::Node(at))
        }
    })
}

impl Cursor for Trails {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        loop {
            if !self.chain.is_empty() && self.advance(context, row)? {
                self.hand_on(row);
                return Ok(true);
            }
            self.chain.clear();
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            let Some(start) = node(row, self.operator.from) else { continue };
            self.target = match self.operator.into {
                true => match node(row, self.operator.to) {
                    Some(target) => Some(target),
                    None => continue,
                },
                false => None,
            };
            self.chain.push(Stop { by: None, node: start, edges: None });
        }
    }

    fn reset(&mut self) {
        self.input.reset();
        self.chain.clear();
    }
}
