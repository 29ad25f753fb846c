//! Which entities are drawn when there are more than fit.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use crate::graph::{Bounds, Cut, Direction, Filter, Graph, GraphError, Path, Subgraph, neighborhood};

use super::picture::LeftOut;

/// No search for candidates visits more entities than this.
const MOST_CANDIDATES: usize = 100_000;

/// Entities and facts that might be drawn.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    /// What the picture is about; always drawn.
    pub(super) centers: Vec<u32>,
    /// Every entity with its distance from the nearest centre.
    pub(super) distance: BTreeMap<u32, Option<u32>>,
    /// The numbers of the edges between them that may be drawn.
    pub(super) edges: BTreeSet<u32>,
    /// What kept the search from finding all.
    pub(super) cut: Option<Cut>,
}

/// What is drawn.
#[derive(Debug)]
pub(super) struct Selection {
    /// Entities: centres first, then by distance and number.
    pub(super) nodes: Vec<u32>,
    /// Edges between them, ascending.
    pub(super) edges: Vec<u32>,
    pub(super) left_out: LeftOut,
}

impl Candidates {
    /// The entities within `hops` facts of the centres, and every fact on a way of at most `hops` facts from a centre;
    /// between two centres every fact.
    pub(super) fn around(
        graph: &Graph,
        named: &[u32],
        hops: u32,
        filter: &Filter,
        bounds: &Bounds,
    ) -> Result<Self, GraphError> {
        let mut centers: Vec<u32> = Vec::new();
        for &center in named {
            if !centers.contains(&center) {
                centers.push(center);
            }
        }
        let mut distance: BTreeMap<u32, Option<u32>> = centers.iter().map(|&center| (center, Some(0))).collect();
        let visited = bounds.max_visited.unwrap_or(MOST_CANDIDATES).min(MOST_CANDIDATES);
        let bounds = Bounds { max_results: None, ..bounds.visited(visited) };
        let mut reached = neighborhood(graph, &centers, hops, filter, &bounds)?;
        distance.extend(reached.by_ref().map(|one| (one.node, Some(one.distance))));
        let cut = reached.cut();
        let mut edges = BTreeSet::new();
        for (&node, &near) in &distance {
            // A fact between two entities on the rim lies on no way that is short enough.
            let inner = near.is_some_and(|near| near < hops);
            if !inner && near != Some(0) {
                continue;
            }
            for edge in graph.edges(node, Direction::Both) {
                let drawn = match distance.get(&edge.other_end(node)) {
                    Some(&far) => inner || far == Some(0),
                    None => false,
                };
                if drawn && filter.admits_edge(graph, edge.number()) {
                    edges.insert(edge.number());
                }
            }
        }
        Ok(Self { centers, distance, edges, cut })
    }

    /// The entities and facts of paths, by their distance from the first entity.
    pub(super) fn along(paths: &[Path]) -> Self {
        let mut candidates = Self::default();
        for path in paths {
            for (&node, steps) in path.nodes().iter().zip(0..) {
                candidates.distance.entry(node).or_insert(Some(steps));
            }
            candidates.edges.extend(path.links().iter().map(|link| link.edge));
            candidates.centers.extend(path.nodes().first().into_iter().chain(path.nodes().last()));
        }
        candidates.centers.sort_unstable();
        candidates.centers.dedup();
        candidates
    }

    /// The entities and facts of a part of a graph.
    pub(super) fn of(part: &Subgraph, centers: &[u32]) -> Self {
        Self {
            centers: centers.iter().copied().filter(|center| part.nodes.binary_search(center).is_ok()).collect(),
            distance: part.nodes.iter().map(|&node| (node, centers.contains(&node).then_some(0))).collect(),
            edges: part.edges.iter().copied().collect(),
            cut: part.cut,
        }
    }

    /// At most `limit` entities, and never fewer than the centres.
    ///
    /// Grows from the centres: of all candidates that touch what was taken, the one with the most neighbours among the
    /// candidates comes next; among equals the nearer, then the one with more facts in the whole graph, then the smaller
    /// number. Where nothing touches, the best-connected candidate begins a new part. O(E log V).
    pub(super) fn select(&self, graph: &Graph, limit: usize) -> Selection {
        let neighbors = self.neighbors(graph);
        let rank = |node: u32| {
            let distance = self.distance.get(&node).copied().flatten();
            let degree = neighbors.get(&node).map_or(0, BTreeSet::len);
            (degree, Reverse(distance), graph.degree(node, Direction::Both), Reverse(node))
        };
        let mut rest: Vec<u32> = self.distance.keys().copied().collect();
        rest.sort_by_key(|&node| rank(node));
        let mut taken: BTreeSet<u32> = BTreeSet::new();
        let mut frontier = BinaryHeap::new();
        let take = |node: u32, taken: &mut BTreeSet<u32>, frontier: &mut BinaryHeap<_>| {
            if taken.insert(node) {
                let near = neighbors.get(&node).into_iter().flatten();
                frontier.extend(near.filter(|near| !taken.contains(near)).map(|&near| rank(near)));
            }
        };
        for &center in &self.centers {
            take(center, &mut taken, &mut frontier);
        }
        while taken.len() < limit {
            let next = match frontier.pop() {
                Some((.., Reverse(node))) => Some(node),
                None => rest.pop(),
            };
            let Some(node) = next else { break };
            take(node, &mut taken, &mut frontier);
        }
        let mut nodes: Vec<u32> = taken.iter().copied().collect();
        let place = |node: &u32| self.centers.iter().position(|center| center == node).unwrap_or(usize::MAX);
        nodes.sort_by_key(|node| (place(node), self.distance.get(node).copied().flatten(), *node));
        let is_taken = |end: Option<u32>| end.is_some_and(|end| taken.contains(&end));
        let inside = |&edge: &u32| is_taken(graph.source(edge)) && is_taken(graph.edge(edge).map(|edge| edge.to));
        Selection {
            edges: self.edges.iter().copied().filter(inside).collect(),
            left_out: LeftOut { entities: self.distance.len() - nodes.len(), at_least: self.cut.is_some() },
            nodes,
        }
    }

    /// The distinct neighbours of every candidate among the others.
    fn neighbors(&self, graph: &Graph) -> BTreeMap<u32, BTreeSet<u32>> {
        let mut neighbors: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for edge in self.edges.iter().filter_map(|&edge| graph.edge(edge)) {
            if edge.from != edge.to {
                neighbors.entry(edge.from).or_default().insert(edge.to);
                neighbors.entry(edge.to).or_default().insert(edge.from);
            }
        }
        neighbors
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::graph::{Edge, GraphBuilder};
    use crate::model::Modality;

    fn graph(nodes: u32, pairs: &[(u32, u32)]) -> Graph {
        let mut builder = GraphBuilder::new(nodes).unwrap();
        for (fact, &(from, to)) in (0..).zip(pairs) {
            let (date, modality, confidence) = (None, Modality::Asserted, 1.0);
            builder.add_edge(Edge { from, to, predicate: 0, fact, date, modality, confidence }).unwrap();
        }
        builder.build()
    }

    #[test]
    fn the_best_connected_stay() {
        // 0 knows 1 to 5; 4 and 5 know 6, and 4 knows 7 too.
        let graph = graph(8, &[(0, 1), (0, 2), (3, 0), (0, 4), (0, 5), (4, 6), (5, 6), (4, 7)]);
        let candidates = Candidates::around(&graph, &[0], 2, &Filter::new(), &Bounds::none()).unwrap();
        let selection = candidates.select(&graph, 4);
        assert_eq!(selection.nodes, [0, 4, 5, 6]);
        assert_eq!(selection.edges.len(), 4);
        assert_eq!(selection.left_out, LeftOut { entities: 4, at_least: false });
    }

    #[test]
    fn facts_on_the_rim_are_not_drawn() {
        let graph = graph(3, &[(0, 1), (0, 2), (1, 2)]);
        let one = Candidates::around(&graph, &[0], 1, &Filter::new(), &Bounds::none()).unwrap();
        assert_eq!(one.select(&graph, 60).edges.len(), 2);
        let two = Candidates::around(&graph, &[0], 2, &Filter::new(), &Bounds::none()).unwrap();
        assert_eq!(two.select(&graph, 60).edges.len(), 3);
        let none = Candidates::around(&graph, &[1, 2], 0, &Filter::new(), &Bounds::none()).unwrap();
        assert_eq!(none.select(&graph, 60).edges.len(), 1);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]

        #[test]
        fn what_is_drawn_hangs_together(
            pairs in proptest::collection::vec((0u32..20, 0u32..20), 0..50),
            hops in 0u32..4,
            limit in 1usize..20,
        ) {
            let graph = graph(20, &pairs);
            let candidates = Candidates::around(&graph, &[0], hops, &Filter::new(), &Bounds::none()).unwrap();
            let selection = candidates.select(&graph, limit);
            prop_assert!(selection.nodes.len() <= limit);
            prop_assert_eq!(selection.nodes.len() + selection.left_out.entities, candidates.distance.len());
            prop_assert_eq!(selection.nodes.first(), Some(&0));
            prop_assert!(selection.nodes.len() == limit || selection.left_out.entities == 0);
            let mut reached = BTreeSet::from([0]);
            for _ in 0..20 {
                for edge in selection.edges.iter().filter_map(|&edge| graph.edge(edge)) {
                    if reached.contains(&edge.from) || reached.contains(&edge.to) {
                        reached.extend([edge.from, edge.to]);
                    }
                }
            }
            prop_assert_eq!(reached.len(), selection.nodes.len());
        }
    }
}
