//! What a graph holds, and petgraph's algorithms on it.

use petgraph::algo;
use petgraph::visit::{
    Bfs, EdgeIndexable, EdgeRef as _, IntoEdgeReferences, IntoEdges, IntoEdgesDirected, IntoNeighborsDirected,
    IntoNodeReferences, NodeIndexable,
};

use super::super::{Direction, Edge, Filter, Graph, GraphBuilder, GraphError};
use super::{Conditions, Random, plain_case, random_case, random_conditions, sorted_edges};
use crate::model::Modality;

#[test]
fn a_graph_holds_what_was_added_in_the_documented_order() {
    let mut random = Random(1);
    for _ in 0..500 {
        let case = random_case(&mut random, 8, 24);
        let (graph, sorted) = (&case.graph, sorted_edges(&case));
        assert_eq!((graph.node_count(), graph.edge_count()), (case.nodes, sorted.len()));
        assert_eq!((0..).map_while(|number| graph.edge(number)).collect::<Vec<_>>(), sorted);
        assert_eq!(graph.source(sorted.len() as u32), None);
        for node in 0..case.nodes {
            assert_eq!(graph.labels(node), case.labels[node as usize]);
            let of = |direction: Direction| -> Vec<(u32, Edge)> {
                graph.edges(node, direction).map(|edge| (edge.number(), edge.to_edge())).collect()
            };
            let numbered = || (0..).zip(sorted.iter().copied());
            let out: Vec<_> = numbered().filter(|(_, edge)| edge.from == node).collect();
            let into: Vec<_> = numbered().filter(|(_, edge)| edge.to == node).collect();
            assert_eq!((of(Direction::Out), of(Direction::In)), (out.clone(), into.clone()));
            assert_eq!(of(Direction::Both), [out.clone(), into.clone()].concat());
            assert_eq!(graph.successors(node), out.iter().map(|(_, edge)| edge.to).collect::<Vec<_>>());
            assert_eq!(graph.predecessors(node), into.iter().map(|(_, edge)| edge.from).collect::<Vec<_>>());
            assert_eq!(graph.degree(node, Direction::Both), out.len() + into.len());
            for to in 0..case.nodes {
                let between: Vec<u32> = numbered()
                    .filter(|(_, edge)| (edge.from, edge.to) == (node, to))
                    .map(|(number, _)| number)
                    .collect();
                assert_eq!(graph.edges_between(node, to).collect::<Vec<_>>(), between);
            }
        }
        let [nodes, edges] = [case.nodes as usize, sorted.len()];
        let labels: usize = case.labels.iter().map(Vec::len).sum();
        assert_eq!(graph.memory(), 12 * (nodes + 1) + 25 * edges + 2 * labels);
        let again = Graph::from_columns(graph.columns().clone()).unwrap();
        assert_eq!(again.columns(), graph.columns());
    }
}

#[test]
fn edges_between_are_found_from_either_end() {
    // A hub with many targets, and a target with few sources: the short row is searched.
    let mut pairs: Vec<(u32, u32)> = (0..200).map(|n| (0, n)).collect();
    pairs.extend([(0, 50), (0, 50), (7, 50), (60, 0)]);
    let graph = plain_case(200, &pairs).graph;
    for to in 0..200 {
        let found: Vec<u32> = graph.edges_between(0, to).collect();
        let expected: Vec<u32> = (0..graph.edge_count() as u32)
            .filter(|&n| graph.edge(n).is_some_and(|e| (e.from, e.to) == (0, to)))
            .collect();
        assert_eq!(found, expected, "{to}");
        assert_eq!(found.len(), if to == 50 { 3 } else { 1 });
    }
    assert!(graph.edges_between(60, 61).is_empty() && graph.edges_between(999, 0).is_empty());
}

#[test]
fn graphs_and_enumerations_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    fn sent<T: Send>() {}
    shared::<Graph>();
    shared::<Filter>();
    sent::<super::super::Paths<'_>>();
    sent::<super::super::Neighborhood<'_>>();
    let graph = plain_case(4, &[(0, 1), (1, 2), (2, 3)]).graph;
    let count = |graph: &Graph| {
        super::super::neighborhood(graph, &[0], 9, &Filter::new(), &super::super::Bounds::none()).unwrap().count()
    };
    let graph = &*graph;
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| (0..200).all(|_| count(graph) == 3))).collect();
        assert!(threads.into_iter().all(|thread| thread.join().unwrap()));
    });
}

#[test]
fn numbers_out_of_range_are_refused() {
    let mut builder = GraphBuilder::new(2).unwrap();
    let edge =
        Edge { from: 0, to: 1, predicate: 0, fact: 5, date: None, modality: Modality::Asserted, confidence: 1.0 };
    assert_eq!(builder.add_edge(Edge { to: 2, ..edge }), Err(GraphError::Node { node: 2, node_count: 2 }));
    assert_eq!(builder.set_labels(9, &[]), Err(GraphError::Node { node: 9, node_count: 2 }));
    for confidence in [-0.5, 1.5, f32::NAN] {
        let error = builder.add_edge(Edge { confidence, ..edge }).unwrap_err();
        assert!(error.to_string().contains("of fact 5 is out of range: expected 0 to 1"), "{error}");
    }
    builder.set_labels(1, &[7, 7]).unwrap();
    builder.set_labels(1, &[6, 5]).unwrap();
    builder.set_labels(0, &[3]).unwrap();
    builder.set_labels(0, &[]).unwrap();
    let graph = builder.build();
    assert_eq!((graph.labels(0), graph.labels(1)), ([].as_slice(), [5, 6].as_slice()));
    assert!(GraphBuilder::new(u32::MAX).is_err());
    let empty = GraphBuilder::new(0).unwrap().build();
    assert_eq!((empty.node_count(), empty.edge_count(), empty.successors(0).len()), (0, 0, 0));
    assert_eq!((empty.predecessors(0).len(), empty.labels(3).len(), empty.edge(0)), (0, 0, None));
}

#[test]
fn filters_admit_what_their_conditions_say() {
    let mut random = Random(2);
    for _ in 0..3_000 {
        let case = random_case(&mut random, 4, 8);
        let conditions = random_conditions(&mut random, case.nodes);
        let filter = conditions.filter();
        for (number, edge) in (0..).zip(sorted_edges(&case)) {
            assert_eq!(filter.admits_edge(&case.graph, number), conditions.admits(&edge), "{conditions:?} {edge:?}");
        }
        for node in 0..case.nodes {
            assert_eq!(filter.admits_node(&case.graph, node), conditions.admits_node(&case, node));
            assert_eq!(filter.reports(&case.graph, node), conditions.reports(&case, node));
        }
    }
    let conditions = Conditions::default();
    assert!(conditions.filter().is_open() && !Filter::new().min_confidence(0.0).is_open());
    let [edge] = super::plain_edges(&[(0, 1)])[..] else { panic!() };
    let likely = super::case_of(2, vec![Edge { confidence: 0.85, ..edge }], vec![Vec::new(); 2]).graph;
    for (least, passes) in [(0.8499, true), (0.85, true), (0.850_01, false), (0.850_04, false), (0.8501, false)] {
        assert_eq!(Filter::new().min_confidence(least).admits_edge(&likely, 0), passes, "{least}");
    }
    let sure = plain_case(2, &[(0, 1)]).graph;
    for (least, passes) in [(1.0, true), (1.5, false), (f32::NAN, false), (f32::INFINITY, false), (-1.0, true)] {
        assert_eq!(Filter::new().min_confidence(least).admits_edge(&sure, 0), passes, "{least}");
    }
}

#[test]
fn petgraph_algorithms_see_the_same_graph_as_in_a_digraph() {
    let mut random = Random(3);
    for _ in 0..300 {
        let case = random_case(&mut random, 8, 20);
        let (graph, copy) = (&*case.graph, case.graph.to_petgraph());
        assert_eq!((copy.node_count(), copy.edge_count()), (case.nodes as usize, case.edges.len()));
        for (edge, index) in graph.edge_references().zip(copy.edge_indices()) {
            assert_eq!(copy.edge_endpoints(index), Some((edge.source().into(), edge.target().into())));
            assert_eq!(copy[index], edge.to_edge());
            assert_eq!((edge.id(), *edge.weight()), (index.index() as u32, copy[index].predicate));
            assert_eq!(EdgeIndexable::to_index(&graph, edge.id()), index.index());
        }
        assert_eq!(graph.edge_references().count(), case.edges.len());
        assert_eq!(graph.node_references().count(), NodeIndexable::node_bound(&graph));

        let components = |mut sets: Vec<Vec<u32>>| {
            sets.iter_mut().for_each(|set| set.sort());
            sets.sort();
            sets
        };
        let ours = components(algo::kosaraju_scc(graph));
        let theirs = algo::kosaraju_scc(&copy).into_iter();
        assert_eq!(ours, components(theirs.map(|set| set.iter().map(|node| node.index() as u32).collect()).collect()));
        assert_eq!(algo::connected_components(graph), algo::connected_components(&copy));

        let cost = |predicate: u16| u32::from(predicate) + 1;
        let ours = algo::dijkstra(graph, 0, None, |edge| cost(*edge.weight()));
        let theirs = algo::dijkstra(&copy, 0.into(), None, |edge| cost(edge.weight().predicate));
        assert_eq!(ours.len(), theirs.len());
        assert!(theirs.iter().all(|(node, cost)| ours.get(&(node.index() as u32)) == Some(cost)));

        let mut reached = 0;
        let mut search = Bfs::new(graph, 0);
        while search.next(graph).is_some() {
            reached += 1;
        }
        assert_eq!(reached, ours.len());

        for node in 0..case.nodes {
            for direction in [petgraph::Outgoing, petgraph::Incoming] {
                let mut copied: Vec<_> =
                    copy.neighbors_directed(node.into(), direction).map(|n| n.index() as u32).collect();
                copied.sort();
                assert_eq!(graph.neighbors_directed(node, direction).collect::<Vec<_>>(), copied);
                assert_eq!(graph.edges_directed(node, direction).count(), copied.len());
            }
            assert_eq!(IntoEdges::edges(graph, node).count(), graph.successors(node).len());
        }
    }
}
