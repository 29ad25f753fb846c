//! An inner plan for each row.

use std::rc::Rc;

use super::{Context, Cursor, Row, open};
use crate::cypher::QueryError;
use crate::cypher::plan;

pub(super) struct Apply {
    input: Box<dyn Cursor>,
    inner: Box<dyn Cursor>,
    unit: bool,
    at_work: bool,
}

impl Apply {
    pub(super) fn new(operator: &Rc<plan::Apply>) -> Self {
        Self { input: open(&operator.input), inner: open(&operator.inner), unit: operator.unit, at_work: false }
    }
}

impl Cursor for Apply {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        loop {
            if self.at_work && self.inner.next(context, row)? {
                return Ok(true);
            }
            self.at_work = false;
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            self.inner.reset();
            if self.unit {
                while self.inner.next(context, row)? {}
                return Ok(true);
            }
            self.at_work = true;
        }
    }

    fn reset(&mut self) {
        self.input.reset();
        self.at_work = false;
    }
}
