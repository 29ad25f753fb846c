//! From edges in any order to a graph.

use super::columns::{MOST_EDGES, MOST_NODES, confidence_code, modality_code, pack_date};
use super::csr::{count_rows, restore_starts};
use super::{Columns, Edge, Graph, GraphError};

/// Collects edges and labels and sorts them into a [`Graph`].
///
/// # Examples
/// ```
/// use ailand::graph::{Edge, GraphBuilder};
/// use ailand::model::Modality;
///
/// let mut builder = GraphBuilder::new(2)?;
/// let edge = Edge {
///     from: 1, to: 0, predicate: 3, fact: 7, date: "2024-02".parse().ok(), modality: Modality::Reported, confidence: 0.85,
/// };
/// builder.add_edge(edge)?;
/// builder.set_labels(1, &[4, 2, 4])?;
/// let graph = builder.build();
/// assert_eq!(graph.edge(0), Some(edge));
/// assert_eq!(graph.labels(1), [2, 4]);
/// # Ok::<(), ailand::graph::GraphError>(())
/// ```
#[derive(Debug, Clone)]
pub struct GraphBuilder {
    node_count: u32,
    edges: Vec<Row>,
    /// The node of every call of `set_labels`, and where its labels begin in `labels`.
    labelled: Vec<(u32, usize)>,
    labels: Vec<u16>,
    absent: Vec<u32>,
}

/// An edge with its attributes coded as the columns keep them.
#[derive(Debug, Clone, Copy, Default)]
struct Row {
    from: u32,
    to: u32,
    fact: u32,
    date: u32,
    predicate: u16,
    confidence: u16,
    modality: u8,
}

impl GraphBuilder {
    /// An empty builder for the nodes 0 to `node_count - 1`.
    ///
    /// # Errors
    /// [`GraphError::TooMany`] above 2^31 - 1 nodes.
    pub fn new(node_count: u32) -> Result<Self, GraphError> {
        if node_count as usize > MOST_NODES {
            return Err(GraphError::TooMany { what: "nodes", count: node_count as usize, limit: MOST_NODES });
        }
        Ok(Self { node_count, edges: Vec::new(), labelled: Vec::new(), labels: Vec::new(), absent: Vec::new() })
    }

    /// Room for this many more edges, so that adding them does not move what is there.
    pub fn reserve(&mut self, edges: usize) {
        self.edges.reserve(edges);
    }

    /// Adds an edge; the same fact may be added for several edges.
    ///
    /// # Errors
    /// [`GraphError::Node`], [`GraphError::Confidence`] or [`GraphError::TooMany`].
    pub fn add_edge(&mut self, edge: Edge) -> Result<(), GraphError> {
        for node in [edge.from, edge.to] {
            self.check_node(node)?;
        }
        if self.edges.len() >= MOST_EDGES {
            return Err(GraphError::TooMany { what: "edges", count: self.edges.len() + 1, limit: MOST_EDGES });
        }
        let confidence = confidence_code(edge.confidence)
            .ok_or(GraphError::Confidence { fact: edge.fact, confidence: edge.confidence })?;
        self.edges.push(Row {
            from: edge.from,
            to: edge.to,
            fact: edge.fact,
            date: pack_date(edge.date),
            predicate: edge.predicate,
            confidence,
            modality: modality_code(edge.modality),
        });
        Ok(())
    }

    /// Gives a node its labels, in place of those it had; repeated labels count once.
    ///
    /// # Errors
    /// [`GraphError::Node`] or [`GraphError::TooMany`].
    pub fn set_labels(&mut self, node: u32, labels: &[u16]) -> Result<(), GraphError> {
        self.check_node(node)?;
        if self.labels.len().saturating_add(labels.len()) > MOST_EDGES {
            return Err(GraphError::TooMany { what: "labels", count: self.labels.len(), limit: MOST_EDGES });
        }
        self.labelled.push((node, self.labels.len()));
        self.labels.extend(labels);
        Ok(())
    }

    /// Says that a number is none of a node; nothing may be said about it.
    ///
    /// # Errors
    /// [`GraphError::Node`].
    pub fn set_absent(&mut self, node: u32) -> Result<(), GraphError> {
        self.check_node(node)?;
        self.absent.push(node);
        Ok(())
    }

    /// Sorts everything into a graph.
    ///
    /// Two counting sorts, by target and then by source, leave only parallel edges to be compared with each other:
    /// O(V + E), and O(p log p) for p parallel edges.
    #[must_use]
    pub fn build(mut self) -> Graph {
        let nodes = self.node_count as usize;
        let (by_target, _) = sort_rows(nodes, &self.edges, |row| row.to);
        self.edges = Vec::new();
        let (mut rows, offsets) = sort_rows(nodes, &by_target, |row| row.from);
        drop(by_target);
        for parallel in rows.chunk_by_mut(|a, b| (a.from, a.to) == (b.from, b.to)) {
            // All fields take part, so that the order of adding never shows.
            parallel.sort_unstable_by_key(|row| (row.predicate, row.fact, row.date, row.modality, row.confidence));
        }
        let (label_offsets, labels) = self.sort_labels();
        let mut absent = std::mem::take(&mut self.absent);
        absent.sort_unstable();
        absent.dedup();
        Graph::from_checked(Columns {
            offsets,
            to: rows.iter().map(|row| row.to).collect(),
            predicate: rows.iter().map(|row| row.predicate).collect(),
            fact: rows.iter().map(|row| row.fact).collect(),
            date: rows.iter().map(|row| row.date).collect(),
            modality: rows.iter().map(|row| row.modality).collect(),
            confidence: rows.iter().map(|row| row.confidence).collect(),
            label_offsets,
            labels,
            absent,
        })
    }

    /// Where each node's labels begin, and the labels that were given last.
    fn sort_labels(&self) -> (Vec<u32>, Vec<u16>) {
        let ends = self.labelled.iter().skip(1).map(|&(_, start)| start).chain([self.labels.len()]);
        let mut given = vec![0..0; self.node_count as usize];
        for (&(node, start), end) in self.labelled.iter().zip(ends) {
            if let Some(given) = given.get_mut(node as usize) {
                *given = start..end;
            }
        }
        let (mut offsets, mut labels) = (vec![0], Vec::with_capacity(self.labels.len()));
        for given in given {
            let mut own = self.labels.get(given).unwrap_or_default().to_vec();
            own.sort_unstable();
            own.dedup();
            labels.append(&mut own);
            offsets.push(labels.len() as u32);
        }
        (offsets, labels)
    }

    fn check_node(&self, node: u32) -> Result<(), GraphError> {
        let node_count = self.node_count;
        if node < node_count { Ok(()) } else { Err(GraphError::Node { node, node_count }) }
    }
}

/// A stable counting sort by a node number, with the beginning of every node's rows.
fn sort_rows(nodes: usize, rows: &[Row], key: impl Fn(&Row) -> u32) -> (Vec<Row>, Vec<u32>) {
    let mut offsets = count_rows(nodes, rows.iter().map(&key));
    let mut sorted = vec![Row::default(); rows.len()];
    for row in rows {
        let Some(place) = offsets.get_mut(key(row) as usize) else { continue };
        if let Some(slot) = sorted.get_mut(*place as usize) {
            *slot = *row;
        }
        *place += 1;
    }
    restore_starts(&mut offsets);
    (sorted, offsets)
}
