//! `ailand log`

use std::io;

use clap::Args;
use serde_json::{Value as Json, json};

use crate::formats::RowFormat;
use crate::model::{Cell, Language, Rows};
use crate::store::{Commit, CommitReport, Tally};

use super::args::Global;
use super::error::{CliError, Outcome};
use super::output::Console;

/// List the commits, the newest first
///
/// Each with the generation that it made, when and by what it was made, why, and how many records it added (+), changed
/// (~) and retracted (-). The generation, or a day, goes behind --at to read the database as it was.
///
/// Exit codes: 0 there are commits, 1 there are none.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ailand log\n  ailand log -n 5 --format json\n  ailand show 月之暗面 --at 3")]
pub(super) struct Log {
    /// At most this many
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    limit: usize,
}

pub(super) fn run(command: &Log, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let commits = global.open()?.log(command.limit)?;
    match console.format() {
        RowFormat::Json => console.json(&Json::Array(commits.iter().map(commit_json).collect()))?,
        RowFormat::Jsonl => commits.iter().try_for_each(|commit| console.json(&commit_json(commit)))?,
        _ => {
            let columns = ["generation", "time", "by", "entities", "facts", "sources", "reason"];
            let row = |commit: &Commit| {
                vec![
                    Cell::Int(i64::try_from(commit.generation).unwrap_or(i64::MAX)),
                    Cell::from(commit.time.to_string()),
                    Cell::from(commit.by.as_str()),
                    Cell::from(marks(commit.entities)),
                    Cell::from(marks(commit.facts)),
                    Cell::from(marks(commit.sources)),
                    Cell::from(commit.reason.as_deref()),
                ]
            };
            let rows = Rows { columns: columns.map(Into::into).into(), rows: commits.iter().map(row).collect() };
            console.rows(&rows, &Language::English)?;
        }
    }
    Ok(if commits.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

/// `+3 ~1 -2`; nothing for what did not happen.
fn marks(tally: Tally) -> String {
    let marks = [('+', tally.added), ('~', tally.changed), ('-', tally.retracted)];
    let marks = marks.into_iter().filter(|(_, count)| *count > 0);
    marks.map(|(mark, count)| format!("{mark}{count}")).collect::<Vec<_>>().join(" ")
}

fn commit_json(commit: &Commit) -> Json {
    let tally = |tally: Tally| json!({"added": tally.added, "changed": tally.changed, "retracted": tally.retracted});
    json!({
        "generation": commit.generation,
        "time": commit.time.to_string(),
        "by": commit.by,
        "reason": commit.reason,
        "entities": tally(commit.entities),
        "facts": tally(commit.facts),
        "sources": tally(commit.sources),
    })
}

/// What a command did to the database.
pub(super) fn print_report(report: &CommitReport, console: &mut Console) -> io::Result<()> {
    let row = |kind: &str, tally: Tally| {
        let count = |n: usize| Cell::Int(i64::try_from(n).unwrap_or(i64::MAX));
        vec![Cell::from(kind), count(tally.added), count(tally.changed), count(tally.retracted)]
    };
    let rows = Rows {
        columns: ["records", "added", "changed", "retracted"].map(Into::into).into(),
        rows: vec![row("entities", report.entities), row("facts", report.facts), row("sources", report.sources)],
    };
    console.rows(&rows, &Language::English)
}
