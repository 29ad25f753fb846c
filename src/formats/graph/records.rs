//! What all graph formats are written from.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{Graph, Subgraph};
use crate::model::{
    Entity, EntityId, Fact, FactId, Language, Modality, Name, NameKind, Properties, Reliability, Source, SourceId,
    Value,
};
use crate::store::{Snapshot, StoreError};

/// Keys of nodes that are not those of claims, and keys that readers take for their own.
const NODE_KEYS: &[&str] = &[
    "id", "label", "labels", "name", "name_en", "name_zh", "aliases", "parent", "pid", "viz", "parents", "spells",
    "node_for_adding",
];
/// The same for edges.
const EDGE_KEYS: &[&str] = &[
    "id", "key", "label", "source", "target", "predicate", "modality", "confidence", "sources", "spells", "viz",
    "u_for_edge", "v_for_edge",
];

/// An entity with the claims that are shown for it.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeRecord {
    /// Which entity.
    pub id: EntityId,
    /// What it is.
    pub labels: Vec<String>,
    /// Its names.
    pub names: Vec<Name>,
    /// For every key the claim that is shown ([`Entity::shown`]), and what narrows it down as `key_qualifier`: a `valuation`
    /// stands beside its `valuation_currency` and `valuation_as_of`.
    pub claims: Properties,
}

/// A fact.
#[derive(Debug, Clone, PartialEq)]
pub struct EdgeRecord {
    /// Which fact.
    pub id: FactId,
    /// Its subject.
    pub from: EntityId,
    /// Its object.
    pub to: EntityId,
    /// Its predicate.
    pub predicate: String,
    /// Its properties.
    pub properties: Properties,
    /// How the sources put it.
    pub modality: Modality,
    /// The highest confidence among its evidence, 0 to 1.
    pub confidence: f32,
    /// Where it was read, each source once.
    pub sources: Vec<SourceId>,
}

/// A graph to be exported: both ends of every edge are among the nodes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GraphRecords {
    /// The entities, by id.
    pub nodes: Vec<NodeRecord>,
    /// The facts between them, by id.
    pub edges: Vec<EdgeRecord>,
    /// The sources of the facts, by id.
    pub sources: Vec<Source>,
}

impl GraphRecords {
    /// The whole database.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub fn of_snapshot(snapshot: &Snapshot) -> Result<Self, StoreError> {
        Self::collect(snapshot, snapshot.entities(), snapshot.facts())
    }

    /// The entities and facts of a part of the graph.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn of_subgraph(snapshot: &Snapshot, graph: &Graph, part: &Subgraph) -> Result<Self, StoreError> {
        let facts: BTreeSet<u32> =
            part.edges.iter().filter_map(|&edge| graph.edge(edge)).map(|edge| edge.fact).collect();
        let entities = part.nodes.iter().map(|&number| snapshot.entity(number));
        Self::collect(snapshot, entities, facts.into_iter().map(|number| snapshot.fact(number)))
    }

    /// Some entities and facts.
    ///
    /// # Errors
    /// [`StoreError`] when the sources of the facts cannot be read.
    pub fn of_records(snapshot: &Snapshot, entities: Vec<Entity>, facts: Vec<Fact>) -> Result<Self, StoreError> {
        Self::collect(snapshot, entities.into_iter().map(Ok), facts.into_iter().map(Ok))
    }

    fn collect(
        snapshot: &Snapshot,
        entities: impl Iterator<Item = Result<Entity, StoreError>>,
        facts: impl Iterator<Item = Result<Fact, StoreError>>,
    ) -> Result<Self, StoreError> {
        let mut edges = facts.map(|fact| fact.map(EdgeRecord::from)).collect::<Result<Vec<_>, _>>()?;
        edges.sort_by(|a, b| a.id.cmp(&b.id));
        let mut reliability: BTreeMap<SourceId, Reliability> = BTreeMap::new();
        let mut nodes = Vec::new();
        for entity in entities {
            let entity = entity?;
            for evidence in entity.claims.iter().flat_map(|claim| &claim.evidence) {
                if !reliability.contains_key(&evidence.source) {
                    let source = snapshot.source_by_id(&evidence.source)?;
                    let level = source.map_or(Reliability::C, |source| source.reliability);
                    reliability.insert(evidence.source.clone(), level);
                }
            }
            let trust = |id: &SourceId| reliability.get(id).copied().unwrap_or(Reliability::C);
            nodes.push(NodeRecord {
                claims: shown(&entity, trust),
                id: entity.id,
                labels: entity.labels,
                names: entity.names,
            });
        }
        nodes.sort_by(|a, b| a.id.cmp(&b.id));
        let ids: BTreeSet<&SourceId> = edges.iter().flat_map(|edge| &edge.sources).collect();
        let mut sources = Vec::with_capacity(ids.len());
        for id in ids {
            sources.extend(snapshot.source_by_id(id)?);
        }
        Ok(Self { nodes, edges, sources })
    }
}

/// For every key the claim that is shown, with its qualifiers.
fn shown(entity: &Entity, reliability: impl Fn(&SourceId) -> Reliability) -> Properties {
    let mut properties = Properties::new();
    let keys: BTreeSet<&str> = entity.claims.iter().map(|claim| claim.key.as_str()).collect();
    for key in &keys {
        let Some(claim) = entity.shown(key, &reliability) else { continue };
        properties.set(key, claim.value.clone());
        for (qualifier, value) in claim.qualifiers.iter() {
            let name = format!("{key}_{qualifier}");
            // A claim of that name says it for itself.
            if !keys.contains(name.as_str()) {
                properties.set(&name, value.clone());
            }
        }
    }
    properties
}

impl From<Fact> for EdgeRecord {
    fn from(fact: Fact) -> Self {
        let confidence = fact.confidence();
        let mut sources: Vec<SourceId> = Vec::new();
        for evidence in fact.evidence {
            if !sources.contains(&evidence.source) {
                sources.push(evidence.source);
            }
        }
        Self {
            id: fact.id,
            from: fact.subject,
            to: fact.object,
            predicate: fact.predicate,
            properties: fact.properties,
            modality: fact.modality,
            confidence,
            sources,
        }
    }
}

impl NodeRecord {
    /// The name for programs that show only one: English, else canonical in any language, else the id.
    #[must_use]
    pub fn name(&self) -> &str {
        let canonical = |name: &&Name| name.kind == NameKind::Canonical;
        let english = |name: &&Name| name.language == Language::English;
        let found = self.names.iter().find(|name| canonical(name) && english(name));
        found
            .or_else(|| self.names.iter().find(canonical))
            .or_else(|| self.names.first())
            .map_or(self.id.as_str(), |name| name.text.as_str())
    }

    /// Everything but the id as keys and values: `labels`, `name`, `name_en`, `name_zh`, `aliases`, and the claims. Claims
    /// whose key means something else here begin with `claim_`.
    #[must_use]
    pub fn attributes(&self) -> Vec<(String, Value)> {
        let in_language = |languages: &[Language]| {
            let canonical = self.names.iter().filter(|name| name.kind == NameKind::Canonical);
            let names = canonical.chain(self.names.iter());
            languages.iter().find_map(|language| names.clone().find(|name| name.language == *language))
        };
        let text = |text: &str| Value::Text(text.to_owned());
        let labels = self.labels.iter().map(|label| text(label)).collect();
        let mut attributes = vec![("labels".to_owned(), Value::List(labels)), ("name".to_owned(), text(self.name()))];
        let chinese = [Language::Simplified, Language::Traditional];
        for (key, languages) in [("name_en", &[Language::English][..]), ("name_zh", &chinese[..])] {
            attributes.extend(in_language(languages).map(|name| (key.to_owned(), text(&name.text))));
        }
        let mut others: Vec<&str> = Vec::new();
        for name in self.names.iter().map(|name| name.text.as_str()) {
            if name != self.name() && !others.contains(&name) {
                others.push(name);
            }
        }
        if !others.is_empty() {
            attributes.push(("aliases".to_owned(), Value::List(others.into_iter().map(text).collect())));
        }
        attributes.extend(self.claims.iter().map(|(key, value)| (apart(key, "claim_", NODE_KEYS), value.clone())));
        attributes
    }
}

impl EdgeRecord {
    /// Everything but the ids as keys and values: `predicate`, `modality`, `confidence`, `sources`, and the properties.
    /// Properties whose key means something else here begin with `property_`.
    #[must_use]
    pub fn attributes(&self) -> Vec<(String, Value)> {
        let sources = self.sources.iter().map(|id| Value::Text(id.as_str().to_owned())).collect();
        // Three digits are all that is kept of a confidence.
        let confidence = (f64::from(self.confidence) * 1000.0).round() / 1000.0;
        let mut attributes = vec![
            ("predicate".to_owned(), Value::Text(self.predicate.clone())),
            ("modality".to_owned(), Value::Text(self.modality.word().to_owned())),
            ("confidence".to_owned(), Value::Float(confidence)),
            ("sources".to_owned(), Value::List(sources)),
        ];
        let properties = self.properties.iter();
        attributes.extend(properties.map(|(key, value)| (apart(key, "property_", EDGE_KEYS), value.clone())));
        attributes
    }
}

/// The key, with the prefix if it is one of the `taken`. Keys that differ stay different: a key that is itself a taken one
/// behind prefixes gets one more.
fn apart(key: &str, prefix: &str, taken: &[&str]) -> String {
    let mut rest = key;
    while let Some(shorter) = rest.strip_prefix(prefix) {
        rest = shorter;
    }
    if taken.contains(&rest) { format!("{prefix}{key}") } else { key.to_owned() }
}
