//! Patterns as a graph of what is to be found: nodes, links between them, and conditions.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::expressions::name_equality;
use super::{Compiler, Plan, Scope, Slot};
use crate::cypher::error::{Detail, QueryError};
use crate::cypher::plan::{Expr, LabelTest, PathPiece};
use crate::cypher::syntax::tree::{
    Direction, Expression, ExpressionKind, Length, NodePattern, PathPattern, PatternElement, QuantifiedGroup,
    Quantifier, RelationshipPattern, Selector,
};

/// What the patterns of one clause ask for.
#[derive(Debug, Default)]
pub(super) struct PatternGraph {
    pub(super) nodes: Vec<PatternNode>,
    pub(super) links: Vec<Link>,
    pub(super) conditions: Vec<Condition>,
    pub(super) paths: Vec<(Slot, Vec<PathPiece>)>,
    /// The slots that the patterns fill.
    pub(super) fresh: BTreeSet<Slot>,
}

#[derive(Debug)]
pub(super) struct PatternNode {
    pub(super) slot: Slot,
    /// Labels that it must carry, as far as the pattern says so plainly.
    pub(super) labels: Vec<crate::cypher::view::WordId>,
}

/// Something that must be true.
#[derive(Debug)]
pub(super) struct Condition {
    pub(super) expression: Expr,
    /// Which of the slots that the patterns fill it reads.
    pub(super) needs: BTreeSet<Slot>,
    /// Whether it stands in the pattern itself, not in `WHERE`.
    pub(super) inherent: bool,
}

/// What joins two nodes.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) from: Slot,
    pub(super) to: Slot,
    /// The relationships it walks: one, or a list of them.
    pub(super) relationships: Vec<Slot>,
    pub(super) kind: LinkKind,
}

#[derive(Debug)]
pub(super) enum LinkKind {
    /// One relationship; `bound` when it is known already.
    Single { direction: Direction, types: Option<LabelTest>, bound: bool },
    /// Repetitions.
    Trail(Repetition),
    /// A choice among the shortest paths.
    Shortest { selector: Selector, parts: Vec<Part>, path: Option<Slot>, pieces: Vec<PathPiece> },
}

/// A part of a path whose shortest matches are wanted.
#[derive(Debug)]
pub(super) enum Part {
    Step { relationship: Slot, node: Slot, direction: Direction, types: Option<LabelTest> },
    Repetition { repetition: Repetition, node: Slot },
}

/// A group that is repeated.
#[derive(Debug)]
pub(super) struct Repetition {
    /// The nodes of one repetition, from its first to its last.
    pub(super) nodes: Vec<Slot>,
    /// What joins them: one fewer.
    pub(super) steps: Vec<(Slot, Direction, Option<LabelTest>)>,
    pub(super) conditions: Vec<Condition>,
    /// The slots inside, with the slots of the lists that they become.
    pub(super) lists: Vec<(Slot, Slot)>,
    pub(super) relationships: Slot,
    pub(super) min: u64,
    pub(super) max: Option<u64>,
}

impl Compiler<'_> {
    /// Patterns with a condition, after the rows of `input`. Hands back the slots of their paths too.
    pub(super) fn match_patterns(
        &mut self,
        patterns: &[PathPattern],
        condition: Option<&Expression>,
        input: Plan,
        scope: &Scope,
    ) -> Result<(Plan, Scope, Vec<Slot>), QueryError> {
        self.check_room(patterns)?;
        let mut graph = PatternGraph::default();
        let mut inside = scope.clone();
        let mut shapes = Vec::with_capacity(patterns.len());
        for pattern in patterns {
            shapes.push(self.declare(pattern, &mut inside, &mut graph)?);
        }
        for (pattern, shape) in patterns.iter().zip(&shapes) {
            self.path(pattern, shape, scope, &inside, &mut graph)?;
        }
        if let Some(condition) = condition {
            self.conjuncts(condition, &inside, false, &graph.fresh.clone(), &mut graph.conditions)?;
        }
        let paths = graph.paths.iter().map(|(slot, _)| *slot).collect();
        let plan = self.solve(graph, input)?;
        Ok((plan, inside, paths))
    }

    /// Gives every element of a pattern its slot, so that conditions may name what stands further on.
    fn declare(
        &mut self,
        pattern: &PathPattern,
        scope: &mut Scope,
        graph: &mut PatternGraph,
    ) -> Result<Shape, QueryError> {
        let mut shape = Shape::default();
        for element in &pattern.elements {
            let variable = match element {
                PatternElement::Node(node) => &node.variable,
                PatternElement::Relationship(relationship) => &relationship.variable,
                PatternElement::Group(group) => {
                    shape.elements.push(self.slot());
                    for name in group_names(group) {
                        if scope.get(&name).is_none() {
                            let slot = self.slot();
                            graph.fresh.insert(slot);
                            self.name(scope, &name, slot);
                        }
                    }
                    continue;
                }
            };
            let known = variable.as_ref().and_then(|name| self.lookup(scope, &name.text));
            let slot = known.unwrap_or_else(|| self.slot());
            if known.is_none() {
                graph.fresh.insert(slot);
                if let Some(name) = variable {
                    self.name(scope, &name.text, slot);
                }
            }
            shape.elements.push(slot);
        }
        let shortest = pattern.selector != Selector::All;
        if pattern.variable.is_some() || shortest {
            let slot = self.slot();
            graph.fresh.insert(slot);
            shape.path = Some(slot);
            if let Some(name) = &pattern.variable {
                self.name(scope, &name.text, slot);
            }
        }
        Ok(shape)
    }

    fn path(
        &mut self,
        pattern: &PathPattern,
        shape: &Shape,
        outer: &Scope,
        scope: &Scope,
        graph: &mut PatternGraph,
    ) -> Result<(), QueryError> {
        let mut pieces = Vec::new();
        let mut links: Vec<Link> = Vec::new();
        let mut before: Option<Slot> = None;
        let mut pending: Option<(&PatternElement, Slot)> = None;
        if let ([_], [node]) = (pattern.elements.as_slice(), shape.elements.as_slice())
            && !graph.fresh.contains(node)
        {
            // A node that an optional match did not find is no match here; longer patterns see it when they walk.
            graph.add(Expr::IsNull { subject: Box::new(Expr::Slot(*node)), negated: true }, true);
        }
        for (element, &slot) in pattern.elements.iter().zip(&shape.elements) {
            let PatternElement::Node(node) = element else {
                pending = Some((element, slot));
                continue;
            };
            if let (Some(from), Some((between, place))) = (before, pending.take()) {
                let link = self.link(between, place, from, slot, outer, scope, graph)?;
                let piece = match link.kind {
                    LinkKind::Single { .. } => PathPiece::Relationship(place),
                    _ => PathPiece::Relationships(link.relationships.first().copied().unwrap_or(place)),
                };
                pieces.push(piece);
                links.push(link);
            }
            self.node(node, slot, scope, graph)?;
            pieces.push(PathPiece::Node(slot));
            before = Some(slot);
        }
        if pattern.selector == Selector::All {
            graph.links.extend(links);
            if let Some(path) = shape.path {
                graph.paths.push((path, pieces));
            }
            return Ok(());
        }
        let (Some(PathPiece::Node(from)), Some(PathPiece::Node(to))) =
            (pieces.first().copied(), pieces.last().copied())
        else {
            return Ok(());
        };
        let relationships = links.iter().flat_map(|link| link.relationships.clone()).collect();
        let parts = links.into_iter().filter_map(part).collect();
        graph.nodes.retain(|node| {
            let interior = pieces.contains(&PathPiece::Node(node.slot)) && node.slot != from && node.slot != to;
            !interior || !graph.fresh.contains(&node.slot)
        });
        if let Some(path) = shape.path {
            graph.paths.push((path, pieces.clone()));
        }
        let kind = LinkKind::Shortest { selector: pattern.selector.clone(), parts, path: shape.path, pieces };
        graph.links.push(Link { from, to, relationships, kind });
        Ok(())
    }

    fn node(
        &mut self,
        node: &NodePattern,
        slot: Slot,
        scope: &Scope,
        graph: &mut PatternGraph,
    ) -> Result<(), QueryError> {
        let mut labels = Vec::new();
        if let Some(expression) = &node.labels {
            let test = self.label_test(expression);
            labels = test.required();
            let subject = Box::new(Expr::Slot(slot));
            graph.add(Expr::HasLabels { subject, test, span: node.span }, true);
        }
        match graph.nodes.iter_mut().find(|known| known.slot == slot) {
            Some(known) => known.labels.extend(labels),
            None => graph.nodes.push(PatternNode { slot, labels }),
        }
        let fresh = graph.fresh.clone();
        self.properties(node.properties.as_ref(), slot, scope, &fresh, &mut graph.conditions)?;
        if let Some(condition) = &node.condition {
            self.conjuncts(condition, scope, true, &fresh, &mut graph.conditions)?;
        }
        Ok(())
    }

    #[allow(clippy::too_many_arguments)]
    fn link(
        &mut self,
        element: &PatternElement,
        place: Slot,
        from: Slot,
        to: Slot,
        outer: &Scope,
        scope: &Scope,
        graph: &mut PatternGraph,
    ) -> Result<Link, QueryError> {
        let relationship = match element {
            PatternElement::Relationship(relationship) => relationship,
            PatternElement::Group(group) => {
                let repetition = self.group(group, scope, graph)?;
                return Ok(Link {
                    from,
                    to,
                    relationships: vec![repetition.relationships],
                    kind: LinkKind::Trail(repetition),
                });
            }
            PatternElement::Node(node) => {
                return Err(QueryError::syntax(
                    Detail::UnexpectedSyntax,
                    node.span,
                    "two nodes with nothing between them",
                ));
            }
        };
        let types = relationship.types.as_ref().map(|types| self.label_test(types));
        let bound = relationship.variable.as_ref().is_some_and(|name| outer.get(&name.text).is_some());
        let direction = relationship.direction;
        let relationships = vec![place];
        let (min, max) = match relationship.length {
            Length::One => {
                let fresh = graph.fresh.clone();
                self.properties(relationship.properties.as_ref(), place, scope, &fresh, &mut graph.conditions)?;
                if let Some(condition) = &relationship.condition {
                    self.conjuncts(condition, scope, true, &fresh, &mut graph.conditions)?;
                }
                return Ok(Link { from, to, relationships, kind: LinkKind::Single { direction, types, bound } });
            }
            Length::Variable { min, max } => (min.unwrap_or(1), max),
            Length::Quantified(Quantifier { min, max }) => (min, max),
        };
        if bound {
            return Ok(Link { from, to, relationships, kind: LinkKind::Single { direction, types, bound } });
        }
        let repetition = self.repeated(relationship, place, types, min, max, scope)?;
        Ok(Link { from, to, relationships, kind: LinkKind::Trail(repetition) })
    }

    /// One relationship that is repeated.
    fn repeated(
        &mut self,
        relationship: &RelationshipPattern,
        place: Slot,
        types: Option<LabelTest>,
        min: u64,
        max: Option<u64>,
        scope: &Scope,
    ) -> Result<Repetition, QueryError> {
        let (first, step, last) = (self.slot(), self.slot(), self.slot());
        let fresh = BTreeSet::from([first, step, last]);
        let mut conditions = Vec::new();
        self.properties(relationship.properties.as_ref(), step, scope, &fresh, &mut conditions)?;
        if let Some(condition) = &relationship.condition {
            let inside = match &relationship.variable {
                Some(name) => scope.with(&name.text, step),
                None => scope.clone(),
            };
            self.conjuncts(condition, &inside, true, &fresh, &mut conditions)?;
        }
        let (nodes, steps) = (vec![first, last], vec![(step, relationship.direction, types)]);
        Ok(Repetition { nodes, steps, conditions, lists: vec![(step, place)], relationships: place, min, max })
    }

    /// A group in brackets with a quantifier.
    fn group(
        &mut self,
        group: &QuantifiedGroup,
        scope: &Scope,
        graph: &mut PatternGraph,
    ) -> Result<Repetition, QueryError> {
        let mut inside = scope.clone();
        let mut lists = Vec::new();
        for name in group_names(group) {
            let slot = self.slot();
            if let Some(list) = scope.get(&name) {
                lists.push((slot, list));
            }
            inside.set(&name, slot);
        }
        let relationships = self.slot();
        graph.fresh.insert(relationships);
        let mut own = PatternGraph::default();
        let (mut nodes, mut steps) = (Vec::new(), Vec::new());
        own.fresh.extend(lists.iter().map(|(slot, _)| *slot));
        for element in &group.elements {
            match element {
                PatternElement::Node(node) => {
                    let slot =
                        node.variable.as_ref().and_then(|name| inside.get(&name.text)).unwrap_or_else(|| self.slot());
                    own.fresh.insert(slot);
                    nodes.push((slot, node));
                }
                PatternElement::Relationship(step) if step.length == Length::One => {
                    let slot =
                        step.variable.as_ref().and_then(|name| inside.get(&name.text)).unwrap_or_else(|| self.slot());
                    own.fresh.insert(slot);
                    steps.push((slot, step));
                }
                PatternElement::Relationship(RelationshipPattern { span, .. })
                | PatternElement::Group(QuantifiedGroup { span, .. }) => {
                    let message = "a quantified pattern cannot hold another one";
                    return Err(QueryError::syntax(Detail::NotSupported, *span, message));
                }
            }
        }
        let fresh = own.fresh.clone();
        for (slot, node) in &nodes {
            self.node(node, *slot, &inside, &mut own)?;
        }
        let mut walked = Vec::with_capacity(steps.len());
        for (slot, step) in steps {
            let types = step.types.as_ref().map(|types| self.label_test(types));
            self.properties(step.properties.as_ref(), slot, &inside, &fresh, &mut own.conditions)?;
            if let Some(condition) = &step.condition {
                self.conjuncts(condition, &inside, true, &fresh, &mut own.conditions)?;
            }
            walked.push((slot, step.direction, types));
        }
        if let Some(condition) = &group.condition {
            self.conjuncts(condition, &inside, true, &fresh, &mut own.conditions)?;
        }
        let nodes = nodes.into_iter().map(|(slot, _)| slot).collect();
        let Quantifier { min, max } = group.quantifier;
        Ok(Repetition { nodes, steps: walked, conditions: own.conditions, lists, relationships, min, max })
    }

    /// The properties that a pattern asks for, each as a condition.
    fn properties(
        &mut self,
        properties: Option<&Expression>,
        slot: Slot,
        scope: &Scope,
        fresh: &BTreeSet<Slot>,
        into: &mut Vec<Condition>,
    ) -> Result<(), QueryError> {
        let Some(properties) = properties else { return Ok(()) };
        let ExpressionKind::Map(items) = &properties.kind else {
            let message = "the properties to match must be written out: {key: value}";
            return Err(QueryError::syntax(Detail::InvalidParameterUse, properties.span, message));
        };
        for (key, value) in items {
            let right = self.expression(value, scope)?;
            let (subject, span) = (Box::new(Expr::Slot(slot)), key.span);
            let left = Expr::Property { subject, key: self.view.intern(&key.text), text: Arc::clone(&key.text), span };
            let equality = match right {
                // Written in a pattern, the name is looked for among all names, whatever the right side is.
                right if &*key.text == "name" => named(left, right),
                right => name_equality(left, right, false),
            };
            into.push(condition(equality, true, fresh));
        }
        Ok(())
    }

    /// The parts of a condition that all must be true.
    pub(super) fn conjuncts(
        &mut self,
        expression: &Expression,
        scope: &Scope,
        inherent: bool,
        fresh: &BTreeSet<Slot>,
        into: &mut Vec<Condition>,
    ) -> Result<(), QueryError> {
        match self.expression(expression, scope)? {
            Expr::And(parts) => into.extend(parts.into_iter().map(|part| condition(part, inherent, fresh))),
            whole => into.push(condition(whole, inherent, fresh)),
        }
        Ok(())
    }
}

impl PatternGraph {
    fn add(&mut self, expression: Expr, inherent: bool) {
        self.conditions.push(condition(expression, inherent, &self.fresh));
    }
}

/// The slots of the elements of a pattern, and of its path.
#[derive(Debug, Default)]
struct Shape {
    elements: Vec<Slot>,
    path: Option<Slot>,
}

fn condition(expression: Expr, inherent: bool, fresh: &BTreeSet<Slot>) -> Condition {
    let needs = expression.slots().intersection(fresh).copied().collect();
    Condition { expression, needs, inherent }
}

fn named(left: Expr, right: Expr) -> Expr {
    match left {
        Expr::Property { subject, key, text, .. } => {
            let _ = text;
            Expr::Named { subject, key, text: Box::new(right), negated: false }
        }
        other => other,
    }
}

/// The names that a group brings, each once.
fn group_names(group: &QuantifiedGroup) -> Vec<Arc<str>> {
    let mut names: Vec<Arc<str>> = Vec::new();
    for element in &group.elements {
        let name = match element {
            PatternElement::Node(node) => node.variable.as_ref(),
            PatternElement::Relationship(relationship) => relationship.variable.as_ref(),
            PatternElement::Group(_) => None,
        };
        if let Some(name) = name
            && !names.contains(&name.text)
        {
            names.push(Arc::clone(&name.text));
        }
    }
    names
}

fn part(link: Link) -> Option<Part> {
    let Link { to: node, relationships, kind, .. } = link;
    match kind {
        LinkKind::Single { direction, types, .. } => {
            Some(Part::Step { relationship: relationships.first().copied()?, node, direction, types })
        }
        LinkKind::Trail(repetition) => Some(Part::Repetition { repetition, node }),
        LinkKind::Shortest { .. } => None,
    }
}
