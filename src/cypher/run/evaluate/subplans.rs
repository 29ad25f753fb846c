//! Plans inside expressions.

use super::{Context, Row, get};
use crate::cypher::QueryError;
use crate::cypher::plan::Subplan;
use crate::cypher::run::{Cursor, open};
use crate::cypher::value::Value;

/// A subplan at work, with its own row.
fn begin(subplan: &Subplan, row: &Row) -> (Box<dyn Cursor>, Vec<Value>) {
    let mut own = vec![Value::Null; subplan.width];
    for (outer, inner) in &subplan.imports {
        if let Some(place) = own.get_mut(*inner) {
            *place = get(row, *outer).clone();
        }
    }
    (open(&subplan.plan), own)
}

pub(super) fn exists(subplan: &Subplan, context: &mut Context, row: &Row) -> Result<Value, QueryError> {
    let (mut cursor, mut own) = begin(subplan, row);
    Ok(Value::Bool(cursor.next(context, &mut own)?))
}

pub(super) fn count(subplan: &Subplan, context: &mut Context, row: &Row) -> Result<Value, QueryError> {
    let (mut cursor, mut own) = begin(subplan, row);
    let mut count = 0;
    while cursor.next(context, &mut own)? {
        count += 1;
    }
    Ok(Value::Int(count))
}

pub(super) fn collect(subplan: &Subplan, context: &mut Context, row: &Row) -> Result<Value, QueryError> {
    let (mut cursor, mut own) = begin(subplan, row);
    let mut found = Vec::new();
    while cursor.next(context, &mut own)? {
        if let Some(result) = &subplan.result {
            context.budget.keep(size_of::<Value>())?;
            found.push(result.evaluate(context, &mut own)?);
        }
    }
    context.budget.release(found.len() * size_of::<Value>());
    Value::list(found).bounded()
}

pub(super) fn first(subplan: &Subplan, context: &mut Context, row: &Row) -> Result<Value, QueryError> {
    let (mut cursor, mut own) = begin(subplan, row);
    match &subplan.result {
        Some(result) if cursor.next(context, &mut own)? => result.evaluate(context, &mut own),
        _ => Ok(Value::Null),
    }
}
