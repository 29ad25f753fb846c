//! Entities in groups.

/// Groups of entities. They are numbered in the order of their smallest entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partition {
    groups: Vec<u32>,
    sizes: Vec<u32>,
}

/// The group of an entity that belongs to none.
pub(super) const NO_GROUP: u32 = u32::MAX;

impl Partition {
    /// Renumbers arbitrary group numbers below the number of entities; `NO_GROUP` stays.
    pub(super) fn new(mut groups: Vec<u32>) -> Self {
        let mut numbers = vec![NO_GROUP; groups.len()];
        let mut sizes: Vec<u32> = Vec::new();
        for group in &mut groups {
            let Some(number) = numbers.get_mut(*group as usize) else { continue };
            if *number == NO_GROUP {
                *number = sizes.len() as u32;
                sizes.push(0);
            }
            *group = *number;
            if let Some(size) = sizes.get_mut(*number as usize) {
                *size += 1;
            }
        }
        Self { groups, sizes }
    }

    /// The group of an entity; `None` where the filter did not admit the entity.
    #[must_use]
    pub fn group_of(&self, node: u32) -> Option<u32> {
        self.groups.get(node as usize).copied().filter(|&group| group != NO_GROUP)
    }

    /// How many groups there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.sizes.len()
    }

    /// How many entities each group has.
    #[must_use]
    pub fn sizes(&self) -> &[u32] {
        &self.sizes
    }

    /// The entities of a group, ascending. O(V).
    pub fn members(&self, group: u32) -> impl Iterator<Item = u32> {
        (0..).zip(&self.groups).filter(move |&(_, &of)| of == group && of != NO_GROUP).map(|(node, _)| node)
    }
}
