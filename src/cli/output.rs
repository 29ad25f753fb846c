//! Where output goes: rows, headings and JSON on standard output, everything else on standard error.

use std::collections::BTreeSet;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

use serde_json::Value as Json;

use crate::formats::{Layout, Overflow, RowFormat};
use crate::model::{Cell, Language, Rows, Source};

use super::args::{Global, When};

/// Standard output with the wishes of the user.
pub(super) struct Console {
    out: BufWriter<Stdout>,
    format: RowFormat,
    colour: bool,
    width: Option<usize>,
}

impl Console {
    pub(super) fn new(global: &Global) -> Self {
        let terminal = io::stdout().is_terminal();
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let colour = match global.color {
            When::Always => true,
            When::Never => false,
            When::Auto => terminal && !plain,
        };
        let width = terminal.then(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))).flatten();
        Self { out: BufWriter::new(io::stdout()), format: global.format, colour, width }
    }

    pub(super) fn format(&self) -> RowFormat {
        self.format
    }

    /// Writes a line.
    pub(super) fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{text}")
    }

    /// Writes a heading: bold on a terminal.
    pub(super) fn heading(&mut self, text: &str) -> io::Result<()> {
        match (self.format, self.colour) {
            (RowFormat::Markdown, _) => writeln!(self.out, "## {text}\n"),
            (_, true) => writeln!(self.out, "\u{1b}[1m{text}\u{1b}[0m"),
            (_, false) => writeln!(self.out, "{text}"),
        }
    }

    /// Writes rows in the format that the user chose.
    pub(super) fn rows(&mut self, rows: &Rows, language: &Language) -> io::Result<()> {
        let layout = Layout { width: self.width, overflow: Overflow::Wrap, language: language.clone() };
        rows.write(self.format, &layout, &mut self.out)
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
        self.line("")?;
        self.heading("sources")?;
        for (number, source) in (1..).zip(sources) {
            let mut parts = vec![source.title.clone()];
            parts.extend(source.publisher.clone());
            parts.extend(source.published.map(|date| date.to_string()));
            let text = crate::formats::screen::harmless(&parts.join(" — ")).into_owned();
            let list = if self.format == RowFormat::Markdown { "- " } else { "" };
            writeln!(self.out, "{list}[{number}] {text}")?;
            if let Some(link) = source.link() {
                writeln!(self.out, "    {}", crate::formats::screen::harmless(link))?;
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
