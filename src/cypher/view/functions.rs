//! What functions ask of the graph.

use std::sync::Arc;

use super::{Direction, View, deleted};
use crate::cypher::error::QueryError;
use crate::cypher::function::{Graph, Moment, Side, Subject};
use crate::cypher::value::{Map, NodeId, RelationshipId, Value};
use crate::model::{Evidence, Source};

fn map(entries: impl IntoIterator<Item = (&'static str, Option<Value>)>) -> Map {
    entries.into_iter().filter_map(|(key, value)| Some((key.into(), value?))).collect()
}

fn text(text: impl AsRef<str>) -> Value {
    Value::Text(text.as_ref().into())
}

impl View {
    /// The evidence of a fact, or of the names and claims of an entity; each once.
    fn evidence_of(&self, subject: Subject) -> Result<Vec<Evidence>, QueryError> {
        let all: Vec<Evidence> = match subject {
            Subject::Node(node) => {
                if !self.is_node(node) {
                    return Err(deleted("node"));
                }
                let changed = self.node_state(node.0).and_then(|state| state.entity.as_deref());
                let entity = match changed {
                    Some(entity) => entity.clone(),
                    None if node.0 < self.base.node_limit() => self.base.snapshot.entity(node.0)?,
                    None => return Ok(Vec::new()),
                };
                let claims = entity.claims.into_iter().flat_map(|claim| claim.evidence);
                entity.names.into_iter().flat_map(|name| name.evidence).chain(claims).collect()
            }
            Subject::Relationship(relationship) => {
                if !self.is_relationship(relationship) {
                    return Err(deleted("relationship"));
                }
                let changed = self.overlay.changed_relationships.get(&relationship.0);
                match changed.and_then(|state| state.fact.as_deref()) {
                    Some(fact) => fact.evidence.clone(),
                    None if relationship.0 < self.base.relationship_limit() => {
                        self.base.snapshot.fact(self.base.graph.fact(relationship.0))?.evidence
                    }
                    None => Vec::new(),
                }
            }
        };
        let mut unique: Vec<Evidence> = Vec::with_capacity(all.len());
        for evidence in all {
            // What this statement says is no evidence before it is committed.
            if evidence.source.as_str() != super::amend::PENDING && !unique.contains(&evidence) {
                unique.push(evidence);
            }
        }
        Ok(unique)
    }

    fn source(&self, evidence: &Evidence) -> Result<Option<Source>, QueryError> {
        Ok(self.base.snapshot.source_by_id(&evidence.source)?)
    }
}

impl Graph for View {
    fn labels(&self, node: NodeId) -> Result<Vec<Arc<str>>, QueryError> {
        if !self.is_node(node) {
            return Err(deleted("node"));
        }
        Ok(View::labels(self, node).into_iter().map(|label| Arc::clone(self.text(label))).collect())
    }

    fn relationship_type(&self, relationship: RelationshipId) -> Result<Arc<str>, QueryError> {
        Ok(Arc::clone(self.text(self.type_of(relationship))))
    }

    fn ends(&self, relationship: RelationshipId) -> Result<(NodeId, NodeId), QueryError> {
        Ok(View::ends(self, relationship))
    }

    fn node_property(&self, node: NodeId, key: &str) -> Result<Value, QueryError> {
        match self.word(key) {
            Some(key) => View::node_property(self, node, key),
            None if self.is_node(node) => Ok(Value::Null),
            None => Err(deleted("node")),
        }
    }

    fn relationship_property(&self, relationship: RelationshipId, key: &str) -> Result<Value, QueryError> {
        match self.word(key) {
            Some(key) => View::relationship_property(self, relationship, key),
            None if self.is_relationship(relationship) => Ok(Value::Null),
            None => Err(deleted("relationship")),
        }
    }

    fn node_properties(&self, node: NodeId) -> Result<Map, QueryError> {
        let record = View::node_properties(self, node)?;
        Ok(record.iter().map(|(_, key, value)| (Arc::clone(key), value.clone())).collect())
    }

    fn relationship_properties(&self, relationship: RelationshipId) -> Result<Map, QueryError> {
        let record = View::relationship_properties(self, relationship)?;
        Ok(record.iter().map(|(_, key, value)| (Arc::clone(key), value.clone())).collect())
    }

    fn node_key(&self, node: NodeId) -> Result<Arc<str>, QueryError> {
        if self.is_node(node) { Ok(self.node_id(node.0)?.as_str().into()) } else { Err(deleted("node")) }
    }

    fn relationship_key(&self, relationship: RelationshipId) -> Result<Arc<str>, QueryError> {
        if !self.is_relationship(relationship) {
            return Err(deleted("relationship"));
        }
        Ok(self.relationship_id(relationship.0)?.as_str().into())
    }

    fn degree(&self, node: NodeId, side: Side, of_type: Option<&str>) -> Result<u64, QueryError> {
        if !self.is_node(node) {
            return Err(deleted("node"));
        }
        let direction = match side {
            Side::Out => Direction::Out,
            Side::In => Direction::In,
            Side::Both => Direction::Both,
        };
        let Some(of_type) = of_type else { return Ok(View::degree(self, node, direction) as u64) };
        let Some(of_type) = self.word(of_type) else { return Ok(0) };
        let mut cursor = self.edges(node, direction);
        let edges = std::iter::from_fn(|| self.next_edge(&mut cursor));
        Ok(edges.filter(|&(.., kind)| kind == of_type).count() as u64)
    }

    fn names(&self, node: NodeId) -> Result<Vec<Arc<str>>, QueryError> {
        Ok(self.names_of(node)?.into_iter().map(Arc::from).collect())
    }

    fn is_named(&self, node: NodeId, name: &str) -> Result<bool, QueryError> {
        // The normal form of a normal form is itself.
        View::is_named(self, node, name)
    }

    fn evidence(&self, subject: Subject) -> Result<Vec<Map>, QueryError> {
        let mut maps = Vec::new();
        for evidence in self.evidence_of(subject)? {
            let published = self.source(&evidence)?.and_then(|source| source.published);
            maps.push(map([
                ("source", Some(text(evidence.source.as_str()))),
                ("date", published.map(|date| text(date.to_string()))),
                ("quote", evidence.quote.map(text)),
                ("start", evidence.span.map(|span| Value::Int(span.start.into()))),
                ("end", evidence.span.map(|span| Value::Int(span.end.into()))),
                ("row", evidence.row.map(text)),
                ("rule", Some(text(evidence.rule))),
                ("confidence", Some(Value::Float(super::shown::decimal(evidence.confidence)))),
                ("asserted_by", evidence.asserted_by.map(|id| text(id.as_str()))),
            ]));
        }
        Ok(maps)
    }

    fn sources(&self, subject: Subject) -> Result<Vec<Map>, QueryError> {
        let (mut maps, mut seen) = (Vec::new(), Vec::new());
        for evidence in self.evidence_of(subject)? {
            if seen.contains(&evidence.source) {
                continue;
            }
            if let Some(source) = self.source(&evidence)? {
                maps.push(map([
                    ("id", Some(text(source.id.as_str()))),
                    ("kind", Some(text(&source.kind))),
                    ("title", Some(text(&source.title))),
                    ("publisher", source.publisher.as_deref().map(text)),
                    ("url", source.link().map(text)),
                    ("published", source.published.map(|date| text(date.to_string()))),
                    ("language", source.language.as_ref().map(|language| text(language.tag()))),
                    ("reliability", Some(text(source.reliability.letter()))),
                ]));
            }
            seen.push(evidence.source);
        }
        Ok(maps)
    }

    fn statement_time(&self) -> Moment {
        self.began
    }
}
