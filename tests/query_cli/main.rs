//! `ailand query`, `ailand shell` and `ailand draw --query`, asked through the binary.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stderr)]

mod answers;
mod draw;
#[path = "../ground/mod.rs"]
mod ground;
mod interrupt;
mod saved;
mod shell;
mod writes;

use std::path::PathBuf;

use ground::{Run, bundle, copy, run};
use tempfile::TempDir;

/// Runs `ailand query ARGUMENTS` on the bundled landscape.
fn query(arguments: &[&str]) -> Run {
    run(bundle(), &[&["query"], arguments].concat())
}

/// A database of one's own, a copy of the bundle.
fn database() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("db");
    copy(bundle(), &db);
    (folder, db)
}
