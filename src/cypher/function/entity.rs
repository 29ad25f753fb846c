//! Functions on nodes, relationships and paths.

use std::sync::Arc;

use super::scalar::count;
use super::signature::{Function, arguments};
use super::{Graph, Side};
use crate::cypher::QueryError;
use crate::cypher::value::{Map, Types, Value};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("labels", arguments!(node: NODE), Types::LIST, "The labels of a node.", labels),
    Function::new("type", arguments!(relationship: RELATIONSHIP), Types::TEXT, "The type of a relationship.", type_of),
    Function::new(
        "properties",
        arguments!(of: NODE | RELATIONSHIP | MAP),
        Types::MAP,
        "All properties as a map.",
        |graph, arguments| Ok(map_of(graph, arguments)?.map(Value::Map).into()),
    ),
    Function::new(
        "keys",
        arguments!(of: NODE | RELATIONSHIP | MAP),
        Types::LIST,
        "The names of all properties, in alphabetical order.",
        keys,
    ),
    Function::new(
        "id",
        arguments!(of: NODE | RELATIONSHIP),
        Types::INT,
        "A number that holds within this statement; elementId() lasts.",
        id,
    ),
    Function::new(
        "elementId",
        arguments!(of: NODE | RELATIONSHIP),
        Types::TEXT,
        "The id by which the database knows a node or relationship.",
        element_id,
    ),
    Function::new(
        "startNode",
        arguments!(relationship: RELATIONSHIP),
        Types::NODE,
        "The node where a relationship begins.",
        |graph, arguments| end(graph, arguments, |(start, _)| start),
    ),
    Function::new(
        "endNode",
        arguments!(relationship: RELATIONSHIP),
        Types::NODE,
        "The node where a relationship ends.",
        |graph, arguments| end(graph, arguments, |(_, end)| end),
    ),
    Function::new(
        "degree",
        arguments!(node: NODE, type: TEXT),
        Types::INT,
        "How many relationships a node has, all or of one type; a loop counts twice.",
        |graph, arguments| degree(graph, arguments, Side::Both),
    )
    .requiring(1),
    Function::new(
        "outDegree",
        arguments!(node: NODE, type: TEXT),
        Types::INT,
        "How many relationships begin at a node, all or of one type.",
        |graph, arguments| degree(graph, arguments, Side::Out),
    )
    .requiring(1),
    Function::new(
        "inDegree",
        arguments!(node: NODE, type: TEXT),
        Types::INT,
        "How many relationships end at a node, all or of one type.",
        |graph, arguments| degree(graph, arguments, Side::In),
    )
    .requiring(1),
    Function::new("length", arguments!(path: PATH), Types::INT, "How many relationships a path has.", length),
    Function::new("nodes", arguments!(path: PATH), Types::LIST, "The nodes of a path, in its order.", nodes),
    Function::new(
        "relationships",
        arguments!(path: PATH),
        Types::LIST,
        "The relationships of a path, in its order.",
        relationships,
    ),
];

fn labels(graph: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let [Value::Node(node)] = arguments else { return Ok(Value::Null) };
    Ok(Value::list(graph.labels(*node)?.into_iter().map(Value::Text).collect()))
}

fn type_of(graph: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let [Value::Relationship(relationship)] = arguments else { return Ok(Value::Null) };
    Ok(Value::Text(graph.relationship_type(*relationship)?))
}

fn map_of(graph: &dyn Graph, arguments: &[Value]) -> Result<Option<Arc<Map>>, QueryError> {
    Ok(match arguments {
        [Value::Node(node)] => Some(Arc::new(graph.node_properties(*node)?)),
        [Value::Relationship(relationship)] => Some(Arc::new(graph.relationship_properties(*relationship)?)),
        [Value::Map(map)] => Some(Arc::clone(map)),
        _ => None,
    })
}

fn keys(graph: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let map = map_of(graph, arguments)?;
    Ok(map.map(|map| Value::list(map.keys().cloned().map(Value::Text).collect())).into())
}

fn id(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    Ok(match arguments {
        [Value::Node(node)] => Value::Int(node.0.into()),
        [Value::Relationship(relationship)] => Value::Int(relationship.0.into()),
        _ => Value::Null,
    })
}

fn element_id(graph: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    Ok(match arguments {
        [Value::Node(node)] => Value::Text(graph.node_key(*node)?),
        [Value::Relationship(relationship)] => Value::Text(graph.relationship_key(*relationship)?),
        _ => Value::Null,
    })
}

fn end<N: Into<Value>>(
    graph: &dyn Graph,
    arguments: &[Value],
    choose: fn((crate::cypher::NodeId, crate::cypher::NodeId)) -> N,
) -> Result<Value, QueryError> {
    let [Value::Relationship(relationship)] = arguments else { return Ok(Value::Null) };
    Ok(choose(graph.ends(*relationship)?).into())
}

fn degree(graph: &dyn Graph, arguments: &[Value], side: Side) -> Result<Value, QueryError> {
    let (node, of_type) = match arguments {
        [Value::Node(node)] => (node, None),
        [Value::Node(node), Value::Text(of_type)] => (node, Some(&**of_type)),
        _ => return Ok(Value::Null),
    };
    count(usize::try_from(graph.degree(*node, side, of_type)?).unwrap_or(usize::MAX))
}

fn length(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let [Value::Path(path)] = arguments else { return Ok(Value::Null) };
    count(path.relationships.len())
}

fn nodes(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let [Value::Path(path)] = arguments else { return Ok(Value::Null) };
    Ok(Value::list(path.nodes.iter().copied().map(Value::Node).collect()))
}

fn relationships(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let [Value::Path(path)] = arguments else { return Ok(Value::Null) };
    Ok(Value::list(path.relationships.iter().copied().map(Value::Relationship).collect()))
}
