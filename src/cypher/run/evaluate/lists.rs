//! Comprehensions, quantifiers and `reduce`.

use std::sync::Arc;

use super::{Context, Row};
use crate::cypher::QueryError;
use crate::cypher::plan::{Expr, Slot};
use crate::cypher::run::set;
use crate::cypher::syntax::tree::ListQuantifier;
use crate::cypher::value::Value;

/// Lists are charged to the memory of the statement in pieces of so many items.
const LONG: usize = 4096;

/// The items of a list; `None` for null.
fn items(list: &Expr, context: &mut Context, row: &mut Row) -> Result<Option<Arc<Vec<Value>>>, QueryError> {
    match list.evaluate(context, row)? {
        Value::Null => Ok(None),
        Value::List(items) => Ok(Some(items)),
        other => Err(other.refuse("a list")),
    }
}

pub(super) fn comprehension(
    slot: Slot,
    list: &Expr,
    condition: Option<&Expr>,
    projection: Option<&Expr>,
    context: &mut Context,
    row: &mut Row,
) -> Result<Value, QueryError> {
    let Some(items) = items(list, context, row)? else { return Ok(Value::Null) };
    let mut found = Vec::new();
    for item in items.iter() {
        context.budget.step()?;
        set(row, slot, item.clone());
        if let Some(condition) = condition
            && !condition.is_true(context, row)?
        {
            continue;
        }
        found.push(match projection {
            Some(projection) => projection.evaluate(context, row)?,
            None => item.clone(),
        });
        // Short lists come and go; long ones add up.
        if found.len() % LONG == 0 {
            context.budget.keep(LONG * size_of::<Value>())?;
        }
    }
    Value::list(found).bounded()
}

/// `all`, `any`, `none` and `single`: three-valued, as the truth of their parts is.
pub(super) fn quantified(
    kind: ListQuantifier,
    slot: Slot,
    list: &Expr,
    condition: Option<&Expr>,
    context: &mut Context,
    row: &mut Row,
) -> Result<Value, QueryError> {
    let Some(items) = items(list, context, row)? else { return Ok(Value::Null) };
    let (mut yes, mut no, mut unknown) = (0u64, 0u64, 0u64);
    for item in items.iter() {
        context.budget.step()?;
        set(row, slot, item.clone());
        let truth = match condition {
            Some(condition) => condition.evaluate(context, row)?,
            None => item.clone(),
        };
        match truth.truth()? {
            Some(true) => yes += 1,
            Some(false) => no += 1,
            None => unknown += 1,
        }
    }
    let decided = |decided: bool, otherwise: bool| match (decided, unknown) {
        (true, _) => Value::Bool(otherwise),
        (false, 0) => Value::Bool(!otherwise),
        (false, _) => Value::Null,
    };
    Ok(match kind {
        ListQuantifier::All => decided(no > 0, false),
        ListQuantifier::Any => decided(yes > 0, true),
        ListQuantifier::None => decided(yes > 0, false),
        ListQuantifier::Single if yes > 1 => Value::Bool(false),
        ListQuantifier::Single if unknown > 0 => Value::Null,
        ListQuantifier::Single => Value::Bool(yes == 1),
    })
}

pub(super) fn reduce(
    (accumulator, initial): (Slot, &Expr),
    slot: Slot,
    list: &Expr,
    step: &Expr,
    context: &mut Context,
    row: &mut Row,
) -> Result<Value, QueryError> {
    let mut value = initial.evaluate(context, row)?;
    let Some(items) = items(list, context, row)? else { return Ok(Value::Null) };
    for item in items.iter() {
        context.budget.step()?;
        set(row, accumulator, value);
        set(row, slot, item.clone());
        value = step.evaluate(context, row)?;
    }
    Ok(value)
}
