//! Numbers about entities: how connected, how central, in which group.
//!
//! Every measure sees the part of the graph that its [`Filter`](super::Filter) admits: the entities that may be walked to,
//! and the admitted facts between them. Entities outside count for nothing, get the score 0 and belong to no group. The
//! filter's direction means what each function says.

mod adjacency;
mod betweenness;
mod coinvestment;
mod communities;
mod components;
mod core;
mod degree;
mod pagerank;
mod partition;
mod path_counts;

pub use betweenness::{Betweenness, Centrality, betweenness};
pub use coinvestment::{Pair, Pairs, co_investments};
pub use communities::{Communities, communities};
pub use components::{strong_components, weak_components};
pub use core::core_numbers;
pub use degree::{Degree, degree_of, degrees};
pub use pagerank::{PageRank, Ranks, pagerank};
pub use partition::Partition;

/// The `n` entities with the highest scores among those that `keep` admits, highest first, equal ones by ascending number.
///
/// O(V log V). NaN counts as lowest.
///
/// # Examples
/// ```
/// let scores = [0.1, 0.4, 0.4, 0.3];
/// assert_eq!(ailand::graph::top(&scores, 2, |_| true), [(1, 0.4), (2, 0.4)]);
/// assert_eq!(ailand::graph::top(&scores, 2, |node| node != 1), [(2, 0.4), (3, 0.3)]);
/// ```
#[must_use]
pub fn top(scores: &[f64], n: usize, keep: impl Fn(u32) -> bool) -> Vec<(u32, f64)> {
    let mut best: Vec<(u32, f64)> = (0..).zip(scores.iter().copied()).filter(|&(node, _)| keep(node)).collect();
    let rank = |score: f64| if score.is_nan() { f64::NEG_INFINITY } else { score };
    best.sort_by(|a, b| rank(b.1).total_cmp(&rank(a.1)));
    best.truncate(n);
    best
}
