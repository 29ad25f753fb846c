//! Queries: the order of their clauses, and unions.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::projection::Columns;
use super::scope::Scope;
use super::types::Type;
use super::{Checked, Checker};
use crate::cypher::error::{Detail, QueryError};
use crate::cypher::syntax::Span;
use crate::cypher::syntax::tree::{Clause, Query, SingleQuery};

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
            same_columns(first.as_ref(), next.as_ref(), union.span)?;
            for (name, is) in types.iter_mut().flatten() {
                let more = next.iter().flatten().find(|(other, _)| other == name);
                *is = more.map_or(Type::ANY, |(_, more)| is.or(*more));
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
        Clause::Subquery(subquery) => role == Role::Counted || !returns(&subquery.query),
        _ => true,
    };
    if ends && (role != Role::Collected || matches!(last, Clause::Return(_))) {
        return Ok(());
    }
    invalid(last.span(), format!("a query does not end with {}", last.word()))
        .map_err(|error| error.with_hint("RETURN tells what is wanted of the rows"))
}

/// The branches of a union have the same columns, in whatever order.
fn same_columns(first: Option<&Columns>, next: Option<&Columns>, span: Span) -> Checked {
    let names = |columns: Option<&Columns>| -> BTreeSet<Arc<str>> {
        columns.into_iter().flatten().map(|(name, _)| Arc::clone(name)).collect()
    };
    let (a, b) = (names(first), names(next));
    if first.is_some() == next.is_some() && a == b {
        return Ok(());
    }
    let shown = |names: BTreeSet<Arc<str>>| match names.len() {
        0 => "none".to_owned(),
        _ => Vec::from_iter(names).join(", "),
    };
    let message = format!("the queries of a union have other columns: {} and {}", shown(a), shown(b));
    let error = QueryError::syntax(Detail::DifferentColumnsInUnion, span, message);
    Err(error.with_hint("AS gives columns the same names"))
}

/// Whether a query returns rows.
fn returns(query: &Query) -> bool {
    matches!(query.first.clauses.last(), Some(Clause::Return(_)))
}
