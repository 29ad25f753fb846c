//! `ailand ask`

use clap::Args;
use serde_json::{Value as Json, json};

use crate::ask::{Answer, hops, verdict};
use crate::formats::RowFormat;
use crate::model::Cell;

use super::args::Global;
use super::error::{CliError, Outcome};
use super::output::{Console, number_sources, source_json};

/// Answer a question in English or Chinese
///
/// Prints what was understood, a table of facts, and the sources they were read in. Names are shown in the language and
/// script of the question. A question that is not understood as a whole is refused with the part that was not.
///
/// Exit codes: 0 there is an answer, 1 nothing is known about it, 2 the question was not understood.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ailand ask \"who invested in 月之暗面\"\n  \
    ailand ask 谁领投了智谱\n  \
    ailand ask 李開復創辦了什麼\n  \
    ailand ask \"who invested in both Moonshot AI and Zhipu\" --format json\n  \
    ailand ask \"how are 小米 and OpenAI connected\"")]
pub(super) struct Ask {
    /// The question; several words are put together
    #[arg(required = true, value_name = "QUESTION")]
    question: Vec<String>,
}

pub(super) fn run(command: &Ask, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let question = command.question.join(" ");
    let answer = global.open()?.ask(&question)?;
    match console.format() {
        RowFormat::Json => console.json(&answer_json(&answer))?,
        RowFormat::Jsonl | RowFormat::Csv => console.rows(&answer.rows, &answer.language)?,
        RowFormat::Table | RowFormat::Markdown => print(&answer, console)?,
    }
    Ok(if answer.is_nothing() { Outcome::Nothing } else { Outcome::Found })
}

fn print(answer: &Answer, console: &mut Console) -> Result<(), CliError> {
    console.heading(&answer.interpretation)?;
    console.gap();
    if let Some(value) = &answer.value {
        let text = match value {
            Cell::Bool(yes) => verdict(*yes, &answer.language).to_owned(),
            other => other.text(&answer.language).into_owned(),
        };
        console.line(&text)?;
        console.gap();
    }
    if let Some(length) = answer.length {
        console.line(&hops(length, &answer.language))?;
        console.gap();
    }
    if !answer.rows.rows.is_empty() {
        console.rows(&number_sources(&answer.rows, &answer.sources), &answer.language)?;
    }
    if let Some(note) = &answer.note {
        console.line(note)?;
    }
    console.sources(&answer.sources)?;
    Ok(())
}

fn answer_json(answer: &Answer) -> Json {
    let answers: Vec<Json> = answer
        .answers
        .iter()
        .map(|one| {
            let facts: Vec<&str> = one.facts.iter().map(|fact| fact.as_str()).collect();
            json!({"id": one.id.as_str(), "name": one.name, "labels": one.labels, "facts": facts})
        })
        .collect();
    json!({
        "question": answer.question,
        "interpretation": answer.interpretation,
        "kind": answer.kind.word(),
        "columns": answer.rows.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>(),
        "rows": answer.rows,
        "answers": answers,
        "value": answer.value,
        "length": answer.length,
        "sources": answer.sources.iter().map(source_json).collect::<Vec<_>>(),
    })
}
