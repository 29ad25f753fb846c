//! Patterns that are matched: their variables, and the expressions within them.

use super::expression::Aggregates;
use super::scope::{Scope, already_bound};
use super::types::Type;
use super::warning::Sort;
use super::{Checked, Checker};
use crate::cypher::error::{Detail, QueryError};
use crate::cypher::syntax::tree::{
    Expression, ExpressionKind, Length, Name, NodePattern, PathPattern, PatternElement, QuantifiedGroup,
    RelationshipPattern, Selector,
};
use crate::cypher::value::Types;

/// What the patterns of one clause have brought so far.
#[derive(Default)]
struct Brought<'t> {
    /// The variables of relationships: within a clause no relationship is matched twice.
    relationships: Vec<&'t str>,
}

impl Checker<'_> {
    /// The patterns of a `MATCH`: their variables become known, then the expressions within them are checked, which may use
    /// all of these variables.
    pub(super) fn bind(&self, patterns: &[PathPattern], scope: &mut Scope<'_>) -> Checked {
        let mut brought = Brought::default();
        for pattern in patterns {
            for element in &pattern.elements {
                self.bind_element(element, &mut brought, scope)?;
            }
            if let Some(variable) = &pattern.variable {
                scope.define(variable, Type::PATH)?;
            }
            self.single_relationship(pattern)?;
        }
        patterns.iter().try_for_each(|pattern| self.inside(&pattern.elements, scope))
    }

    fn bind_element<'t>(
        &self,
        element: &'t PatternElement,
        brought: &mut Brought<'t>,
        scope: &mut Scope<'_>,
    ) -> Checked {
        match element {
            PatternElement::Node(node) => match &node.variable {
                Some(variable) => bind_variable(variable, Type::NODE, scope),
                None => Ok(()),
            },
            PatternElement::Relationship(relationship) => self.bind_relationship(relationship, brought, scope),
            PatternElement::Group(group) => bind_group(group, scope),
        }
    }

    fn bind_relationship<'t>(
        &self,
        relationship: &'t RelationshipPattern,
        brought: &mut Brought<'t>,
        scope: &mut Scope<'_>,
    ) -> Checked {
        let Some(variable) = &relationship.variable else { return Ok(()) };
        let is = relationship_type(relationship);
        bind_variable(variable, is, scope)?;
        if brought.relationships.contains(&&*variable.text) {
            let message =
                format!("the relationship '{}' stands twice in one clause, which matches none twice", variable.text);
            return Err(QueryError::syntax(Detail::RelationshipUniquenessViolation, variable.span, message));
        }
        brought.relationships.push(&variable.text);
        Ok(())
    }

    /// The expressions within the elements of a path.
    fn inside(&self, elements: &[PatternElement], scope: &Scope<'_>) -> Checked {
        for element in elements {
            match element {
                PatternElement::Node(node) => {
                    self.look_for_labels(node.labels.as_ref(), Sort::Label);
                    self.properties(node.properties.as_ref(), scope)?;
                    self.inline_condition(node.condition.as_ref(), scope)?;
                }
                PatternElement::Relationship(relationship) => {
                    self.look_for_labels(relationship.types.as_ref(), Sort::RelationshipType);
                    self.properties(relationship.properties.as_ref(), scope)?;
                    let single = match &relationship.variable {
                        Some(variable) => scope.with(variable, Type::RELATIONSHIP),
                        None => scope.inner(),
                    };
                    self.inline_condition(relationship.condition.as_ref(), &single)?;
                }
                PatternElement::Group(group) => {
                    let mut round = scope.inner();
                    for (variable, is) in group_variables(group)? {
                        round.set(&variable.text, is);
                    }
                    self.inside(&group.elements, &round)?;
                    self.inline_condition(group.condition.as_ref(), &round)?;
                }
            }
        }
        Ok(())
    }

    fn inline_condition(&self, condition: Option<&Expression>, scope: &Scope<'_>) -> Checked {
        match condition {
            Some(condition) => self.condition(condition, scope, Aggregates::Forbidden("WHERE")),
            None => Ok(()),
        }
    }

    /// The properties that are matched: a map that is written out, so that it is known which properties they are.
    fn properties(&self, properties: Option<&Expression>, scope: &Scope<'_>) -> Checked {
        let Some(properties) = properties else { return Ok(()) };
        refuse_parameter(properties)?;
        self.look_for_keys(properties);
        self.expression(properties, scope, Aggregates::Forbidden("a pattern"))?;
        Ok(())
    }

    /// A pattern as a condition: it brings no variables.
    pub(super) fn pattern_predicate(&self, pattern: &PathPattern, scope: &Scope<'_>) -> Checked {
        for (variable, _) in variables(&pattern.elements) {
            scope.resolve(&variable.text, variable.span).map_err(|error| {
                if error.hint().is_some() {
                    error
                } else {
                    error.with_hint("EXISTS { ... } may bring variables of its own")
                }
            })?;
        }
        self.bind(std::slice::from_ref(pattern), &mut scope.inner())
    }

    /// `shortestPath((a)-[*]-(b))` as a value: its ends are known, its relationships may have a name.
    pub(super) fn shortest_path(&self, pattern: &PathPattern, scope: &Scope<'_>) -> Checked {
        for element in &pattern.elements {
            if let PatternElement::Node(NodePattern { variable: Some(variable), .. }) = element {
                scope.resolve(&variable.text, variable.span)?;
            }
        }
        self.bind(std::slice::from_ref(pattern), &mut scope.inner())
    }

    /// `shortestPath` takes two nodes and one relationship of any length.
    fn single_relationship(&self, pattern: &PathPattern) -> Checked {
        let is_function = matches!(pattern.selector, Selector::ShortestPath | Selector::AllShortestPaths);
        let fits = matches!(
            &*pattern.elements,
            [PatternElement::Node(_), PatternElement::Relationship(_), PatternElement::Node(_)]
        );
        if !is_function || fits {
            return Ok(());
        }
        let message = "shortestPath takes two nodes and one relationship between them";
        let error = QueryError::syntax(Detail::InvalidRelationshipPattern, pattern.span, message);
        Err(error.with_hint("SHORTEST 1 takes any path"))
    }
}

/// # Errors
/// `InvalidParameterUse` when the properties to match are a parameter.
pub(super) fn refuse_parameter(properties: &Expression) -> Checked {
    let ExpressionKind::Parameter(name) = &properties.kind else { return Ok(()) };
    let message = format!("the properties to match cannot be the parameter ${name} as a whole");
    let error = QueryError::syntax(Detail::InvalidParameterUse, properties.span, message);
    Err(error.with_hint(format!("name the properties: {{key: ${name}.key}}")))
}

fn relationship_type(relationship: &RelationshipPattern) -> Type {
    match relationship.length {
        Length::One => Type::RELATIONSHIP,
        Length::Variable { .. } | Length::Quantified(_) => Type::list(Types::RELATIONSHIP),
    }
}

/// Makes a variable known, or sees that the one of that name can be what the pattern wants.
fn bind_variable(variable: &Name, is: Type, scope: &mut Scope<'_>) -> Checked {
    if let Some(known) = scope.get(&variable.text) {
        conflict(variable, known, is)?;
    }
    scope.set(&variable.text, is);
    Ok(())
}

/// # Errors
/// `VariableTypeConflict` when a variable cannot be what it is used as.
pub(super) fn conflict(variable: &Name, known: Type, wanted: Type) -> Checked {
    if known.admits(wanted.types) {
        return Ok(());
    }
    let message = format!("the variable '{}' is {}, and cannot be {}", variable.text, known.types, wanted.types);
    Err(QueryError::syntax(Detail::VariableTypeConflict, variable.span, message))
}

/// The variables of nodes and relationships, with what they are; those of groups are not among them.
fn variables(elements: &[PatternElement]) -> impl Iterator<Item = (&Name, Type)> {
    elements.iter().filter_map(|element| match element {
        PatternElement::Node(node) => Some((node.variable.as_ref()?, Type::NODE)),
        PatternElement::Relationship(relationship) => {
            Some((relationship.variable.as_ref()?, relationship_type(relationship)))
        }
        PatternElement::Group(_) => None,
    })
}

/// Outside of the group its variables are lists of what they were in each round.
fn bind_group(group: &QuantifiedGroup, scope: &mut Scope<'_>) -> Checked {
    let mut own: Vec<&str> = Vec::new();
    for (variable, is) in group_variables(group)? {
        let name = &*variable.text;
        let again = own.contains(&name);
        if again && is == Type::RELATIONSHIP || !again && scope.get(name).is_some() {
            return Err(already_bound(variable).with_hint("the variables of a group belong to it alone"));
        }
        if !again {
            own.push(name);
            scope.set(&variable.text, Type::list(is.types));
        }
    }
    Ok(())
}

/// What the variables of a group are in one round.
fn group_variables(group: &QuantifiedGroup) -> Checked<Vec<(&Name, Type)>> {
    if group.elements.iter().any(|element| matches!(element, PatternElement::Group(_))) {
        let message = "a group with a quantifier cannot stand in another one";
        return Err(QueryError::syntax(Detail::NotSupported, group.span, message));
    }
    Ok(variables(&group.elements).collect())
}
