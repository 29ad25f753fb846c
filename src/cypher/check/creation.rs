//! Patterns that are created: `CREATE` and `MERGE`.

use super::expression::Aggregates;
use super::pattern::{conflict, refuse_parameter};
use super::scope::{Scope, already_bound};
use super::types::Type;
use super::{Checked, Checker};
use crate::cypher::error::{Detail, QueryError};
use crate::cypher::syntax::Span;
use crate::cypher::syntax::tree::{
    Direction, Expression, LabelExpression, Length, NodePattern, PathPattern, PatternElement, RelationshipPattern,
    Selector,
};

/// Which clause creates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Creation {
    Create,
    /// It looks first, so that a relationship may have either direction, and properties must be written out.
    Merge,
}

impl Creation {
    fn word(self) -> &'static str {
        match self {
            Self::Create => "CREATE",
            Self::Merge => "MERGE",
        }
    }
}

impl Checker<'_> {
    /// A path that is created; its variables become known one after the other.
    pub(super) fn created(&self, pattern: &PathPattern, creation: Creation, scope: &mut Scope<'_>) -> Checked {
        if pattern.selector != Selector::All {
            return Err(unexpected(creation, pattern.span, "a choice among paths"));
        }
        let alone = pattern.elements.len() == 1;
        for element in &pattern.elements {
            match element {
                PatternElement::Node(node) => self.created_node(node, alone, creation, scope)?,
                PatternElement::Relationship(relationship) => {
                    self.created_relationship(relationship, creation, scope)?;
                }
                PatternElement::Group(group) => {
                    return Err(unexpected(creation, group.span, "a group with a quantifier"));
                }
            }
        }
        match &pattern.variable {
            Some(variable) => scope.define(variable, Type::PATH),
            None => Ok(()),
        }
    }

    /// A node that is known already can be an end of a relationship, but gets no labels and properties here.
    fn created_node(&self, node: &NodePattern, alone: bool, creation: Creation, scope: &mut Scope<'_>) -> Checked {
        if let Some(condition) = &node.condition {
            return Err(unexpected(creation, condition.span, "a condition"));
        }
        if let Some(labels) = &node.labels {
            self.created_labels(labels, creation)?;
        }
        if let Some(variable) = &node.variable
            && let Some(known) = scope.get(&variable.text)
        {
            if alone {
                return Err(already_bound(variable));
            }
            conflict(variable, known, Type::NODE)?;
            if node.labels.is_some() || node.properties.is_some() {
                return Err(already_bound(variable).with_hint("SET adds labels and properties to it"));
            }
            return Ok(());
        }
        self.created_properties(node.properties.as_ref(), creation, scope)?;
        if let Some(variable) = &node.variable {
            scope.set(&variable.text, Type::NODE);
        }
        Ok(())
    }

    fn created_labels(&self, labels: &LabelExpression, creation: Creation) -> Checked {
        match labels {
            LabelExpression::Name(name) => {
                self.bring([name]);
                Ok(())
            }
            LabelExpression::And(left, right) => {
                self.created_labels(left, creation)?;
                self.created_labels(right, creation)
            }
            LabelExpression::Any(_) | LabelExpression::Not(_) | LabelExpression::Or(..) => {
                Err(unexpected(creation, labels_span(labels), "an alternative of labels"))
            }
        }
    }

    fn created_relationship(
        &self,
        relationship: &RelationshipPattern,
        creation: Creation,
        scope: &mut Scope<'_>,
    ) -> Checked {
        let word = creation.word();
        let span = relationship.span;
        if let Some(variable) = &relationship.variable
            && scope.get(&variable.text).is_some()
        {
            return Err(already_bound(variable));
        }
        if relationship.length != Length::One {
            let message = format!("{word} makes one relationship, of no other length");
            return Err(QueryError::syntax(Detail::CreatingVarLength, span, message));
        }
        let Some(LabelExpression::Name(of_type)) = &relationship.types else {
            let message = format!("{word} needs the one type of the relationship: -[:TYPE]->");
            let span = relationship.types.as_ref().map_or(span, labels_span);
            return Err(QueryError::syntax(Detail::NoSingleRelationshipType, span, message));
        };
        self.bring([of_type]);
        if creation == Creation::Create && relationship.direction == Direction::Either {
            let message = "CREATE needs a direction of the relationship: --> or <--";
            return Err(QueryError::syntax(Detail::RequiresDirectedRelationship, span, message));
        }
        if let Some(condition) = &relationship.condition {
            return Err(unexpected(creation, condition.span, "a condition"));
        }
        self.created_properties(relationship.properties.as_ref(), creation, scope)?;
        if let Some(variable) = &relationship.variable {
            scope.set(&variable.text, Type::RELATIONSHIP);
        }
        Ok(())
    }

    fn created_properties(&self, properties: Option<&Expression>, creation: Creation, scope: &Scope<'_>) -> Checked {
        let Some(properties) = properties else { return Ok(()) };
        if creation == Creation::Merge {
            refuse_parameter(properties)?;
        }
        self.bring_keys(properties);
        self.expression(properties, scope, Aggregates::Forbidden("a pattern")).map(drop)
    }
}

fn unexpected(creation: Creation, span: Span, what: &str) -> QueryError {
    let message = format!("{} cannot make {what}", creation.word());
    QueryError::syntax(Detail::UnexpectedSyntax, span, message)
}

/// The stretch from the first to the last name.
fn labels_span(labels: &LabelExpression) -> Span {
    match labels {
        LabelExpression::Name(name) => name.span,
        LabelExpression::Any(span) => *span,
        LabelExpression::Not(inner) => labels_span(inner),
        LabelExpression::And(left, right) | LabelExpression::Or(left, right) => {
            Span { start: labels_span(left).start, end: labels_span(right).end }
        }
    }
}
