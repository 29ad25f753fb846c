//! Whether ailand and graphdblite give the same answers.

#[path = "../../../tck/engine.rs"]
mod ours;
#[path = "../../../tck/step.rs"]
#[allow(dead_code)]
mod step;
#[path = "../../../tck/gherkin.rs"]
#[allow(dead_code)]
mod gherkin;
mod theirs;
#[path = "../../../tck/value.rs"]
mod value;

use std::collections::BTreeMap;

use ailand_differential::{Random, create, read, write};

/// How many statements are tried.
const STATEMENTS: u64 = 1_500;
/// How many statements go to one graph.
const OF_A_GRAPH: u64 = 15;

/// Everything in the graph, in an order that tells it whole.
const EVERYTHING: [&str; 2] = [
    "MATCH (n) RETURN labels(n) AS l, n.k AS k, n.x AS x, n.y AS y",
    "MATCH (a)-[r]->(b) RETURN type(r) AS t, a.k AS a, b.k AS b, a.x AS ax, b.x AS bx, r.k AS k, r.x AS x, r.y AS y",
];

/// The rows as text: in their order where the statement tells one, else sorted.
type Answer = Result<Vec<String>, String>;

fn tidy(mut rows: Vec<Vec<value::Value>>, statement: &str) -> Vec<String> {
    let line = |row: &mut Vec<value::Value>| row.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | ");
    let mut lines: Vec<String> = rows.iter_mut().map(line).collect();
    if !statement.contains("ORDER BY") {
        lines.sort();
    }
    lines
}

fn ours(engine: &mut ours::Engine, statement: &str) -> Answer {
    let rows = engine.run(statement, &[]).map_err(|refusal| format!("{}: {}", refusal.detail, refusal.message))?;
    Ok(tidy(rows.rows, statement))
}

fn theirs(engine: &mut theirs::Engine, statement: &str) -> Answer {
    Ok(tidy(engine.run(statement)?, statement))
}

#[derive(Default)]
struct Tally {
    same: usize,
    both_refuse: usize,
    /// What only one of the two refuses: the message, how often, and an example.
    refused: BTreeMap<String, (usize, String)>,
    differences: Vec<String>,
}

impl Tally {
    fn compare(&mut self, graph: &str, statement: &str, ours: &Answer, theirs: &Answer) {
        let refusal = |message: &str| {
            let words = message.chars().filter(|c| !c.is_ascii_digit());
            words.take(60).collect::<String>().replace('\n', " ")
        };
        match (ours, theirs) {
            (Ok(ours), Ok(theirs)) if ours == theirs => self.same += 1,
            (Err(_), Err(_)) => self.both_refuse += 1,
            (Err(message), Ok(_)) => self.one_refuses(format!("ours: {}", refusal(message)), statement),
            (Ok(_), Err(message)) => self.one_refuses(format!("theirs: {}", refusal(message)), statement),
            (Ok(ours), Ok(theirs)) => {
                self.differences.push(format!("{graph}\n{statement}\n  ours   {ours:?}\n  theirs {theirs:?}\n"));
            }
        }
    }

    fn one_refuses(&mut self, message: String, statement: &str) {
        let entry = self.refused.entry(message).or_insert_with(|| (0, statement.to_owned()));
        entry.0 += 1;
    }
}

#[test]
fn both_engines_agree() {
    let number =
        |name: &str, otherwise: u64| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise);
    let (statements, seed) = (number("STATEMENTS", STATEMENTS), number("SEED", 1));
    let mut tally = Tally::default();
    for number in 0..statements.div_ceil(OF_A_GRAPH) {
        let mut random = Random::new(seed * 1_000_003 + number);
        let graph = create(&mut random);
        let (mut our_engine, mut their_engine) = (ours::Engine::new(), theirs::Engine::new());
        ours(&mut our_engine, &graph).expect(&graph);
        theirs(&mut their_engine, &graph).expect(&graph);
        for _ in 0..OF_A_GRAPH - 1 {
            let statement = read(&mut random);
            let (our_answer, their_answer) = (ours(&mut our_engine, &statement), theirs(&mut their_engine, &statement));
            tally.compare(&graph, &statement, &our_answer, &their_answer);
        }
        let statement = write(&mut random);
        let (our_answer, their_answer) = (ours(&mut our_engine, &statement), theirs(&mut their_engine, &statement));
        tally.compare(&graph, &statement, &our_answer, &their_answer);
        if our_answer.is_ok() && their_answer.is_ok() {
            for everything in EVERYTHING {
                let (our_graph, their_graph) =
                    (ours(&mut our_engine, everything), theirs(&mut their_engine, everything));
                tally.compare(&format!("{graph}\n{statement}"), everything, &our_graph, &their_graph);
            }
        }
    }
    println!("{} the same, {} refused by both, {} differ", tally.same, tally.both_refuse, tally.differences.len());
    for (message, (count, example)) in &tally.refused {
        println!("{count} times {message}\n    {example}");
    }
    let shown: Vec<&String> = tally.differences.iter().take(12).collect();
    assert!(
        shown.is_empty(),
        "{} differences, of which:\n{}",
        tally.differences.len(),
        shown.iter().map(|one| one.as_str()).collect::<String>()
    );
}
