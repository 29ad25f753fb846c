//! Which entities point to the same ones, and how often.

use super::super::bounds::Meter;
use super::super::marks::Lease;
use super::super::{Bounds, Cut, Filter, Graph};
use super::adjacency::{Adjacency, Rows};

/// Two entities with neighbours in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pair {
    /// The entity with the smaller number.
    pub first: u32,
    /// The other one.
    pub second: u32,
    /// How many different neighbours they share.
    pub shared: u32,
}

/// All pairs of entities that share neighbours in the filter's direction, with the number of these, lazily and in ascending
/// order of the two numbers.
///
/// With the predicate of investments and [`Direction::Out`](super::super::Direction::Out): which investors share companies,
/// and in how many. A company counts once however many rounds an investor took part in. This is the one-mode projection of
/// a two-mode network (Borgatti and Everett 1997). Labels of the filter concern the shared neighbours.
///
/// O(V + E) at first; over all pairs, the sum of the squares of the degrees of the shared neighbours. Memory O(V + E),
/// whatever the number of pairs. `max_results`, `max_visited` (one visit for every entity whose pairs are counted) and the
/// deadline apply.
///
/// # Examples
/// ```
/// use ailand::graph::{Bounds, Direction, Edge, Filter, GraphBuilder, Pair, co_investments};
/// use ailand::model::Modality;
///
/// // Investors 0 and 1 are both in companies 2 and 3.
/// let mut builder = GraphBuilder::new(4)?;
/// for (fact, (from, to)) in (0..).zip([(0, 2), (1, 2), (0, 3), (1, 3), (1, 3)]) {
///     let (date, modality, confidence) = (None, Modality::Asserted, 0.9);
///     builder.add_edge(Edge { from, to, predicate: 0, fact, date, modality, confidence })?;
/// }
/// let graph = builder.build();
/// let filter = Filter::new().predicates([0]).direction(Direction::Out);
/// let pairs: Vec<_> = co_investments(&graph, &filter, &Bounds::none()).collect();
/// assert_eq!(pairs, [Pair { first: 0, second: 1, shared: 2 }]);
/// # Ok::<(), ailand::graph::GraphError>(())
/// ```
#[must_use]
pub fn co_investments<'g>(graph: &'g Graph, filter: &Filter, bounds: &Bounds) -> Pairs<'g> {
    let sharers = filter.clone().any_label();
    let mut shared = Adjacency::new(graph, &sharers, filter.walks(), Rows::Distinct);
    shared.keep_neighbors(|neighbor| filter.admits_node(graph, neighbor));
    let counts = graph.marks();
    let results_left = bounds.max_results.unwrap_or(usize::MAX);
    let sharing = shared.transposed();
    Pairs { shared, sharing, counts, meter: Meter::new(bounds), node: 0, found: Vec::new(), results_left, cut: None }
}

/// The iterator of [`co_investments`].
#[derive(Debug)]
pub struct Pairs<'g> {
    /// What each entity points to.
    shared: Adjacency<'g>,
    /// Who points to each entity.
    sharing: Adjacency<'g>,
    counts: Lease<'g>,
    meter: Meter,
    /// The entity whose pairs are counted next.
    node: u32,
    /// Pairs that were counted, last one first.
    found: Vec<Pair>,
    results_left: usize,
    cut: Option<Cut>,
}

impl Pairs<'_> {
    /// The bound that ended the iteration; final once `next` has returned `None`.
    #[must_use]
    pub fn cut(&self) -> Option<Cut> {
        self.cut
    }

    /// The `n` pairs that share most, most first, equal ones in ascending order of the two numbers; and the bound that cut
    /// the count. O(pairs log n) time and O(n) memory.
    #[must_use]
    pub fn top(mut self, n: usize) -> (Vec<Pair>, Option<Cut>) {
        use std::cmp::Reverse;
        let mut best = std::collections::BinaryHeap::new();
        for pair in self.by_ref() {
            // The worst of the best is on top of the heap.
            best.push((Reverse(pair.shared), pair.first, pair.second));
            if best.len() > n {
                best.pop();
            }
        }
        let pairs = best.into_sorted_vec().into_iter();
        (pairs.map(|(Reverse(shared), first, second)| Pair { first, second, shared }).collect(), self.cut)
    }

    /// Counts the pairs of the next entity that has any.
    fn count(&mut self) -> Result<(), Cut> {
        let mut seconds = Vec::new();
        while self.found.is_empty() && (self.node as usize) < self.shared.node_count() {
            let first = self.node;
            self.node += 1;
            let row = self.shared.row(first as usize);
            if row.is_empty() {
                continue;
            }
            self.meter.visit()?;
            for &neighbor in row {
                let sharing = self.sharing.row(neighbor as usize);
                let later = sharing.get(sharing.partition_point(|&other| other <= first)..).unwrap_or_default();
                self.meter.look(later.len())?;
                for &second in later {
                    let count = self.counts.get(second).unwrap_or_default();
                    if count == 0 {
                        seconds.push(second);
                    }
                    self.counts.set(second, count + 1);
                }
            }
            seconds.sort_unstable();
            for second in seconds.drain(..).rev() {
                let shared = self.counts.get(second).unwrap_or_default();
                self.counts.set(second, 0);
                self.found.push(Pair { first, second, shared });
            }
        }
        Ok(())
    }
}

impl Iterator for Pairs<'_> {
    type Item = Pair;

    fn next(&mut self) -> Option<Pair> {
        if self.cut.is_some() {
            return None;
        }
        if let Err(cut) = self.count() {
            self.cut = Some(cut);
            return None;
        }
        let pair = self.found.pop()?;
        if self.results_left == 0 {
            self.cut = Some(Cut::Results);
            return None;
        }
        self.results_left -= 1;
        Some(pair)
    }
}

impl std::iter::FusedIterator for Pairs<'_> {}
