//! Statements of the cases with words left out, doubled, swapped and mixed: whatever comes in, an answer or an error comes
//! out, the error points into the statement, and what fails changes nothing.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use super::cases;
use super::engine::Engine;
use super::paths::Random;

/// How many statements are tried; `MUTATIONS=100000` tries more.
const MUTATIONS: usize = 2_500;
/// How many statements share a graph.
const OF_A_GRAPH: usize = 40;
/// The time a statement is given; a graph that has grown has no end of ways.
const LIMIT: Duration = Duration::from_secs(1);
/// The longest that one may take all the same, unoptimised and beside other tests.
const LONGEST: Duration = Duration::from_secs(20);

const GRAPH: &str = "CREATE (a:A:公司 {k: 1, x: 1, 名: 'a', l: [1, 2]}), (b:B {k: 2, x: 2, 名: 'b'}), (c:C {k: 3}), \
    (a)-[:R {n: 1, w: 1}]->(b), (a)-[:R {n: 2}]->(b), (b)-[:路 {n: 3}]->(c), (c)-[:T {n: 4}]->(a), (c)-[:R {n: 5}]->(c)";

/// The words, numbers, strings and signs of a statement, each with the blanks behind it.
fn words(statement: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut chars = statement.chars().peekable();
    while let Some(first) = chars.next() {
        let mut word = first.to_string();
        if first.is_alphanumeric() || first == '_' || first == '$' {
            while let Some(next) = chars.next_if(|c| c.is_alphanumeric() || *c == '_') {
                word.push(next);
            }
        } else if first == '\'' || first == '"' {
            for next in chars.by_ref() {
                word.push(next);
                if next == first {
                    break;
                }
            }
        }
        while let Some(blank) = chars.next_if(|c| c.is_whitespace()) {
            word.push(blank);
        }
        words.push(word);
    }
    words
}

fn corpus() -> Vec<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cypher");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let files = files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "cases"));
    let cases = files.flat_map(|file| cases::read(&fs::read_to_string(file).unwrap()).unwrap());
    cases.flat_map(|case| case.stages).map(|stage| words(&stage.statement)).collect()
}

/// Words of the same sort take each other's place without harm to the syntax.
fn sort(word: &str) -> usize {
    match word.chars().next() {
        Some('0'..='9') => 0,
        Some('\'' | '"' | '$') => 1,
        Some('+' | '*' | '/' | '%') => 2,
        Some(first) if first.is_uppercase() => 3,
        Some(first) if first.is_alphabetic() => 4,
        _ => 5,
    }
}

fn mutate(random: &mut Random, corpus: &[Vec<String>]) -> String {
    let mut words = corpus[random.below(corpus.len())].clone();
    if random.below(4) > 0 {
        for _ in 0..1 + random.below(3) {
            let at = random.below(words.len());
            let other = &corpus[random.below(corpus.len())];
            let alike: Vec<&String> = other.iter().filter(|word| sort(word) == sort(&words[at])).collect();
            if !alike.is_empty() && sort(&words[at]) != 5 {
                words[at] = alike[random.below(alike.len())].clone();
            }
        }
        return words.concat();
    }
    for _ in 0..1 + random.below(2) {
        let other = &corpus[random.below(corpus.len())];
        if words.is_empty() || other.is_empty() {
            continue;
        }
        let at = random.below(words.len());
        match random.below(6) {
            0 => _ = words.remove(at),
            1 => words.insert(at, words[at].clone()),
            2 => {
                let with = random.below(words.len());
                words.swap(at, with);
            }
            3 => words[at] = other[random.below(other.len())].clone(),
            4 => {
                let from = random.below(other.len());
                let to = (from + 1 + random.below(8)).min(other.len());
                words.splice(at..at, other[from..to].iter().cloned());
            }
            _ => {
                let to = (at + 1 + random.below(4)).min(words.len());
                words.drain(at..to);
            }
        }
    }
    words.concat()
}

#[test]
fn an_answer_or_an_error_comes_out() {
    super::run::silence_panics();
    let corpus = corpus();
    let number =
        |name: &str, otherwise| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise);
    let (count, seed): (usize, usize) = (number("MUTATIONS", MUTATIONS), number("SEED", 1));
    let mut random = Random(seed as u64);
    let mut engine = Engine::new();
    let mut answered = 0;
    for at in 0..count {
        if at % OF_A_GRAPH == 0 {
            engine = Engine::new();
            engine.limit_time(LIMIT);
            engine.run(GRAPH, &[]).unwrap();
        }
        let statement = mutate(&mut random, &corpus);
        let before = engine.snapshot().unwrap();
        let started = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| engine.run(&statement, &[])));
        let outcome = outcome.unwrap_or_else(|_| panic!("a panic: {statement}"));
        assert!(started.elapsed() < LONGEST, "{:?}: {statement}", started.elapsed());
        match outcome {
            Ok(_) => answered += 1,
            Err(refusal) => {
                assert!(!refusal.message.is_empty(), "{statement}");
                assert!(!["Store", "StorageError"].contains(&refusal.kind), "{statement}: {refusal:?}");
                assert!(refusal.phase == "runtime" || refusal.place.is_some(), "{statement}: {refusal:?}");
                if let Some((line, column)) = refusal.place {
                    let length = statement.lines().nth(line - 1).map_or(0, |line| line.chars().count());
                    assert!(column <= length + 1, "{statement}: {refusal:?}");
                }
                assert!(engine.snapshot().unwrap() == before, "it failed and changed the graph: {statement}");
            }
        }
    }
    assert!(answered * 5 > count, "only {answered} of {count} statements were answered: too few to say much");
}
