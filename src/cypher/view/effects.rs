//! What a statement has changed, as can be observed.

use std::fmt;

use super::record::Record;
use super::{View, stored};
use crate::cypher::error::QueryError;
use crate::cypher::value::Value;

/// The difference between the graph before a statement and the graph after it.
///
/// Counted is what can be seen: a node that was created and deleted again is none, a property that was set to what it
/// was is none, and one that has another value now is both removed and added. Labels count once, however many nodes
/// carry them: when the first node of a graph gets a label, and when the last one loses it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Effects {
    /// Nodes that were not there before.
    pub nodes_added: u64,
    /// Nodes that are not there any more.
    pub nodes_removed: u64,
    /// Relationships that were not there before.
    pub relationships_added: u64,
    /// Relationships that are not there any more.
    pub relationships_removed: u64,
    /// Values of properties that were not there before.
    pub properties_added: u64,
    /// Values of properties that are not there any more.
    pub properties_removed: u64,
    /// Labels that no node had before.
    pub labels_added: u64,
    /// Labels that no node has any more.
    pub labels_removed: u64,
}

impl Effects {
    /// Whether nothing was changed.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// Every count with its name: `("nodes_added", 3)`, ...
    #[must_use]
    pub fn counts(&self) -> [(&'static str, u64); 8] {
        [
            ("nodes_added", self.nodes_added),
            ("nodes_removed", self.nodes_removed),
            ("relationships_added", self.relationships_added),
            ("relationships_removed", self.relationships_removed),
            ("properties_added", self.properties_added),
            ("properties_removed", self.properties_removed),
            ("labels_added", self.labels_added),
            ("labels_removed", self.labels_removed),
        ]
    }

    fn compare(&mut self, before: &Record, after: &Record) {
        let same =
            |a: &Value, b: &Value| matches!((stored::kept("", a), stored::kept("", b)), (Ok(a), Ok(b)) if a == b);
        for (key, _, value) in before.iter() {
            self.properties_removed += u64::from(!after.get(key).is_some_and(|now| same(value, now)));
        }
        for (key, _, value) in after.iter() {
            self.properties_added += u64::from(!before.get(key).is_some_and(|was| same(value, was)));
        }
    }
}

impl fmt::Display for Effects {
    /// In words: `3 nodes, 1 relationship, 4 properties written; 2 nodes removed`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |counts: [(u64, &str, &str); 4]| -> Option<String> {
            let named = counts.into_iter().filter(|(count, ..)| *count > 0);
            let named = named.map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }));
            Some(named.collect::<Vec<_>>().join(", ")).filter(|text| !text.is_empty())
        };
        let words = |nodes, relationships, properties, labels| {
            list([
                (nodes, "node", "nodes"),
                (relationships, "relationship", "relationships"),
                (properties, "property", "properties"),
                (labels, "label", "labels"),
            ])
        };
        let written = words(self.nodes_added, self.relationships_added, self.properties_added, self.labels_added);
        let removed =
            words(self.nodes_removed, self.relationships_removed, self.properties_removed, self.labels_removed);
        match (written, removed) {
            (None, None) => f.write_str("nothing changed"),
            (Some(written), None) => write!(f, "{written} written"),
            (None, Some(removed)) => write!(f, "{removed} removed"),
            (Some(written), Some(removed)) => write!(f, "{written} written; {removed} removed"),
        }
    }
}

impl View {
    /// Whether the statement has changed anything.
    pub(crate) fn has_changes(&self) -> bool {
        !self.overlay.is_empty()
    }

    /// What the statement has changed so far.
    ///
    /// # Errors
    /// [`Detail::Storage`](crate::cypher::Detail::Storage) when a deleted record cannot be read.
    pub(crate) fn effects(&self) -> Result<Effects, QueryError> {
        let mut effects = Effects::default();
        let none = Record::default();
        let (overlay, base) = (&self.overlay, &self.base);
        let deleted = &overlay.deleted_nodes;
        for (node, state) in (base.node_limit()..).zip(&overlay.created_nodes) {
            if !deleted.contains(node) {
                effects.nodes_added += 1;
                effects.compare(&none, &state.record);
            }
        }
        for node in deleted.iter().filter(|&node| node < base.node_limit()) {
            effects.nodes_removed += 1;
            effects.compare(&*base.node_record(node)?, &none);
        }
        for (&node, state) in overlay.changed_nodes.iter().filter(|(node, _)| !deleted.contains(**node)) {
            effects.compare(&*base.node_record(node)?, &state.record);
        }
        let deleted = &overlay.deleted_relationships;
        for (relationship, created) in (base.relationship_limit()..).zip(&overlay.created_relationships) {
            if !deleted.contains(relationship) {
                effects.relationships_added += 1;
                effects.compare(&none, &created.record);
            }
        }
        for relationship in deleted.iter().filter(|&relationship| relationship < base.relationship_limit()) {
            effects.relationships_removed += 1;
            effects.compare(&*base.relationship_record(relationship)?, &none);
        }
        for (&relationship, state) in overlay.changed_relationships.iter().filter(|(r, _)| !deleted.contains(**r)) {
            effects.compare(&*base.relationship_record(relationship)?, &state.record);
        }
        for (&label, &more) in &overlay.label_counts {
            let before = u64::from(base.labels().count(label));
            let after = before.saturating_add_signed(more);
            effects.labels_added += u64::from(before == 0 && after > 0);
            effects.labels_removed += u64::from(before > 0 && after == 0);
        }
        Ok(effects)
    }
}
