//! What may stand beside an aggregate.

use std::sync::Arc;

use super::Checked;
use super::scope::Scope;
use crate::cypher::error::{Detail, QueryError};
use crate::cypher::function::aggregate;
use crate::cypher::syntax::alike;
use crate::cypher::syntax::tree::{Expression, ExpressionKind, Projection};

/// Whether the expression itself is an aggregate.
fn is_aggregate(expression: &Expression) -> bool {
    match &expression.kind {
        ExpressionKind::CountStar => true,
        ExpressionKind::Function { name, .. } => aggregate::lookup(&name.text).is_some(),
        _ => false,
    }
}

/// Whether an aggregate stands anywhere within the expression.
pub(super) fn aggregates(expression: &Expression) -> bool {
    let mut rest = vec![expression];
    while let Some(expression) = rest.pop() {
        if is_aggregate(expression) {
            return true;
        }
        rest.extend(expression.parts());
    }
    false
}

/// A variable, or a property of one: what is the same in all rows of a group when it is an item of the projection.
fn is_simple(expression: &Expression) -> bool {
    match &expression.kind {
        ExpressionKind::Variable(_) => true,
        ExpressionKind::Property { subject, .. } => is_simple(subject),
        _ => false,
    }
}

/// What can be used around the aggregates of a projection.
pub(super) struct Grouping<'t> {
    projection: &'t Projection,
    /// The columns, which `ORDER BY` and `WHERE` see.
    columns: &'t [Arc<str>],
}

/// Where the variables of comprehensions around a place are noted.
type Local<'t> = Vec<&'t str>;

impl<'t> Grouping<'t> {
    pub(super) fn new(projection: &'t Projection, columns: &'t [Arc<str>]) -> Self {
        Self { projection, columns }
    }

    fn keys(&self) -> impl Iterator<Item = &'t Expression> {
        self.projection.items.iter().map(|item| &item.expression).filter(|expression| !aggregates(expression))
    }

    /// Whether an expression is an item of the projection.
    pub(super) fn is_item(&self, expression: &Expression) -> bool {
        self.projection.items.iter().any(|item| alike(&item.expression, expression))
    }

    /// An item with an aggregate: what else stands in it must be the same in all rows of a group.
    ///
    /// # Errors
    /// `AmbiguousAggregationExpression`
    pub(super) fn item(&self, expression: &'t Expression, before: &Scope<'_>) -> Checked {
        self.beside(expression, &mut Vec::new(), &|variable, expression| {
            // `*` makes every variable a key.
            if self.projection.star && before.get(variable).is_some() { Ok(()) } else { Err(ambiguous(expression)) }
        })
    }

    fn beside(
        &self,
        expression: &'t Expression,
        local: &mut Local<'t>,
        unknown: &impl Fn(&str, &Expression) -> Checked,
    ) -> Checked {
        if is_aggregate(expression) || self.keys().any(|key| is_simple(key) && alike(key, expression)) {
            return Ok(());
        }
        match &expression.kind {
            ExpressionKind::Variable(name) if !local.contains(&&**name) => unknown(name, expression),
            _ => {
                let known = local.len();
                local.extend(expression.own_variables());
                let parts = expression.parts();
                parts.into_iter().try_for_each(|part| self.beside(part, local, unknown))?;
                local.truncate(known);
                Ok(())
            }
        }
    }

    /// What sorts or filters the rows of a projection that groups them or keeps different ones only: it sees the columns,
    /// and what the items compute.
    ///
    /// # Errors
    /// `UndefinedVariable` for variables that do not go on, and `AmbiguousAggregationExpression` where they are part of
    /// an item.
    pub(super) fn after(&self, expression: &'t Expression, before: &Scope<'_>) -> Checked {
        self.sees(expression, aggregates(expression), false, &mut Vec::new(), before)
    }

    fn sees(
        &self,
        expression: &'t Expression,
        mixed: bool,
        within: bool,
        local: &mut Local<'t>,
        before: &Scope<'_>,
    ) -> Checked {
        let items = self.projection.items.iter().map(|item| &item.expression);
        // Beside an aggregate only what is simple can be found again.
        let found = |item: &Expression| !mixed || is_simple(item) || is_aggregate(item);
        if items.filter(|item| found(item)).any(|item| alike(item, expression)) {
            return Ok(());
        }
        match &expression.kind {
            ExpressionKind::Variable(name) => {
                if local.contains(&&**name) || self.columns.contains(name) {
                    return Ok(());
                }
                // A name that was never defined is told as such.
                before.resolve(name, expression.span)?;
                let is_part = self.keys().any(|key| mentions(key, name));
                if mixed && !within && is_part { Err(ambiguous(expression)) } else { Err(gone(name, expression)) }
            }
            _ => {
                let within = within || is_aggregate(expression);
                let known = local.len();
                local.extend(expression.own_variables());
                let parts = expression.parts();
                parts.into_iter().try_for_each(|part| self.sees(part, mixed, within, local, before))?;
                local.truncate(known);
                Ok(())
            }
        }
    }
}

fn mentions(expression: &Expression, name: &str) -> bool {
    let mut rest = vec![expression];
    while let Some(expression) = rest.pop() {
        if matches!(&expression.kind, ExpressionKind::Variable(found) if **found == *name) {
            return true;
        }
        rest.extend(expression.parts());
    }
    false
}

fn ambiguous(expression: &Expression) -> QueryError {
    let message =
        "beside an aggregate, only what is an item of its own can be used: its value may differ within a group";
    let error = QueryError::syntax(Detail::AmbiguousAggregationExpression, expression.span, message);
    error.with_hint("make it an item before the aggregate, or aggregate it too")
}

fn gone(name: &str, expression: &Expression) -> QueryError {
    let message =
        format!("the variable '{name}' is not known behind a projection that groups rows or drops equal ones");
    let error = QueryError::syntax(Detail::UndefinedVariable, expression.span, message);
    error.with_hint("make it an item of the projection")
}
