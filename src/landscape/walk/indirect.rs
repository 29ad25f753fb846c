//! What entities share through others: the former employer of the founder of each.

use std::collections::BTreeMap;
use std::time::Instant;

use super::Error;
use super::ground::Ground;
use crate::graph::{Cut, Direction, Shared};

/// A step of which only the kind counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Step {
    pub(super) predicate: u16,
    pub(super) forward: bool,
}

/// Something that all entities reach by the same two kinds of steps.
pub(super) struct Indirect {
    pub(super) steps: [Step; 2],
    pub(super) node: u32,
    /// For each entity, the facts of its first way.
    pub(super) facts: Vec<[u32; 2]>,
}

/// The ways of an entity by where they lead, and by which kinds of steps.
type Ways = BTreeMap<([Step; 2], u32), [u32; 2]>;

/// The same for several entities, with a way of each.
type SharedWays = BTreeMap<([Step; 2], u32), Vec<[u32; 2]>>;

/// What all `asked` entities share in two steps, each through an entity of its own: what lies behind something that they
/// share directly is left out, for they share all of that.
///
/// O(facts of their neighbours), times a logarithm. One visit for every step from a neighbour.
pub(super) fn shared(ground: &Ground, asked: &[u32], direct: &[Shared]) -> Result<(Vec<Indirect>, Option<Cut>), Error> {
    let mut visits_left = ground.bounds.max_visited.unwrap_or(usize::MAX);
    let mut common: Option<SharedWays> = None;
    for &start in asked {
        let ways = match ways(ground, start, asked, direct, &mut visits_left) {
            Ok(ways) => ways,
            Err(cut) => return Ok((Vec::new(), Some(cut))),
        };
        common = Some(match common {
            None => ways.into_iter().map(|(kind, facts)| (kind, vec![facts])).collect(),
            Some(mut before) => {
                before.retain(|kind, all| ways.get(kind).map(|&facts| all.push(facts)).is_some());
                before
            }
        });
    }
    let found = common.unwrap_or_default().into_iter();
    Ok((found.map(|((steps, node), facts)| Indirect { steps, node, facts }).collect(), None))
}

fn ways(ground: &Ground, start: u32, asked: &[u32], direct: &[Shared], visits_left: &mut usize) -> Result<Ways, Cut> {
    let mut ways = Ways::new();
    for (first, middle, first_fact) in steps(ground, start) {
        let is_shared = direct.iter().any(|one| {
            one.node == middle && one.predicate == first.predicate && (one.direction == Direction::Out) == first.forward
        });
        if is_shared || asked.contains(&middle) {
            continue;
        }
        if ground.bounds.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            return Err(Cut::Time);
        }
        for (second, node, second_fact) in steps(ground, middle) {
            *visits_left = visits_left.checked_sub(1).ok_or(Cut::Visited)?;
            if !asked.contains(&node) && ground.is_wanted(node) {
                ways.entry(([first, second], node)).or_insert([first_fact, second_fact]);
            }
        }
    }
    Ok(ways)
}

/// The admitted steps from an entity: their kinds, where they lead, and their facts.
fn steps(ground: &Ground, from: u32) -> impl Iterator<Item = (Step, u32, u32)> {
    let Ground { graph, filter, .. } = ground;
    let walked = filter.walks();
    [Direction::Out, Direction::In].into_iter().flat_map(move |direction| {
        let forward = direction == Direction::Out;
        let walks = if forward { walked.goes_out() } else { walked.goes_in() };
        let edges = graph.edges(from, direction).filter(move |_| walks);
        edges.filter_map(move |edge| {
            let node = edge.other_end(from);
            let admitted = filter.admits_edge(graph, edge.number()) && filter.admits_node(graph, node);
            (admitted && node != from).then(|| (Step { predicate: edge.predicate(), forward }, node, edge.fact()))
        })
    })
}
