//! k-cores.

use super::super::{Direction, Filter, Graph};
use super::adjacency::{Adjacency, Rows};

/// The core number of every entity: the largest k such that it belongs to a group in which everyone has at least k
/// different neighbours within the group.
///
/// Direction, loops and parallel facts do not matter. By removing entities in the order of their degrees, kept in bins
/// (Batagelj and Zaveršnik 2003): O(V + E), and sorting the rows.
///
/// # Examples
/// ```
/// use ailand::graph::{Edge, Filter, GraphBuilder, core_numbers};
/// use ailand::model::Modality;
///
/// // A triangle with a tail.
/// let mut builder = GraphBuilder::new(4)?;
/// for (fact, (from, to)) in (0..).zip([(0, 1), (1, 2), (2, 0), (2, 3)]) {
///     let (date, modality, confidence) = (None, Modality::Asserted, 0.9);
///     builder.add_edge(Edge { from, to, predicate: 0, fact, date, modality, confidence })?;
/// }
/// assert_eq!(core_numbers(&builder.build(), &Filter::new()), [2, 2, 2, 1]);
/// # Ok::<(), ailand::graph::GraphError>(())
/// ```
#[must_use]
pub fn core_numbers(graph: &Graph, filter: &Filter) -> Vec<u32> {
    let rows = Adjacency::new(graph, filter, Direction::Both, Rows::Distinct);
    let nodes = rows.node_count();
    let mut degrees: Vec<u32> = (0..nodes).map(|node| rows.row(node).len() as u32).collect();
    let mut order = Order::by(&degrees);
    for at in 0..nodes {
        let Some(&node) = order.nodes.get(at) else { break };
        let core = degrees.get(node as usize).copied().unwrap_or_default();
        for &neighbor in rows.row(node as usize) {
            if let Some(degree) = degrees.get_mut(neighbor as usize)
                && *degree > core
            {
                order.lower(neighbor, *degree);
                *degree -= 1;
            }
        }
    }
    // What is left of a degree when its entity is removed is its core number.
    degrees
}

/// Entities in the order of their degrees, in which a degree can be lowered by one in constant time.
struct Order {
    nodes: Vec<u32>,
    /// Where each entity stands in `nodes`.
    places: Vec<u32>,
    /// Where the entities of each degree begin in `nodes`.
    bins: Vec<u32>,
}

impl Order {
    /// A counting sort.
    fn by(degrees: &[u32]) -> Self {
        let most = degrees.iter().max().map_or(0, |&degree| degree as usize);
        let mut bins = super::super::csr::count_rows(most + 1, degrees.iter().copied());
        let (mut nodes, mut places) = (vec![0; degrees.len()], vec![0; degrees.len()]);
        let mut next = bins.clone();
        for ((node, degree), place) in (0..).zip(degrees).zip(&mut places) {
            let Some(free) = next.get_mut(*degree as usize) else { continue };
            *place = *free;
            if let Some(slot) = nodes.get_mut(*free as usize) {
                *slot = node;
            }
            *free += 1;
        }
        bins.truncate(most + 1);
        Self { nodes, places, bins }
    }

    /// Moves an entity of this degree to the front of its bin, and the border of the bin behind it.
    fn lower(&mut self, node: u32, degree: u32) {
        let (Some(bin), Some(&place)) = (self.bins.get_mut(degree as usize), self.places.get(node as usize)) else {
            return;
        };
        let front = *bin;
        *bin += 1;
        let Some(&other) = self.nodes.get(front as usize) else { return };
        self.nodes.swap(front as usize, place as usize);
        for (node, place) in [(node, front), (other, place)] {
            if let Some(slot) = self.places.get_mut(node as usize) {
                *slot = place;
            }
        }
    }
}
