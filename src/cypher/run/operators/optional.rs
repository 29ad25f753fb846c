//! The rows of an inner plan; where it has none, one with nulls.

use std::rc::Rc;

use super::{Context, Cursor, Row, open};
use crate::cypher::QueryError;
use crate::cypher::plan;
use crate::cypher::run::set;
use crate::cypher::value::Value;

pub(super) struct Optional {
    operator: Rc<plan::Optional>,
    input: Box<dyn Cursor>,
    inner: Box<dyn Cursor>,
    /// Whether the inner plan is at work for the present row, and whether it has found something for it.
    at_work: bool,
    found: bool,
}

impl Optional {
    pub(super) fn new(operator: &Rc<plan::Optional>) -> Self {
        let (input, inner) = (open(&operator.input), open(&operator.inner));
        Self { operator: Rc::clone(operator), input, inner, at_work: false, found: false }
    }
}

impl Cursor for Optional {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        loop {
            if self.at_work {
                if self.inner.next(context, row)? {
                    self.found = true;
                    return Ok(true);
                }
                self.at_work = false;
                if !self.found {
                    for slot in &self.operator.nulls {
                        set(row, *slot, Value::Null);
                    }
                    return Ok(true);
                }
            }
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            self.inner.reset();
            (self.at_work, self.found) = (true, false);
        }
    }

    fn reset(&mut self) {
        self.input.reset();
        self.at_work = false;
    }
}
