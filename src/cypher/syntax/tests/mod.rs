//! Tests of the lexer and the parser.

mod errors;
mod forms;
mod kit;
mod limits;
mod literals;
mod noise;
mod precedence;

use super::tree::Statement;
use super::{SyntaxLimits, parse};
use crate::cypher::error::QueryError;

fn read(text: &str) -> Result<Statement, QueryError> {
    parse(text, &SyntaxLimits::default())
}
