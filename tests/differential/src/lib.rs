//! Random graphs and random statements about them.
//!
//! The grammar is small and typed: an expression that should be a number is one, or null. So engines that agree on the
//! language answer every statement, and what they answer can be compared.

mod expression;
mod graph;
mod random;
mod statement;

pub use graph::create;
pub use random::Random;
pub use statement::{read, write};
