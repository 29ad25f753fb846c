//! Computes values into slots.

use std::rc::Rc;

use super::{Context, Cursor, Row, open};
use crate::cypher::QueryError;
use crate::cypher::plan;
use crate::cypher::run::set;

pub(super) struct Project {
    operator: Rc<plan::Project>,
    input: Box<dyn Cursor>,
}

impl Project {
    pub(super) fn new(operator: &Rc<plan::Project>) -> Self {
        Self { operator: Rc::clone(operator), input: open(&operator.input) }
    }
}

impl Cursor for Project {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        if !self.input.next(context, row)? {
            return Ok(false);
        }
        for (slot, expression) in &self.operator.items {
            let value = expression.evaluate(context, row)?;
            set(row, *slot, value);
        }
        Ok(true)
    }

    fn reset(&mut self) {
        self.input.reset();
    }
}
