//! Rows for which a condition is true.

use std::rc::Rc;

use super::{Context, Cursor, Row, open};
use crate::cypher::QueryError;
use crate::cypher::plan;

pub(super) struct Filter {
    operator: Rc<plan::Filter>,
    input: Box<dyn Cursor>,
}

impl Filter {
    pub(super) fn new(operator: &Rc<plan::Filter>) -> Self {
        Self { operator: Rc::clone(operator), input: open(&operator.input) }
    }
}

impl Cursor for Filter {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        while self.input.next(context, row)? {
            context.budget.step()?;
            if self.operator.condition.is_true(context, row)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn reset(&mut self) {
        self.input.reset();
    }
}
