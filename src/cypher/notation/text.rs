//! Values in the notation of Cypher: `(:Startup {name: '月之暗面'})`, `[1, 2.0, null]`.

use std::fmt::{self, Write as _};

use crate::cypher::result::QueryResult;
use crate::cypher::value::{Map, NodeId, Path, RelationshipId, Value, float_text};
use crate::model::vocabulary::is_word;

impl QueryResult {
    /// A value of a row in the notation of Cypher: strings and temporal values in quotes, nodes with their labels and
    /// properties, paths as patterns.
    ///
    /// # Examples
    /// ```
    /// use ailand::cypher::{QueryResult, Value};
    ///
    /// let list = Value::list(vec![Value::Int(1), Value::Float(2.0), "it's".into(), Value::Null]);
    /// assert_eq!(QueryResult::default().text(&list), r"[1, 2.0, 'it\'s', null]");
    /// ```
    #[must_use]
    pub fn text(&self, value: &Value) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = self.write(value, &mut text);
        text
    }

    /// A value of a row as a table shows it: as [`QueryResult::text`], but a string or a temporal value stands bare.
    #[must_use]
    pub fn cell(&self, value: &Value) -> String {
        match value {
            Value::Text(text) => text.to_string(),
            other => other.temporal_text().unwrap_or_else(|| self.text(other)),
        }
    }

    fn write(&self, value: &Value, out: &mut String) -> fmt::Result {
        match value {
            Value::Null => out.write_str("null"),
            Value::Bool(truth) => write!(out, "{truth}"),
            Value::Int(number) => write!(out, "{number}"),
            Value::Float(number) => out.write_str(&float_text(*number)),
            Value::Text(text) => write_quoted(text, out),
            Value::List(values) => {
                out.write_char('[')?;
                for (at, value) in values.iter().enumerate() {
                    out.write_str(if at == 0 { "" } else { ", " })?;
                    self.write(value, out)?;
                }
                out.write_char(']')
            }
            Value::Map(map) => self.write_map(map, out),
            Value::Node(node) => self.write_node(*node, out),
            Value::Relationship(relationship) => self.write_relationship(*relationship, out),
            Value::Path(path) => self.write_path(path, out),
            temporal => write_quoted(&temporal.temporal_text().unwrap_or_default(), out),
        }
    }

    fn write_map(&self, map: &Map, out: &mut String) -> fmt::Result {
        out.write_char('{')?;
        for (at, (key, value)) in map.iter().enumerate() {
            out.write_str(if at == 0 { "" } else { ", " })?;
            write_word(key, out)?;
            out.write_str(": ")?;
            self.write(value, out)?;
        }
        out.write_char('}')
    }

    fn write_node(&self, node: NodeId, out: &mut String) -> fmt::Result {
        out.write_char('(')?;
        if let Some(node) = self.node(node) {
            for label in &node.labels {
                out.write_char(':')?;
                write_word(label, out)?;
            }
            if !node.properties.is_empty() {
                out.write_str(if node.labels.is_empty() { "" } else { " " })?;
                self.write_map(&node.properties, out)?;
            }
        }
        out.write_char(')')
    }

    fn write_relationship(&self, relationship: RelationshipId, out: &mut String) -> fmt::Result {
        out.write_char('[')?;
        if let Some(relationship) = self.relationship(relationship) {
            out.write_char(':')?;
            write_word(&relationship.kind, out)?;
            if !relationship.properties.is_empty() {
                out.write_char(' ')?;
                self.write_map(&relationship.properties, out)?;
            }
        }
        out.write_char(']')
    }

    fn write_path(&self, path: &Path, out: &mut String) -> fmt::Result {
        let mut relationships = path.relationships.iter();
        for node in &path.nodes {
            self.write_node(*node, out)?;
            let Some(relationship) = relationships.next() else { continue };
            let leaves = self.relationship(*relationship).is_none_or(|shown| shown.from == *node);
            out.write_str(if leaves { "-" } else { "<-" })?;
            self.write_relationship(*relationship, out)?;
            out.write_str(if leaves { "->" } else { "-" })?;
        }
        Ok(())
    }
}

/// Text in single quotes, so that it reads back as the same text.
fn write_quoted(text: &str, out: &mut String) -> fmt::Result {
    out.write_char('\'')?;
    for c in text.chars() {
        match c {
            '\'' => out.write_str("\\'")?,
            '\\' => out.write_str("\\\\")?,
            '\n' => out.write_str("\\n")?,
            '\r' => out.write_str("\\r")?,
            '\t' => out.write_str("\\t")?,
            c if c.is_control() => write!(out, "\\u{:04X}", u32::from(c))?,
            c => out.write_char(c)?,
        }
    }
    out.write_char('\'')
}

/// A label, type or key, in backticks where it is not a plain word.
fn write_word(word: &str, out: &mut String) -> fmt::Result {
    if is_word(word) { out.write_str(word) } else { write!(out, "`{}`", word.replace('`', "``")) }
}
