//! The nodes that an index leads to, for each row.

use std::rc::Rc;

use super::{Context, Cursor, Row, open};
use crate::cypher::QueryError;
use crate::cypher::plan::{self, Key};
use crate::cypher::run::set;
use crate::cypher::value::{NodeId, Value};

pub(super) struct Seek {
    operator: Rc<plan::Seek>,
    input: Box<dyn Cursor>,
    /// What is left of the nodes, last first.
    found: Vec<NodeId>,
}

impl Seek {
    pub(super) fn new(operator: &Rc<plan::Seek>) -> Self {
        Self { operator: Rc::clone(operator), input: open(&operator.input), found: Vec::new() }
    }

    fn look_up(&mut self, key: &Value, context: &Context) -> Result<(), QueryError> {
        let view = &context.view;
        match (self.operator.by, key) {
            (Key::Name, Value::Text(name)) => match view.seek_name(name)? {
                Some(nodes) => self.found.extend(nodes),
                None => self.found.extend(every(context)),
            },
            (Key::Id, Value::Text(id)) => self.found.extend(view.seek_id(id)?),
            (Key::Number, Value::Int(number)) => {
                let node = u32::try_from(*number).ok().map(NodeId);
                self.found.extend(node.filter(|node| view.is_node(*node)));
            }
            // Properties called name and id may hold anything in nodes that statements made: these are all looked at.
            (Key::Name | Key::Id, Value::Null) | (Key::Number, _) => {}
            (Key::Name | Key::Id, _) => self.found.extend(every(context)),
        }
        Ok(())
    }
}

fn every(context: &Context) -> impl Iterator<Item = NodeId> + '_ {
    let mut place = context.view.every_node();
    std::iter::from_fn(move || context.view.next_node(&mut place))
}

impl Cursor for Seek {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        loop {
            if let Some(node) = self.found.pop() {
                context.budget.step()?;
                set(row, self.operator.node, Value::Node(node));
                return Ok(true);
            }
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            let key = self.operator.key.evaluate(context, row)?;
            match &key {
                Value::List(keys) if self.operator.list => {
                    for key in keys.iter() {
                        self.look_up(key, context)?;
                    }
                }
                key => self.look_up(key, context)?,
            }
            self.found.sort_unstable_by(|a, b| b.cmp(a));
            self.found.dedup();
        }
    }

    fn reset(&mut self) {
        self.input.reset();
        self.found.clear();
    }
}
