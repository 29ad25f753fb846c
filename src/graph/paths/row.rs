//! The distinct neighbours of one entity.

use std::ops::Range;

use super::super::{Direction, Filter, Graph};

/// The neighbours not seen yet, from both rows of an entity, merged in ascending order.
///
/// Keeps positions only, so that a search can put it aside and go on with another.
#[derive(Debug, Clone)]
pub(super) struct Row {
    node: u32,
    /// Numbers of outgoing edges.
    out: Range<usize>,
    /// Positions within the row of incoming edges.
    into: Range<usize>,
}

impl Row {
    pub(super) fn new(graph: &Graph, node: u32, direction: Direction) -> Self {
        let out = if direction.goes_out() { graph.out_span(node) } else { 0..0 };
        let into = 0..if direction.goes_in() { graph.predecessors(node).len() } else { 0 };
        Self { node, out, into }
    }

    /// The next neighbour that an admitted edge leads to.
    pub(super) fn next_neighbor(&mut self, graph: &Graph, filter: &Filter) -> Option<u32> {
        let (sources, edges) = if self.into.is_empty() { Default::default() } else { graph.in_row(self.node) };
        loop {
            let target = if self.out.is_empty() { None } else { graph.target(self.out.start) };
            let source = if self.into.is_empty() { None } else { sources.get(self.into.start).copied() };
            let neighbor = match (target, source) {
                (Some(target), Some(source)) => target.min(source),
                (target, source) => target.or(source)?,
            };
            let mut admitted = false;
            while !self.out.is_empty() && graph.target(self.out.start) == Some(neighbor) {
                admitted = admitted || filter.admits_edge(graph, self.out.start as u32);
                self.out.start += 1;
            }
            while !self.into.is_empty() && sources.get(self.into.start) == Some(&neighbor) {
                let edge = edges.get(self.into.start).copied();
                admitted = admitted || edge.is_some_and(|edge| filter.admits_edge(graph, edge));
                self.into.start += 1;
            }
            if admitted {
                return Some(neighbor);
            }
        }
    }
}
