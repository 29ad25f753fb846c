//! Errors that say what was expected, what was found, and what was probably meant.

use super::{Parser, TokenKind};
use crate::cypher::error::{Detail, QueryError};
use crate::cypher::suggestion::nearest;
use crate::cypher::syntax::Span;
use crate::cypher::syntax::token::{Fault, Keyword, Symbol};

/// What can be expected beside single words and marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Thing {
    Clause,
    Expression,
    Operator,
    Variable,
    Label,
    RelationshipType,
    PropertyKey,
    ProcedureName,
    Field,
    Node,
    Relationship,
    Number,
    Name,
    End,
}

impl Thing {
    const ALL: [Self; 14] = [
        Self::Clause,
        Self::Expression,
        Self::Operator,
        Self::Variable,
        Self::Label,
        Self::RelationshipType,
        Self::PropertyKey,
        Self::ProcedureName,
        Self::Field,
        Self::Node,
        Self::Relationship,
        Self::Number,
        Self::Name,
        Self::End,
    ];

    fn text(self) -> &'static str {
        match self {
            Self::Clause => "a clause such as MATCH or RETURN",
            Self::Expression => "an expression",
            Self::Operator => "an operator",
            Self::Variable => "a variable",
            Self::Label => "a label",
            Self::RelationshipType => "a relationship type",
            Self::PropertyKey => "the name of a property",
            Self::ProcedureName => "the name of a procedure",
            Self::Field => "the name of a result field",
            Self::Node => "a node such as (n)",
            Self::Relationship => "a relationship such as -[r]->",
            Self::Number => "a whole number",
            Self::Name => "a name",
            Self::End => "the end of the statement",
        }
    }

    /// The words that may begin the thing, or be it.
    fn keywords(self) -> &'static [Keyword] {
        match self {
            Self::Clause => &[
                Keyword::Match,
                Keyword::Optional,
                Keyword::Unwind,
                Keyword::With,
                Keyword::Return,
                Keyword::Create,
                Keyword::Merge,
                Keyword::Set,
                Keyword::Remove,
                Keyword::Delete,
                Keyword::Detach,
                Keyword::Foreach,
                Keyword::Call,
            ],
            Self::Operator => &[
                Keyword::And,
                Keyword::Or,
                Keyword::Xor,
                Keyword::In,
                Keyword::Starts,
                Keyword::Ends,
                Keyword::Contains,
                Keyword::Is,
            ],
            Self::Expression => &[Keyword::Not, Keyword::Case, Keyword::Exists],
            _ => &[],
        }
    }
}

/// What was looked for at one token, as sets of bits.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Expected {
    keywords: u128,
    symbols: u64,
    things: u16,
}

impl Expected {
    pub(super) fn keyword(&mut self, keyword: Keyword) {
        self.keywords |= 1 << keyword as u32;
    }

    pub(super) fn symbol(&mut self, symbol: Symbol) {
        self.symbols |= 1 << symbol as u32;
    }

    pub(super) fn thing(&mut self, thing: Thing) {
        self.things |= 1 << thing as u32;
    }

    fn words(self) -> impl Iterator<Item = Keyword> {
        Keyword::ALL.iter().copied().filter(move |keyword| self.keywords & (1 << *keyword as u32) != 0)
    }

    fn things(self) -> impl Iterator<Item = Thing> {
        Thing::ALL.into_iter().filter(move |thing| self.things & (1 << *thing as u32) != 0)
    }

    /// "a, b or c": things first, then words, then marks.
    fn list(self) -> String {
        // Where the statement may end, a semicolon goes without saying.
        let ends = self.things().any(|thing| thing == Thing::End);
        let symbols = Symbol::ALL.iter().filter(|symbol| self.symbols & (1 << **symbol as u32) != 0);
        let symbols = symbols.filter(|symbol| !(ends && **symbol == Symbol::Semicolon));
        let mut parts: Vec<String> = self.things().map(|thing| thing.text().to_owned()).collect();
        parts.extend(self.words().map(|keyword| keyword.text().to_owned()));
        parts.extend(symbols.map(|symbol| format!("'{}'", symbol.text())));
        let last = parts.pop().unwrap_or_default();
        if parts.is_empty() { last } else { format!("{} or {last}", parts.join(", ")) }
    }
}

impl Parser<'_> {
    /// The error that a thing is missing here.
    pub(super) fn missing(&mut self, thing: Thing) -> QueryError {
        self.expected.thing(thing);
        self.unexpected()
    }

    /// The error that the next token does not belong here.
    pub(super) fn unexpected(&mut self) -> QueryError {
        self.unexpected_as(Detail::UnexpectedSyntax)
    }

    pub(super) fn unexpected_as(&mut self, detail: Detail) -> QueryError {
        let token = self.token();
        if let TokenKind::Invalid(fault) = token.kind {
            return self.invalid(fault, token.span);
        }
        let found = match token.kind {
            TokenKind::End => "the statement ends".to_owned(),
            _ => format!("found {}", self.shown(token.span)),
        };
        let mut error = QueryError::syntax(detail, token.span, format!("expected {}, {found}", self.expected.list()));
        if let Some(hint) = self.advice() {
            error = error.with_hint(hint);
        }
        error
    }

    /// A token in an error message; long ones are cut.
    fn shown(&self, span: Span) -> String {
        const LONGEST: usize = 40;
        let text = self.slice(span);
        let mark = if text.starts_with(['\'', '"']) { "" } else { "'" };
        match text.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{mark}{}…{mark}", text.get(..end).unwrap_or_default()),
            None => format!("{mark}{text}{mark}"),
        }
    }

    fn advice(&self) -> Option<String> {
        let token = self.token();
        match token.kind {
            TokenKind::Word => self.meant_keyword(self.slice(token.span)),
            TokenKind::Keyword(keyword) if self.expects(Thing::Variable) => Some(format!(
                "{} is a word of the language; a variable of that name stands between backticks",
                keyword.text()
            )),
            TokenKind::Keyword(_) => self.meant_keyword(self.slice(token.span)),
            TokenKind::Symbol(Symbol::DoubleEqual) => Some("equality is written =".to_owned()),
            TokenKind::Symbol(Symbol::BangEqual) => Some("inequality is written <>".to_owned()),
            TokenKind::Symbol(Symbol::DoubleAmpersand) => Some("conjunction is written AND".to_owned()),
            TokenKind::Symbol(Symbol::Bang) if self.expects(Thing::Expression) => {
                Some("negation is written NOT".to_owned())
            }
            _ => None,
        }
    }

    fn expects(&self, thing: Thing) -> bool {
        self.expected.things().any(|expected| expected == thing)
    }

    fn meant_keyword(&self, word: &str) -> Option<String> {
        let of_things = self.expected.things().flat_map(|thing| thing.keywords().iter().copied());
        let candidates = self.expected.words().chain(of_things).map(Keyword::text);
        nearest(word, candidates).map(|keyword| format!("is {keyword} meant?"))
    }

    fn invalid(&self, fault: Fault, span: Span) -> QueryError {
        let text = self.slice(span);
        let (detail, message, hint) = match fault {
            Fault::UnclosedText => (Detail::UnexpectedSyntax, "this text has no closing quote", None),
            Fault::UnclosedBacktick => (Detail::UnexpectedSyntax, "this name has no closing backtick", None),
            Fault::UnclosedComment => (Detail::UnexpectedSyntax, "this comment has no closing */", None),
            Fault::NamelessParameter => {
                (Detail::UnexpectedSyntax, "expected the name of a parameter behind the '$'", None)
            }
            Fault::Character => {
                let detail = if text.is_ascii() { Detail::UnexpectedSyntax } else { Detail::InvalidUnicodeCharacter };
                (detail, "", text.chars().next().and_then(plain_form))
            }
        };
        let message =
            if message.is_empty() { format!("'{text}' does not belong into a statement") } else { message.into() };
        let error = QueryError::syntax(detail, span, message);
        match hint {
            Some(plain) => error.with_hint(format!("write {plain}")),
            None => error,
        }
    }
}

/// The mark of the language that a typographic one was meant to be.
fn plain_form(c: char) -> Option<char> {
    match c {
        '‘' | '’' | '“' | '”' | '「' | '」' => Some('\''),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => Some('-'),
        '，' | '、' => Some(','),
        '；' => Some(';'),
        '。' => Some('.'),
        '【' => Some('['),
        '】' => Some(']'),
        '≤' | '≥' | '≠' | '×' | '÷' => None,
        // Full-width forms lie in the order of ASCII.
        '！'..='～' => char::from_u32(c as u32 - 0xfee0),
        _ => None,
    }
}
