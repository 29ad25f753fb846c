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

/// A node that was seen.
#[derive(Debug, Clone, Copy)]
struct Seen {
    /// The lightest way seen, final or not.
    cost: f64,
    steps: u32,
    /// The place of its last final way.
    last: Option<u32>,
}

/// The ways that one search has found, and those it will look at.
pub(super) struct Ways<'g> {
    /// How the search goes from node to node.
    pub(super) direction: Direction,
    pub(super) max_steps: u32,
    /// Where a node stands in `seen`.
    places: Lease<'g>,
    seen: Vec<Seen>,
    ways: Vec<Way>,
    /// Cost as sortable bits, steps, node.
    queue: BinaryHeap<Reverse<(u64, u32, u32)>>,
}

impl<'g> Ways<'g> {
    /// A search that begins at a node and never walks to the banned ones.
    pub(super) fn new(graph: &'g Graph, start: u32, direction: Direction, banned: &[u32], max_steps: u32) -> Self {
        let (places, queue) = (graph.marks(), BinaryHeap::new());
        let mut ways = Self { direction, max_steps, places, seen: Vec::new(), ways: Vec::new(), queue };
        banned.iter().for_each(|&node| ways.places.set(node, BANNED));
        ways.offer(start, 0.0, 0);
        ways
    }

    fn seen(&self, node: u32) -> Option<Seen> {
        self.places.get(node).and_then(|place| self.seen.get(place as usize)).copied()
    }

    /// The final ways of a node, costliest first.
    pub(super) fn of(&self, node: u32) -> impl Iterator<Item = Way> {
        let way = |place: u32| self.ways.get(place as usize).copied();
        let last = self.seen(node).and_then(|seen| seen.last).and_then(way);
        std::iter::successors(last, move |known| known.cheaper.and_then(way))
    }

    /// Whether the node has a final way.
    pub(super) fn is_settled(&self, node: u32) -> bool {
        self.seen(node).is_some_and(|seen| seen.last.is_some())
    }

    pub(super) fn is_banned(&self, node: u32) -> bool {
        self.places.get(node) == Some(BANNED)
    }

    /// The cost of the lightest way seen to a node, final or not.
    pub(super) fn cost_to(&self, node: u32) -> Option<f64> {
        self.seen(node).map(|seen| seen.cost)
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
            let Some(seen) = self.places.get(node).and_then(|place| self.seen.get_mut(place as usize)) else {
                continue;
            };
            if let Some(place) = seen.last {
                // Ways come in the order of their costs. A costlier one is of use only if it is shorter, and only where
                // steps are scarce.
                let shorter = self.ways.get(place as usize).is_some_and(|known| steps < known.steps);
                if !shorter || self.max_steps == u32::MAX {
                    continue;
                }
            }
            let way = Way { cost: f64::from_bits(bits), steps, cheaper: seen.last };
            seen.last = Some(self.ways.len() as u32);
            self.ways.push(way);
            return Some((node, way));
        }
        None
    }

    /// Lets a way wait, unless one is known that is no worse.
    pub(super) fn offer(&mut self, node: u32, cost: f64, steps: u32) {
        match self.places.get(node).and_then(|place| self.seen.get_mut(place as usize)) {
            None => {
                self.places.set(node, self.seen.len() as u32);
                self.seen.push(Seen { cost, steps, last: None });
            }
            Some(seen) => {
                let lighter = (cost, steps) < (seen.cost, seen.steps);
                let shorter = self.max_steps != u32::MAX && steps < seen.steps;
                if lighter {
                    (seen.cost, seen.steps) = (cost, steps);
                } else if !shorter {
                    return;
                }
            }
        }
        // Costs are not negative, so their bits have their order.
        self.queue.push(Reverse((cost.to_bits(), steps, node)));
    }
}
