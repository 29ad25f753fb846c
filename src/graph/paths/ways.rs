//! What a search by cost knows about the nodes it has seen.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::super::marks::Lease;
use super::super::{Direction, Graph};

/// The mark of a node that must not be walked to.
const BANNED: u32 = u32::MAX;

/// The best way between a node and the beginning of a search. A node has several when the number of steps is limited,
/// each costlier than the one before and shorter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    pub(super) cost: f64,
    pub(super) steps: u32,
    /// The place of the cheaper way of the same node.
    cheaper: Option<u32>,
}

/// The ways that one search has found, and those it will look at.
pub(super) struct Ways<'g> {
    /// How the search goes from node to node.
    pub(super) direction: Direction,
    pub(super) max_steps: u32,
    /// The place of the last way of every node that has one.
    last: Lease<'g>,
    ways: Vec<Way>,
    /// The place in `lightest` of every node seen.
    seen: Lease<'g>,
    /// The cost and the steps of the lightest way seen.
    lightest: Vec<(f64, u32)>,
    /// Cost as sortable bits, steps, node.
    queue: BinaryHeap<Reverse<(u64, u32, u32)>>,
}

impl<'g> Ways<'g> {
    /// A search that begins at a node and never walks to the banned ones.
    pub(super) fn new(graph: &'g Graph, start: u32, direction: Direction, banned: &[u32], max_steps: u32) -> Self {
        let mut ways = Self {
            direction,
            max_steps,
            last: graph.marks(),
            ways: Vec::new(),
            seen: graph.marks(),
            lightest: Vec::new(),
            queue: BinaryHeap::new(),
        };
        banned.iter().for_each(|&node| ways.last.set(node, BANNED));
        ways.offer(start, 0.0, 0);
        ways
    }

    /// The final ways of a node, costliest first.
    pub(super) fn of(&self, node: u32) -> impl Iterator<Item = Way> {
        let way = |place: u32| self.ways.get(place as usize).copied();
        let last = self.last.get(node).filter(|&place| place != BANNED).and_then(way);
        std::iter::successors(last, move |known| known.cheaper.and_then(way))
    }

    /// Whether the node has a final way.
    pub(super) fn is_settled(&self, node: u32) -> bool {
        self.last.get(node).is_some_and(|place| place != BANNED)
    }

    pub(super) fn is_banned(&self, node: u32) -> bool {
        self.last.get(node) == Some(BANNED)
    }

    /// The cost of the lightest way seen to a node, final or not.
    pub(super) fn cost_to(&self, node: u32) -> Option<f64> {
        self.seen.get(node).and_then(|place| self.lightest.get(place as usize)).map(|&(cost, _)| cost)
    }

    /// No way that is not final yet costs less; `None` when there is none.
    pub(super) fn least_cost(&self) -> Option<f64> {
        self.queue.peek().map(|&Reverse((bits, ..))| f64::from_bits(bits))
    }

    /// How many ways are waiting.
    pub(super) fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// Makes the lightest way that waits final, and tells its node.
    pub(super) fn settle(&mut self) -> Option<(u32, Way)> {
        while let Some(Reverse((bits, steps, node))) = self.queue.pop() {
            let cheaper = self.last.get(node);
            if let Some(place) = cheaper {
                // Ways come in the order of their costs. A costlier one is of use only if it is shorter, and only where
                // steps are scarce.
                let shorter = self.ways.get(place as usize).is_some_and(|known| steps < known.steps);
                if !shorter || self.max_steps == u32::MAX {
                    continue;
                }
            }
            let way = Way { cost: f64::from_bits(bits), steps, cheaper };
            self.last.set(node, self.ways.len() as u32);
            self.ways.push(way);
            return Some((node, way));
        }
        None
    }

    /// Lets a way wait, unless one is known that is no worse.
    pub(super) fn offer(&mut self, node: u32, cost: f64, steps: u32) {
        match self.seen.get(node).and_then(|place| self.lightest.get_mut(place as usize)) {
            None => {
                self.seen.set(node, self.lightest.len() as u32);
                self.lightest.push((cost, steps));
            }
            Some(known) => {
                let lighter = (cost, steps) < *known;
                let shorter = self.max_steps != u32::MAX && steps < known.1;
                if lighter {
                    *known = (cost, steps);
                } else if !shorter {
                    return;
                }
            }
        }
        // Costs are not negative, so their bits have their order.
        self.queue.push(Reverse((cost.to_bits(), steps, node)));
    }
}
