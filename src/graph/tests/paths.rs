//! Paths against an enumeration of everything that can be walked.

use super::super::{Bounds, Cut, shortest_path};
use super::{Case, Conditions, Random, distances, random_case, random_conditions};

/// The distance between two entities, where the end needs no label.
fn distance(case: &Case, conditions: &Conditions, from: u32, to: u32) -> Option<u32> {
    if conditions.avoids(from) || conditions.avoids(to) {
        return None;
    }
    if from == to {
        return Some(0);
    }
    let before = distances(case, conditions, &[from]);
    let last = super::walks(case, conditions).into_iter().filter(|&(_, end, ..)| end == to);
    last.filter_map(|(node, ..)| before[node as usize].filter(|_| node != to)).min().map(|distance| distance + 1)
}

#[test]
fn shortest_paths_have_the_distance_as_their_length() {
    let mut random = Random(20);
    for round in 0..4_000 {
        let case = random_case(&mut random, 9, 16);
        let conditions = random_conditions(&mut random, case.nodes);
        let filter = conditions.filter();
        let (from, to) = (random.below(case.nodes), random.below(case.nodes));
        let expected = distance(&case, &conditions, from, to);
        let answer = shortest_path(&case.graph, from, to, &filter, &Bounds::none()).unwrap();
        let length = answer.value.as_ref().map(|path| path.len() as u32);
        assert_eq!((length, answer.cut), (expected, None), "round {round} {from}->{to}: {conditions:?} {case:?}");
        if let Some(path) = answer.value {
            let nodes = path.nodes();
            assert_eq!((nodes[0], nodes[nodes.len() - 1]), (from, to));
            assert!(path.steps().all(|step| !step.links.is_empty()));
            assert_eq!(path.steps().map(|step| step.to).collect::<Vec<_>>(), nodes[1..]);
            assert_eq!(path.links().len(), path.steps().map(|step| step.links.len()).sum::<usize>());
            let inner = &nodes[1..nodes.len().max(2) - 1];
            assert!(inner.iter().all(|&node| conditions.admits_node(&case, node)));
        }
        let hops = random.below(4);
        let near = shortest_path(&case.graph, from, to, &filter, &Bounds::none().hops(hops)).unwrap();
        match expected {
            Some(length) if length <= hops => assert_eq!((near.value.unwrap().len() as u32, near.cut), (length, None)),
            Some(_) => assert_eq!((near.value, near.cut), (None, Some(Cut::Hops))),
            None => assert_eq!(near.value, None),
        }
    }
}
