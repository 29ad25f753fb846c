//! All paths without repeated entities.

use std::ops::ControlFlow;

use super::super::bounds::Meter;
use super::super::marks::Lease;
use super::super::{Bounds, Cut, Filter, Graph, GraphError};
use super::enumeration::{Parallel, Paths, Source};
use super::row::Row;
use super::{Path, trivial};

/// Every path without repeated entities of at most `hops` steps, lazily, in ascending order of the entities' numbers (so a
/// path stands before its own detours of higher numbers, whatever their length) and then of the facts.
///
/// Depth-first search with an explicit stack. A breadth-first search from the end comes first and tells how far every entity
/// is from it, so that no step is made that cannot end in time: O(V + E) before the first path. There may be exponentially
/// many paths, and where the steps still possible are all taken, some dead ends between two of them.
///
/// # Errors
/// [`GraphError::Node`] when an end does not exist.
///
/// # Examples
/// ```
/// use ailand::graph::{Bounds, Edge, Filter, GraphBuilder, Parallel, simple_paths};
/// use ailand::model::Modality;
///
/// let mut builder = GraphBuilder::new(4)?;
/// for (fact, (from, to)) in (0..).zip([(0, 3), (0, 1), (1, 3), (1, 2), (2, 3)]) {
///     let (date, modality, confidence) = (None, Modality::Asserted, 0.9);
///     builder.add_edge(Edge { from, to, predicate: 0, fact, date, modality, confidence })?;
/// }
/// let graph = builder.build();
/// let filter = Filter::new();
/// let paths = simple_paths(&graph, 0, 3, 2, Parallel::Together, &filter, &Bounds::none())?;
/// assert_eq!(paths.map(|path| path.nodes().to_vec()).collect::<Vec<_>>(), [vec![0, 1, 3], vec![0, 3]]);
/// # Ok::<(), ailand::graph::GraphError>(())
/// ```
pub fn simple_paths<'g>(
    graph: &'g Graph,
    from: u32,
    to: u32,
    hops: u32,
    parallel: Parallel,
    filter: &'g Filter,
    bounds: &Bounds,
) -> Result<Paths<'g>, GraphError> {
    graph.check_nodes(&[from, to])?;
    if let Some(source) = trivial(graph, filter, from, to) {
        return Ok(Paths::new(source, parallel, bounds));
    }
    let allowed = bounds.max_hops.unwrap_or(u32::MAX);
    let longest = hops.min(graph.node_count() - 1);
    let walk = Walk {
        graph,
        filter,
        to,
        max_hops: longest.min(allowed),
        left_out: (allowed < longest).then_some(Cut::Hops),
        meter: Meter::new(bounds),
        distances: graph.marks(),
        measured: u32::MAX,
        on_path: graph.marks(),
        nodes: vec![from],
        rows: Vec::new(),
    };
    Ok(Paths::new(walk, parallel, bounds))
}

struct Walk<'g> {
    graph: &'g Graph,
    filter: &'g Filter,
    to: u32,
    max_hops: u32,
    left_out: Option<Cut>,
    meter: Meter,
    /// How far an entity is from the end, up to the distance `measured`.
    distances: Lease<'g>,
    /// Entities without a distance are further away than this; `MAX` when the end cannot be reached from them.
    measured: u32,
    on_path: Lease<'g>,
    /// The current path.
    nodes: Vec<u32>,
    /// What is left of the rows of its entities; empty before the first path was asked for.
    rows: Vec<Row>,
}

impl Walk<'_> {
    /// Tells how far entities are from the end.
    ///
    /// The last two levels are by far the largest, and not needed: an entity one step from the start may be tried without
    /// knowing, and what lies beyond it is near enough to have been measured, or too far.
    fn measure(&mut self) -> Result<(), Cut> {
        let Self { graph, filter, to, max_hops, meter, distances, .. } = self;
        let direction = filter.walks().reversed();
        let start = self.nodes.first().copied();
        let mut level = vec![*to];
        distances.set(*to, 0);
        meter.visit()?;
        let enough = max_hops.saturating_sub(2);
        for distance in 1..=enough {
            let mut next = Vec::new();
            for &node in &level {
                meter.look(graph.degree(node, direction))?;
                let walk = graph.each_edge(node, direction, |neighbor, edge| {
                    let new = distances.get(neighbor).is_none()
                        && Some(neighbor) != start
                        && filter.admits_edge(graph, edge)
                        && filter.admits_node(graph, neighbor);
                    if new {
                        if let Err(cut) = meter.visit() {
                            return ControlFlow::Break(cut);
                        }
                        distances.set(neighbor, distance);
                        next.push(neighbor);
                    }
                    ControlFlow::Continue(())
                });
                if let Some(cut) = walk.break_value() {
                    return Err(cut);
                }
            }
            if next.is_empty() {
                return Ok(());
            }
            level = next;
        }
        self.measured = enough;
        Ok(())
    }

    fn begin(&mut self) -> Result<(), Cut> {
        self.measure()?;
        if let Some(&start) = self.nodes.first() {
            self.on_path.set(start, 1);
            self.rows.push(Row::new(self.graph, start, self.filter.walks()));
        }
        Ok(())
    }

    /// Whether the end may be reached through a neighbour that is this many steps from the start.
    fn ends_in_time(&self, neighbor: u32, taken: u32) -> bool {
        let distance = self.distances.get(neighbor).unwrap_or(self.measured.saturating_add(1));
        taken.saturating_add(distance) <= self.max_hops
    }
}

impl Source for Walk<'_> {
    fn next_path(&mut self) -> Result<Option<Path>, Cut> {
        if self.rows.is_empty() && !self.nodes.is_empty() {
            self.begin()?;
        }
        while let Some(row) = self.rows.last_mut() {
            self.meter.look(1)?;
            let Some(neighbor) = row.next_neighbor(self.graph, self.filter) else {
                self.rows.pop();
                if let Some(left) = self.nodes.pop() {
                    self.on_path.set(left, 0);
                }
                continue;
            };
            let taken = self.rows.len() as u32;
            if !self.ends_in_time(neighbor, taken) || self.on_path.get(neighbor) == Some(1) {
                continue;
            }
            if neighbor != self.to && !self.filter.admits_node(self.graph, neighbor) {
                continue;
            }
            self.meter.visit()?;
            if neighbor == self.to {
                let nodes = [self.nodes.as_slice(), &[neighbor]].concat();
                return Ok(Some(Path::along(self.graph, self.filter, nodes)));
            }
            self.on_path.set(neighbor, 1);
            self.nodes.push(neighbor);
            self.rows.push(Row::new(self.graph, neighbor, self.filter.walks()));
        }
        Ok(None)
    }

    fn left_out(&self) -> Option<Cut> {
        self.left_out
    }
}
