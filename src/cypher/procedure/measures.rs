//! Who is central.

use super::super::QueryError;
use super::super::run::Context;
use super::super::value::{NodeId, Types, Value};
use super::ground::{self, Ground, KINDS};
use super::{Procedure, given, size_of_rows, whole};
use crate::graph::{Betweenness, PageRank, betweenness, degrees, pagerank, top};

pub(super) fn procedures() -> Vec<Procedure> {
    vec![
        Procedure::new(
            "ailand.degree",
            &[("types", KINDS), ("direction", Types::TEXT)],
            &[("node", Types::NODE), ("degree", Types::INT), ("neighbors", Types::INT)],
            "How many relationships every node has, and to how many different nodes; most first.",
            degree,
        )
        .requiring(0),
        Procedure::new(
            "ailand.pagerank",
            &[("types", KINDS), ("direction", Types::TEXT)],
            &[("node", Types::NODE), ("score", Types::FLOAT)],
            "The share of time that a random surfer spends at every node, highest first; relationships are walked both ways unless a direction is given.",
            page_rank,
        )
        .requiring(0),
        Procedure::new(
            "ailand.betweenness",
            &[("types", KINDS), ("direction", Types::TEXT), ("samples", Types::INT)],
            &[("node", Types::NODE), ("score", Types::FLOAT)],
            "Between how many pairs of others every node lies, highest first; with samples an estimate from so many nodes.",
            between,
        )
        .requiring(0),
    ]
}

fn degree(arguments: &[Value], context: &mut Context) -> Result<Vec<Vec<Value>>, QueryError> {
    let filter = ground::filter(arguments, (0, Some(1)), &context.view)?;
    let ground = Ground::new(context)?;
    let graph = ground.graph();
    context.budget.keep(size_of_rows(graph.node_count() as usize, 3))?;
    let walks = filter.walks();
    let count = |degree: &crate::graph::Degree| {
        let (out, into) = (walks.goes_out(), walks.goes_in());
        let facts = if out { degree.facts_out } else { 0 } + if into { degree.facts_in } else { 0 };
        let neighbors = match (out, into) {
            (true, false) => degree.neighbors_out,
            (false, true) => degree.neighbors_in,
            _ => degree.neighbors,
        };
        (facts, neighbors)
    };
    let all = degrees(graph, &filter);
    let mut listed: Vec<(u32, (u32, u32))> = (0..).zip(all.iter().map(count)).collect();
    listed.retain(|&(node, _)| graph.has_node(node));
    listed.sort_by_key(|&(_, counts)| std::cmp::Reverse(counts));
    ground::ended(None, context)?;
    let number = |number: u32| Value::Int(number.into());
    let row = |(node, (facts, neighbors))| vec![Value::Node(NodeId(node)), number(facts), number(neighbors)];
    Ok(listed.into_iter().map(row).collect())
}

/// Every node with its score, highest first.
fn scored(scores: &[f64], ground: &Ground) -> Vec<Vec<Value>> {
    let graph = ground.graph();
    let best = top(scores, usize::MAX, |node| graph.has_node(node)).into_iter();
    best.map(|(node, score)| vec![Value::Node(NodeId(node)), Value::Float(score)]).collect()
}

fn page_rank(arguments: &[Value], context: &mut Context) -> Result<Vec<Vec<Value>>, QueryError> {
    let filter = ground::filter(arguments, (0, Some(1)), &context.view)?;
    let ground = Ground::new(context)?;
    context.budget.keep(size_of_rows(ground.graph().node_count() as usize, 2))?;
    let found = pagerank(ground.graph(), &filter, &PageRank::default(), &ground::bounds(context));
    let found = found.map_err(ground::refuse)?;
    ground::ended(found.cut, context)?;
    Ok(scored(&found.value.scores, &ground))
}

fn between(arguments: &[Value], context: &mut Context) -> Result<Vec<Vec<Value>>, QueryError> {
    let filter = ground::filter(arguments, (0, Some(1)), &context.view)?;
    let samples = given(arguments, 2).map(|_| whole(arguments, 2, "samples", 1, 1)).transpose()?;
    let ground = Ground::new(context)?;
    context.budget.keep(size_of_rows(ground.graph().node_count() as usize, 2))?;
    let settings = Betweenness { samples, ..Betweenness::default() };
    let found = betweenness(ground.graph(), &filter, &settings, &ground::bounds(context));
    ground::ended(found.cut, context)?;
    Ok(scored(&found.value.scores, &ground))
}
