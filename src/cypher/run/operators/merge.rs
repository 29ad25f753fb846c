//! Matches a pattern or, where it matches nothing, creates it.

use std::rc::Rc;

use super::set::apply;
use super::{Context, Cursor, Row, create, drain, open, restore};
use crate::cypher::error::{Detail, Kind, QueryError};
use crate::cypher::plan::{self, New};
use crate::cypher::value::Value;

pub(super) struct Merge {
    operator: Rc<plan::Merge>,
    input: Box<dyn Cursor>,
    matching: Box<dyn Cursor>,
    /// What is left, last first; none before everything was written.
    rows: Option<Vec<Vec<Value>>>,
}

impl Merge {
    pub(super) fn new(operator: &Rc<plan::Merge>) -> Self {
        let (input, matching) = (open(&operator.input), open(&operator.matching));
        Self { operator: Rc::clone(operator), input, matching, rows: None }
    }

    /// Row after row: what one of them creates, the next one finds.
    fn write(&mut self, context: &mut Context, row: &mut Row) -> Result<Vec<Vec<Value>>, QueryError> {
        let operator = Rc::clone(&self.operator);
        let mut rows = Vec::new();
        for kept in drain(&mut *self.input, context, row)? {
            restore(&kept, row);
            self.refuse_nulls(context, row)?;
            self.matching.reset();
            let matched = drain(&mut *self.matching, context, row)?;
            if matched.is_empty() {
                restore(&kept, row);
                create::create(&operator.items, &operator.paths, context, row)?;
                apply(&operator.on_create, context, row)?;
                rows.push(row.to_vec());
                continue;
            }
            for found in matched {
                restore(&found, row);
                apply(&operator.on_match, context, row)?;
                rows.push(found);
            }
        }
        Ok(rows)
    }

    /// A property that is null equals nothing, so that the pattern would never match what it creates.
    fn refuse_nulls(&self, context: &mut Context, row: &mut Row) -> Result<(), QueryError> {
        for item in &self.operator.items {
            let (New::Node(plan::NewNode { properties, .. })
            | New::Relationship(plan::NewRelationship { properties, .. })) = item;
            let Some(properties) = properties else { continue };
            if let Value::Map(map) = properties.evaluate(context, row)?
                && let Some((key, _)) = map.iter().find(|(_, value)| value.is_null())
            {
                let message = format!("MERGE cannot look for {key}: its value is null, and null equals nothing");
                let error = QueryError::run(Kind::SemanticError, Detail::MergeReadOwnWrites, message);
                return Err(error.at(self.operator.span));
            }
        }
        Ok(())
    }
}

impl Cursor for Merge {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        if self.rows.is_none() {
            let mut rows = self.write(context, row)?;
            rows.reverse();
            self.rows = Some(rows);
        }
        let Some(kept) = self.rows.as_mut().and_then(Vec::pop) else { return Ok(false) };
        restore(&kept, row);
        Ok(true)
    }

    fn reset(&mut self) {
        self.input.reset();
        self.rows = None;
    }
}
