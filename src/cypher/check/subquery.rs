//! Queries within queries.

use super::expression::Aggregates;
use super::query::Role;
use super::scope::Scope;
use super::types::Type;
use super::{Checked, Checker};
use crate::cypher::error::{Detail, QueryError};
use crate::cypher::syntax::tree::{Clause, Imports, Query, Subquery, SubqueryBody};

impl Checker<'_> {
    /// `EXISTS { ... }` and `COUNT { ... }`: they see all variables around them.
    pub(super) fn subquery_body(&self, body: &SubqueryBody, scope: &Scope<'_>) -> Checked {
        match body {
            SubqueryBody::Pattern { patterns, condition } => {
                let mut inner = scope.inner();
                self.bind(patterns, &mut inner)?;
                match condition {
                    Some(condition) => self.condition(condition, &inner, Aggregates::Forbidden("WHERE")),
                    None => Ok(()),
                }
            }
            SubqueryBody::Query(query) => self.query(query, scope, Role::Counted).map(drop),
        }
    }

    /// `COLLECT { ... }`
    pub(super) fn collect(&self, query: &Query, scope: &Scope<'_>) -> Checked<Type> {
        let columns = self.query(query, scope, Role::Collected)?.unwrap_or_default();
        match &*columns {
            [(_, is)] => Ok(Type::list(is.types)),
            _ => {
                let message = format!("COLLECT takes a query with one column, found {}", columns.len());
                Err(QueryError::syntax(Detail::InvalidClauseComposition, query.first.span, message))
            }
        }
    }

    /// `CALL { ... }`: it sees what it imports, and its columns become variables outside.
    pub(super) fn subquery(&self, subquery: &Subquery, scope: &mut Scope<'_>) -> Checked {
        let columns = match &subquery.imports {
            Some(Imports::All) => self.query(&subquery.query, scope, Role::Subquery)?,
            Some(Imports::Names(names)) => {
                let mut imported = Scope::default();
                for name in names {
                    imported.set(&name.text, scope.resolve(&name.text, name.span)?);
                }
                self.importing(&subquery.query, &imported, scope)?
            }
            // A leading WITH chooses what is seen.
            None if matches!(subquery.query.first.clauses.first(), Some(Clause::With(_))) => {
                self.query(&subquery.query, scope, Role::Subquery)?
            }
            None => self.importing(&subquery.query, &Scope::default(), scope)?,
        };
        for (name, is) in columns.unwrap_or_default() {
            if scope.get(&name).is_some() {
                let message = format!("the subquery returns '{name}', which is defined outside already");
                let error = QueryError::syntax(Detail::VariableAlreadyBound, subquery.span, message);
                return Err(error.with_hint("return it under another name"));
            }
            scope.set(&name, is);
        }
        Ok(())
    }

    /// A subquery that sees some of the variables outside.
    fn importing(
        &self,
        query: &Query,
        imported: &Scope<'_>,
        outside: &Scope<'_>,
    ) -> Checked<Option<super::projection::Columns>> {
        self.query(query, imported, Role::Subquery).map_err(|error| {
            let hidden = error.detail() == Detail::UndefinedVariable && error.hint().is_none() && !outside.is_empty();
            match hidden {
                true => error.with_hint("a subquery sees the variables it imports: CALL (a, b) { ... }"),
                false => error,
            }
        })
    }
}
