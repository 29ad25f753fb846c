//! What sources claim about a node, the claims that are not shown among it.

use std::sync::Arc;

use super::{View, amend, deleted, stored};
use crate::cypher::error::QueryError;
use crate::cypher::value::{Map, NodeId, Value};
use crate::model::{Entity, Reliability};

/// A claim as a statement sees it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SeenClaim {
    pub(crate) key: Arc<str>,
    pub(crate) value: Value,
    /// What narrows the value down: `currency`, `as_of`, ...
    pub(crate) qualifiers: Map,
    /// The ids of the sources, each once.
    pub(crate) sources: Vec<Arc<str>>,
    /// Whether it is the one that the property of the node shows.
    pub(crate) shown: bool,
}

impl View {
    /// The claims about a node in the order in which they came; none about a node that this statement made.
    ///
    /// # Errors
    /// [`Detail::DeletedEntityAccess`](crate::cypher::Detail::DeletedEntityAccess) for a deleted node,
    /// [`Detail::Storage`](crate::cypher::Detail::Storage) for a damaged one.
    pub(crate) fn claims_of(&self, node: NodeId) -> Result<Vec<SeenClaim>, QueryError> {
        if !self.is_node(node) {
            return Err(deleted("node"));
        }
        let changed = self.node_state(node.0).and_then(|state| state.entity.as_deref());
        let entity: Entity = match changed {
            Some(entity) => entity.clone(),
            None if node.0 < self.base.node_limit() => self.base.snapshot.entity(node.0)?,
            None => return Ok(Vec::new()),
        };
        let mut known = Vec::new();
        for evidence in entity.claims.iter().flat_map(|claim| &claim.evidence) {
            known.push((&evidence.source, self.base.reliability(&evidence.source)?));
        }
        let of = |id: &_| known.iter().find(|(own, _)| *own == id).map_or(Reliability::C, |&(_, own)| own);
        let mut seen = Vec::new();
        for claim in &entity.claims {
            let mut sources: Vec<Arc<str>> = Vec::new();
            for evidence in &claim.evidence {
                let id = evidence.source.as_str();
                if id != amend::PENDING && sources.iter().all(|own| **own != *id) {
                    sources.push(id.into());
                }
            }
            seen.push(SeenClaim {
                key: claim.key.as_str().into(),
                value: stored::seen(&claim.value),
                qualifiers: claim.qualifiers.iter().map(|(key, value)| (key.into(), stored::seen(value))).collect(),
                sources,
                shown: entity.shown(&claim.key, of).is_some_and(|shown| std::ptr::eq(shown, claim)),
            });
        }
        Ok(seen)
    }
}
