//! What lies around entities, nearest first.

use std::ops::ControlFlow;

use super::bounds::Meter;
use super::marks::Lease;
use super::paths::{Link, Path};
use super::{Bounds, Cut, Filter, Graph, GraphError};

/// An entity in a neighbourhood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// The entity.
    pub node: u32,
    /// How many facts lie between it and the nearest start.
    pub distance: u32,
    /// The entity before it on a shortest way: the one with the smallest number.
    pub predecessor: u32,
}

/// The entities within `hops` facts of any of the `starts`, in the order (distance, node), without the starts themselves.
///
/// Breadth-first search (Moore 1959), one level at a time as the iterator gets there: O(edges of the entities walked
/// through). The iterator keeps one shortest way to every entity it has reached, see [`Neighborhood::path_to`].
///
/// # Errors
/// [`GraphError::Node`] when a start does not exist.
///
/// # Examples
/// ```
/// use ailand::graph::{Bounds, Edge, Filter, GraphBuilder, neighborhood};
/// use ailand::model::Modality;
///
/// let mut builder = GraphBuilder::new(4)?;
/// for (fact, (from, to)) in (0..).zip([(0, 1), (2, 1), (2, 3)]) {
///     let (date, modality, confidence) = (None, Modality::Asserted, 0.9);
///     builder.add_edge(Edge { from, to, predicate: 0, fact, date, modality, confidence })?;
/// }
/// let graph = builder.build();
/// let filter = Filter::new();
/// let mut around = neighborhood(&graph, &[0], 2, &filter, &Bounds::none())?;
/// let found: Vec<_> = around.by_ref().map(|reached| (reached.node, reached.distance)).collect();
/// assert_eq!(found, [(1, 1), (2, 2)]);
/// assert_eq!(around.cut(), None);
/// assert_eq!(around.path_to(2).unwrap().nodes(), [0, 1, 2]);
/// # Ok::<(), ailand::graph::GraphError>(())
/// ```
pub fn neighborhood<'g>(
    graph: &'g Graph,
    starts: &[u32],
    hops: u32,
    filter: &'g Filter,
    bounds: &Bounds,
) -> Result<Neighborhood<'g>, GraphError> {
    graph.check_nodes(starts)?;
    let mut around = Neighborhood {
        graph,
        filter,
        before: graph.marks(),
        found: Vec::new(),
        level: 0,
        next: 0,
        distance: 0,
        hops,
        max_hops: bounds.max_hops.unwrap_or(u32::MAX),
        results_left: bounds.max_results.unwrap_or(usize::MAX),
        meter: Meter::new(bounds),
        cut: None,
    };
    around.found.extend(starts.iter().copied().filter(|&start| filter.admits_end(start)));
    around.found.sort_unstable();
    around.found.dedup();
    for &start in &around.found {
        around.before.set(start, start);
        if let Err(cut) = around.meter.visit() {
            around.cut = Some(cut);
        }
    }
    around.next = around.found.len();
    Ok(around)
}

/// The iterator of [`neighborhood`].
#[derive(Debug)]
pub struct Neighborhood<'g> {
    graph: &'g Graph,
    filter: &'g Filter,
    /// The predecessor of every entity that was found; a start is its own.
    before: Lease<'g>,
    /// Everything found, level after level, each in ascending order.
    found: Vec<u32>,
    /// Where the last level begins in `found`.
    level: usize,
    /// What comes next in `found`.
    next: usize,
    /// The distance of the last level.
    distance: u32,
    hops: u32,
    max_hops: u32,
    results_left: usize,
    meter: Meter,
    cut: Option<Cut>,
}

impl Neighborhood<'_> {
    /// The bound that ended the iteration; final once `next` has returned `None`.
    #[must_use]
    pub fn cut(&self) -> Option<Cut> {
        self.cut
    }

    /// One shortest way to an entity that was reached, with all parallel facts in every step.
    #[must_use]
    pub fn path_to(&self, node: u32) -> Option<Path> {
        let mut nodes = vec![node];
        let mut node = node;
        loop {
            let before = self.before.get(node)?;
            if before == node {
                break;
            }
            nodes.push(before);
            node = before;
        }
        nodes.reverse();
        Some(Path::along(self.graph, self.filter, nodes))
    }

    /// The facts between an entity and its predecessor.
    #[must_use]
    pub fn links(&self, reached: &Reached) -> Vec<Link> {
        let mut links = Vec::new();
        Link::between(self.graph, self.filter, reached.predecessor, reached.node, &mut links);
        links
    }

    /// Finds the next level; false when there is none or a bound forbids it.
    fn advance(&mut self) -> bool {
        let level = self.level..self.found.len();
        if level.is_empty() || self.distance >= self.hops || self.cut.is_some() {
            return false;
        }
        if self.distance >= self.max_hops {
            self.cut = self.is_more(level).then_some(Cut::Hops);
            return false;
        }
        self.level = level.end;
        self.distance += 1;
        for at in level {
            if let Err(cut) = self.expand(at) {
                self.cut = Some(cut);
                break;
            }
        }
        if let Some(level) = self.found.get_mut(self.level..) {
            level.sort_unstable();
        }
        self.level < self.found.len()
    }

    fn expand(&mut self, at: usize) -> Result<(), Cut> {
        let Self { graph, filter, before, found, meter, .. } = self;
        let Some(&node) = found.get(at) else { return Ok(()) };
        meter.look(graph.degree(node, filter.walks()))?;
        let walk = graph.each_edge(node, filter.walks(), |neighbor, edge| {
            if before.get(neighbor).is_none() && filter.admits_edge(graph, edge) && filter.admits_node(graph, neighbor)
            {
                if let Err(cut) = meter.visit() {
                    return ControlFlow::Break(cut);
                }
                before.set(neighbor, node);
                found.push(neighbor);
            }
            ControlFlow::Continue(())
        });
        walk.break_value().map_or(Ok(()), Err)
    }

    /// Whether anything lies one hop beyond the level.
    fn is_more(&self, level: std::ops::Range<usize>) -> bool {
        let level = self.found.get(level).unwrap_or_default();
        let Self { graph, filter, before, .. } = self;
        level.iter().any(|&node| {
            let walk = graph.each_edge(node, filter.walks(), |neighbor, edge| {
                let new = before.get(neighbor).is_none()
                    && filter.admits_edge(graph, edge)
                    && filter.admits_node(graph, neighbor);
                if new { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            walk.is_break()
        })
    }
}

impl Iterator for Neighborhood<'_> {
    type Item = Reached;

    #[inline]
    fn next(&mut self) -> Option<Reached> {
        loop {
            let Some(&node) = self.found.get(self.next) else {
                if self.advance() {
                    continue;
                }
                return None;
            };
            if !self.filter.reports(self.graph, node) {
                self.next += 1;
                continue;
            }
            if self.results_left == 0 {
                self.cut = Some(Cut::Results);
                return None;
            }
            self.results_left -= 1;
            self.next += 1;
            let predecessor = self.before.get(node).unwrap_or(node);
            return Some(Reached { node, distance: self.distance, predecessor });
        }
    }
}

impl std::iter::FusedIterator for Neighborhood<'_> {}
