//! `ailand rank`

use clap::{Args, ValueEnum};
use serde_json::{Value as Json, json};

use crate::formats::RowFormat;
use crate::landscape::{Measure, Node, RankOptions, Ranking};
use crate::model::{Cell, Column, Rows};

use super::args::Global;
use super::error::{CliError, Outcome};
use super::output::Console;
use super::walk::{self, WalkArguments};

/// How many rows there are when no limit is given.
const SHOWN: usize = 20;
/// How many members of a group a table names.
const NAMED: usize = 5;

/// List who is central, and who belongs together
///
/// degree: facts. pagerank: the share of time that a random surfer spends there (Page and others 1999, damping 0.85).
/// betweenness: the pairs of others between which it lies on shortest paths (Brandes 2001). core: the largest k such that
/// it belongs to a group in which everyone has k neighbours (Batagelj and Zaveršnik 2003). component: groups that are
/// connected at all. community: groups that are densely connected (Louvain method: Blondel and others 2008).
/// co-investment: pairs of investors by how many companies they share.
///
/// Facts are walked both ways; --direction out gives the PageRank and betweenness of the directed graph. --label says who
/// is listed, and all others still count; --through leaves others out of the graph.
///
/// Exit codes: 0 there are rows, 1 there are none.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ailand rank --by pagerank --label Investor\n  \
    ailand rank --by co-investment --limit 10\n  \
    ailand rank --by community --via INVESTED_IN\n  \
    ailand rank --by betweenness --as-of 2023 --format csv")]
pub(super) struct Rank {
    /// The measure
    #[arg(long, value_name = "MEASURE")]
    by: By,
    /// Only entities with one of these labels, and the facts between them, are part of the graph
    #[arg(long, value_name = "LABEL", value_delimiter = ',')]
    through: Vec<String>,
    /// For betweenness: count paths from this many entities only, and estimate
    #[arg(long, value_name = "N", value_parser = walk::count)]
    samples: Option<usize>,
    #[command(flatten)]
    walk: WalkArguments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    Degree,
    Pagerank,
    Betweenness,
    Core,
    Component,
    Community,
    CoInvestment,
}

pub(super) fn run(command: &Rank, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let by = match command.by {
        By::Degree => Measure::Degree,
        By::Pagerank => Measure::PageRank,
        By::Betweenness => Measure::Betweenness { samples: command.samples },
        By::Core => Measure::Core,
        By::Component => Measure::Component,
        By::Community => Measure::Community,
        By::CoInvestment => Measure::CoInvestment,
    };
    let walk = command.walk.limited(Some(SHOWN));
    let (ranking, cut) = global.open()?.rank(&RankOptions { by, through: command.through.clone(), walk })?;
    let whole = matches!(command.by, By::Degree | By::Core);
    let people = matches!(console.format(), RowFormat::Table | RowFormat::Markdown);
    let rows = rows(&ranking, whole, people);
    if console.format() == RowFormat::Json {
        let body: Json = json!({"rows": rows, "truncated": cut.is_some()});
        console.json(&body)?;
    } else {
        console.rows(&rows, &command.walk.language(&[]))?;
    }
    walk::tell_cut(cut);
    Ok(if rows.rows.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

/// `whole` scores are counts. Groups list their first members for people, and all for programs.
fn rows(ranking: &Ranking, whole: bool, people: bool) -> Rows {
    let entity = |node: &Node| Cell::Entity { id: node.id.clone(), name: node.name.clone() };
    let (columns, mut rows): (Vec<&str>, Vec<Vec<Cell>>) = match ranking {
        Ranking::Entities(entities) => {
            let row = |(node, score): &(Node, f64)| {
                let score = if whole { Cell::Int(*score as i64) } else { Cell::Float(*score) };
                let (id, name) = (Cell::from(node.id.as_str()), Cell::from(node.name.as_str()));
                vec![id, name, walk::labels_cell(node), score]
            };
            (vec!["id", "name", "labels", "score"], entities.iter().map(row).collect())
        }
        Ranking::Groups(groups) => {
            let shown = if people { NAMED } else { usize::MAX };
            let row = |group: &crate::landscape::RankedGroup| {
                let mut members: Vec<Cell> = group.members.iter().take(shown).map(entity).collect();
                members.extend((group.members.len() > shown).then(|| Cell::from("…")));
                vec![Cell::Int(i64::try_from(group.size).unwrap_or(i64::MAX)), Cell::List(members)]
            };
            (vec!["size", "members"], groups.iter().map(row).collect())
        }
        Ranking::Pairs(pairs) => {
            let row = |(first, second, shared): &(Node, Node, u32)| {
                vec![entity(first), entity(second), Cell::Int(i64::from(*shared))]
            };
            (vec!["first", "second", "shared"], pairs.iter().map(row).collect())
        }
    };
    for (rank, row) in (1..).zip(&mut rows) {
        row.insert(0, Cell::Int(rank));
    }
    let columns = std::iter::once("rank").chain(columns).map(Column::from).collect();
    Rows { columns, rows }
}
