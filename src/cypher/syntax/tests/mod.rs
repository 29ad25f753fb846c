//! Tests of the lexer and the parser.

mod kit;

use super::tree::Statement;
use super::{SyntaxLimits, parse};
use crate::cypher::error::QueryError;

fn read(text: &str) -> Result<Statement, QueryError> {
    parse(text, &SyntaxLimits::default())
}
