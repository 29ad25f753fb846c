//! Values in both notations.

use crate::cypher::Nested;
use crate::cypher::result::{Node, QueryResult, Relationship};
use crate::cypher::value::{Map, NodeId, Path, RelationshipId, Value};
use crate::model::Cell;

/// Two nodes and a relationship from the second to the first.
fn result() -> QueryResult {
    let mut result = QueryResult::default();
    let properties: Map = [("name".into(), "月之暗面".into()), ("a b".into(), Value::Int(1))].into();
    let startup = Node { id: "startup:moonshot".into(), labels: vec!["Startup".into()], properties };
    let blank = Node { id: "node:1".into(), labels: vec!["A".into(), "B C".into()], properties: Map::new() };
    result.nodes.insert(NodeId(0), startup);
    result.nodes.insert(NodeId(1), blank);
    let properties: Map = [("_id".into(), Value::Bool(true)), ("lead".into(), Value::Bool(true))].into();
    let (from, to) = (NodeId(1), NodeId(0));
    let invested = Relationship { id: "fact:1".into(), kind: "投资".into(), from, to, properties };
    result.relationships.insert(RelationshipId(0), invested);
    result
}

fn path() -> Value {
    Path { nodes: vec![NodeId(0), NodeId(1)], relationships: vec![RelationshipId(0)] }.into()
}

#[test]
fn text_is_a_pattern_that_can_be_typed() {
    let result = result();
    assert_eq!(result.text(&Value::Node(NodeId(0))), "(:Startup {`a b`: 1, name: '月之暗面'})");
    assert_eq!(result.text(&Value::Relationship(RelationshipId(0))), "[:投资 {_id: true, lead: true}]");
    assert_eq!(
        result.text(&path()),
        "(:Startup {`a b`: 1, name: '月之暗面'})<-[:投资 {_id: true, lead: true}]-(:A:`B C`)"
    );
    assert_eq!(result.text(&"a'\\\n\u{1}".into()), r"'a\'\\\n\u0001'");
    assert_eq!(result.text(&Value::Float(f64::NEG_INFINITY)), "-Infinity");
    assert_eq!(result.cell(&"a'b".into()), "a'b");
}

#[test]
fn json_rows_are_objects_by_column() {
    let result = QueryResult { columns: vec!["n".into(), "p".into()], ..result() };
    let row = result.json_row(&[Value::Node(NodeId(1)), path()]);
    assert_eq!(
        row.to_string(),
        r#"{"n":{"_id":"node:1","_labels":["A","B C"]},"p":["#.to_owned()
            + r#"{"_id":"startup:moonshot","_labels":["Startup"],"a b":1,"name":"月之暗面"},"#
            + r#"{"_id":"fact:1","_type":"投资","_from":"node:1","_to":"startup:moonshot","lead":true},"#
            + r#"{"_id":"node:1","_labels":["A","B C"]}]}"#
    );
}

#[test]
fn tables_show_what_tells_things_apart() {
    let result = result();
    assert_eq!(result.brief(&Value::Node(NodeId(0))), "(:Startup {name: '月之暗面'})");
    assert_eq!(result.brief(&Value::Node(NodeId(1))), "(:A:B C)");
    assert_eq!(result.brief(&Value::Relationship(RelationshipId(0))), "[:投资]");
    assert_eq!(result.brief(&path()), "月之暗面 <-[投资]- node:1");
    let cells = result.to_cells(&[Value::list(vec![1.into(), "a".into()]), path(), Value::Null], Nested::Brief);
    assert_eq!(cells, [Cell::List(vec![Cell::Int(1), "a".into()]), "月之暗面 <-[投资]- node:1".into(), Cell::Empty]);
    let cells = result.to_cells(&[Value::list(vec![Value::map([("k", 1.into())])])], Nested::Json);
    assert_eq!(cells, [Cell::from(r#"[{"k":1}]"#)]);
}
