//! Aggregates: one value of many rows. Null is left out; `DISTINCT` is the operator's, not theirs.

mod numeric;
mod percentile;
mod spread;
#[cfg(test)]
mod tests;

use super::signature::{Argument, arguments};
use crate::cypher::QueryError;
use crate::cypher::value::{Types, Value};

/// What an aggregate has seen so far.
pub(crate) trait Accumulator {
    /// Takes the arguments of one more row. Rows whose first argument is null change nothing.
    ///
    /// # Errors
    /// When a value is of a type that the aggregate cannot take.
    fn add(&mut self, arguments: &[Value]) -> Result<(), QueryError>;

    /// The result.
    ///
    /// # Errors
    /// When it does not fit in its type.
    fn finish(self: Box<Self>) -> Result<Value, QueryError>;
}

/// An aggregate of the library.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Aggregate {
    /// The name as written in the help; it is found in any case of letters.
    pub(crate) name: &'static str,
    /// Its arguments, all of them required.
    pub(crate) arguments: &'static [Argument],
    /// The types that the result may have.
    pub(crate) result: Types,
    /// One sentence on what it does.
    pub(crate) doc: &'static str,
    /// Begins a group.
    pub(crate) start: fn() -> Box<dyn Accumulator>,
}

/// The aggregates, in the order in which the help shows them.
pub(crate) const AGGREGATES: &[Aggregate] = &[
    Aggregate {
        name: "count",
        arguments: arguments!(value: ANY),
        result: Types::INT,
        doc: "How many values are not null; count(*) counts the rows.",
        start: || Box::new(Count(0)),
    },
    Aggregate {
        name: "collect",
        arguments: arguments!(value: ANY),
        result: Types::LIST,
        doc: "The values as a list, without null.",
        start: || Box::new(Collect(Vec::new())),
    },
    Aggregate {
        name: "sum",
        arguments: arguments!(value: NUMBER | DURATION),
        result: Types::NUMBER.or(Types::DURATION),
        doc: "The sum of numbers or of durations; 0 of nothing.",
        start: || Box::new(numeric::Sum::default()),
    },
    Aggregate {
        name: "avg",
        arguments: arguments!(value: NUMBER | DURATION),
        result: Types::FLOAT.or(Types::DURATION),
        doc: "The mean of numbers or of durations; null of nothing.",
        start: || Box::new(numeric::Average::default()),
    },
    Aggregate {
        name: "min",
        arguments: arguments!(value: ANY),
        result: Types::ANY,
        doc: "The first value in the order of ORDER BY; null of nothing.",
        start: || Box::new(Extreme { best: Value::Null, better: |new, best| new < best }),
    },
    Aggregate {
        name: "max",
        arguments: arguments!(value: ANY),
        result: Types::ANY,
        doc: "The last value in the order of ORDER BY; null of nothing.",
        start: || Box::new(Extreme { best: Value::Null, better: |new, best| new > best }),
    },
    Aggregate {
        name: "stDev",
        arguments: arguments!(value: NUMBER),
        result: Types::FLOAT,
        doc: "The standard deviation of a sample; 0.0 of fewer than two numbers.",
        start: || Box::new(spread::Deviation::sample()),
    },
    Aggregate {
        name: "stDevP",
        arguments: arguments!(value: NUMBER),
        result: Types::FLOAT,
        doc: "The standard deviation of a whole population; 0.0 of fewer than two numbers.",
        start: || Box::new(spread::Deviation::population()),
    },
    Aggregate {
        name: "percentileCont",
        arguments: arguments!(value: NUMBER, percentile: NUMBER),
        result: Types::FLOAT,
        doc: "The value below which that part of the numbers lies, 0.0 to 1.0, between two of them where needed.",
        start: || Box::new(percentile::Percentile::continuous()),
    },
    Aggregate {
        name: "percentileDisc",
        arguments: arguments!(value: NUMBER, percentile: NUMBER),
        result: Types::NUMBER,
        doc: "The smallest of the numbers below or at which that part of them lies, 0.0 to 1.0.",
        start: || Box::new(percentile::Percentile::discrete()),
    },
];

/// The aggregate of that name, in any case of letters.
pub(crate) fn lookup(name: &str) -> Option<&'static Aggregate> {
    AGGREGATES.iter().find(|aggregate| aggregate.name.eq_ignore_ascii_case(name))
}

/// The first argument, unless it is null.
fn given(arguments: &[Value]) -> Option<&Value> {
    arguments.first().filter(|value| !value.is_null())
}

struct Count(i64);

impl Accumulator for Count {
    fn add(&mut self, arguments: &[Value]) -> Result<(), QueryError> {
        self.0 += i64::from(given(arguments).is_some());
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Value, QueryError> {
        Ok(Value::Int(self.0))
    }
}

struct Collect(Vec<Value>);

impl Accumulator for Collect {
    fn add(&mut self, arguments: &[Value]) -> Result<(), QueryError> {
        self.0.extend(given(arguments).cloned());
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Value, QueryError> {
        Value::list(self.0).bounded()
    }
}

struct Extreme {
    best: Value,
    better: fn(&Value, &Value) -> bool,
}

impl Accumulator for Extreme {
    fn add(&mut self, arguments: &[Value]) -> Result<(), QueryError> {
        if let Some(value) = given(arguments)
            && (self.best.is_null() || (self.better)(value, &self.best))
        {
            self.best = value.clone();
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Value, QueryError> {
        Ok(self.best)
    }
}
