//! Aggregates inside projections.

use std::mem;

use super::{Compiler, Scope};
use crate::cypher::error::{Detail, QueryError};
use crate::cypher::function;
use crate::cypher::plan::{AggregateItem, Expr};
use crate::cypher::syntax::Span;
use crate::cypher::syntax::tree::{Expression, ExpressionKind, MapProjectionItem};

/// The aggregates of a projection while its items are compiled.
#[derive(Debug)]
pub(super) struct Grouping {
    /// What the arguments of aggregates may use: the rows before they are grouped.
    pub(super) before: Scope,
    pub(super) items: Vec<AggregateItem>,
}

impl Compiler<'_> {
    /// An aggregate: it gets a slot, and the expression around it reads the slot.
    pub(super) fn aggregate(
        &mut self,
        name: &str,
        distinct: bool,
        arguments: &[Expression],
        span: Span,
    ) -> Result<Expr, QueryError> {
        let misplaced = || {
            let message =
                format!("the aggregate {name} can stand in WITH and RETURN only, and not in another aggregate");
            QueryError::syntax(Detail::InvalidAggregation, span, message)
        };
        let aggregate = function::aggregate(name).ok_or_else(misplaced)?;
        let grouping = mem::take(&mut self.grouping).ok_or_else(misplaced)?;
        let arguments = self.all(arguments, &grouping.before);
        let slot = self.slot();
        let grouping = self.grouping.insert(grouping);
        grouping.items.push(AggregateItem { slot, aggregate, distinct, arguments: arguments?, span });
        Ok(Expr::Slot(slot))
    }
}

/// Whether an aggregate stands anywhere in the expression, outside of subqueries.
pub(super) fn has_aggregate(expression: &Expression) -> bool {
    let mut stack = vec![expression];
    while let Some(expression) = stack.pop() {
        match &expression.kind {
            ExpressionKind::CountStar => return true,
            ExpressionKind::Function { name, .. } if function::aggregate(&name.text).is_some() => return true,
            _ => parts(expression, &mut stack),
        }
    }
    false
}

/// The expressions directly inside.
fn parts<'e>(expression: &'e Expression, into: &mut Vec<&'e Expression>) {
    match &expression.kind {
        ExpressionKind::Null
        | ExpressionKind::Bool(_)
        | ExpressionKind::Int(_)
        | ExpressionKind::Float(_)
        | ExpressionKind::Text(_)
        | ExpressionKind::Parameter(_)
        | ExpressionKind::Variable(_)
        | ExpressionKind::CountStar
        | ExpressionKind::PatternComprehension { .. }
        | ExpressionKind::Pattern(_)
        | ExpressionKind::Exists(_)
        | ExpressionKind::Count(_)
        | ExpressionKind::Collect(_) => {}
        ExpressionKind::List(items) | ExpressionKind::Function { arguments: items, .. } => into.extend(items),
        ExpressionKind::Map(items) => into.extend(items.iter().map(|(_, item)| item)),
        ExpressionKind::MapProjection { items, .. } => {
            into.extend(items.iter().filter_map(|item| match item {
                MapProjectionItem::Literal(_, value) => Some(value),
                _ => None,
            }));
        }
        ExpressionKind::Property { subject, .. }
        | ExpressionKind::IsNull { subject, .. }
        | ExpressionKind::HasLabels { subject, .. } => into.push(subject),
        ExpressionKind::Not(inner) | ExpressionKind::Plus(inner) | ExpressionKind::Minus(inner) => into.push(inner),
        ExpressionKind::Index { subject, index } => into.extend([&**subject, &**index]),
        ExpressionKind::Slice { subject, from, to } => {
            into.push(subject);
            into.extend(from.as_deref());
            into.extend(to.as_deref());
        }
        ExpressionKind::Binary { left, right, .. } => into.extend([&**left, &**right]),
        ExpressionKind::Comparison { first, rest } => {
            into.push(first);
            into.extend(rest.iter().map(|(_, right)| right));
        }
        ExpressionKind::Case { subject, branches, otherwise } => {
            into.extend(subject.as_deref());
            into.extend(branches.iter().flat_map(|(when, then)| [when, then]));
            into.extend(otherwise.as_deref());
        }
        ExpressionKind::ListComprehension { list, condition, projection, .. } => {
            into.push(list);
            into.extend(condition.as_deref());
            into.extend(projection.as_deref());
        }
        ExpressionKind::Quantified { list, condition, .. } => {
            into.push(list);
            into.extend(condition.as_deref());
        }
        ExpressionKind::Reduce { initial, list, step, .. } => into.extend([&**initial, &**list, &**step]),
    }
}
