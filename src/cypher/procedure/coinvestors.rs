//! Who is in the same companies.

use std::cmp::Reverse;

use super::super::QueryError;
use super::super::run::Context;
use super::super::value::{NodeId, Types, Value};
use super::ground::{self, Ground, KINDS};
use super::{Procedure, given, size_of_rows, whole};
use crate::graph::{Direction, co_investments};

/// The relationships that count when no types are given.
const INVESTMENTS: &str = "INVESTED_IN";

pub(super) fn procedures() -> Vec<Procedure> {
    vec![
        Procedure::new(
            "ailand.coinvestors",
            &[("least", Types::INT), ("types", KINDS)],
            &[("first", Types::NODE), ("second", Types::NODE), ("shared", Types::INT)],
            "Pairs of nodes that INVESTED_IN (or relationships of other types) leads from to the same nodes, at least so many of them (1 by default), with their number; most first.",
            coinvestors,
        )
        .requiring(0),
    ]
}

fn coinvestors(arguments: &[Value], context: &mut Context) -> Result<Vec<Vec<Value>>, QueryError> {
    let least = whole(arguments, 0, "least", 1, 1)?;
    let filter = match given(arguments, 1) {
        Some(_) => ground::filter(arguments, (1, None), &context.view)?,
        // A graph without investments has no investors.
        None if context.view.word(INVESTMENTS).is_none_or(|word| context.view.type_count(word) == 0) => {
            return Ok(Vec::new());
        }
        None => ground::filter(&[INVESTMENTS.into()], (0, None), &context.view)?,
    };
    let filter = filter.direction(Direction::Out);
    let ground = Ground::new(context)?;
    let mut pairs = co_investments(ground.graph(), &filter, &ground::bounds(context));
    let mut found = Vec::new();
    for pair in pairs.by_ref().filter(|pair| pair.shared as usize >= least) {
        context.budget.step()?;
        context.budget.keep(size_of_rows(1, 3))?;
        found.push((Reverse(pair.shared), pair.first, pair.second));
    }
    ground::ended(pairs.cut(), context)?;
    found.sort_unstable();
    let node = |node: u32| Value::Node(NodeId(node));
    let row = |(Reverse(shared), first, second): (Reverse<u32>, u32, u32)| {
        vec![node(first), node(second), Value::Int(shared.into())]
    };
    Ok(found.into_iter().map(row).collect())
}
