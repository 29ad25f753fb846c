//! From numbers to entities, facts and sources, each read once.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Error, Leg, Node, Way};
use crate::graph::{Link, Path};
use crate::model::{Evidence, Fact, Language, Source, SourceId};
use crate::store::Snapshot;

/// What an answer has read so far.
pub(super) struct Records<'s> {
    snapshot: &'s Snapshot,
    language: &'s Language,
    nodes: HashMap<u32, Node>,
    facts: HashMap<u32, Arc<Fact>>,
    sources: Vec<Source>,
    cited: HashSet<SourceId>,
}

impl<'s> Records<'s> {
    pub(super) fn new(snapshot: &'s Snapshot, language: &'s Language) -> Self {
        let (nodes, facts) = (HashMap::new(), HashMap::new());
        Self { snapshot, language, nodes, facts, sources: Vec::new(), cited: HashSet::new() }
    }

    pub(super) fn node(&mut self, number: u32) -> Result<Node, Error> {
        if let Some(node) = self.nodes.get(&number) {
            return Ok(node.clone());
        }
        let entity = self.snapshot.entity(number)?;
        let name = entity.name_in(self.language).to_owned();
        let node = Node { id: entity.id, name, labels: entity.labels };
        self.nodes.insert(number, node.clone());
        Ok(node)
    }

    /// A fact; its sources become sources of the answer.
    pub(super) fn fact(&mut self, number: u32) -> Result<Arc<Fact>, Error> {
        if let Some(fact) = self.facts.get(&number) {
            return Ok(Arc::clone(fact));
        }
        let fact = Arc::new(self.snapshot.fact(number)?);
        self.cite(&fact.evidence)?;
        self.facts.insert(number, Arc::clone(&fact));
        Ok(fact)
    }

    pub(super) fn leg(&mut self, link: &Link) -> Result<Leg, Error> {
        Ok(Leg { fact: self.fact(link.fact)?, forward: link.forward })
    }

    /// A path with all its facts, or with the first of each step.
    pub(super) fn way(&mut self, path: &Path, together: bool) -> Result<Way, Error> {
        let nodes = path.nodes().iter().map(|&node| self.node(node)).collect::<Result<_, _>>()?;
        let shown = if together { usize::MAX } else { 1 };
        let steps = path
            .steps()
            .map(|step| step.links.iter().take(shown).map(|link| self.leg(link)).collect())
            .collect::<Result<_, _>>()?;
        // The logarithm of 1 is a negative zero; adding zero makes it a plain one.
        Ok(Way { nodes, steps, weight: path.weight() + 0.0 })
    }

    /// The sources of everything read, in the order of reading.
    pub(super) fn into_sources(self) -> Vec<Source> {
        self.sources
    }

    fn cite(&mut self, evidence: &[Evidence]) -> Result<(), Error> {
        for one in evidence {
            if self.cited.contains(&one.source) {
                continue;
            }
            self.cited.insert(one.source.clone());
            self.sources.extend(self.snapshot.source_by_id(&one.source)?);
        }
        Ok(())
    }
}
