//! All shortest paths at once, as the acyclic graph of the steps they are made of.

use super::super::Cut;
use super::super::marks::Lease;
use super::search::{BACKWARD, FORWARD, Meeting, Search};

/// A node on some shortest path.
#[derive(Debug)]
struct Stop {
    node: u32,
    /// How many steps lie between it and the end.
    remaining: usize,
    /// Where its successors stand in `successors`, once they were asked for.
    successors: Option<[usize; 2]>,
}

/// The nodes from which the end is reached in time, and the steps between them in ascending order.
///
/// On the forward side only nodes that lead to a meeting count; they are found by going back from the meetings. On the
/// backward side every node leads to the end, so its stops are made when a path first gets there.
#[derive(Debug)]
pub(super) struct Dag<'a, 'g> {
    pub(super) search: Search<'a, 'g>,
    /// Where a node stands in `stops`.
    places: Lease<'g>,
    stops: Vec<Stop>,
    successors: Vec<u32>,
    /// The stop and its next successor for every step of the current path.
    trail: Vec<[usize; 2]>,
}

impl<'a, 'g> Dag<'a, 'g> {
    /// What a finished search for all meetings has found.
    ///
    /// # Errors
    /// [`Cut::Time`].
    pub(super) fn new(search: Search<'a, 'g>, places: Lease<'g>, meetings: &[Meeting]) -> Result<Self, Cut> {
        let mut dag = Self { search, places, stops: Vec::new(), successors: Vec::new(), trail: Vec::new() };
        let [forward, backward] = dag.search.depths();
        for meeting in meetings {
            if let Some(node) = dag.search.forward_node(meeting[FORWARD]) {
                dag.place(node, backward + 1);
            }
        }
        let mut level = 0..dag.stops.len();
        let mut before = Vec::new();
        for depth in (0..forward).rev() {
            for at in level.clone() {
                let Some(node) = dag.stops.get(at).map(|stop| stop.node) else { break };
                dag.search.each_step(node, BACKWARD, |search, neighbor| {
                    if search.is_at(neighbor, FORWARD, depth) {
                        before.push(neighbor);
                    }
                })?;
            }
            for node in before.drain(..) {
                dag.place(node, forward - depth + backward + 1);
            }
            level = level.end..dag.stops.len();
        }
        // The last stop made is the start: nothing else has depth 0.
        dag.trail.extend(dag.stops.len().checked_sub(1).map(|start| [start, 0]));
        Ok(dag)
    }

    /// The nodes of the next path in ascending order of their node numbers.
    ///
    /// # Errors
    /// [`Cut::Time`].
    pub(super) fn next_nodes(&mut self) -> Result<Option<Vec<u32>>, Cut> {
        while let Some(&mut [stop, ref mut next]) = self.trail.last_mut() {
            let nth = *next;
            *next += 1;
            match self.successor(stop, nth)? {
                None => {
                    self.trail.pop();
                }
                Some(successor) => {
                    self.trail.push([successor, 0]);
                    if self.stops.get(successor).is_some_and(|stop| stop.remaining == 0) {
                        let stops = self.trail.iter().filter_map(|&[stop, _]| self.stops.get(stop));
                        let nodes = stops.map(|stop| stop.node).collect();
                        self.trail.pop();
                        return Ok(Some(nodes));
                    }
                }
            }
        }
        Ok(None)
    }

    fn place(&mut self, node: u32, remaining: usize) -> u32 {
        self.places.get(node).unwrap_or_else(|| {
            let place = self.stops.len() as u32;
            self.places.set(node, place);
            self.stops.push(Stop { node, remaining, successors: None });
            place
        })
    }

    fn successor(&mut self, stop: usize, nth: usize) -> Result<Option<usize>, Cut> {
        let [start, end] = self.successors_of(stop)?;
        let at = (start + nth < end).then_some(start + nth);
        Ok(at.and_then(|at| self.successors.get(at)).map(|&stop| stop as usize))
    }

    fn successors_of(&mut self, stop: usize) -> Result<[usize; 2], Cut> {
        let Some(&Stop { node, remaining, successors }) = self.stops.get(stop) else { return Ok([0, 0]) };
        if let Some(known) = successors {
            return Ok(known);
        }
        let Some(rest) = remaining.checked_sub(1) else { return Ok([0, 0]) };
        let Self { search, places, stops, .. } = self;
        let mut nodes = Vec::new();
        search.each_step(node, FORWARD, |search, neighbor| {
            let fits = match places.get(neighbor) {
                Some(place) => stops.get(place as usize).is_some_and(|stop| stop.remaining == rest),
                None => search.is_at(neighbor, BACKWARD, rest),
            };
            if fits {
                nodes.push(neighbor);
            }
        })?;
        nodes.sort_unstable();
        nodes.dedup();
        let start = self.successors.len();
        for node in nodes {
            let place = self.place(node, rest);
            self.successors.push(place);
        }
        let known = [start, self.successors.len()];
        if let Some(stop) = self.stops.get_mut(stop) {
            stop.successors = Some(known);
        }
        Ok(known)
    }
}
