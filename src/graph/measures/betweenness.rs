//! Betweenness: how many shortest paths lead through an entity.

use super::super::bounds::Meter;
use super::super::{Answer, Bounds, Cut, Direction, Filter, Graph};
use super::adjacency::{Adjacency, Rows, at, set, update};
use super::path_counts::{Count, Wide};

/// The settings of [`betweenness`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Betweenness {
    /// From how many entities paths are counted; from all when `None`.
    pub samples: Option<usize>,
    /// Which entities are drawn for that: the same seed draws the same.
    pub seed: u64,
    /// Whether scores are divided by the number of pairs that an entity could be between.
    pub normalized: bool,
}

/// What [`betweenness`] computed.
#[derive(Debug, Clone, PartialEq)]
pub struct Centrality {
    /// The score of every entity.
    pub scores: Vec<f64>,
    /// From how many entities paths were counted. Below the number of entities, the scores are estimates.
    pub sources: usize,
}

/// For every entity the number of pairs of others between which it lies: for each pair, the share of their shortest
/// paths that lead through it.
///
/// Paths go in the filter's direction, and are told apart by their entities. With [`Direction::Both`] a pair counts once,
/// not once for each order. Brandes (2001): O(V E). For large graphs, paths can be counted from a random sample of entities
/// only and scaled up (Brandes and Pich 2007): O(samples E). A deadline leaves a sample, too. Numbers of paths beyond the
/// range of floating-point numbers do no harm.
///
/// # Examples
/// ```
/// use ailand::graph::{Betweenness, Bounds, Edge, Filter, GraphBuilder, betweenness};
/// use ailand::model::Modality;
///
/// let mut builder = GraphBuilder::new(3)?;
/// for (fact, (from, to)) in (0..).zip([(0, 1), (1, 2)]) {
///     let (date, modality, confidence) = (None, Modality::Asserted, 0.9);
///     builder.add_edge(Edge { from, to, predicate: 0, fact, date, modality, confidence })?;
/// }
/// let graph = builder.build();
/// let answer = betweenness(&graph, &Filter::new(), &Betweenness::default(), &Bounds::none());
/// assert_eq!(answer.value.scores, [0.0, 1.0, 0.0]);
/// # Ok::<(), ailand::graph::GraphError>(())
/// ```
#[must_use]
pub fn betweenness(graph: &Graph, filter: &Filter, settings: &Betweenness, bounds: &Bounds) -> Answer<Centrality> {
    let rows = Adjacency::new(graph, filter, filter.walks(), Rows::Distinct);
    let mut sources: Vec<u32> = rows.nodes().collect();
    let all = sources.len();
    shuffle(&mut sources, settings.seed);
    sources.truncate(settings.samples.unwrap_or(all));

    let mut search: Search<'_, '_, f64> = Search::new(&rows);
    let mut wide = None;
    let mut scores = vec![0.0; rows.node_count()];
    let mut meter = Meter::new(bounds);
    let mut counted = 0;
    let mut cut = None;
    for &source in &sources {
        if let Err(late) = meter.look(search.edges_seen + 1).and_then(|()| meter.visit()) {
            cut = Some(late);
            break;
        }
        if search.count_paths(source) {
            search.add_shares(source, &mut scores);
        } else {
            let wide: &mut Search<'_, '_, Wide> = wide.get_or_insert_with(|| Search::new(&rows));
            wide.count_paths(source);
            wide.add_shares(source, &mut scores);
        }
        counted += 1;
    }
    if counted > 0 {
        let pairs = (all.saturating_sub(1) as f64) * (all.saturating_sub(2) as f64);
        let both_orders = filter.walks() == Direction::Both;
        let divisor = match (settings.normalized, both_orders) {
            (true, _) => pairs.max(1.0),
            (false, true) => 2.0,
            (false, false) => 1.0,
        };
        let scale = all as f64 / counted as f64 / divisor;
        scores.iter_mut().for_each(|score| *score *= scale);
    }
    let cut: Option<Cut> = cut;
    Answer { value: Centrality { scores, sources: counted }, cut }
}

/// Puts the entities in a random order (Fisher and Yates, in Durstenfeld's form 1964), with numbers by SplitMix64 (Steele,
/// Lea and Flood 2014).
fn shuffle(nodes: &mut [u32], seed: u64) {
    let mut state = seed;
    for at in (1..nodes.len()).rev() {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        // The upper half of the product is a number from 0 to `at`.
        let other = (u128::from(mixed) * (at as u128 + 1)) >> 64;
        nodes.swap(at, other as usize);
    }
}

/// A breadth-first search that counts paths.
///
/// Levels are kept apart from the rest: most neighbours are looked at for their level only, and that column stays in cache.
struct Search<'a, 'g, N> {
    rows: &'a Adjacency<'g>,
    /// The distance of every entity from the source plus 1; 0 is not seen.
    levels: Vec<u32>,
    /// The number of shortest paths from the source.
    paths: Vec<N>,
    /// The share of shortest paths to all others that lead through it.
    shares: Vec<f64>,
    /// The entities seen, nearest first.
    order: Vec<u32>,
    edges_seen: usize,
}

impl<'a, 'g, N: Count> Search<'a, 'g, N> {
    fn new(rows: &'a Adjacency<'g>) -> Self {
        let nodes = rows.node_count();
        let (levels, paths, shares) = (vec![0; nodes], vec![N::default(); nodes], vec![0.0; nodes]);
        Self { rows, levels, paths, shares, order: Vec::new(), edges_seen: 0 }
    }

    /// Counts the shortest paths from the source; false when there are too many for the kind of number.
    fn count_paths(&mut self, source: u32) -> bool {
        for node in self.order.drain(..) {
            set(&mut self.levels, node, 0);
        }
        self.edges_seen = 0;
        set(&mut self.levels, source, 1);
        set(&mut self.paths, source, N::ONE);
        self.order.push(source);
        let mut next = 0;
        let mut countable = true;
        while let Some(&node) = self.order.get(next) {
            next += 1;
            let (level, paths) = (at(&self.levels, node) + 1, at(&self.paths, node));
            countable &= paths.is_exact_enough();
            let row = self.rows.row(node as usize);
            self.edges_seen += row.len();
            for &neighbor in row {
                let Some(known) = self.levels.get_mut(neighbor as usize) else { continue };
                if *known == 0 {
                    *known = level;
                    set(&mut self.paths, neighbor, paths);
                    self.order.push(neighbor);
                } else if *known == level {
                    update(&mut self.paths, neighbor, |known| known.plus(paths));
                }
            }
        }
        countable
    }

    /// Adds to every entity's score what lies behind it, farthest first.
    fn add_shares(&mut self, source: u32, scores: &mut [f64]) {
        for &node in self.order.iter().rev() {
            let (level, paths) = (at(&self.levels, node) + 1, at(&self.paths, node));
            let row = self.rows.row(node as usize).iter().copied();
            let behind = row.filter(|&neighbor| at(&self.levels, neighbor) == level);
            let share = behind
                .map(|neighbor| paths.share_of(at(&self.paths, neighbor)) * (1.0 + at(&self.shares, neighbor)))
                .sum();
            set(&mut self.shares, node, share);
            if node != source {
                update(scores, node, |score| score + share);
            }
        }
    }
}
