//! `SKIP`, `LIMIT`, and no rows at all.

use std::rc::Rc;

use super::{Context, Cursor, Row, open};
use crate::cypher::error::{Detail, Kind, QueryError};
use crate::cypher::plan::{self, Expr};
use crate::cypher::syntax::Span;
use crate::cypher::value::Value;

/// How many rows a clause speaks of.
fn count(expression: &Expr, clause: &str, span: Span, context: &mut Context, row: &mut Row) -> Result<u64, QueryError> {
    let wrong = |detail, message: String| Err(QueryError::run(Kind::SyntaxError, detail, message).at(span));
    match expression.evaluate(context, row)? {
        Value::Int(count) => match u64::try_from(count) {
            Ok(count) => Ok(count),
            Err(_) => wrong(Detail::NegativeIntegerArgument, format!("{clause} cannot be negative, found {count}")),
        },
        other => wrong(Detail::InvalidArgumentType, format!("{clause} needs an integer, found {}", other.kind())),
    }
}

pub(super) struct Skip {
    operator: Rc<plan::Skip>,
    input: Box<dyn Cursor>,
    skipped: bool,
}

impl Skip {
    pub(super) fn new(operator: &Rc<plan::Skip>) -> Self {
        Self { operator: Rc::clone(operator), input: open(&operator.input), skipped: false }
    }
}

impl Cursor for Skip {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        if !self.skipped {
            self.skipped = true;
            for _ in 0..count(&self.operator.count, "SKIP", self.operator.span, context, row)? {
                if !self.input.next(context, row)? {
                    return Ok(false);
                }
            }
        }
        self.input.next(context, row)
    }

    fn reset(&mut self) {
        self.input.reset();
        self.skipped = false;
    }
}

pub(super) struct Limit {
    operator: Rc<plan::Limit>,
    input: Box<dyn Cursor>,
    left: Option<u64>,
}

impl Limit {
    pub(super) fn new(operator: &Rc<plan::Limit>) -> Self {
        Self { operator: Rc::clone(operator), input: open(&operator.input), left: None }
    }
}

impl Cursor for Limit {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        let left = match self.left {
            Some(left) => left,
            None => {
                let left = count(&self.operator.count, "LIMIT", self.operator.span, context, row)?;
                if left == 0 && self.operator.writes {
                    // What is written does not depend on what is shown.
                    while self.input.next(context, row)? {}
                }
                left
            }
        };
        if left == 0 {
            self.left = Some(0);
            return Ok(false);
        }
        self.left = Some(left - 1);
        let found = self.input.next(context, row)?;
        if found && left == 1 && self.operator.writes {
            let kept = row.to_vec();
            while self.input.next(context, row)? {}
            super::restore(&kept, row);
        }
        Ok(found)
    }

    fn reset(&mut self) {
        self.input.reset();
        self.left = None;
    }
}

/// Runs its input to the end, and hands on nothing.
pub(super) struct Nothing {
    input: Box<dyn Cursor>,
}

impl Nothing {
    pub(super) fn new(operator: &Rc<plan::Nothing>) -> Self {
        Self { input: open(&operator.input) }
    }
}

impl Cursor for Nothing {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        while self.input.next(context, row)? {}
        Ok(false)
    }

    fn reset(&mut self) {
        self.input.reset();
    }
}
