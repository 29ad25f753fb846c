//! Rows as JSON: a list of objects, or one object a line.
//!
//! Numbers stay numbers, an entity is `{"id", "name"}`, an amount `{"amount", "currency", "qualifier"}` without what is not
//! known, a date its text, an empty cell `null`. JSON has no infinite numbers; they are `null` too.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::model::{Cell, Column, Rows};

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Empty => serializer.serialize_unit(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Int(number) => serializer.serialize_i64(*number),
            Self::Float(number) => serializer.serialize_f64(*number),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Date(date) => serializer.collect_str(date),
            Self::Money(money) => {
                let mut map = serializer.serialize_map(None)?;
                map.serialize_entry("amount", &money.amount)?;
                if let Some(currency) = &money.currency {
                    map.serialize_entry("currency", currency.code())?;
                }
                if let Some(qualifier) = money.qualifier {
                    map.serialize_entry("qualifier", qualifier.sign())?;
                }
                map.end()
            }
            Self::Entity { id, name } => {
                let mut map = serializer.serialize_map(Some(2))?;
                map.serialize_entry("id", id.as_str())?;
                map.serialize_entry("name", name)?;
                map.end()
            }
            Self::List(cells) => serializer.collect_seq(cells),
        }
    }
}

/// A row as an object whose keys are the names of the columns.
#[derive(Debug, Clone, Copy)]
pub struct RowObject<'a> {
    /// The columns.
    pub columns: &'a [Column],
    /// The cells, in the order of the columns.
    pub cells: &'a [Cell],
}

impl Serialize for RowObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cell = |i: usize| self.cells.get(i).unwrap_or(&Cell::Empty);
        serializer.collect_map(self.columns.iter().enumerate().map(|(i, column)| (&column.name, cell(i))))
    }
}

impl Serialize for Rows {
    /// A list of objects, for the inside of a larger answer.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.rows.iter().map(|cells| RowObject { columns: &self.columns, cells }))
    }
}

/// Writes a list of objects, row by row as they come.
///
/// # Errors
/// Those of `out`.
pub fn write<R: AsRef<[Cell]>>(
    columns: &[Column],
    rows: impl IntoIterator<Item = R>,
    out: &mut impl Write,
) -> io::Result<()> {
    out.write_all(b"[")?;
    let mut between: &[u8] = b"\n";
    for row in rows {
        out.write_all(between)?;
        serde_json::to_writer(&mut *out, &RowObject { columns, cells: row.as_ref() })?;
        between = b",\n";
    }
    out.write_all(b"\n]\n")
}

/// Writes one object a line, row by row as they come.
///
/// # Errors
/// Those of `out`.
pub fn write_lines<R: AsRef<[Cell]>>(
    columns: &[Column],
    rows: impl IntoIterator<Item = R>,
    out: &mut impl Write,
) -> io::Result<()> {
    for row in rows {
        serde_json::to_writer(&mut *out, &RowObject { columns, cells: row.as_ref() })?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::formats::testing;
    use crate::model::{Currency, EntityId, Money, Qualifier};

    #[test]
    fn cells_keep_their_kind() {
        let money = Money { amount: 5, currency: Currency::parse("USD").ok(), qualifier: Qualifier::parse(">").ok() };
        let rows = Rows {
            columns: ["a", "b", "c", "d", "e", "f"].map(Column::from).to_vec(),
            rows: vec![
                vec![
                    Cell::Entity { id: EntityId::new("startup:x").unwrap(), name: "月".into() },
                    Cell::Float(79.0),
                    Cell::Money(money),
                    Cell::List(vec![Cell::Bool(true), Cell::Empty]),
                    Cell::Date("2024-02".parse().unwrap()),
                ],
                vec![Cell::Float(f64::NAN), Cell::Int(79), "x\u{1b}".into()],
            ],
        };
        let mut lines = Vec::new();
        write_lines(&rows.columns, &rows.rows, &mut lines).unwrap();
        assert_eq!(
            String::from_utf8(lines).unwrap(),
            concat!(
                r#"{"a":{"id":"startup:x","name":"月"},"b":79.0,"c":{"amount":5,"currency":"USD","qualifier":">"},"#,
                r#""d":[true,null],"e":"2024-02","f":null}"#,
                "\n",
                r#"{"a":null,"b":79,"c":"x\u001b","d":null,"e":null,"f":null}"#,
                "\n"
            )
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]

        #[test]
        fn the_three_ways_to_json_agree(rows in testing::rows()) {
            let mut list = Vec::new();
            write(&rows.columns, &rows.rows, &mut list).unwrap();
            let list: serde_json::Value = serde_json::from_slice(&list).unwrap();
            let mut lines = Vec::new();
            write_lines(&rows.columns, &rows.rows, &mut lines).unwrap();
            let lines: Vec<serde_json::Value> =
                serde_json::Deserializer::from_slice(&lines).into_iter().map(Result::unwrap).collect();
            prop_assert_eq!(&list, &json!(lines));
            prop_assert_eq!(&list, &json!(rows));
            prop_assert_eq!(list.as_array().unwrap().len(), rows.rows.len());
        }
    }
}
