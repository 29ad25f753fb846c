//! A damaged database gives a right answer or an error: never a wrong answer, a panic or a hang.
//!
//! `AILAND_DAMAGE` sets how many damaged copies are tried.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod ground;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use ground::{Run, bundle, copy, finish};

const COMMANDS: [&[&str]; 4] = [
    &["ask", "who invested in 月之暗面", "--format", "json"],
    &["show", "智谱", "--label", "Startup", "--format", "json"],
    &["stats", "--format", "json"],
    &["verify"],
];
const VERIFY: usize = 3;

/// A small generator (Marsaglia's xorshift), so that a case is known by its number.
struct Random(u64);

impl Random {
    fn new(case: usize) -> Self {
        Self((case as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % bound.max(1) as u64).unwrap()
    }
}

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

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// Damages one file below `db` and says how.
fn damage(db: &Path, random: &mut Random) -> (PathBuf, String) {
    let mut files = files(db);
    files.retain(|file| fs::metadata(file).unwrap().len() > 0);
    let path = files.swap_remove(random.below(files.len()));
    let changed = fs::metadata(&path).unwrap().modified().unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let place = random.below(bytes.len());
    let how = match random.below(6) {
        0 | 1 => {
            bytes[place] ^= 1 << random.below(8);
            format!("a bit of byte {place} flipped")
        }
        2 => {
            let end = (place + 1 + random.below(8192)).min(bytes.len());
            bytes[place..end].fill(0);
            format!("bytes {place}..{end} zeroed")
        }
        3 => {
            let end = (place + 1 + random.below(600)).min(bytes.len());
            bytes[place..end].iter_mut().for_each(|byte| *byte = u8::try_from(random.below(256)).unwrap());
            format!("bytes {place}..{end} overwritten")
        }
        4 => {
            bytes.truncate(place);
            format!("cut off after {place} bytes")
        }
        _ => {
            bytes.clear();
            "emptied".to_owned()
        }
    };
    if random.below(12) == 0 {
        fs::remove_file(&path).unwrap();
        return (path, "deleted".to_owned());
    }
    fs::write(&path, bytes).unwrap();
    // Disks that lose bits do not tell the time.
    if random.below(2) == 0 {
        File::options().append(true).open(&path).unwrap().set_modified(changed).unwrap();
        return (path, format!("{how} in silence"));
    }
    (path, how)
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
    let (path, how) = damage(&db, &mut random);
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
