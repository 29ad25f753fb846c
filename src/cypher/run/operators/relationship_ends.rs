//! Patterns around a relationship, or a list of relationships, that is known already.

use std::rc::Rc;

use super::{Context, Cursor, Row, get, is_walked, node, open};
use crate::cypher::QueryError;
use crate::cypher::plan;
use crate::cypher::run::set;
use crate::cypher::syntax::tree::Direction;
use crate::cypher::value::{NodeId, RelationshipId, Value};

pub(super) struct RelationshipEnds {
    operator: Rc<plan::RelationshipEnds>,
    input: Box<dyn Cursor>,
    /// The ends that are still to be handed on.
    found: Vec<(NodeId, NodeId)>,
}

impl RelationshipEnds {
    pub(super) fn new(operator: &Rc<plan::RelationshipEnds>) -> Self {
        Self { operator: Rc::clone(operator), input: open(&operator.input), found: Vec::new() }
    }

    /// Where the relationship, or the chain of relationships, may begin and end.
    fn ends(&self, context: &Context, row: &Row) -> Vec<(NodeId, NodeId)> {
        let one;
        let chain: &[Value] = match get(row, self.operator.relationship) {
            Value::List(items) => items,
            single @ Value::Relationship(_) => {
                one = [single.clone()];
                &one
            }
            _ => return Vec::new(),
        };
        let mut walks: Option<Vec<(NodeId, NodeId)>> = None;
        for item in chain {
            let Value::Relationship(relationship) = item else { return Vec::new() };
            let steps = self.steps(*relationship, context, row);
            walks = Some(match walks {
                None => steps,
                Some(walks) => walks
                    .into_iter()
                    .flat_map(|(from, middle)| {
                        steps.iter().filter(move |(start, _)| *start == middle).map(move |(_, end)| (from, *end))
                    })
                    .collect(),
            });
        }
        let mut walks = walks.unwrap_or_else(|| {
            // An empty chain leads from a node to itself.
            node(row, self.operator.from)
                .or_else(|| node(row, self.operator.to))
                .map(|node| (node, node))
                .into_iter()
                .collect()
        });
        walks.dedup();
        walks
    }

    fn steps(&self, relationship: RelationshipId, context: &Context, row: &Row) -> Vec<(NodeId, NodeId)> {
        let view = &context.view;
        let kind = view.type_of(relationship);
        let admitted = self.operator.types.as_ref().is_none_or(|test| test.holds(&|word| word == kind, &|| true));
        if !admitted || !view.is_relationship(relationship) || is_walked(relationship, &self.operator.unique, row) {
            return Vec::new();
        }
        let (from, to) = view.ends(relationship);
        match self.operator.direction {
            Direction::Right => vec![(from, to)],
            Direction::Left => vec![(to, from)],
            Direction::Either if from == to => vec![(from, to)],
            Direction::Either => vec![(to, from), (from, to)],
        }
    }
}

impl Cursor for RelationshipEnds {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        loop {
            let operator = &*self.operator;
            while let Some((from, to)) = self.found.pop() {
                let fits = |bound: bool, slot, end| !bound || node(row, slot) == Some(end);
                let same = operator.from != operator.to || from == to;
                if same && fits(operator.from_bound, operator.from, from) && fits(operator.to_bound, operator.to, to) {
                    set(row, operator.from, Value::Node(from));
                    set(row, operator.to, Value::Node(to));
                    return Ok(true);
                }
            }
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            self.found = self.ends(context, row);
        }
    }

    fn reset(&mut self) {
        self.input.reset();
        self.found.clear();
    }
}
