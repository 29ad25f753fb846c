//! What entities have in common.

use super::bounds::Meter;
use super::paths::Link;
use super::{Answer, Bounds, Cut, Direction, Filter, Graph, GraphError};

/// A neighbour that entities share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// The predicate by which all of them are connected with it.
    pub predicate: u16,
    /// `Out` where the facts lead from the entities to the neighbour, `In` where they lead from it.
    pub direction: Direction,
    /// The neighbour.
    pub node: u32,
    /// For each entity that was asked for, in the order of the question, the facts that connect it.
    pub links: Vec<Vec<Link>>,
}

/// The neighbours that all `nodes` are connected with by the same predicate in the same direction: who invested in both,
/// where both worked before. In the order (predicate, outgoing before incoming, neighbour).
///
/// An entity that is named twice counts once. Looks at the neighbours of the entity that has the fewest, and for each of
/// them in the rows of the others: O(d k log D) for k entities with degrees from d to D. `max_results`, `max_visited` (one
/// visit for a neighbour looked for) and the deadline apply.
///
/// # Errors
/// [`GraphError::Node`] when an entity does not exist.
///
/// # Examples
/// ```
/// use ailand::graph::{Bounds, Direction, Edge, Filter, GraphBuilder, common_neighbors};
/// use ailand::model::Modality;
///
/// // Investor 2 is in both companies 0 and 1, investor 3 in one of them.
/// let mut builder = GraphBuilder::new(4)?;
/// for (fact, (from, to)) in (0..).zip([(2, 0), (2, 1), (3, 0), (2, 1)]) {
///     let (date, modality, confidence) = (None, Modality::Asserted, 0.9);
///     builder.add_edge(Edge { from, to, predicate: 7, fact, date, modality, confidence })?;
/// }
/// let graph = builder.build();
/// let shared = common_neighbors(&graph, &[0, 1], &Filter::new(), &Bounds::none())?.value;
/// assert_eq!((shared.len(), shared[0].node, shared[0].predicate, shared[0].direction), (1, 2, 7, Direction::In));
/// assert_eq!(shared[0].links[1].iter().map(|link| link.fact).collect::<Vec<_>>(), [1, 3]);
/// # Ok::<(), ailand::graph::GraphError>(())
/// ```
pub fn common_neighbors(
    graph: &Graph,
    nodes: &[u32],
    filter: &Filter,
    bounds: &Bounds,
) -> Result<Answer<Vec<Shared>>, GraphError> {
    graph.check_nodes(nodes)?;
    let mut answer = Answer { value: Vec::new(), cut: None };
    let fewest = nodes.iter().copied().min_by_key(|&node| (graph.degree(node, filter.walks()), node));
    let Some(fewest) = fewest.filter(|_| nodes.iter().all(|&node| filter.admits_end(node))) else {
        return Ok(answer);
    };
    let mut meter = Meter::new(bounds);
    for (predicate, direction, node) in connections(graph, fewest, filter) {
        let spent = meter.visit().and_then(|()| meter.look(nodes.len() * 8));
        if let Err(cut) = spent {
            answer.cut = Some(cut);
            break;
        }
        let links: Vec<_> =
            nodes.iter().map(|&asked| links_by(graph, filter, asked, node, predicate, direction)).collect();
        if links.iter().any(Vec::is_empty) {
            continue;
        }
        if bounds.max_results.is_some_and(|most| answer.value.len() >= most) {
            answer.cut = Some(Cut::Results);
            break;
        }
        answer.value.push(Shared { predicate, direction, node, links });
    }
    Ok(answer)
}

/// How an entity is connected with its neighbours, in the order of the answer.
fn connections(graph: &Graph, node: u32, filter: &Filter) -> Vec<(u16, Direction, u32)> {
    let mut connections = Vec::new();
    for direction in [Direction::Out, Direction::In] {
        let walked = if direction == Direction::Out { filter.walks().goes_out() } else { filter.walks().goes_in() };
        if !walked {
            continue;
        }
        for edge in graph.edges(node, direction) {
            let neighbor = edge.other_end(node);
            if filter.admits_edge(graph, edge.number()) && filter.admits_node(graph, neighbor) {
                connections.push((edge.predicate(), direction, neighbor));
            }
        }
    }
    connections.sort_unstable();
    connections.dedup();
    connections
}

fn links_by(graph: &Graph, filter: &Filter, from: u32, to: u32, predicate: u16, direction: Direction) -> Vec<Link> {
    let forward = direction == Direction::Out;
    let edges = if forward { graph.edges_between(from, to) } else { graph.edges_between(to, from) };
    edges
        .filter(|&edge| graph.predicate(edge) == predicate && filter.admits_edge(graph, edge))
        .map(|edge| Link { edge, fact: graph.fact(edge), predicate, forward })
        .collect()
}
