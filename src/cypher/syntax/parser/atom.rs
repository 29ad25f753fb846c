//! The smallest expressions: literals, names, calls, parentheses.

use std::sync::Arc;

use super::expression::boxed;
use super::failure::Thing;
use super::{Keyword, Parsed, Parser, Symbol, TokenKind};
use crate::cypher::error::{Detail, QueryError};
use crate::cypher::syntax::Span;
use crate::cypher::syntax::literal;
use crate::cypher::syntax::tree::{Expression, ExpressionKind, ListQuantifier, Name, SubqueryBody};

impl Parser<'_> {
    pub(super) fn atom(&mut self) -> Parsed<Expression> {
        let start = self.token().span;
        let kind = match self.kind() {
            TokenKind::Number => return self.number(None),
            TokenKind::Text => ExpressionKind::Text(self.text()?),
            TokenKind::Parameter => ExpressionKind::Parameter(self.parameter()),
            TokenKind::Symbol(Symbol::LeftParenthesis) => return self.parenthesized(),
            TokenKind::Symbol(Symbol::LeftBracket) => self.bracket()?,
            TokenKind::Symbol(Symbol::LeftBrace) => ExpressionKind::Map(self.map()?),
            TokenKind::Keyword(keyword) => self.worded(keyword)?,
            TokenKind::Word | TokenKind::QuotedWord => self.named()?,
            _ => return Err(self.missing(Thing::Expression)),
        };
        Ok(Expression { kind, span: self.since(start) })
    }

    fn text(&mut self) -> Parsed<Arc<str>> {
        let span = self.token().span;
        let text = literal::text(self.slice(span), span)?.into();
        self.advance();
        Ok(text)
    }

    pub(super) fn parameter(&mut self) -> Arc<str> {
        let mut token = self.token();
        token.span.start += 1;
        let name = self.identifier(token);
        self.advance();
        name
    }

    /// A pattern or an expression in parentheses.
    fn parenthesized(&mut self) -> Parsed<Expression> {
        let start = self.token().span;
        if self.pattern_follows(0) {
            let pattern = self.relationship_chain()?;
            return Ok(Expression { kind: ExpressionKind::Pattern(Box::new(pattern)), span: self.since(start) });
        }
        self.advance();
        let mut inner = self.expression()?;
        self.symbol(Symbol::RightParenthesis)?;
        inner.span = self.since(start);
        Ok(inner)
    }

    /// An atom that begins with a word of the language, or a name that looks like one.
    fn worded(&mut self, keyword: Keyword) -> Parsed<ExpressionKind> {
        let opens = |kind| kind == TokenKind::Symbol(Symbol::LeftParenthesis);
        let opens_block = self.kind_ahead(1) == TokenKind::Symbol(Symbol::LeftBrace);
        let kind = match keyword {
            Keyword::Null => ExpressionKind::Null,
            Keyword::True => ExpressionKind::Bool(true),
            Keyword::False => ExpressionKind::Bool(false),
            Keyword::Case => return self.case(),
            Keyword::Exists if opens_block => {
                return Ok(ExpressionKind::Exists(Box::new(self.subquery_body()?)));
            }
            Keyword::Count if opens_block => {
                return Ok(ExpressionKind::Count(Box::new(self.subquery_body()?)));
            }
            Keyword::Collect if opens_block => return Ok(ExpressionKind::Collect(Box::new(self.collect_body()?))),
            Keyword::Exists if opens(self.kind_ahead(1)) && self.pattern_follows(2) => return self.exists_pattern(),
            Keyword::Count if opens(self.kind_ahead(1)) && self.is_star(2) => {
                for _ in 0..4 {
                    self.advance();
                }
                return Ok(ExpressionKind::CountStar);
            }
            Keyword::Reduce if opens(self.kind_ahead(1)) => return self.reduce(),
            Keyword::All | Keyword::Any | Keyword::None | Keyword::Single if self.quantifier_follows() => {
                return self.list_quantifier(keyword);
            }
            _ if Self::is_variable(self.kind()) => return self.named(),
            _ => return Err(self.missing(Thing::Expression)),
        };
        self.advance();
        Ok(kind)
    }

    /// Whether `*)` stands some places on.
    fn is_star(&self, places: usize) -> bool {
        self.kind_ahead(places) == TokenKind::Symbol(Symbol::Star)
            && self.kind_ahead(places + 1) == TokenKind::Symbol(Symbol::RightParenthesis)
    }

    /// A variable, a map projection of it, or a call of a function: `a`, `a {.b}`, `a(1)`, `a.b.c(1)`.
    fn named(&mut self) -> Parsed<ExpressionKind> {
        let mut places = 1;
        while self.kind_ahead(places) == TokenKind::Symbol(Symbol::Dot) && Self::is_name(self.kind_ahead(places + 1)) {
            places += 2;
        }
        if self.kind_ahead(places) == TokenKind::Symbol(Symbol::LeftParenthesis) {
            return self.function(places);
        }
        let name = self.take_name();
        if self.kind() == TokenKind::Symbol(Symbol::LeftBrace) {
            return self.map_projection(name);
        }
        Ok(ExpressionKind::Variable(name.text))
    }

    /// A call of the function whose dotted name has so many tokens.
    fn function(&mut self, tokens: usize) -> Parsed<ExpressionKind> {
        let name = self.dotted_name(tokens);
        if ["shortestPath", "allShortestPaths"].iter().any(|word| name.text.eq_ignore_ascii_case(word)) {
            return Ok(ExpressionKind::Pattern(Box::new(self.shortest_path(&name)?)));
        }
        self.symbol(Symbol::LeftParenthesis)?;
        let distinct = self.eat_keyword(Keyword::Distinct);
        if !distinct {
            self.eat_keyword(Keyword::All);
        }
        let mut arguments = Vec::new();
        if !self.at_symbol(Symbol::RightParenthesis) {
            arguments = self.separated(Self::expression)?;
        }
        self.symbol(Symbol::RightParenthesis)?;
        Ok(ExpressionKind::Function { name, distinct, arguments })
    }

    /// Takes so many tokens as one name.
    pub(super) fn dotted_name(&mut self, tokens: usize) -> Name {
        let start = self.token().span;
        let mut text = String::new();
        for _ in 0..tokens {
            text.push_str(&self.identifier(self.token()));
            self.advance();
        }
        Name { text: text.into(), span: self.since(start) }
    }

    /// `exists((a)-->(b))`, the older form of `EXISTS { (a)-->(b) }`.
    fn exists_pattern(&mut self) -> Parsed<ExpressionKind> {
        self.advance();
        self.advance();
        let patterns = vec![self.relationship_chain()?];
        self.symbol(Symbol::RightParenthesis)?;
        Ok(ExpressionKind::Exists(Box::new(SubqueryBody::Pattern { patterns, condition: None })))
    }

    fn case(&mut self) -> Parsed<ExpressionKind> {
        self.advance();
        let subject = if self.at_keyword(Keyword::When) { None } else { Some(boxed(self.expression()?)) };
        let mut branches = Vec::new();
        while self.at_keyword(Keyword::When) {
            self.advance();
            let test = self.expression()?;
            self.keyword(Keyword::Then)?;
            branches.push((test, self.expression()?));
        }
        if branches.is_empty() {
            return Err(self.unexpected());
        }
        let otherwise = if self.eat_keyword(Keyword::Else) { Some(boxed(self.expression()?)) } else { None };
        self.keyword(Keyword::End)?;
        Ok(ExpressionKind::Case { subject, branches, otherwise })
    }

    /// Whether `all(x IN ...` comes next, and not the call of a function.
    fn quantifier_follows(&self) -> bool {
        self.kind_ahead(1) == TokenKind::Symbol(Symbol::LeftParenthesis)
            && Self::is_variable(self.kind_ahead(2))
            && self.kind_ahead(3) == TokenKind::Keyword(Keyword::In)
    }

    fn list_quantifier(&mut self, keyword: Keyword) -> Parsed<ExpressionKind> {
        let kind = match keyword {
            Keyword::All => ListQuantifier::All,
            Keyword::Any => ListQuantifier::Any,
            Keyword::None => ListQuantifier::None,
            _ => ListQuantifier::Single,
        };
        self.advance();
        self.symbol(Symbol::LeftParenthesis)?;
        let variable = self.variable()?;
        self.keyword(Keyword::In)?;
        let list = boxed(self.expression()?);
        let condition = if self.eat_keyword(Keyword::Where) { Some(boxed(self.expression()?)) } else { None };
        self.symbol(Symbol::RightParenthesis)?;
        Ok(ExpressionKind::Quantified { kind, variable, list, condition })
    }

    /// `reduce(sum = 0, x IN list | sum + x)`
    fn reduce(&mut self) -> Parsed<ExpressionKind> {
        self.advance();
        self.symbol(Symbol::LeftParenthesis)?;
        let accumulator = self.variable()?;
        self.symbol(Symbol::Equal)?;
        let initial = boxed(self.expression()?);
        self.symbol(Symbol::Comma)?;
        let variable = self.variable()?;
        self.keyword(Keyword::In)?;
        let list = boxed(self.expression()?);
        self.symbol(Symbol::Bar)?;
        let step = boxed(self.expression()?);
        self.symbol(Symbol::RightParenthesis)?;
        Ok(ExpressionKind::Reduce { accumulator, initial, variable, list, step })
    }

    /// The error that something is known, but not supported.
    pub(super) fn unsupported(&self, span: Span, what: &str) -> QueryError {
        QueryError::syntax(Detail::NotSupported, span, format!("{what} is not supported"))
    }
}
