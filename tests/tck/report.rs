//! What the run of the kit comes to, and the list of scenarios that are known to fail.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use super::run::Verdict;

/// The name of a scenario and how it went.
pub(crate) type Result = (String, Verdict);

/// The figures: a line for each folder of the kit and the sums.
pub(crate) fn summary(results: &[Result], skipped: usize) -> String {
    let count = |kind: fn(&Verdict) -> bool| results.iter().filter(|(_, verdict)| kind(verdict)).count();
    let passed = count(|verdict| matches!(verdict, Verdict::Passed));
    let mut folders: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (name, verdict) in results {
        let folder = name.split_once(" [").map_or(name.as_str(), |(file, _)| file);
        let folder = folder.rsplit_once('/').map_or(folder, |(folder, _)| folder);
        let (of_it, all) = folders.entry(folder).or_default();
        *all += 1;
        *of_it += usize::from(*verdict == Verdict::Passed);
    }
    let mut text = String::new();
    for (folder, (of_it, all)) in &folders {
        let _ = writeln!(text, "{folder:<40} {of_it:>5} of {all:>5}{}", if of_it < all { "  *" } else { "" });
    }
    let _ = writeln!(text, "{passed} passed, {} failed, {skipped} skipped", results.len() - passed);
    let _ = writeln!(
        text,
        "failed: {} wrong answers, {} errors where an answer was expected, {} missing or different errors, {} panics",
        count(|verdict| matches!(verdict, Verdict::Wrong(_))),
        count(|verdict| matches!(verdict, Verdict::Refused(_))),
        count(|verdict| matches!(verdict, Verdict::Accepted(_))),
        count(|verdict| matches!(verdict, Verdict::Panicked(_))),
    );
    text
}

/// Every failure with its reason.
pub(crate) fn failures(results: &[Result]) -> String {
    let mut text = String::new();
    for (name, verdict) in results {
        let (title, reason) = match verdict {
            Verdict::Passed => continue,
            Verdict::Wrong(reason) => ("WRONG ANSWER", reason),
            Verdict::Refused(reason) => ("ERROR", reason),
            Verdict::Accepted(reason) => ("ERROR EXPECTED", reason),
            Verdict::Panicked(reason) => ("PANIC", reason),
        };
        let _ = writeln!(text, "{title}: {name}\n  {}\n", reason.trim().replace('\n', "\n  "));
    }
    text
}

/// The scenarios of the list: one a line, sorted, each once.
pub(crate) fn read_list(file: &Path) -> BTreeSet<String> {
    let text = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(lines.is_sorted_by(|a, b| a < b), "{}: the lines are sorted, each once", file.display());
    lines.into_iter().map(str::to_owned).collect()
}

/// Writes the list of what failed.
pub(crate) fn write_list(file: &Path, results: &[Result]) {
    let failed = results.iter().filter(|(_, verdict)| *verdict != Verdict::Passed);
    let names: BTreeSet<&str> = failed.map(|(name, _)| name.as_str()).collect();
    let mut text = "# Scenarios that fail. The list only shrinks; TCK_REWRITE=1 writes it anew.\n".to_owned();
    for name in names {
        let _ = writeln!(text, "{name}");
    }
    std::fs::write(file, text).unwrap();
}

/// Where the results and the list contradict each other.
pub(crate) fn contradictions(results: &[Result], listed: &BTreeSet<String>, everything: bool) -> String {
    let mut text = String::new();
    for (name, verdict) in results {
        match (*verdict == Verdict::Passed, listed.contains(name)) {
            (true, true) => _ = writeln!(text, "passes, take it off the list: {name}"),
            (false, false) => text.push_str(&failures(&[(name.clone(), verdict.clone())])),
            _ => {}
        }
    }
    let known: BTreeSet<&String> = results.iter().map(|(name, _)| name).collect();
    for name in listed.iter().filter(|name| everything && !known.contains(name)) {
        let _ = writeln!(text, "there is no such scenario, take it off the list: {name}");
    }
    text
}

#[test]
fn the_list_must_agree_with_the_results() {
    let results = [
        ("a/A [1]".to_owned(), Verdict::Passed),
        ("a/A [2]".to_owned(), Verdict::Wrong("1".to_owned())),
        ("b/B [1]".to_owned(), Verdict::Panicked("2".to_owned())),
    ];
    let contradictions = |list: &[&str], everything| {
        let list = list.iter().map(|name| (*name).to_owned()).collect();
        contradictions(&results, &list, everything)
    };
    assert_eq!(contradictions(&["a/A [2]", "b/B [1]"], true), "");
    assert!(contradictions(&["a/A [2]"], true).starts_with("PANIC: b/B [1]"));
    assert!(contradictions(&["a/A [1]", "a/A [2]", "b/B [1]"], true).starts_with("passes"));
    assert!(contradictions(&["a/A [2]", "b/B [1]", "c/C [1]"], true).starts_with("there is no such"));
    assert_eq!(contradictions(&["a/A [2]", "b/B [1]", "c/C [1]"], false), "");
    let summary = summary(&results, 4);
    assert!(summary.contains("1 passed, 2 failed, 4 skipped"), "{summary}");
    assert!(
        summary.contains(
            "1 wrong answers, 0 errors where an answer was expected, 0 missing or different errors, 1 panics"
        )
    );
}
