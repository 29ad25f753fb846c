//! What a statement has changed so far.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::bits::Bits;
use super::record::Record;
use super::words::WordId;
use crate::model::{Entity, Fact};

/// No relationship: the end of a chain.
pub(super) const NONE: u32 = u32::MAX;

/// Changes over a base. Nodes and relationships that it creates continue the numbers of the base.
#[derive(Debug, Default)]
pub(super) struct Overlay {
    pub(super) created_nodes: Vec<NodeState>,
    pub(super) changed_nodes: HashMap<u32, NodeState>,
    pub(super) deleted_nodes: Bits,
    pub(super) created_relationships: Vec<CreatedRelationship>,
    pub(super) changed_relationships: HashMap<u32, RelationshipState>,
    pub(super) deleted_relationships: Bits,
    /// The created relationships of each node.
    pub(super) chains: HashMap<u32, Chains>,
    /// Created nodes, and nodes of the base that gained a label, by label.
    pub(super) labelled: HashMap<WordId, BTreeSet<u32>>,
    /// How many nodes more or fewer than in the base carry a label.
    pub(super) label_counts: HashMap<WordId, i64>,
    /// How many relationships more or fewer than in the base have a type.
    pub(super) type_counts: HashMap<WordId, i64>,
}

/// A node as the statement has made it.
#[derive(Debug, Clone, Default)]
pub(super) struct NodeState {
    /// Ascending.
    pub(super) labels: Vec<WordId>,
    pub(super) record: Rc<Record>,
    /// The entity behind a node of the landscape, once one of its properties was set.
    pub(super) entity: Option<Box<Entity>>,
}

/// A relationship of the base as the statement has made it.
#[derive(Debug, Clone)]
pub(super) struct RelationshipState {
    pub(super) record: Rc<Record>,
    /// The fact behind a relationship of the landscape.
    pub(super) fact: Option<Box<Fact>>,
}

/// A relationship that the statement created.
#[derive(Debug, Clone)]
pub(super) struct CreatedRelationship {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) kind: WordId,
    pub(super) record: Rc<Record>,
    /// The next one that leaves the same node.
    pub(super) next_out: u32,
    /// The next one that reaches the same node.
    pub(super) next_in: u32,
}

/// Created relationships, linked in the order of their creation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chain {
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) length: u32,
}

impl Default for Chain {
    fn default() -> Self {
        Self { first: NONE, last: NONE, length: 0 }
    }
}

/// The created relationships that leave and that reach a node.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Chains {
    pub(super) out: Chain,
    pub(super) into: Chain,
}

impl Overlay {
    pub(super) fn is_empty(&self) -> bool {
        self.created_nodes.is_empty()
            && self.created_relationships.is_empty()
            && self.changed_nodes.is_empty()
            && self.changed_relationships.is_empty()
            && self.deleted_nodes.is_empty()
            && self.deleted_relationships.is_empty()
    }

    #[inline]
    pub(super) fn chains_of(&self, node: u32) -> Chains {
        if self.created_relationships.is_empty() {
            return Chains::default();
        }
        self.chains.get(&node).copied().unwrap_or_default()
    }
}
