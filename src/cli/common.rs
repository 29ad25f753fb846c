//! `ailand common`

use std::sync::Arc;

use clap::Args;
use serde_json::{Value as Json, json};

use crate::formats::RowFormat;
use crate::landscape::{Common as Found, InCommon, Leg};
use crate::model::{Cell, Column, Fact, Language, Rows};

use super::args::Global;
use super::error::{CliError, Outcome};
use super::output::{Console, number_sources};
use super::walk::{self, WalkArguments};

/// Show what entities share
///
/// By predicate: the investors of both, where both worked, the benchmarks that both were evaluated on. With --hops 2
/// also what they reach by the same two predicates through different entities, such as the former employers of their
/// founders.
///
/// Exit codes: 0 they share something, 1 they share nothing, 2 a name is unknown or ambiguous.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ailand common 月之暗面 智谱\n  \
    ailand common 百川智能 零一万物 --hops 2\n  \
    ailand common 月之暗面 智谱 百川智能 --via INVESTED_IN --format json")]
pub(super) struct Common {
    /// Two or more names or ids; NAME@LABEL where a name is ambiguous
    #[arg(required = true, num_args = 2.., value_name = "NAME")]
    names: Vec<String>,
    /// 1 for what is connected with all directly, 2 for also through others
    #[arg(long, value_name = "1|2", default_value_t = 1)]
    hops: u32,
    #[command(flatten)]
    walk: WalkArguments,
}

pub(super) fn run(command: &Common, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let names: Vec<&str> = command.names.iter().map(String::as_str).collect();
    let language = command.walk.language(&names);
    let found = global.open()?.common(&names, command.hops, &command.walk.walk(console))?;
    match console.format() {
        RowFormat::Json => {
            let rows: Vec<Json> = found.shared.iter().map(shared_json).collect();
            console.json(&json!({"rows": rows, "truncated": found.cut.is_some()}))?;
        }
        RowFormat::Jsonl => {
            for one in &found.shared {
                console.json(&shared_json(one))?;
            }
        }
        RowFormat::Csv => console.rows(&flat(&found), &language)?,
        RowFormat::Table | RowFormat::Markdown => print(&found, &language, console)?,
    }
    walk::tell_cut(found.cut);
    Ok(if found.shared.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

/// A table for each predicate, with the facts of each entity in a column of its own.
fn print(found: &Found, language: &Language, console: &mut Console) -> Result<(), CliError> {
    for (at, group) in found.shared.chunk_by(|a, b| a.arrows() == b.arrows()).enumerate() {
        if at > 0 {
            console.gap();
        }
        let mut columns: Vec<Column> = group.first().map(|one| one.title().as_str().into()).into_iter().collect();
        columns.push("labels".into());
        columns.extend(found.of.iter().map(|node| Column::from(node.name.as_str())));
        columns.push("sources".into());
        let row = |one: &InCommon| {
            let mut row = vec![
                Cell::Entity { id: one.node.id.clone(), name: one.node.name.clone() },
                walk::labels_cell(&one.node),
            ];
            row.extend(one.facts.iter().map(|facts| {
                let label = |fact: &Arc<Fact>| {
                    let leg = Leg { fact: Arc::clone(fact), forward: true };
                    // The title of a table tells the predicate when there is only one.
                    let text = if one.predicates.len() == 1 { leg.details() } else { leg.label() };
                    Cell::from(format!("{text} ({})", fact.id).trim_start())
                };
                Cell::List(facts.iter().map(label).collect())
            }));
            row.push(walk::evidence_cell(one.facts.iter().flatten().map(|fact| &**fact)));
            row
        };
        let rows = Rows { columns, rows: group.iter().map(row).collect() };
        console.rows(&number_sources(&rows, &found.sources), language)?;
    }
    console.sources(&found.sources)?;
    Ok(())
}

fn shared_json(one: &InCommon) -> Json {
    let facts: Vec<Vec<&str>> =
        one.facts.iter().map(|facts| facts.iter().map(|fact| fact.id.as_str()).collect()).collect();
    json!({
        "predicate": one.predicates.join(" "),
        "direction": one.forward.iter().map(|&out| if out { "out" } else { "in" }).collect::<Vec<_>>().join(" "),
        "id": one.node.id.as_str(),
        "name": one.node.name,
        "labels": one.node.labels,
        "facts": facts,
    })
}

/// One row for each fact.
fn flat(found: &Found) -> Rows {
    let columns = ["predicate", "direction", "id", "name", "labels", "of", "fact"].map(Column::from).into();
    let mut rows = Rows { columns, rows: Vec::new() };
    for one in &found.shared {
        for (of, facts) in found.of.iter().zip(&one.facts) {
            for fact in facts {
                rows.rows.push(vec![
                    Cell::from(one.predicates.join(" ")),
                    Cell::List(one.forward.iter().map(|&out| Cell::from(if out { "out" } else { "in" })).collect()),
                    Cell::from(one.node.id.as_str()),
                    Cell::from(one.node.name.as_str()),
                    walk::labels_cell(&one.node),
                    Cell::from(of.id.as_str()),
                    Cell::from(fact.id.as_str()),
                ]);
            }
        }
    }
    rows
}
