//! The command line under bad input: every mistake has a clear error, an exit code, and leaves the database as it was.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stderr)]

mod disk;
#[path = "../ground/mod.rs"]
mod ground;
mod input;
mod manners;

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use ground::{Run, ailand, bundle, copy, finish, records, run};
use tempfile::TempDir;

/// A database of one's own, a copy of the bundle.
fn database() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("db");
    copy(bundle(), &db);
    (folder, db)
}

fn import(db: &Path, lines: impl AsRef<[u8]>) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("input.jsonl");
    fs::write(&file, lines).unwrap();
    run(db, &["import", file.to_str().unwrap()])
}

/// Everything in a database, as bytes.
fn exported(db: &Path) -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    run(db, &["export", folder.path().to_str().unwrap()]).expect(0);
    ["entities", "facts", "sources"].map(|name| fs::read(folder.path().join(format!("{name}.jsonl"))).unwrap()).into()
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

/// Whether a command exists and can do what is asked of it here.
fn works(program: &str, arguments: &[&str]) -> bool {
    let quiet = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    quiet.is_ok_and(|status| status.success())
}
