//! Lists, maps, comprehensions and map projections.

use super::expression::boxed;
use super::failure::Thing;
use super::{Keyword, Parsed, Parser, Symbol, TokenKind};
use crate::cypher::syntax::tree::{Expression, ExpressionKind, MapProjectionItem, Name, PathPattern};

impl Parser<'_> {
    /// `[...]`: a list, or a comprehension.
    pub(super) fn bracket(&mut self) -> Parsed<ExpressionKind> {
        let outer = self.separator;
        self.separator = self.last_bar();
        let is_list_comprehension =
            Self::is_variable(self.kind_ahead(1)) && self.kind_ahead(2) == TokenKind::Keyword(Keyword::In);
        let is_named_path =
            Self::is_variable(self.kind_ahead(1)) && self.kind_ahead(2) == TokenKind::Symbol(Symbol::Equal);
        let is_pattern = self.separator.is_some() && self.pattern_follows(if is_named_path { 3 } else { 1 });
        self.advance();
        let kind = if is_list_comprehension {
            self.list_comprehension()?
        } else if is_pattern {
            self.pattern_comprehension(is_named_path)?
        } else if self.at_symbol(Symbol::RightBracket) {
            ExpressionKind::List(Vec::new())
        } else {
            ExpressionKind::List(self.separated(Self::expression)?)
        };
        self.symbol(Symbol::RightBracket)?;
        self.separator = outer;
        Ok(kind)
    }

    /// The last `|` directly within the bracket that comes next: before it stands the condition of a comprehension, in
    /// which other bars are "or" of labels.
    fn last_bar(&self) -> Option<usize> {
        let end = self.closing(0)?;
        let mut last = None;
        let mut places = 1;
        while places < end {
            if self.kind_ahead(places) == TokenKind::Symbol(Symbol::Bar) {
                last = Some(self.at + places);
            }
            places = self.closing(places).unwrap_or(places) + 1;
        }
        last
    }

    fn list_comprehension(&mut self) -> Parsed<ExpressionKind> {
        let variable = self.variable()?;
        self.keyword(Keyword::In)?;
        let list = boxed(self.expression()?);
        let condition = if self.eat_keyword(Keyword::Where) { Some(boxed(self.expression()?)) } else { None };
        let projection = if self.eat_separator() { Some(boxed(self.expression()?)) } else { None };
        Ok(ExpressionKind::ListComprehension { variable, list, condition, projection })
    }

    fn pattern_comprehension(&mut self, named: bool) -> Parsed<ExpressionKind> {
        let start = self.token().span;
        let variable = if named { Some(self.variable()?) } else { None };
        if named {
            self.symbol(Symbol::Equal)?;
        }
        let chain = self.relationship_chain()?;
        let pattern = Box::new(PathPattern { variable, span: self.since(start), ..chain });
        let condition = if self.eat_keyword(Keyword::Where) { Some(boxed(self.expression()?)) } else { None };
        if !self.eat_separator() {
            return Err(self.unexpected());
        }
        let projection = boxed(self.expression()?);
        Ok(ExpressionKind::PatternComprehension { pattern, condition, projection })
    }

    /// Takes the `|` before the projection of a comprehension; behind it bars are "or" of labels again.
    fn eat_separator(&mut self) -> bool {
        let found = self.eat_symbol(Symbol::Bar);
        if found {
            self.separator = None;
        }
        found
    }

    /// `{a: 1, b: 2}`
    pub(super) fn map(&mut self) -> Parsed<Vec<(Name, Expression)>> {
        self.symbol(Symbol::LeftBrace)?;
        let mut entries = Vec::new();
        if !self.at_symbol(Symbol::RightBrace) {
            entries = self.separated(|parser| {
                let key = parser.name(Thing::PropertyKey)?;
                parser.symbol(Symbol::Colon)?;
                Ok((key, parser.expression()?))
            })?;
        }
        self.symbol(Symbol::RightBrace)?;
        Ok(entries)
    }

    /// What follows the variable in `x {.a, .*, b: 1, c}`.
    pub(super) fn map_projection(&mut self, subject: Name) -> Parsed<ExpressionKind> {
        self.symbol(Symbol::LeftBrace)?;
        let mut items = Vec::new();
        if !self.at_symbol(Symbol::RightBrace) {
            items = self.separated(Self::map_projection_item)?;
        }
        self.symbol(Symbol::RightBrace)?;
        Ok(ExpressionKind::MapProjection { subject, items })
    }

    fn map_projection_item(&mut self) -> Parsed<MapProjectionItem> {
        if self.eat_symbol(Symbol::Dot) {
            return Ok(if self.eat_symbol(Symbol::Star) {
                MapProjectionItem::All
            } else {
                MapProjectionItem::Property(self.name(Thing::PropertyKey)?)
            });
        }
        let name = self.name(Thing::PropertyKey)?;
        if self.eat_symbol(Symbol::Colon) {
            return Ok(MapProjectionItem::Literal(name, self.expression()?));
        }
        Ok(MapProjectionItem::Variable(name))
    }
}
