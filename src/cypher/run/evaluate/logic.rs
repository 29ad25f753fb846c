//! Truth: conjunctions, labels, names.

use super::{Context, Row, get};
use crate::cypher::QueryError;
use crate::cypher::plan::{Expr, LabelTest};
use crate::cypher::value::{Value, equals};
use crate::cypher::view::WordId;

/// All parts, left to right until one is false.
pub(super) fn all(parts: &[Expr], context: &mut Context, row: &mut Row) -> Result<Value, QueryError> {
    let mut known = true;
    for part in parts {
        match part.evaluate(context, row)?.truth()? {
            Some(false) => return Ok(Value::Bool(false)),
            None => known = false,
            Some(true) => {}
        }
    }
    Ok(if known { Value::Bool(true) } else { Value::Null })
}

/// Any part, left to right until one is true.
pub(super) fn any(parts: &[Expr], context: &mut Context, row: &mut Row) -> Result<Value, QueryError> {
    let mut known = true;
    for part in parts {
        match part.evaluate(context, row)?.truth()? {
            Some(true) => return Ok(Value::Bool(true)),
            None => known = false,
            Some(false) => {}
        }
    }
    Ok(if known { Value::Bool(false) } else { Value::Null })
}

/// Whether a node carries labels, or a relationship is of a type.
pub(super) fn has_labels(
    subject: &Expr,
    test: &LabelTest,
    context: &mut Context,
    row: &mut Row,
) -> Result<Value, QueryError> {
    let holder;
    let subject = match subject {
        Expr::Slot(slot) => get(row, *slot),
        other => {
            holder = other.evaluate(context, row)?;
            &holder
        }
    };
    let view = &context.view;
    Ok(match subject {
        Value::Null => Value::Null,
        Value::Node(node) => {
            Value::Bool(test.holds(&|word| view.has_label(*node, word), &|| !view.labels(*node).is_empty()))
        }
        Value::Relationship(relationship) => {
            let own = view.type_of(*relationship);
            Value::Bool(test.holds(&|word| word == own, &|| true))
        }
        other => return Err(other.refuse("a node or a relationship")),
    })
}

/// `subject.name = text`: for entities of the landscape whether it is one of their names, in any script; otherwise plain
/// equality.
pub(super) fn named(
    subject: &Expr,
    key: WordId,
    text: &Expr,
    negated: bool,
    context: &mut Context,
    row: &mut Row,
) -> Result<Value, QueryError> {
    let subject = subject.evaluate(context, row)?;
    let text = text.evaluate(context, row)?;
    let equal = match (&subject, &text) {
        (Value::Node(node), Value::Text(name)) if context.view.is_landscape(*node)? => {
            Some(context.view.is_named(*node, name)?)
        }
        (Value::Node(node), _) => equals(&context.view.node_property(*node, key)?, &text),
        (Value::Relationship(relationship), _) => {
            equals(&context.view.relationship_property(*relationship, key)?, &text)
        }
        (Value::Null, _) => None,
        (other, _) => {
            let key = std::sync::Arc::clone(context.view.text(key));
            equals(&crate::cypher::function::operator::property(&context.view, other, &key)?, &text)
        }
    };
    Ok(equal.map_or(Value::Null, |equal| Value::Bool(equal != negated)))
}
