//! Which name stands for which slot.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Slot;

/// The variables that an expression may use, and expressions that are computed already.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    names: BTreeMap<Arc<str>, Slot>,
    /// Expressions as they are written, and the slots that hold their values: keys of a grouping, columns to sort by.
    computed: Vec<(String, Slot)>,
}

impl Scope {
    pub(super) fn get(&self, name: &str) -> Option<Slot> {
        self.names.get(name).copied()
    }

    pub(super) fn set(&mut self, name: &Arc<str>, slot: Slot) {
        self.names.insert(Arc::clone(name), slot);
    }

    /// The scope with one more name.
    pub(super) fn with(&self, name: &Arc<str>, slot: Slot) -> Self {
        let mut scope = self.clone();
        scope.set(name, slot);
        scope
    }

    /// The slot that holds the value of an expression.
    pub(super) fn computed(&self, written: &str) -> Option<Slot> {
        self.computed.iter().find(|(known, _)| known == written).map(|(_, slot)| *slot)
    }

    pub(super) fn compute(&mut self, written: String, slot: Slot) {
        self.computed.push((written, slot));
    }

    pub(super) fn has_computed(&self) -> bool {
        !self.computed.is_empty()
    }

    /// The names in their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Arc<str>, Slot)> {
        self.names.iter().map(|(name, slot)| (name, *slot))
    }

    /// The slots of the names, each once.
    pub(super) fn slots(&self) -> Vec<Slot> {
        let mut slots: Vec<Slot> = self.names.values().copied().collect();
        slots.sort_unstable();
        slots.dedup();
        slots
    }

    /// The same names for other slots.
    pub(super) fn map(&self, mut to: impl FnMut(Slot) -> Slot) -> Self {
        let names = self.names.iter().map(|(name, slot)| (Arc::clone(name), to(*slot))).collect();
        let computed = self.computed.iter().map(|(text, slot)| (text.clone(), to(*slot))).collect();
        Self { names, computed }
    }
}
