//! The clauses of a query one after the other.

use super::expression::Aggregates;
use super::scope::Scope;
use super::{Checked, Checker};
use crate::cypher::error::{Detail, Kind, QueryError};
use crate::cypher::syntax::Span;
use crate::cypher::syntax::tree::{Clause, Match, Unwind};
use crate::cypher::value::Types;

impl Clause {
    /// Its place.
    pub(in crate::cypher) fn span(&self) -> Span {
        match self {
            Self::Match(clause) => clause.span,
            Self::Unwind(clause) => clause.span,
            Self::With(clause) | Self::Return(clause) => clause.span,
            Self::Create(clause) => clause.span,
            Self::Merge(clause) => clause.span,
            Self::Set(clause) => clause.span,
            Self::Remove(clause) => clause.span,
            Self::Delete(clause) => clause.span,
            Self::Foreach(clause) => clause.span,
            Self::Call(clause) => clause.span,
            Self::Subquery(clause) => clause.span,
        }
    }

    /// The words it begins with.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Match(Match { optional: false, .. }) => "MATCH",
            Self::Match(_) => "OPTIONAL MATCH",
            Self::Unwind(_) => "UNWIND",
            Self::With(_) => "WITH",
            Self::Return(_) => "RETURN",
            Self::Create(_) => "CREATE",
            Self::Merge(_) => "MERGE",
            Self::Set(_) => "SET",
            Self::Remove(_) => "REMOVE",
            Self::Delete(_) => "DELETE",
            Self::Foreach(_) => "FOREACH",
            Self::Call(_) | Self::Subquery(_) => "CALL",
        }
    }

    /// Whether it changes the graph.
    pub(crate) fn writes(&self) -> bool {
        match self {
            Self::Create(_) | Self::Merge(_) | Self::Set(_) | Self::Remove(_) | Self::Delete(_) | Self::Foreach(_) => {
                true
            }
            Self::Subquery(subquery) => {
                let unions = subquery.query.unions.iter().map(|union| &union.query);
                std::iter::once(&subquery.query.first).chain(unions).any(|query| query.clauses.iter().any(Self::writes))
            }
            _ => false,
        }
    }
}

impl Checker<'_> {
    /// Any clause but `WITH` and `RETURN`, which change all that can be seen.
    pub(super) fn clause(&self, clause: &Clause, scope: &mut Scope<'_>) -> Checked {
        if self.context.read_only && clause.writes() && !matches!(clause, Clause::Subquery(_)) {
            let message = format!("{} would change the database, which is open for reading only", clause.word());
            return Err(QueryError::compile(Kind::ReadOnlyError, Detail::ReadOnly, clause.span(), message));
        }
        match clause {
            Clause::Match(clause) => self.match_clause(clause, scope),
            Clause::Unwind(unwind) => self.unwind(unwind, scope),
            Clause::Create(create) => self.create(create, scope),
            Clause::Merge(merge) => self.merge(merge, scope),
            Clause::Set(set) => self.set_items(&set.items, scope),
            Clause::Remove(remove) => self.remove(remove, scope),
            Clause::Delete(delete) => self.delete(delete, scope),
            Clause::Foreach(foreach) => self.foreach(foreach, scope),
            Clause::Call(call) => self.procedure(call, false, scope).map(drop),
            Clause::Subquery(subquery) => self.subquery(subquery, scope),
            Clause::With(projection) | Clause::Return(projection) => {
                self.projection(projection, scope, false).map(drop)
            }
        }
    }

    fn match_clause(&self, clause: &Match, scope: &mut Scope<'_>) -> Checked {
        self.bind(&clause.patterns, scope)?;
        match &clause.condition {
            Some(condition) => self.condition(condition, scope, Aggregates::Forbidden("WHERE")),
            None => Ok(()),
        }
    }

    fn unwind(&self, unwind: &Unwind, scope: &mut Scope<'_>) -> Checked {
        let is = self.expression(&unwind.list, scope, Aggregates::Forbidden("UNWIND"))?;
        self.expect(is, Types::ANY, unwind.list.span, "UNWIND")?;
        scope.define(&unwind.variable, is.unwound())
    }
}
