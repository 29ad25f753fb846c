//! What all enumerations of paths have in common.

use std::fmt;

use super::super::bounds::Meter;
use super::super::{Bounds, Cut};
use super::Path;

/// How paths that differ only in which of several parallel facts they use are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Parallel {
    /// They are one path, and every step carries all its facts.
    #[default]
    Together,
    /// They are different paths, and every step carries one fact.
    Apart,
}

/// Listing a step of a path takes about as long as looking at so many edges.
const EDGES_FOR_A_STEP: usize = 8;

/// Where paths come from, each with all parallel facts unless the source tells them apart itself.
pub(super) trait Source {
    /// The next path.
    ///
    /// # Errors
    /// The bound that forbids to look for it.
    fn next_path(&mut self) -> Result<Option<Path>, Cut>;

    /// What kept the source from looking everywhere, after it has ended.
    fn left_out(&self) -> Option<Cut>;
}

/// A lazy enumeration of paths.
///
/// Nothing is searched for before it is asked for. After the last path, [`cut`](Self::cut) says whether a bound has cut
/// the enumeration.
pub struct Paths<'g> {
    source: Box<dyn Source + Send + 'g>,
    parallel: Parallel,
    /// How many more the question asks for.
    asked_for: usize,
    /// How many more the bounds allow.
    results_left: usize,
    /// The path whose parallel facts are being told apart.
    spread: Option<Spread>,
    /// What the paths themselves cost: there may be more of them, and longer ones, than searching for them takes time.
    meter: Meter,
    ended: bool,
    cut: Option<Cut>,
}

impl<'g> Paths<'g> {
    pub(super) fn new(source: impl Source + Send + 'g, parallel: Parallel, bounds: &Bounds) -> Self {
        let results_left = bounds.max_results.unwrap_or(usize::MAX);
        Self {
            source: Box::new(source),
            parallel,
            asked_for: usize::MAX,
            results_left,
            spread: None,
            meter: Meter::new(bounds),
            ended: false,
            cut: None,
        }
    }

    /// Ends after `k` paths, without calling that a cut.
    pub(super) fn first(mut self, k: usize) -> Self {
        self.asked_for = k;
        self
    }

    /// The bound that ended the enumeration; final once `next` has returned `None`.
    #[must_use]
    pub fn cut(&self) -> Option<Cut> {
        self.cut
    }

    fn find(&mut self) -> Option<Path> {
        if let Some(path) = self.spread.as_mut().and_then(Iterator::next) {
            return Some(path);
        }
        match self.source.next_path() {
            Ok(Some(path)) if self.parallel == Parallel::Apart => {
                self.spread = Some(Spread::new(path));
                self.spread.as_mut().and_then(Iterator::next)
            }
            Ok(Some(path)) => Some(path),
            Ok(None) => {
                self.cut = self.source.left_out();
                None
            }
            Err(cut) => {
                self.cut = Some(cut);
                None
            }
        }
    }
}

impl Iterator for Paths<'_> {
    type Item = Path;

    fn next(&mut self) -> Option<Path> {
        if self.ended || self.asked_for == 0 {
            return None;
        }
        self.asked_for -= 1;
        let mut path = self.find();
        if path.is_some() && self.results_left == 0 {
            self.cut = Some(Cut::Results);
        } else if let Some(found) = &path
            && let Err(cut) = self.meter.look(EDGES_FOR_A_STEP * found.len())
        {
            self.cut = Some(cut);
            path = None;
        }
        self.ended = path.is_none() || self.results_left == 0;
        self.results_left = self.results_left.saturating_sub(1);
        path.filter(|_| !self.ended)
    }
}

impl std::iter::FusedIterator for Paths<'_> {}

impl fmt::Debug for Paths<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paths").field("parallel", &self.parallel).field("cut", &self.cut).finish_non_exhaustive()
    }
}

/// The paths with one fact a step that a path with parallel facts stands for, the last step changing first.
#[derive(Debug)]
struct Spread {
    path: Path,
    /// Which link of each step comes next; `None` after the last combination.
    choice: Option<Vec<usize>>,
}

impl Spread {
    fn new(path: Path) -> Self {
        let choice = Some(vec![0; path.len()]);
        Self { path, choice }
    }
}

impl Iterator for Spread {
    type Item = Path;

    fn next(&mut self) -> Option<Path> {
        let mut choice = self.choice.take()?;
        let links = self.path.steps().zip(&choice).filter_map(|(step, &link)| step.links.get(link).copied()).collect();
        let path = Path {
            nodes: self.path.nodes.clone(),
            links,
            ends: (1..=self.path.len()).collect(),
            weight: self.path.weight,
        };
        let widths: Vec<usize> = self.path.steps().map(|step| step.links.len()).collect();
        for (link, width) in choice.iter_mut().zip(widths).rev() {
            *link += 1;
            if *link < width {
                self.choice = Some(choice);
                break;
            }
            *link = 0;
        }
        Some(path)
    }
}

/// A single path from an entity to itself, or none.
pub(super) struct Trivial(pub(super) Option<Path>);

impl Source for Trivial {
    fn next_path(&mut self) -> Result<Option<Path>, Cut> {
        Ok(self.0.take())
    }

    fn left_out(&self) -> Option<Cut> {
        None
    }
}
