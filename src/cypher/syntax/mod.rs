//! Text to syntax tree.

pub(crate) mod tree;

pub(crate) use tree::Span;
