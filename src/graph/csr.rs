//! The graph itself: compressed sparse rows in both directions.

use std::fmt;
use std::ops::{ControlFlow, Range};
use std::sync::OnceLock;

use crate::model::{Modality, PartialDate};

use super::columns::{confidence_of, modality_of, span, unpack_date};
use super::filter::Direction;
use super::marks::{Lease, Pool};
use super::{Columns, GraphError};

/// One fact as an edge of the graph.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// The node of the subject.
    pub from: u32,
    /// The node of the object.
    pub to: u32,
    /// The number of the predicate.
    pub predicate: u16,
    /// The number of the fact.
    pub fact: u32,
    /// When the fact happened or began, as precisely as it is known.
    pub date: Option<PartialDate>,
    /// How the sources put it.
    pub modality: Modality,
    /// How much the fact is believed, 0 to 1; kept to four decimals.
    pub confidence: f32,
}

/// An immutable directed multigraph: nodes are entities, edges are facts.
///
/// Nodes are the numbers from 0, with gaps where entities were retracted; edges are numbered without gaps, in the order
/// (from, to, predicate, fact). Parallel edges stay apart and loops are allowed. A row, the edges of one node, is ordered
/// by (neighbour, predicate, fact) in both directions, so every answer has one fixed order. The rows of incoming edges are derived when they are first needed.
///
/// Memory: 25 bytes for an edge in both directions together, 12 for a node and 2 for each of its labels; a search adds 8
/// for a node while it runs.
///
/// # Examples
/// ```
/// use ailand::graph::{Edge, GraphBuilder};
/// use ailand::model::Modality;
///
/// let mut builder = GraphBuilder::new(3)?;
/// for (fact, (from, to)) in (0..).zip([(0, 1), (2, 1), (0, 1)]) {
///     let (date, modality, confidence) = (None, Modality::Asserted, 0.9);
///     builder.add_edge(Edge { from, to, predicate: 0, fact, date, modality, confidence })?;
/// }
/// let graph = builder.build();
/// assert_eq!(graph.successors(0), [1, 1]);
/// assert_eq!(graph.predecessors(1), [0, 0, 2]);
/// # Ok::<(), ailand::graph::GraphError>(())
/// ```
pub struct Graph {
    columns: Columns,
    incoming: OnceLock<Incoming>,
    pool: Pool,
}

/// The rows of incoming edges.
struct Incoming {
    offsets: Vec<u32>,
    from: Vec<u32>,
    edge: Vec<u32>,
}

impl Graph {
    /// A graph from columns that were kept, checked. O(V + E).
    ///
    /// # Errors
    /// [`GraphError::Column`] when they do not describe a graph.
    pub fn from_columns(columns: Columns) -> Result<Self, GraphError> {
        columns.check()?;
        Ok(Self::from_checked(columns))
    }

    /// The caller vouches for what [`Columns::check`] looks at.
    pub(super) fn from_checked(columns: Columns) -> Self {
        Self { columns, incoming: OnceLock::new(), pool: Pool::default() }
    }

    /// The columns, to be kept and loaded again.
    #[must_use]
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// Whether there is a node with this number: it is below [`Graph::node_count`] and not that of a retracted entity.
    #[must_use]
    pub fn has_node(&self, node: u32) -> bool {
        node < self.node_count() && self.columns.absent.binary_search(&node).is_err()
    }

    /// How many numbers of nodes there are, those of retracted entities included.
    #[must_use]
    #[inline]
    pub fn node_count(&self) -> u32 {
        // Never above `MOST_NODES`, so the cast cannot cut.
        self.columns.offsets.len().saturating_sub(1) as u32
    }

    /// How many edges there are.
    #[must_use]
    #[inline]
    pub fn edge_count(&self) -> usize {
        self.columns.to.len()
    }

    /// How many bytes the columns and the rows of incoming edges take, as far as these exist yet.
    #[must_use]
    pub fn memory(&self) -> usize {
        let Columns { offsets, to, predicate, fact, date, modality, confidence, label_offsets, labels, absent } =
            &self.columns;
        let words = [offsets, to, fact, date, label_offsets, absent].map(Vec::len).iter().sum::<usize>();
        let halves = [predicate, confidence, labels].map(Vec::len).iter().sum::<usize>();
        let rows = self.incoming.get().map_or(0, |rows| rows.offsets.len() + rows.from.len() + rows.edge.len());
        4 * (words + rows) + 2 * halves + modality.len()
    }

    /// The labels of a node, ascending; none for a node that does not exist.
    #[must_use]
    #[inline]
    pub fn labels(&self, node: u32) -> &[u16] {
        self.columns.labels.get(span(&self.columns.label_offsets, node as usize)).unwrap_or_default()
    }

    /// The targets of the outgoing edges of `node`, ascending, one for each edge.
    #[must_use]
    #[inline]
    pub fn successors(&self, node: u32) -> &[u32] {
        self.columns.to.get(self.out_span(node)).unwrap_or_default()
    }

    /// The sources of the incoming edges of `node`, ascending, one for each edge.
    #[must_use]
    #[inline]
    pub fn predecessors(&self, node: u32) -> &[u32] {
        let incoming = self.incoming();
        incoming.from.get(span(&incoming.offsets, node as usize)).unwrap_or_default()
    }

    /// How many edges leave `node` (`Out`), reach it (`In`), or both together; a loop counts in each direction.
    #[must_use]
    #[inline]
    pub fn degree(&self, node: u32, direction: Direction) -> usize {
        let mut degree = 0;
        if direction.goes_out() {
            degree += self.out_span(node).len();
        }
        if direction.goes_in() {
            degree += span(&self.incoming().offsets, node as usize).len();
        }
        degree
    }

    /// The edge with this number.
    #[must_use]
    pub fn edge(&self, edge: u32) -> Option<Edge> {
        Some(Edge {
            from: self.source(edge)?,
            to: self.columns.to.get(edge as usize).copied()?,
            predicate: self.predicate(edge),
            fact: self.fact(edge),
            date: self.date(edge),
            modality: self.modality(edge),
            confidence: self.confidence(edge),
        })
    }

    /// The edges of `node` in a direction: outgoing before incoming, each ordered by (neighbour, predicate, fact).
    ///
    /// With [`Direction::Both`] a loop comes twice.
    pub fn edges(&self, node: u32, direction: Direction) -> impl Iterator<Item = EdgeRef<'_>> {
        let out = if direction.goes_out() { self.out_span(node) } else { 0..0 };
        let targets = self.columns.to.get(out.clone()).unwrap_or_default();
        let (sources, edges) = if direction.goes_in() { self.in_row(node) } else { Default::default() };
        let out =
            (out.start as u32..).zip(targets).map(move |(edge, &to)| EdgeRef { graph: self, edge, from: node, to });
        let into = edges.iter().zip(sources).map(move |(&edge, &from)| EdgeRef { graph: self, edge, from, to: node });
        out.chain(into)
    }

    /// The numbers of the edges from one node to another, ordered by (predicate, fact): they follow each other.
    ///
    /// O(log d) with the smaller of the two degrees.
    #[must_use]
    pub fn edges_between(&self, from: u32, to: u32) -> Range<u32> {
        let row = self.out_span(from);
        let (sources, edges) = if row.len() > 16 { self.in_row(to) } else { Default::default() };
        if row.len() > 16 && sources.len() < row.len() {
            let start = sources.partition_point(|&source| source < from);
            let count = sources.get(start..).unwrap_or_default().partition_point(|&source| source == from) as u32;
            return edges.get(start).map_or(0..0, |&first| first..first + count);
        }
        let targets = self.columns.to.get(row.clone()).unwrap_or_default();
        let start = targets.partition_point(|&target| target < to);
        let count = targets.get(start..).unwrap_or_default().partition_point(|&target| target == to);
        (row.start + start) as u32..(row.start + start + count) as u32
    }

    /// The node that an edge comes from. O(log V).
    #[must_use]
    pub fn source(&self, edge: u32) -> Option<u32> {
        let after = self.columns.offsets.partition_point(|&start| start <= edge);
        ((edge as usize) < self.edge_count()).then(|| after.saturating_sub(1) as u32)
    }

    /// Refuses numbers that are no node.
    pub(super) fn check_nodes(&self, nodes: &[u32]) -> Result<(), GraphError> {
        let node_count = self.node_count();
        match nodes.iter().find(|&&node| node >= node_count) {
            Some(&node) => Err(GraphError::Node { node, node_count }),
            None => Ok(()),
        }
    }

    /// Fresh marks for a search.
    pub(super) fn marks(&self) -> Lease<'_> {
        self.pool.lease(self.node_count() as usize)
    }

    /// The numbers of the edges that leave `node`: they follow each other.
    #[inline]
    pub(crate) fn out_span(&self, node: u32) -> Range<usize> {
        span(&self.columns.offsets, node as usize)
    }

    /// Sources and numbers of the incoming edges.
    #[inline]
    pub(super) fn in_row(&self, node: u32) -> (&[u32], &[u32]) {
        let incoming = self.incoming();
        let row = span(&incoming.offsets, node as usize);
        (incoming.from.get(row.clone()).unwrap_or_default(), incoming.edge.get(row).unwrap_or_default())
    }

    /// All rows of one direction: where each begins, and the neighbours.
    pub(super) fn rows(&self, out: bool) -> (&[u32], &[u32]) {
        if out {
            (&self.columns.offsets, &self.columns.to)
        } else {
            let incoming = self.incoming();
            (&incoming.offsets, &incoming.from)
        }
    }

    /// Calls `see` with the neighbour and the number of every edge of `node`, outgoing before incoming, until it breaks.
    #[inline]
    pub(super) fn each_edge<B>(
        &self,
        node: u32,
        direction: Direction,
        mut see: impl FnMut(u32, u32) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        if direction.goes_out() {
            let row = self.out_span(node);
            let first = row.start as u32;
            for (edge, &to) in (first..).zip(self.columns.to.get(row).unwrap_or_default()) {
                see(to, edge)?;
            }
        }
        if direction.goes_in() {
            let (sources, edges) = self.in_row(node);
            for (&from, &edge) in sources.iter().zip(edges) {
                see(from, edge)?;
            }
        }
        ControlFlow::Continue(())
    }

    /// The places of the edges that reach `node` among all incoming edges ([`Graph::incoming_at`]).
    #[inline]
    pub(crate) fn in_span(&self, node: u32) -> Range<usize> {
        span(&self.incoming().offsets, node as usize)
    }

    /// The source and the number of the edge at a place among all incoming edges.
    #[inline]
    pub(crate) fn incoming_at(&self, place: usize) -> Option<(u32, u32)> {
        let incoming = self.incoming();
        Some((*incoming.from.get(place)?, *incoming.edge.get(place)?))
    }

    #[inline]
    pub(crate) fn target(&self, edge: usize) -> Option<u32> {
        self.columns.to.get(edge).copied()
    }

    #[inline]
    pub(crate) fn predicate(&self, edge: u32) -> u16 {
        self.columns.predicate.get(edge as usize).copied().unwrap_or_default()
    }

    #[inline]
    pub(crate) fn fact(&self, edge: u32) -> u32 {
        self.columns.fact.get(edge as usize).copied().unwrap_or_default()
    }

    #[inline]
    pub(super) fn date_code(&self, edge: u32) -> u32 {
        self.columns.date.get(edge as usize).copied().unwrap_or_default()
    }

    #[inline]
    pub(super) fn modality_code(&self, edge: u32) -> u8 {
        self.columns.modality.get(edge as usize).copied().unwrap_or_default()
    }

    #[inline]
    pub(super) fn confidence_code(&self, edge: u32) -> u16 {
        self.columns.confidence.get(edge as usize).copied().unwrap_or_default()
    }

    fn date(&self, edge: u32) -> Option<PartialDate> {
        unpack_date(self.date_code(edge))
    }

    fn modality(&self, edge: u32) -> Modality {
        modality_of(self.modality_code(edge)).unwrap_or(Modality::Asserted)
    }

    fn confidence(&self, edge: u32) -> f32 {
        confidence_of(self.confidence_code(edge))
    }

    #[inline]
    fn incoming(&self) -> &Incoming {
        self.incoming.get_or_init(|| Incoming::of(&self.columns))
    }
}

impl Incoming {
    /// Counting sort by target. Edges are taken in order, so every row is ordered by (source, edge number).
    fn of(columns: &Columns) -> Self {
        let edges = columns.to.len();
        let mut offsets = count_rows(columns.offsets.len().saturating_sub(1), columns.to.iter().copied());
        let (mut from, mut edge) = (vec![0; edges], vec![0; edges]);
        for node in 0..columns.offsets.len().saturating_sub(1) {
            let row = span(&columns.offsets, node);
            for (number, &to) in (row.start as u32..).zip(columns.to.get(row).unwrap_or_default()) {
                let Some(place) = offsets.get_mut(to as usize) else { continue };
                if let (Some(from), Some(edge)) = (from.get_mut(*place as usize), edge.get_mut(*place as usize)) {
                    (*from, *edge) = (node as u32, number);
                }
                *place += 1;
            }
        }
        restore_starts(&mut offsets);
        Self { offsets, from, edge }
    }
}

/// The beginning of every row when `keys` are sorted into `rows` rows, and their number at the end.
pub(super) fn count_rows(rows: usize, keys: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut offsets = vec![0; rows + 1];
    for key in keys {
        if let Some(count) = offsets.get_mut(key as usize) {
            *count += 1;
        }
    }
    let mut before = 0;
    for offset in &mut offsets {
        before += std::mem::replace(offset, before);
    }
    offsets
}

/// Undoes the advance that filling the rows caused: every offset now stands at the end of its row.
pub(super) fn restore_starts(offsets: &mut [u32]) {
    offsets.rotate_right(1);
    if let Some(first) = offsets.first_mut() {
        *first = 0;
    }
}

impl fmt::Debug for Graph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Graph").field("nodes", &self.node_count()).field("edges", &self.edge_count()).finish()
    }
}

/// An edge of a graph, looked at without copying it.
#[derive(Clone, Copy)]
pub struct EdgeRef<'g> {
    pub(super) graph: &'g Graph,
    pub(super) edge: u32,
    pub(super) from: u32,
    pub(super) to: u32,
}

impl<'g> EdgeRef<'g> {
    /// The number of the edge.
    #[must_use]
    pub fn number(self) -> u32 {
        self.edge
    }

    /// The node of the subject.
    #[must_use]
    pub fn from(self) -> u32 {
        self.from
    }

    /// The node of the object.
    #[must_use]
    pub fn to(self) -> u32 {
        self.to
    }

    /// The end that is not `node`; `node` itself for a loop.
    #[must_use]
    #[inline]
    pub fn other_end(self, node: u32) -> u32 {
        if self.from == node { self.to } else { self.from }
    }

    /// The number of the predicate.
    #[must_use]
    #[inline]
    pub fn predicate(self) -> u16 {
        self.graph.predicate(self.edge)
    }

    /// The number of the fact.
    #[must_use]
    #[inline]
    pub fn fact(self) -> u32 {
        self.graph.fact(self.edge)
    }

    /// When the fact happened or began.
    #[must_use]
    pub fn date(self) -> Option<PartialDate> {
        self.graph.date(self.edge)
    }

    /// How the sources put it.
    #[must_use]
    pub fn modality(self) -> Modality {
        self.graph.modality(self.edge)
    }

    /// How much the fact is believed, 0 to 1.
    #[must_use]
    pub fn confidence(self) -> f32 {
        self.graph.confidence(self.edge)
    }

    /// The confidence in steps.
    #[inline]
    pub(super) fn confidence_code(self) -> u16 {
        self.graph.confidence_code(self.edge)
    }

    /// Everything about the edge as a value.
    #[must_use]
    pub fn to_edge(self) -> Edge {
        Edge {
            from: self.from,
            to: self.to,
            predicate: self.predicate(),
            fact: self.fact(),
            date: self.date(),
            modality: self.modality(),
            confidence: self.confidence(),
        }
    }

    /// The column entry that petgraph hands out as the weight.
    pub(super) fn predicate_in_column(&self) -> &'g u16 {
        self.graph.columns.predicate.get(self.edge as usize).unwrap_or(&0)
    }
}

impl PartialEq for EdgeRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.graph, other.graph) && self.edge == other.edge
    }
}

impl fmt::Debug for EdgeRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_edge().fmt(f)
    }
}
