//! Neighbourhoods against repeated relaxation.

use std::time::{Duration, Instant};

use super::super::{Bounds, Cut, Filter, neighborhood};
use super::{Random, distances, plain_case, random_case, random_conditions, walks};

#[test]
fn neighborhoods_hold_every_entity_at_its_distance_and_in_order() {
    let mut random = Random(10);
    for round in 0..4_000 {
        let case = random_case(&mut random, 9, 18);
        let conditions = random_conditions(&mut random, case.nodes);
        let filter = conditions.filter();
        let starts: Vec<u32> = (0..1 + random.below(2)).map(|_| random.below(case.nodes)).collect();
        let hops = random.below(5);
        let distances = distances(&case, &conditions, &starts);
        let mut expected: Vec<(u32, u32)> = (0..)
            .zip(&distances)
            .filter_map(|(node, distance)| Some((distance.filter(|d| (1..=hops).contains(d))?, node)))
            .collect();
        expected.sort();
        let reported: Vec<(u32, u32)> =
            expected.iter().copied().filter(|&(_, node)| conditions.reports(&case, node)).collect();

        let mut around = neighborhood(&case.graph, &starts, hops, &filter, &Bounds::none()).unwrap();
        let found: Vec<_> = around.by_ref().collect();
        assert_eq!(around.cut(), None);
        let pairs: Vec<(u32, u32)> = found.iter().map(|reached| (reached.distance, reached.node)).collect();
        assert_eq!(pairs, reported, "round {round}: {conditions:?} {case:?}");

        let walks = walks(&case, &conditions);
        for reached in &found {
            let nearer = (0..case.nodes).find(|&before| {
                distances[before as usize] == Some(reached.distance - 1)
                    && walks.iter().any(|&(from, to, ..)| (from, to) == (before, reached.node))
            });
            assert_eq!(Some(reached.predecessor), nearer);
            let path = around.path_to(reached.node).unwrap();
            assert_eq!(path.len(), reached.distance as usize);
            assert!(starts.contains(&path.nodes()[0]));
            for step in path.steps() {
                let facts: Vec<_> = step.links.iter().map(|link| (link.forward, link.edge)).collect();
                let mut all: Vec<_> = walks
                    .iter()
                    .filter(|&&(from, to, ..)| (from, to) == (step.from, step.to))
                    .map(|&(_, _, edge, forward)| (forward, edge))
                    .collect();
                all.sort_by_key(|&(forward, edge)| (!forward, edge));
                assert!(!facts.is_empty());
                assert_eq!(facts, all);
            }
            assert_eq!(around.links(reached), path.steps().last().unwrap().links);
        }

        // Every bound cuts the same list, and says so exactly when something is missing.
        let limit = random.below(6) as usize;
        let mut few = neighborhood(&case.graph, &starts, hops, &filter, &Bounds::none().results(limit)).unwrap();
        assert_eq!(few.by_ref().collect::<Vec<_>>(), found[..limit.min(found.len())]);
        assert_eq!(few.cut(), (found.len() > limit).then_some(Cut::Results));
        assert_eq!(few.next(), None);

        let near = random.below(4);
        let mut close = neighborhood(&case.graph, &starts, hops, &filter, &Bounds::none().hops(near)).unwrap();
        let within: Vec<_> = found.iter().copied().filter(|reached| reached.distance <= near).collect();
        assert_eq!(close.by_ref().collect::<Vec<_>>(), within);
        let beyond = expected.iter().any(|&(distance, _)| distance > near);
        assert_eq!(close.cut(), beyond.then_some(Cut::Hops));

        let sources = distances.iter().filter(|&&distance| distance == Some(0)).count();
        let visits = random.below(8) as usize;
        let mut cheap = neighborhood(&case.graph, &starts, hops, &filter, &Bounds::none().visited(visits)).unwrap();
        let some: Vec<_> = cheap.by_ref().collect();
        assert!(some.iter().all(|reached| found.contains(reached)) && some.is_sorted_by_key(|r| (r.distance, r.node)));
        let missing = sources + expected.len() > visits;
        assert_eq!(cheap.cut(), missing.then_some(Cut::Visited));
        assert!(missing || some.len() == found.len());
    }
}

#[test]
fn unknown_starts_are_refused_and_late_searches_are_cut() {
    let case = plain_case(3, &[(0, 1), (1, 2)]);
    let filter = Filter::new();
    assert!(neighborhood(&case.graph, &[3], 1, &filter, &Bounds::none()).is_err());
    let late = Bounds { deadline: Some(Instant::now()), ..Bounds::none() };
    let mut around = neighborhood(&case.graph, &[0], 2, &filter, &late).unwrap();
    assert_eq!((around.next(), around.cut()), (None, Some(Cut::Time)));
    let early = Bounds::none().within(Duration::from_secs(3600));
    assert_eq!(neighborhood(&case.graph, &[0], 1000, &filter, &early).unwrap().count(), 2);
    assert_eq!(neighborhood(&case.graph, &[], 9, &filter, &early).unwrap().count(), 0);
    assert_eq!(neighborhood(&case.graph, &[0], 0, &filter, &early).unwrap().count(), 0);
    let around = neighborhood(&case.graph, &[0], 1, &filter, &early).unwrap();
    assert_eq!(around.path_to(2), None);
    assert!(around.path_to(0).unwrap().is_empty());
}
