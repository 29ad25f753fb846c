//! All shortest paths.

use super::super::bounds::Meter;
use super::super::{Bounds, Cut, Filter, Graph, GraphError};
use super::dag::Dag;
use super::enumeration::{Parallel, Paths, Source};
use super::search::{Ban, Search};
use super::{Path, trivial};

/// Every path with as few steps as possible, lazily, in ascending order of the entities' numbers and then of the facts.
///
/// Breadth-first search from both ends (Pohl 1971), then a walk over the steps that lie on shortest paths only, so that it
/// never runs into a dead end: O(V + E) before the first path, O(length) for each after the steps were looked at once.
/// There may be exponentially many.
///
/// # Errors
/// [`GraphError::Node`] when an end does not exist.
///
/// # Examples
/// ```
/// use ailand::graph::{Bounds, Edge, Filter, GraphBuilder, Parallel, all_shortest_paths};
/// use ailand::model::Modality;
///
/// let mut builder = GraphBuilder::new(4)?;
/// for (fact, (from, to)) in (0..).zip([(0, 1), (0, 2), (1, 3), (2, 3), (2, 3)]) {
///     let (date, modality, confidence) = (None, Modality::Asserted, 0.9);
///     builder.add_edge(Edge { from, to, predicate: 0, fact, date, modality, confidence })?;
/// }
/// let graph = builder.build();
/// let (filter, bounds) = (Filter::new(), Bounds::none());
/// let paths = all_shortest_paths(&graph, 0, 3, Parallel::Together, &filter, &bounds)?;
/// assert_eq!(paths.map(|path| path.nodes().to_vec()).collect::<Vec<_>>(), [[0, 1, 3], [0, 2, 3]]);
/// let paths = all_shortest_paths(&graph, 0, 3, Parallel::Apart, &filter, &bounds)?;
/// assert_eq!(paths.map(|path| path.links()[1].fact).collect::<Vec<_>>(), [2, 3, 4]);
/// # Ok::<(), ailand::graph::GraphError>(())
/// ```
pub fn all_shortest_paths<'g>(
    graph: &'g Graph,
    from: u32,
    to: u32,
    parallel: Parallel,
    filter: &'g Filter,
    bounds: &Bounds,
) -> Result<Paths<'g>, GraphError> {
    graph.check_nodes(&[from, to])?;
    if let Some(source) = trivial(graph, filter, from, to) {
        return Ok(Paths::new(source, parallel, bounds));
    }
    let max_hops = bounds.max_hops.unwrap_or(u32::MAX);
    let search = Search::new(graph, filter, [from, to], Ban::default(), max_hops, Meter::new(bounds));
    Ok(Paths::new(AllShortest { graph, filter, state: State::Waiting(Box::new(search)) }, parallel, bounds))
}

struct AllShortest<'g> {
    graph: &'g Graph,
    filter: &'g Filter,
    state: State<'g>,
}

enum State<'g> {
    /// Nothing was searched yet.
    Waiting(Box<Search<'static, 'g>>),
    Walking(Box<Dag<'static, 'g>>),
    Ended,
}

impl Source for AllShortest<'_> {
    fn next_path(&mut self) -> Result<Option<Path>, Cut> {
        let mut dag = match std::mem::replace(&mut self.state, State::Ended) {
            State::Ended => return Ok(None),
            State::Walking(dag) => dag,
            State::Waiting(mut search) => {
                let meetings = search.meet(true)?;
                Box::new(Dag::new(*search, self.graph.marks(), &meetings)?)
            }
        };
        let nodes = dag.next_nodes()?;
        self.state = State::Walking(dag);
        Ok(nodes.map(|nodes| Path::along(self.graph, self.filter, nodes)))
    }

    fn left_out(&self) -> Option<Cut> {
        None
    }
}
