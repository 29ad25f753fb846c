//! Backups, restoring, compacting and repairing, through the command line and the library.
//!
//! `AILAND_REPAIRS` sets how many damaged copies are repaired.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod damage;
mod ground;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use ailand::Landscape;
use ailand::store::{Store, StoreError};
use damage::{Random, spoil};
use ground::{ailand, bundle, copy, finish, number_from, records, run};
use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_secs(20);

/// A database of one's own: the bundle and some commits after it.
fn database(commits: usize) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("db");
    copy(bundle(), &db);
    for n in 0..commits {
        finish(ailand(&db).args(["import", "-"]), records(&format!("r{n}")).as_bytes()).expect(0);
    }
    (folder, db)
}

/// Everything in a database, line by line.
fn exported(db: &Path) -> BTreeSet<String> {
    let folder = tempfile::tempdir().unwrap();
    run(db, &["export", folder.path().to_str().unwrap()]).expect(0);
    let read = |name: &str| fs::read_to_string(folder.path().join(format!("{name}.jsonl"))).unwrap();
    ["entities", "facts", "sources"]
        .iter()
        .flat_map(|name| read(name).lines().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

fn sound(db: &Path) {
    run(db, &["verify"]).expect(0);
    drop(fs::remove_file(db.join("image")));
    run(db, &["verify"]).expect(0);
}

#[test]
fn a_backup_brings_everything_back() {
    let (folder, db) = database(3);
    let file = folder.path().join("landscape.backup");
    let file = file.to_str().unwrap();
    let written = run(&db, &["backup", file, "--format", "json"]).expect(0).json();
    assert_eq!(written[0]["generation"], 4);
    assert_eq!(written[0]["bytes"], fs::metadata(file).unwrap().len());
    let copy = folder.path().join("copy");
    run(&db, &["restore", file, "--to", copy.to_str().unwrap()]).expect(0);
    assert_eq!(exported(&copy), exported(&db));
    sound(&copy);
    assert_eq!(
        run(&copy, &["log", "--format", "json"]).expect(0).stdout,
        run(&db, &["log", "--format", "json"]).stdout
    );
    // The copy goes on as a database of its own.
    finish(ailand(&copy).args(["import", "-"]), records("later").as_bytes()).expect(0);
    sound(&copy);
    // A backup of the copy of what was backed up has the same bytes.
    let again = folder.path().join("again.backup");
    run(&copy, &["restore", file, "--force"]).expect(0);
    run(&copy, &["backup", again.to_str().unwrap()]).expect(0);
    assert_eq!(fs::read(again).unwrap(), fs::read(file).unwrap());
}

#[test]
fn a_database_is_replaced_only_when_that_is_asked_for() {
    let (folder, db) = database(0);
    let file = folder.path().join("landscape.backup");
    let file = file.to_str().unwrap();
    run(&db, &["backup", file]).expect(0);
    finish(ailand(&db).args(["import", "-"]), records("newer").as_bytes()).expect(0);
    let before = exported(&db);
    let refused = run(&db, &["restore", file]).expect(2);
    assert!(refused.stderr.contains("--force"), "{}", refused.stderr);
    assert_eq!(exported(&db), before);
    run(&db, &["restore", file, "--force"]).expect(0);
    assert_eq!(exported(&db), exported(bundle()));
    sound(&db);
    // What is no database is never replaced.
    let other = folder.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("letter.txt"), "dear").unwrap();
    run(&other, &["restore", file, "--force"]).expect(2);
    run(&db, &["restore", "/nowhere/x", "--force"]).expect(2);
    run(&db, &["restore", other.join("letter.txt").to_str().unwrap(), "--force"]).expect(2);
    // Over a database that cannot be opened at all.
    fs::write(db.join("pages/db"), "nonsense").unwrap();
    drop(fs::remove_file(db.join("image")));
    run(&db, &["verify"]).expect(4);
    run(&db, &["restore", file, "--force"]).expect(0);
    sound(&db);
}

#[test]
fn a_damaged_backup_is_refused_with_the_place() {
    let (folder, db) = database(1);
    let file = folder.path().join("landscape.backup");
    let good = {
        run(&db, &["backup", file.to_str().unwrap()]).expect(0);
        fs::read(&file).unwrap()
    };
    let spoiled = folder.path().join("spoiled.backup");
    let refused = |bytes: &[u8]| {
        fs::write(&spoiled, bytes).unwrap();
        let result = Store::restore(&spoiled, folder.path().join("copy"), true, PATIENCE, &mut |_| ());
        match result.unwrap_err() {
            StoreError::DamagedBackup { at, .. } => assert!(at <= bytes.len() as u64),
            StoreError::NotABackup { .. } => assert!(bytes.len() < 28 || !bytes.starts_with(b"AILANDBK")),
            other => panic!("{other}"),
        }
        assert!(!folder.path().join("copy/FORMAT").exists());
    };
    let mut random = Random::new(1);
    for _ in 0..150 {
        let place = random.below(good.len());
        let mut bytes = good.clone();
        bytes[place] ^= 1 << random.below(8);
        refused(&bytes);
        refused(&good[..place]);
    }
    refused(&[&good[..], b"x"].concat());
    fs::write(&spoiled, &good[..good.len() / 2]).unwrap();
    let told = run(&db, &["restore", spoiled.to_str().unwrap(), "--force"]).expect(4);
    assert!(told.stderr.contains("damaged at byte"), "{}", told.stderr);
    sound(&db);
}

#[test]
fn a_newer_backup_and_a_newer_database_are_refused_with_both_versions() {
    let (folder, db) = database(0);
    let file = folder.path().join("landscape.backup");
    run(&db, &["backup", file.to_str().unwrap()]).expect(0);
    let mut bytes = fs::read(&file).unwrap();
    bytes[12] = 9;
    let sum = crc32fast::hash(&bytes[..24]);
    bytes[24..28].copy_from_slice(&sum.to_le_bytes());
    fs::write(&file, bytes).unwrap();
    let refused = run(&db, &["restore", file.to_str().unwrap(), "--force"]).expect(2);
    assert!(refused.stderr.contains("format 9") && refused.stderr.contains("up to 1"), "{}", refused.stderr);
    fs::write(db.join("FORMAT"), "ailand 9\n").unwrap();
    for command in [&["show", "智谱"][..], &["verify"], &["repair"], &["compact"], &["import", "-"]] {
        let refused = run(&db, command).expect(2);
        assert!(refused.stderr.contains("format 9") && refused.stderr.contains("up to 1"), "{}", refused.stderr);
    }
}

#[test]
fn backups_hold_whole_generations_while_others_write() {
    let (folder, db) = database(0);
    let before = Landscape::open(&db).unwrap().snapshot().unwrap().counts();
    thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for n in 0..12 {
                finish(ailand(&db).args(["import", "-"]), records(&format!("w{n}")).as_bytes()).expect(0);
            }
        });
        let mut number = 0;
        while !writer.is_finished() {
            let file = folder.path().join(format!("{number}.backup"));
            let copy = folder.path().join(format!("copy{number}"));
            let written = run(&db, &["backup", file.to_str().unwrap(), "--format", "json"]).expect(0).json();
            Store::restore(&file, &copy, false, PATIENCE, &mut |_| ()).unwrap();
            let store = Store::open(&copy).unwrap();
            let snapshot = store.read().unwrap();
            assert_eq!(written[0]["generation"], snapshot.generation());
            let commits = u32::try_from(snapshot.generation()).unwrap() - 1;
            assert_eq!(snapshot.counts().facts, before.facts + commits);
            assert_eq!(snapshot.counts().entities, before.entities + commits);
            drop(snapshot);
            assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
            number += 1;
        }
        assert!(number > 1);
    });
}

#[test]
fn compacting_gives_space_back_and_loses_nothing() {
    let (_folder, db) = database(0);
    for n in 0..25 {
        let long = records("big").replace("Source", &format!("{n}").repeat(40_000));
        finish(ailand(&db).args(["import", "-"]), long.as_bytes()).expect(0);
    }
    let before = exported(&db);
    let log = run(&db, &["log", "--format", "json"]).expect(0).stdout;
    let size = Store::open(&db).unwrap().size_on_disk().unwrap();
    let told = run(&db, &["compact", "--format", "json"]).expect(0).json();
    let after = Store::open(&db).unwrap().size_on_disk().unwrap();
    assert!(after < size, "{size} bytes before, {after} after");
    // The lock file says who holds it.
    assert!(told[0]["bytes after"].as_u64().unwrap().abs_diff(after) < 100);
    assert_eq!(exported(&db), before);
    assert_eq!(run(&db, &["log", "--format", "json"]).expect(0).stdout, log);
    sound(&db);
    finish(ailand(&db).args(["import", "-"]), records("later").as_bytes()).expect(0);
    sound(&db);
}

#[test]
fn after_deleting_most_of_it_a_database_is_small() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("db");
    let kept = many("kept", 400);
    finish(ailand(&db).args(["import", "-"]), kept.as_bytes()).expect(0);
    run(&db, &["compact"]).expect(0);
    let small = Store::open(&db).unwrap().size_on_disk().unwrap();
    finish(ailand(&db).args(["import", "-"]), many("gone", 3600).as_bytes()).expect(0);
    run(&db, &["compact"]).expect(0);
    let large = Store::open(&db).unwrap().size_on_disk().unwrap();
    run(&db, &["retract", "--source", "s-gone", "--reason", "a test"]).expect(0);
    run(&db, &["forget", "--reason", "a test"]).expect(0);
    run(&db, &["compact"]).expect(0);
    let after = Store::open(&db).unwrap().size_on_disk().unwrap();
    // The ids of what was retracted stay, so that they are never given to anything else.
    assert!(after < small + (large - small) / 3, "{large} bytes shrink to {after}, {small} would do");
    sound(&db);
    assert_eq!(exported(&db).iter().filter(|line| line.contains("\"fact\"")).count(), 400);
}

/// Lines of an import of many facts that one source tells, each with a quote of its own.
fn many(tag: &str, facts: usize) -> String {
    let mut lines = format!("{{\"source\":\"s-{tag}\",\"kind\":\"page\",\"title\":\"{tag}\",\"reliability\":\"A\"}}\n");
    let mut random = Random::new(facts);
    for n in 0..facts {
        let quote: String = (0..120).map(|_| char::from(b'a' + u8::try_from(random.below(26)).unwrap())).collect();
        if n % 10 == 0 {
            lines += &format!(
                "{{\"entity\":\"startup:{tag}-{n}\",\"labels\":[\"Startup\"],\"names\":[{{\"text\":\"{tag} {n}\",\
                 \"language\":\"en\",\"kind\":\"canonical\"}}]}}\n"
            );
        }
        lines += &format!(
            "{{\"fact\":\"f-{tag}-{n}\",\"subject\":\"startup:{tag}-{}\",\"predicate\":\"LOCATED_IN\",\"object\":\
             \"startup:{tag}-0\",\"evidence\":[{{\"source\":\"s-{tag}\",\"quote\":\"{quote}\"}}]}}\n",
            n / 10 * 10
        );
    }
    lines
}

#[test]
fn compacting_does_not_touch_a_damaged_database() {
    let (_folder, db) = database(0);
    let mut random = Random::new(3);
    let path = db.join("pages/db");
    let mut bytes = fs::read(&path).unwrap();
    for _ in 0..2_000 {
        let place = random.below(bytes.len());
        bytes[place] ^= 4;
    }
    fs::write(&path, &bytes).unwrap();
    run(&db, &["compact"]).expect(4);
    run(&db, &["backup", db.join("../x.backup").to_str().unwrap()]).expect(4);
    assert!(!db.join("../x.backup").exists());
}

#[test]
fn a_sound_database_is_not_repaired() {
    let (_folder, db) = database(1);
    let log = fs::read(db.join("pages/db")).unwrap();
    let told = run(&db, &["repair"]).expect(0);
    assert!(told.stderr.contains("no damage"), "{}", told.stderr);
    assert_eq!(fs::read(db.join("pages/db")).unwrap(), log);
    assert!(!db.join("damaged-1").exists());
}

/// Whatever is done to one file, the database is sound after `repair`, holds nothing that it did not hold before, lists
/// what it lost, and the damaged files are kept.
#[test]
fn what_is_intact_is_kept() {
    let (_folder, db) = database(3);
    let before = exported(&db);
    let cases = number_from("AILAND_REPAIRS", 40);
    let first = number_from("AILAND_REPAIRS_FROM", 0);
    let problems: Vec<String> = (first..first + cases).filter_map(|case| attempt(case, &db, &before)).collect();
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
}

fn attempt(case: usize, db: &Path, before: &BTreeSet<String>) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let spoiled = folder.path().join("db");
    copy(db, &spoiled);
    let mut random = Random::new(case);
    // Half of them without the image, which has a copy of everything.
    if case.is_multiple_of(2) {
        drop(fs::remove_file(spoiled.join("image")));
    }
    let (path, how) = spoil(&spoiled, &mut random);
    let what = format!("case {case}: {} {how}", path.strip_prefix(&spoiled).unwrap().display());
    let bytes = fs::read(&path).ok();
    let repaired = run(&spoiled, &["repair", "--format", "json"]);
    match repaired.code() {
        Some(0) => {}
        // Nothing can be kept of a database without a single catalog.
        Some(4) if path.ends_with("pages/db") && case.is_multiple_of(2) => return None,
        _ => return Some(format!("{what}: repair: {}\n{}", repaired.status, repaired.stderr)),
    }
    let told = repaired.json();
    let verified = run(&spoiled, &["verify"]);
    if verified.code() != Some(0) {
        return Some(format!("{what}: not sound after repair: {}{told}", verified.stdout));
    }
    if let (Some(bytes), Some(kept)) = (bytes, told["original"].as_str())
        && let Ok(below) = path.strip_prefix(&spoiled)
        && fs::read(Path::new(kept).join(below)).ok() != Some(bytes)
    {
        return Some(format!("{what}: the damaged file was not kept"));
    }
    let after = exported(&spoiled);
    let lost: Vec<&str> = told["lost"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    let missing = before.difference(&after).count();
    if lost.is_empty() && after != *before {
        return Some(format!("{what}: {missing} records are missing and nothing is said to be lost"));
    }
    let invented: Vec<_> = after.difference(before).filter(|line| !line.contains("ost")).collect();
    (!invented.is_empty()).then(|| format!("{what}: new records {invented:?}, lost {lost:?}"))
}
