//! The engine as the judges see it: statements in, values in the notation of the compatibility kit out.

use std::collections::{BTreeMap, BTreeSet};

use ailand::cypher::{self, NodeId, Options, Parameters, Phase, QueryResult};
use ailand::{Error, Landscape};

use super::step::Procedure;
use super::value::{Hop, Node, Relationship, Value};

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
    #[allow(dead_code)] // for the judges of written cases
    pub(crate) hint: String,
    /// Line and column.
    #[allow(dead_code)] // for the judges of written cases
    pub(crate) place: Option<(usize, usize)>,
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let message = error.to_string();
        let hint = error.hint().unwrap_or_default();
        let Error::Query(error) = error else {
            return Self { phase: "runtime", kind: "Store", detail: "Store", message, hint, place: None };
        };
        let phase = if error.phase() == Phase::Compile { "compile time" } else { "runtime" };
        let (kind, detail) = (error.kind().word(), error.detail().word());
        Self { phase, kind, detail, message: error.message().to_owned(), hint, place: error.place() }
    }
}

/// A graph in memory that belongs to one scenario.
pub(crate) struct Engine {
    landscape: Landscape,
    options: Options,
}

impl Engine {
    pub(crate) fn new() -> Self {
        Self { landscape: Landscape::in_memory(), options: Options::default() }
    }

    /// Ends statements after so long.
    #[allow(dead_code)]
    pub(crate) fn limit_time(&mut self, time: std::time::Duration) {
        self.options.limits.time = Some(time);
    }

    /// Makes a procedure known to the statements that follow.
    pub(crate) fn register(&mut self, procedure: &Procedure) {
        // name(field :: TYPE, ...) :: (field :: TYPE, ...)
        let Some((name, rest)) = procedure.signature.split_once('(') else { return };
        let Some((inputs, outputs)) = rest.split_once(") :: ") else { return };
        let fields = |text: &str| -> Vec<(String, String)> {
            let text = text.trim().trim_matches(['(', ')']);
            let fields = text.split(',').filter_map(|field| field.split_once("::"));
            fields.map(|(name, kind)| (name.trim().to_owned(), kind.trim().to_owned())).collect()
        };
        let (inputs, outputs) = (fields(inputs), fields(outputs));
        let borrowed = |fields: &'_ [(String, String)]| -> Vec<(&'static str, &'static str)> {
            fields.iter().map(|(name, kind)| (&*name.clone().leak(), &*kind.clone().leak())).collect()
        };
        let rows = procedure.rows.iter().map(|row| row.iter().map(given).collect()).collect();
        self.options.procedures.add_table(name.trim(), &borrowed(&inputs), &borrowed(&outputs), rows);
    }

    pub(crate) fn run(&mut self, statement: &str, parameters: &[(String, Value)]) -> Result<Rows, Refusal> {
        let parameters: Parameters =
            parameters.iter().map(|(name, value)| (name.as_str().into(), given(value))).collect();
        let result = self.landscape.query_with(statement, &parameters, &self.options)?;
        let columns = result.columns.iter().map(ToString::to_string).collect();
        let rows = result.rows.iter().map(|row| row.iter().map(|value| found(value, &result)).collect()).collect();
        Ok(Rows { columns, rows })
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

/// A value of the kit, as the engine takes it.
fn given(value: &Value) -> cypher::Value {
    match value {
        Value::Null => cypher::Value::Null,
        Value::Bool(value) => cypher::Value::Bool(*value),
        Value::Int(value) => cypher::Value::Int(*value),
        Value::Float(value) => cypher::Value::Float(*value),
        Value::Text(text) => cypher::Value::from(text.as_str()),
        Value::List(items) => cypher::Value::list(items.iter().map(given).collect()),
        Value::Map(map) => cypher::Value::map(map.iter().map(|(key, value)| (key.as_str(), given(value)))),
        Value::Node(_) | Value::Relationship(_) | Value::Path(..) => panic!("no parameter of the kit is {value}"),
    }
}

/// A value of the engine, in the notation of the kit.
fn found(value: &cypher::Value, result: &QueryResult) -> Value {
    match value {
        cypher::Value::Null => Value::Null,
        cypher::Value::Bool(value) => Value::Bool(*value),
        cypher::Value::Int(value) => Value::Int(*value),
        cypher::Value::Float(value) => Value::Float(*value),
        cypher::Value::Text(text) => Value::Text(text.to_string()),
        cypher::Value::List(items) => Value::List(items.iter().map(|item| found(item, result)).collect()),
        cypher::Value::Map(map) => Value::Map(properties(map, result)),
        cypher::Value::Node(id) => Value::Node(node(*id, result)),
        cypher::Value::Relationship(id) => Value::Relationship(relationship(*id, result)),
        cypher::Value::Path(path) => {
            let steps = path.relationships.iter().zip(path.nodes.iter().zip(&path.nodes[1..]));
            let hops = steps.map(|(id, (before, behind))| Hop {
                relationship: relationship(*id, result),
                forward: result.relationship(*id).expect("it is described").from == *before,
                node: node(*behind, result),
            });
            Value::Path(node(path.nodes[0], result), hops.collect())
        }
        temporal => Value::Text(temporal.temporal_text().expect("only temporal values are left")),
    }
}

fn node(id: NodeId, result: &QueryResult) -> Node {
    let node = result.node(id).expect("it is described");
    Node {
        labels: node.labels.iter().map(ToString::to_string).collect(),
        properties: properties(&node.properties, result),
    }
}

fn relationship(id: cypher::RelationshipId, result: &QueryResult) -> Relationship {
    let relationship = result.relationship(id).expect("it is described");
    Relationship { kind: relationship.kind.to_string(), properties: properties(&relationship.properties, result) }
}

fn properties(map: &cypher::Map, result: &QueryResult) -> BTreeMap<String, Value> {
    map.iter().map(|(key, value)| (key.to_string(), found(value, result))).collect()
}
