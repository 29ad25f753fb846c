//! Rows in order; with a limit, no more of them are kept than are wanted.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::rc::Rc;

use super::{Context, Cursor, Row, get, open};
use crate::cypher::QueryError;
use crate::cypher::plan;
use crate::cypher::run::set;
use crate::cypher::value::Value;

/// A row that is kept, with its keys. The order is that of the result; rows with the same keys stay in their order.
struct Kept {
    keys: Box<[Value]>,
    /// Whether each key falls.
    descending: Rc<[bool]>,
    place: u64,
    values: Box<[Value]>,
}

impl Ord for Kept {
    fn cmp(&self, other: &Self) -> Ordering {
        let pairs = self.keys.iter().zip(&other.keys).zip(self.descending.iter());
        pairs
            .map(|((a, b), descending)| if *descending { b.cmp(a) } else { a.cmp(b) })
            .find(|ordering| ordering.is_ne())
            .unwrap_or_else(|| self.place.cmp(&other.place))
    }
}

impl PartialOrd for Kept {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Kept {}

pub(super) struct Sort {
    operator: Rc<plan::Sort>,
    input: Box<dyn Cursor>,
    descending: Rc<[bool]>,
    /// What is left, last first; none before the input was read.
    sorted: Option<Vec<Kept>>,
}

impl Sort {
    pub(super) fn new(operator: &Rc<plan::Sort>) -> Self {
        let descending = operator.keys.iter().map(|(_, descending)| *descending).collect();
        Self { operator: Rc::clone(operator), input: open(&operator.input), descending, sorted: None }
    }

    /// How many rows are wanted, where that is known.
    fn wanted(&self, context: &mut Context, row: &mut Row) -> Result<Option<usize>, QueryError> {
        let Some(counts) = &self.operator.limit else { return Ok(None) };
        let mut wanted = 0usize;
        for count in counts {
            match count.evaluate(context, row)? {
                Value::Int(count) => wanted = wanted.saturating_add(usize::try_from(count).unwrap_or(0)),
                // The cut behind the sort says what is wrong.
                _ => return Ok(None),
            }
        }
        Ok(Some(wanted))
    }

    fn read(&mut self, context: &mut Context, row: &mut Row) -> Result<Vec<Kept>, QueryError> {
        let wanted = self.wanted(context, row)?;
        let operator = Rc::clone(&self.operator);
        let mut heap = BinaryHeap::new();
        let mut all = Vec::new();
        let mut place = 0;
        let size = (operator.keys.len() + operator.slots.len()) * size_of::<Value>() + size_of::<Kept>();
        while self.input.next(context, row)? {
            let keys: Result<Box<[Value]>, QueryError> =
                operator.keys.iter().map(|(key, _)| key.evaluate(context, row)).collect();
            let keys = keys?;
            let values = operator.slots.iter().map(|slot| get(row, *slot).clone()).collect();
            let kept = Kept { keys, descending: Rc::clone(&self.descending), place, values };
            place += 1;
            match wanted {
                None => {
                    context.budget.keep(size)?;
                    all.push(kept);
                }
                Some(wanted) if heap.len() < wanted => {
                    context.budget.keep(size)?;
                    heap.push(kept);
                }
                Some(_) => {
                    if heap.peek().is_some_and(|worst| kept < *worst) {
                        heap.pop();
                        heap.push(kept);
                    }
                }
            }
        }
        let mut sorted = if wanted.is_some() { heap.into_vec() } else { all };
        sorted.sort_unstable_by(|a, b| b.cmp(a));
        Ok(sorted)
    }
}

impl Cursor for Sort {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        if self.sorted.is_none() {
            self.sorted = Some(self.read(context, row)?);
        }
        let Some(kept) = self.sorted.as_mut().and_then(Vec::pop) else { return Ok(false) };
        for (slot, value) in self.operator.slots.iter().zip(kept.values) {
            set(row, *slot, value);
        }
        Ok(true)
    }

    fn reset(&mut self) {
        self.input.reset();
        self.sorted = None;
    }
}
