//! Which labels, types and properties there are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::QueryError;
use super::super::run::Context;
use super::super::value::{NodeId, RelationshipId, Types, Value};
use super::super::view::{Record, View, WordId};
use super::Procedure;

pub(super) fn procedures() -> Vec<Procedure> {
    let (text, int, list, truth) = (Types::TEXT, Types::INT, Types::LIST, Types::BOOL);
    vec![
        Procedure::new(
            "db.labels",
            &[],
            &[("label", text), ("count", int)],
            "Every label, and how many nodes carry it.",
            labels,
        ),
        Procedure::new(
            "db.relationshipTypes",
            &[],
            &[("relationshipType", text), ("count", int)],
            "Every relationship type, and how many relationships have it.",
            types,
        ),
        Procedure::new(
            "db.propertyKeys",
            &[],
            &[("propertyKey", text), ("count", int)],
            "Every property key, and how many nodes and relationships have it.",
            keys,
        ),
        Procedure::new(
            "db.schema.patterns",
            &[],
            &[("from", text), ("relationshipType", text), ("to", text), ("count", int)],
            "Which labels relationships of which type connect, and how many of them.",
            patterns,
        ),
        Procedure::new(
            "db.schema.nodeTypeProperties",
            &[],
            &[
                ("nodeLabels", list),
                ("propertyName", text),
                ("propertyTypes", list),
                ("count", int),
                ("mandatory", truth),
            ],
            "Which properties of which types nodes with the same labels have; mandatory when all of them do.",
            node_properties,
        ),
        Procedure::new(
            "db.schema.relTypeProperties",
            &[],
            &[("relType", text), ("propertyName", text), ("propertyTypes", list), ("count", int), ("mandatory", truth)],
            "Which properties of which types relationships of the same type have; mandatory when all of them do.",
            relationship_properties,
        ),
    ]
}

fn count(number: u64) -> Value {
    Value::Int(i64::try_from(number).unwrap_or(i64::MAX))
}

/// Words with how often they are used, in the order of their texts.
fn counted(view: &View, used: impl Fn(WordId) -> u64) -> Vec<Vec<Value>> {
    let words = (0..view.word_count()).map(WordId);
    let used: BTreeMap<Arc<str>, u64> =
        words.map(|word| (Arc::clone(view.text(word)), used(word))).filter(|(_, used)| *used > 0).collect();
    used.into_iter().map(|(text, used)| vec![text.into(), count(used)]).collect()
}

fn labels(_: &[Value], context: &mut Context) -> Result<Vec<Vec<Value>>, QueryError> {
    let view = &context.view;
    Ok(counted(view, |word| view.label_count(word)))
}

fn types(_: &[Value], context: &mut Context) -> Result<Vec<Vec<Value>>, QueryError> {
    let view = &context.view;
    Ok(counted(view, |word| view.type_count(word)))
}

/// Every node of the graph.
fn nodes(view: &View) -> impl Iterator<Item = NodeId> {
    (0..view.node_limit()).map(NodeId).filter(|&node| view.is_node(node))
}

/// Every relationship of the graph.
fn relationships(view: &View) -> impl Iterator<Item = RelationshipId> {
    (0..view.relationship_limit()).map(RelationshipId).filter(|&relationship| view.is_relationship(relationship))
}

fn keys(_: &[Value], context: &mut Context) -> Result<Vec<Vec<Value>>, QueryError> {
    let Context { view, budget, .. } = context;
    let mut used: BTreeMap<Arc<str>, u64> = BTreeMap::new();
    let mut add = |record: &Record| {
        for (_, text, _) in record.iter() {
            match used.get_mut(text) {
                Some(used) => *used += 1,
                None => drop(used.insert(Arc::clone(text), 1)),
            }
        }
    };
    for node in nodes(view) {
        budget.step()?;
        add(&*view.node_properties(node)?);
    }
    for relationship in relationships(view) {
        budget.step()?;
        add(&*view.relationship_properties(relationship)?);
    }
    Ok(used.into_iter().map(|(key, used)| vec![key.into(), count(used)]).collect())
}

fn patterns(_: &[Value], context: &mut Context) -> Result<Vec<Vec<Value>>, QueryError> {
    let Context { view, budget, .. } = context;
    let mut found: BTreeMap<(WordId, Option<WordId>, Option<WordId>), u64> = BTreeMap::new();
    let labels = |node| -> Vec<Option<WordId>> {
        let labels = view.labels(node);
        if labels.is_empty() { vec![None] } else { labels.into_iter().map(Some).collect() }
    };
    for relationship in relationships(view) {
        budget.step()?;
        let (from, to) = view.ends(relationship);
        let kind = view.type_of(relationship);
        let to = labels(to);
        for from in labels(from) {
            for to in &to {
                *found.entry((kind, from, *to)).or_default() += 1;
            }
        }
    }
    let text = |word: Option<WordId>| Value::from(word.map(|word| Arc::clone(view.text(word))));
    let mut rows: Vec<Vec<Value>> = found
        .into_iter()
        .map(|((kind, from, to), number)| vec![text(from), text(Some(kind)), text(to), count(number)])
        .collect();
    rows.sort();
    Ok(rows)
}

/// The properties of what has something in common.
#[derive(Default)]
struct Family {
    members: u64,
    /// For every key the types of its values, and how many members have it.
    keys: BTreeMap<Arc<str>, (BTreeSet<&'static str>, u64)>,
}

impl Family {
    fn add(&mut self, record: &Record) {
        self.members += 1;
        for (_, key, value) in record.iter() {
            let (types, number) = self.keys.entry(Arc::clone(key)).or_default();
            types.insert(type_word(value));
            *number += 1;
        }
    }

    fn rows(self, of: &Value) -> impl Iterator<Item = Vec<Value>> {
        self.keys.into_iter().map(move |(key, (types, number))| {
            let types = types.into_iter().map(Value::from).collect();
            let mandatory = Value::Bool(number == self.members);
            vec![of.clone(), key.into(), Value::list(types), count(number), mandatory]
        })
    }
}

/// The word of openCypher for the type of a stored value.
fn type_word(value: &Value) -> &'static str {
    match value {
        Value::Null => "NULL",
        Value::Bool(_) => "BOOLEAN",
        Value::Int(_) => "INTEGER",
        Value::Float(_) => "FLOAT",
        Value::Text(_) => "STRING",
        Value::List(_) => "LIST",
        Value::Map(_) => "MAP",
        Value::Node(_) => "NODE",
        Value::Relationship(_) => "RELATIONSHIP",
        Value::Path(_) => "PATH",
        Value::Date(_) => "DATE",
        Value::LocalTime(_) => "LOCAL TIME",
        Value::Time(_) => "ZONED TIME",
        Value::LocalDateTime(_) => "LOCAL DATETIME",
        Value::DateTime(_) => "ZONED DATETIME",
        Value::Duration(_) => "DURATION",
    }
}

fn node_properties(_: &[Value], context: &mut Context) -> Result<Vec<Vec<Value>>, QueryError> {
    let Context { view, budget, .. } = context;
    let mut families: BTreeMap<Vec<WordId>, Family> = BTreeMap::new();
    for node in nodes(view) {
        budget.step()?;
        families.entry(view.labels(node)).or_default().add(&*view.node_properties(node)?);
    }
    let mut rows = Vec::new();
    for (labels, family) in families {
        let labels = labels.into_iter().map(|label| Arc::clone(view.text(label)).into()).collect();
        rows.extend(family.rows(&Value::list(labels)));
    }
    rows.sort();
    Ok(rows)
}

fn relationship_properties(_: &[Value], context: &mut Context) -> Result<Vec<Vec<Value>>, QueryError> {
    let Context { view, budget, .. } = context;
    let mut families: BTreeMap<WordId, Family> = BTreeMap::new();
    for relationship in relationships(view) {
        budget.step()?;
        let family = families.entry(view.type_of(relationship)).or_default();
        family.add(&*view.relationship_properties(relationship)?);
    }
    let mut rows = Vec::new();
    for (kind, family) in families {
        rows.extend(family.rows(&Arc::clone(view.text(kind)).into()));
    }
    rows.sort();
    Ok(rows)
}
