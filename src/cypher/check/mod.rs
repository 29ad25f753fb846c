//! What can be known to be wrong with a statement before it runs.
//!
//! The checks read the syntax tree and change nothing: which variables there are and what they can be, where aggregates may
//! stand, which columns a union has, whether functions, procedures and parameters exist. The errors are those of the
//! openCypher compatibility kit. What depends on values is left to the run.
//!
//! Types are sets: an error comes only where no value that can be there would do.

mod aggregation;
mod call;
mod clause;
mod context;
mod creation;
mod expression;
mod operator;
mod pattern;
mod projection;
mod query;
mod scope;
mod subquery;
mod types;
mod update;
mod warning;

#[cfg(test)]
mod tests;

pub(crate) use context::{CheckContext, Signature, Signatures, Words};
pub(crate) use warning::{Warning, warnings};

use std::cell::RefCell;

use super::error::QueryError;
use super::syntax::tree::Statement;
use scope::Scope;

type Checked<T = ()> = Result<T, QueryError>;

/// Checks a statement.
///
/// # Errors
/// The first mistake found, with its place and, where one is near, the name that was probably meant.
pub(crate) fn check(statement: &Statement, context: &CheckContext<'_>) -> Result<(), QueryError> {
    let checker = Checker { context, mentions: None };
    checker.query(&statement.query, &Scope::default(), query::Role::Statement)?;
    Ok(())
}

/// The checks of one statement.
struct Checker<'a> {
    context: &'a CheckContext<'a>,
    /// The words of the statement, where they are wanted.
    mentions: Option<RefCell<warning::Mentions>>,
}
