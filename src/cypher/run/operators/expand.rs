//! One relationship further, for each row.

use std::rc::Rc;

use super::{Context, Cursor, Row, is_walked, node, open, side};
use crate::cypher::QueryError;
use crate::cypher::plan;
use crate::cypher::run::set;
use crate::cypher::value::Value;
use crate::cypher::view::EdgeCursor;

pub(super) struct Expand {
    operator: Rc<plan::Expand>,
    input: Box<dyn Cursor>,
    edges: Option<EdgeCursor>,
}

impl Expand {
    pub(super) fn new(operator: &Rc<plan::Expand>) -> Self {
        Self { operator: Rc::clone(operator), input: open(&operator.input), edges: None }
    }
}

impl Cursor for Expand {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        let operator = &*self.operator;
        loop {
            if let Some(edges) = &mut self.edges {
                while let Some((relationship, other, kind)) = context.view.next_edge(edges) {
                    context.budget.step()?;
                    if !operator.types.admit(kind) || is_walked(relationship, &operator.unique, row) {
                        continue;
                    }
                    set(row, operator.relationship, Value::Relationship(relationship));
                    if !operator.into {
                        set(row, operator.to, Value::Node(other));
                    }
                    return Ok(true);
                }
            }
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            self.edges = match (node(row, operator.from), operator.into) {
                (Some(from), false) => Some(context.view.edges(from, side(operator.direction))),
                (Some(from), true) => {
                    node(row, operator.to).map(|to| context.view.edges_between(from, to, side(operator.direction)))
                }
                (None, _) => None,
            };
        }
    }

    fn reset(&mut self) {
        self.input.reset();
        self.edges = None;
    }
}
