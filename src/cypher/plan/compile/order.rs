//! The order in which a pattern is found: the cheapest step first, and every condition as early as it can be checked.

use std::collections::BTreeSet;
use std::mem;
use std::rc::Rc;

use super::graph::{Condition, Link, LinkKind, PatternGraph, PatternNode, Repetition};
use super::{Compiler, Plan, Slot};
use crate::cypher::error::{Detail, Kind, QueryError};
use crate::cypher::plan::{Expand, Expr, Filter, Operator, RelationshipEnds, Types};
use crate::cypher::syntax::Span;
use crate::cypher::syntax::tree::Direction;

/// What is found so far.
pub(super) struct Progress {
    pub(super) plan: Plan,
    /// Slots that the patterns fill and that are filled.
    pub(super) solved: BTreeSet<Slot>,
    /// The slots of relationships walked so far.
    pub(super) walked: Vec<Slot>,
}

/// The next thing to do.
enum Move {
    /// Look for a node.
    Start(usize),
    /// Walk a link.
    Walk(usize),
}

impl Compiler<'_> {
    /// Operators that find everything in the graph.
    ///
    /// Greedy: of all that can be done next, what leaves the fewest rows is done. With n nodes and links this looks at
    /// O(n²) moves.
    pub(super) fn solve(&mut self, mut graph: PatternGraph, input: Plan) -> Result<Plan, QueryError> {
        let mut progress = Progress { plan: input, solved: BTreeSet::new(), walked: Vec::new() };
        self.filter_ready(&mut graph, &mut progress);
        loop {
            match self.cheapest(&graph, &progress) {
                None => break,
                Some(Move::Start(at)) => {
                    let node = graph.nodes.swap_remove(at);
                    let label = self.start(&node, &graph, &mut progress);
                    // A scan by label finds nothing else.
                    graph
                        .conditions
                        .retain(|condition| !label.is_some_and(|label| asks_for(condition, node.slot, label)));
                    progress.solved.insert(node.slot);
                }
                Some(Move::Walk(at)) => {
                    let link = graph.links.swap_remove(at);
                    self.walk(link, &mut graph, &mut progress)?;
                }
            }
            self.filter_ready(&mut graph, &mut progress);
        }
        if graph.links.is_empty() && graph.conditions.is_empty() {
            return Ok(progress.plan);
        }
        // The checks let nothing of the kind through: parts of a pattern that wait for each other.
        let message = "the parts of this pattern depend on each other in a circle";
        Err(QueryError::compile(Kind::SyntaxError, Detail::NotSupported, Span::default(), message))
    }

    /// Whether a slot has its value: one of before the patterns, or one that was found.
    pub(super) fn is_solved(graph: &PatternGraph, progress: &Progress, slot: Slot) -> bool {
        !graph.fresh.contains(&slot) || progress.solved.contains(&slot)
    }

    fn cheapest(&self, graph: &PatternGraph, progress: &Progress) -> Option<Move> {
        let solved = |slot| Self::is_solved(graph, progress, slot);
        let mut best: Option<(f64, Move)> = None;
        let mut offer = |cost: f64, what: Move| {
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, what));
            }
        };
        for (at, link) in graph.links.iter().enumerate() {
            let (from, to) = (solved(link.from), solved(link.to));
            let known = matches!(link.kind, LinkKind::Single { bound: true, .. });
            let factor = match (&link.kind, from, to) {
                (LinkKind::Single { bound: true, .. }, ..) => 0.5,
                (LinkKind::Single { .. }, true, true) => 0.6,
                (LinkKind::Single { direction, types, .. }, true, false) => {
                    self.fan_out(graph, link.from, *direction, types.as_ref())
                }
                (LinkKind::Single { direction, types, .. }, false, true) => {
                    self.fan_out(graph, link.to, *direction, types.as_ref())
                }
                // What its conditions read of other parts of the pattern must be there.
                (LinkKind::Trail(repetition), ..) if !repetition.reads(graph, progress) => continue,
                (LinkKind::Trail(_), true, true) => 5.0,
                (LinkKind::Trail(_), true, false) | (LinkKind::Trail(_), false, true) => 50.0,
                (LinkKind::Shortest { .. }, true, true) => 1.0,
                (LinkKind::Shortest { .. }, true, false) => 2000.0,
                _ => continue,
            };
            if known || from || to {
                offer(factor, Move::Walk(at));
            }
        }
        for (at, node) in graph.nodes.iter().enumerate() {
            if !solved(node.slot) {
                offer(self.start_cost(node, graph, progress), Move::Start(at));
            }
        }
        best.map(|(_, what)| what)
    }

    /// How many relationships of these types a node has on average.
    fn fan_out(
        &self,
        graph: &PatternGraph,
        from: Slot,
        direction: Direction,
        types: Option<&crate::cypher::plan::LabelTest>,
    ) -> f64 {
        let relationships = match types.and_then(crate::cypher::plan::LabelTest::choice) {
            Some(words) => words.iter().map(|word| self.view.type_count(*word)).sum(),
            None => self.view.relationship_count(),
        };
        let labels = graph.nodes.iter().filter(|node| node.slot == from).flat_map(|node| &node.labels);
        let nodes = labels.map(|label| self.view.label_count(*label)).min().unwrap_or_else(|| self.view.node_count());
        let both = if direction == Direction::Either { 2.0 } else { 1.0 };
        both * relationships as f64 / nodes.max(1) as f64
    }

    /// Checks every condition whose slots are filled, and puts paths together.
    fn filter_ready(&mut self, graph: &mut PatternGraph, progress: &mut Progress) {
        loop {
            let ready = |condition: &Condition| condition.needs.iter().all(|slot| progress.solved.contains(slot));
            let (now, later): (Vec<_>, Vec<_>) = mem::take(&mut graph.conditions).into_iter().partition(ready);
            graph.conditions = later;
            if !now.is_empty() {
                let parts: Vec<Expr> = now.into_iter().map(|condition| condition.expression).collect();
                let estimate = progress.plan.estimate() * parts.iter().map(selectivity).product::<f64>();
                progress.plan = self.filter(progress.plan.clone(), parts, estimate);
            }
            let whole = |pieces: &[crate::cypher::plan::PathPiece]| {
                use crate::cypher::plan::PathPiece::{Node, Relationship, Relationships};
                pieces.iter().all(|piece| match piece {
                    Node(slot) | Relationship(slot) | Relationships(slot) => Self::is_solved(graph, progress, *slot),
                })
            };
            let Some(at) =
                graph.paths.iter().position(|(slot, pieces)| !progress.solved.contains(slot) && whole(pieces))
            else {
                return;
            };
            let (slot, pieces) = graph.paths.swap_remove(at);
            progress.plan = self.project(progress.plan.clone(), vec![(slot, Expr::Path(pieces))]);
            progress.solved.insert(slot);
        }
    }

    pub(super) fn filter(&mut self, input: Plan, mut parts: Vec<Expr>, estimate: f64) -> Plan {
        let condition = match parts.len() {
            1 => parts.swap_remove(0),
            _ => Expr::And(parts),
        };
        self.plan(Operator::Filter(Rc::new(Filter { input, condition })), estimate)
    }

    fn walk(&mut self, link: Link, graph: &mut PatternGraph, progress: &mut Progress) -> Result<(), QueryError> {
        let from_solved = Self::is_solved(graph, progress, link.from);
        let to_solved = Self::is_solved(graph, progress, link.to);
        let input = progress.plan.clone();
        let unique = progress.walked.clone();
        let estimate = input.estimate();
        let walked = link.relationships.clone();
        progress.solved.extend([link.from, link.to]);
        progress.solved.extend(&walked);
        progress.plan = match link.kind {
            LinkKind::Single { direction, types, bound: true } => {
                let [relationship] = *walked.as_slice() else { return Ok(()) };
                let ends = RelationshipEnds {
                    input,
                    relationship,
                    from: link.from,
                    to: link.to,
                    direction,
                    from_bound: from_solved,
                    to_bound: to_solved,
                    types,
                    unique,
                };
                self.plan(Operator::RelationshipEnds(Rc::new(ends)), estimate)
            }
            LinkKind::Single { direction, types, bound: false } => {
                let [relationship] = *walked.as_slice() else { return Ok(()) };
                let forward = from_solved;
                let (from, to) = if forward { (link.from, link.to) } else { (link.to, link.from) };
                let loops = link.from == link.to;
                let into = (from_solved && to_solved) || loops;
                let fan_out = self.fan_out(graph, from, direction, types.as_ref());
                let direction = if forward { direction } else { flipped(direction) };
                let estimate = if into { estimate * 0.6 } else { estimate * fan_out };
                let types = walked_types(types);
                let expand = Expand { input, from, relationship, to, direction, types, into, unique };
                self.plan(Operator::Expand(Rc::new(expand)), estimate)
            }
            LinkKind::Trail(repetition) => {
                let ends = (link.from, link.to);
                self.trails(repetition, ends, (from_solved, to_solved), input, unique, progress)
            }
            LinkKind::Shortest { selector, parts, path, pieces } => {
                let ends = (link.from, link.to);
                let plan =
                    self.shortest(selector, parts, (path, pieces), ends, to_solved, input, unique, graph, progress);
                plan?
            }
        };
        progress.walked.extend(walked);
        Ok(())
    }
}

impl Repetition {
    /// Whether everything that its conditions read of other parts of the pattern is filled.
    fn reads(&self, graph: &PatternGraph, progress: &Progress) -> bool {
        let read = self.conditions.iter().flat_map(|condition| condition.expression.slots());
        read.into_iter().all(|slot| Compiler::is_solved(graph, progress, slot))
    }
}

/// The same relationship seen from its other end.
pub(super) fn flipped(direction: Direction) -> Direction {
    match direction {
        Direction::Right => Direction::Left,
        Direction::Left => Direction::Right,
        Direction::Either => Direction::Either,
    }
}

/// The types in the form that is quick to test.
pub(super) fn walked_types(test: Option<crate::cypher::plan::LabelTest>) -> Types {
    let Some(test) = test else { return Types::All };
    match test.choice() {
        Some(words) if words.len() == 1 => words.first().map_or(Types::All, |word| Types::One(*word)),
        Some(words) => Types::Some(words),
        None => Types::Test(test),
    }
}

/// Whether a condition asks for nothing but one label of a node.
fn asks_for(condition: &Condition, node: Slot, label: crate::cypher::view::WordId) -> bool {
    match &condition.expression {
        Expr::HasLabels { subject, test, .. } => {
            matches!(&**subject, Expr::Slot(slot) if *slot == node)
                && *test == crate::cypher::plan::LabelTest::Word(label)
        }
        _ => false,
    }
}

/// Which share of rows a condition is expected to leave.
fn selectivity(condition: &Expr) -> f64 {
    match condition {
        Expr::Named { negated: false, .. } => 0.01,
        Expr::HasLabels { .. } => 0.7,
        Expr::Comparison { .. } => 0.2,
        _ => 0.4,
    }
}

/// Whether a condition says that `slot` has a certain value of a property, or is certain nodes.
pub(super) fn fixes(condition: &Condition, node: &PatternNode) -> bool {
    condition.needs.len() == 1
        && condition.needs.contains(&node.slot)
        && matches!(condition.expression, Expr::Comparison { .. } | Expr::Named { .. })
}
