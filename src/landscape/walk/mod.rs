//! Walks over the graph by names: neighbours, paths, what entities share, subgraphs, and who is central.
//!
//! The graph knows numbers only; here names go in, and entities, facts and sources come out. Every answer says whether a
//! bound cut it.

mod answer;
mod common;
mod ground;
mod indirect;
mod neighbors;
mod paths;
mod picture;
mod rank;
mod records;
mod subgraph;
mod way;

use std::time::Duration;

pub use common::{Common, InCommon};
pub use neighbors::{NeighborOptions, Neighbors};
pub use paths::{FoundPaths, Island, PathOptions, Separation, Weight, Which};
pub use picture::{Drawing, Subject};
pub use rank::{Group as RankedGroup, Measure, RankOptions, Ranking};
pub use subgraph::Part;
pub use way::{Leg, Way};

use super::Error;
use crate::graph::Direction;
use crate::model::{EntityId, Language, Modality, PartialDate};

/// Which facts and entities a walk may use, by their names, and how much it may cost.
///
/// The default uses everything, in both directions, without bounds.
///
/// # Examples
/// ```
/// use ailand::Landscape;
/// use ailand::landscape::{NeighborOptions, Walk};
///
/// let walk = Walk { via: vec!["INVESTED_IN".into()], labels: vec!["Investor".into()], ..Walk::default() };
/// let options = NeighborOptions { hops: 1, walk, ..NeighborOptions::default() };
/// let investors = Landscape::bundled()?.neighbors("月之暗面", &options)?;
/// assert!(investors.rows.iter().any(|row| row.end().is_some_and(|end| end.id.as_str() == "investor:hongshan")));
/// # Ok::<(), ailand::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Walk {
    /// Only facts with one of these predicates; none means any.
    pub via: Vec<String>,
    /// Only entities with one of these labels may be in the answer, apart from those that were named; none means any.
    pub labels: Vec<String>,
    /// Which way facts are walked.
    pub direction: Direction,
    /// Facts dated later are not walked; undated ones are.
    pub as_of: Option<PartialDate>,
    /// Only facts that sources put in one of these ways; none means any.
    pub modalities: Vec<Modality>,
    /// Only facts with at least this confidence, from 0 to 1.
    pub min_confidence: Option<f32>,
    /// Entities that are never walked to or through, by name or id.
    pub avoid: Vec<String>,
    /// How many results there may be.
    pub limit: Option<usize>,
    /// How many entities a search may visit.
    pub max_visited: Option<usize>,
    /// How long a search may take; loading the graph does not count.
    pub timeout: Option<Duration>,
    /// The language of names; by default that of the names in the question.
    pub language: Option<Language>,
}

/// An entity as answers show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its id.
    pub id: EntityId,
    /// Its name, in the language of the answer.
    pub name: String,
    /// Its labels.
    pub labels: Vec<String>,
}
