//! Values as readers and programs see them: in the notation of Cypher, and in JSON.

mod json;
#[cfg(test)]
mod tests;
mod text;
