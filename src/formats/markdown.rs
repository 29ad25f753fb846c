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

/// A line that Markdown shows as `text`, within a heading or behind the mark of a list.
///
/// # Examples
/// ```
/// use ailand::formats::markdown::{line, paragraph};
///
/// assert_eq!(line("C# *and* F#"), "C# \\*and\\* F\\#");
/// assert_eq!(paragraph("1. # of <b>"), "1\\. # of \\<b>");
/// ```
#[must_use]
pub fn line(text: &str) -> String {
    let mut escaped = escape_line(harmless(text).trim());
    // Number signs at its end would only close a heading.
    if escaped.ends_with('#') {
        escaped.insert(escaped.trim_end_matches('#').len(), '\\');
    }
    escaped
}

/// A paragraph of one line that Markdown shows as `text`: it begins no heading, list, quotation or rule either.
#[must_use]
pub fn paragraph(text: &str) -> String {
    let mut escaped = line(text);
    let digits = escaped.chars().take_while(char::is_ascii_digit).count();
    let is_marker = match escaped.chars().nth(digits) {
        Some('.' | ')') => digits > 0,
        Some('#' | '>' | '-' | '+' | '=') => digits == 0,
        _ => false,
    };
    if is_marker {
        escaped.insert(digits, '\\');
    }
    escaped
}

/// A link that shows its address.
#[must_use]
pub fn link(address: &str) -> String {
    let is_plain =
        address.contains(':') && !address.contains(|c: char| c.is_whitespace() || c.is_control() || "<>".contains(c));
    if is_plain { format!("<{}>", harmless(address)) } else { line(address) }
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

    #[test]
    fn lines_begin_and_end_nothing() {
        for (text, expected) in [
            ("- a", "\\- a"),
            ("# a", "\\# a"),
            ("### ", "\\###"),
            ("=> a", "\\=> a"),
            ("12) a", "12\\) a"),
            ("12 a", "12 a"),
            ("! a", "! a"),
            ("[1]\u{1b}\nb", "\\[1\\]␛ b"),
            ("", ""),
        ] {
            assert_eq!(paragraph(text), expected, "{text:?}");
        }
        assert_eq!(link("https://a.b/c_d"), "<https://a.b/c_d>");
        assert_eq!(link("https://a.b/<x> *y*"), "https://a.b/\\<x> \\*y\\*");
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
