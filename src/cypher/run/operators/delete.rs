//! Deletes nodes, relationships and paths, for each row.

use std::rc::Rc;

use super::{Context, Cursor, Row, drain, open, restore};
use crate::cypher::error::{Detail, Kind, QueryError};
use crate::cypher::plan;
use crate::cypher::value::Value;

pub(super) struct Delete {
    operator: Rc<plan::Delete>,
    input: Box<dyn Cursor>,
    /// What is left, last first; none before everything was deleted.
    rows: Option<Vec<Vec<Value>>>,
}

impl Delete {
    pub(super) fn new(operator: &Rc<plan::Delete>) -> Self {
        Self { operator: Rc::clone(operator), input: open(&operator.input), rows: None }
    }

    fn delete(&self, value: &Value, context: &mut Context) -> Result<(), QueryError> {
        context.budget.step()?;
        match value {
            Value::Null => {}
            Value::Node(node) if self.operator.detach => context.view.detach_delete_node(*node),
            Value::Node(node) => context.view.delete_node(*node),
            Value::Relationship(relationship) => context.view.delete_relationship(*relationship),
            Value::Path(path) => {
                for relationship in &path.relationships {
                    context.view.delete_relationship(*relationship);
                }
                for node in &path.nodes {
                    self.delete(&Value::Node(*node), context)?;
                }
            }
            Value::List(items) => {
                for item in items.iter() {
                    self.delete(item, context)?;
                }
            }
            other => {
                let message = format!("only nodes, relationships and paths can be deleted, found {}", other.kind());
                return Err(QueryError::run(Kind::TypeError, Detail::InvalidArgumentType, message));
            }
        }
        Ok(())
    }
}

impl Cursor for Delete {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        if self.rows.is_none() {
            let mut rows = drain(&mut *self.input, context, row)?;
            let mut doomed = Vec::new();
            // What is deleted in one row may be looked at in the next: all expressions come before all deletions.
            for kept in &rows {
                restore(kept, row);
                for (target, span) in &self.operator.targets {
                    doomed.push((target.evaluate(context, row).map_err(|error| error.at(*span))?, *span));
                }
            }
            for (value, span) in doomed {
                self.delete(&value, context).map_err(|error| error.at(span))?;
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
