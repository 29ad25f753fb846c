//! `ailand query`

pub(super) mod answer;
pub(super) mod limits;
pub(super) mod list;
pub(super) mod runner;
pub(super) mod source;

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::args::Global;
use super::error::{CliError, Outcome};
use super::interrupt::Interrupt;
use super::output::Console;
use limits::LimitArguments;
use runner::{asking, execute};
use source::{FolderArgument, Source};

/// Run a statement of the query language, openCypher, or a saved query
///
/// Give a statement, a file ending in .cypher, the name of a saved query, or - for standard input. Entities are nodes and facts
/// are relationships; labels, types, properties and variables may be Chinese without quoting. What a statement writes is
/// committed as one batch: all of it or, after an error, nothing.
///
/// Values of parameters are read by the types of the saved query; elsewhere they are JSON where they can be read as that, and
/// text otherwise.
///
/// 运行一条 openCypher 语句，或运行一个保存的查询（--list 列出全部）。
///
/// Exit codes: 0 rows were found or something was written, 1 neither, 2 the statement is wrong or went beyond a bound, 130
/// cancelled by Ctrl-C.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ailand query \"MATCH (i:Investor)-[r:INVESTED_IN]->(:Startup {name: '月之暗面'}) RETURN i.name, r.round, r.date\"\n  \
    ailand query 'MATCH (公司 {name: $名})<-[:INVESTED_IN]-(投资人) RETURN DISTINCT 投资人.name AS 投资人' --param 名=智谱\n  \
    ailand query 'MATCH p = SHORTEST 3 (a {name: \"小米\"})--+(b {name: \"OpenAI\"}) RETURN p'\n  \
    ailand query --list\n  \
    ailand query co-investors --param least=4 --format csv\n  \
    ailand query questions.cypher --params values.json --read-only\n  \
    ailand query --explain 'MATCH (m:Model)-[:DEVELOPED_BY]->(o) RETURN o.name, count(m)'\n  \
    echo 'MATCH (n) RETURN count(n)' | ailand query -")]
pub(super) struct Query {
    /// A statement, a file, the name of a saved query, or -
    #[arg(required_unless_present = "list", value_name = "STATEMENT|FILE|NAME")]
    statement: Option<String>,
    /// The value of a parameter; can be given several times
    #[arg(long, short, value_name = "NAME=VALUE", value_parser = source::assignment)]
    param: Vec<(String, String)>,
    /// Values of parameters: a JSON object by name; --param comes before it
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    params: Option<PathBuf>,
    /// List the saved queries: what each answers, and its parameters
    #[arg(long, conflicts_with_all = ["statement", "param", "params", "explain", "profile", "text"])]
    list: bool,
    /// Show the statement instead of running it
    #[arg(long, conflicts_with_all = ["explain", "profile"])]
    text: bool,
    /// Show how the statement would run
    #[arg(long, conflicts_with = "profile")]
    explain: bool,
    /// Run the statement, and show how many rows each step handed on
    #[arg(long)]
    profile: bool,
    #[command(flatten)]
    folder: FolderArgument,
    #[command(flatten)]
    limits: LimitArguments,
}

pub(super) fn run(command: &Query, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let folder = command.folder.queries.as_deref();
    let Some(text) = command.statement.as_deref().filter(|_| !command.list) else {
        return list::print(&source::saved(folder)?, console);
    };
    let source = Source::of(text, folder)?;
    if command.text {
        console.plain(source.statement.trim_end())?;
        return Ok(Outcome::Found);
    }
    let parameters = Arc::new(source.parameters(&command.param, command.params.as_deref())?);
    let statement = match (command.explain, command.profile) {
        (true, _) => asking("EXPLAIN", &source.statement),
        (_, true) => asking("PROFILE", &source.statement),
        _ => source.statement,
    };
    let landscape = global.open()?;
    Interrupt::install(false).watch(|cancelled| {
        let options = command.limits.options(cancelled);
        execute(&landscape, &statement, &parameters, &options, console)
    })
}
