//! Paths, nodes and groups of patterns.

use super::failure::Thing;
use super::{Keyword, Parsed, Parser, Symbol, TokenKind};
use crate::cypher::syntax::Span;
use crate::cypher::syntax::tree::{
    Expression, ExpressionKind, NodePattern, PathPattern, PatternElement, QuantifiedGroup, Selector,
};

impl Parser<'_> {
    pub(super) fn patterns(&mut self) -> Parsed<Vec<PathPattern>> {
        self.separated(Self::path_pattern)
    }

    /// `p = SHORTEST 2 (a)-->(b)`, with or without the name and the selector.
    pub(super) fn path_pattern(&mut self) -> Parsed<PathPattern> {
        let start = self.token().span;
        let named = Self::is_variable(self.kind()) && self.kind_ahead(1) == TokenKind::Symbol(Symbol::Equal);
        let variable = if named { Some(self.variable()?) } else { None };
        if named {
            self.advance();
        }
        let pattern = if let Some(function) = self.shortest_path_name() {
            self.shortest_path(&function)?
        } else {
            let selector = self.selector()?;
            PathPattern { selector, ..self.relationship_chain()? }
        };
        Ok(PathPattern { variable, span: self.since(start), ..pattern })
    }

    /// Nodes, relationships and groups, without a name and a selector.
    pub(super) fn relationship_chain(&mut self) -> Parsed<PathPattern> {
        let start = self.token().span;
        let elements = self.path_elements()?;
        Ok(PathPattern { variable: None, selector: Selector::All, elements, span: self.since(start) })
    }

    fn path_elements(&mut self) -> Parsed<Vec<PatternElement>> {
        let outside = self.enter()?;
        let mut elements = Vec::new();
        loop {
            if self.group_follows() {
                self.group(&mut elements)?;
            } else {
                elements.push(PatternElement::Node(self.node()?));
            }
            if self.relationship_follows() {
                self.fill_gap(&mut elements);
                elements.push(PatternElement::Relationship(self.relationship()?));
                continue;
            }
            let behind_group = matches!(elements.last(), Some(PatternElement::Group(_)));
            let another = self.kind() == TokenKind::Symbol(Symbol::LeftParenthesis);
            if !another || !(behind_group || self.group_follows()) {
                break;
            }
        }
        self.fill_gap(&mut elements);
        self.leave(outside);
        Ok(elements)
    }

    /// Puts an anonymous node where a node must stand and none was written: before and behind groups.
    fn fill_gap(&self, elements: &mut Vec<PatternElement>) {
        if !matches!(elements.last(), Some(PatternElement::Node(_))) {
            let here = self.token().span;
            let span = Span { start: here.start, end: here.start };
            elements.push(PatternElement::Node(NodePattern {
                variable: None,
                labels: None,
                properties: None,
                condition: None,
                span,
            }));
        }
    }

    /// Whether a parenthesis opens a path, not a node.
    fn group_follows(&self) -> bool {
        let opens = |places| self.kind_ahead(places) == TokenKind::Symbol(Symbol::LeftParenthesis);
        let named = Self::is_variable(self.kind_ahead(1)) && self.kind_ahead(2) == TokenKind::Symbol(Symbol::Equal);
        opens(0) && (opens(1) || named)
    }

    /// `((a)-[r]->(b) WHERE ...){1,3}`; without a quantifier the parentheses only enclose.
    fn group(&mut self, elements: &mut Vec<PatternElement>) -> Parsed<()> {
        let start = self.symbol(Symbol::LeftParenthesis)?;
        if !self.at_symbol(Symbol::LeftParenthesis) {
            return Err(self.unsupported(self.token().span, "the name of a path within a pattern"));
        }
        let inner = self.path_elements()?;
        let condition = if self.eat_keyword(Keyword::Where) { Some(self.expression()?) } else { None };
        self.symbol(Symbol::RightParenthesis)?;
        if let Some(quantifier) = self.quantifier()? {
            self.fill_gap(elements);
            let span = self.since(start);
            elements.push(PatternElement::Group(QuantifiedGroup { elements: inner, condition, quantifier, span }));
            return Ok(());
        }
        let alone = elements.is_empty() && !self.relationship_follows() && !self.group_follows();
        if !alone || condition.is_some() {
            let error = self.unsupported(self.since(start), "a path in parentheses without a quantifier such as {1,3}");
            return Err(error.with_hint("write the path without its parentheses, and the condition behind the pattern"));
        }
        elements.extend(inner);
        Ok(())
    }

    /// `(n:Label {key: value} WHERE ...)`
    fn node(&mut self) -> Parsed<NodePattern> {
        if !self.at_symbol(Symbol::LeftParenthesis) {
            self.expected = super::Expected::default();
            return Err(self.missing(Thing::Node));
        }
        let start = self.advance();
        let variable = self.optional_variable();
        if variable.is_none() {
            self.expected.thing(Thing::Variable);
        }
        let labels = if self.eat_label_mark() { Some(self.labels(Thing::Label)?) } else { None };
        let properties = self.properties()?;
        let condition = if self.eat_keyword(Keyword::Where) { Some(self.expression()?) } else { None };
        self.symbol(Symbol::RightParenthesis)?;
        Ok(NodePattern { variable, labels, properties, condition, span: self.since(start) })
    }

    /// A map or a parameter within a node or a relationship.
    pub(super) fn properties(&mut self) -> Parsed<Option<Expression>> {
        let start = self.token().span;
        let kind = match self.kind() {
            TokenKind::Symbol(Symbol::LeftBrace) => {
                let outside = self.enter()?;
                let map = ExpressionKind::Map(self.map()?);
                self.leave(outside);
                map
            }
            TokenKind::Parameter => ExpressionKind::Parameter(self.parameter()),
            _ => {
                self.expected.symbol(Symbol::LeftBrace);
                return Ok(None);
            }
        };
        Ok(Some(Expression { kind, span: self.since(start) }))
    }

    /// Whether the parenthesis some places on begins a pattern and not an expression: it holds what a node may hold, and
    /// a relationship and a parenthesis follow.
    pub(super) fn pattern_follows(&self, places: usize) -> bool {
        let symbol = |places, symbol| self.kind_ahead(places) == TokenKind::Symbol(symbol);
        if !symbol(places, Symbol::LeftParenthesis) || !self.is_node_like(places + 1) {
            return false;
        }
        let Some(close) = self.closing(places) else { return false };
        let mut at = close + 1 + usize::from(symbol(close + 1, Symbol::Less));
        if !symbol(at, Symbol::Minus) {
            return false;
        }
        at += 1;
        if symbol(at, Symbol::LeftBracket) {
            return self.closing(at).is_some_and(|close| symbol(close + 1, Symbol::Minus));
        }
        at += 1 + usize::from(symbol(at + 1, Symbol::Greater));
        let quantified = [Symbol::Plus, Symbol::Star, Symbol::LeftBrace].iter().any(|mark| symbol(at, *mark));
        // `(a) - -(4)` is arithmetic.
        let opens = symbol(at, Symbol::LeftParenthesis)
            && (self.is_node_like(at + 1) || symbol(at + 1, Symbol::LeftParenthesis));
        symbol(at - 1, Symbol::Minus) && opens
            || symbol(at - 1, Symbol::Greater) && (quantified || symbol(at, Symbol::LeftParenthesis))
    }

    /// Whether what stands some places on may be the inside of a node, and not an expression.
    fn is_node_like(&self, places: usize) -> bool {
        let named = Self::is_variable(self.kind_ahead(places));
        let at = places + usize::from(named);
        let ends = |places| {
            matches!(
                self.kind_ahead(places),
                TokenKind::Symbol(Symbol::RightParenthesis) | TokenKind::Keyword(Keyword::Where)
            )
        };
        match self.kind_ahead(at) {
            TokenKind::Symbol(Symbol::Colon) => true,
            TokenKind::Symbol(Symbol::LeftBrace) => self.closing(at).is_some_and(|close| ends(close + 1)),
            TokenKind::Parameter => named && ends(at + 1),
            _ => ends(at) || self.label_follows_is(at),
        }
    }
}
