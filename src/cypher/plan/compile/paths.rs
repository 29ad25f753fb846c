//! Repetitions and shortest paths: from patterns to operators.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::graph::{Condition, Part, PatternGraph, Repetition};
use super::order::{Progress, flipped, walked_types};
use super::{Compiler, Plan, Slot};
use crate::cypher::QueryError;
use crate::cypher::plan::{Expr, Group, GroupStep, Operator, PathPiece, Shortest, ShortestPart, Trails, Which};
use crate::cypher::syntax::tree::Selector;

impl Compiler<'_> {
    pub(super) fn trails(
        &mut self,
        repetition: Repetition,
        (from, to): (Slot, Slot),
        (from_solved, to_solved): (bool, bool),
        input: Plan,
        unique: Vec<Slot>,
        progress: &mut Progress,
    ) -> Plan {
        let reversed = !from_solved;
        progress.solved.extend(repetition.lists.iter().map(|(_, list)| *list));
        progress.solved.insert(repetition.relationships);
        let into = (from_solved && to_solved) || from == to;
        let steps = repetition.max.unwrap_or(4).clamp(1, 4);
        let estimate = input.estimate() * if into { 2.0 } else { 6.0f64.powi(i32::try_from(steps).unwrap_or(4)) };
        let group = oriented(repetition, reversed);
        let (from, to) = if reversed { (to, from) } else { (from, to) };
        self.plan(Operator::Trails(Rc::new(Trails { input, from, to, into, group, unique })), estimate)
    }

    #[allow(clippy::too_many_arguments)]
    pub(super) fn shortest(
        &mut self,
        selector: Selector,
        parts: Vec<Part>,
        (path, pieces): (Option<Slot>, Vec<PathPiece>),
        (from, to): (Slot, Slot),
        to_solved: bool,
        input: Plan,
        unique: Vec<Slot>,
        graph: &mut PatternGraph,
        progress: &mut Progress,
    ) -> Result<Plan, QueryError> {
        let legacy = matches!(selector, Selector::ShortestPath | Selector::AllShortestPaths);
        let mut filled = BTreeSet::from([from, to]);
        let mut built = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Part::Step { relationship, node, direction, types } => {
                    let own = BTreeSet::from([relationship, node]);
                    // What the last node must fulfil is checked here too, so that a path that fails is no path.
                    let filter = take_inherent(&mut graph.conditions, &own, progress, graph_ends(from, to, node));
                    filled.extend(own);
                    let types = walked_types(types);
                    built.push(ShortestPart::Step(GroupStep { relationship, node, direction, types, filter }));
                }
                Part::Repetition { repetition, node } => {
                    let own = BTreeSet::from([node]);
                    let filter = take_inherent(&mut graph.conditions, &own, progress, graph_ends(from, to, node));
                    filled.insert(node);
                    filled.insert(repetition.relationships);
                    filled.extend(repetition.lists.iter().map(|(_, list)| *list));
                    built.push(ShortestPart::Group { group: oriented(repetition, false), node, filter });
                }
            }
        }
        progress.solved.extend(filled.iter().copied());
        let mut choosing = Vec::new();
        let known = |needs: &BTreeSet<Slot>, progress: &Progress| {
            needs.iter().all(|slot| progress.solved.contains(slot) || Some(*slot) == path)
        };
        let interior = |needs: &BTreeSet<Slot>| {
            needs.iter().any(|slot| (filled.contains(slot) && *slot != from && *slot != to) || Some(*slot) == path)
        };
        let mut later = Vec::new();
        for condition in std::mem::take(&mut graph.conditions) {
            let belongs =
                (legacy || condition.inherent) && interior(&condition.needs) && known(&condition.needs, progress);
            if belongs { choosing.push(condition.expression) } else { later.push(condition) }
        }
        graph.conditions = later;
        let condition = match choosing.len() {
            0 => None,
            1 => choosing.pop(),
            _ => Some(Expr::And(choosing)),
        };
        let which = match selector {
            Selector::All | Selector::ShortestPath => Which::Paths(1),
            Selector::AllShortestPaths | Selector::AllShortest => Which::Lengths(1),
            Selector::Shortest(count) | Selector::Any(count) => Which::Paths(count),
            Selector::ShortestGroups(count) => Which::Lengths(count),
        };
        let into = to_solved || from == to;
        let estimate = input.estimate() * if into { 1.0 } else { self.view.node_count() as f64 };
        // The operator makes the path for its condition; the path slot is then filled.
        if let Some(path) = path
            && condition.is_some()
        {
            graph.paths.retain(|(slot, _)| *slot != path);
            progress.solved.insert(path);
        }
        let path = condition.is_some().then_some(path).flatten();
        let shortest = Shortest { input, from, to, into, which, parts: built, condition, path, pieces, unique };
        Ok(self.plan(Operator::Shortest(Rc::new(shortest)), estimate))
    }
}

/// Whether a node is no end of the path: conditions of ends are checked where the ends are found.
fn graph_ends(from: Slot, to: Slot, node: Slot) -> bool {
    node != from && node != to
}

/// Takes the conditions of the pattern that need nothing but `own` and what is known.
fn take_inherent(
    conditions: &mut Vec<Condition>,
    own: &BTreeSet<Slot>,
    progress: &Progress,
    with_node: bool,
) -> Option<Expr> {
    let mut taken = Vec::new();
    let mut later = Vec::new();
    for condition in std::mem::take(conditions) {
        let mut needs = condition.needs.iter();
        let touches = condition.needs.iter().any(|slot| own.contains(slot));
        if condition.inherent && touches && needs.all(|slot| own.contains(slot) || progress.solved.contains(slot)) {
            taken.push(condition.expression);
        } else {
            later.push(condition);
        }
    }
    *conditions = later;
    let _ = with_node;
    match taken.len() {
        0 => None,
        1 => taken.pop(),
        _ => Some(Expr::And(taken)),
    }
}

/// A repetition in the direction in which it is walked, with every condition where it can first be checked.
fn oriented(repetition: Repetition, reversed: bool) -> Group {
    let Repetition { mut nodes, mut steps, mut conditions, lists, relationships, min, max } = repetition;
    if reversed {
        nodes.reverse();
        steps.reverse();
        for (_, direction, _) in &mut steps {
            *direction = flipped(*direction);
        }
    }
    let mut known = BTreeSet::new();
    let mut take = |slots: &[Slot]| {
        known.extend(slots.iter().copied());
        let (now, later): (Vec<_>, Vec<_>) =
            std::mem::take(&mut conditions).into_iter().partition(|condition| condition.needs.is_subset(&known));
        conditions = later;
        let mut parts: Vec<Expr> = now.into_iter().map(|condition| condition.expression).collect();
        match parts.len() {
            0 => None,
            1 => parts.pop(),
            _ => Some(Expr::And(parts)),
        }
    };
    let first = nodes.first().copied().unwrap_or_default();
    let first_filter = take(&[first]);
    let mut walked = Vec::with_capacity(steps.len());
    for ((relationship, direction, types), &node) in steps.into_iter().zip(nodes.iter().skip(1)) {
        let filter = take(&[relationship, node]);
        walked.push(GroupStep { relationship, node, direction, types: walked_types(types), filter });
    }
    Group { steps: walked, first, first_filter, min, max, lists, relationships, reversed }
}
