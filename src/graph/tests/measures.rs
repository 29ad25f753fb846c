//! Measures against their definitions.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use super::super::{
    Betweenness, Bounds, Cut, Degree, Direction, Edge, Filter, PageRank, Pair, Partition, betweenness, co_investments,
    communities, core_numbers, degree_of, degrees, pagerank, strong_components, top, weak_components,
};
use super::{Case, Conditions, Random, plain_case, random_case, random_conditions};

/// The admitted facts between admitted entities.
fn admitted(case: &Case, conditions: &Conditions) -> Vec<Edge> {
    let inside = |edge: &&Edge| {
        conditions.admits(edge) && conditions.admits_node(case, edge.from) && conditions.admits_node(case, edge.to)
    };
    case.edges.iter().filter(inside).copied().collect()
}

/// These as pairs to be walked in the direction of the conditions; a loop once.
fn steps(case: &Case, conditions: &Conditions) -> Vec<(u32, u32)> {
    let mut steps = Vec::new();
    for edge in admitted(case, conditions) {
        if conditions.direction != Direction::In {
            steps.push((edge.from, edge.to));
        }
        if conditions.direction == Direction::In || conditions.direction == Direction::Both && edge.from != edge.to {
            steps.push((edge.to, edge.from));
        }
    }
    steps
}

fn inside(case: &Case, conditions: &Conditions) -> Vec<u32> {
    (0..case.nodes).filter(|&node| conditions.admits_node(case, node)).collect()
}

fn each_case(
    seed: u64,
    rounds: usize,
    nodes: u32,
    edges: u32,
    mut check: impl FnMut(&mut Random, &Case, &Conditions, &Filter),
) {
    let mut random = Random(seed);
    for _ in 0..rounds {
        let case = random_case(&mut random, nodes, edges);
        let conditions = random_conditions(&mut random, case.nodes);
        check(&mut random, &case, &conditions, &conditions.filter());
    }
}

fn assert_close(found: &[f64], expected: &[f64], note: impl Fn() -> String) {
    assert_eq!(found.len(), expected.len());
    let close = found.iter().zip(expected).all(|(a, b)| (a - b).abs() <= 1e-9 * (1.0 + b.abs()));
    assert!(close, "found {found:?}\nexpected {expected:?}\n{}", note());
}

#[test]
fn degrees_count_facts_and_neighbors() {
    each_case(40, 1_500, 7, 20, |_, case, conditions, filter| {
        let edges = admitted(case, conditions);
        let all = degrees(&case.graph, filter);
        for node in 0..case.nodes {
            let out: Vec<u32> = edges.iter().filter(|edge| edge.from == node).map(|edge| edge.to).collect();
            let into: Vec<u32> = edges.iter().filter(|edge| edge.to == node).map(|edge| edge.from).collect();
            let different = |nodes: &[u32]| nodes.iter().filter(|&&n| n != node).collect::<BTreeSet<_>>().len() as u32;
            let expected = Degree {
                facts_out: out.len() as u32,
                facts_in: into.len() as u32,
                neighbors_out: different(&out),
                neighbors_in: different(&into),
                neighbors: different(&[out, into].concat()),
            };
            assert_eq!(degree_of(&case.graph, node, filter).unwrap(), expected);
            assert_eq!(all[node as usize], expected);
        }
        assert!(degree_of(&case.graph, case.nodes, filter).is_err());
    });
}

/// Solves `matrix` x = `right` by Gaussian elimination with pivoting.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let n = right.len();
    for column in 0..n {
        let pivot = (column..n).max_by(|&a, &b| matrix[a][column].abs().total_cmp(&matrix[b][column].abs())).unwrap();
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        for row in 0..n {
            if row != column {
                let factor = matrix[row][column] / matrix[column][column];
                let above = matrix[column].clone();
                matrix[row].iter_mut().zip(above).for_each(|(cell, above)| *cell -= factor * above);
                right[row] -= factor * right[column];
            }
        }
    }
    (0..n).map(|row| right[row] / matrix[row][row]).collect()
}

#[test]
fn pagerank_solves_its_equation() {
    each_case(41, 1_000, 8, 20, |random, case, conditions, filter| {
        let (nodes, steps) = (inside(case, conditions), steps(case, conditions));
        let damping = f64::from(random.below(10)) / 10.0;
        let n = nodes.len();
        let place: BTreeMap<u32, usize> = nodes.iter().copied().zip(0..).collect();
        // rank = (1 - d) / n + d * (what is followed + the even share of those that follow nothing)
        let mut matrix = vec![vec![0.0; n]; n];
        for (column, &from) in nodes.iter().enumerate() {
            let followed: Vec<u32> = steps.iter().filter(|step| step.0 == from).map(|step| step.1).collect();
            for (row, &to) in nodes.iter().enumerate() {
                let hits = followed.iter().filter(|&&end| end == to).count();
                let chance = if followed.is_empty() { 1.0 / n as f64 } else { hits as f64 / followed.len() as f64 };
                matrix[row][column] = f64::from(u8::from(row == column)) - damping * chance;
            }
        }
        let solution = solve(matrix, vec![(1.0 - damping) / n as f64; n]);
        let expected: Vec<f64> =
            (0..case.nodes).map(|node| place.get(&node).map_or(0.0, |&place| solution[place])).collect();
        let settings = PageRank { damping, tolerance: 1e-13, max_rounds: 1_000 };
        let answer = pagerank(&case.graph, filter, &settings, &Bounds::none()).unwrap();
        assert!(answer.cut.is_none() && answer.value.converged);
        assert_close(&answer.value.scores, &expected, || format!("{conditions:?} {case:?}"));

        let short = PageRank { damping: 0.85, tolerance: 0.0, max_rounds: 3 };
        let ranks = pagerank(&case.graph, filter, &short, &Bounds::none()).unwrap().value;
        assert!(ranks.rounds <= 3 && (ranks.converged == (ranks.change == 0.0) || n == 0));
    });
    let graph = plain_case(2, &[(0, 1)]).graph;
    let ask = |damping, tolerance| {
        pagerank(&graph, &Filter::new(), &PageRank { damping, tolerance, max_rounds: 9 }, &Bounds::none())
    };
    for (damping, tolerance) in [(1.0, 0.1), (-0.1, 0.1), (f64::NAN, 0.1), (0.5, -1.0), (0.5, f64::NAN)] {
        assert!(ask(damping, tolerance).is_err(), "{damping} {tolerance}");
    }
    let late = Bounds { deadline: Some(Instant::now()), ..Bounds::none() };
    assert_eq!(pagerank(&graph, &Filter::new(), &PageRank::default(), &late).unwrap().cut, Some(Cut::Time));
}

/// All shortest paths between two entities as their nodes, by trying all walks of growing length.
fn shortest(steps: &BTreeSet<(u32, u32)>, from: u32, to: u32, nodes: usize) -> Vec<Vec<u32>> {
    let mut walks = vec![vec![from]];
    for _ in 1..nodes {
        let longer = |walk: &Vec<u32>| {
            let last = *walk.last().unwrap();
            let next = steps.iter().filter(move |step| step.0 == last).map(|step| step.1);
            next.filter(|next| !walk.contains(next)).map(|next| [walk.as_slice(), &[next]].concat()).collect::<Vec<_>>()
        };
        walks = walks.iter().flat_map(longer).collect();
        let found: Vec<_> = walks.iter().filter(|walk| walk.last() == Some(&to)).cloned().collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

#[test]
fn betweenness_counts_shares_of_shortest_paths() {
    each_case(42, 700, 6, 14, |random, case, conditions, filter| {
        let (nodes, steps) = (inside(case, conditions), steps(case, conditions).into_iter().collect());
        let mut expected = vec![0.0; case.nodes as usize];
        for &from in &nodes {
            for &to in nodes.iter().filter(|&&to| to != from) {
                let paths = shortest(&steps, from, to, nodes.len());
                for path in &paths {
                    for &between in &path[1..path.len() - 1] {
                        expected[between as usize] += 1.0 / paths.len() as f64;
                    }
                }
            }
        }
        let n = nodes.len() as f64;
        let pairs = ((n - 1.0) * (n - 2.0)).max(1.0);
        let normalized: Vec<f64> = expected.iter().map(|score| score / pairs).collect();
        if conditions.direction == Direction::Both {
            expected.iter_mut().for_each(|score| *score /= 2.0);
        }
        let ask = |settings: Betweenness| betweenness(&case.graph, filter, &settings, &Bounds::none()).value;
        let note = || format!("{conditions:?} {case:?}");
        let plain = ask(Betweenness::default());
        assert_close(&plain.scores, &expected, note);
        assert_eq!(plain.sources, nodes.len());
        assert_close(&ask(Betweenness { normalized: true, ..Betweenness::default() }).scores, &normalized, note);
        let seed = random.next();
        let full = ask(Betweenness { samples: Some(99), seed, normalized: false });
        assert_close(&full.scores, &expected, note);
        let half = Betweenness { samples: Some(nodes.len() / 2), seed, normalized: false };
        assert_eq!((ask(half), ask(half).sources), (ask(half), nodes.len() / 2));
    });
}

#[test]
fn sampled_betweenness_is_right_on_average_and_large_counts_are_counted() {
    let pairs: Vec<_> = (0..20).map(|node| (node, (node + 1) % 20)).chain([(0, 10), (5, 15), (3, 3)]).collect();
    let graph = plain_case(20, &pairs).graph;
    let (filter, none) = (Filter::new(), Bounds::none());
    let exact = betweenness(&graph, &filter, &Betweenness::default(), &none).value.scores;
    let mut mean = [0.0; 20];
    for seed in 0..2_000 {
        let settings = Betweenness { samples: Some(5), seed, normalized: false };
        let some = betweenness(&graph, &filter, &settings, &none).value.scores;
        mean.iter_mut().zip(some).for_each(|(mean, score)| *mean += score / 2_000.0);
    }
    assert!(
        mean.iter().zip(&exact).all(|(mean, exact)| (mean - exact).abs() < 0.05 * exact + 0.5),
        "{mean:?} {exact:?}"
    );

    // 1,200 diamonds in a row: 2^1200 shortest paths from end to end.
    let diamonds = 1_200;
    let edges: Vec<_> =
        (0..diamonds).flat_map(|at| [(0, 1), (0, 2), (1, 3), (2, 3)].map(|(a, b)| (3 * at + a, 3 * at + b))).collect();
    let graph = plain_case(3 * diamonds + 1, &edges).graph;
    let out = Filter::new().direction(Direction::Out);
    let scores = betweenness(&graph, &out, &Betweenness::default(), &none).value.scores;
    let nodes = f64::from(3 * diamonds + 1);
    for at in 1..diamonds {
        let before = f64::from(3 * at);
        assert!((scores[3 * at as usize] - before * (nodes - before - 1.0)).abs() < 1e-6 * nodes * nodes);
    }
    let late = Bounds { deadline: Some(Instant::now()), ..none };
    assert_eq!(betweenness(&graph, &out, &Betweenness::default(), &late).cut, Some(Cut::Time));
    let few = betweenness(&graph, &out, &Betweenness::default(), &none.visited(3));
    assert_eq!((few.cut, few.value.sources), (Some(Cut::Visited), 3));
}

/// Whether each entity reaches each other one.
fn reach(nodes: u32, steps: &[(u32, u32)]) -> Vec<Vec<bool>> {
    let n = nodes as usize;
    let mut reach: Vec<Vec<bool>> = (0..n).map(|a| (0..n).map(|b| a == b).collect()).collect();
    steps.iter().for_each(|&(a, b)| reach[a as usize][b as usize] = true);
    for via in 0..n {
        for a in 0..n {
            for b in 0..n {
                reach[a][b] |= reach[a][via] && reach[via][b];
            }
        }
    }
    reach
}

fn check_partition(partition: &Partition, case: &Case, inside: &[u32], together: impl Fn(u32, u32) -> bool) {
    let mut seen = Vec::new();
    for node in 0..case.nodes {
        let group = partition.group_of(node);
        assert_eq!(group.is_some(), inside.contains(&node));
        for &other in inside.iter().filter(|_| group.is_some()) {
            assert_eq!(group == partition.group_of(other), together(node, other), "{node} {other} {case:?}");
        }
        if let Some(group) = group
            && !seen.contains(&group)
        {
            seen.push(group);
        }
    }
    assert!(seen.iter().copied().eq(0..partition.count() as u32), "numbered by their smallest entity");
    for group in seen {
        let members: Vec<_> = partition.members(group).collect();
        assert_eq!(members.len(), partition.sizes()[group as usize] as usize);
        assert!(members.iter().all(|&node| partition.group_of(node) == Some(group)) && members.is_sorted());
    }
}

#[test]
fn components_hold_what_reaches_each_other() {
    each_case(43, 1_500, 9, 14, |_, case, conditions, filter| {
        let nodes = inside(case, conditions);
        let out: Vec<_> = admitted(case, conditions).iter().map(|edge| (edge.from, edge.to)).collect();
        let back: Vec<_> = out.iter().map(|&(a, b)| (b, a)).collect();
        let (directed, any) = (reach(case.nodes, &out), reach(case.nodes, &[out, back].concat()));
        let (weak, strong) = (weak_components(&case.graph, filter), strong_components(&case.graph, filter));
        check_partition(&weak, case, &nodes, |a, b| any[a as usize][b as usize]);
        check_partition(&strong, case, &nodes, |a, b| {
            directed[a as usize][b as usize] && directed[b as usize][a as usize]
        });
    });
    let nodes = 300_000;
    let ring: Vec<_> = (0..nodes).map(|node| (node, (node + 1) % nodes)).collect();
    let graph = plain_case(nodes, &ring).graph;
    assert_eq!(strong_components(&graph, &Filter::new()).sizes(), [nodes]);
    assert_eq!(weak_components(&graph, &Filter::new()).sizes(), [nodes]);
}

#[test]
fn core_numbers_are_the_last_core_an_entity_survives_in() {
    each_case(44, 1_500, 9, 30, |_, case, conditions, filter| {
        let edges = admitted(case, conditions);
        let connected =
            |a: u32, b: u32| a != b && edges.iter().any(|e| (e.from, e.to) == (a, b) || (e.from, e.to) == (b, a));
        let mut expected = vec![0; case.nodes as usize];
        for k in 1..case.nodes {
            let mut left = inside(case, conditions);
            loop {
                let before = left.clone();
                left.retain(|&node| before.iter().filter(|&&other| connected(node, other)).count() >= k as usize);
                if left == before {
                    break;
                }
            }
            left.iter().for_each(|&node| expected[node as usize] = k);
        }
        assert_eq!(core_numbers(&case.graph, filter), expected, "{conditions:?} {case:?}");
    });
}

#[test]
fn co_investments_count_shared_neighbors() {
    each_case(45, 1_500, 8, 24, |random, case, conditions, filter| {
        let mut targets: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for edge in case.edges.iter().filter(|edge| conditions.admits(edge)) {
            let mut add = |sharer: u32, shared: u32| {
                if !conditions.avoids(sharer) && conditions.admits_node(case, shared) && sharer != shared {
                    targets.entry(sharer).or_default().insert(shared);
                }
            };
            if conditions.direction != Direction::In {
                add(edge.from, edge.to);
            }
            if conditions.direction != Direction::Out {
                add(edge.to, edge.from);
            }
        }
        let mut expected = Vec::new();
        for (&first, of_first) in &targets {
            for (&second, of_second) in targets.range(first + 1..) {
                let shared = of_first.intersection(of_second).count() as u32;
                if shared > 0 {
                    expected.push(Pair { first, second, shared });
                }
            }
        }
        let mut pairs = co_investments(&case.graph, filter, &Bounds::none());
        assert_eq!(pairs.by_ref().collect::<Vec<_>>(), expected, "{conditions:?} {case:?}");
        assert_eq!(pairs.cut(), None);
        let limit = random.below(5) as usize;
        let mut few = co_investments(&case.graph, filter, &Bounds::none().results(limit));
        assert_eq!(few.by_ref().collect::<Vec<_>>(), expected[..limit.min(expected.len())]);
        assert_eq!(few.cut(), (expected.len() > limit).then_some(Cut::Results));
        let (best, cut) = co_investments(&case.graph, filter, &Bounds::none()).top(limit);
        expected.sort_by_key(|pair| (std::cmp::Reverse(pair.shared), pair.first, pair.second));
        expected.truncate(limit);
        assert_eq!((best, cut), (expected, None));
    });
}

/// Modularity by its definition over all pairs of entities.
fn modularity(nodes: &[u32], edges: &[Edge], resolution: f64, group: impl Fn(u32) -> u32) -> f64 {
    let matrix = |a: u32, b: u32| -> f64 {
        let ends = |edge: &&Edge| (edge.from, edge.to) == (a, b) || (edge.from, edge.to) == (b, a);
        edges.iter().filter(ends).count() as f64 * if a == b { 2.0 } else { 1.0 }
    };
    let strength = |a: u32| nodes.iter().map(|&b| matrix(a, b)).sum::<f64>();
    let total: f64 = nodes.iter().map(|&node| strength(node)).sum();
    if total == 0.0 {
        return 0.0;
    }
    let pairs = nodes.iter().flat_map(|&a| nodes.iter().map(move |&b| (a, b)));
    let inner = pairs.filter(|&(a, b)| group(a) == group(b));
    inner.map(|(a, b)| matrix(a, b) - resolution * strength(a) * strength(b) / total).sum::<f64>() / total
}

/// The highest modularity of any partition.
fn best_modularity(nodes: &[u32], edges: &[Edge], resolution: f64) -> f64 {
    let mut groups = vec![0u32; nodes.len()];
    let mut best = f64::NEG_INFINITY;
    loop {
        let place = |node: u32| nodes.iter().position(|&other| other == node).unwrap();
        best = best.max(modularity(nodes, edges, resolution, |node| groups[place(node)]));
        // The next restricted growth string: each entity may open at most one new group.
        let Some(at) = (1..groups.len()).rev().find(|&at| groups[at] <= *groups[..at].iter().max().unwrap()) else {
            return best;
        };
        groups[at] += 1;
        groups[at + 1..].fill(0);
    }
}

#[test]
fn communities_are_connected_and_nearly_optimal() {
    let (mut optimal, mut total) = (0, 0);
    each_case(46, 250, 6, 12, |random, case, conditions, filter| {
        let (nodes, edges) = (inside(case, conditions), admitted(case, conditions));
        let resolution = [0.5, 1.0, 1.7][random.below(3) as usize];
        let found = communities(&case.graph, filter, resolution, &Bounds::none()).unwrap();
        assert_eq!(found.cut, None);
        let partition = &found.value.partition;
        let group = |node: u32| partition.group_of(node).unwrap();
        let expected = modularity(&nodes, &edges, resolution, group);
        assert!((found.value.modularity - expected).abs() < 1e-9, "{conditions:?} {case:?}");
        // Connected inside: no other group's facts are needed to get around.
        let within: Vec<_> = edges
            .iter()
            .filter(|edge| group(edge.from) == group(edge.to))
            .flat_map(|edge| [(edge.from, edge.to), (edge.to, edge.from)])
            .collect();
        let within = reach(case.nodes, &within);
        check_partition(partition, case, &nodes, |a, b| within[a as usize][b as usize]);
        if !nodes.is_empty() {
            let best = best_modularity(&nodes, &edges, resolution);
            assert!(expected <= best + 1e-9);
            total += 1;
            optimal += usize::from(expected >= best - 1e-9);
        }
    });
    assert!(optimal * 10 >= total * 8, "optimal in {optimal} of {total}");
}

#[test]
fn known_communities_are_found() {
    // Ten cliques of five in a ring, the example of Fortunato and Barthélemy (2007).
    let mut pairs = Vec::new();
    for clique in 0..10 {
        for a in 0..5 {
            pairs.extend((a + 1..5).map(|b| (5 * clique + a, 5 * clique + b)));
        }
        pairs.push((5 * clique, (5 * clique + 6) % 50));
    }
    let graph = plain_case(50, &pairs).graph;
    let found = communities(&graph, &Filter::new(), 1.0, &Bounds::none()).unwrap().value;
    assert_eq!(found.partition.sizes(), [5; 10]);
    for resolution in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(communities(&graph, &Filter::new(), resolution, &Bounds::none()).is_err());
    }
    let late = Bounds { deadline: Some(Instant::now()), ..Bounds::none() };
    let cut = communities(&graph, &Filter::new(), 1.0, &late).unwrap();
    assert_eq!((cut.cut, cut.value.partition.count()), (Some(Cut::Time), 50));
}

#[test]
fn top_scores_come_in_order() {
    let scores = [0.5, f64::NAN, 2.0, 0.5, -1.0, 2.0];
    assert_eq!(top(&scores, 3, |_| true), [(2, 2.0), (5, 2.0), (0, 0.5)]);
    assert_eq!(top(&scores, 9, |node| node != 1).len(), 5);
    assert_eq!(top(&scores, 9, |_| true)[5].0, 1);
    assert!(top(&[], 3, |_| true).is_empty() && top(&scores, 0, |_| true).is_empty());
}
