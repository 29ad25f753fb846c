//! What lies around an entity.

use super::ground::Ground;
use super::{Error, Node, Walk, Way};
use crate::graph::{Cut, neighborhood};
use crate::landscape::Landscape;
use crate::model::Source;

/// What [`Landscape::neighbors`] is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct NeighborOptions {
    /// How many facts may lie between; 1 by default.
    pub hops: u32,
    /// Only entities with one of these labels are walked to and through; none means any. (The labels of `walk` say
    /// which entities are listed.)
    pub through: Vec<String>,
    /// Which facts are walked, and how far.
    pub walk: Walk,
}

impl Default for NeighborOptions {
    fn default() -> Self {
        Self { hops: 1, through: Vec::new(), walk: Walk::default() }
    }
}

/// The entities around one.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbors {
    /// The entity in the middle.
    pub of: Node,
    /// One shortest way to each of the others, one fact a step, in the order (distance, number of the entity).
    pub rows: Vec<Way>,
    /// The sources of the facts.
    pub sources: Vec<Source>,
    /// The bound that cut the list.
    pub cut: Option<Cut>,
}

impl Landscape {
    /// The entities within some hops of one, nearest first, with one shortest way to each.
    ///
    /// Entities at the same distance come in the order in which they came into the database. Reads the whole graph:
    /// O(entities + facts); the walk itself costs no more than the facts of the entities walked through.
    ///
    /// # Errors
    /// As [`Landscape::entity`] for each name; [`Error::UnknownWord`] for a predicate or label that nothing has.
    pub fn neighbors(&self, name: &str, options: &NeighborOptions) -> Result<Neighbors, Error> {
        let ground = Ground::new(self.snapshot()?, &[name], &options.walk, &options.through)?;
        let start = ground.resolve(name)?;
        let mut filter = ground.channelled();
        if let Some(labels) = &ground.labels {
            filter = filter.end_labels(labels.iter().copied());
        }
        let mut records = ground.records();
        let of = records.node(start)?;
        let mut around = neighborhood(&ground.graph, &[start], options.hops, &filter, &ground.bounds)?;
        let mut rows = Vec::new();
        while let Some(reached) = around.next() {
            if let Some(path) = around.path_to(reached.node) {
                rows.push(records.way(&path, false)?);
            }
        }
        let cut = around.cut();
        Ok(Neighbors { of, rows, sources: records.into_sources(), cut })
    }
}
