//! Whole statements, and queries within them.

use super::failure::Thing;
use super::{Keyword, Parsed, Parser, Symbol, TokenKind};
use crate::cypher::syntax::tree::{Clause, Mode, Query, SingleQuery, Statement, Union};

/// A query within a query takes as much stack as so many brackets.
const STACK_OF_A_QUERY: usize = 3;

impl Parser<'_> {
    pub(super) fn statement(&mut self) -> Parsed<Statement> {
        let mode = if self.eat_keyword(Keyword::Explain) {
            Mode::Explain
        } else if self.eat_keyword(Keyword::Profile) {
            Mode::Profile
        } else {
            Mode::Run
        };
        let query = self.query()?;
        let closed = self.eat_symbol(Symbol::Semicolon);
        if self.kind() != TokenKind::End {
            let error = self.missing(Thing::End);
            return Err(if closed { error.with_hint("statements run one at a time") } else { error });
        }
        Ok(Statement { mode, query })
    }

    pub(super) fn query(&mut self) -> Parsed<Query> {
        let outside = self.enter_by(STACK_OF_A_QUERY)?;
        let first = self.single_query()?;
        let mut unions = Vec::new();
        loop {
            let span = self.token().span;
            if !self.eat_keyword(Keyword::Union) {
                break;
            }
            let all = self.eat_keyword(Keyword::All);
            if !all {
                self.eat_keyword(Keyword::Distinct);
            }
            unions.push(Union { all, query: self.single_query()?, span });
        }
        self.leave(outside);
        Ok(Query { first, unions })
    }

    fn single_query(&mut self) -> Parsed<SingleQuery> {
        let start = self.token().span;
        let clauses = self.clauses()?;
        if clauses.is_empty() {
            return Err(self.missing(Thing::Clause));
        }
        Ok(SingleQuery { clauses, span: self.since(start) })
    }

    /// Clauses as long as there are any.
    pub(super) fn clauses(&mut self) -> Parsed<Vec<Clause>> {
        let mut clauses = Vec::new();
        while let Some(clause) = self.clause()? {
            clauses.push(clause);
        }
        Ok(clauses)
    }
}
