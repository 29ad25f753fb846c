//! Who belongs together.

use std::cmp::Reverse;

use super::super::QueryError;
use super::super::run::Context;
use super::super::value::{NodeId, Types, Value};
use super::ground::{self, Ground, KINDS};
use super::{Procedure, given, size_of_rows};
use crate::graph::{Partition, communities, weak_components};

pub(super) fn procedures() -> Vec<Procedure> {
    vec![
        Procedure::new(
            "ailand.communities",
            &[("types", KINDS), ("resolution", Types::FLOAT)],
            &[("node", Types::NODE), ("community", Types::INT), ("size", Types::INT)],
            "Groups of nodes that are densely connected inside (Louvain), the largest first; a resolution above 1 gives smaller groups.",
            dense,
        )
        .requiring(0),
        Procedure::new(
            "ailand.components",
            &[("types", KINDS)],
            &[("node", Types::NODE), ("component", Types::INT), ("size", Types::INT)],
            "Groups of nodes that are connected at all, in any direction, the largest first.",
            connected,
        )
        .requiring(0),
    ]
}

fn dense(arguments: &[Value], context: &mut Context) -> Result<Vec<Vec<Value>>, QueryError> {
    let filter = ground::filter(arguments, (0, None), &context.view)?;
    let resolution = match given(arguments, 1) {
        Some(Value::Float(number)) => *number,
        Some(Value::Int(number)) => *number as f64,
        _ => 1.0,
    };
    let ground = Ground::new(context)?;
    let found = communities(ground.graph(), &filter, resolution, &ground::bounds(context)).map_err(ground::refuse)?;
    ground::ended(found.cut, context)?;
    rows(&found.value.partition, &ground, context)
}

fn connected(arguments: &[Value], context: &mut Context) -> Result<Vec<Vec<Value>>, QueryError> {
    let filter = ground::filter(arguments, (0, None), &context.view)?;
    let ground = Ground::new(context)?;
    let found = weak_components(ground.graph(), &filter);
    ground::ended(None, context)?;
    rows(&found, &ground, context)
}

/// Every node with its group and how many it has: the largest group first, which is number 1.
fn rows(partition: &Partition, ground: &Ground, context: &mut Context) -> Result<Vec<Vec<Value>>, QueryError> {
    let graph = ground.graph();
    context.budget.keep(size_of_rows(graph.node_count() as usize, 3))?;
    let sizes = partition.sizes();
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    // Stable: of equal groups the one with the smallest member comes first.
    order.sort_by_key(|&group| Reverse(sizes.get(group).copied()));
    let mut numbers = vec![0_i64; sizes.len()];
    for (number, group) in (1..).zip(order) {
        if let Some(place) = numbers.get_mut(group) {
            *place = number;
        }
    }
    let mut members: Vec<(i64, u32, u32)> = (0..graph.node_count())
        .filter_map(|node| {
            let group = partition.group_of(node)? as usize;
            Some((*numbers.get(group)?, node, *sizes.get(group)?))
        })
        .collect();
    members.sort_unstable();
    let row = |(group, node, size): (i64, u32, u32)| {
        vec![Value::Node(NodeId(node)), Value::Int(group), Value::Int(size.into())]
    };
    Ok(members.into_iter().map(row).collect())
}
