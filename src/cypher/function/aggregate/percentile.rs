//! `percentileCont` and `percentileDisc`.

use super::{Accumulator, given};
use crate::cypher::value::Value;
use crate::cypher::{Detail, Kind, QueryError};

/// A percentile of the numbers that came. Keeps them all.
#[derive(Debug)]
pub(super) struct Percentile {
    values: Vec<Value>,
    /// The part that lies below, of the first row.
    part: Option<f64>,
    /// Whether the result may lie between two of the numbers.
    continuous: bool,
}

impl Percentile {
    pub(super) fn continuous() -> Self {
        Self { values: Vec::new(), part: None, continuous: true }
    }

    pub(super) fn discrete() -> Self {
        Self { continuous: false, ..Self::continuous() }
    }
}

impl Accumulator for Percentile {
    fn add(&mut self, arguments: &[Value]) -> Result<(), QueryError> {
        let part = match arguments.get(1) {
            None | Some(Value::Null) => None,
            Some(part) => Some(part.as_float().ok_or_else(|| part.refuse("a number as the percentile"))?),
        };
        if let Some(part) = part {
            if !(0.0..=1.0).contains(&part) {
                let message = format!("a percentile lies between 0.0 and 1.0, found {part}");
                return Err(QueryError::run(Kind::ArgumentError, Detail::NumberOutOfRange, message));
            }
            self.part.get_or_insert(part);
        }
        let Some(value) = given(arguments) else { return Ok(()) };
        if value.as_float().is_none() {
            return Err(value.refuse("a number"));
        }
        self.values.push(value.clone());
        Ok(())
    }

    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // places in a vector
    fn finish(mut self: Box<Self>) -> Result<Value, QueryError> {
        let Some(part) = self.part else { return Ok(Value::Null) };
        self.values.sort();
        let at = |place: usize| self.values.get(place).cloned().unwrap_or_default();
        if !self.continuous {
            // The smallest value with at least that part of all values at or before it.
            let place = (part * self.values.len() as f64).ceil() as usize;
            return Ok(at(place.saturating_sub(1)));
        }
        let place = part * self.values.len().saturating_sub(1) as f64;
        let (Some(low), Some(high)) = (at(place.floor() as usize).as_float(), at(place.ceil() as usize).as_float())
        else {
            return Ok(Value::Null);
        };
        let share = place.fract();
        // At a whole place the neighbour does not count, not even when it is infinite.
        Ok(Value::Float(if share == 0.0 { low } else { low * (1.0 - share) + high * share }))
    }
}
