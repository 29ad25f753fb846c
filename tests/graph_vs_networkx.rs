//! The graph's answers on the bundled landscape against those of networkx, an implementation of others.
//!
//! Needs Python with the packages of tests/interop/requirements.txt; AILAND_PYTHON names another Python than `python3`.
//! Without them the test says that it is skipped, and with AILAND_NEEDS_NETWORKX set it fails.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stderr)]

use std::fs;
use std::path::Path;
use std::process::Command;

use ailand::Landscape;
use ailand::graph::{
    Bounds, Direction, Filter, Graph, Parallel, Paths, all_shortest_paths, k_shortest_paths, neighborhood,
    shortest_path, simple_paths,
};
use ailand::landscape::{PathOptions, Weight};
use ailand::store::Snapshot;
use serde_json::{Value as Json, json};
use tempfile::TempDir;

/// SplitMix64 (Steele, Lea and Flood 2014), so that every run asks the same.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % u64::from(bound)) as u32
    }
}

/// The questions and answers that are compared.
struct Questions<'a> {
    graph: &'a Graph,
    snapshot: &'a Snapshot,
    random: Random,
}

impl Questions<'_> {
    fn pair(&mut self) -> (u32, u32) {
        let count = self.graph.node_count();
        (self.random.below(count), self.random.below(count))
    }

    fn id(&self, node: u32) -> String {
        self.snapshot.entity_id(node).unwrap().to_string()
    }

    /// An answer about a pair.
    fn about(&self, (from, to): (u32, u32), mut answer: Json) -> Json {
        answer["from"] = json!(self.id(from));
        answer["to"] = json!(self.id(to));
        answer
    }

    fn length(&self, (from, to): (u32, u32), filter: &Filter) -> Option<usize> {
        shortest_path(self.graph, from, to, filter, &Bounds::none()).unwrap().value.map(|path| path.len())
    }

    fn pairs(&mut self, count: usize) -> Vec<Json> {
        let (open, out, none) = (Filter::new(), Filter::new().direction(Direction::Out), Bounds::none());
        let mut one = || {
            let pair = self.pair();
            let all =
                |parallel| all_shortest_paths(self.graph, pair.0, pair.1, parallel, &open, &none).unwrap().count();
            let answer = json!({
                "both": self.length(pair, &open),
                "out": self.length(pair, &out),
                "together": all(Parallel::Together),
                "apart": all(Parallel::Apart),
            });
            self.about(pair, answer)
        };
        (0..count).map(|_| one()).collect()
    }

    /// Of the next pairs those that are at most so many steps apart.
    fn connected(&mut self, count: usize, steps: usize, answer: impl Fn(&Graph, u32, u32) -> Json) -> Vec<Json> {
        let mut answers = Vec::new();
        while answers.len() < count {
            let pair = self.pair();
            if pair.0 != pair.1 && self.length(pair, &Filter::new()).is_some_and(|length| length <= steps) {
                answers.push(self.about(pair, answer(self.graph, pair.0, pair.1)));
            }
        }
        answers
    }

    fn around(&mut self, count: usize) -> Vec<Json> {
        let mut one = || {
            let of = self.pair().0;
            let sizes = |direction| -> Vec<usize> {
                let filter = Filter::new().direction(direction);
                let size = |hops| neighborhood(self.graph, &[of], hops, &filter, &Bounds::none()).unwrap().count();
                (1..=4).map(size).collect()
            };
            json!({
                "of": self.id(of),
                "both": sizes(Direction::Both),
                "out": sizes(Direction::Out),
                "in": sizes(Direction::In),
            })
        };
        (0..count).map(|_| one()).collect()
    }
}

fn ailand(db: &Path, arguments: &[&str]) -> Vec<u8> {
    let done = Command::new(env!("CARGO_BIN_EXE_ailand")).arg("--db").arg(db).args(arguments).output().unwrap();
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    done.stdout
}

fn rank(db: &Path, by: &str, direction: &str) -> Json {
    let arguments = ["rank", "--by", by, "--direction", direction, "--limit", "1000000", "--timeout", "600"];
    let answer: Json = serde_json::from_slice(&ailand(db, &[&arguments[..], &["--format", "json"]].concat())).unwrap();
    assert_eq!(answer["truncated"], json!(false));
    answer["rows"].clone()
}

fn answers(db: &Path) -> Json {
    let landscape = Landscape::open(db).unwrap();
    let (graph, snapshot) = (landscape.graph().unwrap(), landscape.snapshot().unwrap());
    let mut questions = Questions { graph: &graph, snapshot: &snapshot, random: Random(20_240_225) };
    let none = Bounds::none();
    let pairs = questions.pairs(300);
    let best = questions.connected(40, usize::MAX, |graph, from, to| {
        let open = Filter::new();
        let paths = k_shortest_paths(graph, from, to, 20, Parallel::Together, &open, &none).unwrap();
        json!({"lengths": paths.map(|path| path.len()).collect::<Vec<_>>()})
    });
    // More steps take networkx minutes.
    let hops = 3;
    let simple = questions.connected(40, hops as usize, |graph, from, to| {
        let open = Filter::new();
        let all = |parallel| -> Paths<'_> { simple_paths(graph, from, to, hops, parallel, &open, &none).unwrap() };
        json!({"hops": hops, "together": all(Parallel::Together).count(), "apart": all(Parallel::Apart).count()})
    });
    let via = ["INVESTED_IN", "DEVELOPED_BY"];
    let number = |word: &&str| u16::try_from(snapshot.word_number(word).unwrap()).unwrap();
    let filter = Filter::new().predicates(via.iter().map(number)).as_of("2023".parse().unwrap());
    let filtered: Vec<Json> = (0..300)
        .map(|_| {
            let pair = questions.pair();
            questions.about(pair, json!({"length": questions.length(pair, &filter)}))
        })
        .collect();
    let options = PathOptions { weight: Weight::Property("score".into()), ..PathOptions::default() };
    let mut weighted = Vec::new();
    while weighted.len() < 60 {
        // Scores lead from models to benchmarks.
        let pair = questions.pair();
        let (from, to) = (questions.id(pair.0), questions.id(pair.1));
        if [&from, &to].iter().all(|id| id.starts_with("model:") || id.starts_with("benchmark:")) {
            let found = landscape.paths(&from, &to, &options).unwrap();
            weighted.push(questions.about(pair, json!({"weight": found.paths.first().map(|path| path.weight)})));
        }
    }
    json!({
        "pairs": pairs,
        "best": best,
        "simple": simple,
        "via": via,
        "as_of": "2023",
        "filtered": filtered,
        "weighted": weighted,
        "around": questions.around(100),
        "rank": {
            "degree": rank(db, "degree", "both"),
            "pagerank both": rank(db, "pagerank", "both"),
            "pagerank out": rank(db, "pagerank", "out"),
            "betweenness both": rank(db, "betweenness", "both"),
            "betweenness out": rank(db, "betweenness", "out"),
            "core": rank(db, "core", "both"),
            "component": rank(db, "component", "both"),
            "community": rank(db, "community", "both"),
            "co-investment": rank(db, "co-investment", "both"),
        },
    })
}

#[test]
fn answers_are_those_of_networkx() {
    let python = std::env::var("AILAND_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let imports = Command::new(&python).args(["-c", "import networkx, scipy"]).output();
    if !imports.is_ok_and(|done| done.status.success()) {
        assert!(std::env::var_os("AILAND_NEEDS_NETWORKX").is_none(), "{python} has no networkx and scipy");
        eprintln!("skipped: graph_vs_networkx::answers_are_those_of_networkx ({python} has no networkx and scipy)");
        return;
    }
    let folder = TempDir::new().unwrap();
    let (db, export, file) =
        (folder.path().join("db"), folder.path().join("export"), folder.path().join("answers.json"));
    ailand(&db, &["init"]);
    ailand(&db, &["export", export.to_str().unwrap()]);
    fs::write(&file, answers(&db).to_string()).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interop/graph_vs_networkx.py");
    let done = Command::new(&python).arg(script).arg(&export).arg(&file).output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{said}");
    eprintln!("{said}");
}
