//! Running statements and writing their answers.

use std::sync::Arc;

use crate::cli::error::{CliError, Outcome};
use crate::cli::output::Console;
use crate::cypher::{Detail, Options, Parameters, QueryError};
use crate::formats::RowFormat;
use crate::landscape::{Error, Landscape};

use super::answer;

/// Runs a statement and writes its answer. Nothing of the database stays open behind it.
pub(in crate::cli) fn execute(
    landscape: &Landscape,
    statement: &str,
    parameters: &Arc<Parameters>,
    options: &Options,
    console: &mut Console,
) -> Result<Outcome, CliError> {
    // Most statements only read, and are refused before they run when they do not.
    let writes = |error: &QueryError| error.detail() == Detail::ReadOnly && !options.read_only;
    if matches!(console.format(), RowFormat::Jsonl | RowFormat::Csv) {
        match landscape.session()?.rows(statement, parameters, options) {
            Ok(rows) => return answer::stream(rows, console),
            Err(error) if writes(&error) => {}
            Err(error) => return Err(Error::from(error).into()),
        }
    }
    let result = landscape.query_with(statement, parameters, options)?;
    answer::print(&result, statement, console)
}

/// The statement with a word in front that asks for its plan, unless one stands there.
pub(in crate::cli) fn asking(word: &str, statement: &str) -> String {
    let first = statement.split_whitespace().next().unwrap_or_default();
    let asks = ["EXPLAIN", "PROFILE"].iter().any(|known| first.eq_ignore_ascii_case(known));
    if asks { statement.to_owned() } else { format!("{word} {statement}") }
}
