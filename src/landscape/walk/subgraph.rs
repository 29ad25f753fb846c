//! A part of the landscape.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::ground::Ground;
use super::{Error, Node, Walk};
use crate::formats::graph::{GraphFormat, GraphRecords};
use crate::graph::{Cut, induced_subgraph};
use crate::landscape::{Landscape, export};
use crate::model::{Fact, Source};

/// Some entities and all facts between them.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The entities that were named.
    pub seeds: Vec<Node>,
    /// All entities, in the order in which they came into the database.
    pub nodes: Vec<Node>,
    /// All facts between any two of them, by subject, object and predicate.
    pub facts: Vec<Arc<Fact>>,
    /// The sources of the facts.
    pub sources: Vec<Source>,
    /// The bound that kept entities out.
    pub cut: Option<Cut>,
}

impl Landscape {
    /// Writes a part of the graph for another program; hands back the files that were written.
    ///
    /// # Errors
    /// [`Error::Store`] when the database cannot be read, [`Error::Io`] when a file cannot be written.
    pub fn export_part(&self, part: &Part, format: GraphFormat, place: &Path) -> Result<Vec<PathBuf>, Error> {
        let snapshot = self.snapshot()?;
        let mut entities = Vec::with_capacity(part.nodes.len());
        for node in &part.nodes {
            if let Some(number) = snapshot.entity_number(&node.id)? {
                entities.push(snapshot.entity(number)?);
            }
        }
        let facts = part.facts.iter().map(|fact| Fact::clone(fact)).collect();
        export::export_graph(&GraphRecords::of_records(&snapshot, entities, facts)?, format, place)
    }

    /// The entities within `hops` facts of any of the named ones, these themselves, and all facts between any two.
    ///
    /// With a limit, the nearest so many entities beside the named ones. Reads the whole graph: O(entities + facts).
    ///
    /// # Errors
    /// As [`Landscape::entity`] for each name; [`Error::UnknownWord`] for a predicate or label that nothing has.
    ///
    /// # Examples
    /// ```
    /// use ailand::Landscape;
    /// use ailand::landscape::Walk;
    ///
    /// let part = Landscape::bundled()?.subgraph(&["月之暗面", "红杉中国"], 0, &Walk::default())?;
    /// assert_eq!(part.nodes.len(), 2);
    /// assert!(part.facts.iter().all(|fact| fact.predicate == "INVESTED_IN"));
    /// # Ok::<(), ailand::Error>(())
    /// ```
    pub fn subgraph(&self, names: &[&str], hops: u32, walk: &Walk) -> Result<Part, Error> {
        let ground = Ground::new(self.snapshot()?, names, walk, &[])?;
        let seeds = names.iter().map(|name| ground.resolve(name)).collect::<Result<Vec<_>, _>>()?;
        let part = induced_subgraph(&ground.graph, &seeds, hops, &ground.labelled(), &ground.bounds)?;
        let mut records = ground.records();
        let mut read = |nodes: &[u32]| nodes.iter().map(|&node| records.node(node)).collect::<Result<Vec<_>, _>>();
        let (seeds, nodes) = (read(&seeds)?, read(&part.nodes)?);
        let edges = part.edges.iter().filter_map(|&edge| ground.graph.edge(edge));
        let facts = edges.map(|edge| records.fact(edge.fact)).collect::<Result<_, _>>()?;
        Ok(Part { seeds, nodes, facts, sources: records.into_sources(), cut: part.cut })
    }
}
