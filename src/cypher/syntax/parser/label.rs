//! Label expressions: `A|B`, `A&!B`, `%`, `(A|B)&C`, `A:B`.

use super::expression::balanced;
use super::failure::Thing;
use super::{Keyword, Parsed, Parser, Symbol, TokenKind};
use crate::cypher::syntax::tree::LabelExpression;

impl Parser<'_> {
    /// What follows the colon, or `IS`.
    pub(super) fn labels(&mut self, thing: Thing) -> Parsed<LabelExpression> {
        let outside = self.enter()?;
        let mut alternatives = vec![self.label_conjunction(thing)?];
        while self.separator != Some(self.at) && self.eat_symbol(Symbol::Bar) {
            // Types may repeat their colon: `:A|:B`.
            self.eat_symbol(Symbol::Colon);
            alternatives.push(self.label_conjunction(thing)?);
        }
        self.grow_by(alternatives.len())?;
        let or = |left, right| LabelExpression::Or(Box::new(left), Box::new(right));
        let labels = balanced(alternatives, &or).ok_or_else(|| self.missing(thing))?;
        self.leave(outside);
        Ok(labels)
    }

    /// Whether `:` or `IS` comes next; takes it.
    pub(super) fn eat_label_mark(&mut self) -> bool {
        self.eat_symbol(Symbol::Colon) || (self.label_follows_is(0) && self.eat_keyword(Keyword::Is))
    }

    /// Whether `IS` and a label, not `IS NULL`, stand some places on.
    pub(super) fn label_follows_is(&self, places: usize) -> bool {
        let label = match self.kind_ahead(places + 1) {
            TokenKind::Keyword(keyword) => !matches!(keyword, Keyword::Null | Keyword::Not),
            TokenKind::Symbol(symbol) => matches!(symbol, Symbol::Bang | Symbol::Percent | Symbol::LeftParenthesis),
            kind => Self::is_name(kind),
        };
        self.kind_ahead(places) == TokenKind::Keyword(Keyword::Is) && label
    }

    fn label_conjunction(&mut self, thing: Thing) -> Parsed<LabelExpression> {
        let mut parts = vec![self.label_factor(thing)?];
        // `A:B` is what openCypher writes, `A&B` what GQL does.
        while self.eat_symbol(Symbol::Ampersand) || self.eat_symbol(Symbol::Colon) {
            parts.push(self.label_factor(thing)?);
        }
        self.grow_by(parts.len())?;
        let and = |left, right| LabelExpression::And(Box::new(left), Box::new(right));
        balanced(parts, &and).ok_or_else(|| self.missing(thing))
    }

    fn label_factor(&mut self, thing: Thing) -> Parsed<LabelExpression> {
        let mut negations = 0_usize;
        while self.eat_symbol(Symbol::Bang) {
            negations += 1;
        }
        let mut factor = match self.kind() {
            TokenKind::Symbol(Symbol::Percent) => LabelExpression::Any(self.advance()),
            TokenKind::Symbol(Symbol::LeftParenthesis) => {
                self.advance();
                // A bar in parentheses never ends a condition.
                let labels = self.labels(thing)?;
                self.symbol(Symbol::RightParenthesis)?;
                labels
            }
            _ => LabelExpression::Name(self.name(thing)?),
        };
        for _ in 0..negations {
            self.grow()?;
            factor = LabelExpression::Not(Box::new(factor));
        }
        Ok(factor)
    }

    /// Counts the levels of a balanced tree with so many leaves.
    pub(super) fn grow_by(&mut self, leaves: usize) -> Parsed<()> {
        for _ in 0..leaves.max(1).next_power_of_two().ilog2() {
            self.grow()?;
        }
        Ok(())
    }
}
