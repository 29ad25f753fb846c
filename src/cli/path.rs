//! `ailand path`

use clap::Args;
use serde_json::{Value as Json, json};

use crate::formats::RowFormat;
use crate::formats::screen::harmless;
use crate::landscape::{FoundPaths, Island, PathOptions, Separation, Way, Weight, Which};
use crate::model::{Cell, Column, Rows, vocabulary};

use super::args::Global;
use super::error::{CliError, Outcome};
use super::output::{Console, complain};
use super::walk::{self, WalkArguments};

/// How many paths are listed when no limit is given.
const SHOWN: usize = 1000;
/// How long all simple paths may be when nothing is said.
const SIMPLE_HOPS: u32 = 4;

/// Show how two entities are connected
///
/// One shortest path, or with --all, --k and --simple more of them, each step with its fact, its direction and its
/// evidence. Arrows point from the subject of a fact to its object. Parallel facts make different paths; with --together
/// they make one, and a step lists them all.
///
/// Paths come shortest (or lightest) first, equally long ones in the order in which their entities came into the
/// database; with --simple in that order alone. --label says which entities may lie between the ends.
///
/// Exit codes: 0 there is a path, 1 there is none, 2 a name is unknown or ambiguous.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ailand path 小米 腾讯\n  \
    ailand path 小米 腾讯 --all --via INVESTED_IN\n  \
    ailand path OpenAI 月之暗面 --k 3 --avoid 阿里巴巴\n  \
    ailand path OpenAI 智谱 --weight confidence --format json\n  \
    ailand path 小米 腾讯 --simple --max-hops 3 --limit 20")]
pub(super) struct Path {
    /// Where to start: a name in any script, an id, or NAME@LABEL
    #[arg(value_name = "FROM")]
    from: String,
    /// Where to end
    #[arg(value_name = "TO")]
    to: String,
    /// All shortest paths
    #[arg(long, conflicts_with_all = ["k", "simple", "weight"])]
    all: bool,
    /// The N shortest paths without repeated entities
    #[arg(long, value_name = "N", conflicts_with = "simple", value_parser = walk::count)]
    k: Option<usize>,
    /// All paths without repeated entities of at most --max-hops steps [default: 4]
    #[arg(long, conflicts_with = "weight")]
    simple: bool,
    /// At most this many steps
    #[arg(long, value_name = "N")]
    max_hops: Option<u32>,
    /// What makes a path long: doubt (confidence), or a numeric property of the facts, such as round_amount
    #[arg(long, value_name = "confidence|PROPERTY")]
    weight: Option<String>,
    /// Take parallel facts together
    #[arg(long)]
    together: bool,
    #[command(flatten)]
    walk: WalkArguments,
}

pub(super) fn run(command: &Path, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let which = match (command.all, command.k, command.simple) {
        (true, ..) => Which::AllShortest,
        (_, Some(k), _) => Which::Best(k),
        (_, _, true) => Which::Simple(command.max_hops.unwrap_or(SIMPLE_HOPS)),
        _ => Which::First,
    };
    let weight = match command.weight.as_deref() {
        None => Weight::Hops,
        Some("confidence") => Weight::Confidence,
        Some(key) => Weight::Property(key.to_owned()),
    };
    // The steps of simple paths are counted by the question itself, which is no bound that cuts.
    let max_hops = command.max_hops.filter(|_| !command.simple);
    let limit = (command.k.is_none()).then_some(SHOWN);
    let options = PathOptions {
        which,
        weight: weight.clone(),
        together: command.together,
        max_hops,
        walk: command.walk.limited(limit),
    };
    let found = global.open()?.paths(&command.from, &command.to, &options)?;
    let language = command.walk.language(&[&command.from, &command.to]);
    match console.format() {
        RowFormat::Json => {
            let paths: Vec<Json> = found.paths.iter().map(|way| path_json(way, &weight)).collect();
            console.json(&json!({"paths": paths, "truncated": found.cut.is_some()}))?;
        }
        RowFormat::Jsonl => {
            for way in &found.paths {
                console.json(&path_json(way, &weight))?;
            }
        }
        RowFormat::Csv => console.rows(&steps(&found), &language)?,
        RowFormat::Table | RowFormat::Markdown => print(&found, &weight, console)?,
    }
    console.flush()?;
    if found.paths.is_empty() {
        complain(&harmless(&format!("there is no path from {} to {}", found.from.name, found.to.name)));
        if let Some(separation) = &found.separation {
            complain(&harmless(&why(&found, separation)));
        }
    }
    walk::tell_cut(found.cut);
    Ok(if found.paths.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

fn path_json(way: &Way, weight: &Weight) -> Json {
    let weight = if *weight == Weight::Hops { json!(way.length()) } else { json!(way.weight) };
    json!({
        "length": way.length(),
        "weight": weight,
        "entities": way.nodes.iter().map(walk::node_json).collect::<Vec<_>>(),
        "facts": way.facts().map(|fact| fact.as_str()).collect::<Vec<_>>(),
    })
}

fn print(found: &FoundPaths, weight: &Weight, console: &mut Console) -> Result<(), CliError> {
    for (at, way) in found.paths.iter().enumerate() {
        if at > 0 {
            console.gap();
        }
        console.heading(&way.to_string())?;
        let hops = match way.length() {
            1 => "1 hop".to_owned(),
            length => format!("{length} hops"),
        };
        console.line(&match weight {
            Weight::Hops => hops,
            Weight::Confidence => format!("{hops}, confidence {:.3}", (-way.weight).exp()),
            Weight::Property(key) => format!("{hops}, {key} {}", way.weight),
        })?;
        for leg in way.steps.iter().flatten() {
            let name = |id: &crate::model::EntityId| {
                way.nodes.iter().find(|node| node.id == *id).map_or(id.as_str(), |node| node.name.as_str()).to_owned()
            };
            let fact = &leg.fact;
            let known = vocabulary::predicate(&fact.predicate);
            let verb = known.map_or(fact.predicate.as_str(), |known| known.forward);
            let (subject, object) = (name(&fact.subject), name(&fact.object));
            let sources = walk::numbers(fact, &found.sources);
            console.item(&format!("{subject} {verb} {object}  {} {sources}", fact.id))?;
        }
    }
    console.sources(&found.sources)?;
    Ok(())
}

/// One row for each fact of each path.
fn steps(found: &FoundPaths) -> Rows {
    let columns = ["path", "step", "from_id", "from", "fact", "direction", "to_id", "to"].map(Column::from).into();
    let mut rows = Rows { columns, rows: Vec::new() };
    for (number, way) in (1..).zip(&found.paths) {
        let ends = way.nodes.iter().zip(way.nodes.iter().skip(1));
        for (at, (step, (from, to))) in (1..).zip(way.steps.iter().zip(ends)) {
            for leg in step {
                rows.rows.push(vec![
                    Cell::Int(number),
                    Cell::Int(at),
                    Cell::from(from.id.as_str()),
                    Cell::from(from.name.as_str()),
                    Cell::from(leg.fact.id.as_str()),
                    Cell::from(if leg.forward { "out" } else { "in" }),
                    Cell::from(to.id.as_str()),
                    Cell::from(to.name.as_str()),
                ]);
            }
        }
    }
    rows
}

fn why(found: &FoundPaths, separation: &Separation) -> String {
    let island = |name: &str, island: &Island| match &island.member {
        None => format!("{name} is connected with nothing"),
        Some(member) => {
            let size = island.size;
            format!("{name} is in a component of {size} entities, with {} ({})", member.name, member.id)
        }
    };
    match separation {
        Separation::Components(from, to) => {
            format!("by these facts {}; {}", island(&found.from.name, from), island(&found.to.name, to))
        }
        Separation::SameComponent(both) => format!(
            "both are in one component of {} entities, but no path has the direction, weights and length asked for",
            both.size
        ),
        Separation::Avoided(node) => format!("{} is to be avoided", node.name),
    }
}
