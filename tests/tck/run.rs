//! Runs a scenario and says how it went.

use std::cell::Cell;
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::engine::{Engine, Refusal, Rows, Snapshot};
use super::step::{Action, Answer, EFFECTS, Effects, Failure};
use super::value::Value;

/// How a scenario went.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Verdict {
    Passed,
    /// An answer came and it is wrong: the worst that can happen.
    Wrong(String),
    /// An error came where an answer was expected.
    Refused(String),
    /// An answer came where an error was expected, or another error.
    Accepted(String),
    Panicked(String),
}

thread_local! {
    static JUDGING: Cell<bool> = const { Cell::new(false) };
}

/// Keeps the panics that [`judge`] catches from filling the screen.
pub(crate) fn silence_panics() {
    let loud = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !JUDGING.get() {
            loud(info);
        }
    }));
}

/// Runs the steps of a scenario on a graph of its own.
pub(crate) fn judge(actions: &[Action], graphs: &Path) -> Verdict {
    JUDGING.set(true);
    let outcome = catch_unwind(AssertUnwindSafe(|| Trial::new(graphs).run(actions)));
    JUDGING.set(false);
    match outcome {
        Ok(Ok(())) => Verdict::Passed,
        Ok(Err(verdict)) => verdict,
        Err(panic) => {
            let message = panic.downcast_ref::<String>().cloned();
            let message = message.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            Verdict::Panicked(message.unwrap_or_default())
        }
    }
}

struct Trial<'a> {
    engine: Engine,
    graphs: &'a Path,
    parameters: &'a [(String, Value)],
    /// The graph before the last query.
    before: Snapshot,
    query: &'a str,
    outcome: Option<Result<Rows, Refusal>>,
}

impl<'a> Trial<'a> {
    fn new(graphs: &'a Path) -> Self {
        let engine = Engine::new();
        Self { engine, graphs, parameters: &[], before: Snapshot::default(), query: "", outcome: None }
    }

    fn run(&mut self, actions: &'a [Action]) -> Result<(), Verdict> {
        for action in actions {
            match action {
                Action::Empty => {}
                Action::Graph(name) => {
                    let file = self.graphs.join(name).join(format!("{name}.cypher"));
                    let script = std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
                    for statement in script.split(';').filter(|statement| !statement.trim().is_empty()) {
                        self.prepare(statement)?;
                    }
                }
                Action::Prepare(statement) => self.prepare(statement)?,
                Action::Parameters(parameters) => self.parameters = parameters,
                Action::Procedure(procedure) => self.engine.register(procedure),
                Action::Query(query) => {
                    self.before = self.snapshot()?;
                    self.query = query;
                    self.outcome = Some(self.engine.run(query, self.parameters));
                }
                Action::Expect(answer) => self.compare(answer)?,
                Action::Effects(expected) => self.check_effects(expected)?,
                Action::Fails(failure) => self.check_failure(failure)?,
            }
        }
        Ok(())
    }

    fn prepare(&mut self, statement: &str) -> Result<(), Verdict> {
        let refused = |refusal| Verdict::Refused(format!("while the graph was prepared: {}", tell(&refusal)));
        self.engine.run(statement, self.parameters).map(|_| ()).map_err(refused)
    }

    fn snapshot(&mut self) -> Result<Snapshot, Verdict> {
        let refused = |refusal| Verdict::Refused(format!("while the graph was looked at: {}", tell(&refusal)));
        self.engine.snapshot().map_err(refused)
    }

    fn compare(&mut self, expected: &Answer) -> Result<(), Verdict> {
        match self.outcome.take().expect("a result is expected after a query") {
            Err(refusal) => Err(Verdict::Refused(format!("{}\n{}", tell(&refusal), self.query))),
            Ok(found) => difference(expected, found)
                .map_or(Ok(()), |difference| Err(Verdict::Wrong(format!("{difference}\n{}", self.query)))),
        }
    }

    fn check_effects(&mut self, expected: &Effects) -> Result<(), Verdict> {
        let after = self.snapshot()?;
        let found = effects(&self.before, &after);
        if found == *expected {
            return Ok(());
        }
        let mut message = "side effects differ:".to_owned();
        for ((name, expected), found) in EFFECTS.iter().zip(expected.0).zip(found.0) {
            if expected != found {
                let ((more, less), (found_more, found_less)) = (expected, found);
                let _ = write!(message, " {name}: expected +{more} -{less}, found +{found_more} -{found_less};");
            }
        }
        Err(Verdict::Wrong(format!("{message}\n{}", self.query)))
    }

    fn check_failure(&mut self, expected: &Failure) -> Result<(), Verdict> {
        let Failure { kind, phase, detail } = expected;
        let wanted = format!("expected {kind} at {phase}: {detail}");
        match self.outcome.take().expect("an error is expected after a query") {
            Ok(found) => Err(Verdict::Accepted(format!("{wanted}; found {} rows\n{}", found.rows.len(), self.query))),
            Err(refusal) => {
                let agrees = refusal.kind == kind
                    && (phase == "any time" || refusal.phase == phase)
                    && (detail == "*" || refusal.detail == detail);
                if !agrees {
                    return Err(Verdict::Accepted(format!("{wanted}; found {}\n{}", tell(&refusal), self.query)));
                }
                // A statement that fails leaves the graph as it was.
                self.check_effects(&Effects::default())
            }
        }
    }
}

fn tell(refusal: &Refusal) -> String {
    let Refusal { phase, kind, detail, message, .. } = refusal;
    format!("{kind} at {phase}: {detail}: {message}")
}

/// What was added and taken away between two looks at the graph.
pub(crate) fn effects(before: &Snapshot, after: &Snapshot) -> Effects {
    fn count<T: Ord>(before: &std::collections::BTreeSet<T>, after: &std::collections::BTreeSet<T>) -> (usize, usize) {
        (after.difference(before).count(), before.difference(after).count())
    }
    Effects([
        count(&before.nodes, &after.nodes),
        count(&before.relationships, &after.relationships),
        count(&before.properties, &after.properties),
        count(&before.labels, &after.labels),
    ])
}

/// What distinguishes the rows from those expected, if anything.
pub(crate) fn difference(expected: &Answer, found: Rows) -> Option<String> {
    if let Some(columns) = expected.columns.as_ref().filter(|columns| **columns != found.columns) {
        return Some(format!("columns differ: expected {columns:?}, found {:?}", found.columns));
    }
    let print = |rows: Vec<Vec<Value>>| {
        let cell = |value: Value| if expected.ordered_lists { value } else { value.unordered() };
        let line =
            |row: Vec<Value>| row.into_iter().map(|value| cell(value).to_string()).collect::<Vec<_>>().join(" | ");
        let mut lines: Vec<String> = rows.into_iter().map(line).collect();
        if !expected.ordered {
            lines.sort();
        }
        lines
    };
    let (expected_rows, found_rows) = (print(expected.rows.clone()), print(found.rows));
    if expected_rows == found_rows {
        return None;
    }
    let mut message = format!("expected {} rows, found {}\n", expected_rows.len(), found_rows.len());
    let table = |message: &mut String, title: &str, rows: &[String], others: &[String]| {
        let _ = writeln!(message, "{title}:");
        for row in rows.iter().take(12) {
            let mark = if others.contains(row) { ' ' } else { '!' };
            let _ = writeln!(message, "  {mark} {row}");
        }
    };
    table(&mut message, "expected", &expected_rows, &found_rows);
    table(&mut message, "found", &found_rows, &expected_rows);
    Some(message)
}

#[test]
fn rows_are_compared_as_a_set_unless_they_are_ordered() {
    let list = |items: &[i64]| Value::List(items.iter().map(|item| Value::Int(*item)).collect());
    let rows = |lists: &[&[i64]]| lists.iter().map(|items| vec![list(items)]).collect::<Vec<_>>();
    let agree = |ordered, ordered_lists, left: &[&[i64]], right: &[&[i64]]| {
        let expected = Answer { columns: Some(vec!["x".to_owned()]), rows: rows(left), ordered, ordered_lists };
        difference(&expected, Rows { columns: vec!["x".to_owned()], rows: rows(right) }).is_none()
    };
    assert!(agree(false, true, &[&[1], &[2]], &[&[2], &[1]]));
    assert!(!agree(true, true, &[&[1], &[2]], &[&[2], &[1]]));
    assert!(!agree(false, true, &[&[1, 2]], &[&[2, 1]]));
    assert!(agree(false, false, &[&[1, 2]], &[&[2, 1]]));
    assert!(!agree(false, true, &[&[1]], &[&[1], &[1]]), "a row too many");
    let expected =
        Answer { columns: Some(vec!["x".to_owned()]), rows: Vec::new(), ordered: false, ordered_lists: true };
    assert!(
        difference(&expected, Rows { columns: vec!["y".to_owned()], rows: Vec::new() }).is_some(),
        "another column"
    );
    let one = |value| vec![vec![value]];
    let expected = Answer { columns: None, rows: one(Value::Int(1)), ordered: false, ordered_lists: true };
    let found = Rows { columns: Vec::new(), rows: one(Value::Float(1.0)) };
    assert!(difference(&expected, found).is_some(), "1 is not 1.0");
}
