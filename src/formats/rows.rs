//! Rows of results as text: which format, how wide, in which language.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};

use super::{csv, json, markdown, table};
use crate::model::{Cell, Language, ModelError, Money, Rows};

impl Cell {
    /// The cell as people read it: entities by name, amounts in the units of `language`, lists with commas.
    ///
    /// The text is as it was given, control characters included; see [`super::screen::harmless`].
    #[must_use]
    pub fn text(&self, language: &Language) -> Cow<'_, str> {
        self.text_with(&|money| money.display(language), ", ")
    }

    /// The cell as programs read it: amounts as a whole number and a currency, lists with semicolons.
    #[must_use]
    pub(super) fn plain_text(&self) -> Cow<'_, str> {
        let plain = |money: &Money| {
            let sign = money.qualifier.map_or("", |qualifier| qualifier.sign());
            match &money.currency {
                Some(currency) => format!("{sign}{} {currency}", money.amount),
                None => format!("{sign}{}", money.amount),
            }
        };
        self.text_with(&plain, "; ")
    }

    fn text_with(&self, money: &dyn Fn(&Money) -> String, between: &str) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) | Self::Entity { name: text, .. } => Cow::Borrowed(text),
            Self::Int(number) => Cow::Owned(number.to_string()),
            // The debug form keeps the fraction of 79.0 and shortens 1e300.
            Self::Float(number) => Cow::Owned(format!("{number:?}")),
            Self::Bool(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
            Self::Date(date) => Cow::Owned(date.to_string()),
            Self::Money(amount) => Cow::Owned(money(amount)),
            Self::List(cells) => {
                let texts: Vec<_> = cells.iter().map(|cell| cell.text_with(money, between)).collect();
                Cow::Owned(texts.join(between))
            }
        }
    }
}

impl Rows {
    /// Writes all rows in `format`. `layout` matters to the formats that people read.
    ///
    /// # Errors
    /// Those of `out`.
    ///
    /// # Examples
    /// ```
    /// use ailand::formats::{Cell, Layout, RowFormat, Rows};
    ///
    /// let rows = Rows {
    ///     columns: vec!["investor".into(), "rounds".into()],
    ///     rows: vec![vec![Cell::from("阿里巴巴"), Cell::Int(3)], vec![Cell::from("HongShan"), Cell::Int(12)]],
    /// };
    /// let mut out = Vec::new();
    /// rows.write(RowFormat::Table, &Layout::default(), &mut out)?;
    /// assert_eq!(
    ///     String::from_utf8_lossy(&out),
    ///     "investor | rounds\n\
    ///      ---------+-------\n\
    ///      阿里巴巴 |      3\n\
    ///      HongShan |     12\n"
    /// );
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn write(&self, format: RowFormat, layout: &Layout, out: &mut impl Write) -> io::Result<()> {
        match format {
            RowFormat::Table => table::write(self, layout, out),
            RowFormat::Json => json::write(&self.columns, &self.rows, out),
            RowFormat::Jsonl => json::write_lines(&self.columns, &self.rows, out),
            RowFormat::Csv => csv::write(&self.columns, &self.rows, out),
            RowFormat::Markdown => markdown::write(self, &layout.language, out),
        }
    }

    /// For each column whether it holds numbers and nothing else.
    pub(super) fn numeric_columns(&self) -> Vec<bool> {
        (0..self.columns.len())
            .map(|i| {
                let mut cells = self.rows.iter().filter_map(|row| row.get(i)).filter(|cell| **cell != Cell::Empty);
                cells.next().is_some_and(Cell::is_number) && cells.all(Cell::is_number)
            })
            .collect()
    }
}

/// A form in which rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RowFormat {
    /// Aligned columns for a terminal.
    #[default]
    Table,
    /// A JSON list of objects.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated values (RFC 4180).
    Csv,
    /// A table in Markdown.
    Markdown,
}

impl RowFormat {
    /// Every format.
    pub const ALL: [Self; 5] = [Self::Table, Self::Json, Self::Jsonl, Self::Csv, Self::Markdown];

    /// The word for it on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
        }
    }

    /// Reads the word.
    ///
    /// # Errors
    /// [`ModelError::Word`].
    pub fn parse(text: &str) -> Result<Self, ModelError> {
        Self::ALL.into_iter().find(|format| format.word() == text).ok_or_else(|| ModelError::Word {
            field: "format",
            text: text.chars().take(40).collect(),
            expected: "table, json, jsonl, csv, markdown",
        })
    }
}

impl fmt::Display for RowFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// How rows are laid out for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The width of the terminal in columns; `None` lets lines be as long as they need.
    pub width: Option<usize>,
    /// What happens to cells that the width has no room for.
    pub overflow: Overflow,
    /// The language of the units of money.
    pub language: Language,
}

impl Default for Layout {
    /// English, as wide as needed.
    fn default() -> Self {
        Self { width: None, overflow: Overflow::Wrap, language: Language::English }
    }
}

/// What happens to a cell that is wider than its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Overflow {
    /// It goes on in the next line.
    Wrap,
    /// It is cut, and ends with `…`.
    Cut,
}
