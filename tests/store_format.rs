//! Databases of every format that was released can be read for ever.
//!
//! The fixtures are made from `fixtures/format-N.jsonl` by
//!
//! ```text
//! cargo test --test store_format -- --ignored make_the_fixture
//! ```
//!
//! once, when the format is released: two imports, a retraction and a merge. They are never made again; a change of the
//! format gets a number and fixtures of its own.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stderr)]

mod ground;

use std::fs;
use std::path::{Path, PathBuf};

use ground::{ailand, copy, finish, run};

const FORMAT: u32 = 1;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// The commits of the fixture.
fn make(db: &Path) {
    let lines = fs::read_to_string(fixture(&format!("format-{FORMAT}.jsonl"))).unwrap();
    let (first, second): (Vec<&str>, Vec<&str>) = lines.lines().partition(|line| !line.contains("\"f2\""));
    finish(ailand(db).args(["import", "-"]), first.join("\n").as_bytes()).expect(0);
    finish(ailand(db).args(["import", "-"]), second.join("\n").as_bytes()).expect(0);
    run(db, &["retract", "f3", "--reason", "it was denied"]).expect(0);
    run(db, &["merge", "startup:moonshot-ai", "startup:moonshot", "--reason", "one company"]).expect(0);
}

/// What a database answers: its records, its log without the times, and a fact of the past.
fn told(db: &Path) -> String {
    let folder = tempfile::tempdir().unwrap();
    run(db, &["export", folder.path().to_str().unwrap()]).expect(0);
    let mut told = String::new();
    for name in ["sources", "entities", "facts"] {
        told += &fs::read_to_string(folder.path().join(format!("{name}.jsonl"))).unwrap();
    }
    let log = run(db, &["log", "--format", "json"]).expect(0).json();
    for commit in log.as_array().unwrap() {
        told += &format!("commit {}\n", commit.get("reason").map(ToString::to_string).unwrap_or_default());
    }
    told += &run(db, &["find", "hongshan"]).expect(0).stdout;
    told += &run(db, &["show", "moonshot ai", "--at", "2", "--format", "json"]).expect(0).stdout;
    run(db, &["verify"]).expect(0);
    told
}

#[test]
fn databases_and_backups_of_format_1_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("made");
    make(&made);
    let expected = told(&made);
    assert!(expected.contains("\"f1\"") && expected.contains("one company"));
    let (database, backup) = (fixture(&format!("format-{FORMAT}")), fixture(&format!("format-{FORMAT}.backup")));
    if !database.exists() {
        eprintln!("skipped: the format is not released yet");
        return;
    }
    let old = folder.path().join("old");
    copy(&database, &old);
    assert_eq!(told(&old), expected);
    // Without the image, and with what today's version writes.
    drop(fs::remove_file(old.join("image")));
    assert_eq!(told(&old), expected);
    finish(ailand(&old).args(["import", "-"]), ground::records("later").as_bytes()).expect(0);
    run(&old, &["verify"]).expect(0);
    let restored = folder.path().join("restored");
    run(&restored, &["restore", backup.to_str().unwrap()]).expect(0);
    assert_eq!(told(&restored), expected);
}

#[test]
#[ignore = "makes the fixture, when a format is released"]
fn make_the_fixture() {
    let database = fixture(&format!("format-{FORMAT}"));
    assert!(!database.exists(), "the format is released; a change needs a new number");
    make(&database);
    run(&database, &["backup", fixture(&format!("format-{FORMAT}.backup")).to_str().unwrap()]).expect(0);
}

#[test]
fn a_newer_database_is_refused_with_both_versions() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("db");
    make(&db);
    fs::write(db.join("FORMAT"), format!("ailand {}\n", FORMAT + 1)).unwrap();
    for command in [&["show", "moonshot"][..], &["verify"], &["stats"], &["repair"], &["export", "x"]] {
        let refused = run(&db, command).expect(2);
        let wanted = [format!("has format {}", FORMAT + 1), format!("up to {FORMAT}")];
        assert!(wanted.iter().all(|text| refused.stderr.contains(text)), "{}", refused.stderr);
    }
}
