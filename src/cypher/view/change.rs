//! Creating, setting and deleting.

use std::collections::hash_map::Entry;
use std::rc::Rc;

use super::overlay::{Chain, CreatedRelationship, NONE, NodeState, RelationshipState};
use super::record::Record;
use super::shown::{self, Lexicon};
use super::words::WordId;
use super::{Direction, View, amend, deleted, stored};
use crate::cypher::error::{Detail, Kind, QueryError};
use crate::cypher::value::{NodeId, RelationshipId, Value};

/// Adds to the end of a chain. The caller links the one before.
fn append(chain: &mut Chain, number: u32) -> u32 {
    let before = chain.last;
    if chain.first == NONE {
        chain.first = number;
    }
    chain.last = number;
    chain.length += 1;
    before
}

impl View {
    /// Creates a node. Null properties are left out.
    ///
    /// # Errors
    /// [`Detail::InvalidPropertyType`] for a value that no property can hold.
    pub(crate) fn create_node(
        &mut self,
        labels: &[WordId],
        properties: Vec<(WordId, Value)>,
    ) -> Result<NodeId, QueryError> {
        let node = self.next_number(self.node_limit(), "nodes")?;
        let record = self.made_record(properties)?;
        let mut labels = labels.to_vec();
        labels.sort_unstable();
        labels.dedup();
        for &label in &labels {
            self.overlay.labelled.entry(label).or_default().insert(node);
            *self.overlay.label_counts.entry(label).or_default() += 1;
        }
        self.overlay.created_nodes.push(NodeState { labels, record, entity: None });
        Ok(NodeId(node))
    }

    /// Creates a relationship between two nodes. Null properties are left out.
    ///
    /// # Errors
    /// [`Detail::DeletedEntityAccess`] when one of the nodes is deleted, [`Detail::InvalidPropertyType`].
    pub(crate) fn create_relationship(
        &mut self,
        from: NodeId,
        kind: WordId,
        to: NodeId,
        properties: Vec<(WordId, Value)>,
    ) -> Result<RelationshipId, QueryError> {
        self.check_node(from)?;
        self.check_node(to)?;
        let number = self.next_number(self.relationship_limit(), "relationships")?;
        let record = self.made_record(properties)?;
        let chains = &mut self.overlay.chains;
        let before_out = append(&mut chains.entry(from.0).or_default().out, number);
        let before_in = append(&mut chains.entry(to.0).or_default().into, number);
        let first = self.base.relationship_limit();
        let created = &mut self.overlay.created_relationships;
        let place = |number: u32| number.checked_sub(first).map(|place| place as usize);
        if let Some(before) = place(before_out).and_then(|place| created.get_mut(place)) {
            before.next_out = number;
        }
        if let Some(before) = place(before_in).and_then(|place| created.get_mut(place)) {
            before.next_in = number;
        }
        let (from, to) = (from.0, to.0);
        created.push(CreatedRelationship { from, to, kind, record, next_out: NONE, next_in: NONE });
        *self.overlay.type_counts.entry(kind).or_default() += 1;
        Ok(RelationshipId(number))
    }

    /// Sets a property of a node; null removes it.
    ///
    /// # Errors
    /// [`Detail::DeletedEntityAccess`], [`Detail::InvalidPropertyType`], and for a node of the landscape
    /// [`Detail::InvalidArgumentValue`] when the property cannot be set.
    pub(crate) fn set_node_property(&mut self, node: NodeId, key: WordId, value: Value) -> Result<(), QueryError> {
        self.check_node(node)?;
        let text = self.text(key).clone();
        let kept = stored::kept_or_none(&text, &value)?;
        let base = Rc::clone(&self.base);
        if [base.keys.name, base.keys.name_en, base.keys.name_zh, base.keys.id].contains(&key) {
            self.fresh_keys.get_mut().change(node.0);
        }
        let words = Lexicon { base: &base.words, own: Some(&self.words) };
        let state = touch_node(&base, &mut self.overlay, node.0)?;
        if !state.record.landscape {
            Rc::make_mut(&mut state.record).set(key, &text, value);
            return Ok(());
        }
        let entity = match &mut state.entity {
            Some(entity) => entity,
            none => none.insert(Box::new(base.snapshot.entity(node.0)?)),
        };
        amend::entity(entity, &text, kept)?;
        state.record = Rc::new(shown::entity(&base, words, entity)?);
        Ok(())
    }

    /// Sets a property of a relationship; null removes it.
    ///
    /// # Errors
    /// As [`View::set_node_property`].
    pub(crate) fn set_relationship_property(
        &mut self,
        relationship: RelationshipId,
        key: WordId,
        value: Value,
    ) -> Result<(), QueryError> {
        if !self.is_relationship(relationship) {
            return Err(deleted("relationship"));
        }
        let text = self.text(key).clone();
        let kept = stored::kept_or_none(&text, &value)?;
        let number = relationship.0;
        let base = Rc::clone(&self.base);
        if let Some(place) = number.checked_sub(base.relationship_limit()) {
            if let Some(created) = self.overlay.created_relationships.get_mut(place as usize) {
                Rc::make_mut(&mut created.record).set(key, &text, value);
            }
            return Ok(());
        }
        let words = Lexicon { base: &base.words, own: Some(&self.words) };
        let state = match self.overlay.changed_relationships.entry(number) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                entry.insert(RelationshipState { record: base.relationship_record(number)?, fact: None })
            }
        };
        if !state.record.landscape {
            Rc::make_mut(&mut state.record).set(key, &text, value);
            return Ok(());
        }
        let fact = match &mut state.fact {
            Some(fact) => fact,
            none => none.insert(Box::new(base.snapshot.fact(base.graph.fact(number))?)),
        };
        amend::fact(fact, &text, kept)?;
        state.record = Rc::new(shown::fact(&base, words, fact));
        Ok(())
    }

    /// Gives a node a label; says whether it had not got it.
    ///
    /// # Errors
    /// [`Detail::DeletedEntityAccess`].
    pub(crate) fn add_label(&mut self, node: NodeId, label: WordId) -> Result<bool, QueryError> {
        self.check_node(node)?;
        let base = Rc::clone(&self.base);
        if self.has_label(node, label) {
            return Ok(false);
        }
        let labels = &mut touch_node(&base, &mut self.overlay, node.0)?.labels;
        labels.insert(labels.partition_point(|&own| own < label), label);
        self.overlay.labelled.entry(label).or_default().insert(node.0);
        *self.overlay.label_counts.entry(label).or_default() += 1;
        Ok(true)
    }

    /// Takes a label from a node; says whether it had it.
    ///
    /// # Errors
    /// [`Detail::DeletedEntityAccess`].
    pub(crate) fn remove_label(&mut self, node: NodeId, label: WordId) -> Result<bool, QueryError> {
        self.check_node(node)?;
        let base = Rc::clone(&self.base);
        if !self.has_label(node, label) {
            return Ok(false);
        }
        touch_node(&base, &mut self.overlay, node.0)?.labels.retain(|&own| own != label);
        if let Some(nodes) = self.overlay.labelled.get_mut(&label) {
            nodes.remove(&node.0);
        }
        *self.overlay.label_counts.entry(label).or_default() -= 1;
        Ok(true)
    }

    /// Deletes a node. Its relationships must be gone too when the statement ends ([`View::dangling`]). Deleting it twice
    /// is no error.
    pub(crate) fn delete_node(&mut self, node: NodeId) {
        if !self.is_node(node) {
            return;
        }
        for label in self.labels(node) {
            *self.overlay.label_counts.entry(label).or_default() -= 1;
        }
        self.overlay.deleted_nodes.insert(node.0);
    }

    /// Deletes a node and its relationships.
    pub(crate) fn detach_delete_node(&mut self, node: NodeId) {
        let mut cursor = self.edges(node, Direction::Both);
        while let Some((relationship, ..)) = self.next_edge(&mut cursor) {
            self.delete_relationship(relationship);
        }
        self.delete_node(node);
    }

    /// Deletes a relationship. Deleting it twice is no error.
    pub(crate) fn delete_relationship(&mut self, relationship: RelationshipId) {
        if self.is_relationship(relationship) {
            let kind = self.type_of(relationship);
            *self.overlay.type_counts.entry(kind).or_default() -= 1;
            self.overlay.deleted_relationships.insert(relationship.0);
        }
    }

    /// A deleted node that still has relationships.
    pub(crate) fn dangling(&self) -> Option<NodeId> {
        let mut deleted = self.overlay.deleted_nodes.iter().map(NodeId);
        deleted.find(|&node| self.next_edge(&mut self.edges(node, Direction::Both)).is_some())
    }

    fn check_node(&self, node: NodeId) -> Result<(), QueryError> {
        if self.is_node(node) { Ok(()) } else { Err(deleted("node")) }
    }

    fn next_number(&self, number: u32, what: &str) -> Result<u32, QueryError> {
        if number < NONE - 1 {
            return Ok(number);
        }
        Err(QueryError::run(Kind::LimitExceeded, Detail::OutOfMemory, format!("no more {what} can be numbered")))
    }

    fn made_record(&self, properties: Vec<(WordId, Value)>) -> Result<Rc<Record>, QueryError> {
        let mut record = Record::default();
        for (key, value) in properties {
            let text = self.text(key);
            stored::kept_or_none(text, &value)?;
            record.set(key, text, value);
        }
        Ok(Rc::new(record))
    }
}

/// What the statement makes of a node, to be changed.
fn touch_node<'o>(
    base: &super::Base,
    overlay: &'o mut super::Overlay,
    node: u32,
) -> Result<&'o mut NodeState, QueryError> {
    if let Some(place) = node.checked_sub(base.node_limit()) {
        return overlay.created_nodes.get_mut(place as usize).ok_or_else(|| deleted("node"));
    }
    Ok(match overlay.changed_nodes.entry(node) {
        Entry::Occupied(entry) => entry.into_mut(),
        Entry::Vacant(entry) => entry.insert(NodeState {
            labels: base.with_labels(node, <[WordId]>::to_vec),
            record: base.node_record(node)?,
            entity: None,
        }),
    })
}
