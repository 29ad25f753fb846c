//! Tokens to syntax tree, by recursive descent; expressions by precedence climbing.
//!
//! The parser never goes back: where two readings are possible it looks ahead, over brackets in one step. What it tried at
//! a token is remembered until the token is taken, so that an error can say what was expected there.

mod atom;
mod block;
mod bracket;
mod clause;
mod expression;
mod failure;
mod label;
mod pattern;
mod projection;
mod relationship;
mod selector;
mod statement;
mod write;

use std::sync::Arc;

use super::SyntaxLimits;
use super::lexer;
use super::token::{Keyword, Symbol, Token, TokenKind};
use super::tree::{Name, Span, Statement};
use crate::cypher::error::{Detail, Kind, QueryError};
use failure::{Expected, Thing};

type Parsed<T> = Result<T, QueryError>;

/// The syntax tree of a statement.
///
/// # Errors
/// A syntax error that says what was expected and what was found instead; `TooLong` or `TooDeep` beyond the limits. The
/// error carries its place, and the text.
pub(crate) fn parse(text: &str, limits: &SyntaxLimits) -> Result<Statement, QueryError> {
    if text.len() > limits.length.min(u32::MAX as usize) {
        let message = format!("the statement has {} bytes; at most {} are read", text.len(), limits.length);
        let start = Span::default();
        return Err(QueryError::compile(Kind::LimitExceeded, Detail::TooLong, start, message));
    }
    let tokens = lexer::tokens(text);
    let pairs = lexer::pairs(&tokens);
    let mut parser = Parser {
        text,
        tokens,
        pairs,
        at: 0,
        expected: Expected::default(),
        limits: *limits,
        depth: 0,
        height: 0,
        separator: None,
    };
    parser.statement().map_err(|error| error.within(text))
}

struct Parser<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    /// For each opening bracket the token that closes it, or 0.
    pairs: Vec<u32>,
    /// The position of the token that is read next.
    at: usize,
    /// What was looked for at that token, and not found.
    expected: Expected,
    limits: SyntaxLimits,
    /// How many calls of the parser stand inside each other.
    depth: usize,
    /// The height of what was parsed since the innermost [`Parser::enter`].
    height: usize,
    /// The `|` that ends the condition of the innermost comprehension, which therefore is no "or" of labels.
    separator: Option<usize>,
}

/// What was known of the part around the one that is parsed.
struct Outside {
    levels: usize,
    height: usize,
}

impl Parser<'_> {
    // ---- looking

    fn token(&self) -> Token {
        self.ahead(0)
    }

    /// The token some places on; the end of the statement lasts forever.
    fn ahead(&self, places: usize) -> Token {
        let end = Token { kind: TokenKind::End, span: Span::default() };
        self.tokens.get(self.at + places).or(self.tokens.last()).copied().unwrap_or(end)
    }

    fn kind(&self) -> TokenKind {
        self.token().kind
    }

    fn kind_ahead(&self, places: usize) -> TokenKind {
        self.ahead(places).kind
    }

    /// How many places on the bracket closes that opens some places on.
    fn closing(&self, places: usize) -> Option<usize> {
        let pair = *self.pairs.get(self.at + places)? as usize;
        pair.checked_sub(self.at).filter(|closing| *closing > places)
    }

    fn is_name(kind: TokenKind) -> bool {
        matches!(kind, TokenKind::Word | TokenKind::QuotedWord | TokenKind::Keyword(_))
    }

    fn is_variable(kind: TokenKind) -> bool {
        match kind {
            TokenKind::Word | TokenKind::QuotedWord => true,
            TokenKind::Keyword(keyword) => !keyword.is_reserved(),
            _ => false,
        }
    }

    fn at_keyword(&mut self, keyword: Keyword) -> bool {
        let found = self.kind() == TokenKind::Keyword(keyword);
        if !found {
            self.expected.keyword(keyword);
        }
        found
    }

    fn at_symbol(&mut self, symbol: Symbol) -> bool {
        let found = self.kind() == TokenKind::Symbol(symbol);
        if !found {
            self.expected.symbol(symbol);
        }
        found
    }

    /// Whether the next token is an unreserved word that is a word of the language only here.
    fn at_word(&self, word: &str) -> bool {
        self.kind() == TokenKind::Word && self.slice(self.token().span).eq_ignore_ascii_case(word)
    }

    fn slice(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    // ---- taking

    fn advance(&mut self) -> Span {
        let span = self.token().span;
        if self.at + 1 < self.tokens.len() {
            self.at += 1;
        }
        self.expected = Expected::default();
        span
    }

    fn eat_keyword(&mut self, keyword: Keyword) -> bool {
        let found = self.at_keyword(keyword);
        if found {
            self.advance();
        }
        found
    }

    fn eat_symbol(&mut self, symbol: Symbol) -> bool {
        let found = self.at_symbol(symbol);
        if found {
            self.advance();
        }
        found
    }

    fn keyword(&mut self, keyword: Keyword) -> Parsed<Span> {
        if self.at_keyword(keyword) { Ok(self.advance()) } else { Err(self.unexpected()) }
    }

    fn symbol(&mut self, symbol: Symbol) -> Parsed<Span> {
        if self.at_symbol(symbol) { Ok(self.advance()) } else { Err(self.unexpected()) }
    }

    /// A name where any word will do: of a label, a type, a property, a function.
    fn name(&mut self, thing: Thing) -> Parsed<Name> {
        if Self::is_name(self.kind()) { Ok(self.take_name()) } else { Err(self.missing(thing)) }
    }

    /// The name of a variable; words of the language that would be mistaken for their use need backticks.
    fn variable(&mut self) -> Parsed<Name> {
        if Self::is_variable(self.kind()) { Ok(self.take_name()) } else { Err(self.missing(Thing::Variable)) }
    }

    fn optional_variable(&mut self) -> Option<Name> {
        Self::is_variable(self.kind()).then(|| self.take_name())
    }

    fn take_name(&mut self) -> Name {
        let token = self.token();
        let text = self.identifier(token);
        self.advance();
        Name { text, span: token.span }
    }

    /// The name that a token is, without its backticks.
    fn identifier(&self, token: Token) -> Arc<str> {
        let text = self.slice(token.span);
        match text.strip_prefix('`').and_then(|text| text.strip_suffix('`')) {
            Some(quoted) if quoted.contains('`') => quoted.replace("``", "`").into(),
            Some(quoted) => quoted.into(),
            None => text.into(),
        }
    }

    /// The stretch from a place to the last token taken.
    fn since(&self, start: Span) -> Span {
        let last = self.at.checked_sub(1).and_then(|last| self.tokens.get(last));
        Span { start: start.start, end: last.map_or(start.end, |last| last.span.end.max(start.end)) }
    }

    /// Items with commas between them.
    fn separated<T>(&mut self, mut item: impl FnMut(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        let mut items = vec![item(self)?];
        while self.eat_symbol(Symbol::Comma) {
            items.push(item(self)?);
        }
        Ok(items)
    }

    // ---- depth

    /// Begins a part that may contain its like. Returns what [`Parser::leave`] wants back; after an error nobody leaves,
    /// because the first error ends the parse.
    fn enter(&mut self) -> Parsed<Outside> {
        self.enter_by(1)
    }

    /// Begins a part that takes as much stack as so many others.
    fn enter_by(&mut self, levels: usize) -> Parsed<Outside> {
        self.depth += levels;
        if self.depth > self.limits.nesting {
            return Err(self.too_deep("brackets, operators and subqueries stand too deep in each other".to_owned()));
        }
        Ok(Outside { levels, height: std::mem::take(&mut self.height) })
    }

    fn leave(&mut self, outside: Outside) {
        self.depth -= outside.levels;
        self.height = outside.height.max(self.height + 1);
    }

    /// Counts one more node above what was parsed since [`Parser::enter`].
    fn grow(&mut self) -> Parsed<()> {
        self.height += 1;
        if self.height > self.limits.height {
            let message = format!("an expression chains at most {} operators", self.limits.height);
            return Err(self
                .too_deep(message)
                .with_hint("a long sum of lists or texts is shorter as a parameter or a list"));
        }
        Ok(())
    }

    fn too_deep(&self, message: String) -> QueryError {
        QueryError::compile(Kind::LimitExceeded, Detail::TooDeep, self.token().span, message)
    }
}
