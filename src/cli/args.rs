//! What can be said on the command line.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::formats::RowFormat;
use crate::landscape::{At, Error, Landscape};
use crate::model::Language;

use super::output::complain;

/// The AI startup landscape: who invested in whom, who founded what, and who says so.
///
/// A database of facts with evidence, on this machine, in one folder. The first question creates it.
#[derive(Debug, Parser)]
#[command(
    name = "ailand",
    version,
    max_term_width = 100,
    after_help = "Examples:\n  \
        ailand ask \"who invested in 月之暗面\"\n  \
        ailand ask 谁领投了智谱 --format json\n  \
        ailand find hongshan\n  \
        ailand show 月之暗面\n  \
        ailand query \"MATCH (i)-[:INVESTED_IN]->(c) RETURN c.name, count(*) ORDER BY count(*) DESC LIMIT 5\"\n\n\
        Exit codes: 0 found, 1 nothing found, 2 wrong use, 3 locked by another process, 4 damaged, 70 a bug."
)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Options that every command takes.
#[derive(Debug, Args)]
pub(super) struct Global {
    /// The folder of the database [default: `ailand` in the platform's data directory]
    #[arg(long, global = true, value_name = "PATH", env = "AILAND_DB", value_hint = clap::ValueHint::DirPath)]
    pub(super) db: Option<PathBuf>,
    /// Read the database as it was: after the commit of a generation, or at the end of a day
    #[arg(long, global = true, value_name = "GENERATION|DATE")]
    pub(super) at: Option<At>,
    /// How rows are written
    #[arg(long, short, global = true, value_name = "FORMAT", default_value = "table", value_parser = row_format())]
    pub(super) format: RowFormat,
    /// How long to wait for other processes, in seconds
    #[arg(long, global = true, value_name = "SECONDS", default_value = "10", value_parser = seconds, allow_hyphen_values = true)]
    pub(super) wait: Duration,
    /// When to use colours; NO_COLOR is respected
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: When,
}

/// When to do something that depends on the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Ask(super::ask::Ask),
    Find(super::find::Find),
    Show(super::show::Show),
    Draw(super::draw::Draw),
    Neighbors(super::neighbors::Neighbors),
    Path(super::path::Path),
    Common(super::common::Common),
    Subgraph(super::subgraph::Subgraph),
    Rank(super::rank::Rank),
    Query(super::query::Query),
    Shell(super::shell::ShellArguments),
    Ingest(super::ingest::Ingest),
    Eval(super::eval::Eval),
    Import(super::import::Import),
    Retract(super::retract::Retract),
    Merge(super::merge::Merge),
    Split(super::split::Split),
    Log(super::log::Log),
    Forget(super::forget::Forget),
    Export(super::export::Export),
    Init(super::init::Init),
    Stats(super::stats::Stats),
    Verify(super::verify::Verify),
    Backup(super::backup::Backup),
    Restore(super::restore::Restore),
    Compact(super::compact::Compact),
    Repair(super::repair::Repair),
    Completions(super::completions::Completions),
}

fn row_format() -> impl clap::builder::TypedValueParser<Value = RowFormat> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    PossibleValuesParser::new(RowFormat::ALL.map(RowFormat::word))
        .try_map(|word| RowFormat::parse(&word).map_err(|error| error.to_string()))
}

/// Nobody waits longer, in seconds; what lies above overflows clocks.
const LONGEST: f64 = 1e9;

pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let number: Option<f64> = text.parse().ok();
    number
        .filter(|number| (0.0..=LONGEST).contains(number))
        .and_then(|number| Duration::try_from_secs_f64(number).ok())
        .ok_or_else(|| format!("expected a number of seconds from 0 to {LONGEST}, such as 10 or 0.5"))
}

/// The value that is given to an option last, for when the arguments as a whole are wrong: `--format json`,
/// `--format=json`, `-f json`, `-fjson`, `-f=json`.
pub(super) fn value_of<'a>(arguments: &'a [String], long: &str, short: Option<&str>) -> Option<&'a str> {
    let options: Vec<&str> = arguments.iter().map(String::as_str).take_while(|word| *word != "--").collect();
    let attached = options.iter().enumerate().filter_map(|(at, word)| {
        let value = word.strip_prefix(long).and_then(|rest| rest.strip_prefix('='));
        let short = || word.strip_prefix(short?).filter(|rest| !rest.is_empty());
        Some((at, value.or_else(|| short().map(|rest| rest.strip_prefix('=').unwrap_or(rest)))?))
    });
    let apart = options.iter().zip(options.iter().skip(1)).enumerate();
    let apart =
        apart.filter(|(_, (word, _))| **word == long || Some(**word) == short).map(|(at, (_, value))| (at, *value));
    attached.chain(apart).max_by_key(|(at, _)| *at).map(|(_, value)| value)
}

/// Reads a language of names: `en`, `zh-Hans`, `zh-Hant`.
pub(super) fn language(text: &str) -> Result<Language, String> {
    match Language::from(text) {
        Language::Other(_) => Err("expected en, zh-Hans or zh-Hant".to_owned()),
        known => Ok(known),
    }
}

impl Global {
    /// The folder of the database.
    pub(super) fn folder(&self) -> Result<PathBuf, Error> {
        use etcetera::BaseStrategy;
        if let Some(path) = &self.db {
            return Ok(path.clone());
        }
        let strategy = etcetera::choose_base_strategy().map_err(|_| {
            let why = std::io::Error::other("there is no home directory; name a folder with --db or AILAND_DB");
            Error::io("find", std::path::Path::new("the platform's data directory"), why)
        })?;
        Ok(strategy.data_dir().join("ailand"))
    }

    /// The folder of the database, for a command that does not read one generation of it.
    pub(super) fn present_folder(&self) -> Result<PathBuf, Error> {
        match self.at {
            None => self.folder(),
            Some(_) => {
                Err(Error::Options { message: "--at reads the past, and this command does not read".to_owned() })
            }
        }
    }

    /// The database, with the bundled landscape when it does not exist yet.
    pub(super) fn open(&self) -> Result<Landscape, Error> {
        let folder = self.folder()?;
        let landscape = match Landscape::open(&folder) {
            Err(Error::Store(crate::store::StoreError::NotFound { .. })) => {
                let landscape = Landscape::open_or_create_empty(&folder)?.with_patience(self.wait);
                landscape.create()?;
                complain(&format!("created a database with the bundled landscape in {}", folder.display()));
                landscape
            }
            other => other?.with_patience(self.wait),
        };
        match self.at {
            Some(at) => landscape.at(at),
            None => Ok(landscape),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_value_of_an_option_is_found_in_every_spelling() {
        for (line, expected) in [
            ("find x", None),
            ("find -f", None),
            ("find -f json", Some("json")),
            ("find -fjson", Some("json")),
            ("-f=json find", Some("json")),
            ("--format=csv find --format json", Some("json")),
            ("--format json find -fcsv", Some("csv")),
            ("find -- -fjson", None),
        ] {
            let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
            assert_eq!(value_of(&words, "--format", Some("-f")), expected, "{line}");
        }
    }

    #[test]
    fn seconds_have_bounds() {
        assert_eq!(seconds("0.5"), Ok(Duration::from_millis(500)));
        assert!(seconds("1e9").is_ok());
        for wrong in ["-1", "1e30", "nan", "inf", "x", ""] {
            assert!(
                seconds(wrong).unwrap_err().contains("expected a number of seconds from 0 to 1000000000"),
                "{wrong}"
            );
        }
    }
}
