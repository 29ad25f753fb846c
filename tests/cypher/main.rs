//! What the compatibility kit has no scenario for: written cases, and paths against brute force.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod cases;
#[path = "../tck/engine.rs"]
mod engine;
#[path = "../tck/gherkin.rs"]
#[allow(dead_code)]
mod gherkin;
mod mutations;
mod nesting;
mod paths;
#[path = "../tck/run.rs"]
#[allow(dead_code)]
mod run;
#[path = "../tck/step.rs"]
#[allow(dead_code)]
mod step;
#[path = "../tck/value.rs"]
mod value;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use cases::{Case, Outcome, Stage};
use engine::Engine;

/// Runs the statements of a case; what is wrong, if anything.
fn judge(case: &Case) -> Result<(), String> {
    let mut engine = Engine::new();
    for statement in &case.graph {
        engine.run(statement, &[]).map_err(|refusal| format!("the graph: {refusal:?}"))?;
    }
    for stage in &case.stages {
        judge_stage(&mut engine, stage).map_err(|wrong| format!("{wrong}\n{}", stage.statement))?;
    }
    Ok(())
}

fn judge_stage(engine: &mut Engine, stage: &Stage) -> Result<(), String> {
    let look = |engine: &mut Engine| engine.snapshot().map_err(|refusal| format!("looking: {refusal:?}"));
    let before = look(engine)?;
    match (engine.run(&stage.statement, &stage.parameters), &stage.outcome) {
        (Ok(found), Outcome::Rows(expected)) => {
            if let Some(difference) = run::difference(expected, found) {
                return Err(difference);
            }
        }
        (Ok(found), Outcome::Fails { failure, .. }) => {
            return Err(format!("expected {failure:?}, found {} rows", found.rows.len()));
        }
        (Err(refusal), Outcome::Rows(_)) => return Err(format!("{refusal:?}")),
        (Err(refusal), Outcome::Fails { failure, place, says }) => {
            let words = format!("{}\n{}", refusal.message, refusal.hint);
            let agrees = refusal.kind == failure.kind
                && (failure.phase == "any time" || refusal.phase == failure.phase)
                && (failure.detail == "*" || refusal.detail == failure.detail)
                && (place.is_none() || *place == refusal.place)
                && says.iter().all(|text| words.contains(text.as_str()));
            if !agrees {
                return Err(format!("expected {failure:?} at {place:?} saying {says:?}, found {refusal:?}"));
            }
            if look(engine)? != before {
                return Err("a statement that failed changed the graph".to_owned());
            }
        }
    }
    match &stage.effects {
        Some(expected) => {
            let found = run::effects(&before, &look(engine)?);
            if found == *expected { Ok(()) } else { Err(format!("expected {expected:?}, found {found:?}")) }
        }
        None => Ok(()),
    }
}

/// Judges the cases of a file.
fn judge_file(name: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cypher").join(name);
    let cases = cases::read(&fs::read_to_string(&file).unwrap()).unwrap_or_else(|e| panic!("{name}: {e}"));
    let filter = std::env::var("CASE").unwrap_or_default();
    let mut wrong = String::new();
    let mut count = 0;
    for case in cases.iter().filter(|case| name.contains(&filter) || case.title.contains(&filter)) {
        count += 1;
        if let Err(message) = judge(case) {
            let _ = writeln!(wrong, "{name}:{}: {}\n  {}\n", case.line, case.title, message.replace('\n', "\n  "));
        }
    }
    let failures = wrong.lines().filter(|line| line.starts_with(name)).count();
    assert!(wrong.is_empty(), "{wrong}{name}: {failures} of {count} cases failed");
}

macro_rules! files {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                judge_file(concat!(stringify!($name), ".cases"));
            }
        )*

        #[test]
        fn every_file_is_judged() {
            let named = [$(concat!(stringify!($name), ".cases")),*];
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cypher");
            for entry in fs::read_dir(folder).unwrap() {
                let name = entry.unwrap().file_name().into_string().unwrap();
                assert!(!name.ends_with(".cases") || named.contains(&name.as_str()), "{name} is not named");
            }
        }
    };
}

files! {
    variable_length shortest quantified subqueries call foreach labels chinese maps_and_lists order writes errors
    procedures
}
