//! Times of the graph's answers on a random graph with a skewed in-degree: `cargo bench --bench graph [nodes edges]`.
//!
//! Every line is the median of many questions with different random entities, in microseconds.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use ailand::graph::{
    Betweenness, Bounds, Direction, Edge, Filter, Graph, GraphBuilder, PageRank, Parallel, all_shortest_paths,
    betweenness, co_investments, common_neighbors, communities, confidence_cost, core_numbers, degrees,
    induced_subgraph, k_shortest_paths, lightest_path, neighborhood, pagerank, shortest_path, simple_paths,
    strong_components, weak_components,
};
use ailand::model::Modality;

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: u32) -> u32 {
        (self.next() % u64::from(bound)) as u32
    }

    /// Small numbers far more often than large ones: the first node gets about 3 % of all edges.
    fn skewed(&mut self, bound: u32) -> u32 {
        let unit = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        (f64::from(bound) * unit.powi(3)) as u32
    }
}

fn random_graph(nodes: u32, edges: u32) -> Graph {
    let mut random = Random(7);
    let mut builder = GraphBuilder::new(nodes).unwrap();
    builder.reserve(edges as usize);
    for fact in 0..edges {
        let edge = Edge {
            from: random.below(nodes),
            to: random.skewed(nodes),
            predicate: random.below(8) as u16,
            fact,
            date: "2024-02".parse().ok(),
            modality: Modality::Asserted,
            confidence: 0.5 + random.below(5) as f32 / 10.0,
        };
        builder.add_edge(edge).unwrap();
    }
    for node in 0..nodes {
        builder.set_labels(node, &[(node % 5) as u16]).unwrap();
    }
    builder.build()
}

/// Asks `ask` many times with random entities and prints the median and the slowest time.
fn measure(what: &str, nodes: u32, times: usize, mut ask: impl FnMut(u32, u32) -> usize) {
    let mut random = Random(99);
    let mut taken: Vec<Duration> = Vec::with_capacity(times);
    let mut results = 0;
    for _ in 0..times {
        let (a, b) = (random.below(nodes), random.below(nodes));
        let start = Instant::now();
        results += black_box(ask(a, b));
        taken.push(start.elapsed());
    }
    taken.sort();
    let micros = |time: Option<&Duration>| time.map_or(0.0, |time| time.as_secs_f64() * 1e6);
    println!(
        "{what:44} {:12.2} us median {:12.2} us slowest {:10.1} results on average",
        micros(taken.get(times / 2)),
        micros(taken.last()),
        results as f64 / times as f64
    );
}

fn main() {
    let mut numbers = std::env::args().filter_map(|word| word.parse::<u32>().ok());
    let (nodes, edges) = (numbers.next().unwrap_or(50_000), numbers.next().unwrap_or(300_000));
    let start = Instant::now();
    let built = random_graph(nodes, edges);
    println!("{nodes} nodes, {edges} edges: built in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let columns = built.columns().clone();
    drop(built);
    let start = Instant::now();
    let graph = Graph::from_columns(columns).unwrap();
    println!("checked columns in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let start = Instant::now();
    black_box(graph.predecessors(0).len());
    println!("incoming rows in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    println!("{:.1} MB in columns and rows", graph.memory() as f64 / 1e6);

    let none = Bounds::none();
    for direction in [Direction::Out, Direction::Both] {
        let open = Filter::new().direction(direction);
        let narrow = open.clone().predicates([0, 1, 2, 3]).min_confidence(0.6).as_of("2024-03".parse().unwrap());
        for (name, filter) in [("", &open), (", filtered", &narrow)] {
            for hops in 1..=3 {
                let times = if hops == 3 && direction == Direction::Both { 101 } else { 5_001 };
                measure(&format!("{hops} hops {direction:?}{name}"), nodes, times, |a, _| {
                    neighborhood(&graph, &[a], hops, filter, &none).unwrap().count()
                });
            }
            measure(&format!("shortest path {direction:?}{name}"), nodes, 5_001, |a, b| {
                shortest_path(&graph, a, b, filter, &none).unwrap().value.map_or(0, |path| path.len())
            });
            measure(&format!("first of all shortest paths {direction:?}{name}"), nodes, 5_001, |a, b| {
                all_shortest_paths(&graph, a, b, Parallel::Together, filter, &none).unwrap().take(1).count()
            });
            measure(&format!("all shortest paths {direction:?}{name}"), nodes, 501, |a, b| {
                all_shortest_paths(&graph, a, b, Parallel::Together, filter, &none).unwrap().count()
            });
            measure(&format!("10 shortest paths {direction:?}{name}"), nodes, 501, |a, b| {
                k_shortest_paths(&graph, a, b, 10, Parallel::Together, filter, &none).unwrap().count()
            });
            measure(&format!("100 simple paths, 5 hops {direction:?}{name}"), nodes, 101, |a, b| {
                simple_paths(&graph, a, b, 5, Parallel::Together, filter, &none).unwrap().take(100).count()
            });
            measure(&format!("most credible path {direction:?}{name}"), nodes, 101, |a, b| {
                let path = lightest_path(&graph, a, b, filter, &none, confidence_cost).unwrap().value;
                path.map_or(0, |path| path.len())
            });
        }
    }
    let open = Filter::new();
    measure("shared neighbours of two", nodes, 5_001, |a, b| {
        common_neighbors(&graph, &[a, b], &open, &none).unwrap().value.len()
    });
    measure("induced subgraph, 1 hop", nodes, 1_001, |a, _| {
        induced_subgraph(&graph, &[a], 1, &open, &none).unwrap().edges.len()
    });
    let out = Filter::new().direction(Direction::Out);
    let narrow = out.clone().predicates([0, 1, 2, 3]);
    measure("PageRank, rounds", nodes, 5, |_, _| {
        pagerank(&graph, &out, &PageRank::default(), &none).unwrap().value.rounds as usize
    });
    measure("PageRank, filtered, rounds", nodes, 5, |_, _| {
        pagerank(&graph, &narrow, &PageRank::default(), &none).unwrap().value.rounds as usize
    });
    let sample = Betweenness { samples: Some(100), ..Betweenness::default() };
    measure("betweenness, 100 samples", nodes, 1, |_, _| betweenness(&graph, &out, &sample, &none).value.sources);
    measure("weak components", nodes, 5, |_, _| weak_components(&graph, &open).count());
    measure("strong components", nodes, 5, |_, _| strong_components(&graph, &open).count());
    measure("core numbers, largest", nodes, 5, |_, _| {
        core_numbers(&graph, &open).into_iter().max().unwrap_or(0) as usize
    });
    measure("degrees", nodes, 5, |_, _| degrees(&graph, &open).len());
    measure("communities", nodes, 1, |_, _| communities(&graph, &open, 1.0, &none).unwrap().value.partition.count());
    measure("co-investments, first 100,000", nodes, 1, |_, _| {
        co_investments(&graph, &out, &none).take(100_000).count()
    });
}
