//! Running a plan: cursors that pull rows, one for each operator.
//!
//! All cursors of a plan work on one row. A cursor that hands on a row has filled its slots; they stay as they are until
//! it is asked for the next one. Cursors that must keep rows (sorting, grouping, writing) keep the slots that count.

mod budget;
mod evaluate;
mod operators;

use std::sync::Arc;

pub(crate) use budget::Budget;
pub use budget::Limits;
pub(crate) use operators::open;

use super::QueryError;
use super::value::{Map, Value};
use super::view::View;

/// What a running statement has at hand.
pub(crate) struct Context {
    pub(crate) view: View,
    pub(crate) parameters: Arc<Map>,
    pub(crate) budget: Budget,
    /// Rows handed on by each operator, when they are counted.
    pub(crate) profile: Option<Vec<u64>>,
}

/// The slots of a plan.
pub(crate) type Row = [Value];

/// An operator at work.
pub(crate) trait Cursor {
    /// Fills the operator's slots with the next row; false when there is none.
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError>;

    /// Begins again, with what stands in the row now.
    fn reset(&mut self);
}

/// A slot's value; null for a slot that no row has, which no compiled plan asks for.
pub(crate) fn get(row: &Row, slot: usize) -> &Value {
    row.get(slot).unwrap_or(&Value::Null)
}

/// Fills a slot.
#[inline]
pub(crate) fn set(row: &mut Row, slot: usize, value: Value) {
    if let Some(place) = row.get_mut(slot) {
        *place = value;
    }
}
