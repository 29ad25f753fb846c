//! The history on the command line: retraction, the log, the past, merging and splitting.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod ground;

use std::fs;
use std::path::{Path, PathBuf};

use ailand::model::Moment;
use ground::{ailand, bundle, copy, finish, run};
use insta::assert_snapshot;
use tempfile::TempDir;

/// Two companies that are one, an investor, and what two sources say about them.
const SMALL: &str = r#"{"source":"s1","kind":"page","title":"First","reliability":"A"}
{"source":"s2","kind":"page","title":"Second","reliability":"B"}
{"entity":"startup:moon","labels":["Startup"],"names":[{"text":"Moon","language":"en","kind":"canonical"}],"claims":[{"key":"founded","value":"2023","evidence":["s1"]}]}
{"entity":"startup:luna","labels":["Company"],"names":[{"text":"Luna","language":"en","kind":"canonical"},{"text":"Moon","language":"en","kind":"alias","evidence":["s2"]}],"claims":[{"key":"founded","value":"2023","evidence":["s2"]}]}
{"entity":"investor:fund","labels":["Investor"],"names":[{"text":"Fund","language":"en","kind":"canonical"}]}
{"fact":"f1","subject":"investor:fund","predicate":"INVESTED_IN","object":"startup:moon","properties":{"date":"2024-02"},"evidence":["s1"]}
{"fact":"f2","subject":"investor:fund","predicate":"INVESTED_IN","object":"startup:luna","properties":{"date":"2024-03"},"evidence":["s2",{"source":"s1","asserted_by":"startup:luna"}]}
"#;

fn small() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("db");
    finish(ailand(&db).args(["import", "-"]), SMALL.as_bytes()).expect(0);
    (folder, db)
}

/// Standard output with every moment the same.
fn shown(db: &Path, arguments: &[&str]) -> String {
    let output = run(db, arguments).expect(0).stdout;
    let timeless = |word: &str| match word.trim_matches(['"', ',']).parse::<Moment>() {
        Ok(moment) => word.replace(&moment.to_string(), "2026-01-01T00:00:00Z"),
        Err(_) => word.to_owned(),
    };
    let lines = output.lines().map(|line| line.split(' ').map(timeless).collect::<Vec<_>>().join(" "));
    lines.map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// Everything in a database, as one text.
fn exported(db: &Path) -> String {
    let folder = tempfile::tempdir().unwrap();
    run(db, &["export", folder.path().to_str().unwrap()]).expect(0);
    ["sources", "entities", "facts"]
        .map(|name| fs::read_to_string(folder.path().join(format!("{name}.jsonl"))).unwrap())
        .concat()
}

/// The same, of a database into which it was imported.
fn exported_again(lines: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("copy");
    finish(ailand(&db).args(["import", "-"]), lines.as_bytes()).expect(0);
    exported(&db)
}

#[test]
fn what_is_retracted_is_seen_in_the_past_only() {
    let (_folder, db) = small();
    run(&db, &["retract", "f1", "--reason", "the round never closed"]).expect(0);
    assert_snapshot!(shown(&db, &["show", "Fund"]));
    assert_snapshot!(shown(&db, &["show", "Fund", "--at", "1"]));
    assert_snapshot!(shown(&db, &["log"]));
    assert_snapshot!(shown(&db, &["log", "-n", "1", "--format", "json"]));
    let today = &shown(&db, &["log", "--format", "csv"]);
    assert!(today.contains("the round never closed"), "{today}");
    let log = run(&db, &["log", "--format", "json"]).json();
    let moment = log[0]["time"].as_str().unwrap();
    for at in [moment, &moment[..10], &moment[..7], "2"] {
        assert_eq!(shown(&db, &["show", "Fund", "--at", at]), shown(&db, &["show", "Fund"]), "{at}");
    }
    assert_eq!(shown(&db, &["log", "--at", "1"]).lines().count(), 3);
    run(&db, &["verify"]).expect(0);
    let exported = exported(&db);
    assert!(!exported.contains("f1") && exported_again(&exported) == exported);
}

#[test]
fn what_cannot_be_is_said_clearly() {
    let (_folder, db) = small();
    let refused = |arguments: &[&str]| {
        let run = run(&db, arguments).expect(2);
        assert_eq!(run.stdout, "");
        run.stderr
    };
    let why = ["--reason", "x"];
    assert_snapshot!(refused(&[&["retract", "f9"], &why[..]].concat()));
    assert_snapshot!(refused(&[&["retract", "--entity", "startup:luna"], &why[..]].concat()));
    assert_snapshot!(refused(&[&["retract", "--entity", "startup:nowhere", "--with-facts"], &why[..]].concat()));
    assert_snapshot!(refused(&["split", "startup:luna"]));
    assert_snapshot!(refused(&["merge", "Fund", "investor:fund", "--reason", "x"]));
    assert_snapshot!(refused(&["show", "Fund", "--at", "7"]));
    assert_snapshot!(refused(&["retract", "f1", "--reason", "x", "--at", "1"]));
    assert_snapshot!(refused(&["verify", "--at", "1"]));
    let early = refused(&["show", "Fund", "--at", "2001-02-03"]);
    assert!(early.starts_with("error: there was no database as of 2001-02-03: its first commit is of 2"), "{early}");
    assert!(run(&db, &["show", "Fund", "--at", "soon"]).expect(2).stderr.contains("soon"));
    assert!(run(&db, &["retract", "f1"]).expect(2).stderr.contains("--reason"));
    assert!(
        run(&db, &["retract", "f1", "--source", "s1", "--reason", "x"]).expect(2).stderr.contains("cannot be used")
    );
    assert_eq!(shown(&db, &["log"]).lines().count(), 3);
}

#[test]
fn a_source_goes_with_what_only_it_says() {
    let (_folder, db) = small();
    assert_snapshot!(shown(&db, &["retract", "--source", "s1", "--reason", "withdrawn"]));
    assert_snapshot!(exported(&db));
    run(&db, &["verify"]).expect(0);
    // The same lines bring everything back.
    finish(ailand(&db).args(["import", "-"]), SMALL.as_bytes()).expect(0);
    assert_eq!(exported(&db), exported_again(SMALL));
}

#[test]
fn an_entity_goes_with_its_facts() {
    let (_folder, db) = small();
    run(&db, &["retract", "--entity", "startup:moon", "--with-facts", "--reason", "x"]).expect(0);
    // What it says of others still mentions the other one.
    let mentioned = run(&db, &["retract", "--entity", "startup:luna", "--reason", "x"]).expect(2);
    assert!(mentioned.stderr.contains("fact \"f2\" mentions it"), "{}", mentioned.stderr);
    run(&db, &["retract", "--entity", "startup:luna", "--with-facts", "--reason", "x"]).expect(0);
    run(&db, &["verify"]).expect(0);
    assert_snapshot!(exported(&db));
    run(&db, &["show", "Moon"]).expect(2);
    run(&db, &["show", "Moon", "--at", "1", "--label", "Startup"]).expect(0);
    run(&db, &["show", "Luna", "--at", "2"]).expect(0);
}

#[test]
fn merging_keeps_where_everything_comes_from_and_splitting_restores_it() {
    let (_folder, db) = small();
    let before = exported(&db);
    run(&db, &["merge", "startup:moon", "Luna", "--reason", "one company"]).expect(0);
    run(&db, &["verify"]).expect(0);
    let merged = exported(&db);
    assert_snapshot!(merged);
    assert_eq!(exported_again(&merged), merged);
    // The old id and the old name lead to the one that is left.
    assert_eq!(shown(&db, &["show", "startup:luna", "--language", "en"]), shown(&db, &["show", "Moon"]));
    assert_eq!(shown(&db, &["show", "Luna"]), shown(&db, &["show", "Moon"]));
    // Facts may still name it; as an entity of its own it is refused.
    let late =
        r#"{"fact":"f3","subject":"investor:fund","predicate":"OWNS_STAKE","object":"startup:luna","evidence":["s1"]}"#;
    finish(ailand(&db).args(["import", "-"]), late.as_bytes()).expect(0);
    let refused = finish(ailand(&db).args(["import", "-"]), SMALL.as_bytes()).expect(2);
    assert_snapshot!(refused.stderr);
    run(&db, &["retract", "f3", "--reason", "x"]).expect(0);
    run(&db, &["split", "startup:luna"]).expect(0);
    assert_eq!(exported(&db), before);
    assert_snapshot!(shown(&db, &["log"]));
    run(&db, &["verify"]).expect(0);
}

#[test]
fn history_can_be_given_up() {
    let (_folder, db) = small();
    run(&db, &["merge", "startup:moon", "Luna", "--reason", "one company"]).expect(0);
    run(&db, &["retract", "f1", "--reason", "x"]).expect(0);
    let before = exported(&db);
    let said = run(&db, &["forget", "--before", "2", "--reason", "old"]).expect(0);
    assert_eq!(said.stderr, "generations from 2 to 4 can be read\n");
    run(&db, &["show", "Moon", "--at", "1"]).expect(2);
    run(&db, &["show", "Moon", "--at", "2"]).expect(0);
    assert_eq!(run(&db, &["forget", "--reason", "all"]).expect(0).stderr, "generations from 5 to 5 can be read\n");
    let late = run(&db, &["split", "startup:luna"]).expect(2);
    assert!(late.stderr.starts_with("error: there is no generation 1"), "{}", late.stderr);
    assert_eq!((exported(&db), run(&db, &["log"]).stdout.lines().count()), (before, 7));
    run(&db, &["verify"]).expect(0);
}

#[test]
fn the_bundle_is_the_same_after_a_merging_and_a_splitting() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("db");
    copy(bundle(), &db);
    let before = exported(&db);
    run(&db, &["merge", "智谱", "月之暗面", "--reason", "a test"]).expect(0);
    assert_ne!(exported(&db), before);
    run(&db, &["ask", "谁创办了月之暗面"]).expect(0);
    run(&db, &["verify"]).expect(0);
    run(&db, &["split", "startup:moonshot-ai"]).expect(0);
    assert_eq!(exported(&db), before);
    run(&db, &["verify"]).expect(0);
}

#[test]
fn what_is_exported_after_a_retraction_can_be_imported() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("db");
    copy(bundle(), &db);
    // Seventeen investments name the round in a property.
    run(&db, &["retract", "--entity", "round:scale-f", "--with-facts", "--reason", "x"]).expect(0);
    run(&db, &["merge", "round:figure-b", "round:zhipu-2023", "--reason", "x"]).expect(0);
    let exported = exported(&db);
    assert_eq!(exported.matches(r#""round_id":{"value":"round:scale-f"}"#).count(), 17);
    assert_eq!(exported_again(&exported), exported);
}

#[test]
fn what_the_query_language_may_store_survives_the_way_out_and_back() {
    let lines = concat!(
        r#"{"source":"s1","kind":"statement","title":"T","reliability":"C"}"#,
        "\n",
        r#"{"entity":"node:1","labels":[],"claims":[{"key":"founded","value":{"value":"soon"},"evidence":["s1"]},"#,
        r#"{"key":"at","value":{"local_time":"12:31:14.645"},"evidence":["s1"]},"#,
        r#"{"key":"amount","value":{"value":[1,{"duration":"P1Y2M10DT2H30M"}]},"evidence":["s1"]}]}"#,
        "\n",
        r#"{"fact":"f1","subject":"node:1","predicate":"KNOWS","object":"node:1","properties":{"date":{"value":{"full_date":"2024-02-25"}},"round_id":{"value":"round:gone"}},"evidence":["s1"]}"#,
        "\n",
    );
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("db");
    finish(ailand(&db).args(["import", "-"]), lines.as_bytes()).expect(0);
    assert_eq!(exported(&db), lines);
    assert_snapshot!(shown(&db, &["show", "node:1"]));
}
