//! Paths against an enumeration of everything that can be walked.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use super::super::{
    Bounds, Cut, EdgeRef, Filter, GraphError, Link, Parallel, Path, all_shortest_paths, k_lightest_paths,
    k_shortest_paths, lightest_path, shortest_path, simple_paths,
};
use super::{Case, Conditions, Random, plain_case, random_case, random_conditions, sorted_edges, walks};

/// A path with one fact a step, as nodes and (backward, edge) for each step: their order is the documented one.
type Walked = (Vec<u32>, Vec<(bool, u32)>);

/// A question with everything that a brute force needs to answer it.
struct Question {
    case: Case,
    conditions: Conditions,
    filter: Filter,
    from: u32,
    to: u32,
    /// Every path without repeated entities.
    all: BTreeSet<Walked>,
}

fn random_question(random: &mut Random, most_nodes: u32, most_edges: u32) -> Question {
    let case = random_case(random, most_nodes, most_edges);
    let conditions = random_conditions(random, case.nodes);
    let (from, to) = (random.below(case.nodes), random.below(case.nodes));
    let mut all = BTreeSet::new();
    if !conditions.avoids(from) && !conditions.avoids(to) {
        let steps: Vec<_> = walks(&case, &conditions).into_iter().collect();
        extend(&case, &conditions, &steps, to, &mut (vec![from], Vec::new()), &mut all);
    }
    Question { filter: conditions.filter(), case, conditions, from, to, all }
}

fn extend(
    case: &Case,
    conditions: &Conditions,
    steps: &[super::Walk],
    end: u32,
    path: &mut Walked,
    all: &mut BTreeSet<Walked>,
) {
    let here = *path.0.last().unwrap();
    if here == end {
        all.insert(path.clone());
        return;
    }
    for &(from, to, edge, forward) in steps {
        let walkable = to == end || conditions.admits_node(case, to);
        if from == here && walkable && !path.0.contains(&to) {
            path.0.push(to);
            path.1.push((!forward, edge));
            extend(case, conditions, steps, end, path, all);
            path.0.pop();
            path.1.pop();
        }
    }
}

impl Question {
    fn describe(&self) -> String {
        format!("{} -> {} in {:?} with {:?}", self.from, self.to, self.case, self.conditions)
    }

    /// The distinct node sequences, ordered by a key.
    fn node_paths<K: Ord>(&self, key: impl Fn(&Vec<u32>) -> K) -> Vec<Vec<u32>> {
        let mut paths: Vec<_> = self.all.iter().map(|(nodes, _)| nodes.clone()).collect();
        paths.sort_by_key(|nodes| (key(nodes), nodes.clone()));
        paths.dedup();
        paths
    }

    fn check_together(&self, found: &[Path], expected: &[Vec<u32>]) {
        let nodes: Vec<_> = found.iter().map(|path| path.nodes().to_vec()).collect();
        assert_eq!(nodes, expected, "{}", self.describe());
        let walks = walks(&self.case, &self.conditions);
        for path in found {
            assert_eq!(path.weight(), path.len() as f64);
            for step in path.steps() {
                self.check_links(step.from, step.to, step.links);
                let mut parallel: Vec<_> = walks
                    .iter()
                    .filter(|&&(from, to, ..)| (from, to) == (step.from, step.to))
                    .map(|&(_, _, edge, forward)| (!forward, edge))
                    .collect();
                parallel.sort();
                assert_eq!(step.links.iter().map(|link| (!link.forward, link.edge)).collect::<Vec<_>>(), parallel);
            }
        }
    }

    fn check_apart(&self, found: &[Path], expected: &[Walked]) {
        let walked: Vec<_> = found.iter().map(|path| self.walked(path)).collect();
        assert_eq!(walked, expected, "{}", self.describe());
    }

    fn walked(&self, path: &Path) -> Walked {
        for step in path.steps() {
            assert_eq!(step.links.len(), 1);
            self.check_links(step.from, step.to, step.links);
        }
        (path.nodes().to_vec(), path.links().iter().map(|link| (!link.forward, link.edge)).collect())
    }

    fn check_links(&self, from: u32, to: u32, links: &[Link]) {
        for link in links {
            let edge = sorted_edges(&self.case)[link.edge as usize];
            let ends = if link.forward { (edge.from, edge.to) } else { (edge.to, edge.from) };
            assert_eq!((ends, edge.fact, edge.predicate), ((from, to), link.fact, link.predicate));
        }
    }
}

/// What a limit on the number of results must do to a complete list.
fn check_limit<'a>(
    all: &[Path],
    limit: usize,
    mut some: impl Iterator<Item = Path>,
    cut: impl FnOnce() -> Option<Cut> + 'a,
) {
    let found: Vec<_> = some.by_ref().collect();
    assert_eq!(found, all[..limit.min(all.len())]);
    assert_eq!(cut(), (all.len() > limit).then_some(Cut::Results));
}

#[test]
fn shortest_paths_come_completely_and_in_order() {
    let mut random = Random(20);
    for _ in 0..4_000 {
        let question = random_question(&mut random, 8, 14);
        let Question { case, filter, from, to, all, .. } = &question;
        let graph = &case.graph;
        let length = all.iter().map(|(nodes, _)| nodes.len()).min();
        let expected: Vec<_> =
            question.node_paths(Vec::len).into_iter().filter(|nodes| Some(nodes.len()) == length).collect();

        let mut paths = all_shortest_paths(graph, *from, *to, Parallel::Together, filter, &Bounds::none()).unwrap();
        let together: Vec<_> = paths.by_ref().collect();
        assert_eq!(paths.cut(), None);
        question.check_together(&together, &expected);

        let paths = all_shortest_paths(graph, *from, *to, Parallel::Apart, filter, &Bounds::none()).unwrap();
        let apart: Vec<_> = paths.collect();
        let expected: Vec<_> = all.iter().filter(|(nodes, _)| Some(nodes.len()) == length).cloned().collect();
        question.check_apart(&apart, &expected);

        let one = shortest_path(graph, *from, *to, filter, &Bounds::none()).unwrap();
        assert_eq!(one.cut, None);
        assert!(one.value.as_ref().map_or(together.is_empty(), |path| together.contains(path)));
        let again = shortest_path(graph, *from, *to, filter, &Bounds::none()).unwrap();
        assert_eq!(again, one);

        let limit = random.below(4) as usize;
        let mut few =
            all_shortest_paths(graph, *from, *to, Parallel::Apart, filter, &Bounds::none().results(limit)).unwrap();
        let found: Vec<_> = few.by_ref().collect();
        check_limit(&apart, limit, found.into_iter(), || few.cut());

        let hops = random.below(4);
        let bounds = Bounds::none().hops(hops);
        let near = shortest_path(graph, *from, *to, filter, &bounds).unwrap();
        let mut all_near = all_shortest_paths(graph, *from, *to, Parallel::Together, filter, &bounds).unwrap();
        let found: Vec<_> = all_near.by_ref().collect();
        match length {
            Some(nodes) if nodes - 1 <= hops as usize => {
                assert_eq!(near, one);
                assert_eq!((found, all_near.cut()), (together, None));
            }
            Some(_) => {
                assert_eq!((near.value, near.cut), (None, Some(Cut::Hops)));
                assert_eq!((found, all_near.cut()), (Vec::new(), Some(Cut::Hops)));
            }
            None => assert!(near.value.is_none() && found.is_empty()),
        }
    }
}

#[test]
fn simple_paths_come_completely_and_in_order() {
    let mut random = Random(21);
    for _ in 0..3_000 {
        let question = random_question(&mut random, 6, 12);
        let Question { case, filter, from, to, all, .. } = &question;
        let (graph, hops) = (&case.graph, random.below(6));
        let fits = |nodes: &Vec<u32>| nodes.len() - 1 <= hops as usize;
        let expected: Vec<_> = question.node_paths(|_| 0).into_iter().filter(fits).collect();
        let mut paths = simple_paths(graph, *from, *to, hops, Parallel::Together, filter, &Bounds::none()).unwrap();
        let together: Vec<_> = paths.by_ref().collect();
        assert_eq!(paths.cut(), None);
        question.check_together(&together, &expected);

        let paths = simple_paths(graph, *from, *to, hops, Parallel::Apart, filter, &Bounds::none()).unwrap();
        let apart: Vec<_> = paths.collect();
        let expected: Vec<_> = all.iter().filter(|(nodes, _)| fits(nodes)).cloned().collect();
        question.check_apart(&apart, &expected);

        let limit = random.below(5) as usize;
        let bounds = Bounds::none().results(limit);
        let mut few = simple_paths(graph, *from, *to, hops, Parallel::Apart, filter, &bounds).unwrap();
        let found: Vec<_> = few.by_ref().collect();
        check_limit(&apart, limit, found.into_iter(), || few.cut());

        let bounds = Bounds::none().hops(random.below(6));
        let mut short = simple_paths(graph, *from, *to, hops, Parallel::Together, filter, &bounds).unwrap();
        let found: Vec<_> = short.by_ref().collect();
        let near = |path: &&Path| path.len() <= bounds.max_hops.unwrap() as usize;
        assert_eq!(found, together.iter().filter(near).cloned().collect::<Vec<_>>());
        assert!(found.len() == together.len() || short.cut() == Some(Cut::Hops));
    }
}

#[test]
fn the_k_shortest_come_in_order() {
    let mut random = Random(22);
    for _ in 0..2_500 {
        let question = random_question(&mut random, 6, 12);
        let Question { case, filter, from, to, all, .. } = &question;
        let (graph, k) = (&case.graph, random.below(12) as usize);
        let mut expected = question.node_paths(Vec::len);
        let paths =
            k_shortest_paths(graph, *from, *to, usize::MAX, Parallel::Together, filter, &Bounds::none()).unwrap();
        let together: Vec<_> = paths.collect();
        question.check_together(&together, &expected);
        expected.truncate(k);
        let paths = k_shortest_paths(graph, *from, *to, k, Parallel::Together, filter, &Bounds::none()).unwrap();
        question.check_together(&paths.collect::<Vec<_>>(), &expected);

        let paths = k_shortest_paths(graph, *from, *to, k, Parallel::Apart, filter, &Bounds::none()).unwrap();
        let mut expected: Vec<_> = all.iter().cloned().collect();
        expected.sort_by_key(|walked| (walked.0.len(), walked.clone()));
        expected.truncate(k);
        question.check_apart(&paths.collect::<Vec<_>>(), &expected);

        let hops = random.below(5);
        let bounds = Bounds::none().hops(hops);
        let mut short = k_shortest_paths(graph, *from, *to, 99, Parallel::Together, filter, &bounds).unwrap();
        let found: Vec<_> = short.by_ref().collect();
        let near: Vec<_> = together.iter().filter(|path| path.len() <= hops as usize).cloned().collect();
        assert_eq!(found, near);
        assert!(found.len() == together.len() || short.cut() == Some(Cut::Hops));
    }
}

/// Whole costs, so that sums are exact; zero and infinity among them.
fn random_costs(random: &mut Random, case: &Case) -> Vec<f64> {
    (0..case.edges.len()).map(|_| if random.chance(10) { f64::INFINITY } else { f64::from(random.below(4)) }).collect()
}

#[test]
fn the_lightest_come_in_order() {
    let mut random = Random(23);
    for _ in 0..2_500 {
        let question = random_question(&mut random, 6, 12);
        let Question { case, filter, from, to, all, .. } = &question;
        let (graph, costs) = (&case.graph, random_costs(&mut random, case));
        let cost = |edge: EdgeRef<'_>| costs[edge.number() as usize];
        let weight = |walked: &Walked| walked.1.iter().map(|&(_, edge)| costs[edge as usize]).sum::<f64>();
        let key = |walked: &Walked| (weight(walked).to_bits(), walked.0.len(), walked.clone());
        let mut apart: Vec<_> = all.iter().filter(|walked| weight(walked) < f64::INFINITY).cloned().collect();
        apart.sort_by_key(key);

        let ask = |k, parallel, bounds: &Bounds| {
            k_lightest_paths(graph, *from, *to, k, parallel, filter, bounds, cost).unwrap()
        };
        let found = ask(usize::MAX, Parallel::Apart, &Bounds::none());
        assert_eq!(found.cut, None);
        question.check_apart(&found.value, &apart);
        assert!(found.value.iter().zip(&apart).all(|(path, walked)| path.weight() == weight(walked)));

        // Together: one path for each sequence of entities, at the cost of its cheapest facts.
        let mut cheapest: BTreeMap<Vec<u32>, f64> = BTreeMap::new();
        for walked in &apart {
            cheapest.entry(walked.0.clone()).or_insert_with(|| weight(walked));
        }
        let mut together: Vec<_> = cheapest.into_iter().map(|(nodes, weight)| (weight, nodes.len(), nodes)).collect();
        together.sort_by(|a, b| a.partial_cmp(b).unwrap());
        let found = ask(usize::MAX, Parallel::Together, &Bounds::none());
        let summary = |path: &Path| (path.weight(), path.nodes().len(), path.nodes().to_vec());
        assert_eq!(found.value.iter().map(summary).collect::<Vec<_>>(), together, "{}", question.describe());
        for step in found.value.iter().flat_map(Path::steps) {
            question.check_links(step.from, step.to, step.links);
            let all = walks(case, &question.conditions);
            let walkable = all.iter().filter(|&&(from, to, edge, _)| {
                (from, to) == (step.from, step.to) && costs[edge as usize] < f64::INFINITY
            });
            assert_eq!(step.links.len(), walkable.count());
        }
        let one = lightest_path(graph, *from, *to, filter, &Bounds::none(), cost).unwrap();
        assert_eq!((one.value.as_ref(), one.cut), (found.value.first(), None));

        let k = random.below(6) as usize;
        assert_eq!(ask(k, Parallel::Together, &Bounds::none()).value, found.value[..k.min(found.value.len())]);
        let few = ask(usize::MAX, Parallel::Together, &Bounds::none().results(k));
        check_limit(&found.value, k, few.value.into_iter(), || few.cut);

        let hops = random.below(5);
        for (parallel, all) in [
            (Parallel::Together, &found.value),
            (Parallel::Apart, &ask(usize::MAX, Parallel::Apart, &Bounds::none()).value),
        ] {
            let short = ask(usize::MAX, parallel, &Bounds::none().hops(hops));
            let near: Vec<_> = all.iter().filter(|path| path.len() <= hops as usize).cloned().collect();
            assert_eq!(short.value, near, "{}", question.describe());
            assert!(near.len() == all.len() || short.cut == Some(Cut::Hops));
        }
        let short = lightest_path(graph, *from, *to, filter, &Bounds::none().hops(hops), cost).unwrap();
        assert_eq!(short.value.as_ref(), found.value.iter().find(|path| path.len() <= hops as usize));
        assert!(short.value == one.value || short.cut == Some(Cut::Hops));
    }
}

#[test]
fn a_short_way_is_kept_where_steps_are_scarce() {
    // To 4, the free way by 1, 2 and 3 is known long before the costly one by 5.
    let graph = plain_case(7, &[(4, 6), (1, 0), (2, 1), (3, 2), (4, 3), (5, 0), (4, 5)]).graph;
    let costly = |edge: EdgeRef<'_>| f64::from(u8::from(edge.from() == 5 || edge.to() == 5));
    let ask = |bounds: &Bounds| lightest_path(&graph, 6, 0, &Filter::new(), bounds, costly).unwrap();
    let nodes = |hops| ask(&Bounds::none().hops(hops)).value.map(|path| path.nodes().to_vec());
    assert_eq!(ask(&Bounds::none()).value.unwrap().nodes(), [6, 4, 3, 2, 1, 0]);
    assert_eq!(nodes(5), Some(vec![6, 4, 3, 2, 1, 0]));
    assert_eq!((nodes(4), nodes(3)), (Some(vec![6, 4, 5, 0]), Some(vec![6, 4, 5, 0])));
    assert_eq!((nodes(2), ask(&Bounds::none().hops(4)).cut), (None, Some(Cut::Hops)));
}

#[test]
fn lightest_paths_weigh_what_petgraph_says() {
    let mut random = Random(25);
    let pairs: Vec<_> = (0..6_000).map(|_| (random.below(1_500), random.below(1_500))).collect();
    let graph = plain_case(1_500, &pairs).graph;
    let costs: Vec<f64> = (0..pairs.len()).map(|_| f64::from(random.below(1_000)) / 7.0).collect();
    let out = Filter::new().direction(super::super::Direction::Out);
    for from in 0..20 {
        let known = petgraph::algo::dijkstra(&*graph, from, None, |edge| costs[edge.number() as usize]);
        for to in (0..1_500).step_by(31) {
            let cost = |edge: EdgeRef<'_>| costs[edge.number() as usize];
            let path = lightest_path(&graph, from, to, &out, &Bounds::none(), cost).unwrap().value;
            match (path, known.get(&to)) {
                (Some(path), Some(cost)) => assert!((path.weight() - cost).abs() < 1e-9 * cost.max(1.0)),
                (path, cost) => assert!(path.is_none() && cost.is_none(), "{from} {to}"),
            }
        }
    }
}

#[test]
fn costs_that_cannot_be_summed_are_refused() {
    let graph = plain_case(3, &[(0, 1), (1, 2)]).graph;
    let ask = |cost: f64| lightest_path(&graph, 0, 2, &Filter::new(), &Bounds::none(), |_| cost);
    for cost in [-1.0, f64::NAN, f64::NEG_INFINITY] {
        let Err(GraphError::Cost { fact, .. }) = ask(cost) else { panic!("{cost} was accepted") };
        assert_eq!(fact, 1);
    }
    assert_eq!(ask(f64::INFINITY).unwrap().value, None);
    assert_eq!(ask(-0.0).unwrap().value.unwrap().weight(), 0.0);
    assert_eq!(ask(f64::MAX).unwrap().value, None, "the sum is infinite");
}

#[test]
fn visits_and_time_cut_every_search() {
    let mut random = Random(24);
    let late = Bounds { deadline: Some(Instant::now()), ..Bounds::none() };
    for _ in 0..1_000 {
        let question = random_question(&mut random, 6, 12);
        let Question { case, filter, from, to, all, .. } = &question;
        let (graph, filter, from, to) = (&case.graph, filter, *from, *to);
        let visits = random.below(10) as usize;
        for bounds in [Bounds::none().visited(visits), late] {
            let many = bounds.max_visited.is_some() || all.len() > 1 || from != to;
            let cut = if bounds.deadline.is_some() { Cut::Time } else { Cut::Visited };
            let together = Parallel::Together;
            let lists = [
                all_shortest_paths(graph, from, to, together, filter, &bounds).map(drain),
                k_shortest_paths(graph, from, to, 99, together, filter, &bounds).map(drain),
                simple_paths(graph, from, to, 9, together, filter, &bounds).map(drain),
                k_lightest_paths(graph, from, to, 99, together, filter, &bounds, |_| 1.0).map(|a| (a.value, a.cut)),
                shortest_path(graph, from, to, filter, &bounds).map(|a| (a.value.into_iter().collect(), a.cut)),
            ];
            for (at, list) in lists.into_iter().enumerate() {
                let (paths, found_cut) = list.unwrap();
                assert!(found_cut.is_none_or(|found| found == cut));
                assert!(paths.iter().all(|path| all.iter().any(|(nodes, _)| nodes == path.nodes())));
                let complete = question.node_paths(Vec::len);
                let missing = match at {
                    1..=3 => paths.len() < complete.len(),
                    _ => paths.is_empty() && !complete.is_empty(),
                };
                assert!(!missing || found_cut == Some(cut), "{at} {}", question.describe());
                assert!(!(many && bounds.max_visited == Some(0)) || from == to || paths.is_empty());
            }
        }
    }
}

fn drain(mut paths: super::super::Paths<'_>) -> (Vec<Path>, Option<Cut>) {
    let found = paths.by_ref().collect();
    (found, paths.cut())
}

#[test]
fn long_chains_and_wide_hubs_are_walked_without_recursion() {
    let nodes = 200_000;
    let chain: Vec<_> = (1..nodes).map(|node| (node - 1, node)).collect();
    let graph = plain_case(nodes, &chain).graph;
    let (filter, none) = (Filter::new(), Bounds::none());
    let end = nodes - 1;
    assert_eq!(shortest_path(&graph, end, 0, &filter, &none).unwrap().value.unwrap().len(), end as usize);
    let mut all = all_shortest_paths(&graph, 0, end, Parallel::Apart, &filter, &none).unwrap();
    assert_eq!((all.next().unwrap().len(), all.next()), (end as usize, None));
    let mut simple = simple_paths(&graph, 0, end, u32::MAX, Parallel::Together, &filter, &none).unwrap();
    assert_eq!((simple.next().unwrap().len(), simple.next()), (end as usize, None));
    let lightest = lightest_path(&graph, 0, end, &filter, &none, |_| 1.0).unwrap().value.unwrap();
    assert_eq!(lightest.weight(), f64::from(end));

    let star: Vec<_> = (1..100_001).map(|node| (node, 0)).collect();
    let graph = plain_case(100_001, &star).graph;
    let mut paths = k_shortest_paths(&graph, 5, 99_999, 3, Parallel::Together, &filter, &none).unwrap();
    assert_eq!((paths.next().unwrap().nodes(), paths.next()), ([5, 0, 99_999].as_slice(), None));
    assert!(
        shortest_path(&graph, 5, 99_999, &filter.clone().direction(super::super::Direction::Out), &none)
            .unwrap()
            .value
            .is_none()
    );
}
