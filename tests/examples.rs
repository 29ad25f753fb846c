//! The examples run and say something.

#![allow(clippy::unwrap_used)]

use std::process::Command;

#[test]
fn top_investors_runs() {
    // Cargo builds examples beside the test binaries, one folder up.
    let tests = std::env::current_exe().unwrap();
    let example = tests.parent().unwrap().parent().unwrap().join("examples").join("top_investors");
    let output = Command::new(example).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success());
    assert_eq!(text.lines().count(), 10);
    assert!(text.contains("Tencent"), "{text}");
}
