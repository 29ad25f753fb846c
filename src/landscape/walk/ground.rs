//! What every walk stands on: the graph of a generation, and the wishes of a walk as numbers.

use std::collections::BTreeSet;

use super::records::Records;
use super::{Error, Walk};
use crate::graph::{self, Bounds, Filter, Graph, Labels};
use crate::landscape::{resolve, words};
use crate::model::{Language, vocabulary};
use crate::names::script_of;
use crate::store::Snapshot;

/// A loaded graph with a filter and bounds.
pub(super) struct Ground {
    pub(super) snapshot: Snapshot,
    pub(super) graph: Graph,
    /// Everything that a walk says, but for its labels.
    pub(super) filter: Filter,
    /// The labels of the walk, when it names any.
    pub(super) labels: Option<Vec<u16>>,
    /// The labels of entities that may be walked through, when any were named.
    pub(super) through: Option<Vec<u16>>,
    pub(super) bounds: Bounds,
    pub(super) language: Language,
}

impl Ground {
    /// Loads the graph; labels only where they matter, since they cost a look at every entity.
    pub(super) fn new(snapshot: Snapshot, names: &[&str], walk: &Walk, through: &[String]) -> Result<Self, Error> {
        let labelled = !walk.labels.is_empty() || !through.is_empty();
        let graph = graph::load(&snapshot, if labelled { Labels::With } else { Labels::Without })?;
        let mut filter = Filter::new().direction(walk.direction);
        if !walk.via.is_empty() {
            let known = || vocabulary::PREDICATES.iter().map(|predicate| predicate.name);
            filter = filter.predicates(numbers(&snapshot, "predicate", &walk.via, known, &graph.columns().predicate)?);
        }
        if let Some(date) = walk.as_of {
            filter = filter.as_of(date);
        }
        if !walk.modalities.is_empty() {
            filter = filter.modalities(walk.modalities.iter().copied());
        }
        if let Some(least) = walk.min_confidence {
            filter = filter.min_confidence(least);
        }
        let avoided = walk.avoid.iter().map(|name| resolve(&snapshot, name, None)).collect::<Result<Vec<_>, _>>()?;
        if !avoided.is_empty() {
            filter = filter.avoid(avoided);
        }
        let of_labels = |words: &[String]| -> Result<Option<Vec<u16>>, Error> {
            let known = || vocabulary::LABELS.iter().copied();
            let numbers = || numbers(&snapshot, "label", words, known, &graph.columns().labels);
            if words.is_empty() { Ok(None) } else { numbers().map(Some) }
        };
        let (labels, through) = (of_labels(&walk.labels)?, of_labels(through)?);
        let language = walk.language.clone().unwrap_or_else(|| script_of(&names.join(" ")));
        let bounds = Bounds { max_results: walk.limit, max_visited: walk.max_visited, ..Bounds::none() };
        let bounds = walk.timeout.map_or(bounds, |timeout| bounds.within(timeout));
        Ok(Self { snapshot, graph, filter, labels, through, bounds, language })
    }

    pub(super) fn records(&self) -> Records<'_> {
        Records::new(&self.snapshot, &self.language)
    }

    /// The number of the entity that a name or id stands for.
    pub(super) fn resolve(&self, name: &str) -> Result<u32, Error> {
        resolve(&self.snapshot, name, None)
    }

    /// The filter that walks only to entities with the labels of the walk.
    pub(super) fn labelled(&self) -> Filter {
        match &self.labels {
            Some(labels) => self.filter.clone().labels(labels.iter().copied()),
            None => self.filter.clone(),
        }
    }

    /// The filter that walks only to and through the entities that may be walked through.
    pub(super) fn channelled(&self) -> Filter {
        match &self.through {
            Some(labels) => self.filter.clone().labels(labels.iter().copied()),
            None => self.filter.clone(),
        }
    }

    /// Whether there is such an entity, and it has one of the labels of the walk.
    pub(super) fn is_wanted(&self, node: u32) -> bool {
        self.graph.has_node(node)
            && self
                .labels
                .as_ref()
                .is_none_or(|labels| self.graph.labels(node).iter().any(|label| labels.contains(label)))
    }

    pub(super) fn predicate(&self, number: u16) -> Result<&str, Error> {
        Ok(self.snapshot.word(u32::from(number))?)
    }
}

/// The numbers of words among those that the graph uses. A word that only the vocabulary knows has none.
fn numbers<I: Iterator<Item = &'static str>>(
    snapshot: &Snapshot,
    what: &'static str,
    wanted: &[String],
    vocabulary: impl Fn() -> I,
    used: &[u16],
) -> Result<Vec<u16>, Error> {
    let used: BTreeSet<u16> = used.iter().copied().collect();
    let mut known: BTreeSet<&str> = vocabulary().collect();
    let mut texts = Vec::new();
    for number in used {
        let text = snapshot.word(u32::from(number))?;
        known.insert(text);
        texts.push((number, text));
    }
    let mut numbers = Vec::new();
    for word in wanted {
        let found = words::find(known.iter().copied(), word).ok_or_else(|| words::unknown(what, word, &known))?;
        numbers.extend(texts.iter().filter(|(_, text)| *text == found).map(|(number, _)| *number));
    }
    Ok(numbers)
}
