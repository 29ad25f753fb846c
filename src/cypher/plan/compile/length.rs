//! How long a plan may be.

use super::Compiler;
use crate::cypher::error::{Detail, Kind, QueryError};
use crate::cypher::syntax::Span;
use crate::cypher::syntax::tree::{Clause, PathPattern};

/// The most operators on the way from a row's first operator to its last.
///
/// Each asks the one before it for rows, one call inside the other: this many fit into half of a stack of 2 MiB, without
/// optimisation too.
const LONGEST: usize = 400;

impl Compiler<'_> {
    /// Fails when the plan has become too long for a further clause.
    pub(super) fn check_length(&self, clause: &Clause) -> Result<(), QueryError> {
        if self.chain > LONGEST { Err(too_long(clause.span())) } else { Ok(()) }
    }

    /// Fails when the plan has no room for the nodes and relationships of patterns.
    pub(super) fn check_room(&self, patterns: &[PathPattern]) -> Result<(), QueryError> {
        let mut length = self.chain;
        for pattern in patterns {
            length += pattern.elements.len();
            if length > LONGEST {
                return Err(too_long(pattern.span));
            }
        }
        Ok(())
    }
}

fn too_long(span: Span) -> QueryError {
    let message = format!("the statement takes more than {LONGEST} steps");
    QueryError::compile(Kind::LimitExceeded, Detail::TooLong, span, message)
        .with_hint("one CREATE may list many patterns, and UNWIND works through many rows")
}
