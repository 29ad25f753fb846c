//! Two CSV files with the headers of Neo4j's import.
//!
//! `neo4j-admin database import full --nodes=nodes.csv --relationships=edges.csv --multiline-fields=true`
//!
//! Lists of text are arrays with `;` between the elements where no element holds one; all other lists are JSON text.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::GraphRecords;
use super::json;
use super::schema::{Schema, Type};
use crate::formats::csv;
use crate::model::{Cell, Column, Value};

/// Writes the entities: `id:ID`, `:LABEL` and a column for every other key.
///
/// # Errors
/// Those of `out`.
pub fn write_nodes(records: &GraphRecords, out: &mut impl Write) -> io::Result<()> {
    let schema = Schema::of(records.nodes.iter().map(|node| node.attributes()));
    let rows = records.nodes.iter().map(|node| {
        let labels = Cell::Text(node.labels.join(";"));
        vec![Cell::from(node.id.as_str()), labels].into_iter().chain(cells(&schema, "labels", node.attributes()))
    });
    let columns = columns(&["id:ID", ":LABEL"], &schema, "labels");
    csv::write(&columns, rows.map(Iterator::collect::<Vec<_>>), out)
}

/// Writes the facts: `id`, `:START_ID`, `:END_ID`, `:TYPE` and a column for every other key.
///
/// # Errors
/// Those of `out`.
pub fn write_edges(records: &GraphRecords, out: &mut impl Write) -> io::Result<()> {
    let schema = Schema::of(records.edges.iter().map(|edge| edge.attributes()));
    let rows = records.edges.iter().map(|edge| {
        let ids = [edge.id.as_str(), edge.from.as_str(), edge.to.as_str(), &edge.predicate].map(Cell::from);
        ids.into_iter().chain(cells(&schema, "predicate", edge.attributes()))
    });
    let columns = columns(&["id", ":START_ID", ":END_ID", ":TYPE"], &schema, "predicate");
    csv::write(&columns, rows.map(Iterator::collect::<Vec<_>>), out)
}

/// The header: names that Neo4j could read as a type are changed, and no name comes twice.
fn columns(first: &[&str], schema: &Schema, without: &str) -> Vec<Column> {
    let mut columns: Vec<Column> = first.iter().map(|&name| name.into()).collect();
    let mut taken: BTreeSet<String> = BTreeSet::from(["id".to_owned()]);
    for (key, kind) in schema.columns().iter().filter(|(key, _)| key != without) {
        let mut name = key.replace(':', "_");
        while name.is_empty() || taken.contains(&name) {
            name.push('_');
        }
        taken.insert(name.clone());
        let kind = match kind {
            Type::Bool => ":boolean",
            Type::Int => ":long",
            Type::Float => ":double",
            Type::Text => "",
            Type::Texts => ":string[]",
        };
        columns.push(Column { name: name + kind });
    }
    columns
}

/// The cells of a record below the header of the schema.
fn cells(schema: &Schema, without: &str, attributes: Vec<(String, Value)>) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(schema.columns().len());
    for (key, kind) in schema.columns().iter().filter(|(key, _)| key != without) {
        let value = attributes.iter().find(|(own, _)| own == key).map(|(_, value)| value);
        cells.push(match (value, kind) {
            (None, _) => Cell::Empty,
            (Some(Value::List(values)), Type::Texts) => {
                Cell::Text(values.iter().filter_map(Value::as_text).collect::<Vec<_>>().join(";"))
            }
            (Some(list @ Value::List(_)), _) => Cell::Text(json::value(list).to_string()),
            (Some(value), _) => Cell::from(value),
        });
    }
    cells
}
