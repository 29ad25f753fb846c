//! PageRank.

use super::super::bounds::Meter;
use super::super::{Answer, Bounds, Filter, Graph, GraphError};
use super::adjacency::{Adjacency, Rows, at};

/// The settings of [`pagerank`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageRank {
    /// How likely the surfer follows a fact instead of jumping anywhere; from 0 to below 1.
    pub damping: f64,
    /// The ranks are returned when no more than this much changes in a round, summed over all entities.
    pub tolerance: f64,
    /// The ranks are returned after this many rounds in any case.
    pub max_rounds: u32,
}

impl Default for PageRank {
    fn default() -> Self {
        Self { damping: 0.85, tolerance: 1e-9, max_rounds: 200 }
    }
}

/// What [`pagerank`] computed.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranks {
    /// The rank of every entity; they sum up to 1.
    pub scores: Vec<f64>,
    /// How many rounds it took.
    pub rounds: u32,
    /// How much changed in the last one.
    pub change: f64,
    /// Whether that was within the tolerance.
    pub converged: bool,
}

/// The share of time that a random surfer spends at each entity.
///
/// From an entity the surfer follows one of its facts in the filter's direction, each equally likely (parallel facts make
/// a neighbour likelier), or jumps to any entity; where there is no fact to follow, it always jumps. Power iteration with
/// the whole rank kept at 1 in every round (Page, Brin, Motwani, Winograd 1999; Langville and Meyer, *Google's PageRank and
/// Beyond*, 2006, chapter 4): O(V + E) for a round, and the change shrinks at least by `damping`.
///
/// # Errors
/// [`GraphError::Setting`] when a setting is out of range.
///
/// # Examples
/// ```
/// use ailand::graph::{Bounds, Direction, Edge, Filter, GraphBuilder, PageRank, pagerank};
/// use ailand::model::Modality;
///
/// let mut builder = GraphBuilder::new(3)?;
/// for (fact, (from, to)) in (0..).zip([(0, 2), (1, 2)]) {
///     let (date, modality, confidence) = (None, Modality::Asserted, 0.9);
///     builder.add_edge(Edge { from, to, predicate: 0, fact, date, modality, confidence })?;
/// }
/// let filter = Filter::new().direction(Direction::Out);
/// let ranks = pagerank(&builder.build(), &filter, &PageRank::default(), &Bounds::none())?.value;
/// assert!((ranks.scores.iter().sum::<f64>() - 1.0).abs() < 1e-9);
/// assert!((ranks.scores[2] / ranks.scores[0] - (1.0 + 2.0 * 0.85)).abs() < 1e-6);
/// # Ok::<(), ailand::graph::GraphError>(())
/// ```
pub fn pagerank(
    graph: &Graph,
    filter: &Filter,
    settings: &PageRank,
    bounds: &Bounds,
) -> Result<Answer<Ranks>, GraphError> {
    let &PageRank { damping, tolerance, max_rounds } = settings;
    if !(0.0..1.0).contains(&damping) {
        return Err(GraphError::Setting { name: "damping", value: damping, expected: "0 to below 1" });
    }
    if tolerance.is_nan() || tolerance < 0.0 {
        return Err(GraphError::Setting { name: "tolerance", value: tolerance, expected: "0 or more" });
    }
    // Each entity pulls from those that point to it, so that every rank is written once.
    let pulled = Adjacency::new(graph, filter, filter.walks().reversed(), Rows::Facts);
    let nodes = pulled.node_count();
    let mut followed = vec![0u32; nodes];
    for &node in pulled.neighbors() {
        if let Some(followed) = followed.get_mut(node as usize) {
            *followed += 1;
        }
    }
    // The part of a rank that each followed fact carries on; 0 where there is none.
    let parts: Vec<f64> = followed.iter().map(|&facts| if facts == 0 { 0.0 } else { 1.0 / f64::from(facts) }).collect();
    let share = 1.0 / pulled.size.max(1) as f64;
    let mut scores: Vec<f64> = (0..nodes).map(|node| if pulled.is_inside(node) { share } else { 0.0 }).collect();
    let mut carried = vec![0.0; nodes];
    let mut ranks = Ranks { scores: Vec::new(), rounds: 0, change: f64::INFINITY, converged: pulled.size == 0 };
    let mut meter = Meter::new(bounds);
    let mut cut = None;
    while !ranks.converged && ranks.rounds < max_rounds {
        if let Err(late) = meter.look(pulled.neighbors().len() + nodes) {
            cut = Some(late);
            break;
        }
        let mut moving = 0.0;
        for ((carried, &score), &part) in carried.iter_mut().zip(&scores).zip(&parts) {
            *carried = score * part;
            moving += if part == 0.0 { 0.0 } else { score };
        }
        // What is not carried on, from entities without a fact to follow and by jumps, is spread evenly.
        let jump = (1.0 - damping * moving) * share;
        ranks.change = 0.0;
        for (node, score) in scores.iter_mut().enumerate() {
            if pulled.is_inside(node) {
                let pull: f64 = pulled.row(node).iter().map(|&source| at(&carried, source)).sum();
                let new = jump + damping * pull;
                ranks.change += (new - *score).abs();
                *score = new;
            }
        }
        ranks.rounds += 1;
        ranks.converged = ranks.change <= tolerance;
    }
    ranks.scores = scores;
    Ok(Answer { value: ranks, cut })
}
