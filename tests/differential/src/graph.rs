//! Random graphs.

use std::fmt::Write as _;

use crate::Random;

/// The labels that nodes have, one each: the other engine knows no more.
pub(crate) const LABELS: [&str; 3] = ["A", "B", "C"];
/// The types of relationships.
pub(crate) const TYPES: [&str; 2] = ["R", "S"];

/// The statement that makes a random graph: up to seven nodes, parallel relationships, loops.
///
/// Every node has its own `k`; `x` is a small integer, `y` a short string, and both are missing now and then.
pub fn create(random: &mut Random) -> String {
    let nodes = 1 + random.below(7);
    let mut text = "CREATE ".to_owned();
    for node in 0..nodes {
        let comma = if node == 0 { "" } else { ", " };
        let _ = write!(text, "{comma}(n{node}:{} {{k: {node}{}}})", random.pick(&LABELS), properties(random));
    }
    for at in 0..random.below(2 * nodes + 1) {
        let (from, to, kind) = (random.below(nodes), random.below(nodes), random.pick(&TYPES));
        let _ = write!(text, ", (n{from})-[:{kind} {{k: {}{}}}]->(n{to})", 100 + at, properties(random));
    }
    text
}

fn properties(random: &mut Random) -> String {
    let mut text = String::new();
    if !random.once_in(4) {
        let _ = write!(text, ", x: {}", random.below(5) as i64 - 1);
    }
    if !random.once_in(4) {
        let _ = write!(text, ", y: '{}'", random.pick(&["a", "b", "ab", "", "月"]));
    }
    text
}
