//! Relationships of patterns, their lengths and quantifiers.

use super::failure::Thing;
use super::{Keyword, Parsed, Parser, Symbol, TokenKind};
use crate::cypher::error::Detail;
use crate::cypher::syntax::literal::{self, Number};
use crate::cypher::syntax::tree::{Direction, Length, Quantifier, RelationshipPattern};

impl Parser<'_> {
    pub(super) fn relationship_follows(&mut self) -> bool {
        let follows = match self.kind() {
            TokenKind::Symbol(Symbol::Minus) => true,
            TokenKind::Symbol(Symbol::Less) => self.kind_ahead(1) == TokenKind::Symbol(Symbol::Minus),
            _ => false,
        };
        if !follows {
            self.expected.thing(Thing::Relationship);
        }
        follows
    }

    /// `-[r:TYPE*1..3 {key: value}]->`
    pub(super) fn relationship(&mut self) -> Parsed<RelationshipPattern> {
        let start = self.token().span;
        let left = self.eat_symbol(Symbol::Less);
        self.symbol(Symbol::Minus)?;
        let mut relationship = RelationshipPattern {
            variable: None,
            direction: Direction::Either,
            types: None,
            length: Length::One,
            properties: None,
            condition: None,
            span: start,
        };
        if self.eat_symbol(Symbol::LeftBracket) {
            self.inside(&mut relationship)?;
            self.symbol(Symbol::RightBracket)?;
        }
        self.symbol(Symbol::Minus)?;
        let right = self.eat_symbol(Symbol::Greater);
        relationship.direction = match (left, right) {
            (true, false) => Direction::Left,
            (false, true) => Direction::Right,
            _ => Direction::Either,
        };
        let place = self.token().span;
        if let Some(quantifier) = self.quantifier()? {
            if relationship.length != Length::One {
                let detail = Detail::InvalidRelationshipPattern;
                let message = "a relationship has a length in its brackets or a quantifier behind it, not both";
                return Err(super::QueryError::syntax(detail, place, message));
            }
            relationship.length = Length::Quantified(quantifier);
        }
        relationship.span = self.since(start);
        Ok(relationship)
    }

    fn inside(&mut self, relationship: &mut RelationshipPattern) -> Parsed<()> {
        relationship.variable = self.optional_variable();
        if relationship.variable.is_none() {
            self.expected.thing(Thing::Variable);
        }
        if self.eat_label_mark() {
            relationship.types = Some(self.labels(Thing::RelationshipType)?);
        }
        if self.eat_symbol(Symbol::Star) {
            relationship.length = self.length()?;
        } else if self.kind() == TokenKind::Symbol(Symbol::TwoDots) {
            let error = self.unexpected_as(Detail::InvalidRelationshipPattern);
            return Err(error.with_hint("a length begins with a star: *1..3"));
        }
        relationship.properties = self.properties()?;
        if self.eat_keyword(Keyword::Where) {
            relationship.condition = Some(self.expression()?);
        }
        Ok(())
    }

    /// What follows the star.
    fn length(&mut self) -> Parsed<Length> {
        let min = self.bound(Detail::InvalidRelationshipPattern)?;
        if self.eat_symbol(Symbol::TwoDots) {
            let max = self.bound(Detail::InvalidRelationshipPattern)?;
            return Ok(Length::Variable { min, max });
        }
        match self.kind() {
            TokenKind::Symbol(Symbol::Minus | Symbol::Plus) => {
                let error = self.unexpected_as(Detail::InvalidRelationshipPattern);
                Err(error.with_hint("bounds of a length are whole numbers without a sign"))
            }
            TokenKind::Parameter if min.is_none() && self.kind_ahead(1) != TokenKind::Symbol(Symbol::RightBracket) => {
                Err(self.unsupported(self.token().span, "a parameter as the bound of a length"))
            }
            _ => Ok(Length::Variable { min, max: min }),
        }
    }

    /// `{1,3}`, `{2}`, `+` or `*`.
    pub(super) fn quantifier(&mut self) -> Parsed<Option<Quantifier>> {
        if self.eat_symbol(Symbol::Plus) {
            return Ok(Some(Quantifier { min: 1, max: None }));
        }
        if self.eat_symbol(Symbol::Star) {
            return Ok(Some(Quantifier { min: 0, max: None }));
        }
        let start = self.token().span;
        if !self.eat_symbol(Symbol::LeftBrace) {
            return Ok(None);
        }
        let min = self.bound(Detail::UnexpectedSyntax)?;
        let quantifier = if self.eat_symbol(Symbol::Comma) {
            Quantifier { min: min.unwrap_or(0), max: self.bound(Detail::UnexpectedSyntax)? }
        } else {
            let Some(min) = min else { return Err(self.missing(Thing::Number)) };
            Quantifier { min, max: Some(min) }
        };
        self.symbol(Symbol::RightBrace)?;
        if quantifier.max.is_some_and(|max| max < quantifier.min || max == 0) {
            let message = "a quantifier goes from a smaller number to a larger one, which is not 0";
            return Err(super::QueryError::syntax(Detail::InvalidArgumentValue, self.since(start), message));
        }
        Ok(Some(quantifier))
    }

    /// A whole number, if one comes next.
    pub(super) fn bound(&mut self, detail: Detail) -> Parsed<Option<u64>> {
        if self.kind() != TokenKind::Number {
            self.expected.thing(Thing::Number);
            return Ok(None);
        }
        let span = self.token().span;
        let number = literal::number(self.slice(span), false, span)?;
        let Number::Int(number) = number else {
            self.expected.thing(Thing::Number);
            return Err(self.unexpected_as(detail));
        };
        self.advance();
        Ok(Some(number.unsigned_abs()))
    }
}
