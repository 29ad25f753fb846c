//! Creates nodes and relationships, for each row.

use std::rc::Rc;
use std::sync::Arc;

use super::{Context, Cursor, Row, drain, node, open, restore};
use crate::cypher::error::{Detail, Kind, QueryError};
use crate::cypher::function::Graph;
use crate::cypher::plan::{self, Expr, New, Slot};
use crate::cypher::run::set;
use crate::cypher::value::{Map, Value};
use crate::cypher::view::WordId;

pub(super) struct Create {
    operator: Rc<plan::Create>,
    input: Box<dyn Cursor>,
    /// What is left, last first; none before everything was written.
    rows: Option<Vec<Vec<Value>>>,
}

impl Create {
    pub(super) fn new(operator: &Rc<plan::Create>) -> Self {
        Self { operator: Rc::clone(operator), input: open(&operator.input), rows: None }
    }
}

impl Cursor for Create {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        if self.rows.is_none() {
            let mut rows = drain(&mut *self.input, context, row)?;
            for kept in &mut rows {
                restore(kept, row);
                create(&self.operator.items, &self.operator.paths, context, row)?;
                kept.clone_from_slice(row);
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

/// Creates what a pattern lists, and fills its slots.
pub(super) fn create(
    items: &[New],
    paths: &[(Slot, Expr)],
    context: &mut Context,
    row: &mut Row,
) -> Result<(), QueryError> {
    for item in items {
        context.budget.step()?;
        match item {
            New::Node(new) => {
                let properties = properties(new.properties.as_ref(), context, row)?;
                let node = context.view.create_node(&new.labels, properties)?;
                set(row, new.slot, Value::Node(node));
            }
            New::Relationship(new) => {
                let missing = || {
                    let message = "a relationship cannot be created: the node at one of its ends is null";
                    QueryError::run(Kind::EntityNotFound, Detail::DeletedEntityAccess, message).at(new.span)
                };
                let from = node(row, new.from).ok_or_else(missing)?;
                let to = node(row, new.to).ok_or_else(missing)?;
                let properties = properties(new.properties.as_ref(), context, row)?;
                let relationship = context.view.create_relationship(from, new.kind, to, properties)?;
                set(row, new.slot, Value::Relationship(relationship));
            }
        }
    }
    for (slot, expression) in paths {
        let value = expression.evaluate(context, row)?;
        set(row, *slot, value);
    }
    Ok(())
}

/// The properties of a map; those that are null are none.
fn properties(map: Option<&Expr>, context: &mut Context, row: &mut Row) -> Result<Vec<(WordId, Value)>, QueryError> {
    let Some(map) = map else { return Ok(Vec::new()) };
    let value = map.evaluate(context, row)?;
    let map = as_map(&value, context)?;
    let properties = map.iter().filter(|(_, value)| !value.is_null());
    Ok(properties.map(|(key, value)| (context.view.intern(key), value.clone())).collect())
}

/// A map, or the properties of a node or relationship.
pub(super) fn as_map(value: &Value, context: &Context) -> Result<Arc<Map>, QueryError> {
    match value {
        Value::Null => Ok(Arc::default()),
        Value::Map(map) => Ok(Arc::clone(map)),
        Value::Node(node) => Ok(Arc::new(Graph::node_properties(&context.view, *node)?)),
        Value::Relationship(relationship) => {
            Ok(Arc::new(Graph::relationship_properties(&context.view, *relationship)?))
        }
        other => Err(other.refuse("a map of properties")),
    }
}
