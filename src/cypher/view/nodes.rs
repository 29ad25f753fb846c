//! Nodes and their labels.

use super::View;
use super::overlay::NONE;
use super::words::WordId;
use crate::cypher::value::NodeId;

/// A place among all nodes or those with one label. Plain data: it borrows nothing.
///
/// Nodes that are created after the cursor are not met by it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NodeCursor {
    /// The label; `NONE` for every node.
    label: u32,
    /// The next place in the base's list of nodes with the label.
    place: u32,
    /// The smallest number that may come next.
    next: u32,
    /// Numbers end here.
    limit: u32,
}

impl View {
    /// One more than the largest number of a node.
    #[inline]
    pub(crate) fn node_limit(&self) -> u32 {
        // Created ones are refused before the numbers end.
        self.base.node_limit() + self.overlay.created_nodes.len() as u32
    }

    /// Whether there is such a node, and it is not deleted.
    #[inline]
    pub(crate) fn is_node(&self, node: NodeId) -> bool {
        node.0 < self.node_limit() && !self.overlay.deleted_nodes.contains(node.0) && !self.base.gone.contains(node.0)
    }

    /// How many nodes there are.
    pub(crate) fn node_count(&self) -> u64 {
        u64::from(self.node_limit() - self.overlay.deleted_nodes.len() - self.base.gone.len())
    }

    /// How many nodes carry a label.
    pub(crate) fn label_count(&self, label: WordId) -> u64 {
        let more = self.overlay.label_counts.get(&label).copied().unwrap_or_default();
        u64::from(self.base.labels().count(label)).saturating_add_signed(more)
    }

    /// Whether a node carries a label.
    #[inline]
    pub(crate) fn has_label(&self, node: NodeId, label: WordId) -> bool {
        match self.node_state(node.0) {
            Some(state) => state.labels.contains(&label),
            None => self.base.has_label(node.0, label),
        }
    }

    /// The labels of a node, ascending.
    pub(crate) fn labels(&self, node: NodeId) -> Vec<WordId> {
        match self.node_state(node.0) {
            Some(state) => state.labels.clone(),
            None => self.base.with_labels(node.0, <[WordId]>::to_vec),
        }
    }

    /// Whether `labels` are others than those of the node in the base.
    pub(super) fn labels_differ(&self, node: u32, labels: &[WordId]) -> bool {
        self.base.with_labels(node, |before| before != labels)
    }

    /// The nodes with a label, ascending ([`View::next_node`]).
    pub(crate) fn labelled(&self, label: WordId) -> NodeCursor {
        NodeCursor { label: label.0, place: 0, next: 0, limit: self.node_limit() }
    }

    /// Every node, ascending.
    pub(crate) fn every_node(&self) -> NodeCursor {
        NodeCursor { label: NONE, place: 0, next: 0, limit: self.node_limit() }
    }

    /// The next node of a cursor.
    #[inline]
    pub(crate) fn next_node(&self, cursor: &mut NodeCursor) -> Option<NodeId> {
        if cursor.label == NONE {
            while cursor.next < cursor.limit {
                let node = NodeId(cursor.next);
                cursor.next += 1;
                if self.is_node(node) {
                    return Some(node);
                }
            }
            return None;
        }
        let label = WordId(cursor.label);
        let members = self.base.labels().members(label);
        if self.overlay.is_empty() {
            let node = *members.get(cursor.place as usize)?;
            cursor.place += 1;
            return Some(NodeId(node));
        }
        loop {
            // Where the statement changed the label of a node, it is in the one list or in the other.
            let known = members.get(cursor.place as usize).copied();
            let gained = self.overlay.labelled.get(&label).and_then(|nodes| nodes.range(cursor.next..).next()).copied();
            let node = match (known, gained) {
                (Some(known), Some(gained)) => known.min(gained),
                (one, other) => one.or(other)?,
            };
            if node >= cursor.limit {
                return None;
            }
            cursor.place += u32::from(known == Some(node));
            cursor.next = node + 1;
            if self.is_node(NodeId(node)) && self.has_label(NodeId(node), label) {
                return Some(NodeId(node));
            }
        }
    }
}
