//! Rows of results, before they are written in any format.

use super::{EntityId, Money, PartialDate, Value};

/// A column of results.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Column {
    /// What stands above it, and the key of its cells in JSON.
    pub name: String,
}

impl From<&str> for Column {
    fn from(name: &str) -> Self {
        Self { name: name.to_owned() }
    }
}

/// One value in a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing is known.
    Empty,
    /// Text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// True or false.
    Bool(bool),
    /// A date, as precise as it is known.
    Date(PartialDate),
    /// An amount of money.
    Money(Money),
    /// An entity, with the name to show for it.
    Entity {
        /// Which entity.
        id: EntityId,
        /// Its name in the reader's language.
        name: String,
    },
    /// Several values.
    List(Vec<Cell>),
}

impl Cell {
    /// Whether the cell holds a number, and belongs on the right side of its column.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Int(_) | Self::Float(_) | Self::Money(_))
    }
}

impl From<&Value> for Cell {
    fn from(value: &Value) -> Self {
        match value {
            Value::Bool(value) => Self::Bool(*value),
            Value::Int(number) => Self::Int(*number),
            Value::Float(number) => Self::Float(*number),
            Value::Text(text) => Self::Text(text.clone()),
            Value::Date(date) => Self::Date(*date),
            Value::List(values) => Self::List(values.iter().map(Self::from).collect()),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    /// Nothing becomes an empty cell.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// Columns and rows.
///
/// The names of the columns should differ, because JSON uses them as keys. A row that is shorter than the columns ends
/// with empty cells; what exceeds them is not written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// The cells of each row, in the order of the columns.
    pub rows: Vec<Vec<Cell>>,
}
