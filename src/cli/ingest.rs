//! `ailand ingest`

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::Value as Json;

use crate::formats::RowFormat;
use crate::landscape::{
    Article, Error, IngestOptions, IngestReport, Landscape, NamedId, ReportedFact, Status, Version,
};
use crate::model::{Cell, Column, Fact, Language, Rows, Value};
use crate::store::StoreError;

use super::args::Global;
use super::articles::{self, About};
use super::error::{CliError, Outcome};
use super::output::{Console, complain};

/// How many characters of a quote a table shows.
const QUOTE: usize = 60;
/// How many gaps a report for people shows.
const GAPS: usize = 40;
/// How wide the bar of progress is.
const BAR: usize = 24;

/// Read news articles and add what they state
///
/// Reads articles in Traditional Chinese, Simplified Chinese or English and adds the facts that they state: who raised how
/// much from whom, who founded what, who holds which post, which model was released by whom and compared with which. Each
/// fact keeps the words that state it. The same article again adds nothing; a new version of an article (the same address,
/// title or file) replaces what the old one said. Each article is one commit.
///
/// A file NAME.json beside NAME.txt may say title, publisher, published, url and language. Web pages are read as their text;
/// offsets are places in the page.
///
/// Exit codes: 0 facts were found, 1 no article states a fact, 2 an article cannot be read.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ailand ingest article.txt --published 2024-02-28 --publisher 21世紀經濟報導\n  \
    ailand ingest news/ --dry-run\n  \
    ailand ingest page.html --format json\n  \
    pbpaste | ailand ingest - --published 2024-02-28 --explain")]
pub(super) struct Ingest {
    /// Articles (text or HTML), folders of them, or - for standard input
    #[arg(required = true, value_name = "FILE|DIR", value_hint = clap::ValueHint::AnyPath)]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    about: About,
    /// Say what would be added, and add nothing
    #[arg(long)]
    dry_run: bool,
    /// Show for each sentence its clauses, what was recognised, the company in focus and which rules fired
    #[arg(long)]
    explain: bool,
}

pub(super) fn run(command: &Ingest, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let files = articles::files(&command.inputs)?;
    let about = &command.about;
    if files.len() > 1 && (about.title.is_some() || about.url.is_some()) {
        let message = format!("--title and --url belong to one article, and there are {}", files.len());
        return Err(Error::Options { message }.into());
    }
    let landscape = global.open()?;
    let options = IngestOptions { dry_run: command.dry_run, explain: command.explain };
    let mut progress = Progress::new(files.len());
    let mut outcome = Outcome::Nothing;
    let mut list = Vec::new();
    for file in &files {
        progress.show(file);
        let report = match ingest(&landscape, file, about, options) {
            Ok(report) => report,
            // One article that cannot be read must not keep the others out. A database that cannot be used does.
            Err(error) if files.len() > 1 && matches!(error, Error::Io { .. }) => {
                progress.clear();
                complain(&format!("error: {error}"));
                outcome = Outcome::UserError;
                continue;
            }
            Err(error) => {
                progress.clear();
                return Err(error.into());
            }
        };
        progress.clear();
        if outcome == Outcome::Nothing && !report.facts.is_empty() {
            outcome = Outcome::Found;
        }
        match console.format() {
            RowFormat::Json => list.push(report.to_json()),
            RowFormat::Jsonl => console.json(&report.to_json())?,
            RowFormat::Csv => {
                console.rows(&fact_rows(&report, &report.facts.iter().collect::<Vec<_>>(), true), &Language::English)?
            }
            RowFormat::Table | RowFormat::Markdown => print(&report, file, console)?,
        }
    }
    if console.format() == RowFormat::Json {
        let is_one = command.inputs.len() == 1 && command.inputs.first() == files.first();
        let only = if is_one { list.pop() } else { None };
        console.json(&only.unwrap_or(Json::Array(list)))?;
    }
    Ok(outcome)
}

fn ingest(landscape: &Landscape, file: &Path, about: &About, options: IngestOptions) -> Result<IngestReport, Error> {
    let article: Article = articles::read(file, about)?;
    let report = landscape.ingest(&article, options);
    match report {
        // The place of an error of the database is the database.
        Err(Error::Store(error @ StoreError::Record { .. })) => {
            Err(Error::io("store what it states:", file, io::Error::other(error.to_string())))
        }
        other => other,
    }
}

/// The report for people.
fn print(report: &IngestReport, file: &Path, console: &mut Console) -> io::Result<()> {
    console.gap();
    let mut title = report.source.title.clone();
    for part in [report.source.publisher.clone(), report.source.published.map(|date| date.to_string())] {
        title.extend(part.map(|part| format!(" — {part}")));
    }
    console.heading(&title)?;
    let dry = if report.dry_run { ", nothing is written (dry run)" } else { "" };
    let place = if file == Path::new("-") { "standard input".to_owned() } else { file.display().to_string() };
    console.line(&match report.version {
        Version::New => format!("{place}: {}{dry}", counts(report)),
        Version::Changed => format!("{place}: a new version of {}: {}{dry}", report.source.id, counts(report)),
        Version::Unchanged => format!("{place}: nothing to add, it is here already as {}", report.source.id),
    })?;
    explain(report, console)?;
    if report.version == Version::Unchanged {
        return Ok(());
    }
    entities(report, console)?;
    for (title, status) in [
        ("new facts", Status::New),
        ("facts with one more source", Status::Corroborated),
        ("facts that contradict what is known", Status::Contradicts),
    ] {
        let facts: Vec<&ReportedFact> = report.facts.iter().filter(|fact| fact.status == status).collect();
        section(title, &fact_rows(report, &facts, false), console)?;
    }
    let cell = |fact: &Fact| {
        [fact.subject.as_str(), &fact.predicate, fact.object.as_str(), fact.id.as_str()].map(Cell::from).to_vec()
    };
    let columns = ["subject", "predicate", "object", "fact"];
    section("no longer stated", &table(&columns, report.withdrawn.iter().map(cell)), console)?;
    let gaps = report.unresolved.iter().map(|gap| {
        let candidates = gap.candidates.iter().map(|one| format!("{} ({})", one.name, one.id)).collect::<Vec<_>>();
        let start = i64::from(gap.span.start);
        vec![gap.what.into(), gap.text.as_str().into(), Cell::Int(start), candidates.join(", ").as_str().into()]
    });
    let all = report.unresolved.len();
    section("seen and not understood", &table(&["what", "text", "at", "perhaps"], gaps.take(GAPS)), console)?;
    if all > GAPS {
        console.line(&format!("and {} more; --format json lists all", all - GAPS))?;
    }
    Ok(())
}

fn counts(report: &IngestReport) -> String {
    let mut parts = vec![
        format!("{} new entities", report.new_entities().count()),
        format!("{} new facts", report.count(Status::New)),
    ];
    for (count, what) in [
        (report.count(Status::Corroborated), "known"),
        (report.count(Status::Contradicts), "contradicting"),
        (report.withdrawn.len(), "no longer stated"),
        (report.unresolved.len(), "not understood"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    parts.join(", ")
}

fn entities(report: &IngestReport, console: &mut Console) -> io::Result<()> {
    let row = |entity: &crate::landscape::ReportedEntity| {
        [entity.label.as_str(), &entity.name, entity.id.as_str()].map(Cell::from).to_vec()
    };
    section("new entities", &table(&["label", "name", "id"], report.new_entities().map(row)), console)
}

fn table(columns: &[&str], rows: impl Iterator<Item = Vec<Cell>>) -> Rows {
    Rows { columns: columns.iter().map(|name| Column::from(*name)).collect(), rows: rows.collect() }
}

/// A heading and a table, unless it is empty.
fn section(title: &str, rows: &Rows, console: &mut Console) -> io::Result<()> {
    if rows.rows.is_empty() {
        return Ok(());
    }
    console.gap();
    console.heading(&format!("{title} ({})", rows.rows.len()))?;
    console.rows(rows, &Language::English)
}

/// Facts as rows; `whole` for programs, without it for people.
fn fact_rows(report: &IngestReport, facts: &[&ReportedFact], whole: bool) -> Rows {
    let mut columns = vec!["subject", "predicate", "object", "properties", "quote", "at"];
    if whole {
        columns.extend(["end", "modality", "asserted_by", "rule", "confidence", "status", "fact", "source"]);
    }
    let name = |one: &NamedId| Cell::Entity { id: one.id.clone(), name: one.name.clone() };
    let row = |fact: &&ReportedFact| {
        let mut properties: Vec<String> = fact.properties.iter().map(|(key, value)| property(key, value)).collect();
        let is_plain = fact.modality == crate::model::Modality::Asserted;
        if !whole && !is_plain {
            properties.insert(0, fact.modality.word().to_owned());
        }
        let quote = if whole { fact.quote.clone() } else { shortened(&fact.quote) };
        let mut row = vec![
            name(&fact.subject),
            Cell::from(fact.predicate),
            name(&fact.object),
            Cell::from(properties.join(", ")),
            Cell::from(quote),
            Cell::Int(fact.span.start.into()),
        ];
        if whole {
            row.extend([
                Cell::Int(fact.span.end.into()),
                Cell::from(fact.modality.word()),
                Cell::from(fact.asserted_by.as_ref().map_or("", |one| one.name.as_str())),
                Cell::from(fact.rule),
                Cell::Float((f64::from(fact.confidence) * 1000.0).round() / 1000.0),
                Cell::from(fact.status.word()),
                Cell::from(fact.id.as_str()),
                Cell::from(report.source.id.as_str()),
            ]);
        }
        row
    };
    table(&columns, facts.iter().map(row))
}

fn property(key: &str, value: &Value) -> String {
    format!("{key} {value}")
}

fn shortened(quote: &str) -> String {
    let one_line: String = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.char_indices().nth(QUOTE) {
        Some((at, _)) => format!("{}…", one_line.get(..at).unwrap_or_default()),
        None => one_line,
    }
}

/// How each sentence was read.
fn explain(report: &IngestReport, console: &mut Console) -> io::Result<()> {
    for sentence in &report.trace {
        console.gap();
        console.line(&format!("[{}..{}] {}", sentence.span.0, sentence.span.1, sentence.clauses.join(" ¦ ")))?;
        let parts: Vec<String> = sentence.parts.iter().map(|(what, text)| format!("{what}:{text}")).collect();
        if !parts.is_empty() {
            console.line(&format!("    parts  {}", parts.join("  ")))?;
        }
        if let Some(focus) = &sentence.focus {
            console.line(&format!("    focus  {focus}"))?;
        }
        for (rule, made) in &sentence.rules {
            console.line(&format!("    rule   {rule}: {made}"))?;
        }
    }
    Ok(())
}

/// A bar on standard error while several articles are read, on a terminal only.
struct Progress {
    done: usize,
    all: usize,
    is_shown: bool,
}

impl Progress {
    fn new(all: usize) -> Self {
        Self { done: 0, all, is_shown: all > 1 && io::stderr().is_terminal() }
    }

    fn show(&mut self, file: &Path) {
        self.done += 1;
        if self.is_shown {
            let full = BAR * self.done / self.all.max(1);
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let name = crate::formats::screen::harmless(&name).into_owned();
            let bar = "█".repeat(full) + &"░".repeat(BAR - full);
            // A bar that cannot be drawn is no reason to stop.
            drop(write!(io::stderr(), "\r\u{1b}[K{bar} {}/{} {name}", self.done, self.all));
        }
    }

    /// Makes room for what is printed.
    fn clear(&self) {
        if self.is_shown {
            drop(write!(io::stderr(), "\r\u{1b}[K"));
        }
    }
}
