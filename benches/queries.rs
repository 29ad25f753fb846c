//! What benches/peers/queries.py asks other databases in Cypher, asked of ailand: `cargo bench --bench queries -- FOLDER`.
//!
//! Loads the graph that the script wrote into the folder and prints medians in microseconds as JSON. Every time is that of
//! the whole call: the text of the statement goes in, rows come out; statements that were seen before are compiled already.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stdout)]

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use ailand::cypher::{Options, Parameters, Session, Value};
use ailand::model::{
    Entity, EntityId, Evidence, Fact, FactId, Language, Modality, Name, NameKind, Properties, Reliability, Source,
    SourceId, Value as Property,
};
use ailand::{Changes, Landscape};

const SOURCE: &str = "generated";

fn entity(number: u32) -> Entity {
    let text = format!("node {number}");
    let (language, kind) = (Language::English, NameKind::Canonical);
    let names = vec![Name { text, language, kind, derived: false, evidence: vec![] }];
    Entity { id: EntityId::new(format!("n:{number}")).unwrap(), labels: vec!["Node".into()], names, claims: vec![] }
}

fn fact(number: usize, from: u32, to: u32, predicate: u32) -> Fact {
    let mut properties = Properties::new();
    properties.set("weight", Property::Int(i64::try_from(number % 100).unwrap()));
    Fact {
        id: FactId::new(format!("f{number}")).unwrap(),
        subject: EntityId::new(format!("n:{from}")).unwrap(),
        predicate: format!("T{predicate}"),
        object: EntityId::new(format!("n:{to}")).unwrap(),
        properties,
        modality: Modality::Asserted,
        evidence: vec![Evidence::curated(SourceId::new(SOURCE).unwrap())],
    }
}

fn load(folder: &Path) -> (Landscape, Vec<(u32, u32)>) {
    let numbers = |line: &str| -> Vec<u32> { line.split(' ').map(|word| word.parse().unwrap()).collect() };
    let text = std::fs::read_to_string(folder.join("facts.txt")).unwrap();
    let mut lines = text.lines();
    let entities = (0..lines.next().unwrap().parse().unwrap()).map(entity).collect();
    let facts = lines.enumerate().map(|(at, line)| {
        let row = numbers(line);
        fact(at, row[0], row[1], row[2])
    });
    let source = Source {
        id: SourceId::new(SOURCE).unwrap(),
        kind: "generated".into(),
        title: "Generated".into(),
        publisher: None,
        url: None,
        published: None,
        language: None,
        content_hash: None,
        license: None,
        reliability: Reliability::A,
    };
    let changes = Changes { sources: vec![source], entities, facts: facts.collect(), ..Changes::default() };
    let landscape = Landscape::in_memory();
    landscape.commit(&changes).unwrap();
    let pairs = std::fs::read_to_string(folder.join("pairs.txt")).unwrap();
    (landscape, pairs.lines().map(|line| (numbers(line)[0], numbers(line)[1])).collect())
}

/// The median time of a statement in microseconds, and a sum over what it found.
fn median(session: &mut Session, statement: &str, pairs: &[(u32, u32)]) -> serde_json::Value {
    let options = Options::default();
    let mut found = 0i64;
    let mut taken: Vec<f64> = Vec::with_capacity(pairs.len());
    for round in 0..2 {
        // The first round fills the caches, as it does for the peers.
        for &(a, b) in pairs {
            let name = |number: u32| Value::from(format!("node {number}").as_str());
            let parameters: Parameters = [("a".into(), name(a)), ("b".into(), name(b))].into();
            let parameters = Arc::new(parameters);
            let start = Instant::now();
            let rows: Vec<Vec<Value>> =
                session.rows(statement, &parameters, &options).unwrap().collect::<Result<_, _>>().unwrap();
            if round == 1 {
                taken.push(start.elapsed().as_secs_f64() * 1e6);
                found += match rows.first().and_then(|row| row.last()) {
                    Some(Value::Int(number)) if rows.len() == 1 => *number,
                    _ => i64::try_from(rows.len()).unwrap(),
                };
            }
            black_box(rows);
        }
    }
    taken.sort_by(f64::total_cmp);
    serde_json::json!({"median_us": taken[taken.len() / 2], "found": found})
}

fn main() {
    // Cargo puts an option of its own behind those that were given.
    let folder = std::env::args().skip(1).find(|word| !word.starts_with("--")).expect("a folder");
    let (landscape, pairs) = load(Path::new(&folder));
    let mut session = landscape.session().unwrap();
    let statements = std::fs::read_to_string(Path::new(&folder).join("queries.json")).unwrap();
    let statements: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&statements).unwrap();
    let mut medians = serde_json::Map::new();
    for (name, statement) in statements {
        let text = statement["text"].as_str().unwrap();
        let times = usize::try_from(statement["times"].as_u64().unwrap()).unwrap();
        medians.insert(name, median(&mut session, text, &pairs[..times.min(pairs.len())]));
    }
    println!("{}", serde_json::Value::Object(medians));
}
