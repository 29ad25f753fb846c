//! Which of the matching paths are wanted: `shortestPath(...)`, `SHORTEST 2`, `ANY`.

use super::failure::Thing;
use super::{Keyword, Parsed, Parser, Symbol, TokenKind};
use crate::cypher::error::{Detail, QueryError};
use crate::cypher::syntax::tree::{Name, PathPattern, Selector};

impl Parser<'_> {
    /// `shortestPath` or `allShortestPaths`, if a call of it comes next.
    pub(super) fn shortest_path_name(&mut self) -> Option<Name> {
        let calls = self.kind_ahead(1) == TokenKind::Symbol(Symbol::LeftParenthesis)
            && (self.at_word("shortestPath") || self.at_word("allShortestPaths"));
        calls.then(|| self.take_name())
    }

    /// The pattern in the parentheses behind `shortestPath` or `allShortestPaths`.
    pub(super) fn shortest_path(&mut self, function: &Name) -> Parsed<PathPattern> {
        let selector = match function.text.eq_ignore_ascii_case("shortestPath") {
            true => Selector::ShortestPath,
            false => Selector::AllShortestPaths,
        };
        self.symbol(Symbol::LeftParenthesis)?;
        let pattern = self.relationship_chain()?;
        self.symbol(Symbol::RightParenthesis)?;
        Ok(PathPattern { selector, span: self.since(function.span), ..pattern })
    }

    /// `SHORTEST k [PATHS] [GROUPS]`, `ALL SHORTEST`, `ANY SHORTEST`, `ANY k`, `ALL`; none is [`Selector::All`].
    pub(super) fn selector(&mut self) -> Parsed<Selector> {
        let selector = match self.kind() {
            TokenKind::Keyword(Keyword::All) => {
                self.advance();
                if self.eat_keyword(Keyword::Shortest) { Selector::AllShortest } else { Selector::All }
            }
            TokenKind::Keyword(Keyword::Any) => {
                self.advance();
                if self.eat_keyword(Keyword::Shortest) {
                    Selector::Shortest(1)
                } else {
                    Selector::Any(self.count()?.unwrap_or(1))
                }
            }
            TokenKind::Keyword(Keyword::Shortest) => {
                self.advance();
                return self.shortest();
            }
            _ => {
                self.expected.keyword(Keyword::Shortest);
                return Ok(Selector::All);
            }
        };
        self.eat_paths();
        Ok(selector)
    }

    /// What follows `SHORTEST`.
    fn shortest(&mut self) -> Parsed<Selector> {
        let count = self.count()?;
        self.eat_paths();
        if self.eat_groups() {
            return Ok(Selector::ShortestGroups(count.unwrap_or(1)));
        }
        match count {
            Some(count) => Ok(Selector::Shortest(count)),
            None => Err(self.missing(Thing::Number)),
        }
    }

    fn eat_paths(&mut self) {
        if !self.eat_keyword(Keyword::Paths) {
            self.eat_keyword(Keyword::Path);
        }
    }

    fn eat_groups(&mut self) -> bool {
        let found = self.at_word("group") || self.at_keyword(Keyword::Groups);
        if found {
            self.advance();
        }
        found
    }

    /// How many paths are wanted, at least one.
    fn count(&mut self) -> Parsed<Option<u64>> {
        let span = self.token().span;
        let count = self.bound(Detail::UnexpectedSyntax)?;
        if count == Some(0) {
            return Err(QueryError::syntax(Detail::InvalidArgumentValue, span, "at least one path must be asked for"));
        }
        Ok(count)
    }
}
