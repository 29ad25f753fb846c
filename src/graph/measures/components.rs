//! Connected components.

use super::super::{Direction, Filter, Graph};
use super::adjacency::{Adjacency, Rows};
use super::partition::{NO_GROUP, Partition};

/// Groups of entities that are connected by facts, whichever way these point.
///
/// By joining sets with path halving, the smaller number as the root (Tarjan and van Leeuwen 1984): O(V + E log V) at
/// worst, in practice linear.
///
/// # Examples
/// ```
/// use ailand::graph::{Edge, Filter, GraphBuilder, strong_components, weak_components};
/// use ailand::model::Modality;
///
/// let mut builder = GraphBuilder::new(4)?;
/// for (fact, (from, to)) in (0..).zip([(0, 1), (1, 0), (2, 1)]) {
///     let (date, modality, confidence) = (None, Modality::Asserted, 0.9);
///     builder.add_edge(Edge { from, to, predicate: 0, fact, date, modality, confidence })?;
/// }
/// let graph = builder.build();
/// assert_eq!(weak_components(&graph, &Filter::new()).sizes(), [3, 1]);
/// assert_eq!(strong_components(&graph, &Filter::new()).sizes(), [2, 1, 1]);
/// # Ok::<(), ailand::graph::GraphError>(())
/// ```
#[must_use]
pub fn weak_components(graph: &Graph, filter: &Filter) -> Partition {
    let rows = Adjacency::new(graph, filter, Direction::Out, Rows::Facts);
    let mut sets: Vec<u32> = (0..graph.node_count()).collect();
    for node in rows.nodes() {
        let mut root = find(&mut sets, node);
        for &neighbor in rows.row(node as usize) {
            let other = find(&mut sets, neighbor);
            let (low, high) = (root.min(other), root.max(other));
            if let Some(parent) = sets.get_mut(high as usize) {
                *parent = low;
            }
            root = low;
        }
    }
    let groups = (0..graph.node_count())
        .map(|node| if rows.is_inside(node as usize) { find(&mut sets, node) } else { NO_GROUP })
        .collect();
    Partition::new(groups)
}

/// The root of a set; every second entity on the way is moved up to its grandparent.
fn find(sets: &mut [u32], node: u32) -> u32 {
    let parent_of = |sets: &[u32], node: u32| sets.get(node as usize).copied().unwrap_or(node);
    let mut node = node;
    loop {
        let parent = parent_of(sets, node);
        if parent == node {
            return node;
        }
        let grandparent = parent_of(sets, parent);
        if let Some(slot) = sets.get_mut(node as usize) {
            *slot = grandparent;
        }
        node = grandparent;
    }
}

/// Groups of entities each of which reaches all others of the group along the facts' direction.
///
/// The filter's direction does not matter. Tarjan's algorithm (1972) with an explicit stack: O(V + E).
#[must_use]
pub fn strong_components(graph: &Graph, filter: &Filter) -> Partition {
    let rows = Adjacency::new(graph, filter, Direction::Out, Rows::Facts);
    let mut search = Tarjan {
        rows: &rows,
        numbers: vec![0; rows.node_count()],
        lowest: vec![0; rows.node_count()],
        groups: vec![NO_GROUP; rows.node_count()],
        open: Vec::new(),
        calls: Vec::new(),
        seen: 0,
    };
    for node in rows.nodes() {
        search.explore(node);
    }
    Partition::new(search.groups)
}

/// The state of the depth-first search.
struct Tarjan<'a, 'g> {
    rows: &'a Adjacency<'g>,
    /// In which order entities were seen, from 1; 0 is not seen.
    numbers: Vec<u32>,
    /// The lowest number known to be reached from an entity without leaving open components.
    lowest: Vec<u32>,
    groups: Vec<u32>,
    /// Entities whose component is not complete.
    open: Vec<u32>,
    /// The way to the current entity, with the position reached in each row.
    calls: Vec<(u32, usize)>,
    seen: u32,
}

impl Tarjan<'_, '_> {
    fn explore(&mut self, start: u32) {
        self.enter(start);
        while let Some(&mut (node, ref mut next)) = self.calls.last_mut() {
            let neighbor = self.rows.row(node as usize).get(*next).copied();
            *next += 1;
            match neighbor {
                Some(neighbor) => {
                    let number = number_of(&self.numbers, neighbor);
                    if number == 0 {
                        self.enter(neighbor);
                    } else if self.groups.get(neighbor as usize) == Some(&NO_GROUP) {
                        self.lower(node, number);
                    }
                }
                None => {
                    self.calls.pop();
                    self.leave(node);
                }
            }
        }
    }

    fn enter(&mut self, node: u32) {
        let (Some(number), Some(lowest)) = (self.numbers.get_mut(node as usize), self.lowest.get_mut(node as usize))
        else {
            return;
        };
        if *number == 0 {
            self.seen += 1;
            (*number, *lowest) = (self.seen, self.seen);
            self.open.push(node);
            self.calls.push((node, 0));
        }
    }

    fn leave(&mut self, node: u32) {
        let lowest = number_of(&self.lowest, node);
        if let Some(&(caller, _)) = self.calls.last() {
            self.lower(caller, lowest);
        }
        if lowest != number_of(&self.numbers, node) {
            return;
        }
        while let Some(member) = self.open.pop() {
            if let Some(group) = self.groups.get_mut(member as usize) {
                *group = node;
            }
            if member == node {
                break;
            }
        }
    }

    fn lower(&mut self, node: u32, number: u32) {
        if let Some(lowest) = self.lowest.get_mut(node as usize) {
            *lowest = number.min(*lowest);
        }
    }
}

fn number_of(numbers: &[u32], node: u32) -> u32 {
    numbers.get(node as usize).copied().unwrap_or_default()
}
