//! petgraph's view of the graph, so that its algorithms run on it unchanged.
//!
//! Nodes and edges are their numbers, an edge's weight is its predicate, a node has none. Not every algorithm of petgraph
//! 0.8 is fit for use: `tarjan_scc` recurses until the stack ends, `page_rank` is cubic and differs from the textbook,
//! `all_simple_paths` has no bound but a length. This crate's own measures and paths stand in for these.

use std::ops::Range;

use petgraph::graph::DiGraph;
use petgraph::visit::{
    Data, EdgeCount, EdgeIndexable, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges, IntoEdgesDirected,
    IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, IntoNodeReferences, NodeCompactIndexable, NodeCount,
    NodeIndexable, Visitable,
};

use super::csr::EdgeRef;
use super::{Direction, Edge, Graph};

impl GraphBase for Graph {
    type EdgeId = u32;
    type NodeId = u32;
}

impl Data for Graph {
    type NodeWeight = ();
    type EdgeWeight = u16;
}

impl GraphProp for Graph {
    type EdgeType = petgraph::Directed;
}

impl NodeCount for Graph {
    fn node_count(&self) -> usize {
        Graph::node_count(self) as usize
    }
}

impl EdgeCount for Graph {
    fn edge_count(&self) -> usize {
        Graph::edge_count(self)
    }
}

impl NodeIndexable for Graph {
    fn node_bound(&self) -> usize {
        Graph::node_count(self) as usize
    }

    fn to_index(&self, node: u32) -> usize {
        node as usize
    }

    fn from_index(&self, index: usize) -> u32 {
        index as u32
    }
}

impl NodeCompactIndexable for Graph {}

impl EdgeIndexable for Graph {
    fn edge_bound(&self) -> usize {
        Graph::edge_count(self)
    }

    fn to_index(&self, edge: u32) -> usize {
        edge as usize
    }

    fn from_index(&self, index: usize) -> u32 {
        index as u32
    }
}

impl Visitable for Graph {
    /// The bit set of petgraph's own graphs.
    type Map = <DiGraph<(), ()> as Visitable>::Map;

    fn visit_map(&self) -> Self::Map {
        let mut map = Self::Map::default();
        map.grow(Graph::node_count(self) as usize);
        map
    }

    fn reset_map(&self, map: &mut Self::Map) {
        map.clear();
        map.grow(Graph::node_count(self) as usize);
    }
}

impl<'g> petgraph::visit::EdgeRef for EdgeRef<'g> {
    type NodeId = u32;
    type EdgeId = u32;
    type Weight = u16;

    fn source(&self) -> u32 {
        self.from
    }

    fn target(&self) -> u32 {
        self.to
    }

    fn weight(&self) -> &'g u16 {
        self.predicate_in_column()
    }

    fn id(&self) -> u32 {
        self.edge
    }
}

/// One row of neighbours.
pub type Neighbors<'g> = std::iter::Copied<std::slice::Iter<'g, u32>>;

impl<'g> IntoNeighbors for &'g Graph {
    type Neighbors = Neighbors<'g>;

    fn neighbors(self, node: u32) -> Neighbors<'g> {
        self.successors(node).iter().copied()
    }
}

impl<'g> IntoNeighborsDirected for &'g Graph {
    type NeighborsDirected = Neighbors<'g>;

    fn neighbors_directed(self, node: u32, direction: petgraph::Direction) -> Neighbors<'g> {
        match direction {
            petgraph::Outgoing => self.successors(node),
            petgraph::Incoming => self.predecessors(node),
        }
        .iter()
        .copied()
    }
}

/// All edges in the order of their numbers.
#[derive(Debug, Clone)]
pub struct EdgeReferences<'g> {
    graph: &'g Graph,
    /// The node whose row the next edge is in, or before it.
    node: u32,
    edges: Range<u32>,
}

impl<'g> Iterator for EdgeReferences<'g> {
    type Item = EdgeRef<'g>;

    fn next(&mut self) -> Option<EdgeRef<'g>> {
        let edge = self.edges.next()?;
        while self.graph.out_span(self.node).end <= edge as usize {
            self.node += 1;
        }
        let to = self.graph.target(edge as usize)?;
        Some(EdgeRef { graph: self.graph, edge, from: self.node, to })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.edges.size_hint()
    }
}

impl<'g> IntoEdgeReferences for &'g Graph {
    type EdgeRef = EdgeRef<'g>;
    type EdgeReferences = EdgeReferences<'g>;

    fn edge_references(self) -> EdgeReferences<'g> {
        EdgeReferences { graph: self, node: 0, edges: 0..Graph::edge_count(self) as u32 }
    }
}

/// The edges of one node in one direction.
#[derive(Debug, Clone)]
pub struct Edges<'g> {
    graph: &'g Graph,
    node: u32,
    /// Numbers of outgoing edges; empty when the incoming are asked for.
    out: Range<u32>,
    incoming: std::slice::Iter<'g, u32>,
    sources: std::slice::Iter<'g, u32>,
}

impl<'g> Iterator for Edges<'g> {
    type Item = EdgeRef<'g>;

    fn next(&mut self) -> Option<EdgeRef<'g>> {
        if let Some(edge) = self.out.next() {
            let to = self.graph.target(edge as usize)?;
            return Some(EdgeRef { graph: self.graph, edge, from: self.node, to });
        }
        let (&edge, &from) = (self.incoming.next()?, self.sources.next()?);
        Some(EdgeRef { graph: self.graph, edge, from, to: self.node })
    }
}

impl<'g> IntoEdges for &'g Graph {
    type Edges = Edges<'g>;

    fn edges(self, node: u32) -> Edges<'g> {
        self.edges_directed(node, petgraph::Outgoing)
    }
}

impl<'g> IntoEdgesDirected for &'g Graph {
    type EdgesDirected = Edges<'g>;

    fn edges_directed(self, node: u32, direction: petgraph::Direction) -> Edges<'g> {
        let out = self.out_span(node);
        let (out, (sources, incoming)) = match direction {
            petgraph::Outgoing => (out.start as u32..out.end as u32, Default::default()),
            petgraph::Incoming => (0..0, self.in_row(node)),
        };
        Edges { graph: self, node, out, incoming: incoming.iter(), sources: sources.iter() }
    }
}

impl IntoNodeIdentifiers for &Graph {
    type NodeIdentifiers = Range<u32>;

    fn node_identifiers(self) -> Range<u32> {
        0..Graph::node_count(self)
    }
}

impl IntoNodeReferences for &Graph {
    type NodeRef = (u32, ());
    type NodeReferences = std::iter::Map<Range<u32>, fn(u32) -> (u32, ())>;

    fn node_references(self) -> Self::NodeReferences {
        (0..Graph::node_count(self)).map(|node| (node, ()))
    }
}

impl Graph {
    /// The whole graph as a petgraph `DiGraph`, for those who embed: node weights are node numbers, which are also the
    /// indices, and edge indices are edge numbers. O(V + E); about 50 bytes for an edge.
    #[must_use]
    pub fn to_petgraph(&self) -> DiGraph<u32, Edge> {
        let mut copy = DiGraph::with_capacity(Graph::node_count(self) as usize, Graph::edge_count(self));
        for node in 0..Graph::node_count(self) {
            copy.add_node(node);
        }
        for node in 0..Graph::node_count(self) {
            for edge in Graph::edges(self, node, Direction::Out) {
                copy.add_edge(edge.from().into(), edge.to().into(), edge.to_edge());
            }
        }
        copy
    }
}
