//! The openCypher Technology Compatibility Kit against the engine.
//!
//! The kit is looked for in `../shared/tck` beside the repository, or where `OPENCYPHER_TCK` points. `TCK=Match5` runs the
//! scenarios whose name contains `Match5` and prints every difference; `TCK_REWRITE=1` writes `expected_failures.txt` anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod engine;
mod gherkin;
mod report;
mod run;
mod step;
mod value;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use run::Verdict;
use step::Action;

/// The scenarios that the kit writes down.
const WRITTEN: usize = 1_474;
/// The scenarios when every example of an outline counts.
const EXPANDED: usize = 3_595;
/// The longest that the whole kit may take, unoptimised.
const LONGEST: Duration = Duration::from_secs(180);

/// A scenario that can be run.
struct Case {
    /// `clauses/match/Match5 [1] Handling unbounded variable length match #2`
    name: String,
    actions: Vec<Action>,
}

/// Where the kit is, if it is at hand.
fn kit() -> Option<PathBuf> {
    let named = std::env::var_os("OPENCYPHER_TCK").map(PathBuf::from);
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tck");
    Some(named.unwrap_or_else(beside)).filter(|folder| folder.join("features").is_dir())
}

/// Says something even when the test passes.
fn say(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

fn feature_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            feature_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "feature") {
            files.push(path);
        }
    }
}

/// Every scenario of the kit, in the order of the files; fails when one is missing or not understood.
fn cases(kit: &Path) -> Vec<Case> {
    let root = kit.join("features");
    let mut files = Vec::new();
    feature_files(&root, &mut files);
    files.sort();
    let (mut written, mut cases) = (0, Vec::new());
    for file in &files {
        let place = file.strip_prefix(&root).unwrap().with_extension("");
        let place = place.to_str().unwrap().replace('\\', "/");
        let source = fs::read_to_string(file).unwrap();
        let feature = gherkin::read(&source).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        written += feature.written;
        for scenario in feature.scenarios {
            let example = scenario.example.map(|example| format!(" #{example}")).unwrap_or_default();
            let name = format!("{place} {}{example}", scenario.name);
            let actions: Result<Vec<Action>, String> = scenario.steps.iter().map(Action::read).collect();
            let actions = actions.unwrap_or_else(|e| panic!("{name}: {e}"));
            assert!(
                matches!(actions.last(), Some(Action::Expect(_) | Action::Effects(_) | Action::Fails(_))),
                "{name}"
            );
            cases.push(Case { name, actions });
        }
    }
    assert_eq!((written, cases.len()), (WRITTEN, EXPANDED), "scenarios of the kit, written and expanded");
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names.len(), cases.len(), "the names of the scenarios differ");
    cases
}

/// Runs the cases on all cores.
fn judge(cases: &[Case], graphs: &Path) -> Vec<report::Result> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut verdicts: Vec<(usize, Verdict)> = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(case) = cases.get(at) else { break };
            verdicts.push((at, run::judge(&case.actions, graphs)));
        }
        verdicts
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut verdicts: Vec<(usize, Verdict)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    verdicts.sort_by_key(|(at, _)| *at);
    verdicts.into_iter().map(|(at, verdict)| (cases[at].name.clone(), verdict)).collect()
}

#[test]
fn the_compatibility_kit() {
    let Some(kit) = kit() else {
        say("the_compatibility_kit: skipped, no kit at ../shared/tck; OPENCYPHER_TCK says where it is\n");
        return;
    };
    run::silence_panics();
    let mut cases = cases(&kit);
    let filter = std::env::var("TCK").ok().filter(|filter| !filter.is_empty());
    if let Some(filter) = &filter {
        cases.retain(|case| case.name.contains(filter.as_str()));
    }
    let started = Instant::now();
    let results = judge(&cases, &kit.join("graphs"));
    let took = started.elapsed();
    if filter.is_some() {
        say(&report::failures(&results));
    }
    say(&report::summary(&results, EXPANDED - results.len()));
    say(&format!("in {:.1} s\n", took.as_secs_f64()));
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tck/expected_failures.txt");
    if std::env::var_os("TCK_REWRITE").is_some() && filter.is_none() {
        report::write_list(&file, &results);
    }
    let contradictions = report::contradictions(&results, &report::read_list(&file), filter.is_none());
    assert!(contradictions.is_empty(), "{contradictions}");
    assert!(took < LONGEST, "the kit took {took:?}");
}
