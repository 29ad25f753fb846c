//! Every node, or every node with a label, for each row.

use super::{Context, Cursor, Row, open};
use crate::cypher::QueryError;
use crate::cypher::plan::{AllNodes, LabelScan, Slot};
use crate::cypher::run::set;
use crate::cypher::value::Value;
use crate::cypher::view::{NodeCursor, WordId};

pub(super) struct Scan {
    input: Box<dyn Cursor>,
    node: Slot,
    label: Option<WordId>,
    place: Option<NodeCursor>,
}

impl Scan {
    pub(super) fn all(operator: &AllNodes) -> Self {
        Self { input: open(&operator.input), node: operator.node, label: None, place: None }
    }

    pub(super) fn labelled(operator: &LabelScan) -> Self {
        Self { input: open(&operator.input), node: operator.node, label: Some(operator.label), place: None }
    }
}

impl Cursor for Scan {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        loop {
            if let Some(place) = &mut self.place
                && let Some(node) = context.view.next_node(place)
            {
                context.budget.step()?;
                set(row, self.node, Value::Node(node));
                return Ok(true);
            }
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            self.place = Some(match self.label {
                Some(label) => context.view.labelled(label),
                None => context.view.every_node(),
            });
        }
    }

    fn reset(&mut self) {
        self.input.reset();
        self.place = None;
    }
}
