//! What the tests of the whole program stand on: the command with a deadline, and copies of the bundled database.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// No command may take longer.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// How a command ended.
#[derive(Debug, Clone)]
pub struct Run {
    pub status: ExitStatus,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// The exit code; `None` after a signal.
    pub fn code(&self) -> Option<i32> {
        self.status.code()
    }

    /// Fails the test unless the command ended with `code`.
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code(), Some(code), "{}\n{}\n{}", self.status, self.stdout, self.stderr);
        self
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {:?}", self.stdout))
    }
}

/// The program, with nothing of the caller's environment that could change what it does.
pub fn ailand(db: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ailand"));
    command.env_remove("AILAND_DB").env_remove("NO_COLOR").env_remove("COLUMNS").env_remove("RUST_BACKTRACE");
    command.arg("--db").arg(db).stdin(Stdio::null());
    command
}

/// Runs `ailand --db DB ARGUMENTS`.
pub fn run(db: &Path, arguments: &[&str]) -> Run {
    finish(ailand(db).args(arguments), b"")
}

/// Runs a command with some bytes on its standard input; one that does not end in time fails the test.
pub fn finish(command: &mut Command, input: &[u8]) -> Run {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    if !input.is_empty() {
        command.stdin(Stdio::piped());
    }
    let mut child = command.spawn().unwrap();
    if let Some(mut stdin) = child.stdin.take() {
        // The command may end without reading it all.
        drop(stdin.write_all(input));
    }
    let stdout = collect(child.stdout.take().unwrap());
    let stderr = collect(child.stderr.take().unwrap());
    let Some(status) = wait(&mut child, DEADLINE) else {
        child.kill().unwrap();
        child.wait().unwrap();
        panic!("{command:?} hangs\n{}\n{}", stdout.join().unwrap(), stderr.join().unwrap());
    };
    Run { status, stdout: stdout.join().unwrap(), stderr: stderr.join().unwrap() }
}

/// Waits for a process; `None` when it is still there at the deadline.
pub fn wait(child: &mut Child, patience: Duration) -> Option<ExitStatus> {
    let start = Instant::now();
    while start.elapsed() < patience {
        if let Some(status) = child.try_wait().unwrap() {
            return Some(status);
        }
        thread::sleep(Duration::from_millis(1));
    }
    None
}

fn collect(mut from: impl Read + Send + 'static) -> JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// A database that holds the bundled landscape; not to be written to.
pub fn bundle() -> &'static Path {
    static BUNDLE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    &BUNDLE
        .get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            let db = folder.path().join("db");
            run(&db, &["init"]).expect(0);
            (folder, db)
        })
        .1
}

/// Copies a folder, times of change included.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), &place).unwrap();
            let changed = entry.metadata().unwrap().modified().unwrap();
            File::options().append(true).open(&place).unwrap().set_modified(changed).unwrap();
        }
    }
}

/// A number from the environment, so that a night can try more than a commit does.
pub fn number_from(variable: &str, usual: usize) -> usize {
    std::env::var(variable).map_or(usual, |text| text.parse().expect("a number"))
}

/// Lines of an import that makes one entity, one source and one fact.
pub fn records(tag: &str) -> String {
    format!(
        "{{\"source\":\"s-{tag}\",\"kind\":\"page\",\"title\":\"Source {tag}\",\"reliability\":\"A\"}}\n\
         {{\"entity\":\"startup:{tag}\",\"labels\":[\"Startup\"],\"names\":[{{\"text\":\"Name {tag}\",\"language\":\"en\",\
         \"kind\":\"canonical\",\"evidence\":[\"s-{tag}\"]}}]}}\n\
         {{\"fact\":\"f-{tag}\",\"subject\":\"startup:{tag}\",\"predicate\":\"LOCATED_IN\",\"object\":\"startup:{tag}\",\
         \"evidence\":[\"s-{tag}\"]}}\n"
    )
}

/// The number that `ailand stats --format json` gives for something.
pub fn count(stats: &Run, what: &str, name: &str) -> i64 {
    let rows = stats.json();
    let row = rows.as_array().unwrap().iter().find(|row| row["what"] == what && row["name"] == name);
    row.unwrap_or_else(|| panic!("{what} {name}: {rows}"))["count"].as_i64().unwrap()
}
