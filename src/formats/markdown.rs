//! Rows as a table in Markdown (the pipe tables of GitHub Flavored Markdown).

use std::io::{self, Write};

use super::screen::harmless;
use crate::model::Language;
use crate::model::{Cell, Rows};

/// Writes `rows` as a table; columns of numbers stand on the right, and amounts have the units of `language`.
///
/// What Markdown or HTML would take for markup is escaped, line ends become `<br>`.
///
/// # Errors
/// Those of `out`.
pub fn write(rows: &Rows, language: &Language, out: &mut impl Write) -> io::Result<()> {
    if rows.columns.is_empty() {
        return Ok(());
    }
    write_line(rows.columns.iter().map(|column| escape(&column.name)), out)?;
    let marks = rows.numeric_columns().into_iter().map(|numeric| if numeric { "---:" } else { "---" }.to_owned());
    write_line(marks, out)?;
    for row in &rows.rows {
        let cells = (0..rows.columns.len()).map(|i| row.get(i).unwrap_or(&Cell::Empty));
        write_line(cells.map(|cell| escape(&cell.text(language))), out)?;
    }
    Ok(())
}

fn write_line(cells: impl Iterator<Item = String>, out: &mut impl Write) -> io::Result<()> {
    for cell in cells {
        write!(out, "| {cell} ")?;
    }
    out.write_all(b"|\n")
}

/// The text as Markdown that shows it.
fn escape(text: &str) -> String {
    let lines = text.trim().split(['\n', '\r']).filter(|line| !line.is_empty());
    lines.map(|line| escape_line(&harmless(line))).collect::<Vec<_>>().join("<br>")
}

fn escape_line(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len());
    let mut previous = ' ';
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let is_markup = match c {
            '\\' | '|' | '<' | '*' | '`' | '[' | ']' | '~' => true,
            // Inside a word an underscore is only an underscore.
            '_' => !(previous.is_alphanumeric() && next.is_alphanumeric()),
            // Only `&name;` and `&#1;` are references.
            '&' => next == '#' || next.is_ascii_alphabetic(),
            _ => false,
        };
        if is_markup {
            escaped.push('\\');
        }
        escaped.push(c);
        previous = c;
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::formats::testing;

    fn markdown(rows: &Rows) -> String {
        let mut out = Vec::new();
        write(rows, &Language::English, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn markup_is_escaped_and_ordinary_text_is_left_alone() {
        let rows = Rows {
            columns: vec!["a|b".into(), "n".into()],
            rows: vec![
                vec!["two\r\nlines".into(), Cell::Int(1)],
                vec!["<b>*x*</b> & R&D".into(), Cell::Empty],
                vec!["Llama_2_13B _x_ \\".into()],
            ],
        };
        assert_eq!(
            markdown(&rows),
            "| a\\|b | n |\n\
             | --- | ---: |\n\
             | two<br>lines | 1 |\n\
             | \\<b>\\*x\\*\\</b> & R\\&D |  |\n\
             | Llama_2_13B \\_x\\_ \\\\ |  |\n"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn every_line_has_all_columns(rows in testing::rows()) {
            let text = markdown(&rows);
            let expected = if rows.columns.is_empty() { 0 } else { rows.rows.len() + 2 };
            prop_assert_eq!(text.lines().count(), expected);
            for line in text.split_terminator('\n') {
                let mut pipes = 0;
                let mut escaped = false;
                for c in line.chars() {
                    pipes += usize::from(c == '|' && !escaped);
                    escaped = c == '\\' && !escaped;
                }
                prop_assert_eq!(pipes, rows.columns.len() + 1, "{}", line);
            }
        }
    }
}
