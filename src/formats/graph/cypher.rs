//! A script of openCypher that builds the graph.
//!
//! Entities get the label `Entity` in addition to their own, so that one index finds both ends of a relationship. A property
//! cannot hold a list of lists or a list of different kinds; such lists are JSON text.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::{GraphRecords, json};
use crate::model::{TemporalKind, Value};

/// Writes the records as Cypher, one statement a line.
///
/// # Errors
/// Those of `out`.
pub fn write(records: &GraphRecords, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "CREATE INDEX entity_id IF NOT EXISTS FOR (n:Entity) ON (n.id);")?;
    for node in &records.nodes {
        let labels: String =
            node.labels.iter().filter(|label| *label != "Entity").map(|label| format!(":{}", name(label))).collect();
        let attributes = node.attributes().into_iter().filter(|(key, _)| key != "labels");
        writeln!(out, "CREATE (:Entity{labels} {});", map(node.id.as_str(), attributes))?;
    }
    for edge in &records.edges {
        let attributes = edge.attributes().into_iter().filter(|(key, _)| key != "predicate");
        writeln!(
            out,
            "MATCH (a:Entity {{id: {}}}), (b:Entity {{id: {}}}) CREATE (a)-[:{} {}]->(b);",
            text(edge.from.as_str()),
            text(edge.to.as_str()),
            name(&edge.predicate),
            map(edge.id.as_str(), attributes),
        )?;
    }
    Ok(())
}

fn map(id: &str, attributes: impl Iterator<Item = (String, Value)>) -> String {
    let mut map = format!("{{id: {}", text(id));
    for (key, value) in attributes {
        map.push_str(", ");
        map.push_str(&name(&key));
        map.push_str(": ");
        map.push_str(&literal(&value));
    }
    map.push('}');
    map
}

/// A name, in backquotes where it is not plain ASCII.
fn name(word: &str) -> String {
    let plain = word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && word.starts_with(|c: char| c.is_ascii_alphabetic());
    if plain {
        return word.to_owned();
    }
    // An empty name, and a NUL in one, are errors.
    let word = if word.is_empty() { "_" } else { word };
    format!("`{}`", word.replace('\0', "\u{fffd}").replace('`', "``"))
}

fn literal(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        // The smallest number has no positive counterpart, and a minus sign is an operator.
        Value::Int(i64::MIN) => format!("({} - 1)", i64::MIN + 1),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => format!("{number:?}"),
        Value::Text(value) => text(value),
        Value::Date(date) => text(&date.to_string()),
        Value::Temporal(temporal) => format!("{}({})", function(temporal.kind()), text(temporal.as_str())),
        Value::List(values) => {
            let kind = |value: &Value| match value {
                Value::Date(_) => (std::mem::discriminant(&Value::Text(String::new())), None),
                Value::Temporal(temporal) => (std::mem::discriminant(value), Some(temporal.kind())),
                other => (std::mem::discriminant(other), None),
            };
            let alike = values.iter().zip(values.iter().skip(1)).all(|(a, b)| kind(a) == kind(b));
            if alike && !values.iter().any(|value| matches!(value, Value::List(_))) {
                format!("[{}]", values.iter().map(literal).collect::<Vec<_>>().join(", "))
            } else {
                text(&json::value(value).to_string())
            }
        }
    }
}

/// The function that makes a temporal value of its text.
fn function(kind: TemporalKind) -> &'static str {
    match kind {
        TemporalKind::Date => "date",
        TemporalKind::LocalTime => "localtime",
        TemporalKind::Time => "time",
        TemporalKind::LocalDateTime => "localdatetime",
        TemporalKind::DateTime => "datetime",
        TemporalKind::Duration => "duration",
    }
}

/// Text as a string of Cypher, on one line.
fn text(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('\'');
    for c in text.chars() {
        match c {
            '\'' => quoted.push_str("\\'"),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('\'');
    quoted
}
