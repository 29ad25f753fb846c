//! The plain graph that a measure sees.

use std::borrow::Cow;

use super::super::columns::span;
use super::super::csr::{count_rows, restore_starts};
use super::super::{Direction, Filter, Graph};

/// Rows of neighbours, only of admitted entities and by admitted facts.
#[derive(Debug, Clone)]
pub(super) struct Adjacency<'g> {
    offsets: Cow<'g, [u32]>,
    neighbors: Cow<'g, [u32]>,
    /// Whether each entity is admitted.
    inside: Vec<bool>,
    /// How many are.
    pub(super) size: usize,
}

/// What a row lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rows {
    /// One entry for each fact, loops too.
    Facts,
    /// Every neighbour once, ascending, without the entity itself.
    Distinct,
}

impl<'g> Adjacency<'g> {
    /// O(V + E); nothing is copied where everything is admitted and one direction is enough.
    pub(super) fn new(graph: &'g Graph, filter: &Filter, direction: Direction, rows: Rows) -> Self {
        let nodes = graph.node_count();
        let inside: Vec<bool> =
            (0..nodes).map(|node| graph.has_node(node) && filter.admits_node(graph, node)).collect();
        let size = inside.iter().filter(|&&admitted| admitted).count();
        if filter.is_open() && rows == Rows::Facts && direction != Direction::Both {
            let (offsets, neighbors) = graph.rows(direction == Direction::Out);
            return Self { offsets: offsets.into(), neighbors: neighbors.into(), inside, size };
        }
        let mut offsets = Vec::with_capacity(nodes as usize + 1);
        let mut neighbors: Vec<u32> = Vec::new();
        let mut row = Vec::new();
        offsets.push(0);
        for (node, &admitted) in (0..nodes).zip(&inside) {
            if admitted {
                let both = direction == Direction::Both;
                for way in [Direction::Out, Direction::In] {
                    if !both && way != direction {
                        continue;
                    }
                    row.extend(graph.edges(node, way).filter_map(|edge| {
                        let neighbor = edge.other_end(node);
                        // Where both ways count, a loop is in both rows and still one fact.
                        let counts = filter.admits_edge(graph, edge.number())
                            && inside.get(neighbor as usize) == Some(&true)
                            && (neighbor != node || rows == Rows::Facts && !(both && way == Direction::In));
                        counts.then_some(neighbor)
                    }));
                }
                if rows == Rows::Distinct {
                    row.sort_unstable();
                    row.dedup();
                }
                neighbors.append(&mut row);
            }
            // Both directions of 2^32 edges would not fit; a graph of that size does not fit in memory either.
            offsets.push(neighbors.len() as u32);
        }
        Self { offsets: offsets.into(), neighbors: neighbors.into(), inside, size }
    }

    pub(super) fn node_count(&self) -> usize {
        self.inside.len()
    }

    #[inline]
    pub(super) fn is_inside(&self, node: usize) -> bool {
        self.inside.get(node).copied().unwrap_or_default()
    }

    /// The admitted entities, ascending.
    pub(super) fn nodes(&self) -> impl Iterator<Item = u32> {
        (0..).zip(&self.inside).filter(|&(_, &inside)| inside).map(|(node, _)| node)
    }

    #[inline]
    pub(super) fn row(&self, node: usize) -> &[u32] {
        self.neighbors.get(span(&self.offsets, node)).unwrap_or_default()
    }

    /// All rows one after the other.
    pub(super) fn neighbors(&self) -> &[u32] {
        &self.neighbors
    }

    /// Takes neighbours out of all rows.
    pub(super) fn keep_neighbors(&mut self, keep: impl Fn(u32) -> bool) {
        let mut offsets = Vec::with_capacity(self.offsets.len());
        let mut neighbors = Vec::new();
        offsets.push(0);
        for node in 0..self.node_count() {
            neighbors.extend(self.row(node).iter().copied().filter(|&neighbor| keep(neighbor)));
            offsets.push(neighbors.len() as u32);
        }
        (self.offsets, self.neighbors) = (offsets.into(), neighbors.into());
    }

    /// The same rows seen from the other end, ascending.
    pub(super) fn transposed(&self) -> Adjacency<'static> {
        let nodes = self.node_count();
        let mut offsets = count_rows(nodes, self.neighbors.iter().copied());
        let mut neighbors = vec![0; self.neighbors.len()];
        for node in 0..nodes {
            for &neighbor in self.row(node) {
                let Some(place) = offsets.get_mut(neighbor as usize) else { continue };
                if let Some(slot) = neighbors.get_mut(*place as usize) {
                    *slot = node as u32;
                }
                *place += 1;
            }
        }
        restore_starts(&mut offsets);
        Adjacency { offsets: offsets.into(), neighbors: neighbors.into(), inside: self.inside.clone(), size: self.size }
    }
}

/// The value at a number that is known to be in range.
#[inline]
pub(super) fn at<T: Copy + Default>(values: &[T], number: u32) -> T {
    values.get(number as usize).copied().unwrap_or_default()
}

/// Writes the value at a number that is known to be in range.
#[inline]
pub(super) fn set<T>(values: &mut [T], number: u32, value: T) {
    if let Some(slot) = values.get_mut(number as usize) {
        *slot = value;
    }
}

/// Changes the value at a number that is known to be in range.
#[inline]
pub(super) fn update<T: Copy>(values: &mut [T], number: u32, change: impl FnOnce(T) -> T) {
    if let Some(slot) = values.get_mut(number as usize) {
        *slot = change(*slot);
    }
}
