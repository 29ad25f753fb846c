//! The function library.

use std::sync::Arc;

use super::*;
use crate::cypher::value::{Map, NodeId, RelationshipId, Value};
use crate::cypher::{Detail, Kind, QueryError};

/// A graph without nodes and relationships.
pub(crate) struct NoGraph;

fn none<T>() -> Result<T, QueryError> {
    Err(QueryError::run(Kind::EntityNotFound, Detail::DeletedEntityAccess, "there is nothing"))
}

impl Graph for NoGraph {
    fn labels(&self, _: NodeId) -> Result<Vec<Arc<str>>, QueryError> {
        none()
    }

    fn relationship_type(&self, _: RelationshipId) -> Result<Arc<str>, QueryError> {
        none()
    }

    fn ends(&self, _: RelationshipId) -> Result<(NodeId, NodeId), QueryError> {
        none()
    }

    fn node_property(&self, _: NodeId, _: &str) -> Result<Value, QueryError> {
        none()
    }

    fn relationship_property(&self, _: RelationshipId, _: &str) -> Result<Value, QueryError> {
        none()
    }

    fn node_properties(&self, _: NodeId) -> Result<Map, QueryError> {
        none()
    }

    fn relationship_properties(&self, _: RelationshipId) -> Result<Map, QueryError> {
        none()
    }

    fn node_key(&self, _: NodeId) -> Result<Arc<str>, QueryError> {
        none()
    }

    fn relationship_key(&self, _: RelationshipId) -> Result<Arc<str>, QueryError> {
        none()
    }

    fn degree(&self, _: NodeId, _: Side, _: Option<&str>) -> Result<u64, QueryError> {
        none()
    }

    fn names(&self, _: NodeId) -> Result<Vec<Arc<str>>, QueryError> {
        none()
    }

    fn evidence(&self, _: Subject) -> Result<Vec<Map>, QueryError> {
        none()
    }

    fn sources(&self, _: Subject) -> Result<Vec<Map>, QueryError> {
        none()
    }

    fn statement_time(&self) -> Moment {
        Moment { seconds: 1_709_164_800, nanos: 5_000_000 }
    }
}
