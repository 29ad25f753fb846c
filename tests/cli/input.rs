//! Wrong input: files, databases, folders.

use super::*;

#[test]
fn broken_input_is_refused_with_its_place() {
    let (_folder, db) = database();
    let before = exported(&db);
    let entity = "{\"entity\":\"startup:x\",\"labels\":[\"Startup\"]}\n";
    let fact = |rest: &str| {
        format!(
            "{{\"fact\":\"f:x\",\"subject\":\"startup:zhipu-ai\",\"predicate\":\"A\",\"object\":\"startup:zhipu-ai\",{rest}}}\n"
        )
    };
    let evidence = "\"evidence\":[\"p_tc_moonshot\"]";
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("not UTF-8", [entity.as_bytes(), b"{\"entity\":\"startup:\xff\xfe\"}\n"].concat(), ":2:20:"),
        ("UTF-16", b"\xff\xfe{\0\"\0e\0".to_vec(), ":1:1:"),
        ("a line that ends too early", format!("{entity}{{\"entity\":\"startup:y\"").into_bytes(), ":2:22:"),
        ("a missing comma", b"{\"entity\":\"startup:y\" \"labels\":[\"A\"]}\n".to_vec(), ":1:23:"),
        ("no JSON at all", b"who invested in whom\n".to_vec(), ":1:1:"),
        ("an unknown first key", b"{\"thing\":1}\n".to_vec(), "expected \"entity\", \"fact\" or \"source\""),
        (
            "an unknown key",
            b"{\"entity\":\"startup:y\",\"labels\":[\"A\"],\"nmaes\":[]}\n".to_vec(),
            "did you mean \"names\"",
        ),
        (
            "month 13",
            fact(&format!("\"properties\":{{\"date\":\"2024-13\"}},{evidence}")).into_bytes(),
            "the month must be",
        ),
        ("30 February", fact(&format!("\"properties\":{{\"date\":\"2024-02-30\"}},{evidence}")).into_bytes(), ":1:"),
        ("no evidence", fact("\"evidence\":[]").into_bytes(), "has no evidence"),
        ("evidence left out", fact("\"modality\":\"asserted\"").into_bytes(), "evidence"),
        ("an unknown source", fact("\"evidence\":[\"nowhere\"]").into_bytes(), "nowhere"),
        (
            "an unknown round",
            fact(&format!("\"properties\":{{\"round_id\":\"round:none\"}},{evidence}")).into_bytes(),
            "round:none",
        ),
        ("an id in Chinese", "{\"entity\":\"startup:月\",\"labels\":[\"A\"]}\n".into(), "is not valid"),
        ("two of one id", entity.repeat(2).into_bytes(), "second time"),
        (
            "a confidence of 2",
            fact("\"evidence\":[{\"source\":\"p_tc_moonshot\",\"confidence\":2}]").into_bytes(),
            "from 0 to 1",
        ),
        (
            "a number beyond 64 bits",
            fact(&format!("\"properties\":{{\"votes\":99999999999999999999}},{evidence}")).into_bytes(),
            ":1:",
        ),
        (
            "nesting without end",
            fact(&format!("\"properties\":{{\"note\":{}", "[".repeat(100_000))).into_bytes(),
            "nested too deep",
        ),
        ("too many names", many_names().into_bytes(), "at most 65535 names"),
        ("null", b"null\n".to_vec(), ":1:1:"),
    ];
    for (what, input, part) in cases {
        let refused = import(&db, input).expect(2);
        assert!(refused.stderr.contains(part), "{what}: {}", refused.stderr);
        assert!(refused.stderr.starts_with("error: "), "{what}: {}", refused.stderr);
        assert!(refused.stderr.chars().count() < 3000, "{what} is told at length");
        assert!(refused.stdout.is_empty(), "{what}: {}", refused.stdout);
    }
    // An unknown subject, with its place.
    let unknown = fact(evidence).replace("startup:zhipu-ai", "startup:nobody");
    let refused = import(&db, entity.to_owned() + &unknown).expect(2);
    assert!(
        refused.stderr.contains("input.jsonl:2:1:") && refused.stderr.contains("startup:nobody"),
        "{}",
        refused.stderr
    );
    assert_eq!(exported(&db), before);
    run(&db, &["verify"]).expect(0);
    assert!(run(&db, &["stats", "--format", "csv"]).expect(0).stdout.contains("database,generation,1"));
}

fn many_names() -> String {
    let names: Vec<String> =
        (0..65_536).map(|n| format!("{{\"text\":\"n{n}\",\"language\":\"en\",\"kind\":\"alias\"}}")).collect();
    format!("{{\"entity\":\"startup:many\",\"labels\":[\"Startup\"],\"names\":[{}]}}\n", names.join(","))
}

#[test]
fn a_failed_first_import_makes_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("db");
    let refused = import(&db, "{").expect(2);
    assert!(!refused.stderr.contains("creat"), "{}", refused.stderr);
    import(&db, "{\"fact\":\"f\",\"subject\":\"a:b\",\"predicate\":\"A\",\"object\":\"a:b\",\"evidence\":[\"s\"]}")
        .expect(2);
    run(&db, &["import", "nothing.jsonl"]).expect(2);
    run(&db, &["verify"]).expect(2);
    // So that the first question still finds the bundle.
    run(&db, &["ask", "who founded Zhipu AI"]).expect(0);
    let other = folder.path().join("other");
    assert!(import(&other, records("x")).expect(0).stderr.contains("created a database in"));
    assert_eq!(import(&other, records("x")).expect(0).stderr, "");
}

#[test]
fn an_empty_database_stays_empty() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("db");
    run(&db, &["init", "--empty"]).expect(0);
    run(&db, &["init"]).expect(0);
    let stats = run(&db, &["stats", "--format", "json"]).expect(0);
    assert_eq!(ground::count(&stats, "entities", "all"), 0);
    import(&db, records("x")).expect(0);
    run(&db, &["show", "Name x"]).expect(0);
}

#[test]
fn what_is_no_database_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "precious").unwrap();
    let other = folder.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("thesis.tex"), "precious").unwrap();
    for path in [&file, &file.join("below"), &other] {
        for command in [&["ask", "who founded Zhipu AI"][..], &["init"], &["verify"], &["export", "/nowhere/at/all"]] {
            let refused = run(path, command).expect(2);
            assert!(refused.stderr.contains("is not an ailand database"), "{}", refused.stderr);
        }
        import(path, records("x")).expect(2);
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), "precious");
    assert_eq!(fs::read_dir(&other).unwrap().count(), 1);
}

#[test]
fn newer_formats_are_named() {
    let (_folder, db) = database();
    for (mark, part) in [("ailand 2\n", "format 2"), ("ailand 99", "format 99"), ("postgres", "FORMAT")] {
        fs::write(db.join("FORMAT"), mark).unwrap();
        for command in [&["stats"][..], &["init"], &["verify"], &["ask", "who founded Zhipu AI"]] {
            let refused = run(&db, command).expect(2);
            assert!(refused.stderr.contains(part), "{}", refused.stderr);
        }
    }
    fs::write(db.join("FORMAT"), "ailand 1\n").unwrap();
    run(&db, &["verify"]).expect(0);
}
