//! Queries: the order of their clauses, and unions.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::projection::Columns;
use super::scope::Scope;
use super::types::Type;
use super::{Checked, Checker};
use crate::cypher::error::{Detail, QueryError};
use crate::cypher::syntax::Span;
use crate::cypher::syntax::tree::{Clause, Projection, Query, SingleQuery};

/// Where a query stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The whole statement.
    Statement,
    /// `CALL { ... }`: it may write, and need not return anything.
    Subquery,
    /// `EXISTS { ... }` and `COUNT { ... }`: only whether and how often it has rows counts.
    Counted,
    /// `COLLECT { ... }`: it returns one column.
    Collected,
}

impl Role {
    /// Whether it stands within an expression, where nothing is written.
    fn only_reads(self) -> bool {
        matches!(self, Self::Counted | Self::Collected)
    }
}

impl Checker<'_> {
    /// What a query returns; `None` when it returns nothing. It sees the variables of `outside`.
    pub(super) fn query(&self, query: &Query, outside: &Scope<'_>, role: Role) -> Checked<Option<Columns>> {
        let first = self.single_query(&query.first, outside, role, query.unions.is_empty())?;
        let mut types = first.clone();
        for union in &query.unions {
            if Some(union.all) != query.unions.first().map(|first| first.all) {
                let message = "UNION and UNION ALL cannot be mixed";
                let error = QueryError::syntax(Detail::InvalidClauseComposition, union.span, message);
                return Err(error.with_hint("put one of them into CALL { ... }"));
            }
            let next = self.single_query(&union.query, outside, role, false)?;
            let starred = returns_star(&query.first) || returns_star(&union.query);
            same_columns(first.as_ref(), next.as_ref(), starred, union.span)?;
            for (known, more) in types.iter_mut().flatten().zip(next.iter().flatten()) {
                known.1 = if known.0 == more.0 { known.1.or(more.1) } else { Type::ANY };
            }
        }
        Ok(types)
    }

    fn single_query(
        &self,
        query: &SingleQuery,
        outside: &Scope<'_>,
        role: Role,
        alone: bool,
    ) -> Checked<Option<Columns>> {
        composition(query, role)?;
        let whole = alone && role == Role::Statement && query.clauses.len() == 1;
        let mut scope = outside.inner();
        for clause in &query.clauses {
            match clause {
                Clause::Return(projection) => return self.projection(projection, &scope, true).map(Some),
                Clause::With(projection) => {
                    let columns = self.projection(projection, &scope, false)?;
                    scope = Scope::default();
                    for (name, is) in &columns {
                        scope.set(name, *is);
                    }
                }
                Clause::Call(call) if whole => {
                    let names = self.procedure(call, true, &mut scope)?;
                    let column = |name: Arc<str>| (Arc::clone(&name), scope.get(&name).unwrap_or(Type::ANY));
                    return Ok(Some(names.into_iter().map(column).collect()));
                }
                clause => self.clause(clause, &mut scope)?,
            }
        }
        Ok(None)
    }
}

/// Whether the clauses stand in an order in which they can.
fn composition(query: &SingleQuery, role: Role) -> Checked {
    let invalid = |span, message: String| Err(QueryError::syntax(Detail::InvalidClauseComposition, span, message));
    for (at, clause) in query.clauses.iter().enumerate() {
        if role.only_reads() && clause.writes() {
            return invalid(clause.span(), "a subquery within an expression only reads".to_owned());
        }
        let last = at + 1 == query.clauses.len();
        if matches!(clause, Clause::Return(_)) && !last {
            return invalid(clause.span(), "RETURN is the last clause of a query".to_owned())
                .map_err(|error| error.with_hint("WITH hands rows to the next clause"));
        }
    }
    let Some(last) = query.clauses.last() else { return Ok(()) };
    let ends = match last {
        Clause::Return(_) => true,
        Clause::With(_) | Clause::Match(_) | Clause::Unwind(_) => role == Role::Counted,
        Clause::Call(call) => role == Role::Counted || query.clauses.len() == 1 || call.yields.is_none(),
        Clause::Subquery(_) => role != Role::Collected,
        _ => true,
    };
    if ends && (role != Role::Collected || matches!(last, Clause::Return(_))) {
        return Ok(());
    }
    invalid(last.span(), format!("a query does not end with {}", last.word()))
        .map_err(|error| error.with_hint("RETURN tells what is wanted of the rows"))
}

fn returns_star(query: &SingleQuery) -> bool {
    matches!(query.clauses.last(), Some(Clause::Return(Projection { star: true, .. })))
}

/// The branches of a union have the same columns; `*` leaves their order open.
fn same_columns(first: Option<&Columns>, next: Option<&Columns>, starred: bool, span: Span) -> Checked {
    let names = |columns: Option<&Columns>| -> Vec<Arc<str>> {
        columns.into_iter().flatten().map(|(name, _)| Arc::clone(name)).collect()
    };
    let (a, b) = (names(first), names(next));
    let same_set = a.iter().collect::<BTreeSet<_>>() == b.iter().collect::<BTreeSet<_>>();
    if first.is_some() == next.is_some() && same_set && (starred || a == b) {
        return Ok(());
    }
    let shown = |names: &[Arc<str>]| if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    let message = format!("the queries of a union have other columns: {} and {}", shown(&a), shown(&b));
    let error = QueryError::syntax(Detail::DifferentColumnsInUnion, span, message);
    Err(error.with_hint("AS gives columns the same names, in the same order"))
}
