//! The rows of a procedure, for each row.

use std::rc::Rc;

use super::{Context, Cursor, Row, open};
use crate::cypher::QueryError;
use crate::cypher::plan;
use crate::cypher::run::set;
use crate::cypher::value::Value;

pub(super) struct ProcedureCall {
    operator: Rc<plan::ProcedureCall>,
    input: Box<dyn Cursor>,
    rows: std::vec::IntoIter<Vec<Value>>,
}

impl ProcedureCall {
    pub(super) fn new(operator: &Rc<plan::ProcedureCall>) -> Self {
        Self { operator: Rc::clone(operator), input: open(&operator.input), rows: Vec::new().into_iter() }
    }
}

impl Cursor for ProcedureCall {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        let operator = Rc::clone(&self.operator);
        loop {
            if let Some(found) = self.rows.next() {
                context.budget.step()?;
                for (column, slot) in &operator.outputs {
                    set(row, *slot, found.get(*column).cloned().unwrap_or_default());
                }
                return Ok(true);
            }
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            let arguments: Result<Vec<Value>, QueryError> =
                operator.arguments.iter().map(|argument| argument.evaluate(context, row)).collect();
            let rows = operator.procedure.call(&arguments?, context).map_err(|error| error.at(operator.span))?;
            // A procedure without columns lets every row pass.
            let passes = operator.procedure.outputs().next().is_none();
            if passes || (rows.is_empty() && operator.optional) {
                for (_, slot) in &operator.outputs {
                    set(row, *slot, Value::Null);
                }
                return Ok(true);
            }
            self.rows = rows.into_iter();
        }
    }

    fn reset(&mut self) {
        self.input.reset();
        self.rows = Vec::new().into_iter();
    }
}
