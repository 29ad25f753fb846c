//! Parts of a graph.

use petgraph::graph::DiGraph;

use super::paths::Path;
use super::{Bounds, Cut, Direction, Edge, Filter, Graph, GraphError, neighborhood};

/// Some entities and facts of a graph, by their numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subgraph {
    /// The entities, ascending.
    pub nodes: Vec<u32>,
    /// The edges, ascending; both ends of each are among `nodes`.
    pub edges: Vec<u32>,
    /// The bound that kept entities out.
    pub cut: Option<Cut>,
}

/// The entities within `hops` facts of any of the `seeds`, the seeds themselves, and all facts that the filter admits between
/// any two of these, whichever way they point.
///
/// With `max_results`, the nearest so many entities besides the seeds. O(edges of the entities walked through), and for
/// each entity of the subgraph the smaller of its outgoing edges and of the subgraph's size (times log).
///
/// # Errors
/// [`GraphError::Node`] when a seed does not exist.
///
/// # Examples
/// ```
/// use ailand::graph::{Bounds, Edge, Filter, GraphBuilder, induced_subgraph};
/// use ailand::model::Modality;
///
/// let mut builder = GraphBuilder::new(4)?;
/// for (fact, (from, to)) in (0..).zip([(0, 1), (0, 2), (1, 2), (2, 3)]) {
///     let (date, modality, confidence) = (None, Modality::Asserted, 0.9);
///     builder.add_edge(Edge { from, to, predicate: 0, fact, date, modality, confidence })?;
/// }
/// let graph = builder.build();
/// let part = induced_subgraph(&graph, &[0], 1, &Filter::new(), &Bounds::none())?;
/// assert_eq!(part.nodes, [0, 1, 2]);
/// assert_eq!(part.edges, [0, 1, 2]);
/// assert_eq!(part.to_petgraph(&graph).edge_count(), 3);
/// # Ok::<(), ailand::graph::GraphError>(())
/// ```
pub fn induced_subgraph(
    graph: &Graph,
    seeds: &[u32],
    hops: u32,
    filter: &Filter,
    bounds: &Bounds,
) -> Result<Subgraph, GraphError> {
    let mut around = neighborhood(graph, seeds, hops, filter, bounds)?;
    let near = around.by_ref().map(|reached| reached.node);
    let nodes: Vec<u32> = seeds.iter().copied().filter(|&seed| filter.admits_end(seed)).chain(near).collect();
    Ok(Subgraph { cut: around.cut(), ..Subgraph::among(graph, &nodes, filter)? })
}

impl Subgraph {
    /// These entities and all admitted facts between any two of them.
    ///
    /// # Errors
    /// [`GraphError::Node`] when an entity does not exist.
    pub fn among(graph: &Graph, nodes: &[u32], filter: &Filter) -> Result<Self, GraphError> {
        graph.check_nodes(nodes)?;
        let mut nodes = nodes.to_vec();
        nodes.sort_unstable();
        nodes.dedup();
        let mut inside = graph.marks();
        nodes.iter().for_each(|&node| inside.set(node, 0));
        let mut edges = Vec::new();
        for &from in &nodes {
            if graph.degree(from, Direction::Out) / 16 <= nodes.len() {
                let row = graph.edges(from, Direction::Out).filter(|edge| inside.get(edge.to()).is_some());
                edges.extend(row.map(|edge| edge.number()));
            } else {
                edges.extend(nodes.iter().flat_map(|&to| graph.edges_between(from, to)));
            }
        }
        edges.retain(|&edge| filter.admits_edge(graph, edge));
        Ok(Self { nodes, edges, cut: None })
    }

    /// The entities and facts of these paths.
    #[must_use]
    pub fn along<'p>(paths: impl IntoIterator<Item = &'p Path>) -> Self {
        let mut part = Self::default();
        for path in paths {
            part.nodes.extend(path.nodes());
            part.edges.extend(path.links().iter().map(|link| link.edge));
        }
        part.nodes.sort_unstable();
        part.nodes.dedup();
        part.edges.sort_unstable();
        part.edges.dedup();
        part
    }

    /// A petgraph `DiGraph` for those who embed: node weights are node numbers, in the order of `nodes`, and edges come in
    /// the order of `edges`.
    #[must_use]
    pub fn to_petgraph(&self, graph: &Graph) -> DiGraph<u32, Edge> {
        let mut copy = DiGraph::with_capacity(self.nodes.len(), self.edges.len());
        for &node in &self.nodes {
            copy.add_node(node);
        }
        for edge in self.edges.iter().filter_map(|&edge| graph.edge(edge)) {
            if let (Ok(from), Ok(to)) = (self.nodes.binary_search(&edge.from), self.nodes.binary_search(&edge.to)) {
                copy.add_edge((from as u32).into(), (to as u32).into(), edge);
            }
        }
        copy
    }
}
