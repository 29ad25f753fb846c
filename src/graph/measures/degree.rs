//! How many facts and neighbours an entity has.

use super::super::{Direction, Filter, Graph, GraphError};

/// The degrees of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Degree {
    /// Facts of which it is the subject; a loop counts here and below.
    pub facts_out: u32,
    /// Facts of which it is the object.
    pub facts_in: u32,
    /// Different entities that its facts lead to, itself not counted.
    pub neighbors_out: u32,
    /// Different entities that facts lead from to it, itself not counted.
    pub neighbors_in: u32,
    /// Different entities that it is connected with either way, itself not counted.
    pub neighbors: u32,
}

/// The degrees of one entity by the facts, and to the entities, that the filter admits, whatever its direction.
///
/// O(d) for degree d.
///
/// # Errors
/// [`GraphError::Node`] when it does not exist.
///
/// # Examples
/// ```
/// use ailand::graph::{Degree, Edge, Filter, GraphBuilder, degree_of};
/// use ailand::model::Modality;
///
/// let mut builder = GraphBuilder::new(3)?;
/// for (fact, (from, to)) in (0..).zip([(0, 1), (0, 1), (1, 0), (2, 0)]) {
///     let (date, modality, confidence) = (None, Modality::Asserted, 0.9);
///     builder.add_edge(Edge { from, to, predicate: 0, fact, date, modality, confidence })?;
/// }
/// let degree = degree_of(&builder.build(), 0, &Filter::new())?;
/// assert_eq!(degree, Degree { facts_out: 2, facts_in: 2, neighbors_out: 1, neighbors_in: 2, neighbors: 2 });
/// # Ok::<(), ailand::graph::GraphError>(())
/// ```
pub fn degree_of(graph: &Graph, node: u32, filter: &Filter) -> Result<Degree, GraphError> {
    graph.check_nodes(&[node])?;
    Ok(count(graph, node, filter))
}

/// The degrees of all entities, by their numbers. O(V + E).
#[must_use]
pub fn degrees(graph: &Graph, filter: &Filter) -> Vec<Degree> {
    (0..graph.node_count()).map(|node| count(graph, node, filter)).collect()
}

fn count(graph: &Graph, node: u32, filter: &Filter) -> Degree {
    if !filter.admits_node(graph, node) {
        return Degree::default();
    }
    let row = |direction| -> (u32, Vec<u32>) {
        let neighbors = graph.edges(node, direction).filter_map(|edge| {
            let neighbor = edge.other_end(node);
            (filter.admits_edge(graph, edge.number()) && filter.admits_node(graph, neighbor)).then_some(neighbor)
        });
        let mut neighbors: Vec<u32> = neighbors.collect();
        let facts = neighbors.len() as u32;
        // Rows are ascending, so equal neighbours are next to each other.
        neighbors.dedup();
        neighbors.retain(|&neighbor| neighbor != node);
        (facts, neighbors)
    };
    let ((facts_out, mut out), (facts_in, into)) = (row(Direction::Out), row(Direction::In));
    let (neighbors_out, neighbors_in) = (out.len() as u32, into.len() as u32);
    out.extend(into);
    out.sort();
    out.dedup();
    Degree { facts_out, facts_in, neighbors_out, neighbors_in, neighbors: out.len() as u32 }
}
