//! `sum` and `avg`.

use super::{Accumulator, given};
use crate::cypher::value::{Duration, Value, type_error};
use crate::cypher::{Detail, Kind, QueryError};

/// Floats added so that the result hardly depends on their order.
///
/// The error of each addition is kept and added at the end (Neumaier, "Rundungsfehleranalyse einiger Verfahren zur
/// Summation endlicher Summen", 1974).
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct FloatSum {
    sum: f64,
    lost: f64,
}

impl FloatSum {
    pub(super) fn add(&mut self, value: f64) {
        let sum = self.sum + value;
        // Beyond the finite numbers there is nothing to lose, and the difference below would be NaN.
        if sum.is_finite() {
            let (large, small) = if self.sum.abs() >= value.abs() { (self.sum, value) } else { (value, self.sum) };
            self.lost += (large - sum) + small;
        }
        self.sum = sum;
    }

    pub(super) fn total(self) -> f64 {
        if self.sum.is_finite() { self.sum + self.lost } else { self.sum }
    }
}

/// The sum of what came: whole numbers exactly, floats beside them, or durations.
#[derive(Debug, Default)]
pub(super) struct Sum {
    count: i64,
    /// 128 bits hold any sum of 64-bit numbers that fits in memory.
    whole: i128,
    floats: Option<FloatSum>,
    duration: Option<Duration>,
}

impl Sum {
    fn take(&mut self, value: &Value) -> Result<(), QueryError> {
        match (value, self.duration) {
            (Value::Int(number), None) => self.whole += i128::from(*number),
            (Value::Float(number), None) => self.floats.get_or_insert_default().add(*number),
            (Value::Duration(duration), Some(sum)) => self.duration = Some(sum.plus(duration)?),
            (Value::Duration(duration), None) if self.count == 0 => self.duration = Some(**duration),
            (Value::Duration(_), None) | (Value::Int(_) | Value::Float(_), Some(_)) => {
                return Err(type_error("a sum cannot join numbers and durations"));
            }
            (other, _) => return Err(other.refuse("a number or a duration to add up")),
        }
        self.count += 1;
        Ok(())
    }

    /// The sum of the numbers as a float.
    #[allow(clippy::cast_precision_loss)] // a float is what was asked for
    fn float(&self) -> f64 {
        let mut sum = self.floats.unwrap_or_default();
        sum.add(self.whole as f64);
        sum.total()
    }
}

impl Accumulator for Sum {
    fn add(&mut self, arguments: &[Value]) -> Result<(), QueryError> {
        given(arguments).map_or(Ok(()), |value| self.take(value))
    }

    fn finish(self: Box<Self>) -> Result<Value, QueryError> {
        match (self.duration, self.floats) {
            (Some(duration), _) => Ok(duration.into()),
            (None, Some(_)) => Ok(Value::Float(self.float())),
            (None, None) => i64::try_from(self.whole).map(Value::Int).map_err(|_| {
                let message = format!("the sum {} does not fit in an integer of 64 bits", self.whole);
                QueryError::run(Kind::ArithmeticError, Detail::IntegerOverflow, message)
                    .with_hint("sum(toFloat(...)) computes with floats")
            }),
        }
    }
}

/// The mean of what came.
#[derive(Debug, Default)]
pub(super) struct Average(Sum);

impl Accumulator for Average {
    fn add(&mut self, arguments: &[Value]) -> Result<(), QueryError> {
        self.0.add(arguments)
    }

    #[allow(clippy::cast_precision_loss)] // fewer than 2^53 rows
    fn finish(self: Box<Self>) -> Result<Value, QueryError> {
        let count = self.0.count as f64;
        match self.0.duration {
            _ if self.0.count == 0 => Ok(Value::Null),
            Some(duration) => Ok(duration.divided(count)?.into()),
            None => Ok(Value::Float(self.0.float() / count)),
        }
    }
}
