//! The list of saved queries, and one of them.

use crate::cli::error::{CliError, Outcome};
use crate::cli::output::Console;
use crate::formats::{RowFormat, Rows};
use crate::landscape::{SavedQueries, SavedQuery};
use crate::model::{Cell, Column, Language};
use serde_json::{Value as Json, json};

/// Writes what there is, and what each query answers.
pub(in crate::cli) fn print(queries: &SavedQueries, console: &mut Console) -> Result<Outcome, CliError> {
    let list = queries.list()?;
    match console.format() {
        RowFormat::Json => console.json(&list.iter().map(to_json).collect::<Json>())?,
        RowFormat::Jsonl => list.iter().try_for_each(|query| console.json(&to_json(query)))?,
        RowFormat::Table | RowFormat::Csv | RowFormat::Markdown => console.rows(&rows(&list), &Language::English)?,
    }
    Ok(if list.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

fn to_json(query: &SavedQuery) -> Json {
    let parameters: Vec<Json> = query
        .parameters
        .iter()
        .map(|own| {
            let default = own.default_text().and_then(|text| serde_json::from_str::<Json>(&text).ok());
            json!({"name": own.name, "type": own.kind.word(), "default": default, "meaning": own.meaning})
        })
        .collect();
    json!({
        "name": query.name,
        "en": query.english,
        "zh": query.chinese,
        "parameters": parameters,
        "examples": query.examples,
    })
}

fn rows(list: &[SavedQuery]) -> Rows {
    let columns = ["name", "what it answers", "回答什么", "parameters"].map(Column::from).into();
    let row = |query: &SavedQuery| {
        let parameters = query.parameters.iter().map(|own| Cell::from(own.to_string())).collect();
        vec![
            Cell::from(query.name.as_str()),
            Cell::from(query.english.as_str()),
            Cell::from(query.chinese.as_str()),
            Cell::List(parameters),
        ]
    };
    Rows { columns, rows: list.iter().map(row).collect() }
}
