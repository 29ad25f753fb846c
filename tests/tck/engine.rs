//! The engine as the judges see it: statements in, values in the notation of the compatibility kit out.

use std::collections::{BTreeMap, BTreeSet};

use super::step::Procedure;
use super::value::{Node, Value};

/// The rows of a statement.
#[derive(Debug)]
pub(crate) struct Rows {
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Vec<Value>>,
}

/// Why a statement failed.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// `compile time` or `runtime`.
    pub(crate) phase: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) detail: &'static str,
    pub(crate) message: String,
    /// The advice; empty when there is none.
    pub(crate) hint: String,
    /// Line and column.
    pub(crate) place: Option<(usize, usize)>,
}

/// A graph in memory that belongs to one scenario.
pub(crate) struct Engine {}

impl Engine {
    pub(crate) fn new() -> Self {
        Self {}
    }

    /// Makes a procedure known to the statements that follow.
    pub(crate) fn register(&mut self, _procedure: &Procedure) {}

    pub(crate) fn run(&mut self, _statement: &str, _parameters: &[(String, Value)]) -> Result<Rows, Refusal> {
        Err(Refusal { phase: "runtime", kind: "NotThere", detail: "NotThere", message: String::new(), hint: String::new(), place: None })
    }

    /// Everything that can be seen of the graph.
    pub(crate) fn snapshot(&mut self) -> Result<Snapshot, Refusal> {
        let mut snapshot = Snapshot::default();
        let nodes = self.run("MATCH (n) RETURN elementId(n), n", &[])?;
        for row in nodes.rows {
            let [id, Value::Node(Node { labels, properties })] = row.as_slice() else { continue };
            snapshot.nodes.insert(id.to_string());
            snapshot.labels.extend(labels.iter().cloned());
            let property = |(key, value): (&String, &Value)| (id.to_string(), key.clone(), value.to_string());
            snapshot.properties.extend(properties.iter().map(property));
        }
        let relationships = self.run("MATCH ()-[r]->() RETURN elementId(r), r", &[])?;
        for row in relationships.rows {
            let [id, Value::Relationship(relationship)] = row.as_slice() else { continue };
            snapshot.relationships.insert(id.to_string());
            let property = |(key, value): (&String, &Value)| (format!("-{id}"), key.clone(), value.to_string());
            snapshot.properties.extend(relationship.properties.iter().map(property));
        }
        Ok(snapshot)
    }
}

/// What the kit counts of a graph; a property is its owner, its key and its value.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct Snapshot {
    pub(crate) nodes: BTreeSet<String>,
    pub(crate) relationships: BTreeSet<String>,
    pub(crate) properties: BTreeSet<(String, String, String)>,
    pub(crate) labels: BTreeSet<String>,
}

/// Parameters by name, as the engine takes them.
#[allow(dead_code)]
fn by_name(parameters: &[(String, Value)]) -> BTreeMap<&str, &Value> {
    parameters.iter().map(|(name, value)| (name.as_str(), value)).collect()
}
