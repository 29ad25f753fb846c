//! A graph of maps, and everything a view says compared with it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Direction, Effects, Record, View};
use crate::cypher::value::{NodeId, RelationshipId, Value};
use crate::names::name_key;

type Properties = BTreeMap<String, String>;

#[derive(Debug, Clone, Default)]
pub(super) struct Node {
    pub(super) labels: BTreeSet<String>,
    pub(super) properties: BTreeMap<String, Value>,
}

#[derive(Debug, Clone)]
pub(super) struct Relationship {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) kind: String,
    pub(super) properties: BTreeMap<String, Value>,
}

/// Nodes and relationships by keys that last, each with its number in the view.
#[derive(Debug, Clone, Default)]
pub(super) struct Naive {
    pub(super) nodes: BTreeMap<usize, (NodeId, Node)>,
    pub(super) relationships: BTreeMap<usize, (RelationshipId, Relationship)>,
    pub(super) next: usize,
}

fn texts(properties: &BTreeMap<String, Value>) -> Properties {
    properties.iter().map(|(key, value)| (key.clone(), format!("{value:?}"))).collect()
}

fn texts_of(record: &Record) -> Properties {
    assert!(record.iter().is_sorted_by(|a, b| a.1 < b.1), "sorted by the texts of the keys");
    record.iter().map(|(_, key, value)| (key.to_string(), format!("{value:?}"))).collect()
}

/// What is in one and not in the other.
fn differences<T: Ord>(before: &BTreeSet<T>, after: &BTreeSet<T>) -> (u64, u64) {
    (after.difference(before).count() as u64, before.difference(after).count() as u64)
}

impl Naive {
    pub(super) fn node(&self, at: usize) -> Option<usize> {
        self.nodes.keys().nth(at % self.nodes.len().max(1)).copied()
    }

    pub(super) fn relationship(&self, at: usize) -> Option<usize> {
        self.relationships.keys().nth(at % self.relationships.len().max(1)).copied()
    }

    /// The relationships of a node as a cursor should give them, sorted.
    fn edges(&self, node: usize, direction: Direction) -> Vec<(RelationshipId, NodeId, String)> {
        let mut edges = Vec::new();
        for (id, relationship) in self.relationships.values() {
            let out = direction.goes_out() && relationship.from == node;
            let into = direction.goes_in() && relationship.to == node && !(out && relationship.from == relationship.to);
            for end in [(out, relationship.to), (into, relationship.from)].iter().filter(|(is, _)| *is).map(|x| x.1) {
                edges.push((*id, self.nodes[&end].0, relationship.kind.clone()));
            }
        }
        edges.sort_unstable();
        edges
    }

    /// The observable difference between two graphs.
    pub(super) fn effects_since(&self, before: &Self) -> Effects {
        let keys = |graph: &Self| graph.nodes.keys().copied().collect::<BTreeSet<_>>();
        let relationship_keys = |graph: &Self| graph.relationships.keys().copied().collect::<BTreeSet<_>>();
        let labels = |graph: &Self| graph.nodes.values().flat_map(|(_, node)| node.labels.clone()).collect();
        let properties = |graph: &Self| -> BTreeSet<(bool, usize, String, String)> {
            let nodes = graph.nodes.iter().map(|(key, (_, node))| (true, key, texts(&node.properties)));
            let relationships = graph.relationships.iter().map(|(key, (_, one))| (false, key, texts(&one.properties)));
            nodes
                .chain(relationships)
                .flat_map(|(is_node, key, texts)| {
                    texts.into_iter().map(move |(name, text)| (is_node, *key, name, text))
                })
                .collect()
        };
        let (nodes_added, nodes_removed) = differences(&keys(before), &keys(self));
        let (relationships_added, relationships_removed) =
            differences(&relationship_keys(before), &relationship_keys(self));
        let (properties_added, properties_removed) = differences(&properties(before), &properties(self));
        let (labels_added, labels_removed) = differences::<String>(&labels(before), &labels(self));
        Effects {
            nodes_added,
            nodes_removed,
            relationships_added,
            relationships_removed,
            properties_added,
            properties_removed,
            labels_added,
            labels_removed,
        }
    }

    /// Compares everything that can be read. `labels`, `kinds` and `names` are those that may occur.
    pub(super) fn check(&self, view: &View, labels: &[&str], kinds: &[&str], names: &[&str]) {
        view.intact().unwrap();
        assert_eq!(view.node_count(), self.nodes.len() as u64);
        assert_eq!(view.relationship_count(), self.relationships.len() as u64);
        let mut alive: Vec<NodeId> = self.nodes.values().map(|(id, _)| *id).collect();
        alive.sort_unstable();
        assert_eq!((0..view.node_limit()).map(NodeId).filter(|&id| view.is_node(id)).collect::<Vec<_>>(), alive);
        let mut cursor = view.every_node();
        assert_eq!(std::iter::from_fn(|| view.next_node(&mut cursor)).collect::<Vec<_>>(), alive);
        for label in labels {
            self.check_label(view, label);
        }
        for kind in kinds {
            let count = self.relationships.values().filter(|(_, one)| one.kind == *kind).count() as u64;
            assert_eq!(view.word(kind).map_or(0, |kind| view.type_count(kind)), count, "{kind}");
        }
        for (&key, (id, node)) in &self.nodes {
            let own: BTreeSet<String> =
                view.labels(*id).into_iter().map(|label| view.text(label).to_string()).collect();
            assert_eq!(own, node.labels);
            assert_eq!(texts_of(&view.node_properties(*id).unwrap()), texts(&node.properties));
            for (name, value) in &node.properties {
                let found = view.node_property(*id, view.word(name).unwrap()).unwrap();
                assert_eq!(format!("{found:?}"), format!("{value:?}"));
            }
            assert!(!view.is_landscape(*id).unwrap());
            self.check_edges(view, key, *id);
        }
        for (id, one) in self.relationships.values() {
            assert!(view.is_relationship(*id));
            assert_eq!(&**view.text(view.type_of(*id)), one.kind);
            assert_eq!(view.ends(*id), (self.nodes[&one.from].0, self.nodes[&one.to].0));
            assert_eq!(texts_of(&view.relationship_properties(*id).unwrap()), texts(&one.properties));
            for (name, value) in &one.properties {
                let found = view.relationship_property(*id, view.word(name).unwrap()).unwrap();
                assert_eq!(format!("{found:?}"), format!("{value:?}"));
            }
        }
        for name in names {
            self.check_name(view, name);
        }
    }

    fn check_label(&self, view: &View, label: &str) {
        let mut carriers: Vec<NodeId> =
            self.nodes.values().filter(|(_, node)| node.labels.contains(label)).map(|(id, _)| *id).collect();
        carriers.sort_unstable();
        let Some(word) = view.word(label) else {
            assert!(carriers.is_empty());
            return;
        };
        assert_eq!(view.label_count(word), carriers.len() as u64, "{label}");
        let mut cursor = view.labelled(word);
        assert_eq!(std::iter::from_fn(|| view.next_node(&mut cursor)).collect::<Vec<_>>(), carriers);
        for (id, node) in self.nodes.values() {
            assert_eq!(view.has_label(*id, word), node.labels.contains(label));
        }
    }

    fn check_edges(&self, view: &View, key: usize, id: NodeId) {
        for direction in [Direction::Out, Direction::In, Direction::Both] {
            let expected = self.edges(key, direction);
            let collect = |mut cursor| {
                let edges = std::iter::from_fn(|| view.next_edge(&mut cursor));
                let mut edges: Vec<_> = edges.map(|(r, end, kind)| (r, end, view.text(kind).to_string())).collect();
                edges.sort_unstable();
                edges
            };
            assert_eq!(collect(view.edges(id, direction)), expected, "{direction:?} of {id:?}");
            assert_eq!(view.degree(id, direction), expected.len());
            for (other, _) in self.nodes.values() {
                let between: Vec<_> = expected.iter().filter(|(_, end, _)| end == other).cloned().collect();
                assert_eq!(
                    collect(view.edges_between(id, *other, direction)),
                    between,
                    "{id:?} {direction:?} {other:?}"
                );
            }
        }
    }

    /// Index look-ups find every node that a look at all of them finds.
    fn check_seeks(&self, view: &View, text: &str) {
        let with = |key: &str| {
            let is = |node: &Node| matches!(node.properties.get(key), Some(Value::Text(own)) if **own == *text);
            let mut nodes: Vec<NodeId> = self.nodes.values().filter(|(_, node)| is(node)).map(|(id, _)| *id).collect();
            nodes.sort_unstable();
            nodes
        };
        assert_eq!(view.seek_id(text).unwrap(), with("id"), "id {text:?}");
        if let Some(found) = view.seek_name(text).unwrap() {
            assert!(with("name").iter().all(|node| found.contains(node)), "name {text:?}");
        }
    }

    fn check_name(&self, view: &View, name: &str) {
        self.check_seeks(view, name);
        let key = name_key(name);
        let is = |node: &Node| match node.properties.get("name") {
            Some(Value::Text(own)) => !key.is_empty() && name_key(own) == key,
            _ => false,
        };
        let mut named: Vec<NodeId> = self.nodes.values().filter(|(_, node)| is(node)).map(|(id, _)| *id).collect();
        named.sort_unstable();
        assert_eq!(view.named(name).unwrap(), named, "{name}");
        for (id, node) in self.nodes.values() {
            assert_eq!(view.is_named(*id, name).unwrap(), is(node), "{name} {id:?}");
        }
    }
}
