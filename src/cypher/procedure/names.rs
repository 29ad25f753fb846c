//! Search by name.

use super::super::QueryError;
use super::super::run::Context;
use super::super::value::{NodeId, Types, Value};
use super::{Procedure, whole};
use crate::names::search;

/// How many nodes are found when no limit is given.
const USUAL: i64 = 10;

pub(super) fn procedures() -> Vec<Procedure> {
    vec![
        Procedure::new(
            "ailand.find",
            &[("text", Types::TEXT), ("limit", Types::INT)],
            &[("node", Types::NODE), ("name", Types::TEXT), ("why", Types::TEXT)],
            "Nodes by name or id as a person types it, best first: in any script, by pinyin, by beginning, with typing errors; 10 by default.",
            find,
        )
        .requiring(1),
    ]
}

fn find(arguments: &[Value], context: &mut Context) -> Result<Vec<Vec<Value>>, QueryError> {
    let Some(Value::Text(text)) = arguments.first() else { return Ok(Vec::new()) };
    let limit = whole(arguments, 1, "limit", 0, USUAL)?;
    let view = &context.view;
    let mut seen: Vec<NodeId> = Vec::new();
    let mut rows = Vec::new();
    let mut add = |node: NodeId, name: Option<String>, why: String| {
        if !seen.contains(&node) && rows.len() < limit {
            seen.push(node);
            rows.push(vec![Value::Node(node), name.into(), why.into()]);
        }
    };
    for node in view.seek_id(text)? {
        add(node, view.names_of(node)?.into_iter().next(), "is the id".to_owned());
    }
    let base = view.base();
    for one in search(base.snapshot().names()?, text, limit) {
        let node = NodeId(one.entity);
        if view.is_node(node) {
            let names = base.snapshot().heading(one.entity)?.names;
            let name = names.into_iter().nth(usize::from(one.name)).map(|name| name.text);
            add(node, name, one.why.to_string());
        }
    }
    // Names that this statement gave are in no index yet.
    for node in view.named(text)? {
        add(node, Some(text.to_string()), "is the name".to_owned());
    }
    Ok(rows)
}
