//! The graph that a statement sees: one generation of the database, and over it what the statement has changed so far.
//!
//! ```text
//! View         everything a statement reads and changes               (this file)
//!   edges      expansion                 nodes     scans by label
//!   names      look-ups by name and id   change    creating, setting, deleting
//!   effects    what has changed          commit    changes -> records for the store
//!   claims     what sources say of a node, beside what is shown
//!     overlay  the changes               base      the generation: graph, labels, properties, words
//!       shown  what is seen of an entity or a fact
//!         stored, record, labels, words, bits
//! ```
//!
//! Reading is cheap where nothing has changed: the edges of the base lie in rows, labels are sets that nodes share, and
//! the properties of a node are decoded once. Nothing that is handed out borrows from the view, so that a statement can
//! change it between two rows.

mod amend;
mod base;
mod bits;
mod change;
mod claims;
mod commit;
mod edges;
mod effects;
mod functions;
mod known;
mod labels;
mod names;
mod nodes;
mod overlay;
mod record;
mod shown;
mod stored;
mod words;

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

pub(crate) use self::base::Base;
pub(crate) use self::commit::connected;
pub(crate) use self::edges::EdgeCursor;
pub use self::effects::Effects;
pub(crate) use self::nodes::NodeCursor;
pub(crate) use self::record::Record;
pub(crate) use self::words::WordId;
/// Which relationships of a node are meant: those that go out, those that come in, or both.
pub(crate) use crate::graph::Direction;

use self::names::FreshKeys;
use self::overlay::{CreatedRelationship, NodeState, Overlay};
use self::words::Words;
use super::error::{Detail, Kind, QueryError};
use super::function::Moment;
use super::value::{NodeId, RelationshipId, Value};

/// The graph that a statement sees.
#[derive(Debug)]
pub(crate) struct View {
    base: Rc<Base>,
    /// Words that the statement brought.
    words: Words,
    /// The text of no word.
    no_text: Arc<str>,
    overlay: Overlay,
    fresh_keys: RefCell<FreshKeys>,
    began: Moment,
}

impl View {
    /// The base as it is.
    pub(crate) fn new(base: Rc<Base>) -> Self {
        let words = Words::starting_at(base.words.end());
        Self {
            base,
            words,
            no_text: Arc::default(),
            overlay: Overlay::default(),
            fresh_keys: RefCell::default(),
            began: Moment::now(),
        }
    }

    /// The generation below.
    pub(crate) fn base(&self) -> &Rc<Base> {
        &self.base
    }

    /// Fails when a call that cannot say so met something damaged: what was read since is not to be trusted. To be asked
    /// before rows are handed out.
    pub(crate) fn intact(&self) -> Result<(), QueryError> {
        self.base.intact()
    }

    // ---- words

    /// The number of a label, type or key, when there is one.
    pub(crate) fn word(&self, text: &str) -> Option<WordId> {
        self.base.words.number(text).or_else(|| self.words.number(text))
    }

    /// The number of a label, type or key, new if need be.
    pub(crate) fn intern(&mut self, text: &str) -> WordId {
        match self.base.words.number(text) {
            Some(word) => word,
            None => self.words.intern(text),
        }
    }

    /// The text of a word; empty for a number that no word has.
    pub(crate) fn text(&self, word: WordId) -> &Arc<str> {
        self.base.words.text(word).or_else(|| self.words.text(word)).unwrap_or(&self.no_text)
    }

    /// One more than the largest number of a word.
    pub(crate) fn word_count(&self) -> u32 {
        self.words.end()
    }

    // ---- relationships

    /// One more than the largest number of a relationship.
    #[inline]
    pub(crate) fn relationship_limit(&self) -> u32 {
        // Created ones are refused before the numbers end.
        self.base.relationship_limit() + self.overlay.created_relationships.len() as u32
    }

    /// Whether there is such a relationship, and it is not deleted.
    pub(crate) fn is_relationship(&self, relationship: RelationshipId) -> bool {
        relationship.0 < self.relationship_limit() && !self.overlay.deleted_relationships.contains(relationship.0)
    }

    /// How many relationships there are.
    pub(crate) fn relationship_count(&self) -> u64 {
        u64::from(self.relationship_limit() - self.overlay.deleted_relationships.len())
    }

    /// How many relationships have a type.
    pub(crate) fn type_count(&self, kind: WordId) -> u64 {
        let more = self.overlay.type_counts.get(&kind).copied().unwrap_or_default();
        u64::from(self.base.type_count(kind)).saturating_add_signed(more)
    }

    fn created_relationship(&self, relationship: u32) -> Option<&CreatedRelationship> {
        let place = relationship.checked_sub(self.base.relationship_limit())?;
        self.overlay.created_relationships.get(place as usize)
    }

    /// The type of a relationship, deleted or not.
    #[inline]
    pub(crate) fn type_of(&self, relationship: RelationshipId) -> WordId {
        match self.created_relationship(relationship.0) {
            Some(created) => created.kind,
            None => WordId(self.base.graph.predicate(relationship.0).into()),
        }
    }

    /// Where a relationship, deleted or not, begins and ends.
    #[inline]
    pub(crate) fn ends(&self, relationship: RelationshipId) -> (NodeId, NodeId) {
        let (from, to) = match self.created_relationship(relationship.0) {
            Some(created) => (created.from, created.to),
            None => self.base.ends(relationship.0),
        };
        (NodeId(from), NodeId(to))
    }

    // ---- properties

    /// A property of a node; null when it has none.
    ///
    /// # Errors
    /// [`Detail::DeletedEntityAccess`] for a deleted node, [`Detail::Storage`] for a damaged one.
    #[inline]
    pub(crate) fn node_property(&self, node: NodeId, key: WordId) -> Result<Value, QueryError> {
        if !self.overlay.deleted_nodes.is_empty() && self.overlay.deleted_nodes.contains(node.0) {
            return Err(deleted("node"));
        }
        match self.node_state(node.0) {
            Some(state) => Ok(state.record.get(key).cloned().unwrap_or(Value::Null)),
            None => self.base.node_property(node.0, key),
        }
    }

    /// The properties of a node.
    ///
    /// # Errors
    /// As [`View::node_property`].
    pub(crate) fn node_properties(&self, node: NodeId) -> Result<Rc<Record>, QueryError> {
        if self.overlay.deleted_nodes.contains(node.0) {
            return Err(deleted("node"));
        }
        match self.node_state(node.0) {
            Some(state) => Ok(Rc::clone(&state.record)),
            None => self.base.node_record(node.0),
        }
    }

    /// A property of a relationship; null when it has none.
    ///
    /// # Errors
    /// As [`View::node_property`].
    #[inline]
    pub(crate) fn relationship_property(&self, relationship: RelationshipId, key: WordId) -> Result<Value, QueryError> {
        let number = relationship.0;
        if !self.overlay.deleted_relationships.is_empty() && self.overlay.deleted_relationships.contains(number) {
            return Err(deleted("relationship"));
        }
        match self.relationship_state(number) {
            Some(record) => Ok(record.get(key).cloned().unwrap_or(Value::Null)),
            None => self.base.relationship_property(number, key),
        }
    }

    /// The properties of a relationship.
    ///
    /// # Errors
    /// As [`View::node_property`].
    pub(crate) fn relationship_properties(&self, relationship: RelationshipId) -> Result<Rc<Record>, QueryError> {
        if self.overlay.deleted_relationships.contains(relationship.0) {
            return Err(deleted("relationship"));
        }
        match self.relationship_state(relationship.0) {
            Some(record) => Ok(Rc::clone(record)),
            None => self.base.relationship_record(relationship.0),
        }
    }

    /// What the statement made of a node, if it touched it.
    #[inline]
    fn node_state(&self, node: u32) -> Option<&NodeState> {
        if let Some(place) = node.checked_sub(self.base.node_limit()) {
            return self.overlay.created_nodes.get(place as usize);
        }
        if self.overlay.changed_nodes.is_empty() { None } else { self.overlay.changed_nodes.get(&node) }
    }

    #[inline]
    fn relationship_state(&self, relationship: u32) -> Option<&Rc<Record>> {
        if let Some(created) = self.created_relationship(relationship) {
            return Some(&created.record);
        }
        let changed = &self.overlay.changed_relationships;
        if changed.is_empty() { None } else { changed.get(&relationship).map(|state| &state.record) }
    }
}

#[cold]
fn deleted(what: &str) -> QueryError {
    QueryError::run(
        Kind::EntityNotFound,
        Detail::DeletedEntityAccess,
        format!("the {what} was deleted by this statement"),
    )
}
