//! `ailand neighbors`

use clap::{Args, ValueEnum};
use serde_json::{Value as Json, json};

use crate::formats::RowFormat;
use crate::landscape::{NeighborOptions, Neighbors as Found, Way};
use crate::model::{Cell, Column, Language, Rows, vocabulary};

use super::args::Global;
use super::error::{CliError, Outcome};
use super::output::{Console, number_sources};
use super::walk::{self, WalkArguments};

/// List what lies around an entity
///
/// Entities by distance, each with one shortest way to it; at the same distance in the order in which they came into the
/// database. In JSON, `via` are the facts of that way, one a step.
///
/// --label says which entities are listed; others are still walked through, unless --through forbids it.
///
/// Exit codes: 0 there are neighbours, 1 there are none, 2 the name is unknown or ambiguous.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ailand neighbors 月之暗面\n  \
    ailand neighbors 月之暗面 --via INVESTED_IN --direction in\n  \
    ailand neighbors zhipu --hops 2 --label Investor --group-by label\n  \
    ailand neighbors moonshot@Startup --as-of 2023 --format json")]
pub(super) struct Neighbors {
    /// A name in any script, an id, or NAME@LABEL
    #[arg(required = true, value_name = "NAME")]
    name: Vec<String>,
    /// How many facts may lie between
    #[arg(long, value_name = "K", default_value_t = 1)]
    hops: u32,
    /// Walk only to and through entities with one of these labels
    #[arg(long, value_name = "LABEL", value_delimiter = ',')]
    through: Vec<String>,
    /// Put entities of one kind together
    #[arg(long, value_name = "KEY")]
    group_by: Option<Key>,
    #[command(flatten)]
    walk: WalkArguments,
}

/// What rows can be grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Key {
    /// The first label of each entity, in the order of the vocabulary.
    Label,
}

pub(super) fn run(command: &Neighbors, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let name = command.name.join(" ");
    let language = command.walk.language(&[&name]);
    let options =
        NeighborOptions { hops: command.hops, through: command.through.clone(), walk: command.walk.walk(console) };
    let found = global.open()?.neighbors(&name, &options)?;
    match (console.format(), command.group_by) {
        (RowFormat::Json, None) => {
            let all: Vec<&Way> = found.rows.iter().collect();
            console.json(&json!({"rows": plain(&all), "truncated": found.cut.is_some()}))?;
        }
        (RowFormat::Json, Some(Key::Label)) => {
            let group = |(label, ways): &(String, Vec<&Way>)| -> Json {
                json!({"label": label, "count": ways.len(), "rows": plain(ways)})
            };
            let groups: Vec<Json> = by_label(&found).iter().map(group).collect();
            console.json(&json!({"groups": groups, "truncated": found.cut.is_some()}))?;
        }
        (RowFormat::Jsonl | RowFormat::Csv, key) => console.rows(&flat(&found, key), &language)?,
        (RowFormat::Table | RowFormat::Markdown, key) => print(&found, key, &language, console)?,
    }
    walk::tell_cut(found.cut);
    Ok(if found.rows.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

/// Rows for people: the way in words, and the sources.
fn print(found: &Found, key: Option<Key>, language: &Language, console: &mut Console) -> Result<(), CliError> {
    let groups = match key {
        Some(Key::Label) => by_label(found),
        None => vec![(String::new(), found.rows.iter().collect())],
    };
    for (at, (label, ways)) in groups.iter().enumerate() {
        if key.is_some() {
            if at > 0 {
                console.gap();
            }
            console.heading(&format!("{label}  {}", ways.len()))?;
        }
        let row = |way: &&Way| {
            let end = way.end();
            vec![
                Cell::from(end.map(|node| node.name.as_str())),
                Cell::from(end.map(|node| node.id.as_str())),
                end.map_or(Cell::Empty, walk::labels_cell),
                distance(way),
                Cell::from(way.between()),
                walk::sources_cell(way),
            ]
        };
        let columns = ["name", "id", "labels", "distance", "via", "sources"].map(Column::from).into();
        let rows = Rows { columns, rows: ways.iter().map(row).collect() };
        console.rows(&number_sources(&rows, &found.sources), language)?;
    }
    console.sources(&found.sources)?;
    Ok(())
}

fn distance(way: &Way) -> Cell {
    Cell::Int(i64::try_from(way.length()).unwrap_or(i64::MAX))
}

/// Rows for programs.
fn plain(ways: &[&Way]) -> Rows {
    let row = |way: &&Way| {
        let end = way.end();
        vec![
            Cell::from(end.map(|node| node.id.as_str())),
            Cell::from(end.map(|node| node.name.as_str())),
            end.map_or(Cell::Empty, walk::labels_cell),
            distance(way),
            walk::facts_cell(way),
        ]
    };
    let columns = ["id", "name", "labels", "distance", "via"].map(Column::from).into();
    Rows { columns, rows: ways.iter().map(row).collect() }
}

/// Rows for programs that read line by line: groups become a column.
fn flat(found: &Found, key: Option<Key>) -> Rows {
    let Some(Key::Label) = key else { return plain(&found.rows.iter().collect::<Vec<_>>()) };
    let mut all = Rows::default();
    for (label, ways) in by_label(found) {
        let Rows { mut columns, mut rows } = plain(&ways);
        columns.insert(0, "group".into());
        rows.iter_mut().for_each(|row| row.insert(0, Cell::from(label.as_str())));
        all.columns = columns;
        all.rows.append(&mut rows);
    }
    all
}

fn by_label(found: &Found) -> Vec<(String, Vec<&Way>)> {
    let place = |label: &str| vocabulary::LABELS.iter().position(|known| *known == label).unwrap_or(usize::MAX);
    let mut groups: Vec<(String, Vec<&Way>)> = Vec::new();
    for way in &found.rows {
        let labels = way.end().map(|node| node.labels.as_slice()).unwrap_or_default();
        let label = labels.iter().min_by_key(|label| place(label)).map_or("", String::as_str);
        match groups.iter_mut().find(|(own, _)| own == label) {
            Some((_, ways)) => ways.push(way),
            None => groups.push((label.to_owned(), vec![way])),
        }
    }
    groups.sort_by_cached_key(|(label, _)| (place(label), label.clone()));
    groups
}
