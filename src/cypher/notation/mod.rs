//! Values as readers and programs see them: in the notation of Cypher, in short for tables, and in JSON.

mod brief;
mod cells;
mod json;
#[cfg(test)]
mod tests;
mod text;

pub use cells::Nested;
