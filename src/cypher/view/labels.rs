//! Which nodes of a generation carry which labels.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::words::WordId;

/// The labels of every node. Nodes with the same labels share one set, for there are few different ones.
#[derive(Debug, Default)]
pub(super) struct LabelIndex {
    /// The different sets, each ascending.
    sets: Vec<Box<[WordId]>>,
    /// How many nodes have each set.
    counts: Vec<u32>,
    /// The set of each node.
    of: Vec<u32>,
    /// The nodes of each label, ascending, once they are asked for.
    members: Vec<OnceCell<Box<[u32]>>>,
}

impl LabelIndex {
    /// Takes the labels of every node in turn; `None` for nodes that are gone. `words` is the number of words there are.
    pub(super) fn collect<E>(words: u32, labels: impl Iterator<Item = Result<Option<Vec<u32>>, E>>) -> Result<Self, E> {
        let mut index = Self::default();
        let mut numbers: HashMap<Vec<u32>, u32> = HashMap::new();
        let mut last: (Vec<u32>, u32) = (Vec::new(), u32::MAX);
        for labels in labels {
            let labels = labels?;
            let counted = u32::from(labels.is_some());
            let labels = labels.unwrap_or_default();
            // Neighbours in the order of coming are often alike.
            let set = if last.1 != u32::MAX && last.0 == labels {
                last.1
            } else {
                let fresh = u32::try_from(index.sets.len()).unwrap_or(u32::MAX);
                *numbers.entry(labels.clone()).or_insert_with(|| {
                    let mut words: Vec<WordId> = labels.iter().copied().map(WordId).collect();
                    words.sort_unstable();
                    words.dedup();
                    index.sets.push(words.into());
                    index.counts.push(0);
                    fresh
                })
            };
            if let Some(count) = index.counts.get_mut(set as usize) {
                *count += counted;
            }
            index.of.push(set);
            last = (labels, set);
        }
        index.members.resize_with(words as usize, OnceCell::new);
        Ok(index)
    }

    /// The labels of a node, ascending.
    #[inline]
    pub(super) fn of(&self, node: u32) -> &[WordId] {
        self.of.get(node as usize).and_then(|&set| self.sets.get(set as usize)).map(|set| &**set).unwrap_or_default()
    }

    pub(super) fn count(&self, label: WordId) -> u32 {
        let own = self.sets.iter().zip(&self.counts).filter(|(set, _)| set.contains(&label));
        own.map(|(_, count)| count).sum()
    }

    /// The nodes with a label, ascending.
    pub(super) fn members(&self, label: WordId) -> &[u32] {
        let Some(cell) = self.members.get(label.0 as usize) else { return &[] };
        cell.get_or_init(|| {
            let has: Vec<bool> = self.sets.iter().map(|set| set.contains(&label)).collect();
            if !has.contains(&true) {
                return Box::default();
            }
            let nodes = (0..).zip(&self.of);
            nodes.filter(|(_, set)| has.get(**set as usize) == Some(&true)).map(|(node, _)| node).collect()
        })
    }
}
