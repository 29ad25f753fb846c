//! The commands that walk the graph, asked through the binary and compared with searches over the exported facts.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod database;
mod landscape;
mod plain;
mod small;
