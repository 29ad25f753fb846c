//! What lies around a node.

use super::super::QueryError;
use super::super::run::Context;
use super::super::value::{NodeId, Path, Types, Value};
use super::ground::{self, Ground, KINDS, NODE_OR_NAME};
use super::{Procedure, size_of_rows, whole};
use crate::graph::neighborhood;

pub(super) fn procedures() -> Vec<Procedure> {
    vec![
        Procedure::new(
            "ailand.neighbors",
            &[("start", NODE_OR_NAME), ("hops", Types::INT), ("types", KINDS), ("direction", Types::TEXT)],
            &[("node", Types::NODE), ("distance", Types::INT), ("path", Types::PATH)],
            "The nodes within so many hops (1 by default) of a node or name, nearest first, with one shortest path to each; by relationships of all types or of some, walked 'out', 'in' or 'both' ways.",
            neighbors,
        )
        .requiring(1),
    ]
}

fn neighbors(arguments: &[Value], context: &mut Context) -> Result<Vec<Vec<Value>>, QueryError> {
    let Some(start) = arguments.first() else { return Ok(Vec::new()) };
    let start = ground::node(start, &context.view)?;
    let hops = whole(arguments, 1, "hops", 0, 1)?;
    let filter = ground::filter(arguments, (2, Some(3)), &context.view)?;
    let ground = Ground::new(context)?;
    let hops = u32::try_from(hops).unwrap_or(u32::MAX);
    let bounds = ground::bounds(context);
    let mut around = neighborhood(ground.graph(), &[start.0], hops, &filter, &bounds).map_err(ground::refuse)?;
    let mut rows: Vec<Vec<Value>> = Vec::new();
    while let Some(reached) = around.next() {
        context.budget.step()?;
        let length = reached.distance as usize;
        context.budget.keep(size_of_rows(1, 3) + 8 * (length + 1))?;
        let path = match around.path_to(reached.node) {
            Some(path) => ground.path(&path),
            None => Path { nodes: vec![NodeId(reached.node)], relationships: Vec::new() }.into(),
        };
        rows.push(vec![Value::Node(NodeId(reached.node)), Value::Int(reached.distance.into()), path]);
    }
    ground::ended(around.cut(), context)?;
    Ok(rows)
}
