//! The clauses that change the graph.

use super::creation::Creation;
use super::expression::Aggregates;
use super::scope::Scope;
use super::{Checked, Checker};
use crate::cypher::error::{Detail, QueryError};
use crate::cypher::syntax::tree::{
    Create, Delete, Expression, ExpressionKind, Foreach, Merge, Name, Remove, RemoveItem, SetItem,
};
use crate::cypher::value::Types;

impl Checker<'_> {
    pub(super) fn create(&self, create: &Create, scope: &mut Scope<'_>) -> Checked {
        create.patterns.iter().try_for_each(|pattern| self.created(pattern, Creation::Create, scope))
    }

    pub(super) fn merge(&self, merge: &Merge, scope: &mut Scope<'_>) -> Checked {
        self.created(&merge.pattern, Creation::Merge, scope)?;
        self.set_items(&merge.on_create, scope)?;
        self.set_items(&merge.on_match, scope)
    }

    pub(super) fn set_items(&self, items: &[SetItem], scope: &Scope<'_>) -> Checked {
        items.iter().try_for_each(|item| match item {
            SetItem::Property { target, key, value } => {
                self.bring([key]);
                self.changed(target, scope)?;
                self.expression(value, scope, Aggregates::Forbidden("SET")).map(drop)
            }
            SetItem::Replace { target, value } | SetItem::Add { target, value } => {
                self.entity(target, Types::ENTITY, scope)?;
                self.bring_keys(value);
                let is = self.expression(value, scope, Aggregates::Forbidden("SET"))?;
                self.expect(is, Types::ENTITY | Types::MAP, value.span, "SET")
            }
            SetItem::Labels { target, labels } => {
                self.bring(labels);
                self.entity(target, Types::NODE, scope)
            }
        })
    }

    pub(super) fn remove(&self, remove: &Remove, scope: &Scope<'_>) -> Checked {
        remove.items.iter().try_for_each(|item| match item {
            RemoveItem::Property { target, .. } => self.changed(target, scope),
            RemoveItem::Labels { target, .. } => self.entity(target, Types::NODE, scope),
        })
    }

    /// Whose property is changed.
    fn changed(&self, target: &Expression, scope: &Scope<'_>) -> Checked {
        let is = self.expression(target, scope, Aggregates::Forbidden("SET"))?;
        self.expect(is, Types::ENTITY, target.span, "a change of properties")
    }

    fn entity(&self, target: &Name, types: Types, scope: &Scope<'_>) -> Checked {
        let is = scope.resolve(&target.text, target.span)?;
        self.expect(is, types, target.span, "this change")
    }

    pub(super) fn delete(&self, delete: &Delete, scope: &Scope<'_>) -> Checked {
        delete.targets.iter().try_for_each(|target| {
            if let ExpressionKind::HasLabels { .. } = target.kind {
                let message = "DELETE takes nodes, relationships and paths; labels are taken off by REMOVE";
                return Err(QueryError::syntax(Detail::InvalidDelete, target.span, message));
            }
            let is = self.expression(target, scope, Aggregates::Forbidden("DELETE"))?;
            self.expect(is, Types::ENTITY | Types::PATH, target.span, "DELETE")
        })
    }

    pub(super) fn foreach(&self, foreach: &Foreach, scope: &Scope<'_>) -> Checked {
        let is = self.expression(&foreach.list, scope, Aggregates::Forbidden("FOREACH"))?;
        self.expect(is, Types::LIST, foreach.list.span, "FOREACH")?;
        let mut inner = scope.inner();
        inner.define(&foreach.variable, is.unwound())?;
        foreach.clauses.iter().try_for_each(|clause| {
            if !clause.writes() {
                let message = format!("FOREACH takes clauses that write, not {}", clause.word());
                let error = QueryError::syntax(Detail::InvalidClauseComposition, clause.span(), message);
                return Err(error.with_hint("UNWIND goes through a list for any clause"));
            }
            self.clause(clause, &mut inner)
        })
    }
}
