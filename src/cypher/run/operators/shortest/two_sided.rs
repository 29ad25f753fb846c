//! Shortest paths of one repeated relationship between two nodes: breadth-first from both ends, the smaller side first.

use std::collections::{HashMap, VecDeque};

use super::super::{Context, Row, side};
use super::Found;
use crate::cypher::error::{Detail, Kind, QueryError};
use crate::cypher::plan::{self, Group, Types, Which};
use crate::cypher::run::set;
use crate::cypher::syntax::tree::Direction;
use crate::cypher::value::{NodeId, Quick, RelationshipId, Value};
use crate::cypher::view::WordId;
use crate::graph::{Bounds, Filter, shortest_path};

/// One side of the search.
struct Side {
    /// How far from this side's end a node is, and every relationship that leads one step nearer.
    reached: HashMap<NodeId, Reached, Quick>,
    frontier: Vec<NodeId>,
    depth: u64,
    /// Whether the steps are walked from their second node to their first.
    backward: bool,
}

#[derive(Default)]
struct Reached {
    distance: u64,
    by: Vec<(RelationshipId, NodeId)>,
}

impl Side {
    fn new(node: NodeId, backward: bool) -> Self {
        Self { reached: HashMap::from_iter([(node, Reached::default())]), frontier: vec![node], depth: 0, backward }
    }

    /// One step further; the nodes of the new frontier that `other` has reached.
    fn step(
        &mut self,
        group: &Group,
        other: &Self,
        context: &mut Context,
        row: &mut Row,
    ) -> Result<Vec<NodeId>, QueryError> {
        let Some(step) = group.steps.first() else { return Ok(Vec::new()) };
        let direction = match (step.direction, self.backward) {
            (Direction::Right, true) => Direction::Left,
            (Direction::Left, true) => Direction::Right,
            (direction, _) => direction,
        };
        self.depth += 1;
        let mut next = Vec::new();
        let mut met = Vec::new();
        for here in std::mem::take(&mut self.frontier) {
            let mut edges = context.view.edges(here, side(direction));
            while let Some((relationship, there, kind)) = context.view.next_edge(&mut edges) {
                context.budget.step()?;
                if !step.types.admit(kind) {
                    continue;
                }
                let known = self.reached.get(&there).map(|reached| reached.distance);
                if known.is_some_and(|distance| distance < self.depth) {
                    continue;
                }
                if let Some(filter) = &step.filter {
                    let (first, second) = if self.backward { (there, here) } else { (here, there) };
                    set(row, group.first, Value::Node(first));
                    set(row, step.relationship, Value::Relationship(relationship));
                    set(row, step.node, Value::Node(second));
                    if !filter.is_true(context, row)? {
                        continue;
                    }
                }
                let reached = self.reached.entry(there).or_insert_with(|| {
                    next.push(there);
                    if other.reached.contains_key(&there) {
                        met.push(there);
                    }
                    Reached { distance: self.depth, by: Vec::new() }
                });
                reached.by.push((relationship, here));
            }
        }
        context.budget.keep(next.len() * 96)?;
        self.frontier = next;
        Ok(met)
    }
}

/// The shortest paths, at most as many as are wanted, in the order of their nodes.
pub(super) fn search(
    operator: &plan::Shortest,
    group: &Group,
    from: NodeId,
    to: NodeId,
    context: &mut Context,
    row: &mut Row,
) -> Result<VecDeque<Found>, QueryError> {
    let wanted = match operator.which {
        Which::Paths(1) => 1,
        Which::Lengths(1) => usize::MAX,
        _ => return super::layers::search(operator, from, Some(to), context, row),
    };
    if wanted == 1
        && let Some(found) = in_base(group, from, to, context)?
    {
        return Ok(found);
    }
    let (mut near, mut far) = (Side::new(from, false), Side::new(to, true));
    let met = loop {
        let length = near.depth + far.depth;
        if near.frontier.is_empty() || far.frontier.is_empty() || group.max.is_some_and(|max| length >= max) {
            return Ok(VecDeque::new());
        }
        let met = if near.frontier.len() <= far.frontier.len() {
            near.step(group, &far, context, row)?
        } else {
            far.step(group, &near, context, row)?
        };
        if !met.is_empty() {
            break met;
        }
    };
    let mut paths = VecDeque::new();
    for middle in met {
        let mut heads = Vec::new();
        walk_back(&near, middle, &mut Vec::new(), wanted, context, &mut heads)?;
        let mut tails = Vec::new();
        walk_back(&far, middle, &mut Vec::new(), wanted, context, &mut tails)?;
        for head in &heads {
            for tail in &tails {
                if paths.len() >= wanted {
                    return Ok(paths);
                }
                context.budget.keep(16 * (head.len() + tail.len()))?;
                paths.push_back(joined(from, middle, head, tail));
            }
        }
    }
    Ok(paths)
}

/// One shortest path by the search of the graph itself, which is faster; `None` where it cannot be used, because the
/// statement has changed the graph, or looks at more than types.
fn in_base(
    group: &Group,
    from: NodeId,
    to: NodeId,
    context: &mut Context,
) -> Result<Option<VecDeque<Found>>, QueryError> {
    let Some(step) = group.steps.first().filter(|step| step.filter.is_none()) else { return Ok(None) };
    if context.view.has_changes() {
        return Ok(None);
    }
    let mut filter = Filter::new().direction(side(step.direction));
    let words: &[WordId] = match &step.types {
        Types::All => &[],
        Types::One(word) => std::slice::from_ref(word),
        Types::Some(words) => words,
        Types::Test(_) => return Ok(None),
    };
    if !words.is_empty() {
        let numbers: Result<Vec<u16>, _> = words.iter().map(|word| u16::try_from(word.0)).collect();
        let Ok(numbers) = numbers else { return Ok(None) };
        filter = filter.predicates(numbers);
    }
    let mut bounds = Bounds::none();
    if let Some(max) = group.max {
        bounds = bounds.hops(u32::try_from(max).unwrap_or(u32::MAX));
    }
    if let Some(left) = context.budget.left() {
        bounds = bounds.within(left);
    }
    let answer = shortest_path(context.view.base().graph(), from.0, to.0, &filter, &bounds);
    let answer = answer.map_err(|error| QueryError::run(Kind::StorageError, Detail::Storage, error.to_string()))?;
    context.budget.look()?;
    let Some(path) = answer.value else { return Ok(Some(VecDeque::new())) };
    let mut walk = Vec::with_capacity(path.len());
    for (here, there) in path.nodes().iter().zip(path.nodes().iter().skip(1)) {
        let mut edges = context.view.edges_between(NodeId(*here), NodeId(*there), side(step.direction));
        let found =
            std::iter::from_fn(|| context.view.next_edge(&mut edges)).find(|(_, _, kind)| step.types.admit(*kind));
        walk.extend(found.map(|(relationship, node, _)| (relationship, node)));
    }
    Ok(Some(VecDeque::from([Found { start: from, parts: vec![walk] }])))
}

/// Every way from a node to the end of a side, as steps away from the node.
fn walk_back(
    side: &Side,
    node: NodeId,
    steps: &mut Vec<(RelationshipId, NodeId)>,
    wanted: usize,
    context: &mut Context,
    into: &mut Vec<Vec<(RelationshipId, NodeId)>>,
) -> Result<(), QueryError> {
    // A stack of its own: paths may be as long as the graph.
    let mut stack = vec![(node, 0usize)];
    while let Some((node, next)) = stack.last_mut() {
        context.budget.step()?;
        let by = side.reached.get(node).map(|reached| reached.by.as_slice()).unwrap_or_default();
        if by.is_empty() {
            into.push(steps.clone());
            if into.len() >= wanted {
                return Ok(());
            }
        }
        match by.get(*next) {
            Some(&(relationship, nearer)) => {
                *next += 1;
                steps.push((relationship, nearer));
                stack.push((nearer, 0));
            }
            None => {
                stack.pop();
                steps.pop();
            }
        }
    }
    Ok(())
}

fn joined(from: NodeId, middle: NodeId, head: &[(RelationshipId, NodeId)], tail: &[(RelationshipId, NodeId)]) -> Found {
    // The head was walked from the middle to the start: turned round, each relationship leads to the node before it.
    let mut walk: Vec<(RelationshipId, NodeId)> = Vec::with_capacity(head.len() + tail.len());
    let mut there = middle;
    for (relationship, nearer) in head {
        walk.push((*relationship, there));
        there = *nearer;
    }
    walk.reverse();
    walk.extend(tail);
    Found { start: from, parts: vec![walk] }
}
