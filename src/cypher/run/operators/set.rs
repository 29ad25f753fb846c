//! Changes properties and labels, for each row.

use std::rc::Rc;
use std::sync::Arc;

use super::create::as_map;
use super::{Context, Cursor, Row, drain, get, open, restore};
use crate::cypher::QueryError;
use crate::cypher::plan::{self, SetItem};
use crate::cypher::value::Value;
use crate::cypher::view::WordId;

pub(super) struct Set {
    operator: Rc<plan::Set>,
    input: Box<dyn Cursor>,
    /// What is left, last first; none before everything was written.
    rows: Option<Vec<Vec<Value>>>,
}

impl Set {
    pub(super) fn new(operator: &Rc<plan::Set>) -> Self {
        Self { operator: Rc::clone(operator), input: open(&operator.input), rows: None }
    }
}

impl Cursor for Set {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        if self.rows.is_none() {
            let mut rows = drain(&mut *self.input, context, row)?;
            for kept in &rows {
                restore(kept, row);
                apply(&self.operator.items, context, row)?;
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

/// Makes the changes in their order; what is null stays as it is.
pub(super) fn apply(items: &[SetItem], context: &mut Context, row: &mut Row) -> Result<(), QueryError> {
    for item in items {
        context.budget.step()?;
        match item {
            SetItem::Property { target, key, value, span } => {
                let target = target.evaluate(context, row)?;
                let value = value.evaluate(context, row)?;
                let key = context.view.intern(key);
                set_property(&target, key, value, context).map_err(|error| error.at(*span))?;
            }
            SetItem::Properties { target, value, keep } => {
                let target = get(row, *target).clone();
                let value = value.evaluate(context, row)?;
                set_properties(&target, &value, *keep, context)?;
            }
            SetItem::AddLabels { target, labels } => {
                if let Value::Node(node) = get(row, *target) {
                    for label in labels {
                        context.view.add_label(*node, *label)?;
                    }
                }
            }
            SetItem::RemoveLabels { target, labels } => {
                if let Value::Node(node) = get(row, *target) {
                    for label in labels {
                        context.view.remove_label(*node, *label)?;
                    }
                }
            }
        }
    }
    Ok(())
}

fn set_property(target: &Value, key: WordId, value: Value, context: &mut Context) -> Result<(), QueryError> {
    match target {
        Value::Null => Ok(()),
        Value::Node(node) => context.view.set_node_property(*node, key, value),
        Value::Relationship(relationship) => context.view.set_relationship_property(*relationship, key, value),
        other => Err(other.refuse("a node or a relationship")),
    }
}

/// `target = map`, or with `keep` `target += map`.
fn set_properties(target: &Value, value: &Value, keep: bool, context: &mut Context) -> Result<(), QueryError> {
    if target.is_null() {
        return Ok(());
    }
    let map = as_map(value, context)?;
    if !keep {
        let before = as_map(target, context)?;
        for key in before.keys().filter(|key| !map.contains_key(*key)) {
            let key = context.view.intern(key);
            set_property(target, key, Value::Null, context)?;
        }
    }
    for (key, value) in map.iter() {
        let key = context.view.intern(&Arc::clone(key));
        set_property(target, key, value.clone(), context)?;
    }
    Ok(())
}
