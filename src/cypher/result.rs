//! What a statement gives back.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::plan::Explanation;
use super::value::{Map, NodeId, RelationshipId, Value};
use super::view::Effects;

/// A node as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The id that lasts: `startup:moonshot-ai`.
    pub id: Arc<str>,
    /// Its labels.
    pub labels: Vec<Arc<str>>,
    /// Its properties.
    pub properties: Map,
}

/// A relationship as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Relationship {
    /// The id that lasts: that of the fact.
    pub id: Arc<str>,
    /// Its type.
    pub kind: Arc<str>,
    /// The node that it begins at.
    pub from: NodeId,
    /// The node that it ends at.
    pub to: NodeId,
    /// Its properties.
    pub properties: Map,
}

/// Something that is probably not what was meant, though the statement runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What was noticed.
    pub message: String,
    /// What was probably meant.
    pub hint: Option<String>,
    /// Line and column of the place, both from 1.
    pub place: Option<(usize, usize)>,
}

/// The rows of a statement, and what it changed.
#[derive(Debug, Clone, Default)]
pub struct QueryResult {
    /// The names of the columns; none for a statement that only writes.
    pub columns: Vec<Arc<str>>,
    /// The rows, each with a value for every column.
    pub rows: Vec<Vec<Value>>,
    /// What was changed.
    pub effects: Effects,
    /// The plan, for `EXPLAIN` and `PROFILE`.
    pub plan: Option<Explanation>,
    /// Labels, types and properties that the statement looks for and the database does not have.
    pub notices: Vec<Notice>,
    pub(crate) nodes: BTreeMap<NodeId, Node>,
    pub(crate) relationships: BTreeMap<RelationshipId, Relationship>,
}

impl QueryResult {
    /// What a node in the rows is: its labels and properties as they are after the statement.
    #[must_use]
    pub fn node(&self, node: NodeId) -> Option<&Node> {
        self.nodes.get(&node)
    }

    /// What a relationship in the rows is.
    #[must_use]
    pub fn relationship(&self, relationship: RelationshipId) -> Option<&Relationship> {
        self.relationships.get(&relationship)
    }
}
