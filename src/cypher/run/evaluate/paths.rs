//! Paths from the slots of their parts.

use std::sync::Arc;

use super::{Row, get};
use crate::cypher::plan::PathPiece;
use crate::cypher::value::{NodeId, Path, RelationshipId, Value};
use crate::cypher::view::View;

/// The path that the parts make; null when a part is null.
pub(crate) fn path_of(pieces: &[PathPiece], view: &View, row: &Row) -> Value {
    let mut path = Path { nodes: Vec::new(), relationships: Vec::new() };
    for piece in pieces {
        let whole = match *piece {
            PathPiece::Node(slot) => match get(row, slot) {
                Value::Node(node) => {
                    // Behind a list the node is there already.
                    if path.nodes.len() == path.relationships.len() {
                        path.nodes.push(*node);
                    }
                    true
                }
                _ => false,
            },
            PathPiece::Relationship(slot) => match get(row, slot) {
                Value::Relationship(relationship) => {
                    path.relationships.push(*relationship);
                    true
                }
                _ => false,
            },
            PathPiece::Relationships(slot) => match get(row, slot) {
                Value::List(items) => items.iter().all(|item| match item {
                    Value::Relationship(relationship) => follow(&mut path, *relationship, view),
                    _ => false,
                }),
                _ => false,
            },
        };
        if !whole {
            return Value::Null;
        }
    }
    Value::Path(Arc::new(path))
}

/// Appends a relationship and the node at its other end.
fn follow(path: &mut Path, relationship: RelationshipId, view: &View) -> bool {
    let (from, to) = view.ends(relationship);
    let last: Option<NodeId> = path.nodes.last().copied();
    let next = match last {
        Some(last) if last == from => to,
        Some(last) if last == to => from,
        _ => return false,
    };
    path.relationships.push(relationship);
    path.nodes.push(next);
    true
}
