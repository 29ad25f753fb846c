//! What sources say about nodes, where they disagree, too.

use std::sync::Arc;

use super::super::QueryError;
use super::super::run::Context;
use super::super::value::{NodeId, Types, Value};
use super::ground::{self, NODE_OR_NAME};
use super::{Procedure, given, size_of_rows};

pub(super) fn procedures() -> Vec<Procedure> {
    vec![
        Procedure::new(
            "ailand.claims",
            &[("node", NODE_OR_NAME)],
            &[
                ("node", Types::NODE),
                ("key", Types::TEXT),
                ("value", Types::ANY),
                ("qualifiers", Types::MAP),
                ("sources", Types::LIST),
                ("shown", Types::BOOL),
            ],
            "What sources claim about a node or name, or about all nodes: sources that disagree stand beside each other, and shown says which claim the property of the node is.",
            claims,
        )
        .requiring(0),
    ]
}

fn claims(arguments: &[Value], context: &mut Context) -> Result<Vec<Vec<Value>>, QueryError> {
    let nodes: Vec<NodeId> = match given(arguments, 0) {
        Some(value) => vec![ground::node(value, &context.view)?],
        // Nothing is known about what is not known.
        None if !arguments.is_empty() => Vec::new(),
        None => (0..context.view.node_limit()).map(NodeId).filter(|&node| context.view.is_node(node)).collect(),
    };
    let mut rows = Vec::new();
    for node in nodes {
        context.budget.step()?;
        for claim in context.view.claims_of(node)? {
            context.budget.keep(size_of_rows(1, 6))?;
            rows.push(vec![
                Value::Node(node),
                Arc::clone(&claim.key).into(),
                claim.value,
                claim.qualifiers.into(),
                Value::list(claim.sources.into_iter().map(Value::Text).collect()),
                Value::Bool(claim.shown),
            ]);
        }
    }
    Ok(rows)
}
