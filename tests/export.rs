//! The way out is always open: export, import into an empty database and export again give the same bytes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod ground;

use std::fs;
use std::path::Path;

use ground::{bundle, finish, run};
use proptest::prelude::*;

const FILES: [&str; 3] = ["entities.jsonl", "facts.jsonl", "sources.jsonl"];

fn export(db: &Path, folder: &Path) -> Vec<Vec<u8>> {
    run(db, &["export", folder.to_str().unwrap()]).expect(0);
    assert_eq!(fs::read_dir(folder).unwrap().count(), FILES.len(), "an export leaves other files behind");
    FILES.map(|name| fs::read(folder.join(name)).unwrap()).into()
}

/// Imports what a database exports into an empty one, and expects that to export the same.
fn round_trip(db: &Path) -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let exported = export(db, &first);
    let copy = folder.path().join("copy");
    run(&copy, &["import", first.to_str().unwrap()]).expect(0);
    run(&copy, &["verify"]).expect(0);
    let again = export(&copy, &second);
    for (name, (one, other)) in FILES.iter().zip(exported.iter().zip(&again)) {
        assert!(one == other, "{name} differs");
    }
    // Imported once more, nothing changes.
    run(&copy, &["import", second.to_str().unwrap()]).expect(0);
    assert!(run(&copy, &["stats", "--format", "csv"]).expect(0).stdout.contains("database,generation,1"));
    exported
}

#[test]
fn the_bundle_goes_out_as_it_came_in() {
    let exported = round_trip(bundle());
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for (name, bytes) in FILES.iter().zip(exported) {
        assert!(fs::read(data.join(name)).unwrap() == bytes, "{name} differs from the bundle");
    }
}

/// Text as JSON, from harmless to hostile.
fn text() -> impl Strategy<Value = String> {
    let plain = prop_oneof![
        "[a-zA-Z][a-zA-Z .-]{0,10}",
        "[月之暗面智譜]{1,6}",
        any::<String>().prop_map(|text| format!("x{text}"))
    ];
    plain.prop_map(|text| serde_json::to_string(&text).unwrap())
}

fn value() -> impl Strategy<Value = String> {
    let number =
        any::<f64>().prop_filter("finite", |number| number.is_finite()).prop_map(|number| format!("{number:?}"));
    let leaf = prop_oneof![
        text(),
        any::<i64>().prop_map(|number| number.to_string()),
        number,
        any::<bool>().prop_map(|value| value.to_string()),
        (1u16..9999, 1u8..13).prop_map(|(year, month)| format!("{{\"date\":\"{year:04}-{month:02}\"}}")),
    ];
    leaf.prop_recursive(3, 9, 3, |inner| {
        prop::collection::vec(inner, 0..3).prop_map(|list| format!("[{}]", list.join(",")))
    })
}

/// Lines of a small landscape in any order: `n` entities, two sources, some facts.
fn landscape() -> impl Strategy<Value = Vec<String>> {
    let names = prop::collection::vec((text(), text(), value(), 0.0f32..=1.0), 1..12);
    let facts =
        prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), text(), value()), 0..20);
    (names, facts)
        .prop_map(|(names, facts)| {
            let mut lines = vec![
                r#"{"source":"s/1","kind":"page","title":"","reliability":"C"}"#.to_owned(),
                r#"{"source":"s.2","kind":"","title":"题","language":"zh-Hant","published":"2024","reliability":"A"}"#.to_owned(),
            ];
            for (n, (name, quote, claimed, confidence)) in names.iter().enumerate() {
                lines.push(format!(
                    "{{\"entity\":\"startup:{n}\",\"labels\":[\"Startup\"],\"names\":[{{\"text\":{name},\"language\":\"x-{n}\",\
                     \"kind\":\"former\",\"derived\":true}}],\"claims\":[{{\"key\":\"k\",\"value\":{claimed},\"evidence\":\
                     [{{\"source\":\"s/1\",\"quote\":{quote},\"span\":[{n},{n}],\"confidence\":{confidence:?},\
                     \"asserted_by\":\"startup:0\"}},\"s.2\"]}}]}}"
                ));
            }
            for (n, (from, to, role, note)) in facts.iter().enumerate() {
                let (from, to) = (from.index(names.len()), to.index(names.len()));
                lines.push(format!(
                    "{{\"fact\":\"f{n}\",\"subject\":\"startup:{from}\",\"predicate\":\"投资\",\"object\":\"startup:{to}\",\
                     \"modality\":\"planned\",\"properties\":{{\"role\":{role},\"note\":{note}}},\"evidence\":[\"s.2\"]}}"
                ));
            }
            lines
        })
        .prop_shuffle()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 50, ..ProptestConfig::default() })]

    #[test]
    fn any_landscape_goes_out_as_it_came_in(lines in landscape()) {
        let folder = tempfile::tempdir().unwrap();
        let db = folder.path().join("db");
        finish(ground::ailand(&db).args(["import", "-"]), (lines.join("\n") + "\n").as_bytes()).expect(0);
        let exported = round_trip(&db);
        let count: usize = exported.iter().map(|bytes| bytes.iter().filter(|byte| **byte == b'\n').count()).sum();
        prop_assert_eq!(count, lines.len());
    }
}

#[test]
fn an_export_that_fails_leaves_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let before = export(bundle(), &out);
    fs::remove_file(out.join("facts.jsonl")).unwrap();
    fs::create_dir(out.join("facts.jsonl")).unwrap();
    fs::write(out.join("facts.jsonl/x"), "").unwrap();
    let refused = run(bundle(), &["export", out.to_str().unwrap()]).expect(2);
    assert!(refused.stderr.contains("facts.jsonl"), "{}", refused.stderr);
    assert_eq!(fs::read(out.join("entities.jsonl")).unwrap(), before[0]);
    assert!(!out.join(".facts.jsonl.new").exists());
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    run(bundle(), &["export", file.to_str().unwrap()]).expect(2);
}
