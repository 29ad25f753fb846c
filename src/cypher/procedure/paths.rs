//! Paths between two nodes.

use super::super::QueryError;
use super::super::run::Context;
use super::super::value::{Types, Value};
use super::ground::{self, Ground, KINDS, NODE_OR_NAME};
use super::{Procedure, size_of_rows, whole};
use crate::graph::{Parallel, k_shortest_paths};

/// How many paths are found when no number is given.
const USUAL: i64 = 3;

pub(super) fn procedures() -> Vec<Procedure> {
    vec![
        Procedure::new(
            "ailand.paths",
            &[
                ("from", NODE_OR_NAME),
                ("to", NODE_OR_NAME),
                ("k", Types::INT),
                ("types", KINDS),
                ("direction", Types::TEXT),
            ],
            &[("path", Types::PATH), ("length", Types::INT)],
            "The k shortest paths (3 by default) between two nodes or names that differ in their nodes, shortest first; each step has one of its parallel relationships.",
            paths,
        )
        .requiring(2),
    ]
}

fn paths(arguments: &[Value], context: &mut Context) -> Result<Vec<Vec<Value>>, QueryError> {
    let [from, to, ..] = arguments else { return Ok(Vec::new()) };
    let (from, to) = (ground::node(from, &context.view)?, ground::node(to, &context.view)?);
    let k = whole(arguments, 2, "k", 0, USUAL)?;
    let filter = ground::filter(arguments, (3, Some(4)), &context.view)?;
    let ground = Ground::new(context)?;
    let bounds = ground::bounds(context);
    let mut found = k_shortest_paths(ground.graph(), from.0, to.0, k, Parallel::Together, &filter, &bounds)
        .map_err(ground::refuse)?;
    let mut rows = Vec::new();
    for path in found.by_ref() {
        context.budget.look()?;
        context.budget.keep(size_of_rows(1, 2) + 8 * (path.len() + 1))?;
        rows.push(vec![ground.path(&path), Value::Int(i64::try_from(path.len()).unwrap_or(i64::MAX))]);
    }
    ground::ended(found.cut(), context)?;
    Ok(rows)
}
