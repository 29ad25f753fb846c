//! Text to syntax tree.

mod alike;
mod lexer;
mod limits;
mod literal;
mod parser;
mod parts;
mod token;
pub(crate) mod tree;

#[cfg(test)]
mod tests;

pub(crate) use alike::alike;
pub(crate) use limits::SyntaxLimits;
pub(crate) use parser::parse;
pub(crate) use tree::Span;
