//! The clauses of a query.

use super::failure::Thing;
use super::{Keyword, Parsed, Parser, Symbol, TokenKind};
use crate::cypher::syntax::tree::{Call, Clause, Imports, Match, Subquery, Unwind, Yield};

impl Parser<'_> {
    /// The clause that comes next, if one does.
    pub(super) fn clause(&mut self) -> Parsed<Option<Clause>> {
        let TokenKind::Keyword(keyword) = self.kind() else {
            self.expected.thing(Thing::Clause);
            return Ok(None);
        };
        let clause = match keyword {
            Keyword::Match => Clause::Match(self.match_clause()?),
            Keyword::Optional => match self.kind_ahead(1) {
                TokenKind::Keyword(Keyword::Call) => self.call()?,
                _ => Clause::Match(self.match_clause()?),
            },
            Keyword::Unwind => Clause::Unwind(self.unwind()?),
            Keyword::With => Clause::With(self.projection()?),
            Keyword::Return => Clause::Return(self.projection()?),
            Keyword::Create => Clause::Create(self.create()?),
            Keyword::Merge => Clause::Merge(self.merge()?),
            Keyword::Set => Clause::Set(self.set()?),
            Keyword::Remove => Clause::Remove(self.remove()?),
            Keyword::Delete | Keyword::Detach | Keyword::NoDetach => Clause::Delete(self.delete()?),
            Keyword::Foreach => Clause::Foreach(self.foreach()?),
            Keyword::Call => self.call()?,
            Keyword::Use
            | Keyword::Load
            | Keyword::Drop
            | Keyword::Show
            | Keyword::Insert
            | Keyword::Let
            | Keyword::Finish => {
                let what = format!("the clause {}", keyword.text());
                let error = self.unsupported(self.token().span, &what);
                return Err(match keyword {
                    Keyword::Use => error.with_hint("a statement runs on the database that was opened"),
                    Keyword::Load => error.with_hint("give the rows as a parameter: UNWIND $rows AS row"),
                    Keyword::Drop => error.with_hint("indexes are kept by the database itself"),
                    Keyword::Insert => error.with_hint("write CREATE"),
                    Keyword::Let => error.with_hint("write WITH *, value AS name"),
                    _ => error,
                });
            }
            _ => {
                self.expected.thing(Thing::Clause);
                return Ok(None);
            }
        };
        Ok(Some(clause))
    }

    fn match_clause(&mut self) -> Parsed<Match> {
        let start = self.token().span;
        let optional = self.eat_keyword(Keyword::Optional);
        self.keyword(Keyword::Match)?;
        self.match_mode()?;
        let patterns = self.patterns()?;
        let condition = if self.eat_keyword(Keyword::Where) { Some(self.expression()?) } else { None };
        Ok(Match { optional, patterns, condition, span: self.since(start) })
    }

    /// `DIFFERENT RELATIONSHIPS` is what openCypher does without being told.
    fn match_mode(&mut self) -> Parsed<()> {
        if !Self::is_name(self.kind_ahead(1)) {
            return Ok(());
        }
        if self.at_word("repeatable") {
            return Err(self.unsupported(self.token().span, "a match that takes a relationship twice"));
        }
        if self.at_word("different") {
            self.advance();
            self.advance();
        }
        Ok(())
    }

    fn unwind(&mut self) -> Parsed<Unwind> {
        let start = self.advance();
        let list = self.expression()?;
        self.keyword(Keyword::As)?;
        let variable = self.variable()?;
        Ok(Unwind { list, variable, span: self.since(start) })
    }

    /// `CALL name(...)`, or `CALL { ... }`.
    fn call(&mut self) -> Parsed<Clause> {
        let start = self.token().span;
        let optional = self.eat_keyword(Keyword::Optional);
        self.keyword(Keyword::Call)?;
        let imports = match self.kind() {
            TokenKind::Symbol(Symbol::LeftParenthesis) => Some(self.imports()?),
            _ => None,
        };
        if imports.is_some() || self.kind() == TokenKind::Symbol(Symbol::LeftBrace) {
            self.symbol(Symbol::LeftBrace)?;
            let query = self.query()?;
            self.symbol(Symbol::RightBrace)?;
            if self.kind() == TokenKind::Keyword(Keyword::In) {
                let error = self.unsupported(self.token().span, "a subquery in transactions of its own");
                return Err(error.with_hint("a statement is committed as a whole"));
            }
            return Ok(Clause::Subquery(Subquery { optional, imports, query, span: self.since(start) }));
        }
        if !Self::is_name(self.kind()) {
            self.expected.symbol(Symbol::LeftBrace);
            return Err(self.missing(Thing::ProcedureName));
        }
        let mut tokens = 1;
        while self.kind_ahead(tokens) == TokenKind::Symbol(Symbol::Dot) && Self::is_name(self.kind_ahead(tokens + 1)) {
            tokens += 2;
        }
        let name = self.dotted_name(tokens);
        let mut arguments = None;
        if self.eat_symbol(Symbol::LeftParenthesis) {
            let empty = self.at_symbol(Symbol::RightParenthesis);
            arguments = Some(if empty { Vec::new() } else { self.separated(Self::expression)? });
            self.symbol(Symbol::RightParenthesis)?;
        }
        let yields = if self.at_keyword(Keyword::Yield) { Some(self.yield_clause()?) } else { None };
        Ok(Clause::Call(Call { optional, name, arguments, yields, span: self.since(start) }))
    }

    fn imports(&mut self) -> Parsed<Imports> {
        self.symbol(Symbol::LeftParenthesis)?;
        let imports = if self.eat_symbol(Symbol::Star) {
            Imports::All
        } else if self.at_symbol(Symbol::RightParenthesis) {
            Imports::Names(Vec::new())
        } else {
            Imports::Names(self.separated(Self::variable)?)
        };
        self.symbol(Symbol::RightParenthesis)?;
        Ok(imports)
    }

    fn yield_clause(&mut self) -> Parsed<Yield> {
        let start = self.advance();
        let star = self.eat_symbol(Symbol::Star);
        let mut items = Vec::new();
        if !star && !self.eat_symbol(Symbol::Minus) {
            items = self.separated(|parser| {
                let field = parser.name(Thing::Field)?;
                let alias = if parser.eat_keyword(Keyword::As) { Some(parser.variable()?) } else { None };
                Ok((field, alias))
            })?;
        }
        let condition = if self.eat_keyword(Keyword::Where) { Some(self.expression()?) } else { None };
        Ok(Yield { star, items, condition, span: self.since(start) })
    }
}
