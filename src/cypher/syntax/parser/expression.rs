//! Operators, by precedence climbing (Pratt 1973).

use super::failure::Thing;
use super::{Keyword, Parsed, Parser, Symbol, TokenKind};
use crate::cypher::syntax::Span;
use crate::cypher::syntax::literal::{self, Number};
use crate::cypher::syntax::tree::{BinaryOperator, ComparisonOperator, Expression, ExpressionKind};

/// How tightly operators bind, the loosest first. `NOT` and the signs stand before their operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Or,
    Xor,
    And,
    Not,
    Comparison,
    /// `IN`, `STARTS WITH`, `IS NULL` and the like.
    Predicate,
    Sum,
    Product,
    Power,
    Sign,
}

impl Level {
    fn tighter(self) -> Self {
        match self {
            Self::Or => Self::Xor,
            Self::Xor => Self::And,
            Self::And => Self::Not,
            Self::Not => Self::Comparison,
            Self::Comparison => Self::Predicate,
            Self::Predicate => Self::Sum,
            Self::Sum => Self::Product,
            Self::Product => Self::Power,
            Self::Power | Self::Sign => Self::Sign,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Binary(BinaryOperator),
    Comparison(ComparisonOperator),
    Is,
}

pub(super) fn boxed(expression: Expression) -> Box<Expression> {
    Box::new(expression)
}

impl Parser<'_> {
    pub(super) fn expression(&mut self) -> Parsed<Expression> {
        self.climb(Level::Or)
    }

    /// An expression whose operators bind at least as tightly as `floor`.
    fn climb(&mut self, floor: Level) -> Parsed<Expression> {
        let outside = self.enter()?;
        let mut left = match self.kind() {
            TokenKind::Keyword(Keyword::Not) if floor <= Level::Not => self.negation()?,
            TokenKind::Keyword(Keyword::Not) => {
                let error = self.missing(Thing::Expression);
                return Err(error.with_hint("NOT behind an operator stands in parentheses with its operand"));
            }
            _ => self.signed()?,
        };
        while let Some((operator, level)) = self.operator() {
            if level < floor {
                break;
            }
            left = match operator {
                Operator::Comparison(_) => self.comparison(left)?,
                Operator::Is => self.is_predicate(left)?,
                Operator::Binary(operator @ (BinaryOperator::Or | BinaryOperator::Xor | BinaryOperator::And)) => {
                    self.logical(left, operator, level)?
                }
                Operator::Binary(operator) => {
                    self.take_operator(operator)?;
                    let right = self.climb(level.tighter())?;
                    self.grow()?;
                    binary(operator, left, right)
                }
            };
        }
        self.leave(outside);
        Ok(left)
    }

    /// The operator that comes next.
    fn operator(&mut self) -> Option<(Operator, Level)> {
        use BinaryOperator as B;
        use ComparisonOperator as C;
        let binary = |operator, level| Some((Operator::Binary(operator), level));
        let comparison = |operator| Some((Operator::Comparison(operator), Level::Comparison));
        let found = match self.kind() {
            TokenKind::Keyword(keyword) => match keyword {
                Keyword::Or => binary(B::Or, Level::Or),
                Keyword::Xor => binary(B::Xor, Level::Xor),
                Keyword::And => binary(B::And, Level::And),
                Keyword::In => binary(B::In, Level::Predicate),
                Keyword::Starts => binary(B::StartsWith, Level::Predicate),
                Keyword::Ends => binary(B::EndsWith, Level::Predicate),
                Keyword::Contains => binary(B::Contains, Level::Predicate),
                Keyword::Is => Some((Operator::Is, Level::Predicate)),
                _ => None,
            },
            TokenKind::Symbol(symbol) => match symbol {
                Symbol::Equal => comparison(C::Equal),
                Symbol::NotEqual => comparison(C::NotEqual),
                Symbol::Less => comparison(C::Less),
                Symbol::LessOrEqual => comparison(C::LessOrEqual),
                Symbol::Greater => comparison(C::Greater),
                Symbol::GreaterOrEqual => comparison(C::GreaterOrEqual),
                Symbol::Matches => binary(B::Matches, Level::Predicate),
                Symbol::Plus => binary(B::Add, Level::Sum),
                Symbol::Minus => binary(B::Subtract, Level::Sum),
                Symbol::DoubleBar => binary(B::Concatenate, Level::Sum),
                Symbol::Star => binary(B::Multiply, Level::Product),
                Symbol::Slash => binary(B::Divide, Level::Product),
                Symbol::Percent => binary(B::Modulo, Level::Product),
                Symbol::Caret => binary(B::Power, Level::Power),
                _ => None,
            },
            _ => None,
        };
        if found.is_none() {
            self.expected.thing(Thing::Operator);
        }
        found
    }

    fn take_operator(&mut self, operator: BinaryOperator) -> Parsed<()> {
        self.advance();
        if matches!(operator, BinaryOperator::StartsWith | BinaryOperator::EndsWith) {
            self.keyword(Keyword::With)?;
        }
        Ok(())
    }

    /// `NOT NOT x`, however many: in a loop, so that only the height of the tree limits them.
    fn negation(&mut self) -> Parsed<Expression> {
        let mut negations = Vec::new();
        while self.kind() == TokenKind::Keyword(Keyword::Not) {
            negations.push(self.advance());
        }
        let mut operand = self.climb(Level::Comparison)?;
        for not in negations.into_iter().rev() {
            self.grow()?;
            let span = Span { start: not.start, end: operand.span.end };
            operand = Expression { kind: ExpressionKind::Not(boxed(operand)), span };
        }
        Ok(operand)
    }

    /// An operand with its signs: `-x`. A minus and a number are one literal.
    fn signed(&mut self) -> Parsed<Expression> {
        let mut signs = Vec::new();
        while let TokenKind::Symbol(sign @ (Symbol::Plus | Symbol::Minus)) = self.kind() {
            signs.push((sign, self.advance()));
        }
        let mut operand = match signs.pop_if(|(sign, _)| *sign == Symbol::Minus && self.kind() == TokenKind::Number) {
            Some((_, minus)) => {
                let number = self.number(Some(minus))?;
                self.suffixed(number)?
            }
            None => self.operand()?,
        };
        for (sign, place) in signs.into_iter().rev() {
            self.grow()?;
            let span = Span { start: place.start, end: operand.span.end };
            let kind = match sign {
                Symbol::Minus => ExpressionKind::Minus(boxed(operand)),
                _ => ExpressionKind::Plus(boxed(operand)),
            };
            operand = Expression { kind, span };
        }
        Ok(operand)
    }

    pub(super) fn number(&mut self, minus: Option<Span>) -> Parsed<Expression> {
        let token = self.token().span;
        let number = literal::number(self.slice(token), minus.is_some(), token)?;
        self.advance();
        let kind = match number {
            Number::Int(value) => ExpressionKind::Int(value),
            Number::Float(value) => ExpressionKind::Float(value),
        };
        Ok(Expression { kind, span: Span { start: minus.unwrap_or(token).start, end: token.end } })
    }

    /// A chain of one logical operator, as a balanced tree: these operators are associative, and chains of thousands are
    /// written by programs.
    fn logical(&mut self, first: Expression, operator: BinaryOperator, level: Level) -> Parsed<Expression> {
        let mut operands = vec![first];
        while self.operator().is_some_and(|(next, _)| next == Operator::Binary(operator)) {
            self.advance();
            operands.push(self.climb(level.tighter())?);
        }
        self.grow_by(operands.len())?;
        match balanced(operands, &|left, right| binary(operator, left, right)) {
            Some(chain) => Ok(chain),
            None => Err(self.missing(Thing::Expression)),
        }
    }

    fn comparison(&mut self, first: Expression) -> Parsed<Expression> {
        let mut rest = Vec::new();
        while let Some((Operator::Comparison(operator), _)) = self.operator() {
            self.advance();
            rest.push((operator, self.climb(Level::Predicate)?));
        }
        self.grow()?;
        let end = rest.last().map_or(first.span.end, |(_, last)| last.span.end);
        let span = Span { start: first.span.start, end };
        Ok(Expression { kind: ExpressionKind::Comparison { first: boxed(first), rest }, span })
    }

    /// `x IS NULL`, `x IS NOT NULL`, `x IS Label`.
    fn is_predicate(&mut self, subject: Expression) -> Parsed<Expression> {
        let start = subject.span;
        let is = self.advance();
        self.grow()?;
        if self.kind() == TokenKind::Symbol(Symbol::Colon) || self.at_word("typed") || self.at_word("normalized") {
            return Err(self.unsupported(is, "a test of the type or the normal form with IS"));
        }
        let negated = self.eat_keyword(Keyword::Not);
        let kind = if self.eat_keyword(Keyword::Null) {
            ExpressionKind::IsNull { subject: boxed(subject), negated }
        } else if negated {
            return Err(self.unexpected());
        } else {
            ExpressionKind::HasLabels { subject: boxed(subject), labels: self.labels(Thing::Label)? }
        };
        Ok(Expression { kind, span: self.since(start) })
    }

    /// An operand with what is appended to it.
    pub(super) fn operand(&mut self) -> Parsed<Expression> {
        let atom = self.atom()?;
        self.suffixed(atom)
    }

    /// `x.key`, `x[i]`, `x[from..to]`, `x:Label`.
    fn suffixed(&mut self, mut subject: Expression) -> Parsed<Expression> {
        let start = subject.span;
        loop {
            let kind = match self.kind() {
                TokenKind::Symbol(Symbol::Dot) => {
                    self.advance();
                    let key = self.name(Thing::PropertyKey)?;
                    ExpressionKind::Property { subject: boxed(subject), key }
                }
                TokenKind::Symbol(Symbol::LeftBracket) => {
                    self.advance();
                    self.subscript(subject)?
                }
                TokenKind::Symbol(Symbol::Colon) => {
                    self.advance();
                    ExpressionKind::HasLabels { subject: boxed(subject), labels: self.labels(Thing::Label)? }
                }
                _ => {
                    self.expected.thing(Thing::Operator);
                    return Ok(subject);
                }
            };
            self.grow()?;
            subject = Expression { kind, span: self.since(start) };
        }
    }

    /// What follows `x[`.
    fn subscript(&mut self, subject: Expression) -> Parsed<ExpressionKind> {
        let subject = boxed(subject);
        let from = if self.at_symbol(Symbol::TwoDots) { None } else { Some(boxed(self.expression()?)) };
        if self.eat_symbol(Symbol::TwoDots) {
            let to = if self.at_symbol(Symbol::RightBracket) { None } else { Some(boxed(self.expression()?)) };
            self.symbol(Symbol::RightBracket)?;
            return Ok(ExpressionKind::Slice { subject, from, to });
        }
        self.symbol(Symbol::RightBracket)?;
        match from {
            Some(index) => Ok(ExpressionKind::Index { subject, index }),
            None => Err(self.missing(Thing::Expression)),
        }
    }
}

fn binary(operator: BinaryOperator, left: Expression, right: Expression) -> Expression {
    let span = Span { start: left.span.start, end: right.span.end };
    Expression { kind: ExpressionKind::Binary { operator, left: boxed(left), right: boxed(right) }, span }
}

/// Joins items pairwise until one is left, in their order: a tree of logarithmic height.
pub(super) fn balanced<T>(mut items: Vec<T>, join: &impl Fn(T, T) -> T) -> Option<T> {
    while items.len() > 1 {
        let mut joined = Vec::with_capacity(items.len().div_ceil(2));
        let mut rest = items.into_iter();
        while let Some(left) = rest.next() {
            joined.push(match rest.next() {
                Some(right) => join(left, right),
                None => left,
            });
        }
        items = joined;
    }
    items.pop()
}
