//! Every row once.

use std::collections::HashSet;
use std::rc::Rc;

use super::{Context, Cursor, Row, get, open};
use crate::cypher::QueryError;
use crate::cypher::plan;
use crate::cypher::value::{Quick, Value};

pub(super) struct Distinct {
    operator: Rc<plan::Distinct>,
    input: Box<dyn Cursor>,
    seen: HashSet<Box<[Value]>, Quick>,
}

impl Distinct {
    pub(super) fn new(operator: &Rc<plan::Distinct>) -> Self {
        Self { operator: Rc::clone(operator), input: open(&operator.input), seen: HashSet::default() }
    }
}

impl Cursor for Distinct {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        while self.input.next(context, row)? {
            let key: Box<[Value]> = self.operator.slots.iter().map(|slot| get(row, *slot).clone()).collect();
            let size = size_of_val(&*key) + 32;
            if self.seen.insert(key) {
                context.budget.keep(size)?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn reset(&mut self) {
        self.input.reset();
        self.seen.clear();
    }
}
