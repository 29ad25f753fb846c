//! How much an answer may cost, and what was cut.

use std::time::{Duration, Instant};

/// The bound that ended an answer before it was complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cut {
    /// There are more results than were asked for.
    Results,
    /// Something lies, or may lie, further away.
    Hops,
    /// As many entities were visited as were allowed.
    Visited,
    /// The time was up.
    Time,
}

impl std::fmt::Display for Cut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Results => "there are more results than the limit",
            Self::Hops => "the search stopped at the allowed number of hops",
            Self::Visited => "the search stopped at the allowed number of visited entities",
            Self::Time => "the time for the search was up",
        })
    }
}

/// Limits on an answer; `None` is no limit.
///
/// Where a limit cuts an answer, the answer says so and is correct as far as it goes. All cuts but the one by time
/// fall at the same place every time.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use ailand::graph::Bounds;
///
/// let bounds = Bounds::none().results(100).hops(6).within(Duration::from_secs(2));
/// assert_eq!(bounds.max_hops, Some(6));
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Bounds {
    /// How many results are returned.
    pub max_results: Option<usize>,
    /// How many facts a way may have.
    pub max_hops: Option<u32>,
    /// How many entities a search may mark or step on, the ends included.
    pub max_visited: Option<usize>,
    /// When the search stops. Looked at every few thousand edges.
    pub deadline: Option<Instant>,
}

impl Bounds {
    /// No limits.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// At most this many results.
    #[must_use]
    pub fn results(self, most: usize) -> Self {
        Self { max_results: Some(most), ..self }
    }

    /// At most this many facts in a row.
    #[must_use]
    pub fn hops(self, most: u32) -> Self {
        Self { max_hops: Some(most), ..self }
    }

    /// At most this many entities visited.
    #[must_use]
    pub fn visited(self, most: usize) -> Self {
        Self { max_visited: Some(most), ..self }
    }

    /// At most this long from now.
    #[must_use]
    pub fn within(self, time: Duration) -> Self {
        // A time too long to be added is no limit.
        Self { deadline: Instant::now().checked_add(time), ..self }
    }
}

/// An answer that is whole, together with the bound that kept it from being complete.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer<T> {
    /// What was found.
    pub value: T,
    /// Why there may be more.
    pub cut: Option<Cut>,
}

/// The clock is read after this many edges.
const EDGES_BETWEEN_LOOKS: usize = 4096;

/// Counts what a search spends.
#[derive(Debug, Clone)]
pub(super) struct Meter {
    visits_left: usize,
    deadline: Option<Instant>,
    edges: usize,
}

impl Meter {
    pub(super) fn new(bounds: &Bounds) -> Self {
        // The first look comes at once: a deadline that has passed cuts even a small search.
        Self {
            visits_left: bounds.max_visited.unwrap_or(usize::MAX),
            deadline: bounds.deadline,
            edges: EDGES_BETWEEN_LOOKS,
        }
    }

    /// Spends one visit.
    #[inline]
    pub(super) fn visit(&mut self) -> Result<(), Cut> {
        self.visits_left = self.visits_left.checked_sub(1).ok_or(Cut::Visited)?;
        Ok(())
    }

    /// Spends the time that looking at this many edges takes.
    #[inline]
    pub(super) fn look(&mut self, edges: usize) -> Result<(), Cut> {
        let Some(deadline) = self.deadline else { return Ok(()) };
        self.edges += edges + 1;
        if self.edges < EDGES_BETWEEN_LOOKS {
            return Ok(());
        }
        self.edges = 0;
        if Instant::now() < deadline { Ok(()) } else { Err(Cut::Time) }
    }
}
