//! The function library: one file per family, and the operators and aggregates.
//!
//! [`lookup`] finds a function by its name. A [`Function`] knows its arguments and result, so that the checks before
//! execution, the suggestions and the help text all read one table.

pub(crate) mod aggregate;
mod conversion;
mod entity;
mod graph;
mod landscape;
mod list;
mod numeric;
mod round;
pub(crate) mod operator;
mod scalar;
mod signature;
mod temporal;
#[cfg(test)]
pub(crate) mod tests;
mod text;

use std::collections::HashMap;
use std::sync::LazyLock;

pub(crate) use aggregate::{Aggregate, lookup as aggregate};
pub(crate) use graph::{Graph, Moment, Side, Subject};
pub(crate) use signature::{Argument, Function};

/// The families, in the order in which the help shows them.
pub(crate) const FAMILIES: &[(&str, &[Function])] = &[
    ("values", scalar::FUNCTIONS),
    ("nodes, relationships and paths", entity::FUNCTIONS),
    ("the landscape", landscape::FUNCTIONS),
    ("lists", list::FUNCTIONS),
    ("numbers", numeric::FUNCTIONS),
    ("strings", text::FUNCTIONS),
    ("conversions", conversion::FUNCTIONS),
    ("dates, times and durations", temporal::FUNCTIONS),
];

/// Every function.
pub(crate) fn all() -> impl Iterator<Item = &'static Function> {
    FAMILIES.iter().flat_map(|(_, functions)| functions.iter())
}

/// The function of that name, in any case of letters; namespaces belong to the name: `duration.between`.
pub(crate) fn lookup(name: &str) -> Option<&'static Function> {
    static BY_NAME: LazyLock<HashMap<String, &'static Function>> =
        LazyLock::new(|| all().map(|function| (function.name.to_lowercase(), function)).collect());
    BY_NAME.get(&name.to_lowercase()).copied()
}
