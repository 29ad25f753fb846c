//! Paths by the cost of their facts.

use std::sync::OnceLock;

use super::super::bounds::Meter;
use super::super::columns::{CONFIDENCE_STEPS, confidence_of};
use super::super::{Answer, Bounds, Cut, EdgeRef, Filter, Graph, GraphError};
use super::Link;
use super::Path;
use super::dijkstra::Lightest;
use super::enumeration::Parallel;
use super::yen::{Branch, Stop, Yen};

/// A cost that makes the most credible path the lightest: the negative logarithm of the confidence.
///
/// The weight of a path is then the negative logarithm of the product of its facts' confidences. A fact with confidence 0
/// is not walked.
///
/// # Examples
/// ```
/// use ailand::graph::{Bounds, Edge, Filter, GraphBuilder, confidence_cost, lightest_path};
/// use ailand::model::Modality;
///
/// // A doubtful fact, and a way around it by two credible ones.
/// let mut builder = GraphBuilder::new(3)?;
/// for (fact, (from, to, confidence)) in (0..).zip([(0, 2, 0.5), (0, 1, 0.9), (1, 2, 0.8)]) {
///     builder.add_edge(Edge { from, to, predicate: 0, fact, date: None, modality: Modality::Asserted, confidence })?;
/// }
/// let graph = builder.build();
/// let path = lightest_path(&graph, 0, 2, &Filter::new(), &Bounds::none(), confidence_cost)?.value.unwrap();
/// assert_eq!(path.nodes(), [0, 1, 2]);
/// assert!(((-path.weight()).exp() - 0.72).abs() < 1e-6);
/// # Ok::<(), ailand::graph::GraphError>(())
/// ```
#[must_use]
pub fn confidence_cost(edge: EdgeRef<'_>) -> f64 {
    static COSTS: OnceLock<Vec<f64>> = OnceLock::new();
    // A logarithm costs more than the rest of a step, and there are only so many confidences.
    let costs = COSTS.get_or_init(|| (0..=CONFIDENCE_STEPS).map(|code| -f64::from(confidence_of(code)).ln()).collect());
    costs.get(usize::from(edge.confidence_code())).copied().unwrap_or(f64::INFINITY)
}

/// The path with the smallest sum of costs; `None` where there is no path.
///
/// Among equally light ones that with the fewest steps, and among these the first in ascending order of the entities' numbers.
/// A step costs what the cheapest of its parallel facts costs, and carries all that can be walked.
///
/// Dijkstra's algorithm (1959) with a binary heap: O((V + E) log V). With `max_hops`, ways to an entity are kept for as
/// many lengths as are of use, at most that many times the work. `cost` is only asked for facts that the search looks at; an
/// infinite cost keeps a fact from being walked. It must give the same fact the same cost every time.
///
/// # Errors
/// [`GraphError::Node`] when an end does not exist, [`GraphError::Cost`] when a cost is negative or not a number.
pub fn lightest_path(
    graph: &Graph,
    from: u32,
    to: u32,
    filter: &Filter,
    bounds: &Bounds,
    cost: impl Fn(EdgeRef<'_>) -> f64,
) -> Result<Answer<Option<Path>>, GraphError> {
    let bounds = Bounds { max_results: None, ..*bounds };
    let Answer { mut value, cut } = k_lightest_paths(graph, from, to, 1, Parallel::Together, filter, &bounds, cost)?;
    Ok(Answer { value: value.pop(), cut })
}

/// Paths without repeated entities, lightest first, at most `k`.
///
/// The order is (cost, number of steps, the entities' numbers, the facts). With [`Parallel::Together`] a step costs what
/// the cheapest of its parallel facts costs, and carries all that can be walked; with [`Parallel::Apart`] paths that differ
/// only in a fact are different, each with its own cost.
///
/// Yen's algorithm (1971) in Lawler's form (1972) over Dijkstra's: O(k L (V + E) log V) for paths of length L. For the
/// costs, see [`lightest_path`]. Costs whose sums are rounded may leave almost equal paths in another order.
///
/// # Errors
/// [`GraphError::Node`] when an end does not exist, [`GraphError::Cost`] when a cost is negative or not a number.
///
/// # Examples
/// ```
/// use ailand::graph::{Bounds, Edge, Filter, GraphBuilder, Parallel, k_lightest_paths};
/// use ailand::model::Modality;
///
/// let mut builder = GraphBuilder::new(3)?;
/// for (fact, (from, to)) in (0..).zip([(0, 2), (0, 1), (1, 2), (1, 2)]) {
///     let (date, modality, confidence) = (None, Modality::Asserted, 0.9);
///     builder.add_edge(Edge { from, to, predicate: 0, fact, date, modality, confidence })?;
/// }
/// let graph = builder.build();
/// let (filter, bounds) = (Filter::new(), Bounds::none());
/// let cost = |edge: ailand::graph::EdgeRef<'_>| [9.0, 1.0, 2.0, 3.0][edge.fact() as usize];
/// let paths = k_lightest_paths(&graph, 0, 2, 9, Parallel::Apart, &filter, &bounds, cost)?.value;
/// assert_eq!(paths.iter().map(|path| path.weight()).collect::<Vec<_>>(), [3.0, 4.0, 9.0]);
/// # Ok::<(), ailand::graph::GraphError>(())
/// ```
#[expect(clippy::too_many_arguments, reason = "the same order as in the other path functions, with a cost at the end")]
pub fn k_lightest_paths(
    graph: &Graph,
    from: u32,
    to: u32,
    k: usize,
    parallel: Parallel,
    filter: &Filter,
    bounds: &Bounds,
    cost: impl Fn(EdgeRef<'_>) -> f64,
) -> Result<Answer<Vec<Path>>, GraphError> {
    graph.check_nodes(&[from, to])?;
    if !filter.admits_end(from) || !filter.admits_end(to) {
        return Ok(Answer { value: Vec::new(), cut: None });
    }
    let deviations = Lightest { graph, filter, to, parallel, cost, meter: Meter::new(bounds), hops_cut: false };
    let mut yen = Yen::new(deviations, from, bounds.max_hops.unwrap_or(u32::MAX));
    let limit = bounds.max_results.unwrap_or(usize::MAX);
    let mut value = Vec::new();
    while value.len() < k {
        match yen.next_branch() {
            Ok(None) => break,
            Ok(Some(_)) if value.len() >= limit => return Ok(Answer { value, cut: Some(Cut::Results) }),
            Ok(Some(branch)) => value.push(yen.deviations.path(branch)?),
            Err(Stop::Cut(cut)) => return Ok(Answer { value, cut: Some(cut) }),
            Err(Stop::Refused(error)) => return Err(error),
        }
    }
    let cut = yen.left_out();
    Ok(Answer { value, cut })
}

impl<C: Fn(EdgeRef<'_>) -> f64> Lightest<'_, C> {
    /// The path with its facts.
    fn path(&self, branch: Branch) -> Result<Path, GraphError> {
        let weight = branch.cost();
        let (mut links, mut ends) = (Vec::new(), Vec::new());
        let pairs = branch.nodes.iter().zip(branch.nodes.iter().skip(1));
        for ((&from, &to), &number) in pairs.zip(&branch.steps) {
            let start = links.len();
            Link::between(self.graph, self.filter, from, to, &mut links);
            for link in links.split_off(start) {
                let (source, target) = if link.forward { (from, to) } else { (to, from) };
                let edge = EdgeRef { graph: self.graph, edge: link.edge, from: source, to: target };
                let chosen = match self.parallel {
                    Parallel::Together => self.cost_of(edge)? < f64::INFINITY,
                    Parallel::Apart => number == (u64::from(!link.forward) << 32 | u64::from(link.edge)),
                };
                if chosen {
                    links.push(link);
                }
            }
            ends.push(links.len());
        }
        Ok(Path { nodes: branch.nodes, links, ends, weight })
    }
}
