//! What a statement may use up.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::cypher::error::{Detail, Kind, QueryError};

/// Limits of a statement.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The longest statement, in bytes.
    pub length: usize,
    /// How deep brackets, lists and operators may be nested.
    pub nesting: usize,
    /// How many rows a result may have.
    pub rows: u64,
    /// How many bytes a statement may keep for sorting, grouping, lists and results, roughly.
    pub memory: u64,
    /// How long it may run.
    pub time: Option<Duration>,
}

impl Default for Limits {
    /// A megabyte of text, 120 levels, 10 million rows, 2 GiB, one minute. The levels are safe on a thread with a stack of
    /// 2 MiB.
    fn default() -> Self {
        Self { length: 1 << 20, nesting: 120, rows: 10_000_000, memory: 2 << 30, time: Some(Duration::from_secs(60)) }
    }
}

/// Steps between two looks at the clock.
const STEPS: u32 = 4096;

/// What is left of the limits.
#[derive(Debug)]
pub(crate) struct Budget {
    steps: u32,
    deadline: Option<(Instant, Duration)>,
    cancelled: Option<Arc<AtomicBool>>,
    memory: u64,
    memory_limit: u64,
    rows: u64,
    rows_limit: u64,
}

impl Budget {
    pub(crate) fn new(limits: &Limits, cancelled: Option<Arc<AtomicBool>>) -> Self {
        Self {
            steps: STEPS,
            deadline: limits.time.map(|time| (Instant::now() + time, time)),
            cancelled,
            memory: 0,
            memory_limit: limits.memory,
            rows: 0,
            rows_limit: limits.rows,
        }
    }

    /// One step of work: every few thousand of them the clock and the flag of cancellation are looked at.
    #[inline]
    pub(crate) fn step(&mut self) -> Result<(), QueryError> {
        self.steps -= 1;
        if self.steps == 0 { self.look() } else { Ok(()) }
    }

    /// How much time is left, where it is limited.
    pub(crate) fn left(&self) -> Option<Duration> {
        self.deadline.map(|(deadline, _)| deadline.saturating_duration_since(Instant::now()))
    }

    /// Looks at the clock and the flag of cancellation now.
    #[cold]
    pub(crate) fn look(&mut self) -> Result<(), QueryError> {
        self.steps = STEPS;
        if self.cancelled.as_ref().is_some_and(|flag| flag.load(Ordering::Relaxed)) {
            return Err(QueryError::run(Kind::LimitExceeded, Detail::Cancelled, "the statement was cancelled"));
        }
        match self.deadline {
            Some((deadline, limit)) if Instant::now() >= deadline => {
                let message = format!("the statement ran longer than {} s", limit.as_secs_f64());
                let error = QueryError::run(Kind::LimitExceeded, Detail::OutOfTime, message);
                Err(error.with_hint("bound the pattern ([*1..4] instead of [*]), or allow more time"))
            }
            _ => Ok(()),
        }
    }

    /// Memory that the statement keeps.
    #[inline]
    pub(crate) fn keep(&mut self, bytes: usize) -> Result<(), QueryError> {
        self.memory += bytes as u64;
        if self.memory > self.memory_limit { Err(self.out_of_memory()) } else { Ok(()) }
    }

    /// A value that is needed for a while: no more than an eighth of the memory may go into one.
    pub(crate) fn single(&self, bytes: usize) -> Result<(), QueryError> {
        if bytes as u64 > self.memory_limit / 8 { Err(self.out_of_memory()) } else { Ok(()) }
    }

    #[cold]
    fn out_of_memory(&self) -> QueryError {
        let message = format!("the statement needs more than {} MiB of memory", self.memory_limit >> 20);
        let error = QueryError::run(Kind::LimitExceeded, Detail::OutOfMemory, message);
        error.with_hint("bound the pattern, add LIMIT, or allow more memory")
    }

    /// Memory that is free again.
    pub(crate) fn release(&mut self, bytes: usize) {
        self.memory = self.memory.saturating_sub(bytes as u64);
    }

    /// A row of the result.
    pub(crate) fn row(&mut self) -> Result<(), QueryError> {
        self.rows += 1;
        if self.rows > self.rows_limit {
            let message = format!("the result has more than {} rows", self.rows_limit);
            let error = QueryError::run(Kind::LimitExceeded, Detail::TooManyRows, message);
            return Err(error.with_hint("add LIMIT, or allow more rows"));
        }
        Ok(())
    }
}
