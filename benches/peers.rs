//! What benches/peers/peers.py asks other libraries, asked of the graph: `cargo bench --bench peers -- FOLDER`.
//!
//! Loads the graph that the script wrote into the folder and prints medians in microseconds as JSON.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stdout)]

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use ailand::graph::{
    Bounds, Direction, Edge, Filter, Graph, GraphBuilder, PageRank, neighborhood, pagerank, shortest_path,
};
use ailand::model::Modality;

/// A graph that benches/peers/peers.py wrote, and pairs of entities to ask about.
fn read_graph(folder: &Path) -> (Graph, Vec<(u32, u32)>) {
    let numbers = |line: &str| -> Vec<u32> { line.split(' ').map(|word| word.parse().unwrap()).collect() };
    let facts = std::fs::read_to_string(folder.join("facts.txt")).unwrap();
    let mut lines = facts.lines();
    let mut builder = GraphBuilder::new(lines.next().unwrap().parse().unwrap()).unwrap();
    for (fact, line) in (0..).zip(lines) {
        let row = numbers(line);
        let (date, modality, confidence) = (None, Modality::Asserted, 1.0);
        let (from, to, predicate) = (row[0], row[1], row[2] as u16);
        builder.add_edge(Edge { from, to, predicate, fact, date, modality, confidence }).unwrap();
    }
    let pairs = std::fs::read_to_string(folder.join("pairs.txt")).unwrap();
    (builder.build(), pairs.lines().map(|line| (numbers(line)[0], numbers(line)[1])).collect())
}

/// The median time of the answers in microseconds, and how much they found altogether.
fn median(pairs: &[(u32, u32)], mut answer: impl FnMut(u32, u32) -> usize) -> serde_json::Value {
    for &(a, b) in pairs.iter().take(3) {
        black_box(answer(a, b));
    }
    let mut found = 0;
    let mut taken: Vec<f64> = Vec::with_capacity(pairs.len());
    for &(a, b) in pairs {
        let start = Instant::now();
        found += black_box(answer(a, b));
        taken.push(start.elapsed().as_secs_f64() * 1e6);
    }
    taken.sort_by(f64::total_cmp);
    serde_json::json!({"median_us": taken[taken.len() / 2], "found": found})
}

/// Answers are whole lists, as the peers give them.
fn main() {
    // Cargo puts an option of its own behind those that were given.
    let folder = std::env::args().skip(1).find(|word| !word.starts_with("--")).expect("a folder");
    let (graph, pairs) = read_graph(Path::new(&folder));
    let (both, none) = (Filter::new(), Bounds::none());
    let (out, into) = (both.clone().direction(Direction::Out), both.clone().direction(Direction::In));
    let around = |start, hops, filter: &Filter| -> usize {
        let nodes: Vec<u32> =
            neighborhood(&graph, &[start], hops, filter, &none).unwrap().map(|reached| reached.node).collect();
        black_box(nodes).len()
    };
    let path = |from, to, filter: &Filter| -> usize {
        shortest_path(&graph, from, to, filter, &none).unwrap().value.map_or(0, |path| path.nodes().len())
    };
    let slow = &pairs[..pairs.len().min(201)];
    let medians = serde_json::json!({
        "one hop": median(&pairs, |a, _| around(a, 1, &out)),
        "one hop, incoming": median(&pairs, |a, _| around(a, 1, &into)),
        "two hops, distinct": median(&pairs, |a, _| around(a, 2, &out)),
        "shortest path, directed": median(slow, |a, b| path(a, b, &out)),
        "shortest path": median(slow, |a, b| path(a, b, &both)),
        "pagerank": median(&slow[..5], |_, _| {
            pagerank(&graph, &out, &PageRank::default(), &none).unwrap().value.scores.len()
        }),
    });
    println!("{medians}");
}
