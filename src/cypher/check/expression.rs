//! Expressions: what they can be, and whether their parts fit together.

use super::scope::Scope;
use super::types::Type;
use super::{Checked, Checker};
use crate::cypher::error::{Detail, Kind, QueryError};
use crate::cypher::suggestion::nearest;
use crate::cypher::syntax::Span;
use crate::cypher::syntax::tree::{Expression, ExpressionKind, MapProjectionItem, Name, PathPattern, Selector};
use crate::cypher::value::Types;

/// Whether aggregates may stand at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aggregates {
    /// In the items of a projection.
    Allowed,
    /// Elsewhere; the words tell where that is.
    Forbidden(&'static str),
    /// Within the arguments of an aggregate.
    Within,
}

impl Aggregates {
    /// Within something that is computed for each element of a list.
    fn per_element(self) -> Self {
        match self {
            Self::Allowed => Self::Forbidden("what is computed for each element of a list"),
            other => other,
        }
    }
}

impl Checker<'_> {
    /// What an expression can be.
    pub(super) fn expression(
        &self,
        expression: &Expression,
        scope: &Scope<'_>,
        aggregates: Aggregates,
    ) -> Checked<Type> {
        let span = expression.span;
        match &expression.kind {
            ExpressionKind::Null => Ok(Type::NULL),
            ExpressionKind::Bool(_) => Ok(Type::BOOL),
            ExpressionKind::Int(_) => Ok(Type::of(Types::INT)),
            ExpressionKind::Float(_) => Ok(Type::of(Types::FLOAT)),
            ExpressionKind::Text(_) => Ok(Type::of(Types::TEXT)),
            ExpressionKind::Parameter(name) => self.parameter(name, span),
            ExpressionKind::Variable(name) => scope.resolve(name, span),
            ExpressionKind::Property { subject, key } => self.property(subject, key, scope, aggregates),
            ExpressionKind::Binary { operator, left, right } => {
                self.binary(*operator, (left, right), scope, aggregates)
            }
            ExpressionKind::Not(operand) => {
                self.boolean(operand, scope, aggregates, "NOT")?;
                Ok(Type::BOOL)
            }
            ExpressionKind::Plus(operand) | ExpressionKind::Minus(operand) => self.sign(operand, scope, aggregates),
            ExpressionKind::Function { name, distinct, arguments } => {
                self.function(name, *distinct, arguments, span, scope, aggregates)
            }
            ExpressionKind::CountStar => {
                self.may_aggregate("count(*)", span, aggregates)?;
                Ok(Type::of(Types::INT))
            }
            ExpressionKind::Pattern(pattern) => self.pattern_value(pattern, span, scope),
            kind => self.composed(kind, scope, aggregates),
        }
    }

    /// The kinds with several parts; apart from the others so that long chains of operators need little stack.
    #[inline(never)]
    fn composed(&self, kind: &ExpressionKind, scope: &Scope<'_>, aggregates: Aggregates) -> Checked<Type> {
        match kind {
            ExpressionKind::Comparison { first, rest } => {
                self.expression(first, scope, aggregates)?;
                for (_, operand) in rest {
                    self.expression(operand, scope, aggregates)?;
                }
                Ok(Type::BOOL)
            }
            ExpressionKind::IsNull { subject, .. } => {
                self.expression(subject, scope, aggregates)?;
                Ok(Type::BOOL)
            }
            ExpressionKind::HasLabels { subject, labels } => {
                let is = self.expression(subject, scope, aggregates)?;
                self.expect(is, Types::ENTITY, subject.span, "a test of labels")?;
                self.look_for_labels_of(is, labels);
                Ok(Type::BOOL)
            }
            ExpressionKind::Index { subject, index } => self.index(subject, index, scope, aggregates),
            ExpressionKind::Slice { subject, from, to } => {
                let is = self.expression(subject, scope, aggregates)?;
                self.expect(is, Types::LIST, subject.span, "a slice")?;
                for bound in [from, to].into_iter().flatten() {
                    let is = self.expression(bound, scope, aggregates)?;
                    self.expect(is, Types::INT, bound.span, "the bound of a slice")?;
                }
                Ok(Type { types: Types::LIST, ..is })
            }
            ExpressionKind::List(items) => {
                let mut elements = Types::NONE;
                for item in items {
                    elements = elements | self.expression(item, scope, aggregates)?.types;
                }
                Ok(Type::list(elements))
            }
            ExpressionKind::Map(entries) => {
                for (_, value) in entries {
                    self.expression(value, scope, aggregates)?;
                }
                Ok(Type::of(Types::MAP))
            }
            ExpressionKind::MapProjection { subject, items } => self.map_projection(subject, items, scope, aggregates),
            ExpressionKind::Case { subject, branches, otherwise } => {
                self.case(subject.as_deref(), branches, otherwise.as_deref(), scope, aggregates)
            }
            ExpressionKind::Exists(body) => {
                self.subquery_body(body, scope)?;
                Ok(Type::BOOL)
            }
            ExpressionKind::Count(body) => {
                self.subquery_body(body, scope)?;
                Ok(Type::of(Types::INT))
            }
            ExpressionKind::Collect(query) => self.collect(query, scope),
            kind => self.per_element(kind, scope, aggregates),
        }
    }

    /// What brings variables of its own: comprehensions and their kin.
    fn per_element(&self, kind: &ExpressionKind, scope: &Scope<'_>, aggregates: Aggregates) -> Checked<Type> {
        let within = aggregates.per_element();
        match kind {
            ExpressionKind::ListComprehension { variable, list, condition, projection } => {
                let element = self.list(list, scope, aggregates)?;
                let inner = scope.with(variable, element);
                if let Some(condition) = condition {
                    self.condition(condition, &inner, within)?;
                }
                match projection {
                    Some(projection) => Ok(Type::list(self.expression(projection, &inner, within)?.types)),
                    None => Ok(Type::list(element.types)),
                }
            }
            ExpressionKind::Quantified { variable, list, condition, .. } => {
                let element = self.list(list, scope, aggregates)?;
                if let Some(condition) = condition {
                    self.condition(condition, &scope.with(variable, element), within)?;
                }
                Ok(Type::BOOL)
            }
            ExpressionKind::Reduce { accumulator, initial, variable, list, step } => {
                self.expression(initial, scope, aggregates)?;
                let element = self.list(list, scope, aggregates)?;
                let mut inner = scope.with(variable, element);
                // What the step makes of it is not known before the step is.
                inner.set(&accumulator.text, Type::ANY);
                self.expression(step, &inner, within)?;
                Ok(Type::ANY)
            }
            ExpressionKind::PatternComprehension { pattern, condition, projection } => {
                let mut inner = scope.inner();
                self.bind(std::slice::from_ref(pattern), &mut inner)?;
                if let Some(condition) = condition {
                    self.condition(condition, &inner, within)?;
                }
                Ok(Type::list(self.expression(projection, &inner, within)?.types))
            }
            _ => Ok(Type::ANY),
        }
    }

    /// A list to go through; what its elements are.
    fn list(&self, list: &Expression, scope: &Scope<'_>, aggregates: Aggregates) -> Checked<Type> {
        let is = self.expression(list, scope, aggregates)?;
        self.expect(is, Types::LIST, list.span, "what stands behind IN")?;
        Ok(Type::of(is.elements))
    }

    /// What decides whether something happens: `WHERE ...`.
    pub(super) fn condition(&self, condition: &Expression, scope: &Scope<'_>, aggregates: Aggregates) -> Checked {
        self.boolean(condition, scope, aggregates, "a condition")
    }

    /// A boolean; a pattern may stand for whether it matches.
    pub(super) fn boolean(&self, operand: &Expression, scope: &Scope<'_>, aggregates: Aggregates, of: &str) -> Checked {
        match &operand.kind {
            ExpressionKind::Pattern(pattern) if pattern.selector == Selector::All => {
                self.pattern_predicate(pattern, scope)
            }
            _ => {
                let is = self.expression(operand, scope, aggregates)?;
                self.expect(is, Types::BOOL, operand.span, of)
            }
        }
    }

    fn pattern_value(&self, pattern: &PathPattern, span: Span, scope: &Scope<'_>) -> Checked<Type> {
        match pattern.selector {
            Selector::All => {
                let message = "a pattern is a condition, and no value";
                let error = QueryError::syntax(Detail::UnexpectedSyntax, span, message);
                Err(error.with_hint("EXISTS { ... } tells whether it matches, COUNT { ... } how often"))
            }
            Selector::AllShortestPaths | Selector::AllShortest => {
                self.shortest_path(pattern, scope)?;
                Ok(Type::list(Types::PATH))
            }
            _ => {
                self.shortest_path(pattern, scope)?;
                Ok(Type::PATH)
            }
        }
    }

    fn parameter(&self, name: &str, span: Span) -> Checked<Type> {
        let Some(given) = self.context.parameters else { return Ok(Type::ANY) };
        if given.contains_key(name) {
            return Ok(Type::ANY);
        }
        Err(missing_parameter(name, span, given.keys().map(|name| &**name)))
    }

    /// `x.key`
    fn property(&self, subject: &Expression, key: &Name, scope: &Scope<'_>, aggregates: Aggregates) -> Checked<Type> {
        let is = self.expression(subject, scope, aggregates)?;
        self.look_for_key(is, key);
        let with_properties = Types::ENTITY | Types::MAP | Types::TEMPORAL;
        if is.admits(with_properties) {
            return Ok(Type::ANY);
        }
        let message = format!("{} has no property '{}'", is.types, key.text);
        let span = Span { start: subject.span.start, end: key.span.end };
        // The kit tells graph elements from plain values here.
        let kind = if is.types.meets(Types::PATH) { Kind::SyntaxError } else { Kind::TypeError };
        Err(QueryError::compile(kind, Detail::InvalidArgumentType, span, message))
    }

    /// `x[i]`
    fn index(
        &self,
        subject: &Expression,
        index: &Expression,
        scope: &Scope<'_>,
        aggregates: Aggregates,
    ) -> Checked<Type> {
        let is = self.expression(subject, scope, aggregates)?;
        let by = self.expression(index, scope, aggregates)?;
        let keyed = Types::ENTITY | Types::MAP;
        let wrong =
            |span, message| Err(QueryError::compile(Kind::TypeError, Detail::InvalidArgumentType, span, message));
        if !is.admits(keyed | Types::LIST) {
            return wrong(subject.span, format!("{} has no elements", is.types));
        }
        if is.is(Types::LIST) && !by.admits(Types::INT) {
            return wrong(index.span, format!("elements of a list have an integer position, found {}", by.types));
        }
        if is.is(keyed) && !by.admits(Types::TEXT) {
            return wrong(index.span, format!("the name of a property is a string, found {}", by.types));
        }
        Ok(if is.is(Types::LIST) { Type::of(is.elements) } else { Type::ANY })
    }

    fn map_projection(
        &self,
        subject: &Name,
        items: &[MapProjectionItem],
        scope: &Scope<'_>,
        aggregates: Aggregates,
    ) -> Checked<Type> {
        let is = scope.resolve(&subject.text, subject.span)?;
        self.expect(is, Types::ENTITY | Types::MAP, subject.span, "a map projection")?;
        for item in items {
            match item {
                MapProjectionItem::Literal(_, value) => {
                    self.expression(value, scope, aggregates)?;
                }
                MapProjectionItem::Variable(name) => {
                    scope.resolve(&name.text, name.span)?;
                }
                MapProjectionItem::Property(key) => self.look_for_key(is, key),
                MapProjectionItem::All => {}
            }
        }
        Ok(Type::of(Types::MAP))
    }

    fn case(
        &self,
        subject: Option<&Expression>,
        branches: &[(Expression, Expression)],
        otherwise: Option<&Expression>,
        scope: &Scope<'_>,
        aggregates: Aggregates,
    ) -> Checked<Type> {
        if let Some(subject) = subject {
            self.expression(subject, scope, aggregates)?;
        }
        let mut is = Type::NULL;
        for (test, value) in branches {
            match subject {
                Some(_) => {
                    self.expression(test, scope, aggregates)?;
                }
                None => self.boolean(test, scope, aggregates, "WHEN")?,
            }
            is = is.or(self.expression(value, scope, aggregates)?);
        }
        match otherwise {
            Some(otherwise) => Ok(is.or(self.expression(otherwise, scope, aggregates)?)),
            None => Ok(is),
        }
    }

    /// # Errors
    /// `InvalidArgumentType` when no value of that type is of one of those wanted.
    pub(super) fn expect(&self, is: Type, wanted: Types, span: Span, of: &str) -> Checked {
        if is.admits(wanted) {
            return Ok(());
        }
        let message = format!("{of} takes {wanted}, found {}", is.types);
        Err(QueryError::syntax(Detail::InvalidArgumentType, span, message))
    }
}

pub(super) fn missing_parameter<'n>(name: &str, span: Span, given: impl Iterator<Item = &'n str>) -> QueryError {
    let message = format!("the parameter ${name} is not given");
    let error = QueryError::compile(Kind::ParameterMissing, Detail::MissingParameter, span, message);
    match nearest(name, given) {
        Some(given) => error.with_hint(format!("is ${given} meant?")),
        None => error,
    }
}
