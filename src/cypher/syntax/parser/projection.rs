//! `WITH` and `RETURN`.

use super::{Keyword, Parsed, Parser, Symbol, TokenKind};
use crate::cypher::syntax::tree::{Projection, ProjectionItem, SortItem};

impl Parser<'_> {
    /// What follows `WITH` and `RETURN`, the word included; only `WITH` has a condition.
    pub(super) fn projection(&mut self) -> Parsed<Projection> {
        let has_condition = self.at_keyword(Keyword::With);
        let start = self.advance();
        let distinct = self.eat_keyword(Keyword::Distinct);
        let star = self.eat_symbol(Symbol::Star);
        let items = if star && !self.eat_symbol(Symbol::Comma) { Vec::new() } else { self.separated(Self::item)? };
        let mut order = Vec::new();
        if self.eat_keyword(Keyword::Order) {
            self.keyword(Keyword::By)?;
            order = self.separated(Self::sort_item)?;
        }
        // OFFSET is the word of GQL.
        let skips = self.kind() == TokenKind::Keyword(Keyword::Offset) || self.at_keyword(Keyword::Skip);
        if skips {
            self.advance();
        }
        let skip = if skips { Some(self.expression()?) } else { None };
        let limit = if self.eat_keyword(Keyword::Limit) { Some(self.expression()?) } else { None };
        let filters = has_condition && self.eat_keyword(Keyword::Where);
        let condition = if filters { Some(self.expression()?) } else { None };
        Ok(Projection { distinct, star, items, order, skip, limit, condition, span: self.since(start) })
    }

    fn item(&mut self) -> Parsed<ProjectionItem> {
        let start = self.token().span;
        let expression = self.expression()?;
        let text = self.slice(self.since(start)).into();
        let alias = if self.eat_keyword(Keyword::As) { Some(self.variable()?) } else { None };
        Ok(ProjectionItem { expression, alias, text })
    }

    fn sort_item(&mut self) -> Parsed<SortItem> {
        let expression = self.expression()?;
        let descending = self.eat_keyword(Keyword::Descending) || self.eat_keyword(Keyword::Desc);
        if !descending && !self.eat_keyword(Keyword::Ascending) {
            self.eat_keyword(Keyword::Asc);
        }
        Ok(SortItem { expression, descending })
    }
}
