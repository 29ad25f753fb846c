//! Random statements, read back before and after they are committed.

use std::rc::Rc;
use std::sync::Arc;

use proptest::prelude::*;

use super::super::{Base, View};
use super::naive::{Naive, Node, Relationship};
use crate::cypher::value::{NodeId, RelationshipId, Value, temporal};
use crate::store::Store;

const LABELS: [&str; 4] = ["A", "B", "模型", "two `words`"];
const KINDS: [&str; 3] = ["R", "投资", "of two words"];
const KEYS: [&str; 6] = ["name", "id", "date", "amount", "键 1", "modality"];
const NAMES: [&str; 7] = ["智谱AI", "智譜ai", "Moonshot", " ", "", "!", "2024"];

#[derive(Debug, Clone)]
enum Step {
    CreateNode(Vec<usize>, Vec<(usize, Value)>),
    CreateRelationship(usize, usize, usize, Vec<(usize, Value)>),
    SetNode(usize, usize, Value),
    SetRelationship(usize, usize, Value),
    AddLabel(usize, usize),
    RemoveLabel(usize, usize),
    DeleteNode(usize),
    DeleteRelationship(usize),
    Commit,
}

fn value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        Just("智谱AI"),
        Just("智譜ai"),
        Just("Moonshot"),
        Just(""),
        Just("!"),
        Just("2024-02"),
        Just("2024"),
        Just("2024-2"),
        Just("denied"),
    ];
    use temporal::Type;
    let temporal = prop_oneof![
        Just((Type::Date, "2024-02-29")),
        Just((Type::Date, "-0044-03-15")),
        Just((Type::Date, "+12345-01-01")),
        Just((Type::LocalTime, "12:31:14.000000001")),
        Just((Type::Time, "23:59-08:30")),
        Just((Type::LocalDateTime, "2024-02-25T00:00")),
        Just((Type::DateTime, "2024-02-25T12:31:14.645+08:00[Asia/Shanghai]")),
        Just((Type::DateTime, "2024-10-27T02:30:00+01:00[Europe/Berlin]")),
        Just((Type::DateTime, "1900-01-01T00:00:00Z")),
        Just((Type::Duration, "P1Y-2M10DT-2H30M-0.5S")),
        Just((Type::Duration, "PT0S")),
        Just((Type::Duration, "-P12Y5M14DT16H13M10.000000001S")),
    ];
    let leaf = prop_oneof![
        temporal.prop_map(|(made, text)| temporal::from_text(made, text).unwrap()),
        text.prop_map(|text: &str| Value::Text(text.into())),
        any::<i64>().prop_map(Value::Int),
        (-3..3i64).prop_map(Value::Int),
        any::<bool>().prop_map(Value::Bool),
        (-1e9..1e9).prop_map(Value::Float),
    ];
    let list = proptest::collection::vec(leaf.clone(), 0..3).prop_map(|values| Value::List(Arc::new(values)));
    prop_oneof![6 => leaf, 1 => list]
}

fn step() -> impl Strategy<Value = Step> {
    let place = 0..64_usize;
    let label = 0..LABELS.len();
    let key = 0..KEYS.len();
    let properties = || proptest::collection::vec((0..KEYS.len(), value()), 0..4);
    let set = prop_oneof![3 => value(), 1 => Just(Value::Null)];
    prop_oneof![
        6 => (proptest::collection::vec(label.clone(), 0..4), properties())
            .prop_map(|(labels, properties)| Step::CreateNode(labels, properties)),
        8 => (place.clone(), 0..KINDS.len(), place.clone(), properties())
            .prop_map(|(from, kind, to, properties)| Step::CreateRelationship(from, kind, to, properties)),
        4 => (place.clone(), key.clone(), set.clone()).prop_map(|(node, key, value)| Step::SetNode(node, key, value)),
        3 => (place.clone(), key, set).prop_map(|(one, key, value)| Step::SetRelationship(one, key, value)),
        2 => (place.clone(), label.clone()).prop_map(|(node, label)| Step::AddLabel(node, label)),
        2 => (place.clone(), label).prop_map(|(node, label)| Step::RemoveLabel(node, label)),
        2 => place.clone().prop_map(Step::DeleteNode),
        2 => place.prop_map(Step::DeleteRelationship),
        2 => Just(Step::Commit),
    ]
}

struct Machine {
    store: Store,
    view: View,
    graph: Naive,
    /// The graph when the statement began.
    before: Naive,
}

impl Machine {
    fn new() -> Self {
        let store = Store::in_memory();
        let view = View::new(Rc::new(Base::load(store.read().unwrap()).unwrap()));
        Self { store, view, graph: Naive::default(), before: Naive::default() }
    }

    fn properties(&mut self, properties: Vec<(usize, Value)>) -> Vec<(super::super::WordId, Value)> {
        properties.into_iter().map(|(key, value)| (self.view.intern(KEYS[key]), value)).collect()
    }

    fn run(&mut self, step: Step) {
        let named = |properties: &[(usize, Value)]| {
            properties.iter().map(|(key, value)| (KEYS[*key].to_owned(), value.clone())).collect()
        };
        match step {
            Step::CreateNode(labels, properties) => {
                let words: Vec<_> = labels.iter().map(|&label| self.view.intern(LABELS[label])).collect();
                let node = Node {
                    labels: labels.iter().map(|&label| LABELS[label].to_owned()).collect(),
                    properties: named(&properties),
                };
                let properties = self.properties(properties);
                let id = self.view.create_node(&words, properties).unwrap();
                self.graph.nodes.insert(self.graph.next, (id, node));
            }
            Step::CreateRelationship(from, kind, to, properties) => {
                let (Some(from), Some(to)) = (self.graph.node(from), self.graph.node(to)) else { return };
                let word = self.view.intern(KINDS[kind]);
                let one = Relationship { from, to, kind: KINDS[kind].to_owned(), properties: named(&properties) };
                let properties = self.properties(properties);
                let (from, to) = (self.graph.nodes[&from].0, self.graph.nodes[&to].0);
                let id = self.view.create_relationship(from, word, to, properties).unwrap();
                self.graph.relationships.insert(self.graph.next, (id, one));
            }
            Step::SetNode(node, key, value) => {
                let Some((id, node)) = self.graph.node(node).and_then(|key| self.graph.nodes.get_mut(&key)) else {
                    return;
                };
                let word = self.view.intern(KEYS[key]);
                self.view.set_node_property(*id, word, value.clone()).unwrap();
                match value {
                    Value::Null => node.properties.remove(KEYS[key]),
                    value => node.properties.insert(KEYS[key].to_owned(), value),
                };
            }
            Step::SetRelationship(one, key, value) => {
                let found = self.graph.relationship(one);
                let Some((id, one)) = found.and_then(|key| self.graph.relationships.get_mut(&key)) else { return };
                let word = self.view.intern(KEYS[key]);
                self.view.set_relationship_property(*id, word, value.clone()).unwrap();
                match value {
                    Value::Null => one.properties.remove(KEYS[key]),
                    value => one.properties.insert(KEYS[key].to_owned(), value),
                };
            }
            Step::AddLabel(node, label) => {
                let Some(node) = self.graph.node(node) else { return };
                let (id, node) = self.graph.nodes.get_mut(&node).unwrap();
                let word = self.view.intern(LABELS[label]);
                assert_eq!(self.view.add_label(*id, word).unwrap(), node.labels.insert(LABELS[label].to_owned()));
            }
            Step::RemoveLabel(node, label) => {
                let Some(node) = self.graph.node(node) else { return };
                let (id, node) = self.graph.nodes.get_mut(&node).unwrap();
                let word = self.view.intern(LABELS[label]);
                assert_eq!(self.view.remove_label(*id, word).unwrap(), node.labels.remove(LABELS[label]));
            }
            Step::DeleteNode(node) => self.delete_node(node),
            Step::DeleteRelationship(one) => {
                let Some(key) = self.graph.relationship(one) else { return };
                let (id, _) = self.graph.relationships.remove(&key).unwrap();
                self.view.delete_relationship(id);
                self.view.delete_relationship(id);
                assert!(!self.view.is_relationship(id));
                assert!(self.view.relationship_properties(id).is_err());
            }
            Step::Commit => self.commit(),
        }
        self.graph.next += 1;
    }

    fn delete_node(&mut self, node: usize) {
        let Some(key) = self.graph.node(node) else { return };
        let (id, _) = self.graph.nodes.remove(&key).unwrap();
        let before = self.graph.relationships.len();
        self.graph.relationships.retain(|_, (_, one)| one.from != key && one.to != key);
        if self.graph.relationships.len() < before {
            self.view.delete_node(id);
            assert_eq!(self.view.dangling(), Some(id));
            let mut cursor = self.view.edges(id, super::super::Direction::Both);
            while let Some((one, ..)) = self.view.next_edge(&mut cursor) {
                self.view.delete_relationship(one);
            }
        } else {
            self.view.detach_delete_node(id);
        }
        assert_eq!(self.view.dangling(), None);
        assert!(self.view.node_properties(id).is_err());
    }

    fn check(&self) {
        self.graph.check(&self.view, &LABELS, &KINDS, &NAMES);
        assert_eq!(self.view.effects().unwrap(), self.graph.effects_since(&self.before));
    }

    /// Commits the statement and begins the next one; nodes and relationships are found again by their ids.
    fn commit(&mut self) {
        let node_ids: Vec<_> = self.graph.nodes.values().map(|(id, _)| self.view.node_id(id.0).unwrap()).collect();
        let relationships = self.graph.relationships.values();
        let relationship_ids: Vec<_> = relationships.map(|(id, _)| self.view.relationship_id(id.0).unwrap()).collect();
        let fresh = View::new(Rc::clone(self.view.base()));
        let changes = std::mem::replace(&mut self.view, fresh).into_changes("CREATE ...", None).unwrap();
        self.store.commit(&changes).unwrap();
        let base = Rc::new(Base::load(self.store.read().unwrap()).unwrap());
        for ((id, _), text) in self.graph.nodes.values_mut().zip(node_ids) {
            *id = NodeId(base.snapshot().entity_number(&text).unwrap().unwrap());
        }
        for ((id, _), text) in self.graph.relationships.values_mut().zip(relationship_ids) {
            let fact = base.snapshot().fact_number(&text).unwrap().unwrap();
            let edges = base.graph().edge_count() as u32;
            *id = RelationshipId((0..edges).find(|&edge| base.graph().edge(edge).unwrap().fact == fact).unwrap());
        }
        self.view = View::new(base);
        self.before = self.graph.clone();
        assert!(self.store.verify().unwrap().damage.is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_view_is_what_a_simple_graph_is(steps in proptest::collection::vec(step(), 1..60)) {
        let mut machine = Machine::new();
        for (at, step) in steps.into_iter().enumerate() {
            let commits = matches!(step, Step::Commit);
            machine.run(step);
            if at % 5 == 0 || commits {
                machine.check();
            }
        }
        machine.check();
        machine.commit();
        machine.check();
    }
}
