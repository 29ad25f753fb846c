//! Breadth-first search from both ends at once.

use std::ops::{ControlFlow, Range};

use super::super::bounds::Meter;
use super::super::filter::Direction;
use super::super::marks::Lease;
use super::super::{Cut, Filter, Graph};

/// The mark of a node that must not be walked to.
const BANNED: u32 = u32::MAX;

/// The side that starts at the first node of the path.
pub(super) const FORWARD: usize = 0;
/// The side that starts at the last node.
pub(super) const BACKWARD: usize = 1;

/// What the path must not use, beyond the filter: Yen's algorithm asks for it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ban<'a> {
    /// Nodes not to be walked to.
    pub(super) nodes: &'a [u32],
    /// Neighbours that the first step must not lead to.
    pub(super) first: &'a [u64],
}

impl Ban<'_> {
    /// Whether the step between two neighbours is forbidden; either of them may be the path's `first` node.
    #[inline]
    fn bans(&self, first: Option<u32>, a: u32, b: u32) -> bool {
        !self.first.is_empty()
            && (Some(a) == first && self.first.contains(&u64::from(b))
                || Some(b) == first && self.first.contains(&u64::from(a)))
    }
}

/// A node seen from one side.
#[derive(Debug, Clone, Copy)]
struct Seen {
    node: u32,
    /// Where its predecessor stands in `found`.
    parent: u32,
}

/// What was found from one end.
#[derive(Debug, Default)]
struct Side {
    direction: Direction,
    found: Vec<Seen>,
    /// Where each level begins in `found`. The last level is the frontier.
    levels: Vec<usize>,
    /// How many edges the frontier has.
    edges: usize,
}

impl Side {
    fn level(&self, depth: usize) -> Range<usize> {
        let start = self.levels.get(depth).copied().unwrap_or(self.found.len());
        start..self.levels.get(depth + 1).copied().unwrap_or(self.found.len())
    }

    fn depth(&self) -> usize {
        self.levels.len().saturating_sub(1)
    }
}

/// Two searches that grow towards each other, one level of the side with fewer edges at a time (Pohl 1971).
///
/// Both sides always consist of whole levels, so the first meeting is at the shortest distance: had there been a
/// shorter way, an earlier level would have met.
#[derive(Debug)]
pub(super) struct Search<'a, 'g> {
    graph: &'g Graph,
    filter: &'g Filter,
    ban: Ban<'a>,
    /// Position in `found` times two, plus the side.
    marks: Lease<'g>,
    sides: [Side; 2],
    pub(super) meter: Meter,
    max_hops: usize,
}

/// An edge that joins the two sides: positions in `found`, first of the forward and then of the backward side.
pub(super) type Meeting = [u32; 2];

impl<'a, 'g> Search<'a, 'g> {
    /// A search between two different nodes that the filter admits as ends.
    pub(super) fn new(
        graph: &'g Graph,
        filter: &'g Filter,
        ends: [u32; 2],
        ban: Ban<'a>,
        max_hops: u32,
        meter: Meter,
    ) -> Self {
        let mut search = Self {
            graph,
            filter,
            ban,
            marks: graph.marks(),
            sides: [Side::default(), Side::default()],
            meter,
            max_hops: max_hops as usize,
        };
        for &node in ban.nodes {
            search.marks.set(node, BANNED);
        }
        let directions = [filter.walks(), filter.walks().reversed()];
        for (which, (side, (node, direction))) in
            (0..).zip(search.sides.iter_mut().zip(ends.into_iter().zip(directions)))
        {
            side.direction = direction;
            side.found.push(Seen { node, parent: 0 });
            side.levels.push(0);
            side.edges = graph.degree(node, direction);
            search.marks.set(node, which);
        }
        search
    }

    /// Grows until the sides meet. `all` collects every meeting at the shortest distance, else there is at most one.
    ///
    /// # Errors
    /// The bound that ended the search.
    pub(super) fn meet(&mut self, all: bool) -> Result<Vec<Meeting>, Cut> {
        self.meter.visit()?;
        self.meter.visit()?;
        loop {
            let [forward, backward] = &self.sides;
            if forward.level(forward.depth()).is_empty() || backward.level(backward.depth()).is_empty() {
                return Ok(Vec::new());
            }
            if forward.depth() + backward.depth() >= self.max_hops {
                return Err(Cut::Hops);
            }
            let which = if forward.edges <= backward.edges { FORWARD } else { BACKWARD };
            let meetings = self.expand(which, all)?;
            if !meetings.is_empty() {
                return Ok(meetings);
            }
        }
    }

    /// Finds the next level of a side.
    fn expand(&mut self, which: usize, all: bool) -> Result<Vec<Meeting>, Cut> {
        let Self { graph, filter, ban, marks, sides: [forward, backward], meter, .. } = self;
        let (side, other) = if which == FORWARD { (forward, &*backward) } else { (backward, &*forward) };
        let first = if which == FORWARD { side.found.first() } else { other.found.first() }.map(|seen| seen.node);
        let banned = |node, neighbor| ban.bans(first, node, neighbor);
        let mut meetings = Vec::new();
        let level = side.level(side.depth());
        let end = level.end;
        for at in level {
            let Some(&Seen { node, .. }) = side.found.get(at) else { break };
            meter.look(graph.degree(node, side.direction))?;
            let at = at as u32;
            let walk = graph.each_edge(node, side.direction, |neighbor, edge| match marks.get(neighbor) {
                None => {
                    let new = meetings.is_empty()
                        && filter.admits_edge(graph, edge)
                        && filter.admits_node(graph, neighbor)
                        && !banned(node, neighbor);
                    if new {
                        if let Err(cut) = meter.visit() {
                            return ControlFlow::Break(Err(cut));
                        }
                        marks.set(neighbor, (side.found.len() as u32) << 1 | which as u32);
                        side.found.push(Seen { node: neighbor, parent: at });
                    }
                    ControlFlow::Continue(())
                }
                Some(mark) => {
                    let meets = mark != BANNED
                        && mark as usize & 1 != which
                        && filter.admits_edge(graph, edge)
                        && !banned(node, neighbor);
                    if meets {
                        let there = mark >> 1;
                        meetings.push(if which == FORWARD { [at, there] } else { [there, at] });
                        if !all {
                            return ControlFlow::Break(Ok(()));
                        }
                    }
                    ControlFlow::Continue(())
                }
            });
            match walk {
                ControlFlow::Break(Ok(())) => break,
                ControlFlow::Break(Err(cut)) => return Err(cut),
                ControlFlow::Continue(()) => {}
            }
        }
        if meetings.is_empty() {
            side.levels.push(end);
            let frontier = side.found.get(end..).unwrap_or_default();
            side.edges = frontier.iter().map(|seen| graph.degree(seen.node, side.direction)).sum();
        } else {
            // What was found before the first meeting belongs to a level that is not whole.
            side.found.truncate(end);
        }
        Ok(meetings)
    }

    /// The nodes of the path through a meeting.
    pub(super) fn nodes_through(&self, meeting: Meeting) -> Vec<u32> {
        let [forward, backward] = &self.sides;
        let mut nodes = trail(forward, meeting[0]);
        nodes.reverse();
        nodes.extend(trail(backward, meeting[1]));
        nodes
    }

    /// How many steps the forward and the backward side have made.
    pub(super) fn depths(&self) -> [usize; 2] {
        [self.sides[FORWARD].depth(), self.sides[BACKWARD].depth()]
    }

    /// The node at a position of the forward side.
    pub(super) fn forward_node(&self, at: u32) -> Option<u32> {
        self.sides[FORWARD].found.get(at as usize).map(|seen| seen.node)
    }

    /// Whether a side saw the node after exactly this many steps.
    #[inline]
    pub(super) fn is_at(&self, node: u32, which: usize, depth: usize) -> bool {
        self.marks.get(node).is_some_and(|mark| {
            mark != BANNED
                && mark as usize & 1 == which
                && self.sides.get(which).is_some_and(|side| side.level(depth).contains(&(mark as usize >> 1)))
        })
    }

    /// The neighbours of `node` along the path, or against it, one for each edge that may be used.
    ///
    /// # Errors
    /// [`Cut::Time`].
    pub(super) fn each_step(&mut self, node: u32, which: usize, mut see: impl FnMut(&Self, u32)) -> Result<(), Cut> {
        let walks = self.filter.walks();
        let direction = if which == FORWARD { walks } else { walks.reversed() };
        self.meter.look(self.graph.degree(node, direction))?;
        let first = self.forward_node(0);
        let _: ControlFlow<()> = self.graph.each_edge(node, direction, |neighbor, edge| {
            if self.filter.admits_edge(self.graph, edge) && !self.ban.bans(first, node, neighbor) {
                see(self, neighbor);
            }
            ControlFlow::Continue(())
        });
        Ok(())
    }
}

/// The nodes from a position back to the end where its side started.
fn trail(side: &Side, from: u32) -> Vec<u32> {
    let mut nodes = Vec::with_capacity(side.levels.len());
    let mut at = from;
    while let Some(seen) = side.found.get(at as usize) {
        nodes.push(seen.node);
        if at == 0 {
            break;
        }
        at = seen.parent;
    }
    nodes
}
