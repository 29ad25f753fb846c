//! What a statement found and changed, in every format.

use serde_json::{Value as Json, json};

use crate::cli::error::{CliError, Outcome};
use crate::cli::output::{Console, complain};
use crate::cypher::{Explanation, Nested, Notice, QueryError, QueryResult, Rows as Stream};
use crate::formats::RowFormat;
use crate::formats::screen::harmless;
use crate::landscape::Error;
use crate::model::{Cell, Column};
use crate::names::script_of;

/// Writes a result; `statement` says in which language.
pub(in crate::cli) fn print(result: &QueryResult, statement: &str, console: &mut Console) -> Result<Outcome, CliError> {
    match console.format() {
        RowFormat::Json => console.json(&to_json(result))?,
        RowFormat::Jsonl => {
            result.rows.iter().try_for_each(|row| console.json(&result.json_row(row)))?;
            plan_lines(result.plan.as_ref(), console)?;
        }
        RowFormat::Csv => {
            if !result.columns.is_empty() && !is_explained(result) {
                console.rows(&result.to_rows(Nested::Json), &script_of(statement))?;
            }
            plan_lines(result.plan.as_ref(), console)?;
        }
        RowFormat::Table | RowFormat::Markdown => {
            // What is not found needs no table.
            if !result.rows.is_empty() {
                console.rows(&result.to_rows(Nested::Brief), &script_of(statement))?;
                console.gap();
            }
            if let Some(plan) = &result.plan {
                console.plain(plan.to_string().trim_end())?;
            }
        }
    }
    console.flush()?;
    tell_notices(&result.notices, console);
    let wrote = !result.effects.is_none();
    if wrote {
        complain(&result.effects.to_string());
    } else if result.rows.is_empty() && result.plan.is_none() {
        complain(if result.columns.is_empty() { "nothing changed" } else { "no rows" });
    }
    let found = wrote || !result.rows.is_empty() || result.plan.is_some();
    Ok(if found { Outcome::Found } else { Outcome::Nothing })
}

/// Whether the statement was explained and not run.
fn is_explained(result: &QueryResult) -> bool {
    result.plan.as_ref().is_some_and(|plan| plan.operators.iter().all(|operator| operator.rows.is_none()))
}

fn to_json(result: &QueryResult) -> Json {
    let rows: Vec<Json> = result.rows.iter().map(|row| result.json_row(row)).collect();
    let changes: serde_json::Map<String, Json> =
        result.effects.counts().iter().map(|(name, count)| ((*name).to_owned(), json!(count))).collect();
    json!({
        "columns": result.columns.iter().map(|name| &**name).collect::<Vec<_>>(),
        "rows": rows,
        "changes": if result.effects.is_none() { Json::Null } else { Json::Object(changes) },
        "plan": result.plan.as_ref().map(plan_json),
        "notices": result.notices.iter().map(notice_json).collect::<Vec<_>>(),
    })
}

fn plan_json(plan: &Explanation) -> Json {
    let operators = plan.operators.iter().map(|operator| {
        json!({
            "depth": operator.depth,
            "operator": operator.name,
            "details": operator.details,
            "estimate": operator.estimate,
            "rows": operator.rows,
        })
    });
    operators.collect()
}

fn notice_json(notice: &Notice) -> Json {
    let place = notice.place.map(|(line, column)| json!({"line": line, "column": column}));
    json!({"message": notice.message, "hint": notice.hint, "place": place})
}

/// Says what is probably not meant on standard error, unless it stands in the answer.
fn tell_notices(notices: &[Notice], console: &Console) {
    if console.format() == RowFormat::Json {
        return;
    }
    for notice in notices {
        let place = notice.place.map(|(line, column)| format!("line {line}, column {column}: ")).unwrap_or_default();
        complain(&harmless(&format!("note: {place}{}", notice.message)));
        if let Some(hint) = &notice.hint {
            complain(&harmless(&format!("hint: {hint}")));
        }
    }
}

/// In formats that have no room for a plan, it stands on standard error.
fn plan_lines(plan: Option<&Explanation>, console: &mut Console) -> Result<(), CliError> {
    if let Some(plan) = plan {
        console.flush()?;
        complain(plan.to_string().trim_end());
    }
    Ok(())
}

/// Writes rows as they are found, in a format that needs to know nothing of the others.
pub(in crate::cli) fn stream(mut rows: Stream, console: &mut Console) -> Result<Outcome, CliError> {
    let mut found = false;
    let mut failure: Option<QueryError> = None;
    let columns: Vec<Column> = rows.columns().map(|name| Column::from(&**name)).collect();
    let mut next = |rows: &mut Stream| -> Option<QueryResult> {
        let row = rows.next()?.and_then(|row| rows.describe(row));
        row.map_err(|error| failure = Some(error)).ok()
    };
    if console.format() == RowFormat::Csv {
        let cells = std::iter::from_fn(|| {
            let result = next(&mut rows)?;
            found = true;
            let cells: Vec<Vec<Cell>> = result.rows.iter().map(|row| result.to_cells(row, Nested::Json)).collect();
            cells.into_iter().next()
        });
        console.csv(&columns, cells)?;
    } else {
        while let Some(result) = next(&mut rows) {
            found = true;
            result.rows.iter().try_for_each(|row| console.json(&result.json_row(row)))?;
        }
    }
    console.flush()?;
    if let Some(error) = failure {
        return Err(Error::from(error).into());
    }
    tell_notices(rows.notices(), console);
    let plan = rows.plan();
    plan_lines(plan.as_ref(), console)?;
    if !found && plan.is_none() {
        complain("no rows");
    }
    Ok(if found || plan.is_some() { Outcome::Found } else { Outcome::Nothing })
}
