//! Yen's algorithm for the k best simple paths, whatever the cost of a path is.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::super::{Cut, GraphError};
use super::search::Ban;

/// Why no further path is looked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Stop {
    Cut(Cut),
    Refused(GraphError),
}

impl From<Cut> for Stop {
    fn from(cut: Cut) -> Self {
        Self::Cut(cut)
    }
}

impl From<GraphError> for Stop {
    fn from(error: GraphError) -> Self {
        Self::Refused(error)
    }
}

/// A path, or the end of one.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Branch {
    pub(super) nodes: Vec<u32>,
    /// What tells two paths apart: for each step a number that a [`Ban`] can name.
    pub(super) steps: Vec<u64>,
    /// The cost of each step.
    pub(super) costs: Vec<f64>,
}

impl Branch {
    /// Always summed from the first step on, so that equal paths have equal costs.
    pub(super) fn cost(&self) -> f64 {
        self.costs.iter().sum()
    }
}

/// Finds the best way from an inner node of a path to its end.
pub(super) trait Deviations {
    /// The best path from `from` that obeys the ban and has at most `max_hops` steps, the first one in the order of
    /// [`Candidate`].
    ///
    /// # Errors
    /// What ends not only this search.
    fn branch(&mut self, from: u32, ban: Ban<'_>, max_hops: u32) -> Result<Option<Branch>, Stop>;

    /// Whether there may have been more, but for the number of steps.
    fn hops_cut(&self) -> bool;
}

/// A path that will be returned unless there is a better one.
#[derive(Debug)]
struct Candidate {
    cost: f64,
    path: Branch,
    /// The first position at which it deviates from the path it came from.
    deviates_at: usize,
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.cost
            .total_cmp(&other.cost)
            .then_with(|| self.path.nodes.len().cmp(&other.path.nodes.len()))
            .then_with(|| self.path.nodes.cmp(&other.path.nodes))
            .then_with(|| self.path.steps.cmp(&other.path.steps))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Candidate {}

/// Best simple paths one after the other (Yen 1971).
///
/// Every path after the first leaves an earlier one at some node. For each node of the last path the best deviation is
/// found that repeats none of the earlier paths with the same beginning. Positions before that at which the path itself
/// deviated have been dealt with already (Lawler 1972), so no candidate comes twice.
pub(super) struct Yen<D> {
    pub(super) deviations: D,
    from: u32,
    max_hops: u32,
    /// The paths returned so far.
    returned: Vec<Branch>,
    /// Where the last of them deviates.
    deviates_at: usize,
    candidates: BinaryHeap<Reverse<Candidate>>,
}

impl<D: Deviations> Yen<D> {
    pub(super) fn new(deviations: D, from: u32, max_hops: u32) -> Self {
        Self { deviations, from, max_hops, returned: Vec::new(), deviates_at: 0, candidates: BinaryHeap::new() }
    }

    /// The next best path.
    ///
    /// # Errors
    /// What ended the search.
    pub(super) fn next_branch(&mut self) -> Result<Option<Branch>, Stop> {
        match self.returned.last().cloned() {
            None => self.deviate(&Branch { nodes: vec![self.from], ..Branch::default() }, 0)?,
            Some(last) => {
                for at in self.deviates_at..last.steps.len() {
                    self.deviate(&last, at)?;
                }
            }
        }
        Ok(self.candidates.pop().map(|Reverse(best)| {
            self.returned.push(best.path.clone());
            self.deviates_at = best.deviates_at;
            best.path
        }))
    }

    /// [`Cut::Hops`] when paths may be missing because they are longer than allowed.
    pub(super) fn left_out(&self) -> Option<Cut> {
        self.deviations.hops_cut().then_some(Cut::Hops)
    }

    /// Adds the best path that agrees with `path` up to the node at `at` and goes another way from there.
    fn deviate(&mut self, path: &Branch, at: usize) -> Result<(), Stop> {
        let (Some((&from, root)), Some(steps)) =
            (path.nodes.get(..=at).and_then(<[u32]>::split_last), path.steps.get(..at))
        else {
            return Ok(());
        };
        let same_root =
            |other: &&Branch| other.steps.get(..at) == Some(steps) && other.nodes.get(..=at) == path.nodes.get(..=at);
        let first: Vec<u64> =
            self.returned.iter().filter(same_root).filter_map(|other| other.steps.get(at)).copied().collect();
        let hops_left = match self.max_hops {
            u32::MAX => u32::MAX,
            limit => limit.saturating_sub(u32::try_from(at).unwrap_or(u32::MAX)),
        };
        if let Some(branch) = self.deviations.branch(from, Ban { nodes: root, first: &first }, hops_left)? {
            let path = Branch {
                nodes: [root, &branch.nodes].concat(),
                steps: [steps, &branch.steps].concat(),
                costs: [path.costs.get(..at).unwrap_or_default(), &branch.costs].concat(),
            };
            self.candidates.push(Reverse(Candidate { cost: path.cost(), path, deviates_at: at }));
        }
        Ok(())
    }
}
