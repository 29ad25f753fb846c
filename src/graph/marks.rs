//! Marks on nodes that cost nothing to clear.
//!
//! A search marks the nodes it saw. A fresh array for every search would cost O(V) even when ten nodes are visited, and
//! a hash set several times more for every visit. So every cell carries the epoch in which it was written; a new search
//! begins a new epoch, and all older marks are void at once. The arrays are kept in a pool of the graph.

use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, PoisonError};

/// One number per node, or none, for one search.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Epoch in the upper half, value in the lower.
    cells: Vec<u64>,
    epoch: u32,
}

impl Marks {
    fn begin(&mut self, nodes: usize) {
        if self.cells.len() < nodes {
            // Zeroed memory from the allocator is not touched before it is used, so this is cheap for small searches.
            self.cells = vec![0; nodes];
            self.epoch = 0;
        }
        self.epoch = self.epoch.wrapping_add(1);
        if self.epoch == 0 {
            self.cells.fill(0);
            self.epoch = 1;
        }
    }

    /// The value set for `node` in this search.
    #[inline]
    pub(super) fn get(&self, node: u32) -> Option<u32> {
        self.cells.get(node as usize).and_then(|&cell| (cell >> 32 == u64::from(self.epoch)).then_some(cell as u32))
    }

    /// Sets the value for `node`.
    #[inline]
    pub(super) fn set(&mut self, node: u32, value: u32) {
        if let Some(cell) = self.cells.get_mut(node as usize) {
            *cell = u64::from(self.epoch) << 32 | u64::from(value);
        }
    }
}

/// Arrays that are not in use.
#[derive(Debug, Default)]
pub(super) struct Pool(Mutex<Vec<Marks>>);

/// More searches than this at once give their arrays back to the allocator.
const KEPT: usize = 4;

impl Pool {
    /// Marks for `nodes` nodes, none of them set; they return to the pool when dropped.
    pub(super) fn lease(&self, nodes: usize) -> Lease<'_> {
        let mut marks = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        marks.begin(nodes);
        Lease { marks, pool: self }
    }
}

/// Marks on loan from the pool.
#[derive(Debug)]
pub(super) struct Lease<'g> {
    marks: Marks,
    pool: &'g Pool,
}

impl Deref for Lease<'_> {
    type Target = Marks;

    #[inline]
    fn deref(&self) -> &Marks {
        &self.marks
    }
}

impl DerefMut for Lease<'_> {
    #[inline]
    fn deref_mut(&mut self) -> &mut Marks {
        &mut self.marks
    }
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        let mut kept = self.pool.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < KEPT {
            kept.push(std::mem::take(&mut self.marks));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_search_sees_no_old_marks() {
        let pool = Pool::default();
        for value in 0..5 {
            let mut marks = pool.lease(3);
            assert_eq!([marks.get(0), marks.get(1), marks.get(2), marks.get(3)], [None; 4]);
            marks.set(1, value);
            marks.set(2, u32::MAX);
            marks.set(7, 1);
            assert_eq!(
                [marks.get(0), marks.get(1), marks.get(2), marks.get(7)],
                [None, Some(value), Some(u32::MAX), None]
            );
        }
        assert_eq!(pool.0.lock().unwrap().len(), 1);
    }

    #[test]
    fn the_last_epoch_is_followed_by_a_clean_array() {
        let pool = Pool::default();
        pool.lease(2).set(0, 9);
        pool.0.lock().unwrap()[0].epoch = u32::MAX - 1;
        pool.lease(2).set(1, 8);
        let marks = pool.lease(2);
        assert_eq!((marks.epoch, marks.get(0), marks.get(1)), (1, None, None));
    }
}
