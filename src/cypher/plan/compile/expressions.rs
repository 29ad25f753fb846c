//! Expressions: names to slots, calls to functions.

use std::sync::Arc;

use super::{Compiler, Scope};
use crate::cypher::error::{Detail, Kind, QueryError};
use crate::cypher::function;
use crate::cypher::plan::{Expr, LabelTest, Projected};
use crate::cypher::syntax::Span;
use crate::cypher::syntax::tree::{
    BinaryOperator, ComparisonOperator, Expression, ExpressionKind, LabelExpression, MapProjectionItem, Name,
};
use crate::cypher::value::Value;

impl Compiler<'_> {
    pub(super) fn expression(&mut self, expression: &Expression, scope: &Scope) -> Result<Expr, QueryError> {
        let span = expression.span;
        if scope.has_computed()
            && let Some(slot) = scope.computed(self.written(span))
        {
            self.reads.insert(slot);
            return Ok(Expr::Slot(slot));
        }
        let literal = |value| Ok(Expr::Constant(value));
        match &expression.kind {
            ExpressionKind::Null => literal(Value::Null),
            ExpressionKind::Bool(value) => literal(Value::Bool(*value)),
            ExpressionKind::Int(value) => literal(Value::Int(*value)),
            ExpressionKind::Float(value) => literal(Value::Float(*value)),
            ExpressionKind::Text(value) => literal(Value::Text(Arc::clone(value))),
            ExpressionKind::Parameter(name) => Ok(Expr::Parameter(Arc::clone(name), span)),
            ExpressionKind::Variable(name) => self.variable(name, span, scope).map(Expr::Slot),
            ExpressionKind::List(items) => Ok(Expr::List(self.all(items, scope)?)),
            ExpressionKind::Map(items) => {
                let pair =
                    |(key, value): &(Name, Expression)| Ok((Arc::clone(&key.text), self.expression(value, scope)?));
                Ok(Expr::Map(items.iter().map(pair).collect::<Result<_, QueryError>>()?))
            }
            ExpressionKind::MapProjection { subject, items } => self.map_projection(subject, items, scope),
            ExpressionKind::Property { subject, key } => {
                let subject = Box::new(self.expression(subject, scope)?);
                Ok(Expr::Property {
                    subject,
                    key: self.view.intern(&key.text),
                    text: Arc::clone(&key.text),
                    span: key.span,
                })
            }
            ExpressionKind::Index { subject, index } => {
                Ok(Expr::Index { subject: self.boxed(subject, scope)?, index: self.boxed(index, scope)?, span })
            }
            ExpressionKind::Slice { subject, from, to } => {
                let (from, to) = (self.maybe(from.as_deref(), scope)?, self.maybe(to.as_deref(), scope)?);
                Ok(Expr::Slice { subject: self.boxed(subject, scope)?, from, to, span })
            }
            ExpressionKind::Not(inner) => Ok(Expr::Not(self.boxed(inner, scope)?)),
            ExpressionKind::Plus(inner) => Ok(Expr::Plus(self.boxed(inner, scope)?, span)),
            ExpressionKind::Minus(inner) => Ok(Expr::Minus(self.boxed(inner, scope)?, span)),
            ExpressionKind::Binary { operator, left, right } => self.binary(*operator, left, right, span, scope),
            ExpressionKind::Comparison { first, rest } => self.comparison(first, rest, scope),
            ExpressionKind::IsNull { subject, negated } => {
                Ok(Expr::IsNull { subject: self.boxed(subject, scope)?, negated: *negated })
            }
            ExpressionKind::HasLabels { subject, labels } => {
                let test = self.label_test(labels);
                Ok(Expr::HasLabels { subject: self.boxed(subject, scope)?, test, span })
            }
            ExpressionKind::Function { name, distinct, arguments } => {
                self.call(name, *distinct, arguments, span, scope)
            }
            ExpressionKind::CountStar => self.aggregate("count", false, &[], span),
            ExpressionKind::Case { subject, branches, otherwise } => {
                let subject = self.maybe(subject.as_deref(), scope)?;
                let branch = |(when, then): &(Expression, Expression)| {
                    Ok((self.expression(when, scope)?, self.expression(then, scope)?))
                };
                let branches = branches.iter().map(branch).collect::<Result<_, QueryError>>()?;
                Ok(Expr::Case { subject, branches, otherwise: self.maybe(otherwise.as_deref(), scope)? })
            }
            ExpressionKind::ListComprehension { variable, list, condition, projection } => {
                let list = self.boxed(list, scope)?;
                let slot = self.slot();
                let scope = scope.with(&variable.text, slot);
                let condition = self.maybe(condition.as_deref(), &scope)?;
                let projection = self.maybe(projection.as_deref(), &scope)?;
                Ok(Expr::ListComprehension { slot, list, condition, projection, span })
            }
            ExpressionKind::Quantified { kind, variable, list, condition } => {
                let list = self.boxed(list, scope)?;
                let slot = self.slot();
                let condition = self.maybe(condition.as_deref(), &scope.with(&variable.text, slot))?;
                Ok(Expr::Quantified { kind: *kind, slot, list, condition, span })
            }
            ExpressionKind::Reduce { accumulator, initial, variable, list, step } => {
                let (initial, list) = (self.boxed(initial, scope)?, self.boxed(list, scope)?);
                let (held, slot) = (self.slot(), self.slot());
                let scope = scope.with(&accumulator.text, held).with(&variable.text, slot);
                Ok(Expr::Reduce { accumulator: held, initial, slot, list, step: self.boxed(step, &scope)?, span })
            }
            ExpressionKind::PatternComprehension { pattern, condition, projection } => {
                self.pattern_comprehension(pattern, condition.as_deref(), projection, scope)
            }
            ExpressionKind::Pattern(pattern) => self.pattern_value(pattern, scope),
            ExpressionKind::Exists(body) => self.exists(body, scope),
            ExpressionKind::Count(body) => self.count(body, scope),
            ExpressionKind::Collect(query) => self.collect(query, scope),
        }
    }

    pub(super) fn boxed(&mut self, expression: &Expression, scope: &Scope) -> Result<Box<Expr>, QueryError> {
        self.expression(expression, scope).map(Box::new)
    }

    fn maybe(&mut self, expression: Option<&Expression>, scope: &Scope) -> Result<Option<Box<Expr>>, QueryError> {
        expression.map(|expression| self.boxed(expression, scope)).transpose()
    }

    pub(super) fn all(&mut self, expressions: &[Expression], scope: &Scope) -> Result<Vec<Expr>, QueryError> {
        expressions.iter().map(|expression| self.expression(expression, scope)).collect()
    }

    pub(super) fn variable(&mut self, name: &str, span: Span, scope: &Scope) -> Result<usize, QueryError> {
        self.lookup(scope, name).ok_or_else(|| {
            QueryError::syntax(Detail::UndefinedVariable, span, format!("the variable {name} is not defined here"))
        })
    }

    /// The slot of a name, noted as read: subplans import what they read.
    pub(super) fn lookup(&mut self, scope: &Scope, name: &str) -> Option<usize> {
        let slot = scope.get(name)?;
        self.reads.insert(slot);
        Some(slot)
    }

    /// The words of a label expression.
    pub(super) fn label_test(&mut self, labels: &LabelExpression) -> LabelTest {
        match labels {
            LabelExpression::Name(name) => LabelTest::Word(self.view.intern(&name.text)),
            LabelExpression::Any(_) => LabelTest::Any,
            LabelExpression::Not(inner) => LabelTest::Not(Box::new(self.label_test(inner))),
            LabelExpression::And(a, b) => LabelTest::And(Box::new(self.label_test(a)), Box::new(self.label_test(b))),
            LabelExpression::Or(a, b) => LabelTest::Or(Box::new(self.label_test(a)), Box::new(self.label_test(b))),
        }
    }

    fn map_projection(
        &mut self,
        subject: &Name,
        items: &[MapProjectionItem],
        scope: &Scope,
    ) -> Result<Expr, QueryError> {
        let mut projected = Vec::with_capacity(items.len());
        for item in items {
            projected.push(match item {
                MapProjectionItem::Property(key) => Projected::Property(Arc::clone(&key.text)),
                MapProjectionItem::All => Projected::All,
                MapProjectionItem::Literal(key, value) => {
                    Projected::Value(Arc::clone(&key.text), self.expression(value, scope)?)
                }
                MapProjectionItem::Variable(name) => {
                    let slot = self.variable(&name.text, name.span, scope)?;
                    Projected::Value(Arc::clone(&name.text), Expr::Slot(slot))
                }
            });
        }
        let subject = Box::new(Expr::Slot(self.variable(&subject.text, subject.span, scope)?));
        Ok(Expr::MapProjection { subject, items: projected })
    }

    /// Chains of one operator become one node with many children: their depth is that of the text, not its length.
    fn binary(
        &mut self,
        operator: BinaryOperator,
        left: &Expression,
        right: &Expression,
        span: Span,
        scope: &Scope,
    ) -> Result<Expr, QueryError> {
        match operator {
            BinaryOperator::And | BinaryOperator::Or => {
                let mut parts = Vec::new();
                self.flatten(operator, left, scope, &mut parts)?;
                self.flatten(operator, right, scope, &mut parts)?;
                Ok(if operator == BinaryOperator::And { Expr::And(parts) } else { Expr::Or(parts) })
            }
            BinaryOperator::Xor => Ok(Expr::Xor(self.boxed(left, scope)?, self.boxed(right, scope)?)),
            _ => {
                let mut rest = vec![(operator, right, span)];
                let mut first = left;
                while let ExpressionKind::Binary { operator, left, right } = &first.kind
                    && !matches!(operator, BinaryOperator::And | BinaryOperator::Or | BinaryOperator::Xor)
                    && self.is_fresh(first, scope)
                {
                    rest.push((*operator, right, first.span));
                    first = left;
                }
                let first = self.boxed(first, scope)?;
                let mut chain = Vec::with_capacity(rest.len());
                for (operator, right, span) in rest.into_iter().rev() {
                    chain.push((operator, self.expression(right, scope)?, span));
                }
                Ok(Expr::Chain { first, rest: chain })
            }
        }
    }

    /// Whether the expression has not been computed already.
    fn is_fresh(&self, expression: &Expression, scope: &Scope) -> bool {
        !scope.has_computed() || scope.computed(self.written(expression.span)).is_none()
    }

    fn flatten(
        &mut self,
        chain: BinaryOperator,
        expression: &Expression,
        scope: &Scope,
        parts: &mut Vec<Expr>,
    ) -> Result<(), QueryError> {
        match &expression.kind {
            ExpressionKind::Binary { operator, left, right } if *operator == chain => {
                self.flatten(chain, left, scope, parts)?;
                self.flatten(chain, right, scope, parts)
            }
            _ => {
                parts.push(self.expression(expression, scope)?);
                Ok(())
            }
        }
    }

    fn comparison(
        &mut self,
        first: &Expression,
        rest: &[(ComparisonOperator, Expression)],
        scope: &Scope,
    ) -> Result<Expr, QueryError> {
        let left = self.expression(first, scope)?;
        let mut compared = Vec::with_capacity(rest.len());
        for (operator, right) in rest {
            compared.push((*operator, self.expression(right, scope)?));
        }
        if let [(operator @ (ComparisonOperator::Equal | ComparisonOperator::NotEqual), _)] = compared.as_slice() {
            let negated = *operator == ComparisonOperator::NotEqual;
            let Some((_, right)) = compared.pop() else { return Ok(left) };
            return Ok(name_equality(left, right, negated));
        }
        Ok(Expr::Comparison { first: Box::new(left), rest: compared })
    }

    fn call(
        &mut self,
        name: &Name,
        distinct: bool,
        arguments: &[Expression],
        span: Span,
        scope: &Scope,
    ) -> Result<Expr, QueryError> {
        if function::aggregate(&name.text).is_some() {
            return self.aggregate(&name.text, distinct, arguments, span);
        }
        let Some(function) = function::lookup(&name.text) else {
            let message = format!("there is no function {}", name.text);
            return Err(QueryError::syntax(Detail::UnknownFunction, name.span, message));
        };
        if distinct {
            let message = format!("DISTINCT belongs to aggregates, and {} is none", name.text);
            return Err(QueryError::compile(Kind::SyntaxError, Detail::UnexpectedSyntax, name.span, message));
        }
        Ok(Expr::Call { function, arguments: self.all(arguments, scope)?, span })
    }
}

/// `left = right`; where a side is `x.name`, the comparison knows all names of the landscape's entities.
pub(super) fn name_equality(left: Expr, right: Expr, negated: bool) -> Expr {
    let operator = if negated { ComparisonOperator::NotEqual } else { ComparisonOperator::Equal };
    match (left, right) {
        (Expr::Property { subject, key, text, .. }, other) if &*text == "name" && !is_property(&other) => {
            Expr::Named { subject, key, text: Box::new(other), negated }
        }
        (other, Expr::Property { subject, key, text, .. }) if &*text == "name" && !is_property(&other) => {
            Expr::Named { subject, key, text: Box::new(other), negated }
        }
        (left, right) => Expr::Comparison { first: Box::new(left), rest: vec![(operator, right)] },
    }
}

/// Two properties are compared as they are shown.
fn is_property(expression: &Expr) -> bool {
    matches!(expression, Expr::Property { .. })
}
