//! Text to syntax tree.

mod lexer;
mod limits;
mod literal;
mod parser;
mod token;
pub(crate) mod tree;

#[cfg(test)]
mod tests;

pub(crate) use limits::SyntaxLimits;
pub(crate) use parser::parse;
pub(crate) use tree::Span;
