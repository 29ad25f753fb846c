//! The lightest path, by a cost for every fact.

use super::super::bounds::Meter;
use super::super::{EdgeRef, Filter, Graph, GraphError};
use super::enumeration::Parallel;
use super::search::Ban;
use super::ways::{Way, Ways};
use super::yen::{Branch, Deviations, Stop};

/// Sums that differ by less than this part may differ by rounding only.
const ROUNDING: f64 = 1e-9;

/// Dijkstra's algorithm (1959), from the end of the path to its beginning.
///
/// Searching backwards leaves, for every node that matters, the exact cost of the way to the end. So the first path in
/// the documented order can be read off by always taking the smallest neighbour that keeps to the lightest cost. Ways are
/// compared by (cost, steps): every step makes a way worse even where facts cost nothing, and no way has a cycle.
///
/// Where steps are not limited, a search from the beginning first meets the one from the end half-way (Nicholson 1966). That
/// gives the lightest cost, and the search from the end then goes on only through nodes that lie on a path of that cost.
pub(super) struct Lightest<'g, C> {
    pub(super) graph: &'g Graph,
    pub(super) filter: &'g Filter,
    pub(super) to: u32,
    pub(super) parallel: Parallel,
    pub(super) cost: C,
    pub(super) meter: Meter,
    pub(super) hops_cut: bool,
}

/// The beginning of a path and what it must not use.
#[derive(Clone, Copy)]
struct Beginning<'a> {
    from: u32,
    ban: Ban<'a>,
}

/// What the search from the beginning leaves: its ways, and the cost that no path may exceed.
struct Corridor<'g> {
    ahead: Ways<'g>,
    most: f64,
}

impl Corridor<'_> {
    /// Whether a lightest path may lead through a node that is this far from the end.
    fn holds(&self, node: u32, cost: f64) -> bool {
        self.ahead.cost_to(node).is_some_and(|rest| rest + cost <= self.most)
    }
}

impl<'g, C: Fn(EdgeRef<'_>) -> f64> Lightest<'g, C> {
    /// The cost of a fact; infinite for one that is not to be walked.
    pub(super) fn cost_of(&self, edge: EdgeRef<'_>) -> Result<f64, GraphError> {
        let cost = (self.cost)(edge);
        // -0 is 0, but its bits are not.
        if cost >= 0.0 { Ok(cost.abs()) } else { Err(GraphError::Cost { fact: edge.fact(), cost }) }
    }

    /// The number of a step in a ban and in the order of paths.
    fn step_number(&self, edge: EdgeRef<'_>, from: u32, to: u32) -> u64 {
        match self.parallel {
            Parallel::Together => u64::from(to),
            Parallel::Apart => u64::from(edge.from != from) << 32 | u64::from(edge.edge),
        }
    }

    /// Finds the ways from the end to every node that may lie on a lightest path.
    fn search(&mut self, begin: Beginning<'_>, max_hops: u32) -> Result<Ways<'g>, Stop> {
        let direction = self.filter.walks().reversed();
        let mut back = Ways::new(self.graph, self.to, direction, begin.ban.nodes, max_hops);
        let corridor = if max_hops == u32::MAX { Some(self.meet(&mut back, begin)?) } else { None };
        let holds = |node, cost| corridor.as_ref().is_none_or(|corridor| corridor.holds(node, cost));
        while !back.is_settled(begin.from) {
            let Some((node, way)) = back.settle() else { break };
            if node != begin.from && holds(node, way.cost) {
                self.expand(&mut back, begin, true, node, way, holds)?;
            }
        }
        Ok(back)
    }

    /// Grows the search from the end and one from the beginning until no lighter meeting is possible.
    fn meet(&mut self, back: &mut Ways<'g>, begin: Beginning<'_>) -> Result<Corridor<'g>, Stop> {
        let mut ahead = Ways::new(self.graph, begin.from, self.filter.walks(), begin.ban.nodes, u32::MAX);
        // Where an end is also the other end, they have met.
        let mut lightest = if begin.from == self.to { 0.0 } else { f64::INFINITY };
        while let (Some(least_back), Some(least_ahead)) = (back.least_cost(), ahead.least_cost()) {
            if least_back + least_ahead > lightest * (1.0 + ROUNDING) || back.is_settled(begin.from) {
                break;
            }
            let backwards = back.waiting() <= ahead.waiting();
            let (ways, other) = if backwards { (&mut *back, &ahead) } else { (&mut ahead, &*back) };
            let Some((node, way)) = ways.settle() else { break };
            if node == if backwards { begin.from } else { self.to } {
                continue;
            }
            self.expand(ways, begin, backwards, node, way, |next, cost| {
                if let Some(rest) = other.cost_to(next) {
                    lightest = lightest.min(cost + rest);
                }
                true
            })?;
        }
        // Without a meeting there is no path, and nothing is held.
        let most = if lightest < f64::INFINITY { lightest * (1.0 + ROUNDING) } else { f64::NEG_INFINITY };
        Ok(Corridor { ahead, most })
    }

    /// Offers the neighbours of a node that `accept` accepts.
    fn expand(
        &mut self,
        ways: &mut Ways<'g>,
        begin: Beginning<'_>,
        backwards: bool,
        node: u32,
        way: Way,
        mut accept: impl FnMut(u32, f64) -> bool,
    ) -> Result<(), Stop> {
        self.meter.visit()?;
        self.meter.look(self.graph.degree(node, ways.direction))?;
        let goal = if backwards { begin.from } else { self.to };
        for edge in self.graph.edges(node, ways.direction) {
            let next = edge.other_end(node);
            let (before, after) = if backwards { (next, node) } else { (node, next) };
            let barred = ways.is_banned(next)
                || !self.filter.admits_edge(self.graph, edge.edge)
                || next != goal && !self.filter.admits_node(self.graph, next)
                || before == begin.from && begin.ban.first.contains(&self.step_number(edge, before, after));
            if barred {
                continue;
            }
            let cost = way.cost + self.cost_of(edge)?;
            if cost == f64::INFINITY {
                continue;
            }
            if way.steps >= ways.max_steps {
                // A way that is final costs no more.
                self.hops_cut |= !ways.is_settled(next);
            } else if accept(next, cost) {
                ways.offer(next, cost, way.steps + 1);
            }
        }
        Ok(())
    }

    /// The first path in the documented order among the lightest ones.
    fn read_off(&self, back: &Ways<'_>, begin: Beginning<'_>) -> Result<Option<Branch>, Stop> {
        let Beginning { from, ban } = begin;
        let Some(mut way) = back.of(from).next() else { return Ok(None) };
        let mut branch = Branch { nodes: vec![from], ..Branch::default() };
        let mut node = from;
        while way.steps > 0 {
            let mut best: Option<((u32, u64, u64), f64, Way)> = None;
            for edge in self.graph.edges(node, self.filter.walks()) {
                let after = edge.other_end(node);
                let Some(next) = back.of(after).find(|next| next.steps + 1 == way.steps) else { continue };
                let number = self.step_number(edge, node, after);
                if !self.filter.admits_edge(self.graph, edge.edge) || node == from && ban.first.contains(&number) {
                    continue;
                }
                let cost = self.cost_of(edge)?;
                let key = (after, cost.to_bits(), number);
                if cost + next.cost == way.cost && best.is_none_or(|(least, ..)| key < least) {
                    best = Some((key, cost, next));
                }
            }
            // Only a cost function that changes its mind leaves nothing here.
            let Some(((after, _, number), cost, next)) = best else { return Ok(None) };
            branch.nodes.push(after);
            branch.steps.push(number);
            branch.costs.push(cost);
            (node, way) = (after, next);
        }
        Ok(Some(branch))
    }
}

impl<C: Fn(EdgeRef<'_>) -> f64> Deviations for Lightest<'_, C> {
    fn branch(&mut self, from: u32, ban: Ban<'_>, max_hops: u32) -> Result<Option<Branch>, Stop> {
        let begin = Beginning { from, ban };
        let back = self.search(begin, max_hops)?;
        self.read_off(&back, begin)
    }

    fn hops_cut(&self) -> bool {
        self.hops_cut
    }
}
