//! `ailand export`

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::formats::graph::GraphFormat;
use crate::landscape::Error;
use crate::model::{Cell, Language, Rows};

use super::args::Global;
use super::error::{CliError, Outcome};
use super::output::Console;

/// Write the whole database as JSON Lines, or its graph for another program
///
/// To a folder: entities.jsonl, facts.jsonl and sources.jsonl, sorted by id. Nothing is lost: importing them into an empty
/// database and exporting that gives the same bytes.
///
/// To a file: by its ending GraphML (.graphml), GEXF 1.3 (.gexf), node-link JSON of networkx (.json), Cytoscape JSON (.cyjs),
/// a Cypher script (.cypher) or RDF Turtle (.ttl). --as csv writes nodes.csv and edges.csv for Neo4j's import to a folder.
/// These show one claim for a key where sources disagree, and name evidence by its source.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ailand export backup/\n  \
    ailand --db copy import backup/\n  \
    ailand export landscape.graphml\n  \
    ailand export neo4j/ --as csv\n  \
    ailand export - --as turtle | rapper -i turtle -c - urn:x")]
pub(super) struct Export {
    /// The folder or file to write to; - is standard output
    #[arg(value_name = "DIR|FILE", value_hint = clap::ValueHint::AnyPath)]
    place: PathBuf,
    /// What to write [default: by the ending of FILE; for a folder, jsonl]
    #[arg(long = "as", value_name = "KIND", value_parser = kind())]
    kind: Option<Kind>,
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Lines,
    Graph(GraphFormat),
}

fn kind() -> impl clap::builder::TypedValueParser<Value = Kind> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    let words = std::iter::once("jsonl").chain(GraphFormat::ALL.map(GraphFormat::word));
    PossibleValuesParser::new(words).map(|word| GraphFormat::parse(&word).map_or(Kind::Lines, Kind::Graph))
}

impl Kind {
    /// What a place without `--as` stands for.
    fn of_place(place: &Path) -> Result<Self, Error> {
        if let Some(format) = GraphFormat::of_file(place) {
            return Ok(Self::Graph(format));
        }
        let folder =
            place.is_dir() || place.extension().is_none() || place.as_os_str().to_string_lossy().ends_with('/');
        if folder && place != Path::new("-") {
            return Ok(Self::Lines);
        }
        let why = "expected a folder, a file ending in .graphml, .gexf, .json, .cyjs, .cypher or .ttl, or --as";
        Err(Error::io("choose a format for", place, io::Error::other(why)))
    }
}

pub(super) fn run(command: &Export, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let kind = match command.kind {
        Some(kind) => kind,
        None => Kind::of_place(&command.place)?,
    };
    let to_console = command.place == Path::new("-");
    let mut rows = Rows { columns: ["file", "records"].map(Into::into).into(), rows: Vec::new() };
    let mut row = |file: &Path, count: usize| {
        rows.rows
            .push(vec![Cell::from(file.display().to_string()), Cell::Int(i64::try_from(count).unwrap_or(i64::MAX))]);
    };
    match kind {
        Kind::Lines if to_console => {
            let why = io::Error::other("JSON Lines are three files; name a folder");
            return Err(Error::io("write to", &command.place, why).into());
        }
        Kind::Lines => {
            let counts = global.open()?.export(&command.place)?;
            row(&command.place.join("entities.jsonl"), counts.entities as usize);
            row(&command.place.join("facts.jsonl"), counts.facts as usize);
            row(&command.place.join("sources.jsonl"), counts.sources as usize);
        }
        Kind::Graph(format) if to_console => {
            let mut bytes = Vec::new();
            format.write(&global.open()?.graph_records()?, &mut bytes)?;
            console.bytes(&bytes)?;
            return Ok(Outcome::Found);
        }
        Kind::Graph(format) => {
            let landscape = global.open()?;
            let counts = landscape.snapshot()?.counts();
            let (nodes, edges) = (counts.entities as usize, counts.facts as usize);
            match landscape.export_graph(format, &command.place)?.as_slice() {
                [file] => row(file, nodes + edges),
                files => files.iter().zip([nodes, edges]).for_each(|(file, count)| row(file, count)),
            }
        }
    }
    console.rows(&rows, &Language::English)?;
    Ok(Outcome::Found)
}
