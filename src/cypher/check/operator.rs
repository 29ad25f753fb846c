//! What operators take and give.

use super::expression::Aggregates;
use super::scope::Scope;
use super::types::Type;
use super::{Checked, Checker};
use crate::cypher::syntax::Span;
use crate::cypher::syntax::tree::{BinaryOperator, Expression};
use crate::cypher::value::Types;

impl Checker<'_> {
    pub(super) fn binary(
        &self,
        operator: BinaryOperator,
        (left, right): (&Expression, &Expression),
        scope: &Scope<'_>,
        aggregates: Aggregates,
    ) -> Checked<Type> {
        let logical = match operator {
            BinaryOperator::Or => Some("OR"),
            BinaryOperator::Xor => Some("XOR"),
            BinaryOperator::And => Some("AND"),
            _ => None,
        };
        if let Some(word) = logical {
            self.boolean(left, scope, aggregates, word)?;
            self.boolean(right, scope, aggregates, word)?;
            return Ok(Type::BOOL);
        }
        let from = self.expression(left, scope, aggregates)?;
        let by = self.expression(right, scope, aggregates)?;
        self.fitting(operator, (from, left.span), (by, right.span))
    }

    fn fitting(
        &self,
        operator: BinaryOperator,
        (from, left): (Type, Span),
        (by, right): (Type, Span),
    ) -> Checked<Type> {
        let (word, wanted) = match operator {
            BinaryOperator::In => {
                self.expect(by, Types::LIST, right, "what stands behind IN")?;
                return Ok(Type::BOOL);
            }
            BinaryOperator::Add => return Ok(sum(from, by)),
            BinaryOperator::Concatenate => {
                self.expect(from, Types::TEXT | Types::LIST, left, "'||'")?;
                self.expect(by, Types::TEXT | Types::LIST, right, "'||'")?;
                return Ok(if from.is(Types::LIST) {
                    Type::of(Types::LIST)
                } else {
                    Type::of(Types::TEXT | Types::LIST)
                });
            }
            BinaryOperator::Subtract => ("'-'", Types::NUMBER | Types::TEMPORAL),
            BinaryOperator::Multiply => ("'*'", Types::NUMBER | Types::DURATION),
            BinaryOperator::Divide => ("'/'", Types::NUMBER | Types::DURATION),
            BinaryOperator::Modulo => ("'%'", Types::NUMBER),
            BinaryOperator::Power => ("'^'", Types::NUMBER),
            _ => return Ok(Type::BOOL),
        };
        self.expect(from, wanted, left, word)?;
        self.expect(by, wanted, right, word)?;
        Ok(match operator {
            BinaryOperator::Power => Type::of(Types::FLOAT),
            _ if from.is(Types::NUMBER) && by.is(Types::NUMBER) => arithmetic(from, by),
            _ if from.is_null() || by.is_null() => Type::NULL,
            _ => Type::of(wanted),
        })
    }

    /// `-x` and `+x`
    pub(super) fn sign(&self, operand: &Expression, scope: &Scope<'_>, aggregates: Aggregates) -> Checked<Type> {
        let is = self.expression(operand, scope, aggregates)?;
        self.expect(is, Types::NUMBER | Types::DURATION, operand.span, "a sign")?;
        Ok(is)
    }
}

/// What numbers give.
fn arithmetic(from: Type, by: Type) -> Type {
    if from.is(Types::INT) && by.is(Types::INT) {
        Type::of(Types::INT)
    } else if from.is(Types::FLOAT) || by.is(Types::FLOAT) {
        Type::of(Types::FLOAT)
    } else {
        Type::of(Types::NUMBER)
    }
}

/// What `+` gives, which takes nearly everything.
fn sum(from: Type, by: Type) -> Type {
    if from.is_null() || by.is_null() {
        // A list may take null as an element.
        if from.admits(Types::LIST) && by.admits(Types::LIST) { Type::ANY } else { Type::NULL }
    } else if from.is(Types::NUMBER) && by.is(Types::NUMBER) {
        arithmetic(from, by)
    } else if from.is(Types::LIST) || by.is(Types::LIST) {
        Type::of(Types::LIST)
    } else if from.is(Types::TEXT | Types::NUMBER) && by.is(Types::TEXT | Types::NUMBER) {
        Type::of(Types::TEXT | Types::NUMBER)
    } else {
        Type::ANY
    }
}
