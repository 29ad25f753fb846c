//! Expressions in a row.

mod access;
mod lists;
mod logic;
mod paths;
mod subplans;

use std::sync::Arc;

use super::{Context, Row, get};
use crate::cypher::error::{Detail, Kind, QueryError};
use crate::cypher::function::operator;
use crate::cypher::plan::Expr;
use crate::cypher::syntax::Span;
use crate::cypher::syntax::tree::BinaryOperator;
use crate::cypher::value::{Map, Value, holds};

pub(crate) use paths::path_of;

impl Expr {
    /// The value of the expression in a row.
    ///
    /// Slots of variables that the expression itself brings (comprehensions, `reduce`) are written; the others are only
    /// read.
    pub(crate) fn evaluate(&self, context: &mut Context, row: &mut Row) -> Result<Value, QueryError> {
        match self {
            Self::Constant(value) => Ok(value.clone()),
            Self::Slot(slot) => Ok(get(row, *slot).clone()),
            Self::Parameter(name, span) => parameter(context, name, *span),
            Self::Property { subject, key, text, span } => {
                access::property(subject, *key, text, context, row).map_err(|error| error.at(*span))
            }
            Self::List(items) => {
                let values: Result<Vec<Value>, QueryError> =
                    items.iter().map(|item| item.evaluate(context, row)).collect();
                Value::list(values?).bounded()
            }
            Self::Map(items) => {
                let mut map = Map::new();
                for (key, item) in items {
                    map.insert(Arc::clone(key), item.evaluate(context, row)?);
                }
                Value::Map(Arc::new(map)).bounded()
            }
            Self::MapProjection { subject, items } => access::map_projection(subject, items, context, row),
            Self::Index { subject, index, span } => {
                let (subject, index) = (subject.evaluate(context, row)?, index.evaluate(context, row)?);
                operator::index(&context.view, &subject, &index).map_err(|error| error.at(*span))
            }
            Self::Slice { subject, from, to, span } => {
                let subject = subject.evaluate(context, row)?;
                let mut bound =
                    |bound: &Option<Box<Self>>| bound.as_ref().map(|bound| bound.evaluate(context, row)).transpose();
                let (from, to) = (bound(from)?, bound(to)?);
                operator::slice(&subject, from.as_ref(), to.as_ref()).map_err(|error| error.at(*span))
            }
            Self::And(parts) => logic::all(parts, context, row),
            Self::Or(parts) => logic::any(parts, context, row),
            Self::Xor(left, right) => {
                let (left, right) = (left.evaluate(context, row)?, right.evaluate(context, row)?);
                operator::xor(&left, &right)
            }
            Self::Not(inner) => operator::not(&inner.evaluate(context, row)?),
            Self::Plus(inner, span) => {
                operator::positive(&inner.evaluate(context, row)?).map_err(|error| error.at(*span))
            }
            Self::Minus(inner, span) => {
                operator::negate(&inner.evaluate(context, row)?).map_err(|error| error.at(*span))
            }
            Self::Chain { first, rest } => {
                let mut value = first.evaluate(context, row)?;
                for (operator, right, span) in rest {
                    let right = right.evaluate(context, row)?;
                    let result = binary(*operator, &value, &right).and_then(|value| bounded(value, context));
                    value = result.map_err(|error| error.at(*span))?;
                }
                Ok(value)
            }
            Self::Comparison { first, rest } => {
                let mut left = first.evaluate(context, row)?;
                let mut known = Some(true);
                for (operator, right) in rest {
                    let right = right.evaluate(context, row)?;
                    match holds(*operator, &left, &right) {
                        Some(false) => return Ok(Value::Bool(false)),
                        None => known = None,
                        Some(true) => {}
                    }
                    left = right;
                }
                Ok(known.map_or(Value::Null, Value::Bool))
            }
            Self::Named { subject, key, text, negated } => logic::named(subject, *key, text, *negated, context, row),
            Self::IsNull { subject, negated } => Ok(Value::Bool(subject.evaluate(context, row)?.is_null() != *negated)),
            Self::HasLabels { subject, test, span } => {
                logic::has_labels(subject, test, context, row).map_err(|error| error.at(*span))
            }
            Self::Call { function, arguments, span } => {
                // Most functions take one or two arguments.
                let called = match arguments.as_slice() {
                    [] => function.call(&context.view, &[]),
                    [one] => {
                        let argument = one.evaluate(context, row)?;
                        function.call(&context.view, &[argument])
                    }
                    [one, two] => {
                        let arguments = [one.evaluate(context, row)?, two.evaluate(context, row)?];
                        function.call(&context.view, &arguments)
                    }
                    more => {
                        let values: Result<Vec<Value>, QueryError> =
                            more.iter().map(|argument| argument.evaluate(context, row)).collect();
                        function.call(&context.view, &values?)
                    }
                };
                called.and_then(|value| bounded(value, context)).map_err(|error| error.at(*span))
            }
            Self::Case { subject, branches, otherwise } => {
                let subject = subject.as_ref().map(|subject| subject.evaluate(context, row)).transpose()?;
                for (when, then) in branches {
                    let when = when.evaluate(context, row)?;
                    let taken = match &subject {
                        Some(subject) => crate::cypher::value::equals(subject, &when) == Some(true),
                        None => when.truth()? == Some(true),
                    };
                    if taken {
                        return then.evaluate(context, row);
                    }
                }
                otherwise.as_ref().map_or(Ok(Value::Null), |otherwise| otherwise.evaluate(context, row))
            }
            Self::ListComprehension { slot, list, condition, projection, span } => {
                lists::comprehension(*slot, list, condition.as_deref(), projection.as_deref(), context, row)
                    .map_err(|error| error.at(*span))
            }
            Self::Quantified { kind, slot, list, condition, span } => {
                lists::quantified(*kind, *slot, list, condition.as_deref(), context, row)
                    .map_err(|error| error.at(*span))
            }
            Self::Reduce { accumulator, initial, slot, list, step, span } => {
                lists::reduce((*accumulator, initial), *slot, list, step, context, row).map_err(|error| error.at(*span))
            }
            Self::Path(pieces) => Ok(path_of(pieces, &context.view, row)),
            Self::Exists(subplan) => subplans::exists(subplan, context, row),
            Self::Count(subplan) => subplans::count(subplan, context, row),
            Self::Collect(subplan) => subplans::collect(subplan, context, row),
            Self::First(subplan) => subplans::first(subplan, context, row),
        }
    }

    /// Whether the expression is true in a row; null is not.
    #[inline]
    pub(crate) fn is_true(&self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        match self {
            Self::And(parts) => {
                for part in parts {
                    if !part.is_true(context, row)? {
                        // A part after a null may be an error or false: either way the row goes.
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            _ => Ok(self.evaluate(context, row)?.truth()? == Some(true)),
        }
    }
}

/// The value, unless it is so large that a few more of its kind would exhaust the memory of the statement.
#[inline]
fn bounded(value: Value, context: &mut Context) -> Result<Value, QueryError> {
    let bytes = match &value {
        Value::Text(text) => text.len(),
        Value::List(items) => size_of_val(items.as_slice()),
        _ => return Ok(value),
    };
    if bytes >= LARGE {
        context.budget.single(bytes)?;
    }
    Ok(value)
}

/// Values of so many bytes are looked at by the budget.
const LARGE: usize = 1 << 16;

fn parameter(context: &Context, name: &str, span: Span) -> Result<Value, QueryError> {
    context.parameters.get(name).cloned().ok_or_else(|| {
        let message = format!("the parameter ${name} has no value");
        QueryError::run(Kind::ParameterMissing, Detail::MissingParameter, message).at(span)
    })
}

fn binary(operator: BinaryOperator, left: &Value, right: &Value) -> Result<Value, QueryError> {
    match operator {
        BinaryOperator::Or => operator::or(left, right),
        BinaryOperator::Xor => operator::xor(left, right),
        BinaryOperator::And => operator::and(left, right),
        BinaryOperator::Add => operator::add(left, right),
        BinaryOperator::Subtract => operator::subtract(left, right),
        BinaryOperator::Multiply => operator::multiply(left, right),
        BinaryOperator::Divide => operator::divide(left, right),
        BinaryOperator::Modulo => operator::modulo(left, right),
        BinaryOperator::Power => operator::power(left, right),
        BinaryOperator::In => operator::element(left, right),
        BinaryOperator::StartsWith => Ok(operator::starts_with(left, right)),
        BinaryOperator::EndsWith => Ok(operator::ends_with(left, right)),
        BinaryOperator::Contains => Ok(operator::contains(left, right)),
        BinaryOperator::Matches => operator::matches(left, right),
        BinaryOperator::Concatenate => operator::concatenate(left, right),
    }
}
