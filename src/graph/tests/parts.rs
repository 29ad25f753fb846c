//! Shared neighbours and subgraphs against a look at all edges.

use super::super::{
    Bounds, Cut, Direction, Filter, GraphError, Parallel, Shared, Subgraph, all_shortest_paths, common_neighbors,
    induced_subgraph,
};
use super::{Random, distances, plain_case, random_case, random_conditions, sorted_edges};

#[test]
fn common_neighbors_are_those_of_every_entity() {
    let mut random = Random(30);
    for _ in 0..3_000 {
        let case = random_case(&mut random, 6, 30);
        let conditions = random_conditions(&mut random, case.nodes);
        let filter = conditions.filter();
        let asked: Vec<u32> = (0..1 + random.below(3)).map(|_| random.below(case.nodes)).collect();
        let edges = sorted_edges(&case);
        let links = |node: u32, predicate: u16, direction: Direction, neighbor: u32| -> Vec<u32> {
            let ends = if direction == Direction::Out { (node, neighbor) } else { (neighbor, node) };
            let fits = |edge: &super::Edge| {
                (edge.from, edge.to) == ends && edge.predicate == predicate && conditions.admits(edge)
            };
            (0..).zip(&edges).filter(|(_, edge)| fits(edge)).map(|(number, _)| number).collect()
        };
        let mut expected = Vec::new();
        for predicate in 0..3 {
            for direction in [Direction::Out, Direction::In] {
                if conditions.direction != Direction::Both && conditions.direction != direction {
                    continue;
                }
                for neighbor in (0..case.nodes).filter(|&neighbor| conditions.admits_node(&case, neighbor)) {
                    let each: Vec<_> = asked.iter().map(|&node| links(node, predicate, direction, neighbor)).collect();
                    if !each.iter().any(Vec::is_empty) && !asked.iter().any(|&node| conditions.avoids(node)) {
                        expected.push((predicate, direction, neighbor, each));
                    }
                }
            }
        }
        let answer = common_neighbors(&case.graph, &asked, &filter, &Bounds::none()).unwrap();
        assert_eq!(answer.cut, None);
        let summary = |shared: &Shared| {
            let numbers = |links: &Vec<super::super::Link>| links.iter().map(|link| link.edge).collect::<Vec<_>>();
            (shared.predicate, shared.direction, shared.node, shared.links.iter().map(numbers).collect::<Vec<_>>())
        };
        assert_eq!(answer.value.iter().map(summary).collect::<Vec<_>>(), expected, "{asked:?} {conditions:?} {case:?}");
        for link in answer.value.iter().flat_map(|shared| shared.links.iter().flatten()) {
            let edge = edges[link.edge as usize];
            assert_eq!((edge.fact, edge.predicate), (link.fact, link.predicate));
        }
        let limit = random.below(3) as usize;
        let few = common_neighbors(&case.graph, &asked, &filter, &Bounds::none().results(limit)).unwrap();
        assert_eq!(few.value, answer.value[..limit.min(expected.len())]);
        assert_eq!(few.cut, (expected.len() > limit).then_some(Cut::Results));
    }
    let graph = plain_case(2, &[(0, 1)]).graph;
    assert!(common_neighbors(&graph, &[0, 2], &Filter::new(), &Bounds::none()).is_err());
    assert!(common_neighbors(&graph, &[], &Filter::new(), &Bounds::none()).unwrap().value.is_empty());
    let none = common_neighbors(&graph, &[0], &Filter::new(), &Bounds::none().visited(0)).unwrap();
    assert_eq!(none.cut, Some(Cut::Visited));
}

#[test]
fn subgraphs_hold_near_entities_and_all_facts_between_them() {
    let mut random = Random(31);
    for _ in 0..3_000 {
        let case = random_case(&mut random, 9, 24);
        let conditions = random_conditions(&mut random, case.nodes);
        let filter = conditions.filter();
        let seeds: Vec<u32> = (0..1 + random.below(2)).map(|_| random.below(case.nodes)).collect();
        let hops = random.below(4);
        let distances = distances(&case, &conditions, &seeds);
        let nodes: Vec<u32> = (0..case.nodes)
            .filter(|&node| {
                let distance = distances[node as usize].filter(|&distance| distance <= hops);
                distance.is_some_and(|distance| distance == 0 || conditions.reports(&case, node))
            })
            .collect();
        let inside =
            |edge: &super::Edge| conditions.admits(edge) && nodes.contains(&edge.from) && nodes.contains(&edge.to);
        let edges = sorted_edges(&case);
        let inner: Vec<u32> = (0..).zip(&edges).filter(|(_, edge)| inside(edge)).map(|(number, _)| number).collect();
        let part = induced_subgraph(&case.graph, &seeds, hops, &filter, &Bounds::none()).unwrap();
        assert_eq!(part, Subgraph { nodes: nodes.clone(), edges: inner, cut: None });
        assert_eq!(Subgraph::among(&case.graph, &nodes, &filter).unwrap().edges, part.edges);

        let copy = part.to_petgraph(&case.graph);
        assert_eq!((copy.node_count(), copy.edge_count()), (part.nodes.len(), part.edges.len()));
        for (index, &number) in copy.edge_indices().zip(&part.edges) {
            let (from, to) = copy.edge_endpoints(index).unwrap();
            let edge = edges[number as usize];
            assert_eq!((copy[index], copy[from], copy[to]), (edge, edge.from, edge.to));
        }
    }
}

#[test]
fn subgraphs_of_hubs_are_found_from_their_few_entities() {
    let mut pairs: Vec<(u32, u32)> = (1..5_000).map(|node| (0, node)).collect();
    pairs.extend([(0, 7), (7, 4_000), (4_000, 0), (0, 0)]);
    let graph = plain_case(5_000, &pairs).graph;
    let part = Subgraph::among(&graph, &[4_000, 0, 7, 0], &Filter::new()).unwrap();
    assert_eq!(part.nodes, [0, 7, 4_000]);
    let ends: Vec<_> = part.edges.iter().map(|&edge| graph.edge(edge).map(|e| (e.from, e.to)).unwrap()).collect();
    assert_eq!(ends, [(0, 0), (0, 7), (0, 7), (0, 4_000), (7, 4_000), (4_000, 0)]);
    assert_eq!(
        Subgraph::among(&graph, &[5_000], &Filter::new()),
        Err(GraphError::Node { node: 5_000, node_count: 5_000 })
    );
    let few = induced_subgraph(&graph, &[0], 1, &Filter::new(), &Bounds::none().results(2)).unwrap();
    assert_eq!((few.nodes, few.cut), (vec![0, 1, 2], Some(Cut::Results)));

    let filter = Filter::new();
    let paths: Vec<_> =
        all_shortest_paths(&graph, 7, 9, Parallel::Together, &filter, &Bounds::none()).unwrap().collect();
    let along = Subgraph::along(&paths);
    assert_eq!((along.nodes, along.edges.len()), (vec![0, 7, 9], 3));
}
