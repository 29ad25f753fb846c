//! The lightest path, by a cost for every fact.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::super::bounds::Meter;
use super::super::marks::Lease;
use super::super::{EdgeRef, Filter, Graph, GraphError};
use super::enumeration::Parallel;
use super::search::Ban;
use super::yen::{Branch, Deviations, Stop};

/// The mark of a node that must not be walked to.
const BANNED: u32 = u32::MAX;

/// The best ways from a node to the end: a node has several when the number of steps is limited, each costlier than the
/// one before and shorter.
#[derive(Debug, Clone, Copy)]
struct Way {
    cost: f64,
    steps: u32,
    /// The cheaper way of the same node, by its place.
    cheaper: Option<u32>,
}

/// A way that may be the best of its node: cost as sortable bits, steps, node.
type Tentative = Reverse<(u64, u32, u32)>;

/// Dijkstra's algorithm (1959) from the end of the path to its beginning.
///
/// Searching backwards leaves, for every node that matters, the exact cost of the way to the end. So the first path in
/// the documented order can be read off by always taking the smallest neighbour that keeps to the lightest cost. Ways are
/// compared by (cost, steps): every step makes a way worse even where facts cost nothing, and no way has a cycle.
pub(super) struct Lightest<'g, C> {
    pub(super) graph: &'g Graph,
    pub(super) filter: &'g Filter,
    pub(super) to: u32,
    pub(super) parallel: Parallel,
    pub(super) cost: C,
    pub(super) meter: Meter,
    pub(super) hops_cut: bool,
}

/// What one search knows.
struct Known<'g> {
    /// The place of the last way of every node that has one.
    last: Lease<'g>,
    ways: Vec<Way>,
    /// Places in `lightest` of the nodes seen, to keep hopeless ways out of the queue.
    seen: Lease<'g>,
    lightest: Vec<(f64, u32)>,
    queue: BinaryHeap<Tentative>,
    max_hops: u32,
}

impl Known<'_> {
    fn ways_of(&self, node: u32) -> impl Iterator<Item = Way> {
        let way = |place: u32| self.ways.get(place as usize).copied();
        let last = self.last.get(node).filter(|&place| place != BANNED).and_then(way);
        std::iter::successors(last, move |known| known.cheaper.and_then(way))
    }

    /// Makes this the node's best way, unless it has a better one.
    fn settle(&mut self, node: u32, cost: f64, steps: u32) -> bool {
        let cheaper = self.last.get(node);
        if let Some(cheaper) = cheaper {
            // Ways are settled in the order of their costs. A costlier one is of use only if it is shorter, and only
            // where steps are scarce.
            let shorter = self.ways.get(cheaper as usize).is_some_and(|known| steps < known.steps);
            if !shorter || self.max_hops == u32::MAX {
                return false;
            }
        }
        self.last.set(node, self.ways.len() as u32);
        self.ways.push(Way { cost, steps, cheaper });
        true
    }

    /// Queues a way unless one is known that is no worse.
    fn offer(&mut self, node: u32, cost: f64, steps: u32) {
        match self.seen.get(node).and_then(|place| self.lightest.get_mut(place as usize)) {
            None => {
                self.seen.set(node, self.lightest.len() as u32);
                self.lightest.push((cost, steps));
            }
            Some(known) => {
                let cheaper = cost < known.0 || cost == known.0 && steps < known.1;
                let shorter = self.max_hops != u32::MAX && steps < known.1;
                if !cheaper && !shorter {
                    return;
                }
                if cheaper {
                    *known = (cost, steps);
                }
            }
        }
        // Costs are not negative, so their bits have their order.
        self.queue.push(Reverse((cost.to_bits(), steps, node)));
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

    /// Settles nodes by their cost to the end until the beginning is settled.
    fn search(&mut self, from: u32, ban: Ban<'_>, max_hops: u32) -> Result<Known<'g>, Stop> {
        let graph = self.graph;
        let mut known = Known {
            last: graph.marks(),
            ways: Vec::new(),
            seen: graph.marks(),
            lightest: Vec::new(),
            queue: BinaryHeap::new(),
            max_hops,
        };
        for &node in ban.nodes {
            known.last.set(node, BANNED);
        }
        let direction = self.filter.walks().reversed();
        known.offer(self.to, 0.0, 0);
        while let Some(Reverse((bits, steps, node))) = known.queue.pop() {
            let cost = f64::from_bits(bits);
            if !known.settle(node, cost, steps) {
                continue;
            }
            self.meter.visit()?;
            if node == from {
                break;
            }
            self.meter.look(graph.degree(node, direction))?;
            for edge in graph.edges(node, direction) {
                let before = edge.other_end(node);
                if known.last.get(before) == Some(BANNED)
                    || !self.filter.admits_edge(graph, edge.edge)
                    || before != from && !self.filter.admits_node(graph, before)
                    || before == from && ban.first.contains(&self.step_number(edge, before, node))
                {
                    continue;
                }
                let cost = cost + self.cost_of(edge)?;
                if cost == f64::INFINITY {
                    continue;
                }
                if steps >= max_hops {
                    // A way that is settled costs no more.
                    self.hops_cut |= known.last.get(before).is_none();
                } else {
                    known.offer(before, cost, steps + 1);
                }
            }
        }
        Ok(known)
    }

    /// The first path in the documented order among the lightest ones.
    fn read_off(&self, known: &Known<'_>, from: u32, ban: Ban<'_>) -> Result<Option<Branch>, Stop> {
        let Some(mut way) = known.ways_of(from).next() else { return Ok(None) };
        let mut branch = Branch { nodes: vec![from], ..Branch::default() };
        let mut node = from;
        while way.steps > 0 {
            let mut best: Option<((u32, u64, u64), f64, Way)> = None;
            for edge in self.graph.edges(node, self.filter.walks()) {
                let after = edge.other_end(node);
                let Some(next) = known.ways_of(after).find(|next| next.steps + 1 == way.steps) else { continue };
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
        let known = self.search(from, ban, max_hops)?;
        self.read_off(&known, from, ban)
    }

    fn hops_cut(&self) -> bool {
        self.hops_cut
    }
}
