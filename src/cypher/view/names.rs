//! Look-ups: nodes by name and by id.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::View;
use super::shown::{NODE, RELATIONSHIP};
use crate::cypher::error::QueryError;
use crate::cypher::value::{NodeId, Value};
use crate::model::{EntityId, FactId};
use crate::names::name_key;

/// Text of more characters than this is no name, and is not indexed as one.
pub(super) const LONGEST_NAME: usize = 500;

/// Whether the `name` of a node that a statement made is a name to be found by.
pub(super) fn is_name(text: &str) -> bool {
    !text.trim().is_empty() && text.len() <= 4 * LONGEST_NAME && text.chars().count() <= LONGEST_NAME
}

/// The names and ids that nodes got in this statement.
#[derive(Debug, Default)]
pub(super) struct FreshKeys {
    /// How many of the created nodes are in the maps.
    read: usize,
    by_name: HashMap<String, Vec<u32>>,
    by_id: HashMap<Arc<str>, Vec<u32>>,
    /// Nodes whose name or id was set after they were created.
    changed: BTreeSet<u32>,
}

impl FreshKeys {
    /// Notes that a node may have another name or id than before.
    pub(super) fn change(&mut self, node: u32) {
        self.changed.insert(node);
    }
}

impl View {
    /// The nodes that have a name, in any script, width, case and spacing, ascending.
    ///
    /// # Errors
    /// [`Detail::Storage`](crate::cypher::Detail::Storage).
    pub(crate) fn named(&self, text: &str) -> Result<Vec<NodeId>, QueryError> {
        let key = name_key(text);
        let mut found: BTreeSet<u32> = self.base.named(text)?.iter().copied().collect();
        self.add_fresh(&mut found, |keys| keys.by_name.get(&key));
        let mut nodes = Vec::with_capacity(found.len());
        for node in found.into_iter().map(NodeId).filter(|&node| self.is_node(node)) {
            if self.node_state(node.0).is_none() || self.has_name(node, &key)? {
                nodes.push(node);
            }
        }
        Ok(nodes)
    }

    /// Adds the nodes that may have got a name or id in this statement.
    fn add_fresh(&self, found: &mut BTreeSet<u32>, created: impl Fn(&FreshKeys) -> Option<&Vec<u32>>) {
        if !self.has_changes() {
            return;
        }
        let mut keys = self.fresh_keys.borrow_mut();
        let nodes = (self.base.node_limit()..).zip(&self.overlay.created_nodes);
        for (node, state) in nodes.skip(keys.read) {
            if let Some(Value::Text(name)) = state.record.get(self.base.keys.name)
                && is_name(name)
            {
                keys.by_name.entry(name_key(name)).or_default().push(node);
            }
            if let Some(Value::Text(id)) = state.record.get(self.base.keys.id) {
                keys.by_id.entry(Arc::clone(id)).or_default().push(node);
            }
        }
        keys.read = self.overlay.created_nodes.len();
        found.extend(created(&keys).into_iter().flatten());
        found.extend(&keys.changed);
    }

    /// The nodes whose property `name` may be a text, and those that have it as a name, ascending. `None` when no index
    /// knows names like this one, so that every node must be looked at.
    ///
    /// # Errors
    /// [`Detail::Storage`](crate::cypher::Detail::Storage).
    pub(crate) fn seek_name(&self, text: &str) -> Result<Option<Vec<NodeId>>, QueryError> {
        if !is_name(text) || name_key(text).is_empty() {
            return Ok(None);
        }
        self.named(text).map(Some)
    }

    /// The nodes whose property `id` is a text, ascending.
    ///
    /// # Errors
    /// [`Detail::Storage`](crate::cypher::Detail::Storage).
    pub(crate) fn seek_id(&self, text: &str) -> Result<Vec<NodeId>, QueryError> {
        let made = self.base.made_ids()?.get(text).into_iter().flatten().copied();
        let mut found: BTreeSet<u32> = made.chain(self.by_id(text)?.map(|node| node.0)).collect();
        self.add_fresh(&mut found, |keys| keys.by_id.get(text));
        let mut nodes = Vec::with_capacity(found.len());
        for node in found.into_iter().map(NodeId).filter(|&node| self.is_node(node)) {
            if matches!(self.node_property(node, self.base.keys.id)?, Value::Text(id) if *id == *text) {
                nodes.push(node);
            }
        }
        Ok(nodes)
    }

    /// Whether a node has a name, in any script, width, case and spacing.
    ///
    /// # Errors
    /// [`Detail::Storage`](crate::cypher::Detail::Storage).
    pub(crate) fn is_named(&self, node: NodeId, text: &str) -> Result<bool, QueryError> {
        match self.node_state(node.0) {
            Some(_) => self.has_name(node, &name_key(text)),
            None => Ok(self.base.named(text)?.binary_search(&node.0).is_ok()),
        }
    }

    fn has_name(&self, node: NodeId, key: &str) -> Result<bool, QueryError> {
        Ok(!key.is_empty() && self.names_of(node)?.iter().any(|name| name_key(name) == key))
    }

    /// The names of a node, the one to show first in front.
    ///
    /// # Errors
    /// [`Detail::Storage`](crate::cypher::Detail::Storage).
    pub(crate) fn names_of(&self, node: NodeId) -> Result<Vec<String>, QueryError> {
        let record = self.node_properties(node)?;
        if !record.landscape {
            let name = record.get(self.base.keys.name);
            return Ok(match name {
                Some(Value::Text(name)) if is_name(name) => vec![name.to_string()],
                _ => Vec::new(),
            });
        }
        let changed = self.node_state(node.0).and_then(|state| state.entity.as_deref());
        let names = match changed {
            Some(entity) => entity.names.clone(),
            None => self.base.snapshot.heading(node.0)?.names,
        };
        let mut texts: Vec<String> = names.into_iter().map(|name| name.text).collect();
        if let Some(Value::Text(shown)) = record.get(self.base.keys.name)
            && let Some(place) = texts.iter().position(|text| **text == **shown)
        {
            texts.get_mut(..=place).unwrap_or_default().rotate_right(1);
        }
        Ok(texts)
    }

    /// Whether a node is of the landscape: it has an id and names of its own, and was not made by a statement.
    ///
    /// # Errors
    /// [`Detail::Storage`](crate::cypher::Detail::Storage).
    pub(crate) fn is_landscape(&self, node: NodeId) -> Result<bool, QueryError> {
        Ok(self.node_properties(node)?.landscape)
    }

    /// The node of the landscape with that id. Nodes that statements made show no id of their own.
    ///
    /// # Errors
    /// [`Detail::Storage`](crate::cypher::Detail::Storage).
    pub(crate) fn by_id(&self, id: &str) -> Result<Option<NodeId>, QueryError> {
        let Ok(id) = EntityId::new(id) else { return Ok(None) };
        if super::shown::is_made(id.as_str()) {
            return Ok(None);
        }
        let node = self.base.snapshot.entity_number(&id)?.map(NodeId);
        Ok(node.filter(|&node| self.is_node(node)))
    }

    /// The id that a node has in the database, or will have when the statement is committed.
    ///
    /// # Errors
    /// [`Detail::Storage`](crate::cypher::Detail::Storage).
    pub(crate) fn node_id(&self, node: u32) -> Result<EntityId, QueryError> {
        if node < self.base.node_limit() {
            return Ok(self.base.snapshot.entity_id(node)?);
        }
        self.free_id(NODE, node, |text| {
            let id = EntityId::new(text)?;
            Ok(self.base.snapshot.entity_number(&id)?.is_none().then_some(id))
        })
    }

    /// The id that a relationship has in the database, or will have when the statement is committed.
    ///
    /// # Errors
    /// [`Detail::Storage`](crate::cypher::Detail::Storage).
    pub(crate) fn relationship_id(&self, relationship: u32) -> Result<FactId, QueryError> {
        let snapshot = &self.base.snapshot;
        let Some(place) = relationship.checked_sub(self.base.relationship_limit()) else {
            return Ok(snapshot.fact_id(self.base.graph.fact(relationship))?);
        };
        self.free_id(RELATIONSHIP, snapshot.fact_bound().saturating_add(place), |text| {
            let id = FactId::new(text)?;
            Ok(snapshot.fact_number(&id)?.is_none().then_some(id))
        })
    }

    /// The first of `node:17`, `node:17-3` (made upon generation 3), `node:17-3-1`, ... that `free` takes.
    fn free_id<T>(
        &self,
        prefix: &str,
        number: u32,
        free: impl Fn(String) -> Result<Option<T>, QueryError>,
    ) -> Result<T, QueryError> {
        let plain = format!("{prefix}{number}");
        let dated = format!("{plain}-{}", self.base.generation());
        let mut more = 0_u32;
        let mut candidate = plain;
        loop {
            if let Some(id) = free(candidate)? {
                return Ok(id);
            }
            candidate = if more == 0 { dated.clone() } else { format!("{dated}-{more}") };
            more += 1;
        }
    }
}
