//! Rows as comma-separated values (RFC 4180).
//!
//! Text is written as it is, with nothing put before signs that a spreadsheet would take for a formula: the file is
//! for programs, and what they read back must be what was written.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::model::{Cell, Column};

/// Writes a line of column names and a line for every row, as they come.
///
/// Lines end with CR LF. An entity is written by its name, an amount as a whole number and its currency. An empty cell
/// is an empty field, and empty text a pair of quotation marks.
///
/// # Errors
/// Those of `out`.
pub fn write<R: AsRef<[Cell]>>(
    columns: &[Column],
    rows: impl IntoIterator<Item = R>,
    out: &mut impl Write,
) -> io::Result<()> {
    if columns.is_empty() {
        return Ok(());
    }
    // A line without a single character would be taken for the end, or skipped.
    let alone = columns.len() == 1;
    write_line(columns.iter().map(|column| (column.name.as_str().into(), alone)), out)?;
    for row in rows {
        let cells = row.as_ref();
        let fields = (0..columns.len()).map(|i| {
            let cell = cells.get(i).unwrap_or(&Cell::Empty);
            (cell.plain_text(), alone || *cell != Cell::Empty)
        });
        write_line(fields, out)?;
    }
    Ok(())
}

/// Writes fields; the flag says whether an empty one gets quotation marks.
fn write_line<'a>(fields: impl Iterator<Item = (Cow<'a, str>, bool)>, out: &mut impl Write) -> io::Result<()> {
    for (i, (field, mark_empty)) in fields.enumerate() {
        if i > 0 {
            out.write_all(b",")?;
        }
        if field.contains([',', '"', '\r', '\n']) || (field.is_empty() && mark_empty) {
            write!(out, "\"{}\"", field.replace('"', "\"\""))?;
        } else {
            out.write_all(field.as_bytes())?;
        }
    }
    out.write_all(b"\r\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::formats::testing;

    fn csv(columns: &[Column], rows: &[Vec<Cell>]) -> String {
        let mut out = Vec::new();
        write(columns, rows, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// A reader of RFC 4180, strict: the fields of every record.
    fn read(text: &str) -> Vec<Vec<String>> {
        let mut records = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let mut fields = Vec::new();
            loop {
                let mut field = String::new();
                if let Some(quoted) = rest.strip_prefix('"') {
                    rest = quoted;
                    loop {
                        let (part, after) = rest.split_once('"').expect("a closing quotation mark");
                        field.push_str(part);
                        rest = after;
                        let Some(after) = rest.strip_prefix('"') else { break };
                        field.push('"');
                        rest = after;
                    }
                } else {
                    let end = rest.find([',', '\r']).expect("an end of the field");
                    field.push_str(&rest[..end]);
                    assert!(!field.contains(['"', '\n']), "{field:?}");
                    rest = &rest[end..];
                }
                fields.push(field);
                if let Some(after) = rest.strip_prefix(',') {
                    rest = after;
                } else {
                    rest = rest.strip_prefix("\r\n").expect("CR LF");
                    break;
                }
            }
            records.push(fields);
        }
        records
    }

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        let columns = ["a,b".into(), "c".into(), "d".into()];
        let rows = vec![
            vec!["say \"hi\"".into(), "=1+1".into(), Cell::Empty],
            vec!["two\nlines".into(), Cell::Float(79.0), "".into()],
            vec![Cell::List(vec![Cell::Int(1), "x".into()])],
        ];
        assert_eq!(
            csv(&columns, &rows),
            "\"a,b\",c,d\r\n\"say \"\"hi\"\"\",=1+1,\r\n\"two\nlines\",79.0,\"\"\r\n1; x,,\r\n"
        );
        assert_eq!(csv(&["a".into()], &[vec![Cell::Empty]]), "a\r\n\"\"\r\n");
        assert_eq!(csv(&[], &[vec![]]), "");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn what_is_written_reads_back(rows in testing::rows()) {
            let read = read(&csv(&rows.columns, &rows.rows));
            let mut expected: Vec<Vec<String>> = Vec::new();
            if !rows.columns.is_empty() {
                expected.push(rows.columns.iter().map(|column| column.name.clone()).collect());
                for row in &rows.rows {
                    let cell = |i| row.get(i).map_or(String::new(), |cell: &Cell| cell.plain_text().into_owned());
                    expected.push((0..rows.columns.len()).map(cell).collect());
                }
            }
            prop_assert_eq!(read, expected);
        }
    }
}
