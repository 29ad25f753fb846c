//! One shortest path.

use super::super::bounds::Meter;
use super::super::{Answer, Bounds, Filter, Graph, GraphError};
use super::Path;
use super::search::{Ban, Search};

/// A path with as few steps as possible, with all parallel facts in every step; `None` where there is no path.
///
/// Breadth-first search from both ends (Pohl 1971): O(V + E), in practice a small part of the graph. Which of several
/// shortest paths is returned depends on nothing but the graph and the question;
/// [`all_shortest_paths`](super::all_shortest_paths) gives all of them in order.
///
/// # Errors
/// [`GraphError::Node`] when an end does not exist.
///
/// # Examples
/// ```
/// use ailand::graph::{Bounds, Edge, Filter, GraphBuilder, shortest_path};
/// use ailand::model::Modality;
///
/// // Two investors of one company, and one of them in two rounds.
/// let mut builder = GraphBuilder::new(4)?;
/// for (fact, (from, to)) in (0..).zip([(0, 1), (2, 1), (2, 1)]) {
///     let (date, modality, confidence) = (None, Modality::Asserted, 0.9);
///     builder.add_edge(Edge { from, to, predicate: 0, fact, date, modality, confidence })?;
/// }
/// let graph = builder.build();
/// let path = shortest_path(&graph, 0, 2, &Filter::new(), &Bounds::none())?.value.unwrap();
/// assert_eq!(path.nodes(), [0, 1, 2]);
/// let last = path.steps().last().unwrap();
/// assert_eq!(last.links.iter().map(|link| (link.fact, link.forward)).collect::<Vec<_>>(), [(1, false), (2, false)]);
/// assert_eq!(shortest_path(&graph, 0, 3, &Filter::new(), &Bounds::none())?.value, None);
/// # Ok::<(), ailand::graph::GraphError>(())
/// ```
pub fn shortest_path(
    graph: &Graph,
    from: u32,
    to: u32,
    filter: &Filter,
    bounds: &Bounds,
) -> Result<Answer<Option<Path>>, GraphError> {
    graph.check_nodes(&[from, to])?;
    if !filter.admits_end(from) || !filter.admits_end(to) {
        return Ok(Answer { value: None, cut: None });
    }
    if from == to {
        return Ok(Answer { value: Some(Path::along(graph, filter, vec![from])), cut: None });
    }
    let mut search =
        Search::new(graph, filter, [from, to], Ban::default(), bounds.max_hops.unwrap_or(u32::MAX), Meter::new(bounds));
    Ok(match search.meet(false) {
        Err(cut) => Answer { value: None, cut: Some(cut) },
        Ok(meetings) => {
            let nodes = meetings.first().map(|&meeting| search.nodes_through(meeting));
            Answer { value: nodes.map(|nodes| Path::along(graph, filter, nodes)), cut: None }
        }
    })
}
