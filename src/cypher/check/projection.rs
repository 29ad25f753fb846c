//! `WITH` and `RETURN`.

use std::collections::HashSet;
use std::sync::Arc;

use super::aggregation::{Grouping, aggregates};
use super::expression::Aggregates;
use super::scope::Scope;
use super::types::Type;
use super::{Checked, Checker};
use crate::cypher::error::{Detail, QueryError};
use crate::cypher::syntax::Span;
use crate::cypher::syntax::tree::{Expression, ExpressionKind, Projection, ProjectionItem};
use crate::cypher::value::Types;

/// Columns in their order, with what they can be.
pub(super) type Columns = Vec<(Arc<str>, Type)>;

impl Checker<'_> {
    /// The columns of a projection. `returns` tells `RETURN` from `WITH`, which needs names for what it computes.
    pub(super) fn projection(&self, projection: &Projection, scope: &Scope<'_>, returns: bool) -> Checked<Columns> {
        if returns && projection.star && scope.is_empty() {
            let message = "there are no variables that * could stand for";
            return Err(QueryError::syntax(Detail::NoVariablesInScope, projection.span, message));
        }
        let mut columns = if projection.star { scope.all() } else { Vec::new() };
        for item in &projection.items {
            let is = self.expression(&item.expression, scope, Aggregates::Allowed)?;
            columns.push((column_name(item), is));
        }
        self.distinct_names(projection, &columns)?;
        let groups = projection.items.iter().any(|item| aggregates(&item.expression));
        let names: Vec<Arc<str>> = columns.iter().map(|(name, _)| Arc::clone(name)).collect();
        let grouping = Grouping::new(projection, &names);
        for item in projection.items.iter().filter(|item| aggregates(&item.expression)) {
            grouping.item(&item.expression, scope)?;
        }
        self.behind(projection, groups, &columns, &grouping, scope)?;
        self.count(projection.skip.as_ref(), "SKIP")?;
        self.count(projection.limit.as_ref(), "LIMIT")?;
        if !returns && let Some(item) = projection.items.iter().find(|item| lacks_name(item)) {
            let error = QueryError::syntax(
                Detail::NoExpressionAlias,
                item.expression.span,
                format!("in WITH, '{}' needs a name", item.text),
            );
            return Err(error.with_hint(format!("{} AS name", item.text)));
        }
        Ok(columns)
    }

    /// `ORDER BY` and `WHERE`: they see the columns, and what was before unless rows were joined.
    fn behind<'t>(
        &self,
        projection: &'t Projection,
        groups: bool,
        columns: &Columns,
        grouping: &Grouping<'t>,
        scope: &Scope<'_>,
    ) -> Checked {
        let mut visible = scope.inner();
        for (name, is) in columns {
            visible.set(name, *is);
        }
        let joins_rows = groups || projection.distinct;
        for sort in &projection.order {
            let allowed = match groups {
                true => Aggregates::Allowed,
                false => Aggregates::Forbidden("ORDER BY of a projection without aggregates"),
            };
            if joins_rows {
                grouping.after(&sort.expression, &visible)?;
            }
            // An item means what it meant there, even if a column took the name of one of its variables.
            let again = grouping.is_item(&sort.expression);
            self.expression(&sort.expression, if again { scope } else { &visible }, allowed)?;
        }
        let Some(condition) = &projection.condition else { return Ok(()) };
        if joins_rows {
            grouping.after(condition, &visible)?;
        }
        self.condition(condition, &visible, Aggregates::Forbidden("WHERE"))
    }

    fn distinct_names(&self, projection: &Projection, columns: &Columns) -> Checked {
        let mut seen = HashSet::new();
        let starred = columns.len() - projection.items.len();
        for (at, (name, _)) in columns.iter().enumerate() {
            if !seen.insert(name) {
                let item = at.checked_sub(starred).and_then(|at| projection.items.get(at));
                let span = item.map_or(projection.span, |item| {
                    item.alias.as_ref().map_or(item.expression.span, |alias| alias.span)
                });
                let message = format!("two columns are called '{name}'");
                return Err(QueryError::syntax(Detail::ColumnNameConflict, span, message));
            }
        }
        Ok(())
    }

    /// How many rows `SKIP` or `LIMIT` take: the same number for all rows.
    fn count(&self, count: Option<&Expression>, word: &str) -> Checked {
        let Some(count) = count else { return Ok(()) };
        if let Some(span) = varying(count) {
            let message = format!("{word} takes a number that does not depend on the row");
            return Err(QueryError::syntax(Detail::NonConstantExpression, span, message));
        }
        let is = self.expression(count, &Scope::default(), Aggregates::Forbidden("SKIP and LIMIT"))?;
        self.expect(is, Types::INT, count.span, word)?;
        match count.kind {
            ExpressionKind::Int(number) if number < 0 => {
                let message = format!("{word} takes no negative number, found {number}");
                Err(QueryError::syntax(Detail::NegativeIntegerArgument, count.span, message))
            }
            _ => Ok(()),
        }
    }
}

/// Where an expression depends on the row.
fn varying(expression: &Expression) -> Option<Span> {
    fn find<'e>(expression: &'e Expression, local: &mut Vec<&'e str>) -> Option<Span> {
        match &expression.kind {
            ExpressionKind::Variable(name) if !local.contains(&&**name) => Some(expression.span),
            ExpressionKind::Pattern(_)
            | ExpressionKind::PatternComprehension { .. }
            | ExpressionKind::MapProjection { .. }
            | ExpressionKind::Exists(_)
            | ExpressionKind::Count(_)
            | ExpressionKind::Collect(_) => Some(expression.span),
            _ => {
                let known = local.len();
                local.extend(expression.own_variables());
                let found = expression.parts().into_iter().find_map(|part| find(part, local));
                local.truncate(known);
                found
            }
        }
    }
    find(expression, &mut Vec::new())
}

fn lacks_name(item: &ProjectionItem) -> bool {
    item.alias.is_none() && !matches!(item.expression.kind, ExpressionKind::Variable(_))
}

/// The name of an item's column.
fn column_name(item: &ProjectionItem) -> Arc<str> {
    match (&item.alias, &item.expression.kind) {
        (Some(alias), _) => Arc::clone(&alias.text),
        (None, ExpressionKind::Variable(name)) => Arc::clone(name),
        (None, _) => Arc::clone(&item.text),
    }
}
