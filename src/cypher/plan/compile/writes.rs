//! Clauses that change the graph.

use std::rc::Rc;
use std::sync::Arc;

use super::{Compiler, Plan, Scope, Slot};
use crate::cypher::error::{Detail, QueryError};
use crate::cypher::plan::{self, Expr, New, NewNode, NewRelationship, Operator, PathPiece};
use crate::cypher::syntax::tree::{
    Delete, Direction, Foreach, LabelExpression, Merge, Name, PathPattern, PatternElement, Remove, RemoveItem, Set,
    SetItem,
};
use crate::cypher::view::WordId;

/// What a pattern creates.
#[derive(Default)]
struct Creation {
    items: Vec<New>,
    paths: Vec<(Slot, Expr)>,
}

impl Compiler<'_> {
    pub(super) fn create<'t>(
        &mut self,
        patterns: impl IntoIterator<Item = &'t PathPattern>,
        input: Plan,
        mut scope: Scope,
    ) -> Result<(Plan, Scope), QueryError> {
        self.writes = true;
        let mut creation = Creation::default();
        for pattern in patterns {
            self.creation(pattern, &mut scope, &mut creation)?;
        }
        let estimate = input.estimate();
        let Creation { items, paths } = creation;
        let plan = self.plan(Operator::Create(Rc::new(plan::Create { input, items, paths })), estimate);
        Ok((plan, scope))
    }

    /// The new nodes and relationships of a pattern, in its order, all nodes of a path before its relationships.
    fn creation(&mut self, pattern: &PathPattern, scope: &mut Scope, into: &mut Creation) -> Result<(), QueryError> {
        let mut pieces = Vec::new();
        let mut relationships = Vec::new();
        let mut before: Option<Slot> = None;
        let mut pending = None;
        for element in &pattern.elements {
            match element {
                PatternElement::Node(node) => {
                    let known = node.variable.as_ref().and_then(|name| self.lookup(scope, &name.text));
                    let slot = known.unwrap_or_else(|| self.slot());
                    if known.is_none() {
                        let labels = node.labels.as_ref().map(|labels| self.new_labels(labels)).transpose()?;
                        let properties = node.properties.as_ref().map(|map| self.expression(map, scope)).transpose()?;
                        into.items.push(New::Node(NewNode { slot, labels: labels.unwrap_or_default(), properties }));
                        if let Some(name) = &node.variable {
                            self.name(scope, &name.text, slot);
                        }
                    }
                    if let (Some(left), Some((relationship, place))) = (before, pending.take()) {
                        let relationship: &crate::cypher::syntax::tree::RelationshipPattern = relationship;
                        let (from, to) = match relationship.direction {
                            Direction::Left => (slot, left),
                            _ => (left, slot),
                        };
                        let kind = match relationship.types.as_ref() {
                            Some(LabelExpression::Name(name)) => self.view.intern(&name.text),
                            _ => {
                                let message = "a relationship to create needs exactly one type";
                                return Err(QueryError::syntax(
                                    Detail::NoSingleRelationshipType,
                                    relationship.span,
                                    message,
                                ));
                            }
                        };
                        let properties =
                            relationship.properties.as_ref().map(|map| self.expression(map, scope)).transpose()?;
                        let span = relationship.span;
                        relationships.push(New::Relationship(NewRelationship {
                            slot: place,
                            from,
                            to,
                            kind,
                            properties,
                            span,
                        }));
                        if let Some(name) = &relationship.variable {
                            self.name(scope, &name.text, place);
                        }
                        pieces.push(PathPiece::Relationship(place));
                    }
                    pieces.push(PathPiece::Node(slot));
                    before = Some(slot);
                }
                PatternElement::Relationship(relationship) => pending = Some((relationship, self.slot())),
                PatternElement::Group(group) => {
                    let message = "a quantified pattern can be matched, but not created";
                    return Err(QueryError::syntax(Detail::CreatingVarLength, group.span, message));
                }
            }
        }
        into.items.extend(relationships);
        if let Some(name) = &pattern.variable {
            let slot = self.slot();
            into.paths.push((slot, Expr::Path(pieces)));
            self.name(scope, &name.text, slot);
        }
        Ok(())
    }

    fn new_labels(&mut self, labels: &LabelExpression) -> Result<Vec<WordId>, QueryError> {
        match labels {
            LabelExpression::Name(name) => Ok(vec![self.view.intern(&name.text)]),
            LabelExpression::And(a, b) => {
                let mut words = self.new_labels(a)?;
                words.extend(self.new_labels(b)?);
                Ok(words)
            }
            LabelExpression::Any(span) => Err(QueryError::syntax(Detail::UnexpectedSyntax, *span, "expected a label")),
            LabelExpression::Not(_) | LabelExpression::Or(..) => {
                let message = "a new node carries labels, not a choice among them: expected :A:B";
                let span = crate::cypher::syntax::Span::default();
                Err(QueryError::syntax(Detail::UnexpectedSyntax, span, message))
            }
        }
    }

    pub(super) fn merge(&mut self, merge: &Merge, input: Plan, scope: Scope) -> Result<(Plan, Scope), QueryError> {
        self.writes = true;
        let start = self.plan(Operator::Argument, 1.0);
        let patterns = std::slice::from_ref(&merge.pattern);
        let (matching, after, _) = self.match_patterns(patterns, None, start, &scope)?;
        // What is created goes to the slots that matching fills.
        let mut created = scope.clone();
        let mut creation = Creation::default();
        self.creation(&merge.pattern, &mut created, &mut creation)?;
        let mut moved = Vec::new();
        for (name, slot) in after.iter() {
            if let Some(own) = created.get(name)
                && own != slot
            {
                moved.push((slot, Expr::Slot(own)));
            }
        }
        creation.paths.extend(moved);
        let mut set_items = |items: &[SetItem]| {
            items.iter().map(|item| self.set_item(item, &after)).collect::<Result<Vec<_>, QueryError>>()
        };
        let (on_create, on_match) = (set_items(&merge.on_create)?, set_items(&merge.on_match)?);
        let Creation { items, paths } = creation;
        let (estimate, span) = (input.estimate(), merge.span);
        let operator = plan::Merge { input, matching, items, paths, on_create, on_match, span };
        Ok((self.plan(Operator::Merge(Rc::new(operator)), estimate), after))
    }

    fn set_item(&mut self, item: &SetItem, scope: &Scope) -> Result<plan::SetItem, QueryError> {
        Ok(match item {
            SetItem::Property { target, key, value } => plan::SetItem::Property {
                target: self.expression(target, scope)?,
                key: Arc::clone(&key.text),
                value: self.expression(value, scope)?,
                span: key.span,
            },
            SetItem::Replace { target, value } => self.set_properties(target, value, false, scope)?,
            SetItem::Add { target, value } => self.set_properties(target, value, true, scope)?,
            SetItem::Labels { target, labels } => {
                let target = self.variable(&target.text, target.span, scope)?;
                plan::SetItem::AddLabels { target, labels: self.words(labels) }
            }
        })
    }

    fn set_properties(
        &mut self,
        target: &Name,
        value: &crate::cypher::syntax::tree::Expression,
        keep: bool,
        scope: &Scope,
    ) -> Result<plan::SetItem, QueryError> {
        let target = self.variable(&target.text, target.span, scope)?;
        Ok(plan::SetItem::Properties { target, value: self.expression(value, scope)?, keep })
    }

    fn words(&mut self, names: &[Name]) -> Vec<WordId> {
        names.iter().map(|name| self.view.intern(&name.text)).collect()
    }

    pub(super) fn set(&mut self, set: &Set, input: Plan, scope: Scope) -> Result<(Plan, Scope), QueryError> {
        self.writes = true;
        let items = set.items.iter().map(|item| self.set_item(item, &scope)).collect::<Result<_, QueryError>>()?;
        let estimate = input.estimate();
        Ok((self.plan(Operator::Set(Rc::new(plan::Set { input, items })), estimate), scope))
    }

    pub(super) fn remove(&mut self, remove: &Remove, input: Plan, scope: Scope) -> Result<(Plan, Scope), QueryError> {
        self.writes = true;
        let mut items = Vec::with_capacity(remove.items.len());
        for item in &remove.items {
            items.push(match item {
                RemoveItem::Property { target, key } => plan::SetItem::Property {
                    target: self.expression(target, &scope)?,
                    key: Arc::clone(&key.text),
                    value: Expr::Constant(crate::cypher::Value::Null),
                    span: key.span,
                },
                RemoveItem::Labels { target, labels } => {
                    let target = self.variable(&target.text, target.span, &scope)?;
                    plan::SetItem::RemoveLabels { target, labels: self.words(labels) }
                }
            });
        }
        let estimate = input.estimate();
        Ok((self.plan(Operator::Set(Rc::new(plan::Set { input, items })), estimate), scope))
    }

    pub(super) fn delete(&mut self, delete: &Delete, input: Plan, scope: Scope) -> Result<(Plan, Scope), QueryError> {
        self.writes = true;
        let mut targets = Vec::with_capacity(delete.targets.len());
        for target in &delete.targets {
            targets.push((self.expression(target, &scope)?, target.span));
        }
        let (estimate, detach) = (input.estimate(), delete.detach);
        Ok((self.plan(Operator::Delete(Rc::new(plan::Delete { input, targets, detach })), estimate), scope))
    }

    pub(super) fn foreach(
        &mut self,
        foreach: &Foreach,
        input: Plan,
        scope: Scope,
    ) -> Result<(Plan, Scope), QueryError> {
        self.writes = true;
        let list = self.expression(&foreach.list, &scope)?;
        let slot = self.slot();
        let mut inside = scope.with(&foreach.variable.text, slot);
        let mut inner = self.plan(Operator::Argument, 1.0);
        for clause in &foreach.clauses {
            self.check_length(clause)?;
            (inner, inside) = self.clause(clause, inner, inside)?;
        }
        let estimate = input.estimate();
        let plan = self.plan(Operator::Foreach(Rc::new(plan::Foreach { input, list, slot, inner })), estimate);
        Ok((plan, scope))
    }
}
