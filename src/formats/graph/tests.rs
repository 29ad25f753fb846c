//! What must hold for every format without another program to read it.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::Value as Json;

use super::*;
use crate::model::arbitrary;
use crate::model::{Fact, Value};

/// A small graph with anything in it.
pub(super) fn records() -> impl Strategy<Value = GraphRecords> {
    let node = (arbitrary::entity(), arbitrary::properties()).prop_map(|(entity, claims)| NodeRecord {
        id: entity.id,
        labels: entity.labels,
        names: entity.names,
        claims,
    });
    let ends = (any::<proptest::sample::Index>(), any::<proptest::sample::Index>());
    let parts = (
        proptest::collection::vec(node, 1..6),
        proptest::collection::vec((arbitrary::fact(), ends), 0..8),
        proptest::collection::vec(arbitrary::source(), 0..3),
    );
    parts.prop_map(|(nodes, facts, sources)| {
        let nodes: BTreeMap<_, _> = nodes.into_iter().map(|node| (node.id.clone(), node)).collect();
        let nodes: Vec<NodeRecord> = nodes.into_values().collect();
        let id = |index: proptest::sample::Index| nodes[index.index(nodes.len())].id.clone();
        let edge = |(fact, (from, to)): (Fact, _)| EdgeRecord { from: id(from), to: id(to), ..EdgeRecord::from(fact) };
        let edges: BTreeMap<_, _> = facts.into_iter().map(edge).map(|edge| (edge.id.clone(), edge)).collect();
        GraphRecords { edges: edges.into_values().collect(), nodes, sources }
    })
}

fn written(format: GraphFormat, records: &GraphRecords) -> String {
    let mut out = Vec::new();
    format.write(records, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn words_and_endings_are_unambiguous() {
    for format in GraphFormat::ALL {
        assert_eq!(GraphFormat::parse(format.word()), Some(format));
    }
    assert_eq!(GraphFormat::of_file(Path::new("a/b.GEXF")), Some(GraphFormat::Gexf));
    assert_eq!(GraphFormat::of_file(Path::new("backup")), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn json_holds_everything(records in records()) {
        let node_link: Json = serde_json::from_str(&written(GraphFormat::NodeLink, &records)).unwrap();
        let cytoscape: Json = serde_json::from_str(&written(GraphFormat::Cytoscape, &records)).unwrap();
        for (i, node) in records.nodes.iter().enumerate() {
            let own = node_link["nodes"][i].as_object().unwrap();
            prop_assert_eq!(own["id"].as_str().unwrap(), node.id.as_str());
            for (key, value) in node.attributes() {
                prop_assert_eq!(&own[&key], &json::value(&value));
            }
            // Two keys never become one.
            prop_assert_eq!(own.len(), node.attributes().len() + 1);
            prop_assert_eq!(&cytoscape["elements"]["nodes"][i]["data"], &node_link["nodes"][i]);
        }
        for (i, edge) in records.edges.iter().enumerate() {
            let own = node_link["edges"][i].as_object().unwrap();
            prop_assert_eq!(own.len(), edge.attributes().len() + 3);
            prop_assert_eq!(own["key"].as_str().unwrap(), edge.id.as_str());
            prop_assert_eq!(&cytoscape["elements"]["edges"][i]["data"]["source"], &own["source"]);
        }
    }

    #[test]
    fn csv_headers_are_distinct(records in records()) {
        let mut out = Vec::new();
        csv::write_edges(&records, &mut out).unwrap();
        let mut names = BTreeSet::new();
        let attributes = records.edges.iter().flat_map(|edge| edge.attributes());
        let keys: BTreeSet<String> = attributes.map(|(key, _)| key).filter(|key| key != "predicate").collect();
        let text = String::from_utf8(out).unwrap();
        // The header ends with the first line break outside of quotation marks.
        let (mut quoted, mut field) = (false, String::new());
        for c in text.chars() {
            match c {
                '"' => quoted = !quoted,
                ',' | '\r' if !quoted => {
                    prop_assert!(names.insert(std::mem::take(&mut field)));
                    if c == '\r' { break; }
                }
                other => field.push(other),
            }
        }
        prop_assert_eq!(names.len(), keys.len() + 4);
    }

    #[test]
    fn every_line_of_cypher_is_a_statement(records in records()) {
        let script = written(GraphFormat::Cypher, &records);
        prop_assert_eq!(script.lines().count(), 1 + records.nodes.len() + records.edges.len());
        for line in script.lines() {
            prop_assert!(line.ends_with(';'));
            prop_assert!(balanced(line), "{line}");
        }
    }
}

/// Whether brackets outside of strings and quoted names close what they open.
fn balanced(statement: &str) -> bool {
    let (mut open, mut chars) = (Vec::new(), statement.chars());
    while let Some(c) = chars.next() {
        match c {
            '\'' => loop {
                match chars.next() {
                    Some('\\') => drop(chars.next()),
                    Some('\'') => break,
                    Some(_) => {}
                    None => return false,
                }
            },
            '`' if chars.by_ref().any(|c| c == '`') => {}
            '`' => return false,
            '(' | '[' | '{' => open.push(c),
            ')' | ']' | '}' => {
                let wanted = match c {
                    ')' => '(',
                    ']' => '[',
                    _ => '{',
                };
                if open.pop() != Some(wanted) {
                    return false;
                }
            }
            _ => {}
        }
    }
    open.is_empty()
}

#[test]
fn a_claim_never_hides_what_the_format_needs() {
    let mut claims = crate::model::Properties::new();
    for key in ["name", "claim_name", "claim_claim_name", "claim_founded"] {
        claims.set(key, Value::Bool(true));
    }
    let id = crate::model::EntityId::new("x:y").unwrap();
    let node = NodeRecord { id, labels: vec!["X".into()], names: vec![], claims };
    let keys: Vec<String> = node.attributes().into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, ["labels", "name", "claim_claim_claim_name", "claim_founded", "claim_claim_name", "claim_name"]);
}
