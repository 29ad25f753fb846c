//! `ailand show`

use std::collections::BTreeMap;

use clap::Args;
use serde_json::{Value as Json, json};

use crate::formats::RowFormat;
use crate::landscape::{Card, Group, Related};
use crate::model::{Cell, Claim, Column, Evidence, Language, Properties, Rows};
use crate::names::script_of;

use super::args::{self, Global};
use super::error::{CliError, Outcome};
use super::output::{Console, number_sources, source_json};

/// Show all that is known about an entity
///
/// Names in all scripts, labels, what sources claim (disagreements side by side, marked with !), facts by predicate, and
/// the sources, numbered.
///
/// CSV and JSON Lines hold the facts only, one a line; JSON holds everything.
///
/// A name that several entities bear lists them and ends with exit code 2; --label or the id decides.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ailand show 月之暗面\n  \
    ailand show moonshot --label Startup\n  \
    ailand show startup:zhipu-ai --language en --format json")]
pub(super) struct Show {
    /// A name in any script, or an id
    #[arg(required = true, value_name = "NAME")]
    name: Vec<String>,
    /// Which of several entities of that name, such as Startup
    #[arg(long, value_name = "LABEL")]
    label: Option<String>,
    /// The language of names: en, zh-Hans or zh-Hant [default: that of NAME]
    #[arg(long, value_name = "TAG", value_parser = args::language)]
    language: Option<Language>,
}

pub(super) fn run(command: &Show, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let name = command.name.join(" ");
    let language = command.language.clone().unwrap_or_else(|| script_of(&name));
    let card = global.open()?.card(&name, command.label.as_deref(), &language)?;
    match console.format() {
        RowFormat::Json => console.json(&card_json(&card))?,
        RowFormat::Jsonl => {
            for (group, one) in facts(&card) {
                console.json(&line_json(&card, group, one))?;
            }
        }
        RowFormat::Csv => console.rows(&all_rows(&card), &language)?,
        RowFormat::Table | RowFormat::Markdown => print(&card, console)?,
    }
    Ok(Outcome::Found)
}

fn print(card: &Card, console: &mut Console) -> Result<(), CliError> {
    let entity = &card.entity;
    console.heading(&format!("{}  {}", entity.name_in(&card.language), entity.id))?;
    if !entity.labels.is_empty() {
        console.line(&entity.labels.join(", "))?;
    }
    console.gap();
    let marks = |evidence: &[Evidence]| -> String {
        card.numbers(evidence).iter().map(|number| format!("[{number}]")).collect()
    };
    let converted = entity.names.iter().any(|name| name.derived);
    let names = entity.names.iter().map(|name| {
        let mut row = [name.text.as_str(), name.language.tag(), name.kind.word()].map(Cell::from).to_vec();
        row.extend(converted.then(|| if name.derived { Cell::from("converted") } else { Cell::Empty }));
        row.push(Cell::from(marks(&name.evidence)));
        row
    });
    let mut columns: Vec<Column> = ["name", "language", "kind"].map(Column::from).into();
    columns.extend(converted.then(|| Column::from("note")));
    columns.push("sources".into());
    if !entity.names.is_empty() {
        console.rows(&Rows { columns, rows: names.collect() }, &card.language)?;
    }
    if !entity.claims.is_empty() {
        let disputed = card.disputed();
        let claims = entity.claims.iter().map(|claim| {
            let mark = if disputed.contains(&claim.key.as_str()) { "!" } else { "" };
            vec![
                Cell::from(format!("{}{mark}", claim.key)),
                claim.cell(),
                Cell::from(qualifiers(claim)),
                Cell::from(marks(&claim.evidence)),
            ]
        });
        console.gap();
        let columns = ["claim", "value", "details", "sources"].map(Column::from).into();
        console.rows(&Rows { columns, rows: claims.collect() }, &card.language)?;
        if !disputed.is_empty() {
            console.line("! sources disagree")?;
        }
    }
    for group in &card.groups {
        console.gap();
        console.rows(&number_sources(&card.rows(group), &card.sources), &card.language)?;
    }
    console.sources(&card.sources)?;
    Ok(())
}

/// What narrows a claim down and does not stand in the cell of its value.
fn qualifiers(claim: &Claim) -> String {
    let is_money = matches!(claim.cell(), Cell::Money(_));
    let shown = claim.qualifiers.iter().filter(|(key, _)| !is_money || !matches!(*key, "currency" | "qualifier"));
    shown.map(|(key, value)| format!("{key}: {value}")).collect::<Vec<_>>().join("; ")
}

/// The facts of a card, group by group.
fn facts(card: &Card) -> impl Iterator<Item = (&Group, &Related)> {
    card.groups.iter().flat_map(|group| group.facts.iter().map(move |one| (group, one)))
}

fn direction(group: &Group) -> &'static str {
    if group.outgoing { "out" } else { "in" }
}

/// All facts of the card as one table, for programs that read no JSON.
fn all_rows(card: &Card) -> Rows {
    let columns = ["predicate", "direction", "id", "name", "date", "properties", "modality", "fact", "sources"];
    let row = |(group, one): (&Group, &Related)| {
        let properties = one.fact.properties.iter().map(|(key, value)| Cell::from(format!("{key}={value}")));
        vec![
            Cell::from(group.predicate.as_str()),
            Cell::from(direction(group)),
            Cell::from(one.entity.id.as_str()),
            Cell::from(one.entity.name_in(&card.language)),
            Cell::from(one.fact.date().map(Cell::Date)),
            Cell::List(properties.collect()),
            Cell::from(one.fact.modality.word()),
            Cell::from(one.fact.id.as_str()),
            Cell::sources(&one.fact.evidence),
        ]
    };
    Rows { columns: columns.map(Into::into).into(), rows: facts(card).map(row).collect() }
}

/// A fact in a line of its own, with the keys of [`all_rows`].
fn line_json(card: &Card, group: &Group, one: &Related) -> Json {
    json!({
        "predicate": group.predicate,
        "direction": direction(group),
        "id": one.entity.id.as_str(),
        "name": one.entity.name_in(&card.language),
        "date": Cell::from(one.fact.date().map(Cell::Date)),
        "properties": values(&one.fact.properties),
        "modality": one.fact.modality.word(),
        "fact": one.fact.id.as_str(),
        "sources": Cell::sources(&one.fact.evidence),
    })
}

/// Properties as an object whose values keep their kinds.
fn values(properties: &Properties) -> BTreeMap<&str, Cell> {
    properties.iter().map(|(key, value)| (key, Cell::from(value))).collect()
}

fn card_json(card: &Card) -> Json {
    let entity = &card.entity;
    let sources = |evidence: &[Evidence]| evidence.iter().map(|one| one.source.as_str().to_owned()).collect::<Vec<_>>();
    let names: Vec<Json> = entity
        .names
        .iter()
        .map(|name| {
            json!({
                "text": name.text, "language": name.language.tag(), "kind": name.kind.word(), "derived": name.derived,
                "sources": sources(&name.evidence),
            })
        })
        .collect();
    let claims: Vec<Json> = entity
        .claims
        .iter()
        .map(|claim| {
            json!({
                "key": claim.key, "value": Cell::from(&claim.value), "qualifiers": values(&claim.qualifiers),
                "sources": sources(&claim.evidence),
            })
        })
        .collect();
    let facts: Vec<Json> = facts(card)
        .map(|(group, one)| {
            let evidence: Vec<Json> = one
                .fact
                .evidence
                .iter()
                .map(|evidence| {
                    json!({
                        "source": evidence.source.as_str(), "quote": evidence.quote,
                        "asserted_by": evidence.asserted_by.as_ref().map(|id| id.as_str()),
                    })
                })
                .collect();
            json!({
                "id": one.fact.id.as_str(), "predicate": group.predicate,
                "direction": direction(group),
                "entity": {"id": one.entity.id.as_str(), "name": one.entity.name_in(&card.language)},
                "properties": values(&one.fact.properties), "modality": one.fact.modality.word(), "evidence": evidence,
            })
        })
        .collect();
    json!({
        "id": entity.id.as_str(),
        "name": entity.name_in(&card.language),
        "labels": entity.labels,
        "names": names,
        "claims": claims,
        "disputed": card.disputed(),
        "facts": facts,
        "sources": card.sources.iter().map(source_json).collect::<Vec<_>>(),
    })
}
