//! Operators on values. Null in, null out, unless said otherwise.

mod access;
mod arithmetic;
mod logic;
mod text;
#[cfg(test)]
mod tests;

pub(crate) use access::{element, index, property, slice};
pub(crate) use arithmetic::{add, divide, modulo, multiply, negate, positive, power, subtract};
pub(crate) use logic::{and, not, or, xor};
pub(crate) use text::{concatenate, contains, ends_with, matches, starts_with};
