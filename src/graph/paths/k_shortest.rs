//! The k shortest paths without repeated entities.

use super::super::bounds::Meter;
use super::super::{Bounds, Cut, Filter, Graph, GraphError};
use super::dag::Dag;
use super::enumeration::{Parallel, Paths, Source};
use super::search::{Ban, Search};
use super::yen::{Branch, Deviations, Stop, Yen};
use super::{Path, trivial};

/// Paths without repeated entities, shortest first, at most `k`; among equally long ones in ascending order of the
/// entities' numbers and then of the facts.
///
/// Yen's algorithm (1971) in Lawler's form (1972), with a breadth-first search from both ends for every deviation: O(k L (V
/// + E)) for paths of length L, in practice a small part of that. The next path is only searched for when it is asked for.
///
/// By default paths are told apart by their entities; with [`Parallel::Apart`] also by their facts.
///
/// # Errors
/// [`GraphError::Node`] when an end does not exist.
///
/// # Examples
/// ```
/// use ailand::graph::{Bounds, Edge, Filter, GraphBuilder, Parallel, k_shortest_paths};
/// use ailand::model::Modality;
///
/// let mut builder = GraphBuilder::new(4)?;
/// for (fact, (from, to)) in (0..).zip([(0, 3), (0, 1), (1, 3), (1, 2), (2, 3)]) {
///     let (date, modality, confidence) = (None, Modality::Asserted, 0.9);
///     builder.add_edge(Edge { from, to, predicate: 0, fact, date, modality, confidence })?;
/// }
/// let graph = builder.build();
/// let (filter, bounds) = (Filter::new(), Bounds::none());
/// let paths = k_shortest_paths(&graph, 0, 3, 3, Parallel::Together, &filter, &bounds)?;
/// let nodes: Vec<_> = paths.map(|path| path.nodes().to_vec()).collect();
/// assert_eq!(nodes, [vec![0, 3], vec![0, 1, 3], vec![0, 1, 2, 3]]);
/// # Ok::<(), ailand::graph::GraphError>(())
/// ```
pub fn k_shortest_paths<'g>(
    graph: &'g Graph,
    from: u32,
    to: u32,
    k: usize,
    parallel: Parallel,
    filter: &'g Filter,
    bounds: &Bounds,
) -> Result<Paths<'g>, GraphError> {
    graph.check_nodes(&[from, to])?;
    let paths = match trivial(graph, filter, from, to) {
        Some(source) => Paths::new(source, parallel, bounds),
        None => {
            let deviations = Fewest { graph, filter, to, meter: Meter::new(bounds), hops_cut: false };
            let yen = Yen::new(deviations, from, bounds.max_hops.unwrap_or(u32::MAX));
            Paths::new(Shortest(yen), parallel, bounds)
        }
    };
    Ok(paths.first(k))
}

/// Deviations with as few steps as possible.
struct Fewest<'g> {
    graph: &'g Graph,
    filter: &'g Filter,
    to: u32,
    meter: Meter,
    hops_cut: bool,
}

impl Deviations for Fewest<'_> {
    fn branch(&mut self, from: u32, ban: Ban<'_>, max_hops: u32) -> Result<Option<Branch>, Stop> {
        let mut search = Search::new(self.graph, self.filter, [from, self.to], ban, max_hops, self.meter.clone());
        let meetings = search.meet(true);
        self.meter = search.meter.clone();
        let meetings = match meetings {
            Ok(meetings) if !meetings.is_empty() => meetings,
            Ok(_) => return Ok(None),
            Err(Cut::Hops) => {
                self.hops_cut = true;
                return Ok(None);
            }
            Err(cut) => return Err(cut.into()),
        };
        let mut dag = Dag::new(search, self.graph.marks(), &meetings)?;
        let nodes = dag.next_nodes()?;
        self.meter = dag.search.meter.clone();
        Ok(nodes.map(|nodes| {
            let steps: Vec<u64> = nodes.iter().skip(1).map(|&node| u64::from(node)).collect();
            Branch { costs: vec![1.0; steps.len()], nodes, steps }
        }))
    }

    fn hops_cut(&self) -> bool {
        self.hops_cut
    }
}

struct Shortest<'g>(Yen<Fewest<'g>>);

impl Source for Shortest<'_> {
    fn next_path(&mut self) -> Result<Option<Path>, Cut> {
        let Self(yen) = self;
        match yen.next_branch() {
            Ok(branch) => {
                let (graph, filter) = (yen.deviations.graph, yen.deviations.filter);
                Ok(branch.map(|branch| Path::along(graph, filter, branch.nodes)))
            }
            Err(Stop::Cut(cut)) => Err(cut),
            // Steps that all cost 1 are never refused.
            Err(Stop::Refused(_)) => Ok(None),
        }
    }

    fn left_out(&self) -> Option<Cut> {
        self.0.left_out()
    }
}
