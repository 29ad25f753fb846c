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

/// The words of the language, in capitals and in the order of the alphabet.
pub fn keywords() -> impl ExactSizeIterator<Item = &'static str> {
    token::Keyword::ALL.iter().map(|keyword| keyword.text())
}
