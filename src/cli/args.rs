//! What can be said on the command line.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::formats::RowFormat;
use crate::landscape::{Error, Landscape};
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
        ailand show 月之暗面\n\n\
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
    /// How rows are written
    #[arg(long, short, global = true, value_name = "FORMAT", default_value = "table", value_parser = row_format())]
    pub(super) format: RowFormat,
    /// How long to wait for other processes, in seconds
    #[arg(long, global = true, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
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
    Import(super::import::Import),
    Export(super::export::Export),
    Init(super::init::Init),
    Stats(super::stats::Stats),
    Verify(super::verify::Verify),
    Completions(super::completions::Completions),
}

fn row_format() -> impl clap::builder::TypedValueParser<Value = RowFormat> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    PossibleValuesParser::new(RowFormat::ALL.map(RowFormat::word))
        .try_map(|word| RowFormat::parse(&word).map_err(|error| error.to_string()))
}

pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let number: f64 = text.parse().map_err(|_| "expected a number of seconds, such as 10 or 0.5".to_owned())?;
    Duration::try_from_secs_f64(number).map_err(|_| "expected a number of seconds that is not negative".to_owned())
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

    /// The database, with the bundled landscape when it does not exist yet.
    pub(super) fn open(&self) -> Result<Landscape, Error> {
        let folder = self.folder()?;
        match Landscape::open(&folder) {
            Err(Error::Store(crate::store::StoreError::NotFound { .. })) => {
                complain(&format!("creating a database with the bundled landscape in {}", folder.display()));
                let landscape = Landscape::open_or_create_empty(&folder)?.with_patience(self.wait);
                landscape.create()?;
                Ok(landscape)
            }
            other => Ok(other?.with_patience(self.wait)),
        }
    }
}
