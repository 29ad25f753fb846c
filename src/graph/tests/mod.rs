//! Every answer against a brute force, on thousands of small random multigraphs.
//!
//! The brute force knows a graph as a list of edges and looks at nothing of the graph's inside.

mod measures;
mod neighborhood;
mod parts;
mod paths;
mod structure;

use std::collections::BTreeSet;

use crate::model::{Modality, PartialDate};

use super::{Direction, Edge, Filter, Graph, GraphBuilder};

/// A small generator (SplitMix64, Steele and others 2014), so that every failure can be repeated from its seed.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        (self.next() % u64::from(bound)) as u32
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u32) as usize]
    }

    fn subset<T: Copy>(&mut self, from: &[T]) -> Vec<T> {
        from.iter().copied().filter(|_| self.chance(60)).collect()
    }
}

const DATES: [&str; 9] =
    ["2022", "2022-06", "2022-06-15", "2023", "2023-01-01", "2023-02", "2023-12-31", "2024", "2024-02-29"];

/// A graph and what it was made of.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) nodes: u32,
    pub(super) edges: Vec<Edge>,
    pub(super) labels: Vec<Vec<u16>>,
    pub(super) graph: std::rc::Rc<Graph>,
}

/// A random multigraph with loops, parallel edges and often several components.
pub(super) fn random_case(random: &mut Random, most_nodes: u32, most_edges: u32) -> Case {
    let nodes = 1 + random.below(most_nodes);
    let edges = (0..random.below(most_edges + 1))
        .map(|fact| Edge {
            from: random.below(nodes),
            to: random.below(nodes),
            predicate: random.below(3) as u16,
            fact: if random.chance(10) { 0 } else { fact },
            date: random.chance(70).then(|| random.pick(&DATES).parse().unwrap()),
            modality: random.pick(&Modality::ALL),
            confidence: random.below(11) as f32 / 10.0,
        })
        .collect();
    let labels = (0..nodes).map(|_| random.subset(&[0, 1, 70])).collect();
    case_of(nodes, edges, labels)
}

pub(super) fn case_of(nodes: u32, edges: Vec<Edge>, labels: Vec<Vec<u16>>) -> Case {
    let mut builder = GraphBuilder::new(nodes).unwrap();
    for &edge in &edges {
        builder.add_edge(edge).unwrap();
    }
    for (node, labels) in (0..).zip(&labels) {
        builder.set_labels(node, labels).unwrap();
    }
    Case { nodes, edges, labels, graph: builder.build().into() }
}

/// Edges from pairs, all of one predicate.
pub(super) fn plain_edges(pairs: &[(u32, u32)]) -> Vec<Edge> {
    let edge = |(fact, &(from, to))| Edge {
        from,
        to,
        predicate: 0,
        fact,
        date: None,
        modality: Modality::Asserted,
        confidence: 1.0,
    };
    (0..).zip(pairs).map(edge).collect()
}

pub(super) fn plain_case(nodes: u32, pairs: &[(u32, u32)]) -> Case {
    case_of(nodes, plain_edges(pairs), vec![Vec::new(); nodes as usize])
}

/// The conditions of a filter, kept readable for the brute force.
#[derive(Debug, Clone, Default)]
pub(super) struct Conditions {
    pub(super) direction: Direction,
    predicates: Option<Vec<u16>>,
    as_of: Option<PartialDate>,
    between: Option<(PartialDate, PartialDate)>,
    modalities: Option<Vec<Modality>>,
    min_confidence: Option<f32>,
    labels: Option<Vec<u16>>,
    pub(super) end_labels: Option<Vec<u16>>,
    avoided: Vec<u32>,
}

pub(super) fn random_conditions(random: &mut Random, nodes: u32) -> Conditions {
    let date = |random: &mut Random| random.pick(&DATES).parse().unwrap();
    let mut conditions = Conditions {
        direction: random.pick(&[Direction::Out, Direction::In, Direction::Both, Direction::Both]),
        ..Conditions::default()
    };
    if random.chance(50) {
        return conditions;
    }
    conditions.predicates = random.chance(30).then(|| random.subset(&[0, 1, 2, 900]));
    conditions.as_of = random.chance(20).then(|| date(random));
    conditions.between = random.chance(10).then(|| (date(random), date(random)));
    conditions.modalities = random.chance(20).then(|| random.subset(&Modality::ALL));
    conditions.min_confidence = random.chance(20).then(|| random.below(11) as f32 / 10.0);
    conditions.labels = random.chance(20).then(|| random.subset(&[0, 1, 70]));
    conditions.end_labels = random.chance(10).then(|| random.subset(&[0, 1, 70]));
    conditions.avoided = if random.chance(20) { vec![random.below(nodes), random.below(nodes)] } else { Vec::new() };
    conditions
}

impl Conditions {
    pub(super) fn filter(&self) -> Filter {
        let mut filter = Filter::new().direction(self.direction).avoid(self.avoided.iter().copied());
        if let Some(predicates) = &self.predicates {
            filter = filter.predicates(predicates.iter().copied());
        }
        if let Some(date) = self.as_of {
            filter = filter.as_of(date);
        }
        if let Some((from, to)) = self.between {
            filter = filter.between(from, to);
        }
        if let Some(modalities) = &self.modalities {
            filter = filter.modalities(modalities.iter().copied());
        }
        if let Some(least) = self.min_confidence {
            filter = filter.min_confidence(least);
        }
        if let Some(labels) = &self.labels {
            filter = filter.labels(labels.iter().copied());
        }
        if let Some(labels) = &self.end_labels {
            filter = filter.end_labels(labels.iter().copied());
        }
        filter
    }

    pub(super) fn admits(&self, edge: &Edge) -> bool {
        let possible_days = edge.date.map(|date| (date.first_day(), date.last_day()));
        self.predicates.as_ref().is_none_or(|set| set.contains(&edge.predicate))
            && self.modalities.as_ref().is_none_or(|set| set.contains(&edge.modality))
            && self.min_confidence.is_none_or(|least| edge.confidence >= least)
            && self.as_of.is_none_or(|end| possible_days.is_none_or(|(first, _)| first <= end.last_day()))
            && self.between.is_none_or(|(from, to)| {
                possible_days.is_some_and(|(first, last)| first <= to.last_day() && last >= from.first_day())
            })
    }

    pub(super) fn avoids(&self, node: u32) -> bool {
        self.avoided.contains(&node)
    }

    pub(super) fn admits_node(&self, case: &Case, node: u32) -> bool {
        !self.avoids(node) && has_any(case, node, self.labels.as_deref())
    }

    pub(super) fn reports(&self, case: &Case, node: u32) -> bool {
        has_any(case, node, self.end_labels.as_deref())
    }
}

fn has_any(case: &Case, node: u32, labels: Option<&[u16]>) -> bool {
    labels.is_none_or(|labels| case.labels[node as usize].iter().any(|label| labels.contains(label)))
}

/// One edge as it can be walked: (from, to, edge number, forward).
pub(super) type Walk = (u32, u32, u32, bool);

/// Everything that can be walked, with the edge numbers that the documented order gives.
pub(super) fn walks(case: &Case, conditions: &Conditions) -> BTreeSet<Walk> {
    let mut walks = BTreeSet::new();
    for (number, edge) in (0..).zip(sorted_edges(case)) {
        if !conditions.admits(&edge) {
            continue;
        }
        if conditions.direction != Direction::In {
            walks.insert((edge.from, edge.to, number, true));
        }
        let counted = edge.from == edge.to && conditions.direction == Direction::Both;
        if conditions.direction != Direction::Out && !counted {
            walks.insert((edge.to, edge.from, number, false));
        }
    }
    walks
}

/// The edges in the documented order.
pub(super) fn sorted_edges(case: &Case) -> Vec<Edge> {
    let mut edges = case.edges.clone();
    edges.sort_by_key(|edge| {
        let confidence = (edge.confidence * 10_000.0).round() as u32;
        (edge.from, edge.to, edge.predicate, edge.fact, edge.date, edge.modality, confidence)
    });
    edges
}

/// Distances from any of the starts over admitted edges and entities, by relaxing until nothing changes.
pub(super) fn distances(case: &Case, conditions: &Conditions, starts: &[u32]) -> Vec<Option<u32>> {
    let walks = walks(case, conditions);
    let mut distances = vec![None; case.nodes as usize];
    for &start in starts.iter().filter(|&&start| !conditions.avoids(start)) {
        distances[start as usize] = Some(0);
    }
    loop {
        let before = distances.clone();
        for &(from, to, ..) in &walks {
            if let Some(distance) = before[from as usize]
                && conditions.admits_node(case, to)
                && distances[to as usize].is_none_or(|old| old > distance + 1)
            {
                distances[to as usize] = Some(distance + 1);
            }
        }
        if distances == before {
            return distances;
        }
    }
}
