//! `ailand find`

use clap::Args;

use crate::model::{Cell, Rows};
use crate::names::script_of;

use super::args::Global;
use super::error::{CliError, Outcome};
use super::output::Console;

/// Search entities by name
///
/// Finds names in any script (紅杉, 红杉), by pinyin (hongshan), by their beginning, and with typing errors; best first,
/// each with the reason.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    ailand find 紅杉\n  \
    ailand find \"sequoia china\" --label Investor\n  \
    ailand find moonshoot --format json")]
pub(super) struct Find {
    /// A name, the beginning of one, or its pinyin
    #[arg(required = true, value_name = "NAME")]
    name: Vec<String>,
    /// Only entities with this label, such as Startup
    #[arg(long, value_name = "LABEL")]
    label: Option<String>,
    /// At most this many
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    limit: usize,
}

pub(super) fn run(command: &Find, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let name = command.name.join(" ");
    let language = script_of(&name);
    let mut rows = Rows { columns: ["id", "name", "labels", "found", "why"].map(Into::into).into(), rows: Vec::new() };
    for found in global.open()?.find(&name, command.label.as_deref(), command.limit)? {
        rows.rows.push(vec![
            Cell::from(found.entity.id.as_str()),
            Cell::from(found.entity.name_in(&language)),
            Cell::List(found.entity.labels.iter().map(|label| Cell::from(label.as_str())).collect()),
            Cell::from(found.name),
            Cell::from(found.why.to_string()),
        ]);
    }
    console.rows(&rows, &language)?;
    Ok(if rows.rows.is_empty() { Outcome::Nothing } else { Outcome::Found })
}
