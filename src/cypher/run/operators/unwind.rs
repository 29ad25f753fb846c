//! A row for each item of a list.

use std::rc::Rc;
use std::sync::Arc;

use super::{Context, Cursor, Row, open};
use crate::cypher::QueryError;
use crate::cypher::plan;
use crate::cypher::run::set;
use crate::cypher::value::Value;

pub(super) struct Unwind {
    operator: Rc<plan::Unwind>,
    input: Box<dyn Cursor>,
    items: Arc<Vec<Value>>,
    place: usize,
}

impl Unwind {
    pub(super) fn new(operator: &Rc<plan::Unwind>) -> Self {
        Self { operator: Rc::clone(operator), input: open(&operator.input), items: Arc::default(), place: 0 }
    }
}

impl Cursor for Unwind {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        loop {
            if let Some(item) = self.items.get(self.place) {
                self.place += 1;
                context.budget.step()?;
                set(row, self.operator.slot, item.clone());
                return Ok(true);
            }
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            self.place = 0;
            self.items = match self.operator.list.evaluate(context, row)? {
                Value::Null => Arc::default(),
                Value::List(items) => items,
                // A single value is a list of itself.
                single => Arc::new(vec![single]),
            };
        }
    }

    fn reset(&mut self) {
        self.input.reset();
        self.items = Arc::default();
        self.place = 0;
    }
}
