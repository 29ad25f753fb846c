//! Properties and map projections.

use std::sync::Arc;

use super::{Context, Row, get};
use crate::cypher::QueryError;
use crate::cypher::function::{Graph, operator};
use crate::cypher::plan::{Expr, Projected};
use crate::cypher::value::{Map, Value};
use crate::cypher::view::WordId;

/// `subject.key`
pub(super) fn property(
    subject: &Expr,
    key: WordId,
    text: &str,
    context: &mut Context,
    row: &mut Row,
) -> Result<Value, QueryError> {
    // A variable is looked at where it stands.
    if let Expr::Slot(slot) = subject {
        match get(row, *slot) {
            Value::Node(node) => return context.view.node_property(*node, key),
            Value::Relationship(relationship) => return context.view.relationship_property(*relationship, key),
            Value::Null => return Ok(Value::Null),
            other => return operator::property(&context.view, other, text),
        }
    }
    let subject = subject.evaluate(context, row)?;
    match subject {
        Value::Node(node) => context.view.node_property(node, key),
        Value::Relationship(relationship) => context.view.relationship_property(relationship, key),
        other => operator::property(&context.view, &other, text),
    }
}

/// `subject {.key, .*, key: value}`
pub(super) fn map_projection(
    subject: &Expr,
    items: &[Projected],
    context: &mut Context,
    row: &mut Row,
) -> Result<Value, QueryError> {
    let subject = subject.evaluate(context, row)?;
    if subject.is_null() {
        return Ok(Value::Null);
    }
    let mut map = Map::new();
    for item in items {
        match item {
            Projected::Property(text) => {
                map.insert(Arc::clone(text), operator::property(&context.view, &subject, text)?);
            }
            Projected::All => match &subject {
                Value::Node(node) => map.extend(Graph::node_properties(&context.view, *node)?),
                Value::Relationship(relationship) => {
                    map.extend(Graph::relationship_properties(&context.view, *relationship)?)
                }
                Value::Map(own) => map.extend(own.iter().map(|(key, value)| (Arc::clone(key), value.clone()))),
                other => return Err(other.refuse("a node, a relationship or a map")),
            },
            Projected::Value(key, value) => {
                map.insert(Arc::clone(key), value.evaluate(context, row)?);
            }
        }
    }
    Value::Map(Arc::new(map)).bounded()
}
