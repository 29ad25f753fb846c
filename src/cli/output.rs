//! Where output goes: rows, headings and JSON on standard output, everything else on standard error.

use std::collections::BTreeSet;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

use serde_json::Value as Json;

use crate::formats::screen::{self, harmless, wrap};
use crate::formats::{Layout, Overflow, RowFormat, csv, markdown};
use crate::model::{Cell, Column, Language, Rows, Source};

use super::args::{Global, When};

/// What stands before the lines that belong to a source.
const INDENT: &str = "    ";
/// No line is made narrower than this.
const NARROWEST: usize = 8;

/// Standard output with the wishes of the user.
pub(super) struct Console {
    out: BufWriter<Stdout>,
    format: RowFormat,
    colour: bool,
    width: Option<usize>,
    /// Whether anything was written.
    begun: bool,
    /// Whether an empty line stands before what is written next.
    gap: bool,
}

/// The width of the terminal; where that is not known, what `COLUMNS` says.
fn columns() -> Option<usize> {
    let terminal = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    let said = || std::env::var("COLUMNS").ok()?.trim().parse().ok().filter(|width| *width > 0);
    terminal.map(|(width, _)| usize::from(width.0)).filter(|width| *width > 0).or_else(said)
}

impl Console {
    pub(super) fn new(global: &Global) -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let colour = match global.color {
            When::Always => true,
            When::Never => false,
            When::Auto => io::stdout().is_terminal() && !plain,
        };
        let out = BufWriter::new(io::stdout());
        Self { out, format: global.format, colour, width: columns(), begun: false, gap: false }
    }

    pub(super) fn format(&self) -> RowFormat {
        self.format
    }

    /// Writes in another format from now on.
    pub(super) fn set_format(&mut self, format: RowFormat) {
        self.format = format;
    }

    /// Asks for one empty line before whatever is written next; none at the beginning or the end.
    pub(super) fn gap(&mut self) {
        self.gap = true;
    }

    fn begin(&mut self) -> io::Result<()> {
        if self.gap && self.begun {
            writeln!(self.out)?;
        }
        (self.begun, self.gap) = (true, false);
        Ok(())
    }

    /// Writes text as it is.
    pub(super) fn plain(&mut self, text: &str) -> io::Result<()> {
        self.begin()?;
        writeln!(self.out, "{text}")
    }

    /// Writes bytes as they are.
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)
    }

    /// Writes a heading: bold on a terminal.
    pub(super) fn heading(&mut self, text: &str) -> io::Result<()> {
        if self.format == RowFormat::Markdown {
            return self.paragraph(&format!("## {}", markdown::line(text)));
        }
        let (bold, usual) = if self.colour { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
        let lines = self.wrapped(text, "");
        self.plain(&format!("{bold}{lines}{usual}"))
    }

    /// Writes a line of text, or several when the terminal is narrow.
    pub(super) fn line(&mut self, text: &str) -> io::Result<()> {
        if self.format == RowFormat::Markdown {
            return self.paragraph(&markdown::paragraph(text));
        }
        let lines = self.wrapped(text, "");
        self.plain(&lines)
    }

    /// Writes an item of a list.
    pub(super) fn item(&mut self, text: &str) -> io::Result<()> {
        let item = match self.format {
            RowFormat::Markdown => format!("- {}", markdown::line(text)),
            _ => self.wrapped(&format!("- {text}"), "  "),
        };
        self.plain(&item)
    }

    /// In Markdown, what stands without an empty line between belongs together.
    fn paragraph(&mut self, text: &str) -> io::Result<()> {
        self.gap();
        self.plain(text)?;
        self.gap();
        Ok(())
    }

    /// The text in lines that fit the terminal, without control characters; all but the first begin with `indent`.
    fn wrapped(&self, text: &str, indent: &str) -> String {
        let text = harmless(text);
        match self.width {
            Some(width) if screen::width(&text) > width => {
                wrap(&text, width.saturating_sub(indent.len()).max(NARROWEST)).join(&format!("\n{indent}"))
            }
            _ => text.into_owned(),
        }
    }

    /// Writes rows in the format that the user chose.
    pub(super) fn rows(&mut self, rows: &Rows, language: &Language) -> io::Result<()> {
        self.begin()?;
        let layout = Layout { width: self.width, overflow: Overflow::Wrap, language: language.clone() };
        rows.write(self.format, &layout, &mut self.out)?;
        self.gap = self.format == RowFormat::Markdown;
        Ok(())
    }

    /// Writes rows as CSV, one by one as they come.
    pub(super) fn csv(&mut self, columns: &[Column], rows: impl Iterator<Item = Vec<Cell>>) -> io::Result<()> {
        self.begin()?;
        csv::write(columns, rows, &mut self.out)
    }

    /// Writes a JSON value: indented for people who look at it, in one line for JSON Lines.
    pub(super) fn json(&mut self, value: &Json) -> io::Result<()> {
        write_json(value, self.format != RowFormat::Jsonl, &mut self.out)
    }

    /// Writes sources with their numbers; only the addresses of reliable ones.
    pub(super) fn sources(&mut self, sources: &[Source]) -> io::Result<()> {
        if sources.is_empty() {
            return Ok(());
        }
        self.gap();
        self.heading("sources")?;
        for (number, source) in (1..).zip(sources) {
            let mut parts = vec![source.title.clone()];
            parts.extend(source.publisher.clone());
            parts.extend(source.published.map(|date| date.to_string()));
            let text = format!("[{number}] {}", parts.join(" — "));
            let is_markdown = self.format == RowFormat::Markdown;
            if is_markdown {
                self.item(&text)?;
            } else {
                let lines = self.wrapped(&text, INDENT);
                self.plain(&lines)?;
            }
            if let Some(link) = source.link() {
                // Never wrapped: a torn address cannot be followed.
                let link = if is_markdown { markdown::link(link) } else { harmless(link).into_owned() };
                self.plain(&format!("{INDENT}{link}"))?;
            }
        }
        Ok(())
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Puts the numbers of sources, the smallest first, in the place of their ids, for people.
pub(super) fn number_sources(rows: &Rows, sources: &[Source]) -> Rows {
    let Some(column) = rows.columns.iter().position(|column| column.name == "sources") else { return rows.clone() };
    let mut numbered = rows.clone();
    for row in &mut numbered.rows {
        if let Some(cell) = row.get_mut(column)
            && let Cell::List(ids) = cell
        {
            let number = |id: &Cell| match id {
                Cell::Text(id) => sources.iter().position(|source| source.id.as_str() == id).map(|at| at + 1),
                _ => None,
            };
            let numbers: BTreeSet<usize> = ids.iter().filter_map(number).collect();
            *cell = Cell::Text(numbers.iter().map(|number| format!("[{number}]")).collect());
        }
    }
    numbered
}

/// A source as JSON.
pub(super) fn source_json(source: &Source) -> Json {
    serde_json::json!({
        "id": source.id.as_str(),
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published.map(|date| date.to_string()),
        "url": source.url,
    })
}

fn write_json(value: &Json, indented: bool, mut out: impl Write) -> io::Result<()> {
    if indented {
        serde_json::to_writer_pretty(&mut out, value)?;
    } else {
        serde_json::to_writer(&mut out, value)?;
    }
    writeln!(out)
}

/// Writes a JSON value on standard output, outside of any command.
pub(super) fn print_json(value: &Json, indented: bool) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout());
    write_json(value, indented, &mut out)?;
    out.flush()
}

/// Says something on standard error. That it cannot be said must not change how the command ends.
pub(super) fn complain(text: &str) {
    drop(writeln!(io::stderr(), "{text}"));
}
