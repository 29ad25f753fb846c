//! Shortest paths of any pattern: partial paths, in the order of their length.

use std::collections::{HashMap, VecDeque};

use super::super::trails::begins;
use super::super::{Context, Row, is_walked, side};
use super::{Found, is_eligible, simple};
use crate::cypher::QueryError;
use crate::cypher::plan::{self, GroupStep, ShortestPart, Which};
use crate::cypher::run::set;
use crate::cypher::value::{NodeId, RelationshipId, Value};

/// A partial path: one more relationship than the one before it.
#[derive(Clone, Copy)]
struct Partial {
    /// The place of the partial path that it continues; itself at the start.
    before: usize,
    by: Option<RelationshipId>,
    node: NodeId,
    /// The part of the pattern that it is in, and how far it has come there.
    part: usize,
    round: u64,
    step: usize,
    length: usize,
}

struct Search<'a> {
    operator: &'a plan::Shortest,
    partials: Vec<Partial>,
    queue: VecDeque<usize>,
    target: Option<NodeId>,
    /// How many paths, and the lengths of paths, were found for each end.
    ends: HashMap<NodeId, (u64, Vec<usize>)>,
    found: VecDeque<Found>,
    /// Where longer ways cannot be better: how long the first way to a node was.
    first: Option<HashMap<NodeId, usize>>,
}

/// The paths that are wanted, shortest first; to `to`, or to every node there is a path to.
pub(super) fn search(
    operator: &plan::Shortest,
    from: NodeId,
    to: Option<NodeId>,
    context: &mut Context,
    row: &mut Row,
) -> Result<VecDeque<Found>, QueryError> {
    let one = matches!(operator.which, Which::Paths(1) | Which::Lengths(1));
    let prunes = one && operator.condition.is_none() && simple(operator).is_some() && to != Some(from);
    let start = Partial { before: 0, by: None, node: from, part: 0, round: 0, step: 0, length: 0 };
    let mut search = Search {
        operator,
        partials: vec![start],
        queue: VecDeque::from([0]),
        target: to,
        ends: HashMap::new(),
        found: VecDeque::new(),
        first: prunes.then(|| HashMap::from([(from, 0)])),
    };
    while let Some(place) = search.queue.pop_front() {
        let Some(partial) = search.partials.get(place).copied() else { break };
        if search.is_done(partial.length) {
            break;
        }
        search.settle(place, partial, context, row)?;
    }
    Ok(search.found)
}

impl Search<'_> {
    /// Whether nothing longer than what was found is wanted.
    fn is_done(&self, length: usize) -> bool {
        let Some(target) = self.target else { return false };
        let Some((paths, lengths)) = self.ends.get(&target) else { return false };
        match self.operator.which {
            Which::Paths(wanted) => *paths >= wanted,
            Which::Lengths(wanted) => {
                lengths.len() as u64 >= wanted && lengths.last().is_some_and(|last| length > *last)
            }
        }
    }

    /// Looks where a partial path may end or go on: in its part, and in those that may follow without a step.
    fn settle(
        &mut self,
        place: usize,
        partial: Partial,
        context: &mut Context,
        row: &mut Row,
    ) -> Result<(), QueryError> {
        let operator = self.operator;
        let (mut part, mut round, mut step) = (partial.part, partial.round, partial.step);
        loop {
            match operator.parts.get(part) {
                None => return self.accept(place, context, row),
                Some(ShortestPart::Step(only)) => {
                    return self.walk(place, only, (part, 0, 0), context, row);
                }
                Some(ShortestPart::Group { group, node, filter }) => {
                    let more = step > 0 || group.max.is_none_or(|max| round < max);
                    if more
                        && (step > 0 || begins(group, partial.node, context, row)?)
                        && let Some(next) = group.steps.get(step)
                    {
                        self.walk(place, next, (part, round, step), context, row)?;
                    }
                    if step > 0 || round < group.min {
                        return Ok(());
                    }
                    if let Some(filter) = filter {
                        set(row, *node, Value::Node(partial.node));
                        if !filter.is_true(context, row)? {
                            return Ok(());
                        }
                    }
                    (part, round, step) = (part + 1, 0, 0);
                }
            }
        }
    }

    /// Every relationship that continues a partial path.
    fn walk(
        &mut self,
        place: usize,
        step: &GroupStep,
        (part, round, at): (usize, u64, usize),
        context: &mut Context,
        row: &mut Row,
    ) -> Result<(), QueryError> {
        let Some(from) = self.partials.get(place).copied() else { return Ok(()) };
        let operator = self.operator;
        let mut edges = context.view.edges(from.node, side(step.direction));
        while let Some((relationship, there, kind)) = context.view.next_edge(&mut edges) {
            context.budget.step()?;
            let length = from.length + 1;
            if !step.types.admit(kind)
                || self.is_behind(place, relationship)
                || is_walked(relationship, &operator.unique, row)
                || self.first.as_ref().is_some_and(|first| first.get(&there).is_some_and(|known| *known < length))
            {
                continue;
            }
            if let Some(filter) = &step.filter {
                self.fill_round(place, part, at, row);
                set(row, step.relationship, Value::Relationship(relationship));
                set(row, step.node, Value::Node(there));
                if !filter.is_true(context, row)? {
                    continue;
                }
            }
            let (part, round, step) = match operator.parts.get(part) {
                Some(ShortestPart::Group { group, .. }) if at + 1 < group.steps.len() => (part, round, at + 1),
                Some(ShortestPart::Group { .. }) => (part, round + 1, 0),
                _ => (part + 1, 0, 0),
            };
            if let Some(first) = &mut self.first {
                let single = operator.which == Which::Paths(1);
                if single && first.contains_key(&there) {
                    continue;
                }
                first.entry(there).or_insert(length);
            }
            context.budget.keep(size_of::<Partial>())?;
            self.queue.push_back(self.partials.len());
            self.partials.push(Partial {
                before: place,
                by: Some(relationship),
                node: there,
                part,
                round,
                step,
                length,
            });
        }
        Ok(())
    }

    /// Whether a partial path has walked a relationship.
    fn is_behind(&self, mut place: usize, relationship: RelationshipId) -> bool {
        while let Some(partial) = self.partials.get(place) {
            match partial.by {
                None => return false,
                Some(by) if by == relationship => return true,
                Some(_) => place = partial.before,
            }
        }
        false
    }

    /// Fills the slots of the present repetition as far as it has come.
    fn fill_round(&self, place: usize, part: usize, steps: usize, row: &mut Row) {
        let Some(ShortestPart::Group { group, .. }) = self.operator.parts.get(part) else { return };
        let mut place = place;
        for at in (0..steps).rev() {
            let (Some(partial), Some(step)) = (self.partials.get(place), group.steps.get(at)) else { return };
            if let Some(by) = partial.by {
                set(row, step.relationship, Value::Relationship(by));
            }
            set(row, step.node, Value::Node(partial.node));
            place = partial.before;
        }
        if let Some(first) = self.partials.get(place) {
            set(row, group.first, Value::Node(first.node));
        }
    }

    /// A partial path that is a whole one.
    fn accept(&mut self, place: usize, context: &mut Context, row: &mut Row) -> Result<(), QueryError> {
        let found = self.path(place);
        let end = found.end();
        if self.target.is_some_and(|target| target != end) {
            return Ok(());
        }
        let length = found.length();
        let (paths, lengths) = self.ends.entry(end).or_default();
        let wanted = match self.operator.which {
            Which::Paths(wanted) => *paths < wanted,
            Which::Lengths(wanted) => lengths.contains(&length) || (lengths.len() as u64) < wanted,
        };
        if !wanted || !is_eligible(self.operator, &found, context, row)? {
            return Ok(());
        }
        if let Some((paths, lengths)) = self.ends.get_mut(&end) {
            *paths += 1;
            if lengths.last() != Some(&length) {
                lengths.push(length);
            }
        }
        context.budget.keep(16 * length + 64)?;
        self.found.push_back(found);
        Ok(())
    }

    /// The path from the start, part by part.
    fn path(&self, place: usize) -> Found {
        let mut parts: Vec<Vec<(RelationshipId, NodeId)>> = vec![Vec::new(); self.operator.parts.len()];
        let mut place = place;
        while let Some(partial) = self.partials.get(place) {
            let Some(by) = partial.by else {
                parts.iter_mut().for_each(|part| part.reverse());
                return Found { start: partial.node, parts };
            };
            // The part that the step was in: a finished single step has moved on to the next part.
            let part = match self.operator.parts.get(partial.part) {
                Some(ShortestPart::Group { .. }) if partial.round > 0 || partial.step > 0 => partial.part,
                _ => partial.part.saturating_sub(1),
            };
            if let Some(part) = parts.get_mut(part) {
                part.push((by, partial.node));
            }
            place = partial.before;
        }
        Found { start: NodeId(u32::MAX), parts }
    }
}
