//! The log as its readers see it.

use super::StoreError;
use super::changes::Tally;
use super::history::LogRow;
use super::snapshot::Snapshot;
use crate::model::Moment;

/// A commit in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// The generation that it made; the first commit makes generation 1.
    pub generation: u64,
    /// When, by the clock of the one who committed, and never before the commit before it.
    pub time: Moment,
    /// Who or what committed; empty when it did not say.
    pub by: String,
    /// Why, where a reason was given.
    pub reason: Option<String>,
    /// What became of entities; records that were there already are not counted in the log.
    pub entities: Tally,
    /// What became of facts.
    pub facts: Tally,
    /// What became of sources.
    pub sources: Tally,
}

impl Commit {
    fn new(generation: u64, row: LogRow) -> Self {
        let tally = |(added, changed, retracted): (u32, u32, u32)| Tally {
            added: added as usize,
            changed: changed as usize,
            unchanged: 0,
            retracted: retracted as usize,
        };
        let [entities, facts, sources] = row.tallies.map(tally);
        let time = Moment::from_seconds(row.time);
        Self { generation, time, by: row.by, reason: row.reason, entities, facts, sources }
    }
}

impl Snapshot {
    /// The commit that made a generation.
    ///
    /// # Errors
    /// [`StoreError::NoSuchGeneration`] for 0 and for those after this snapshot, [`StoreError::Damaged`] or
    /// [`StoreError::Io`].
    pub fn commit(&self, generation: u64) -> Result<Commit, StoreError> {
        let newest = self.generation();
        if !(1..=newest).contains(&generation) {
            return Err(StoreError::NoSuchGeneration { generation, oldest: newest.min(1), newest });
        }
        Ok(Commit::new(generation, self.log_row(generation)?))
    }

    /// Every commit, the newest first.
    pub fn log(&self) -> impl Iterator<Item = Result<Commit, StoreError>> + '_ {
        (1..=self.generation()).rev().map(|generation| self.commit(generation))
    }

    /// The generation that was the newest at a moment: 0 before the first commit. O(log n) looks at the log.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Io`].
    pub fn generation_at(&self, moment: Moment) -> Result<u64, StoreError> {
        let (mut low, mut high) = (0, self.generation());
        while low < high {
            let middle = high - (high - low) / 2;
            if self.log_row(middle)?.time <= moment.seconds() {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Ok(low)
    }

    /// The oldest generation that the history still leads to.
    #[must_use]
    pub fn oldest(&self) -> u64 {
        self.catalog().oldest
    }
}
