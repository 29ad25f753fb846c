//! `ailand subgraph`

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value as Json, json};

use crate::formats::RowFormat;
use crate::formats::graph::GraphFormat;
use crate::landscape::{Error, Landscape, Node, Part};
use crate::model::{Cell, Column, EntityId, Fact, Rows};

use super::args::Global;
use super::error::{CliError, Outcome};
use super::output::{Console, complain, number_sources};
use super::walk::{self, WalkArguments};

/// List all facts among some entities and what lies around them
///
/// The entities within --hops facts of any of the named ones, these themselves, and every fact between any two of these.
/// --label says which entities are taken in beside the named ones; --limit keeps the nearest so many.
///
/// Exit codes: 0 there are facts, 1 there are none, 2 a name is unknown or ambiguous.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ailand subgraph 月之暗面 智谱 百川智能\n  \
    ailand subgraph 月之暗面 --hops 2 --via INVESTED_IN --format json\n  \
    ailand subgraph 李开复 --hops 2 --format csv > lee.csv\n  \
    ailand subgraph 小米 OpenAI --hops 2 -o two.graphml")]
pub(super) struct Subgraph {
    /// Names or ids; NAME@LABEL where a name is ambiguous
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    /// How many facts may lie between; 0 for the facts among the named entities
    #[arg(long, value_name = "K", default_value_t = 1)]
    hops: u32,
    /// Write the subgraph for another program: .graphml, .gexf, .json, .cyjs, .cypher, .ttl, or a folder with --as csv
    #[arg(long, short, value_name = "FILE", value_hint = clap::ValueHint::AnyPath)]
    output: Option<PathBuf>,
    /// What to write [default: by the ending of FILE]
    #[arg(long = "as", value_name = "KIND", requires = "output", value_parser = graph_format())]
    kind: Option<GraphFormat>,
    #[command(flatten)]
    walk: WalkArguments,
}

fn graph_format() -> impl clap::builder::TypedValueParser<Value = GraphFormat> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    PossibleValuesParser::new(GraphFormat::ALL.map(GraphFormat::word))
        .try_map(|word| GraphFormat::parse(&word).ok_or("expected a kind of graph file"))
}

pub(super) fn run(command: &Subgraph, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let names: Vec<&str> = command.names.iter().map(String::as_str).collect();
    let language = command.walk.language(&names);
    let landscape = global.open()?;
    let part = landscape.subgraph(&names, command.hops, &command.walk.walk(console))?;
    if let Some(place) = &command.output {
        return write(&landscape, &part, place, command.kind);
    }
    let rows = rows(&part);
    match console.format() {
        RowFormat::Json => {
            let entity =
                |node: &Node| -> Json { json!({"id": node.id.as_str(), "name": node.name, "labels": node.labels}) };
            let entities: Vec<Json> = part.nodes.iter().map(entity).collect();
            console.json(&json!({"entities": entities, "rows": rows, "truncated": part.cut.is_some()}))?;
        }
        RowFormat::Jsonl | RowFormat::Csv => console.rows(&rows, &language)?,
        RowFormat::Table | RowFormat::Markdown => {
            console.rows(&number_sources(&rows, &part.sources), &language)?;
            console.sources(&part.sources)?;
        }
    }
    walk::tell_cut(part.cut);
    Ok(if part.facts.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

/// Writes the part for another program.
fn write(landscape: &Landscape, part: &Part, place: &Path, kind: Option<GraphFormat>) -> Result<Outcome, CliError> {
    let Some(format) = kind.or_else(|| GraphFormat::of_file(place)) else {
        let why = "expected a file ending in .graphml, .gexf, .json, .cyjs, .cypher or .ttl, or --as";
        return Err(Error::io("choose a format for", place, io::Error::other(why)).into());
    };
    for file in landscape.export_part(part, format, place)? {
        complain(&format!("wrote {}: {} entities, {} facts", file.display(), part.nodes.len(), part.facts.len()));
    }
    walk::tell_cut(part.cut);
    Ok(if part.facts.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

/// One row for each fact.
fn rows(part: &Part) -> Rows {
    let names: HashMap<&EntityId, &str> = part.nodes.iter().map(|node| (&node.id, node.name.as_str())).collect();
    let entity = |id: &EntityId| Cell::Entity {
        id: id.clone(),
        name: names.get(id).map_or(id.as_str(), |name| name).to_owned(),
    };
    let row = |fact: &std::sync::Arc<Fact>| {
        let properties = fact.properties.iter().map(|(key, value)| Cell::from(format!("{key}={value}"))).collect();
        vec![
            Cell::from(fact.id.as_str()),
            entity(&fact.subject),
            Cell::from(fact.predicate.as_str()),
            entity(&fact.object),
            Cell::from(fact.date().map(Cell::Date)),
            Cell::List(properties),
            Cell::from(fact.modality.word()),
            walk::evidence_cell([&**fact]),
        ]
    };
    let columns = ["fact", "subject", "predicate", "object", "date", "properties", "modality", "sources"];
    Rows { columns: columns.map(Column::from).into(), rows: part.facts.iter().map(row).collect() }
}
