//! Clauses to operators.

mod aggregation;
mod candidates;
mod expressions;
mod graph;
mod length;
mod order;
mod paths;
mod projection;
mod queries;
mod scope;
mod subqueries;
mod writes;

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use super::{Node, Operator, Plan, Prepared, Slot, SlotNames};
use crate::cypher::QueryError;
use crate::cypher::procedure::Procedures;
use crate::cypher::syntax::Span;
use crate::cypher::syntax::tree::Statement;
use crate::cypher::view::{View, WordId};
use aggregation::Grouping;
use scope::Scope;

/// What a statement is compiled against.
pub(crate) struct Request<'a> {
    /// The graph, for its words and statistics. Words that the statement brings are added to it.
    pub(crate) view: &'a mut View,
    /// The statement as written.
    pub(crate) text: &'a str,
    pub(crate) procedures: &'a Procedures,
}

/// Compiles a statement that has been checked.
///
/// # Errors
/// What the checks leave to this place: constructs that are not supported here.
pub(crate) fn compile(statement: &Statement, request: Request<'_>) -> Result<Prepared, QueryError> {
    let known = request.view.word_count();
    let mut compiler = Compiler {
        view: request.view,
        text: request.text,
        procedures: request.procedures,
        next_slot: 0,
        next_number: 0,
        chain: 0,
        grouping: None,
        writes: false,
        reads: BTreeSet::new(),
        names: SlotNames::new(),
        depth: 0,
    };
    let start = compiler.plan(Operator::Argument, 1.0);
    let mut compiled = compiler.query(&statement.query, start, &Scope::default())?;
    if compiled.columns.is_none() {
        compiled.plan = compiler.nothing(compiled.plan);
    }
    let Compiler { next_slot: width, next_number: operators, writes, names, .. } = compiler;
    let words = (known..request.view.word_count()).map(|word| Arc::clone(request.view.text(WordId(word)))).collect();
    Ok(Prepared {
        plan: compiled.plan,
        columns: compiled.columns.unwrap_or_default(),
        width,
        operators,
        names,
        words,
        writes,
    })
}

struct Compiler<'a> {
    view: &'a mut View,
    text: &'a str,
    procedures: &'a Procedures,
    /// The first slot of the present row that is free.
    next_slot: Slot,
    next_number: usize,
    /// The operators that stand behind each other so far; those of a subquery count to those around it.
    chain: usize,
    /// Where aggregates go while the items of a grouping projection are compiled.
    grouping: Option<Grouping>,
    writes: bool,
    /// The slots of the present row that were read.
    reads: BTreeSet<Slot>,
    /// The names that slots of the statement's own row got.
    names: SlotNames,
    /// How many subplans the present row stands in.
    depth: usize,
}

impl Compiler<'_> {
    fn slot(&mut self) -> Slot {
        self.next_slot += 1;
        self.next_slot - 1
    }

    /// Gives a slot a name in a scope.
    fn name(&mut self, scope: &mut Scope, name: &Arc<str>, slot: Slot) {
        scope.set(name, slot);
        if self.depth == 0 {
            self.names.entry(slot).or_insert_with(|| Arc::clone(name));
        }
    }

    fn plan(&mut self, operator: Operator, estimate: f64) -> Plan {
        self.next_number += 1;
        self.chain += 1;
        Plan(Rc::new(Node { number: self.next_number - 1, estimate, operator }))
    }

    /// The text of a stretch of the statement, without the blanks and brackets around it.
    fn written(&self, span: Span) -> &str {
        let mut text = self.text.get(span.start as usize..span.end as usize).unwrap_or_default().trim();
        while let Some(inner) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'))
            && balanced(inner)
        {
            text = inner.trim();
        }
        text
    }
}

/// Whether no bracket closes before it opens, so that the brackets around the text belong together.
fn balanced(text: &str) -> bool {
    let mut depth = 0;
    text.bytes().all(|byte| {
        depth += i32::from(byte == b'(') - i32::from(byte == b')');
        depth >= 0
    }) && depth == 0
}
