//! What functions ask of the graph.

use std::sync::Arc;

use crate::cypher::QueryError;
use crate::cypher::value::{Map, NodeId, RelationshipId, Value};

/// The graph that a statement sees, as functions need it.
///
/// # Errors
/// Every method fails for a node or relationship that the statement has deleted ([`Detail::DeletedEntityAccess`]), except
/// where it says otherwise, and when the store cannot be read.
///
/// [`Detail::DeletedEntityAccess`]: crate::cypher::Detail::DeletedEntityAccess
pub(crate) trait Graph {
    /// The labels of a node, in their order.
    fn labels(&self, node: NodeId) -> Result<Vec<Arc<str>>, QueryError>;

    /// The type of a relationship; also of one that is deleted.
    fn relationship_type(&self, relationship: RelationshipId) -> Result<Arc<str>, QueryError>;

    /// Where a relationship begins and ends; also of one that is deleted.
    fn ends(&self, relationship: RelationshipId) -> Result<(NodeId, NodeId), QueryError>;

    /// A property; null when there is none of that key.
    fn node_property(&self, node: NodeId, key: &str) -> Result<Value, QueryError>;

    /// A property; null when there is none of that key.
    fn relationship_property(&self, relationship: RelationshipId, key: &str) -> Result<Value, QueryError>;

    /// All properties of a node.
    fn node_properties(&self, node: NodeId) -> Result<Map, QueryError>;

    /// All properties of a relationship.
    fn relationship_properties(&self, relationship: RelationshipId) -> Result<Map, QueryError>;

    /// The id of a node that lasts beyond the statement, such as `startup:moonshot-ai`.
    fn node_key(&self, node: NodeId) -> Result<Arc<str>, QueryError>;

    /// The id of a relationship that lasts beyond the statement.
    fn relationship_key(&self, relationship: RelationshipId) -> Result<Arc<str>, QueryError>;

    /// How many relationships a node has in a direction, all or of one type; a loop counts once in each.
    fn degree(&self, node: NodeId, side: Side, of_type: Option<&str>) -> Result<u64, QueryError>;

    /// Every name of the node's entity, the one that is shown first; empty for nodes without names.
    fn names(&self, node: NodeId) -> Result<Vec<Arc<str>>, QueryError>;

    /// Whether one of the node's names has this normal form.
    fn is_named(&self, node: NodeId, normal_form: &str) -> Result<bool, QueryError> {
        Ok(self.names(node)?.iter().any(|name| crate::names::name_key(name) == normal_form))
    }

    /// The evidence of a fact or of an entity's claims: maps of source, quote, date and the like.
    fn evidence(&self, subject: Subject) -> Result<Vec<Map>, QueryError>;

    /// The sources behind that evidence, each once: maps of id, title, publisher and the like.
    fn sources(&self, subject: Subject) -> Result<Vec<Map>, QueryError>;

    /// When the statement began, by the clock of the machine.
    fn statement_time(&self) -> Moment;
}

/// Whose evidence is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    /// An entity.
    Node(NodeId),
    /// A fact.
    Relationship(RelationshipId),
}

/// The direction in which relationships are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// Those that begin at the node.
    Out,
    /// Those that end at the node.
    In,
    /// Both.
    Both,
}

/// A moment in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Seconds since 1970-01-01T00:00Z.
    pub(crate) seconds: i64,
    /// Nanoseconds within the second.
    pub(crate) nanos: u32,
}

impl Moment {
    /// The moment that the clock of the machine shows.
    pub(crate) fn now() -> Self {
        let since = std::time::UNIX_EPOCH.elapsed().unwrap_or_default();
        Self { seconds: i64::try_from(since.as_secs()).unwrap_or(i64::MAX), nanos: since.subsec_nanos() }
    }
}
