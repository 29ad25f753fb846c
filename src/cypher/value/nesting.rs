//! Bounds on how deep lists and maps stand inside each other, and on how much they hold.
//!
//! Values are compared, hashed, shown and dropped by recursion, so a value that `reduce` nests a hundred thousand times
//! would end the stack; and one that holds its predecessor twice, again and again, would take forever to read although it
//! takes no memory. Whatever puts values into a list or a map asks [`Value::bounded`].

use super::Value;
use crate::cypher::{Detail, Kind, QueryError};

/// The most lists and maps that may stand inside each other.
const DEEPEST: usize = 500;
/// The most elements that a value may have, those of its elements counted with them, as often as they appear.
const LARGEST: usize = 20_000_000;

impl Value {
    /// The value, unless it is nested too deep or holds too much. Looks at every element, but at no string.
    ///
    /// # Errors
    /// [`Detail::TooDeep`], or [`Detail::OutOfMemory`].
    pub(crate) fn bounded(self) -> Result<Self, QueryError> {
        let mut left = LARGEST;
        check(&self, DEEPEST, &mut left)?;
        Ok(self)
    }
}

fn check(value: &Value, levels: usize, left: &mut usize) -> Result<(), QueryError> {
    let length = match value {
        Value::List(values) => values.len(),
        Value::Map(map) => map.len(),
        _ => return Ok(()),
    };
    let Some(levels) = levels.checked_sub(1) else {
        let message = format!("the value has more than {DEEPEST} lists and maps inside each other");
        return Err(QueryError::run(Kind::LimitExceeded, Detail::TooDeep, message));
    };
    *left = left.checked_sub(length).ok_or_else(|| {
        let message = format!("the value has more than {LARGEST} elements, counted as often as they appear");
        QueryError::run(Kind::LimitExceeded, Detail::OutOfMemory, message)
    })?;
    match value {
        Value::List(values) => values.iter().try_for_each(|value| check(value, levels, left)),
        Value::Map(map) => map.values().try_for_each(|value| check(value, levels, left)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_is_where_it_is_said() {
        let mut value = Value::Int(1);
        for _ in 0..DEEPEST {
            value = Value::list(vec![Value::Null, value]).bounded().unwrap();
        }
        assert_eq!(Value::map([("a", value)]).bounded().unwrap_err().detail(), Detail::TooDeep);
    }

    #[test]
    fn what_holds_itself_twice_is_not_read_forever() {
        let mut value = Value::list(vec![]);
        let error = loop {
            match Value::list(vec![value.clone(), value]).bounded() {
                Ok(larger) => value = larger,
                Err(error) => break error,
            }
        };
        assert_eq!(error.detail(), Detail::OutOfMemory);
    }
}
