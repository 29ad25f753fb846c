//! What all commands that walk the graph take: which facts, which entities, and how far.

use std::time::Duration;

use clap::{Args, ValueEnum};
use serde_json::{Value as Json, json};

use crate::formats::RowFormat;
use crate::graph::{Cut, Direction};
use crate::landscape::{Node, Walk, Way};
use crate::model::{Cell, Fact, Language, Modality, PartialDate, Source};

use super::args;
use super::output::{Console, complain};

/// How many results tables show when no limit is given.
const SHOWN: usize = 1000;

#[derive(Debug, Args)]
#[command(next_help_heading = "Which facts and entities")]
pub(super) struct WalkArguments {
    /// Only facts with these predicates, such as INVESTED_IN,FOUNDED_BY
    #[arg(long, value_name = "PREDICATE", value_delimiter = ',')]
    via: Vec<String>,
    /// Only entities with one of these labels in the answer, such as Investor,Startup
    #[arg(long, visible_alias = "labels", value_name = "LABEL", value_delimiter = ',')]
    label: Vec<String>,
    /// Which way facts are walked: from subject to object (out), from object to subject (in), or both
    #[arg(long, value_name = "WAY", default_value = "both", hide_possible_values = true)]
    direction: Directions,
    /// Only what happened until then: 2024, 2024-02 or 2024-02-25; undated facts stay
    #[arg(long, value_name = "DATE")]
    as_of: Option<PartialDate>,
    /// Only facts that are asserted, reported, planned or denied
    #[arg(long, value_name = "MODALITY", value_delimiter = ',', value_parser = Modality::parse)]
    modality: Vec<Modality>,
    /// Only facts with at least this confidence, from 0 to 1
    #[arg(long, value_name = "NUMBER", value_parser = confidence)]
    min_confidence: Option<f32>,
    /// Never walk to or through this entity; can be given several times
    #[arg(long, value_name = "NAME")]
    avoid: Vec<String>,
    /// At most this many results [default: none, and 1000 in tables]
    #[arg(long, short = 'n', value_name = "N", value_parser = count, help_heading = "Bounds")]
    limit: Option<usize>,
    /// Visit at most this many entities
    #[arg(long, value_name = "N", value_parser = count, help_heading = "Bounds")]
    max_visited: Option<usize>,
    /// Search at most this long, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = args::seconds, allow_hyphen_values = true, help_heading = "Bounds")]
    timeout: Duration,
    /// The language of names: en, zh-Hans or zh-Hant [default: that of the names]
    #[arg(long, value_name = "TAG", value_parser = args::language, help_heading = None)]
    language: Option<Language>,
}

/// Which way facts are walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Directions {
    Out,
    In,
    Both,
}

/// A whole number of at least 1.
pub(super) fn count(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err("expected a whole number of at least 1".to_owned()),
        Ok(number) => Ok(number),
    }
}

fn confidence(text: &str) -> Result<f32, String> {
    let number: Option<f32> = text.parse().ok();
    number.filter(|number| (0.0..=1.0).contains(number)).ok_or_else(|| "expected a number from 0 to 1".to_owned())
}

impl WalkArguments {
    /// The wishes for an answer that may be long: tables show the beginning only.
    pub(super) fn walk(&self, console: &Console) -> Walk {
        let table = matches!(console.format(), RowFormat::Table | RowFormat::Markdown);
        self.limited(table.then_some(SHOWN))
    }

    /// The wishes, with the limit that holds when none was given.
    pub(super) fn limited(&self, limit: Option<usize>) -> Walk {
        Walk {
            via: self.via.clone(),
            labels: self.label.clone(),
            direction: match self.direction {
                Directions::Out => Direction::Out,
                Directions::In => Direction::In,
                Directions::Both => Direction::Both,
            },
            as_of: self.as_of,
            modalities: self.modality.clone(),
            min_confidence: self.min_confidence,
            avoid: self.avoid.clone(),
            limit: self.limit.or(limit),
            max_visited: self.max_visited,
            timeout: Some(self.timeout),
            language: self.language.clone(),
        }
    }

    /// The language that was asked for, or that of the names.
    pub(super) fn language(&self, names: &[&str]) -> Language {
        self.language.clone().unwrap_or_else(|| crate::names::script_of(&names.join(" ")))
    }
}

/// Says which bound cut an answer, and how to get the rest.
pub(super) fn tell_cut(cut: Option<Cut>) {
    let Some(cut) = cut else { return };
    let option = match cut {
        Cut::Results => "--limit",
        Cut::Hops => "--max-hops",
        Cut::Visited => "--max-visited",
        Cut::Time => "--timeout",
    };
    complain(&format!("this is not all: {cut} (see {option})"));
}

pub(super) fn node_json(node: &Node) -> Json {
    json!({"id": node.id.as_str(), "name": node.name})
}

/// The labels of an entity in a cell.
pub(super) fn labels_cell(node: &Node) -> Cell {
    Cell::List(node.labels.iter().map(|label| Cell::from(label.as_str())).collect())
}

/// The facts of a way in a cell.
pub(super) fn facts_cell(way: &Way) -> Cell {
    Cell::List(way.facts().map(|fact| Cell::from(fact.as_str())).collect())
}

/// The sources of a way in a cell.
pub(super) fn sources_cell(way: &Way) -> Cell {
    evidence_cell(way.steps.iter().flatten().map(|leg| &*leg.fact))
}

/// The sources of facts in a cell, each once.
pub(super) fn evidence_cell<'f>(facts: impl IntoIterator<Item = &'f Fact>) -> Cell {
    Cell::sources(facts.into_iter().flat_map(|fact| &fact.evidence))
}

/// The numbers of a fact's sources, as in `[1][3]`.
pub(super) fn numbers(fact: &Fact, sources: &[Source]) -> String {
    let number = |id| sources.iter().position(|source| source.id == id).map(|at| at + 1);
    let mut numbers: Vec<usize> = fact.evidence.iter().filter_map(|one| number(one.source.clone())).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.iter().map(|number| format!("[{number}]")).collect()
}
