//! Rows of results as rows of cells, for tables and CSV.

use crate::cypher::result::QueryResult;
use crate::cypher::value::Value;
use crate::model::{Cell, Column, Rows};

/// How values that have an inside stand in a cell: nodes, relationships, paths, maps, and lists of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nested {
    /// In short, for people: [`QueryResult::brief`].
    Brief,
    /// As JSON, for programs: [`QueryResult::json`].
    Json,
}

impl QueryResult {
    /// The rows as cells.
    #[must_use]
    pub fn to_rows(&self, nested: Nested) -> Rows {
        let columns = self.columns.iter().map(|name| Column::from(&**name)).collect();
        Rows { columns, rows: self.rows.iter().map(|row| self.to_cells(row, nested)).collect() }
    }

    /// The cells of a row.
    #[must_use]
    pub fn to_cells(&self, row: &[Value], nested: Nested) -> Vec<Cell> {
        row.iter().map(|value| self.to_cell(value, nested)).collect()
    }

    fn to_cell(&self, value: &Value, nested: Nested) -> Cell {
        match value {
            Value::Null => Cell::Empty,
            Value::Bool(truth) => Cell::Bool(*truth),
            Value::Int(number) => Cell::Int(*number),
            Value::Float(number) => Cell::Float(*number),
            Value::Text(text) => Cell::from(&**text),
            Value::List(values) if nested == Nested::Brief || values.iter().all(is_plain) => {
                Cell::List(values.iter().map(|value| self.to_cell(value, nested)).collect())
            }
            Value::List(_) | Value::Map(_) | Value::Node(_) | Value::Relationship(_) | Value::Path(_) => match nested {
                Nested::Brief => Cell::from(self.brief(value)),
                Nested::Json => Cell::from(self.json(value).to_string()),
            },
            temporal => Cell::from(self.cell(temporal)),
        }
    }
}

/// Whether a value has no inside.
fn is_plain(value: &Value) -> bool {
    !matches!(value, Value::List(_) | Value::Map(_) | Value::Node(_) | Value::Relationship(_) | Value::Path(_))
}
