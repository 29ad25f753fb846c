//! The changes of a statement as records for the store.

use std::collections::HashMap;

use super::record::Record;
use super::{View, amend, names, stored};
use crate::cypher::error::{Detail, Kind, QueryError};
use crate::cypher::value::Value;
use crate::model::{
    Claim, Entity, EntityId, Evidence, Fact, Modality, Name, NameKind, PartialDate, Properties, Reliability, Source,
    SourceId,
};
use crate::names::script_of;
use crate::store::Changes;

impl From<crate::model::ModelError> for QueryError {
    fn from(error: crate::model::ModelError) -> Self {
        Self::run(Kind::ConstraintVerificationFailed, Detail::InvalidPropertyType, error.to_string())
    }
}

impl View {
    /// The changes as records for one commit on the base, in an order that depends on nothing but the statement. The
    /// statement is the evidence of everything it wrote, as a source of its own, published on the day `today`.
    ///
    /// The commit must follow the generation of the base: another one may have used the numbers.
    ///
    /// # Errors
    /// [`Detail::DeleteConnectedNode`] when a deleted node has relationships, [`Detail::Storage`].
    pub(crate) fn into_changes(self, statement: &str, today: Option<PartialDate>) -> Result<Changes, QueryError> {
        self.intact()?;
        if self.dangling().is_some() {
            return Err(connected());
        }
        let mut changes = Changes::by(statement);
        if !self.has_changes() {
            return Ok(changes);
        }
        let source = source(statement, today)?;
        let mut writing = Writing { view: &self, source: source.id.clone(), ids: HashMap::new() };
        writing.entities(&mut changes)?;
        writing.facts(&mut changes)?;
        writing.retractions(&mut changes)?;
        if !(changes.entities.is_empty() && changes.facts.is_empty()) {
            changes.sources.push(source);
        }
        Ok(changes)
    }
}

/// A deleted node still has relationships.
pub(crate) fn connected() -> QueryError {
    QueryError::run(
        Kind::ConstraintVerificationFailed,
        Detail::DeleteConnectedNode,
        "a deleted node still has relationships",
    )
    .with_hint("DETACH DELETE deletes them too")
}

/// A statement as a source. Its id tells the text and the day, so that the same statement is one source on one day.
fn source(statement: &str, today: Option<PartialDate>) -> Result<Source, QueryError> {
    let hash = fnv(statement.bytes());
    let day = today.map(|day| day.to_string()).unwrap_or_default();
    let id = fnv(day.bytes().chain([0]).chain(statement.bytes()));
    Ok(Source {
        id: SourceId::new(format!("cypher:{id:032x}"))?,
        kind: "statement".to_owned(),
        title: statement.to_owned(),
        publisher: None,
        url: None,
        published: today,
        language: None,
        content_hash: Some(format!("fnv1a-128:{hash:032x}")),
        license: None,
        reliability: Reliability::A,
    })
}

/// The hash of Fowler, Noll and Vo (FNV-1a) with 128 bits.
fn fnv(bytes: impl Iterator<Item = u8>) -> u128 {
    const PRIME: u128 = (1 << 88) + (1 << 8) + 0x3b;
    const START: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    bytes.fold(START, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME))
}

struct Writing<'v> {
    view: &'v View,
    source: SourceId,
    /// Ids of created nodes.
    ids: HashMap<u32, EntityId>,
}

impl Writing<'_> {
    fn evidence(&self) -> Evidence {
        Evidence { rule: Evidence::STATEMENT.to_owned(), ..Evidence::curated(self.source.clone()) }
    }

    /// Puts the statement in the place of what stood for it.
    fn sign(&self, evidence: &mut [Evidence]) {
        for pending in evidence.iter_mut().filter(|evidence| evidence.source.as_str() == amend::PENDING) {
            pending.source = self.source.clone();
        }
    }

    fn entities(&mut self, changes: &mut Changes) -> Result<(), QueryError> {
        let view = self.view;
        let overlay = &view.overlay;
        let mut changed: Vec<_> = overlay.changed_nodes.iter().collect();
        changed.sort_unstable_by_key(|(node, _)| **node);
        for (&node, state) in changed {
            if overlay.deleted_nodes.contains(node) {
                continue;
            }
            let mut entity = match &state.entity {
                Some(entity) => (**entity).clone(),
                None => view.base.snapshot.entity(node)?,
            };
            if view.labels_differ(node, &state.labels) {
                let labels: Vec<String> = state.labels.iter().map(|&label| view.text(label).to_string()).collect();
                // The main label of an entity stays in front.
                entity.labels.retain(|label| labels.contains(label));
                let fresh: Vec<String> = labels.into_iter().filter(|label| !entity.labels.contains(label)).collect();
                entity.labels.extend(fresh);
            }
            if state.record.landscape {
                let claims = entity.claims.iter_mut().map(|claim| &mut claim.evidence);
                let names = entity.names.iter_mut().map(|name| &mut name.evidence);
                claims.chain(names).for_each(|evidence| self.sign(evidence));
            } else {
                entity.claims = self.claims(&state.record, &entity.claims)?;
                entity.names = self.made_names(&state.record);
            }
            changes.entities.push(entity);
        }
        for (node, state) in (view.base.node_limit()..).zip(&overlay.created_nodes) {
            if overlay.deleted_nodes.contains(node) {
                continue;
            }
            let id = view.node_id(node)?;
            self.ids.insert(node, id.clone());
            let labels = state.labels.iter().map(|&label| view.text(label).to_string()).collect();
            let (names, claims) = (self.made_names(&state.record), self.claims(&state.record, &[])?);
            changes.entities.push(Entity { id, labels, names, claims });
        }
        Ok(())
    }

    /// The properties of a node that a statement made. A claim that says the same already stays.
    fn claims(&self, record: &Record, before: &[Claim]) -> Result<Vec<Claim>, QueryError> {
        let mut claims = Vec::with_capacity(record.len());
        for (_, key, value) in record.iter() {
            let value = stored::kept(key, value)?;
            let same = before.iter().find(|claim| *claim.key == **key && claim.value == value);
            claims.push(same.cloned().unwrap_or_else(|| Claim {
                key: key.to_string(),
                value,
                qualifiers: Properties::new(),
                evidence: vec![self.evidence()],
            }));
        }
        Ok(claims)
    }

    /// The `name` of a node that a statement made is its name, so that it is found by it.
    fn made_names(&self, record: &Record) -> Vec<Name> {
        match record.get(self.view.base.keys.name) {
            Some(Value::Text(text)) if names::is_name(text) => vec![Name {
                text: text.to_string(),
                language: script_of(text),
                kind: NameKind::Canonical,
                derived: false,
                evidence: vec![self.evidence()],
            }],
            _ => Vec::new(),
        }
    }

    fn facts(&mut self, changes: &mut Changes) -> Result<(), QueryError> {
        let view = self.view;
        let (overlay, base) = (&view.overlay, &view.base);
        let mut changed: Vec<_> = overlay.changed_relationships.iter().collect();
        changed.sort_unstable_by_key(|(relationship, _)| **relationship);
        for (&relationship, state) in changed {
            if overlay.deleted_relationships.contains(relationship) {
                continue;
            }
            let mut fact = match &state.fact {
                Some(fact) => (**fact).clone(),
                None => base.snapshot.fact(base.graph.fact(relationship))?,
            };
            if state.record.landscape {
                self.sign(&mut fact.evidence);
            } else {
                let properties = kept_properties(&state.record)?;
                if properties != fact.properties {
                    fact.modality = modality(&properties);
                    fact.properties = properties;
                    fact.evidence = vec![self.evidence()];
                }
            }
            changes.facts.push(fact);
        }
        for (relationship, created) in (base.relationship_limit()..).zip(&overlay.created_relationships) {
            if overlay.deleted_relationships.contains(relationship) {
                continue;
            }
            let id = view.relationship_id(relationship)?;
            let properties = kept_properties(&created.record)?;
            changes.facts.push(Fact {
                id,
                subject: self.id(created.from)?,
                predicate: view.text(created.kind).to_string(),
                object: self.id(created.to)?,
                modality: modality(&properties),
                properties,
                evidence: vec![self.evidence()],
            });
        }
        Ok(())
    }

    /// Deleting is retracting: the history keeps what was there.
    fn retractions(&self, changes: &mut Changes) -> Result<(), QueryError> {
        let base = &self.view.base;
        let retractions = &mut changes.retractions;
        let deleted = self.view.overlay.deleted_relationships.iter();
        for relationship in deleted.take_while(|&relationship| relationship < base.relationship_limit()) {
            retractions.facts.push(self.view.relationship_id(relationship)?);
        }
        let deleted = self.view.overlay.deleted_nodes.iter();
        for node in deleted.take_while(|&node| node < base.node_limit()) {
            retractions.entities.push(base.snapshot.entity_id(node)?);
        }
        Ok(())
    }

    fn id(&self, node: u32) -> Result<EntityId, QueryError> {
        match self.ids.get(&node) {
            Some(id) => Ok(id.clone()),
            None => Ok(self.view.base.snapshot.entity_id(node)?),
        }
    }
}

fn kept_properties(record: &Record) -> Result<Properties, QueryError> {
    record.iter().map(|(_, key, value)| Ok((key.to_string(), stored::kept(key, value)?))).collect()
}

/// A statement may say how sure a relationship is, in the words that facts use.
fn modality(properties: &Properties) -> Modality {
    let word = properties.get("modality").and_then(|value| value.as_text());
    word.and_then(|word| Modality::parse(word).ok()).unwrap_or(Modality::Asserted)
}
