//! The clauses that change the graph.

use super::failure::Thing;
use super::{Keyword, Parsed, Parser, Symbol, TokenKind};
use crate::cypher::syntax::tree::{
    Create, Delete, Expression, ExpressionKind, Foreach, Merge, Name, Remove, RemoveItem, Set, SetItem,
};

impl Parser<'_> {
    pub(super) fn create(&mut self) -> Parsed<Create> {
        let start = self.advance();
        // `CREATE INDEX ...` and its kin: two words in a row; in a pattern an equals sign follows the first.
        if Self::is_name(self.kind()) && self.kind_ahead(1) != TokenKind::Symbol(Symbol::Equal) {
            let error = self.unsupported(self.since(start), "creating anything but nodes and relationships");
            return Err(
                error.with_hint("indexes are kept by the database itself; a node is written in parentheses: (n)")
            );
        }
        let patterns = self.patterns()?;
        Ok(Create { patterns, span: self.since(start) })
    }

    pub(super) fn merge(&mut self) -> Parsed<Merge> {
        let start = self.advance();
        let pattern = self.path_pattern()?;
        let (mut on_create, mut on_match) = (Vec::new(), Vec::new());
        while self.eat_keyword(Keyword::On) {
            let items = if self.eat_keyword(Keyword::Create) {
                &mut on_create
            } else {
                self.keyword(Keyword::Match)?;
                &mut on_match
            };
            self.keyword(Keyword::Set)?;
            items.extend(self.separated(Self::set_item)?);
        }
        Ok(Merge { pattern, on_create, on_match, span: self.since(start) })
    }

    pub(super) fn set(&mut self) -> Parsed<Set> {
        let start = self.advance();
        let items = self.separated(Self::set_item)?;
        Ok(Set { items, span: self.since(start) })
    }

    fn set_item(&mut self) -> Parsed<SetItem> {
        if Self::is_variable(self.kind()) {
            match self.kind_ahead(1) {
                TokenKind::Symbol(Symbol::Equal) => {
                    let target = self.variable()?;
                    self.advance();
                    return Ok(SetItem::Replace { target, value: self.expression()? });
                }
                TokenKind::Symbol(Symbol::PlusEqual) => {
                    let target = self.variable()?;
                    self.advance();
                    return Ok(SetItem::Add { target, value: self.expression()? });
                }
                TokenKind::Symbol(Symbol::Colon) | TokenKind::Keyword(Keyword::Is) => {
                    let target = self.variable()?;
                    return Ok(SetItem::Labels { target, labels: self.label_list()? });
                }
                _ => {}
            }
        }
        let (target, key) = self.property()?;
        self.symbol(Symbol::Equal)?;
        Ok(SetItem::Property { target, key, value: self.expression()? })
    }

    pub(super) fn remove(&mut self) -> Parsed<Remove> {
        let start = self.advance();
        let items = self.separated(|parser| {
            let labelled =
                matches!(parser.kind_ahead(1), TokenKind::Symbol(Symbol::Colon) | TokenKind::Keyword(Keyword::Is));
            if Self::is_variable(parser.kind()) && labelled {
                let target = parser.variable()?;
                return Ok(RemoveItem::Labels { target, labels: parser.label_list()? });
            }
            let (target, key) = parser.property()?;
            Ok(RemoveItem::Property { target, key })
        })?;
        Ok(Remove { items, span: self.since(start) })
    }

    /// `:A:B`
    fn label_list(&mut self) -> Parsed<Vec<Name>> {
        self.advance();
        let mut labels = vec![self.name(Thing::Label)?];
        while self.eat_symbol(Symbol::Colon) || self.eat_symbol(Symbol::Ampersand) {
            labels.push(self.name(Thing::Label)?);
        }
        Ok(labels)
    }

    /// An expression that ends with a property: what it is the property of, and its name.
    fn property(&mut self) -> Parsed<(Expression, Name)> {
        let start = self.token().span;
        let place = self.at;
        let outside = self.enter()?;
        let target = self.operand()?;
        self.leave(outside);
        match target.kind {
            ExpressionKind::Property { subject, key } => Ok((*subject, key)),
            ExpressionKind::Index { .. } => Err(self
                .unsupported(self.since(start), "a property whose name is computed")
                .with_hint("x += {key: value} changes several properties at once")),
            _ if self.at > place => Err(self.missing(Thing::PropertyKey).with_hint("a property is written n.name")),
            _ => Err(self.missing(Thing::Variable)),
        }
    }

    pub(super) fn delete(&mut self) -> Parsed<Delete> {
        let start = self.token().span;
        let detach = self.eat_keyword(Keyword::Detach);
        if !detach {
            self.eat_keyword(Keyword::NoDetach);
        }
        self.keyword(Keyword::Delete)?;
        let targets = self.separated(Self::expression)?;
        Ok(Delete { detach, targets, span: self.since(start) })
    }

    pub(super) fn foreach(&mut self) -> Parsed<Foreach> {
        let start = self.advance();
        let outside = self.enter()?;
        self.symbol(Symbol::LeftParenthesis)?;
        let variable = self.variable()?;
        self.keyword(Keyword::In)?;
        let list = self.expression()?;
        self.symbol(Symbol::Bar)?;
        let clauses = self.clauses()?;
        if clauses.is_empty() {
            return Err(self.missing(Thing::Clause));
        }
        self.symbol(Symbol::RightParenthesis)?;
        self.leave(outside);
        Ok(Foreach { variable, list, clauses, span: self.since(start) })
    }
}
