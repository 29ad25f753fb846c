//! Communities: groups with more facts inside than chance would give.

use std::collections::VecDeque;

use super::super::bounds::Meter;
use super::super::csr::count_rows;
use super::super::{Answer, Bounds, Cut, Direction, Filter, Graph, GraphError};
use super::adjacency::{Adjacency, Rows, at, set, update};
use super::partition::{NO_GROUP, Partition};

/// What [`communities`] found.
#[derive(Debug, Clone, PartialEq)]
pub struct Communities {
    /// The groups.
    pub partition: Partition,
    /// How much denser they are inside than by chance: at most 1, and 0 for a single group.
    pub modularity: f64,
}

/// Groups that are densely connected inside and sparsely with each other.
///
/// Maximizes modularity (Newman and Girvan 2004, with the `resolution` of Reichardt and Bornholdt 2006: 1 is usual, more
/// gives smaller groups) by the Louvain method (Blondel, Guillaume, Lambiotte and Lefebvre 2008): entities move to the
/// neighbouring group that gains most, then groups move as if they were entities. They are taken in ascending order and the
/// group with the smaller number wins a tie, so the result is always the same; an entity whose neighbours stay is not looked at
/// again (Ozaki, Tezuka and Inaba 2016). Groups that fell apart on the way, which the
/// method is known for (Traag, Waltman and van Eck 2019), are split and the method goes on, so every group is connected.
///
/// Direction does not matter; parallel facts add up. About O(E) for a round over all entities, and few rounds; memory O(V +
/// E). When the time is up, the groups found so far are returned; they may not be connected then.
///
/// # Errors
/// [`GraphError::Setting`] when the resolution is not a positive number.
///
/// # Examples
/// ```
/// use ailand::graph::{Bounds, Edge, Filter, GraphBuilder, communities};
/// use ailand::model::Modality;
///
/// // Two triangles with one fact between them.
/// let mut builder = GraphBuilder::new(6)?;
/// for (fact, (from, to)) in (0..).zip([(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (2, 3)]) {
///     let (date, modality, confidence) = (None, Modality::Asserted, 0.9);
///     builder.add_edge(Edge { from, to, predicate: 0, fact, date, modality, confidence })?;
/// }
/// let found = communities(&builder.build(), &Filter::new(), 1.0, &Bounds::none())?.value;
/// assert_eq!(found.partition.sizes(), [3, 3]);
/// assert!((found.modularity - (6.0 / 7.0 - 0.5)).abs() < 1e-12);
/// # Ok::<(), ailand::graph::GraphError>(())
/// ```
pub fn communities(
    graph: &Graph,
    filter: &Filter,
    resolution: f64,
    bounds: &Bounds,
) -> Result<Answer<Communities>, GraphError> {
    if !(resolution > 0.0 && resolution.is_finite()) {
        return Err(GraphError::Setting { name: "resolution", value: resolution, expected: "a number above 0" });
    }
    let rows = Adjacency::new(graph, filter, Direction::Both, Rows::Facts);
    let mut groups: Vec<u32> = (0..graph.node_count()).collect();
    let cut = improve(&rows, &mut groups, resolution, &mut Meter::new(bounds)).err();
    let level = Level::new(&rows, &groups);
    let modularity = level.modularity(resolution);
    for (node, group) in groups.iter_mut().enumerate() {
        if !rows.is_inside(node) {
            *group = NO_GROUP;
        }
    }
    Ok(Answer { value: Communities { partition: Partition::new(groups), modularity }, cut })
}

/// Moves, merges and splits until nothing changes. Every change raises the modularity, so there is an end.
fn improve(rows: &Adjacency<'_>, groups: &mut [u32], resolution: f64, meter: &mut Meter) -> Result<(), Cut> {
    loop {
        loop {
            let level = Level::new(rows, groups);
            let mut moved: Vec<u32> = (0..level.strengths.len() as u32).collect();
            let changed = level.move_nodes(&mut moved, resolution, meter);
            renumber(&mut moved);
            groups.iter_mut().for_each(|group| *group = at(&moved, *group));
            if !changed? {
                break;
            }
        }
        if !split(rows, groups) {
            return Ok(());
        }
    }
}

/// Numbers groups from 0 in the order of their first members.
fn renumber(groups: &mut [u32]) {
    let mut numbers = vec![NO_GROUP; groups.len()];
    let mut count = 0;
    for group in groups {
        if let Some(number) = numbers.get_mut(*group as usize) {
            if *number == NO_GROUP {
                *number = count;
                count += 1;
            }
            *group = *number;
        }
    }
}

/// Makes a group of every connected part of a group; false when all were connected.
fn split(rows: &Adjacency<'_>, groups: &mut [u32]) -> bool {
    let before = groups.iter().max().map_or(0, |&group| group + 1);
    let mut parts = vec![NO_GROUP; groups.len()];
    let mut count = 0;
    let mut waiting = Vec::new();
    for start in 0..groups.len() as u32 {
        if at(&parts, start) != NO_GROUP {
            continue;
        }
        waiting.push(start);
        while let Some(node) = waiting.pop() {
            let Some(part) = parts.get_mut(node as usize).filter(|part| **part == NO_GROUP) else { continue };
            *part = count;
            let inside =
                |&&neighbor: &&u32| at(groups, neighbor) == at(groups, node) && at(&parts, neighbor) == NO_GROUP;
            waiting.extend(rows.row(node as usize).iter().filter(inside));
        }
        count += 1;
    }
    groups.copy_from_slice(&parts);
    count != before
}

/// A gain in facts below this is taken for rounding.
const LEAST_GAIN: f64 = 1e-9;

/// A graph whose nodes are groups of entities.
struct Level {
    offsets: Vec<u32>,
    neighbors: Vec<u32>,
    /// How many facts lead to each neighbour.
    weights: Vec<f64>,
    /// Twice the number of facts inside each group.
    inner: Vec<f64>,
    /// The number of ends of facts in each group.
    strengths: Vec<f64>,
    /// The sum of all strengths.
    total: f64,
}

impl Level {
    /// Groups must be numbered from 0 without gaps.
    fn new(rows: &Adjacency<'_>, groups: &[u32]) -> Self {
        let count = groups.iter().max().map_or(0, |&group| group as usize + 1);
        let starts = count_rows(count, groups.iter().copied());
        let mut members = vec![0; groups.len()];
        let mut next = starts.clone();
        for (node, &group) in (0..).zip(groups) {
            if let Some(place) = next.get_mut(group as usize) {
                if let Some(slot) = members.get_mut(*place as usize) {
                    *slot = node;
                }
                *place += 1;
            }
        }
        let mut level = Self {
            offsets: vec![0],
            neighbors: Vec::new(),
            weights: Vec::new(),
            inner: Vec::with_capacity(count),
            strengths: Vec::with_capacity(count),
            total: 0.0,
        };
        let mut links = Links::new(count);
        for group in 0..count as u32 {
            let mut inner = 0.0;
            for &node in members.get(at(&starts, group) as usize..at(&starts, group + 1) as usize).unwrap_or_default() {
                for &neighbor in rows.row(node as usize) {
                    match at(groups, neighbor) {
                        // A loop has both its ends here but stands in the row once.
                        same if same == group => inner += if neighbor == node { 2.0 } else { 1.0 },
                        other => links.add(other, 1.0),
                    }
                }
            }
            links.groups.sort_unstable();
            let mut strength = inner;
            for &other in &links.groups {
                let weight = at(&links.weights, other);
                level.neighbors.push(other);
                level.weights.push(weight);
                strength += weight;
            }
            links.clear();
            level.offsets.push(level.neighbors.len() as u32);
            level.inner.push(inner);
            level.strengths.push(strength);
            level.total += strength;
        }
        level
    }

    /// Moves nodes to the groups that gain most; whether any was moved.
    ///
    /// A node is looked at again only when a neighbour has moved to another group (Ozaki, Tezuka and Inaba 2016).
    fn move_nodes(&self, groups: &mut [u32], resolution: f64, meter: &mut Meter) -> Result<bool, Cut> {
        let mut totals = self.strengths.clone();
        let mut links = Links::new(groups.len());
        let mut waiting: VecDeque<u32> = (0..groups.len() as u32).collect();
        let mut waits = vec![true; groups.len()];
        let mut changed = false;
        while let Some(node) = waiting.pop_front() {
            set(&mut waits, node, false);
            let row = at(&self.offsets, node) as usize..at(&self.offsets, node + 1) as usize;
            meter.look(row.len())?;
            let neighbors = self.neighbors.get(row.clone()).unwrap_or_default();
            for (&neighbor, &weight) in neighbors.iter().zip(self.weights.get(row).unwrap_or_default()) {
                links.add(at(groups, neighbor), weight);
            }
            let (own, strength) = (at(groups, node), at(&self.strengths, node));
            update(&mut totals, own, |total| total - strength);
            let gain = |group| at(&links.weights, group) - resolution * strength * at(&totals, group) / self.total;
            let mut best = (own, gain(own) + LEAST_GAIN);
            for &group in &links.groups {
                let gain = gain(group);
                if gain > best.1 || gain == best.1 && group < best.0 {
                    best = (group, gain);
                }
            }
            let (group, _) = best;
            update(&mut totals, group, |total| total + strength);
            if group != own {
                changed = true;
                set(groups, node, group);
                for &neighbor in neighbors {
                    if at(groups, neighbor) != group && !at(&waits, neighbor) {
                        set(&mut waits, neighbor, true);
                        waiting.push_back(neighbor);
                    }
                }
            }
            links.clear();
        }
        Ok(changed)
    }

    fn modularity(&self, resolution: f64) -> f64 {
        if self.total == 0.0 {
            return 0.0;
        }
        let parts = self.inner.iter().zip(&self.strengths);
        parts.map(|(inner, strength)| inner / self.total - resolution * (strength / self.total).powi(2)).sum()
    }
}

/// How strongly one node is linked to each group.
struct Links {
    weights: Vec<f64>,
    /// The groups it is linked to.
    groups: Vec<u32>,
}

impl Links {
    fn new(groups: usize) -> Self {
        Self { weights: vec![0.0; groups], groups: Vec::new() }
    }

    fn add(&mut self, group: u32, weight: f64) {
        if let Some(sum) = self.weights.get_mut(group as usize) {
            if *sum == 0.0 {
                self.groups.push(group);
            }
            *sum += weight;
        }
    }

    fn clear(&mut self) {
        for group in self.groups.drain(..) {
            set(&mut self.weights, group, 0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{Edge, GraphBuilder};
    use super::*;
    use crate::model::Modality;

    #[test]
    fn groups_that_fell_apart_are_split() {
        let mut builder = GraphBuilder::new(5).unwrap();
        for (fact, (from, to)) in (0..).zip([(0, 3), (1, 2), (4, 4)]) {
            let (date, modality, confidence) = (None, Modality::Asserted, 1.0);
            builder.add_edge(Edge { from, to, predicate: 0, fact, date, modality, confidence }).unwrap();
        }
        let graph = builder.build();
        let rows = Adjacency::new(&graph, &Filter::new(), Direction::Both, Rows::Facts);
        let mut groups = vec![0; 5];
        improve(&rows, &mut groups, 1.0, &mut Meter::new(&Bounds::none())).unwrap();
        assert_eq!(groups, [0, 1, 1, 0, 2]);
        assert!(!split(&rows, &mut groups));
    }
}
