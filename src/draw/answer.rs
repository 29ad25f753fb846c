//! A picture of what a query returns: nodes, relationships and paths.

use std::collections::{BTreeMap, BTreeSet};

use super::DrawError;
use super::compose::{Frame, compose};
use super::picture::{Arrangement, Picture};
use super::selection::Candidates;
use crate::graph::{Graph, Subgraph};
use crate::store::Snapshot;

/// A part of a graph as a query found it; `paths` are those among its columns, as the entities that they lead through.
///
/// Paths from one entity make [`Arrangement::Layers`]; an entity that every fact is about makes an [`Arrangement::Star`]; anything
/// else is an [`Arrangement::Network`].
///
/// # Errors
/// [`DrawError::TooMany`], [`DrawError::Store`].
pub fn of_answer(
    snapshot: &Snapshot,
    graph: &Graph,
    part: &Subgraph,
    paths: &[Vec<u32>],
    frame: &Frame,
) -> Result<Picture, DrawError> {
    frame.check()?;
    let (arrangement, centers, distance) = shape(graph, part, paths);
    let candidates = Candidates { centers, distance, edges: part.edges.iter().copied().collect(), cut: part.cut };
    let selection = candidates.select(graph, frame.limit);
    compose(snapshot, graph, &candidates, &selection, arrangement, frame)
}

type Distances = BTreeMap<u32, Option<u32>>;

fn shape(graph: &Graph, part: &Subgraph, paths: &[Vec<u32>]) -> (Arrangement, Vec<u32>, Distances) {
    layers(part, paths).or_else(|| star(graph, part)).unwrap_or_else(|| {
        let distance = part.nodes.iter().map(|&node| (node, None)).collect();
        (Arrangement::Network, Vec::new(), distance)
    })
}

/// Columns by the steps from the entity that all paths begin with; that and the common end are marked.
fn layers(part: &Subgraph, paths: &[Vec<u32>]) -> Option<(Arrangement, Vec<u32>, Distances)> {
    let start = *paths.first()?.first()?;
    if paths.iter().any(|path| path.first() != Some(&start)) {
        return None;
    }
    let mut distance = Distances::new();
    for path in paths {
        for (&node, steps) in path.iter().zip(0..) {
            let known = distance.entry(node).or_insert(Some(steps));
            *known = (*known).min(Some(steps));
        }
    }
    if part.nodes.iter().any(|node| !distance.contains_key(node)) {
        return None;
    }
    let ends: BTreeSet<u32> = paths.iter().filter_map(|path| path.last().copied()).collect();
    let end = ends.first().copied().filter(|&end| ends.len() == 1 && end != start);
    Some((Arrangement::Layers, std::iter::once(start).chain(end).collect(), distance))
}

/// The entity that every fact is about, in the middle. Of two facts between the same pair it is the subject.
fn star(graph: &Graph, part: &Subgraph) -> Option<(Arrangement, Vec<u32>, Distances)> {
    let ends = || part.edges.iter().filter_map(|&edge| graph.edge(edge)).map(|edge| [edge.to, edge.from]);
    let center = ends().next()?.into_iter().find(|end| ends().all(|pair| pair.contains(end)))?;
    let far: BTreeSet<u32> = ends().flatten().filter(|&end| end != center).collect();
    // An entity without a fact has no place in it, and two entities need no middle.
    if far.len() < 2 || far.len() + 1 != part.nodes.len() {
        return None;
    }
    let distance = part.nodes.iter().map(|&node| (node, Some(u32::from(node != center)))).collect();
    Some((Arrangement::Star, vec![center], distance))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Edge, GraphBuilder};
    use crate::model::Modality;

    fn graph(nodes: u32, pairs: &[(u32, u32)]) -> (Graph, Subgraph) {
        let mut builder = GraphBuilder::new(nodes).unwrap();
        for (fact, &(from, to)) in (0..).zip(pairs) {
            let (date, modality, confidence) = (None, Modality::Asserted, 1.0);
            builder.add_edge(Edge { from, to, predicate: 0, fact, date, modality, confidence }).unwrap();
        }
        let part = Subgraph { nodes: (0..nodes).collect(), edges: (0..pairs.len() as u32).collect(), cut: None };
        (builder.build(), part)
    }

    fn shape_of(nodes: u32, pairs: &[(u32, u32)], paths: &[Vec<u32>]) -> (Arrangement, Vec<u32>) {
        let (graph, part) = graph(nodes, pairs);
        let (arrangement, centers, distance) = shape(&graph, &part, paths);
        assert_eq!(distance.len(), nodes as usize);
        (arrangement, centers)
    }

    #[test]
    fn the_shape_follows_the_answer() {
        assert_eq!(shape_of(3, &[(0, 2), (1, 2), (1, 2)], &[]), (Arrangement::Star, vec![2]));
        assert_eq!(shape_of(3, &[(0, 1), (1, 2), (0, 2)], &[]), (Arrangement::Network, vec![]));
        assert_eq!(shape_of(4, &[(0, 2), (1, 2)], &[]), (Arrangement::Network, vec![]));
        assert_eq!(shape_of(2, &[(0, 1)], &[]), (Arrangement::Network, vec![]));
        assert_eq!(shape_of(2, &[], &[]), (Arrangement::Network, vec![]));
        let square = [(0, 1), (1, 3), (0, 2), (2, 3)];
        assert_eq!(shape_of(4, &square, &[vec![0, 1, 3], vec![0, 2, 3]]), (Arrangement::Layers, vec![0, 3]));
        assert_eq!(shape_of(4, &square, &[vec![0, 1, 3], vec![0, 2]]), (Arrangement::Layers, vec![0]));
        assert_eq!(shape_of(4, &square, &[vec![0, 1, 3], vec![2, 3]]), (Arrangement::Network, vec![]));
    }
}
