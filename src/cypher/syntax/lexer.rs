//! Text to tokens.

use unicode_normalization::char::is_combining_mark;

use super::Span;
use super::token::{Fault, Keyword, Symbol, Token, TokenKind};

/// The tokens of a statement, the last of them [`TokenKind::End`]; white space and comments are dropped.
///
/// Never fails: what is no token becomes [`TokenKind::Invalid`], so that an earlier mistake is told first.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer { text, at: 0 };
    let mut tokens = Vec::with_capacity(text.len() / 4 + 1);
    loop {
        let token = lexer.token();
        tokens.push(token);
        if token.kind == TokenKind::End {
            return tokens;
        }
    }
}

/// For each opening bracket among the tokens the position of the one that closes it; 0 where there is none.
pub(super) fn pairs(tokens: &[Token]) -> Vec<u32> {
    let mut pairs = vec![0; tokens.len()];
    let mut open: Vec<(usize, Symbol)> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let TokenKind::Symbol(symbol) = token.kind else { continue };
        let closing = match symbol {
            Symbol::LeftParenthesis => Some(Symbol::RightParenthesis),
            Symbol::LeftBracket => Some(Symbol::RightBracket),
            Symbol::LeftBrace => Some(Symbol::RightBrace),
            _ => None,
        };
        if let Some(closing) = closing {
            open.push((at, closing));
        } else if let Some((opening, _)) = open.pop_if(|(_, closing)| *closing == symbol)
            && let Some(pair) = pairs.get_mut(opening)
        {
            *pair = u32::try_from(at).unwrap_or(0);
        }
    }
    pairs
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl Lexer<'_> {
    fn token(&mut self) -> Token {
        let unclosed = self.skip_blank();
        let start = self.at;
        let kind = match self.peek() {
            _ if unclosed => {
                self.at = self.text.len();
                TokenKind::Invalid(Fault::UnclosedComment)
            }
            None => TokenKind::End,
            Some(first) => self.kind(first),
        };
        Token { kind, span: Span { start: place(start), end: place(self.at) } }
    }

    fn kind(&mut self, first: char) -> TokenKind {
        match first {
            '\'' | '"' => self.text_literal(first),
            '`' => self.quoted_word(),
            '$' => self.parameter(),
            '0'..='9' => self.number(),
            '.' if self.rest().as_bytes().get(1).is_some_and(u8::is_ascii_digit) => self.number(),
            _ if begins_word(first) => {
                let word = self.word();
                Keyword::of(word).map_or(TokenKind::Word, TokenKind::Keyword)
            }
            _ => {
                if let Some(symbol) = Symbol::at_start(self.rest()) {
                    self.at += symbol.text().len();
                    return TokenKind::Symbol(symbol);
                }
                self.at += first.len_utf8();
                TokenKind::Invalid(Fault::Character)
            }
        }
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Goes to the next token; whether a comment has no end.
    fn skip_blank(&mut self) -> bool {
        loop {
            let rest = self.rest();
            let code = rest.trim_start_matches(is_blank);
            let blank = rest.len() - code.len();
            let comment = if code.starts_with("//") {
                code.find('\n').unwrap_or(code.len())
            } else if let Some(comment) = code.strip_prefix("/*") {
                let Some(end) = comment.find("*/") else {
                    self.at += blank;
                    return true;
                };
                end + 4
            } else {
                0
            };
            self.at += blank + comment;
            if comment == 0 {
                return false;
            }
        }
    }

    fn advance_while(&mut self, belongs: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.find(|c| !belongs(c)).unwrap_or(rest.len());
    }

    fn word(&mut self) -> &str {
        let start = self.at;
        self.advance_while(continues_word);
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn text_literal(&mut self, quote: char) -> TokenKind {
        let mut escaped = false;
        for (offset, c) in self.rest().char_indices().skip(1) {
            if !escaped && c == quote {
                self.at += offset + 1;
                return TokenKind::Text;
            }
            escaped = !escaped && c == '\\';
        }
        self.at = self.text.len();
        TokenKind::Invalid(Fault::UnclosedText)
    }

    /// Two backticks within the quotes stand for one.
    fn quoted_word(&mut self) -> TokenKind {
        self.at += 1;
        loop {
            let Some(end) = self.rest().find('`') else {
                self.at = self.text.len();
                return TokenKind::Invalid(Fault::UnclosedBacktick);
            };
            self.at += end + 1;
            if self.peek() != Some('`') {
                return TokenKind::QuotedWord;
            }
            self.at += 1;
        }
    }

    fn parameter(&mut self) -> TokenKind {
        self.at += 1;
        match self.peek() {
            Some('`') => match self.quoted_word() {
                TokenKind::QuotedWord => TokenKind::Parameter,
                fault => fault,
            },
            Some(c) if continues_word(c) => {
                self.word();
                TokenKind::Parameter
            }
            _ => TokenKind::Invalid(Fault::NamelessParameter),
        }
    }

    /// Takes letters as well, so that a number with a mistake in it is one token.
    fn number(&mut self) -> TokenKind {
        let start = self.at;
        self.advance_while(continues_word);
        let followed_by_digit = |rest: &str| rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
        if self.peek() == Some('.') && followed_by_digit(self.rest()) {
            self.at += 1;
            self.advance_while(continues_word);
        }
        let number = self.text.get(start..self.at).unwrap_or_default();
        // The sign of an exponent: `1e-7`, but not `0xE-7`.
        let decimal = number.strip_suffix(['e', 'E']).filter(|n| n.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
        if decimal.is_some() && matches!(self.peek(), Some('+' | '-')) && followed_by_digit(self.rest()) {
            self.at += 1;
            self.advance_while(continues_word);
        }
        TokenKind::Number
    }
}

/// White space, the separators of ASCII, and the byte order mark that some editors put before a text.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}' | '\u{feff}')
}

fn begins_word(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn continues_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || (!c.is_ascii() && is_combining_mark(c))
}

/// Statements are shorter than 4 GiB: the parser refuses longer ones before it comes here.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
