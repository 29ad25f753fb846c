//! Runs clauses for each item of a list, for their effects, for each row.

use std::rc::Rc;

use super::{Context, Cursor, Row, drain, open, restore};
use crate::cypher::QueryError;
use crate::cypher::plan;
use crate::cypher::run::set;
use crate::cypher::value::Value;

pub(super) struct Foreach {
    operator: Rc<plan::Foreach>,
    input: Box<dyn Cursor>,
    inner: Box<dyn Cursor>,
    /// What is left, last first; none before everything was done.
    rows: Option<Vec<Vec<Value>>>,
}

impl Foreach {
    pub(super) fn new(operator: &Rc<plan::Foreach>) -> Self {
        let (input, inner) = (open(&operator.input), open(&operator.inner));
        Self { operator: Rc::clone(operator), input, inner, rows: None }
    }
}

impl Cursor for Foreach {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        if self.rows.is_none() {
            let mut rows = drain(&mut *self.input, context, row)?;
            for kept in &rows {
                restore(kept, row);
                let items = match self.operator.list.evaluate(context, row)? {
                    Value::Null => continue,
                    Value::List(items) => items,
                    other => return Err(other.refuse("a list")),
                };
                for item in items.iter() {
                    set(row, self.operator.slot, item.clone());
                    self.inner.reset();
                    while self.inner.next(context, row)? {}
                }
            }
            rows.reverse();
            self.rows = Some(rows);
        }
        let Some(kept) = self.rows.as_mut().and_then(Vec::pop) else { return Ok(false) };
        restore(&kept, row);
        Ok(true)
    }

    fn reset(&mut self) {
        self.input.reset();
        self.rows = None;
    }
}
