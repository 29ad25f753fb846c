//! Ways through random multigraphs, against an enumeration of all trails.
//!
//! The graphs have parallel relationships, loops and nodes without any; a trail uses no relationship twice.

use std::fmt::Write as _;

use super::engine::Engine;
use super::value::Value;

/// How many graphs are tried; `GRAPHS=1000` tries more.
const GRAPHS: u64 = 60;
const TYPES: [&str; 3] = ["甲", "乙", "丙"];

/// Numbers that are the same in every run: the SplitMix64 of Steele, Lea and Flood (OOPSLA 2014).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end as u64) as usize
    }
}

struct Edge {
    from: usize,
    to: usize,
    kind: usize,
    weight: i64,
}

struct Graph {
    nodes: usize,
    edges: Vec<Edge>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Direction {
    Right,
    Left,
    Either,
}

/// Which ways are asked for.
#[derive(Debug, Clone)]
struct Hops {
    kinds: Vec<usize>,
    direction: Direction,
    min: usize,
    max: Option<usize>,
    /// Every relationship weighs less.
    lighter_than: i64,
}

impl Graph {
    fn random(random: &mut Random) -> Self {
        let nodes = 2 + random.below(4);
        let edge = |random: &mut Random| Edge {
            from: random.below(nodes),
            to: random.below(nodes),
            kind: random.below(TYPES.len()),
            weight: random.below(10) as i64,
        };
        let edges = (0..random.below(9)).map(|_| edge(random)).collect();
        Self { nodes, edges }
    }

    /// The statement that makes it; nodes have `k`, relationships `n` and `w`.
    fn statement(&self) -> String {
        let mut text = "CREATE ".to_owned();
        for node in 0..self.nodes {
            let _ = write!(text, "{}(n{node}:点 {{k: {node}}})", if node == 0 { "" } else { ", " });
        }
        for (at, Edge { from, to, kind, weight }) in self.edges.iter().enumerate() {
            let _ = write!(text, ", (n{from})-[:{} {{n: {at}, w: {weight}}}]->(n{to})", TYPES[*kind]);
        }
        text
    }

    /// All trails from a node: the relationships, and the last node.
    fn trails(&self, from: usize, hops: &Hops) -> Vec<(Vec<usize>, usize)> {
        let mut found = Vec::new();
        self.extend(&mut Vec::new(), from, hops, &mut found);
        found
    }

    fn extend(&self, way: &mut Vec<usize>, node: usize, hops: &Hops, found: &mut Vec<(Vec<usize>, usize)>) {
        if way.len() >= hops.min {
            found.push((way.clone(), node));
        }
        if hops.max == Some(way.len()) {
            return;
        }
        for (at, edge) in self.edges.iter().enumerate() {
            let fits = (hops.kinds.is_empty() || hops.kinds.contains(&edge.kind)) && edge.weight < hops.lighter_than;
            if !fits || way.contains(&at) {
                continue;
            }
            let mut ends = Vec::new();
            if hops.direction != Direction::Left && edge.from == node {
                ends.push(edge.to);
            }
            // A loop is one step, whichever way it is walked.
            if hops.direction != Direction::Right && edge.to == node && !ends.contains(&edge.from) {
                ends.push(edge.from);
            }
            for end in ends {
                way.push(at);
                self.extend(way, end, hops, found);
                way.pop();
            }
        }
    }

    /// The trails between two nodes, shorter first.
    fn between(&self, from: usize, to: usize, hops: &Hops) -> Vec<Vec<usize>> {
        let ends = self.trails(from, hops).into_iter().filter(|(_, end)| *end == to);
        let mut ways: Vec<Vec<usize>> = ends.map(|(way, _)| way).collect();
        ways.sort_by_key(|way| (way.len(), way.clone()));
        ways
    }
}

impl Hops {
    fn random(random: &mut Random) -> Self {
        let min = random.below(4);
        let max = if random.below(3) == 0 { None } else { Some(min.max(1) + random.below(3)) };
        Self {
            kinds: (0..TYPES.len()).filter(|_| random.below(3) == 0).collect(),
            direction: [Direction::Right, Direction::Left, Direction::Either][random.below(3)],
            min,
            max,
            lighter_than: if random.below(2) == 0 { i64::MAX } else { 7 },
        }
    }

    fn kinds(&self) -> String {
        let names: Vec<&str> = self.kinds.iter().map(|kind| TYPES[*kind]).collect();
        if names.is_empty() { String::new() } else { format!(":{}", names.join("|")) }
    }

    fn arrow(&self, inside: &str, behind: &str) -> String {
        let (left, right) = match self.direction {
            Direction::Right => ("-", "->"),
            Direction::Left => ("<-", "-"),
            Direction::Either => ("-", "-"),
        };
        format!("{left}[{inside}]{right}{behind}")
    }

    /// `-[r:T*1..3]->`
    fn variable_length(&self) -> String {
        let max = self.max.map(|max| max.to_string()).unwrap_or_default();
        self.arrow(&format!("r{}*{}..{max}", self.kinds(), self.min), "")
    }

    fn quantifier(&self) -> String {
        format!("{{{},{}}}", self.min, self.max.map(|max| max.to_string()).unwrap_or_default())
    }

    /// `-[r:T]->{1,3}`
    fn quantified(&self) -> String {
        self.arrow(&format!("r{}", self.kinds()), &self.quantifier())
    }

    /// `(()-[r:T WHERE r.w < 7]->()){1,3}`
    fn group(&self) -> String {
        let hop = self.arrow(&format!("r{} WHERE r.w < {}", self.kinds(), self.lighter_than), "");
        format!("((){hop}()){}", self.quantifier())
    }
}

/// The rows of a statement as text, sorted.
fn ask(engine: &mut Engine, graph: &Graph, statement: &str) -> Vec<String> {
    let found = engine.run(statement, &[]);
    let found = found.unwrap_or_else(|refusal| panic!("{statement}\n{refusal:?}\n{}", graph.statement()));
    let line = |row: Vec<Value>| row.iter().map(Value::to_string).collect::<Vec<_>>().join(" ");
    let mut lines: Vec<String> = found.rows.into_iter().map(line).collect();
    lines.sort();
    lines
}

fn check(engine: &mut Engine, graph: &Graph, statement: &str, mut expected: Vec<String>) {
    expected.sort();
    let found = ask(engine, graph, statement);
    assert_eq!(found, expected, "found and expected\n{statement}\n{}", graph.statement());
}

fn lengths(ways: &[Vec<usize>]) -> Vec<String> {
    ways.iter().map(|way| way.len().to_string()).collect()
}

fn numbers(ways: &[Vec<usize>]) -> Vec<String> {
    ways.iter().map(|way| format!("{way:?}")).collect()
}

/// Calls the check with random graphs.
fn with_graphs(seed: u64, check: impl Fn(&mut Random, &Graph, &mut Engine)) {
    let graphs = std::env::var("GRAPHS").ok().and_then(|graphs| graphs.parse().ok()).unwrap_or(GRAPHS);
    for number in 0..graphs {
        let mut random = Random(seed * 1_000_003 + number);
        let graph = Graph::random(&mut random);
        let mut engine = Engine::new();
        engine.run(&graph.statement(), &[]).unwrap_or_else(|refusal| panic!("{refusal:?}\n{}", graph.statement()));
        check(&mut random, &graph, &mut engine);
    }
}

const WAY: &str = "[x IN r | x.n] AS way";

#[test]
fn ways_of_variable_length_are_all_trails() {
    with_graphs(1, |random, graph, engine| {
        for _ in 0..6 {
            let hops = Hops { lighter_than: i64::MAX, ..Hops::random(random) };
            let (s, t) = (random.below(graph.nodes), random.below(graph.nodes));
            let expected = numbers(&graph.between(s, t, &hops));
            let (old, new) = (hops.variable_length(), hops.quantified());
            let statement = format!("MATCH (a {{k: {s}}}){old}(b {{k: {t}}}) RETURN {WAY}");
            check(engine, graph, &statement, expected.clone());
            let statement = format!("MATCH (b {{k: {t}}}), (a {{k: {s}}}) MATCH (a){old}(b) RETURN {WAY}");
            check(engine, graph, &statement, expected.clone());
            let statement = format!("MATCH (a {{k: {s}}}){new}(b {{k: {t}}}) RETURN {WAY}");
            check(engine, graph, &statement, expected);
            let expected = graph.trails(s, &hops).iter().map(|(way, end)| format!("{way:?} {end}")).collect();
            let statement = format!("MATCH (a {{k: {s}}}){old}(b) RETURN {WAY}, b.k AS k");
            check(engine, graph, &statement, expected);
            let all: usize = (0..graph.nodes).map(|node| graph.trails(node, &hops).len()).sum();
            let statement = format!("MATCH (a:点){old}(b) RETURN count(*) AS n");
            check(engine, graph, &statement, vec![all.to_string()]);
            let statement =
                format!("MATCH (a {{k: {s}}}) RETURN COUNT {{ (a){old}() }} AS n, EXISTS {{ (a){old}() }} AS e");
            let count = graph.trails(s, &hops).len();
            check(engine, graph, &statement, vec![format!("{count} {}", count > 0)]);
        }
    });
}

#[test]
fn groups_are_all_trails_that_meet_their_condition() {
    with_graphs(2, |random, graph, engine| {
        for _ in 0..6 {
            let hops = Hops::random(random);
            let (s, t) = (random.below(graph.nodes), random.below(graph.nodes));
            let expected = numbers(&graph.between(s, t, &hops));
            let group = hops.group();
            let statement = format!("MATCH (a {{k: {s}}}) {group} (b {{k: {t}}}) RETURN {WAY}");
            check(engine, graph, &statement, expected.clone());
            let old = hops.variable_length();
            let condition = format!("all(x IN r WHERE x.w < {})", hops.lighter_than);
            let statement = format!("MATCH (a {{k: {s}}}){old}(b {{k: {t}}}) WHERE {condition} RETURN {WAY}");
            check(engine, graph, &statement, expected);
        }
    });
}

#[test]
fn shortest_ways_are_the_shortest_trails() {
    with_graphs(3, |random, graph, engine| {
        for _ in 0..6 {
            let hops = Hops { min: 1, ..Hops::random(random) };
            let (s, t) = (random.below(graph.nodes), random.below(graph.nodes));
            let all = graph.between(s, t, &hops);
            let shortest = all.first().map_or(0, Vec::len);
            let of_shortest: Vec<Vec<usize>> = all.iter().filter(|way| way.len() == shortest).cloned().collect();
            let ends = format!("MATCH (a {{k: {s}}}), (b {{k: {t}}})");
            if s != t && hops.lighter_than == i64::MAX {
                let old = hops.variable_length();
                let statement = format!("{ends} MATCH p = shortestPath((a){old}(b)) RETURN length(p) AS n");
                check(engine, graph, &statement, lengths(&of_shortest[..of_shortest.len().min(1)]));
                let statement = format!("{ends} MATCH allShortestPaths((a){old}(b)) RETURN {WAY}");
                check(engine, graph, &statement, numbers(&of_shortest));
            }
            let group = hops.group();
            let statement = format!("MATCH ALL SHORTEST (a {{k: {s}}}) {group} (b {{k: {t}}}) RETURN {WAY}");
            check(engine, graph, &statement, numbers(&of_shortest));
            let statement = format!("{ends} MATCH ALL SHORTEST (a) {group} (b) RETURN {WAY}");
            check(engine, graph, &statement, numbers(&of_shortest));
            let k = 1 + random.below(4);
            let statement =
                format!("MATCH p = SHORTEST {k} (a {{k: {s}}}) {group} (b {{k: {t}}}) RETURN length(p) AS n");
            check(engine, graph, &statement, lengths(&all[..all.len().min(k)]));
            let mut sizes: Vec<usize> = all.iter().map(Vec::len).collect();
            sizes.dedup();
            let longest = sizes.get(k - 1).or(sizes.last()).copied().unwrap_or(0);
            let of_groups: Vec<Vec<usize>> = all.iter().filter(|way| way.len() <= longest).cloned().collect();
            let statement = format!("MATCH SHORTEST {k} GROUPS (a {{k: {s}}}) {group} (b {{k: {t}}}) RETURN {WAY}");
            check(engine, graph, &statement, numbers(&of_groups));
            let statement = format!("MATCH p = ANY {k} (a {{k: {s}}}) {group} (b {{k: {t}}}) RETURN count(p) AS n");
            check(engine, graph, &statement, vec![all.len().min(k).to_string()]);
        }
    });
}

#[test]
fn shortest_ways_from_one_node_to_all() {
    with_graphs(4, |random, graph, engine| {
        let hops = Hops { min: 1, max: None, ..Hops::random(random) };
        let s = random.below(graph.nodes);
        let group = hops.group();
        let mut expected = Vec::new();
        for t in 0..graph.nodes {
            let all = graph.between(s, t, &hops);
            let Some(shortest) = all.first().map(Vec::len) else { continue };
            let count = all.iter().filter(|way| way.len() == shortest).count();
            expected.push(format!("{t} {shortest} {count}"));
        }
        let statement = format!(
            "MATCH p = ALL SHORTEST (a {{k: {s}}}) {group} (b) RETURN b.k AS k, min(length(p)) AS n, count(p) AS c"
        );
        check(engine, graph, &statement, expected);
    });
}

#[test]
fn the_enumeration_itself() {
    // 0 -> 1 twice, 1 -> 2, a loop on 1.
    let edge = |from, to| Edge { from, to, kind: 0, weight: 0 };
    let graph = Graph { nodes: 3, edges: vec![edge(0, 1), edge(0, 1), edge(1, 2), edge(1, 1)] };
    let hops = Hops { kinds: vec![], direction: Direction::Right, min: 1, max: None, lighter_than: 1 };
    let ways = graph.between(0, 2, &hops);
    assert_eq!(ways, [vec![0, 2], vec![1, 2], vec![0, 3, 2], vec![1, 3, 2]]);
    let either = Hops { direction: Direction::Either, max: Some(2), ..hops.clone() };
    assert_eq!(graph.between(0, 0, &either), [[0, 1], [1, 0]]);
    assert_eq!(graph.between(1, 1, &Hops { min: 0, max: Some(1), ..either }), [vec![], vec![3]]);
    assert_eq!(hops.group(), "(()-[r WHERE r.w < 1]->()){1,}");
}
