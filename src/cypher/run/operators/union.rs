//! The rows of one plan after those of another.

use std::rc::Rc;

use super::{Context, Cursor, Row, get, open};
use crate::cypher::QueryError;
use crate::cypher::plan;
use crate::cypher::run::set;

pub(super) struct Union {
    operator: Rc<plan::Union>,
    branches: Vec<Box<dyn Cursor>>,
    present: usize,
}

impl Union {
    pub(super) fn new(operator: &Rc<plan::Union>) -> Self {
        let branches = operator.branches.iter().map(|(plan, _)| open(plan)).collect();
        Self { operator: Rc::clone(operator), branches, present: 0 }
    }
}

impl Cursor for Union {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        while let Some(branch) = self.branches.get_mut(self.present) {
            if branch.next(context, row)? {
                if let Some((_, slots)) = self.operator.branches.get(self.present) {
                    for (to, from) in self.operator.slots.iter().zip(slots) {
                        let value = get(row, *from).clone();
                        set(row, *to, value);
                    }
                }
                return Ok(true);
            }
            self.present += 1;
        }
        Ok(false)
    }

    fn reset(&mut self) {
        self.branches.iter_mut().for_each(|branch| branch.reset());
        self.present = 0;
    }
}
