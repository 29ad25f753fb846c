//! A damaged database gives a right answer or an error: never a wrong answer, a panic or a hang.
//!
//! `AILAND_DAMAGE` sets how many damaged copies are tried.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod damage;
mod ground;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use damage::{Random, spoil};
use ground::{Run, bundle, copy, finish};

const COMMANDS: [&[&str]; 4] = [
    &["ask", "who invested in 月之暗面", "--format", "json"],
    &["show", "智谱", "--label", "Startup", "--format", "json"],
    &["stats", "--format", "json"],
    &["verify"],
];
const VERIFY: usize = 3;

/// Runs a command that may not use more than 4 GiB, so that a damaged length cannot take the machine down.
fn run(db: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -v 4194304; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_ailand"), "--db"]).arg(db);
    finish(command.args(arguments).env_remove("RUST_BACKTRACE").stdin(Stdio::null()), b"")
}

/// What a command says, without what legitimately differs: the size on disk and the path.
fn told(run: &Run) -> String {
    let lines = run.stdout.lines();
    lines.filter(|line| !line.contains("bytes on disk")).collect::<Vec<_>>().join("\n")
}

/// A database to damage, and what the commands say about it.
struct Sound {
    db: PathBuf,
    told: Vec<String>,
}

impl Sound {
    fn new(db: &Path) -> Self {
        let told = COMMANDS.iter().map(|command| told(&run(db, command).expect(0))).collect();
        Self { db: db.to_owned(), told }
    }
}

/// Tries one damaged copy; what is wrong with how the commands took it.
fn attempt(case: usize, sound: &[Sound]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("db");
    let Sound { db: original, told: expected } = &sound[case % sound.len()];
    copy(original, &db);
    let mut random = Random::new(case);
    if random.below(4) == 0 {
        fs::remove_file(db.join("image")).unwrap();
    }
    let (path, how) = spoil(&db, &mut random);
    let file = path.strip_prefix(&db).unwrap().display().to_string();
    let mut problems = Vec::new();
    let mut problem = |command: usize, run: &Run, what: &str| {
        let (command, status) = (COMMANDS[command][0], run.status);
        let stderr: String = run.stderr.chars().take(400).collect();
        problems.push(format!("case {case}: {file} {how}: {command} {what} ({status}): {stderr}"));
    };
    let mut check = |command: usize| {
        let run = run(&db, COMMANDS[command]);
        match run.code() {
            Some(0) if told(&run) == expected[command] => {}
            Some(0) => problem(command, &run, "gives a wrong answer"),
            Some(4) => {}
            Some(2) if file == "FORMAT" => {}
            _ => problem(command, &run, "does not say that the database is damaged"),
        }
        run.code()
    };
    // Before and after verifying: looking must not turn damage into a wrong answer.
    check(random.below(VERIFY));
    let verified = check(VERIFY);
    check(random.below(VERIFY));
    if verified == Some(0) && file != "image" {
        // A database that is called sound is sound without its image, too.
        drop(fs::remove_file(db.join("image")));
        if check(0) != Some(0) {
            problems.push(format!("case {case}: {file} {how}: verify found nothing, and it is not sound"));
        }
    }
    problems
}

#[test]
fn damage_is_reported_and_never_answered() {
    let cases = ground::number_from("AILAND_DAMAGE", 120);
    let first = ground::number_from("AILAND_DAMAGE_FROM", 0);
    // One commit, and one that the log of others follows.
    let folder = tempfile::tempdir().unwrap();
    let longer = folder.path().join("db");
    copy(bundle(), &longer);
    for tag in ["a", "b", "c"] {
        finish(ground::ailand(&longer).args(["import", "-"]), ground::records(tag).as_bytes()).expect(0);
    }
    let sound = [Sound::new(bundle()), Sound::new(&longer)];
    let next = AtomicUsize::new(first);
    let work = || {
        let mut problems = Vec::new();
        loop {
            let case = next.fetch_add(1, Ordering::Relaxed);
            if case >= first + cases {
                return problems;
            }
            problems.extend(attempt(case, &sound));
        }
    };
    let problems: Vec<String> = thread::scope(|scope| {
        let workers: Vec<_> = (0..4).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
}
