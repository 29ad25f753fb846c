//! Many processes share one database: no lost commit, no failing reader, whole generations only.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stderr)]

mod ground;

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use ailand::Landscape;
use ailand::store::Store;
use ground::{ailand, bundle, copy, count, finish, records, run};

const HOLD: &str = "AILAND_SHARING_HOLD";
const WRITES: usize = 6;

/// Not a test of its own: a process that holds the lock of a database until it is killed.
#[test]
fn holds_the_lock_until_it_is_killed() {
    let Ok(folder) = std::env::var(HOLD) else { return };
    let make = |_: &ailand::store::Snapshot| -> Result<ailand::Changes, ailand::Error> {
        eprintln!("held");
        loop {
            thread::park();
        }
    };
    drop(Store::open_or_create(folder).unwrap().commit_with(make));
}

/// A process that holds the lock of `db`.
struct Holder(Child);

impl Holder {
    fn new(db: &Path) -> Self {
        use std::io::BufRead;
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "holds_the_lock_until_it_is_killed", "--nocapture"])
            .env(HOLD, db)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = std::io::BufReader::new(child.stderr.take().unwrap()).lines();
        assert_eq!(lines.next().unwrap().unwrap(), "held");
        Self(child)
    }
}

impl Drop for Holder {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// Sets the flag when it goes, so that readers end even when an assertion fails.
struct Stop<'a>(&'a AtomicBool);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn readers_and_writers_do_not_disturb_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let db = &folder.path().join("db");
    copy(bundle(), db);
    let before = Landscape::open(db).unwrap().snapshot().unwrap().counts();
    let done = &AtomicBool::new(false);
    thread::scope(|scope| {
        let stop = Stop(done);
        let mut readers = Vec::new();
        for reader in 0..6 {
            readers.push(scope.spawn(move || {
                let (mut newest, mut reads) = (0, 0);
                while !done.load(Ordering::Relaxed) {
                    let generation = match reader {
                        0..3 => {
                            run(db, &["ask", "who invested in Moonshot AI"]).expect(0);
                            newest
                        }
                        3 => {
                            let stats = run(db, &["stats", "--format", "json"]).expect(0);
                            let generation = count(&stats, "database", "generation");
                            assert_eq!(count(&stats, "facts", "all"), i64::from(before.facts) + generation - 1);
                            let rows = stats.json();
                            let of_facts = rows.as_array().unwrap().iter().filter(|row| row["what"] == "facts");
                            let counts: i64 = of_facts.map(|row| row["count"].as_i64().unwrap()).sum();
                            assert_eq!(
                                counts,
                                2 * count(&stats, "facts", "all"),
                                "facts by predicate are not all facts"
                            );
                            generation
                        }
                        _ => {
                            let snapshot = Landscape::open(db).unwrap().snapshot().unwrap();
                            let commits = u32::try_from(snapshot.generation()).unwrap() - 1;
                            assert_eq!(snapshot.counts().entities, before.entities + commits);
                            assert_eq!(snapshot.counts().sources, before.sources + commits);
                            let facts = snapshot.facts().map(Result::unwrap);
                            assert_eq!(
                                facts.filter(|fact| fact.id.as_str().starts_with("f-w")).count(),
                                commits as usize
                            );
                            i64::from(commits)
                        }
                    };
                    assert!(generation >= newest, "generation {generation} after {newest}");
                    (newest, reads) = (generation, reads + 1);
                }
                reads
            }));
        }
        let writers: Vec<_> = (0..2)
            .map(|writer| {
                scope.spawn(move || {
                    for i in 0..WRITES {
                        let input = records(&format!("w{writer}-{i}"));
                        finish(ailand(db).args(["import", "-"]), input.as_bytes()).expect(0);
                    }
                })
            })
            .collect();
        let written: Vec<_> = writers.into_iter().map(thread::ScopedJoinHandle::join).collect();
        drop(stop);
        written.into_iter().for_each(Result::unwrap);
        for reader in readers {
            assert!(reader.join().unwrap() > 0);
        }
    });
    let landscape = Landscape::open(db).unwrap();
    assert_eq!(landscape.snapshot().unwrap().generation(), 1 + 2 * WRITES as u64);
    for writer in 0..2 {
        for i in 0..WRITES {
            assert!(landscape.entity(&format!("startup:w{writer}-{i}"), None).is_ok(), "commit {writer} {i} is lost");
        }
    }
    assert!(landscape.verify().unwrap().damage.is_empty());
}

#[test]
fn whoever_waits_is_told_who_is_in_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("db");
    copy(bundle(), &db);
    let holder = Holder::new(&db);
    let pid = holder.0.id().to_string();
    let import =
        |arguments: &[&str]| finish(ailand(&db).args(["import", "-"]).args(arguments), records("x").as_bytes());
    let start = Instant::now();
    let refused = import(&["--wait", "0.3"]).expect(3);
    let waited = start.elapsed();
    assert!(waited >= Duration::from_millis(300) && waited < Duration::from_secs(4), "{waited:?}");
    assert!(refused.stderr.contains(&format!("process {pid}")), "{}", refused.stderr);
    let told = import(&["--wait", "0", "--format", "json"]).expect(3).json();
    assert_eq!(told["error"]["kind"], "locked");
    assert!(told["error"]["message"].as_str().unwrap().contains(&pid), "{told}");
    run(&db, &["verify", "--wait", "0"]).expect(3);
    // Readers go on, whoever writes.
    run(&db, &["ask", "who invested in Moonshot AI", "--wait", "0"]).expect(0);
    drop(holder);
    import(&["--wait", "5"]).expect(0);
}

#[test]
fn the_first_command_waits_as_long_as_it_is_told() {
    for command in [&["init"][..], &["ask", "who founded Zhipu"], &["init", "--empty"]] {
        let folder = tempfile::tempdir().unwrap();
        let db = folder.path().join("db");
        let holder = Holder::new(&db);
        let start = Instant::now();
        let refused = run(&db, &[command, &["--wait", "0.2"]].concat()).expect(3);
        assert!(start.elapsed() < Duration::from_secs(4), "{command:?} waited {:?}", start.elapsed());
        assert!(refused.stderr.contains(&holder.0.id().to_string()), "{}", refused.stderr);
        drop(holder);
        run(&db, command).expect(0);
    }
}

#[test]
fn several_first_questions_at_once_make_one_database() {
    for _ in 0..3 {
        let folder = tempfile::tempdir().unwrap();
        let db = &folder.path().join("db");
        thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| run(db, &["ask", "who invested in Moonshot AI"]).expect(0));
            }
        });
        assert_eq!(Landscape::open(db).unwrap().snapshot().unwrap().generation(), 1);
    }
}
