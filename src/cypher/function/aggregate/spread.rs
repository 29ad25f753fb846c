//! `stDev` and `stDevP`.

use super::{Accumulator, given};
use crate::cypher::QueryError;
use crate::cypher::value::Value;

/// The standard deviation in one pass: mean and squared distances are corrected with each number (Welford, "Note on a
/// method for calculating corrected sums of squares and products", 1962).
#[derive(Debug)]
pub(super) struct Deviation {
    count: f64,
    mean: f64,
    squares: f64,
    /// What the count is diminished by in the divisor.
    less: f64,
}

impl Deviation {
    pub(super) fn sample() -> Self {
        Self { count: 0.0, mean: 0.0, squares: 0.0, less: 1.0 }
    }

    pub(super) fn population() -> Self {
        Self { less: 0.0, ..Self::sample() }
    }
}

impl Accumulator for Deviation {
    fn add(&mut self, arguments: &[Value]) -> Result<(), QueryError> {
        let Some(value) = given(arguments) else { return Ok(()) };
        let number = value.as_float().ok_or_else(|| value.refuse("a number"))?;
        self.count += 1.0;
        let distance = number - self.mean;
        self.mean += distance / self.count;
        self.squares += distance * (number - self.mean);
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Value, QueryError> {
        let variance = if self.count < 2.0 { 0.0 } else { self.squares / (self.count - self.less) };
        Ok(Value::Float(variance.sqrt()))
    }
}
