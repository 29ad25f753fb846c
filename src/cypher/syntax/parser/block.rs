//! Subqueries in braces within expressions.

use super::{Keyword, Parsed, Parser, Symbol, TokenKind};
use crate::cypher::syntax::tree::{Query, SubqueryBody};

impl Parser<'_> {
    /// What follows `EXISTS` and `COUNT`: a pattern, or a whole query.
    pub(super) fn subquery_body(&mut self) -> Parsed<SubqueryBody> {
        self.advance();
        self.symbol(Symbol::LeftBrace)?;
        let is_pattern = match self.kind() {
            TokenKind::Symbol(Symbol::LeftParenthesis)
            | TokenKind::Keyword(Keyword::Shortest | Keyword::Any | Keyword::All) => true,
            kind => Self::is_variable(kind) && self.kind_ahead(1) == TokenKind::Symbol(Symbol::Equal),
        };
        let body = if is_pattern {
            let patterns = self.patterns()?;
            let condition = if self.eat_keyword(Keyword::Where) { Some(self.expression()?) } else { None };
            SubqueryBody::Pattern { patterns, condition }
        } else {
            SubqueryBody::Query(self.query()?)
        };
        self.symbol(Symbol::RightBrace)?;
        Ok(body)
    }

    /// What follows `COLLECT`.
    pub(super) fn collect_body(&mut self) -> Parsed<Query> {
        self.advance();
        self.symbol(Symbol::LeftBrace)?;
        let query = self.query()?;
        self.symbol(Symbol::RightBrace)?;
        Ok(query)
    }
}
