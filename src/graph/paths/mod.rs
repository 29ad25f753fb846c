//! Ways from one entity to another.
//!
//! | question | function |
//! |---|---|
//! | one shortest path | [`shortest_path`] |
//! | all of them | [`all_shortest_paths`] |
//! | the k shortest, or lightest, without repeated entities | [`k_shortest_paths`], [`k_lightest_paths`] |
//! | all without repeated entities up to a length | [`simple_paths`] |
//! | the lightest by a cost | [`lightest_path`] |

mod all_shortest;
mod dag;
mod dijkstra;
mod enumeration;
mod k_shortest;
mod lightest;
mod row;
mod search;
mod shortest;
mod simple;
mod ways;
mod yen;

pub use all_shortest::all_shortest_paths;
pub use enumeration::{Parallel, Paths};
pub use k_shortest::k_shortest_paths;
pub use lightest::{confidence_cost, k_lightest_paths, lightest_path};
pub use shortest::shortest_path;
pub use simple::simple_paths;

use super::{Filter, Graph};
use enumeration::Trivial;

/// The answer to a question that needs no search: the ends are the same, or one of them is avoided.
fn trivial(graph: &Graph, filter: &Filter, from: u32, to: u32) -> Option<Trivial> {
    let admitted = filter.admits_end(from) && filter.admits_end(to);
    (from == to || !admitted).then(|| Trivial(admitted.then(|| Path::along(graph, filter, vec![from]))))
}

/// One fact as a path walks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link {
    /// The number of the edge.
    pub edge: u32,
    /// The number of the fact.
    pub fact: u32,
    /// The number of the predicate.
    pub predicate: u16,
    /// Whether the path goes from the fact's subject to its object.
    pub forward: bool,
}

impl Link {
    /// Adds the facts that lead from one node to another: first those walked forward, then backward, each ordered by
    /// (predicate, fact). A loop counts as forward where both ways are walked.
    pub(super) fn between(graph: &Graph, filter: &Filter, from: u32, to: u32, links: &mut Vec<Self>) {
        let direction = filter.walks();
        let mut add = |edges: std::ops::Range<u32>, forward| {
            let admitted = edges.filter(|&edge| filter.admits_edge(graph, edge));
            links.extend(admitted.map(|edge| Self {
                edge,
                fact: graph.fact(edge),
                predicate: graph.predicate(edge),
                forward,
            }));
        };
        if direction.goes_out() {
            add(graph.edges_between(from, to), true);
        }
        if direction.goes_in() && !(direction.goes_out() && from == to) {
            add(graph.edges_between(to, from), false);
        }
    }
}

/// A way through the graph: entities, and between each two of them the facts that connect them.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    nodes: Vec<u32>,
    links: Vec<Link>,
    /// Where each step's links end in `links`.
    ends: Vec<usize>,
    weight: f64,
}

/// One step of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step<'p> {
    /// The entity the step leaves.
    pub from: u32,
    /// The entity it reaches.
    pub to: u32,
    /// The facts it can be made by, at least one: forward before backward, each ordered by (predicate, fact).
    pub links: &'p [Link],
}

impl Path {
    /// The path along these nodes with all parallel facts, weighing 1 a step.
    pub(super) fn along(graph: &Graph, filter: &Filter, nodes: Vec<u32>) -> Self {
        let mut links = Vec::with_capacity(nodes.len());
        let mut ends = Vec::with_capacity(nodes.len());
        for (&from, &to) in nodes.iter().zip(nodes.iter().skip(1)) {
            Link::between(graph, filter, from, to, &mut links);
            ends.push(links.len());
        }
        let weight = ends.len() as f64;
        Self { nodes, links, ends, weight }
    }

    /// The entities, from the start to the end; one where they are the same.
    #[must_use]
    pub fn nodes(&self) -> &[u32] {
        &self.nodes
    }

    /// The number of steps.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether the path ends where it starts, without a step.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The sum of the costs of its steps; without a cost function, the number of steps.
    #[must_use]
    pub fn weight(&self) -> f64 {
        self.weight
    }

    /// The facts of all steps.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The steps in order.
    pub fn steps(&self) -> impl Iterator<Item = Step<'_>> {
        let starts = std::iter::once(&0).chain(&self.ends);
        let nodes = self.nodes.iter().zip(self.nodes.iter().skip(1));
        self.ends.iter().zip(starts.zip(nodes)).map(|(&end, (&start, (&from, &to)))| Step {
            from,
            to,
            links: self.links.get(start..end).unwrap_or_default(),
        })
    }
}
