//! Facts around one or several entities.

use std::collections::{BTreeMap, HashSet};

use super::sheet::Sheet;
use crate::ask::error::AskError;
use crate::ask::question::{Filter, Mention, Pick, Related, Sort};
use crate::ask::relation::{Relation, Way};
use crate::ask::{roles, time};
use crate::model::{Cell, Fact, Modality, Value};
use crate::names::normal_form;

/// A fact that answers, with the entity at its other end.
struct Found {
    anchor: u32,
    answer: u32,
    fact: Fact,
}

/// Writes the facts of a relation around its anchors; with several anchors, those of entities related to each.
pub(super) fn answer(sheet: &mut Sheet<'_>, related: &Related) -> Result<(), AskError> {
    let mut found: Vec<Found> = Vec::new();
    let mut common: Option<HashSet<u32>> = None;
    for anchor in &related.anchors {
        let facts = facts(sheet, related.relation, anchor, &related.filter)?;
        let answers: HashSet<u32> = facts.iter().map(|found| found.answer).collect();
        common = Some(match common {
            None => answers,
            Some(before) => before.intersection(&answers).copied().collect(),
        });
        found.extend(facts);
    }
    let common = common.unwrap_or_default();
    let among: HashSet<u32> = related.among.iter().map(|mention| mention.number).collect();
    found.retain(|one| common.contains(&one.answer) && (among.is_empty() || among.contains(&one.answer)));
    if related.anchors.len() > 1 {
        // Together what belongs to one answer.
        let mut first: BTreeMap<u32, usize> = BTreeMap::new();
        for (position, one) in found.iter().enumerate() {
            first.entry(one.answer).or_insert(position);
        }
        found.sort_by_key(|one| first.get(&one.answer).copied());
    }
    write(sheet, related.relation, found, related.anchors.len() > 1)
}

/// Writes the facts of a relation between two entities.
pub(super) fn check(
    sheet: &mut Sheet<'_>,
    relation: &'static Relation,
    anchor: &Mention,
    wanted: &Mention,
    filter: &Filter,
) -> Result<(), AskError> {
    let mut found = facts(sheet, relation, anchor, filter)?;
    found.retain(|one| one.answer == wanted.number);
    write(sheet, relation, found, true)
}

fn write(
    sheet: &mut Sheet<'_>,
    relation: &'static Relation,
    found: Vec<Found>,
    show_anchor: bool,
) -> Result<(), AskError> {
    let anchor_column = "with";
    sheet.columns([relation.name]);
    if show_anchor {
        sheet.columns([anchor_column]);
    }
    sheet.columns(relation.columns.iter().copied());
    sheet.columns(["modality", "sources"]);
    for one in found {
        let mut line = vec![(relation.name, sheet.entity_cell(one.answer)?)];
        if show_anchor {
            line.push((anchor_column, sheet.entity_cell(one.anchor)?));
        }
        for &column in relation.columns {
            line.push((column, sheet.property_cell(&one.fact.properties, column)?));
        }
        line.push(("modality", Cell::from(one.fact.modality)));
        line.push(("sources", sheet.sources_cell(&one.fact.evidence)?));
        sheet.line(line);
        sheet.answer(one.answer, Some(&one.fact.id))?;
    }
    Ok(())
}

/// The facts of a relation around one entity that pass the filter, oldest first, undated last.
fn facts(
    sheet: &mut Sheet<'_>,
    relation: &'static Relation,
    anchor: &Mention,
    filter: &Filter,
) -> Result<Vec<Found>, AskError> {
    let adjacency = sheet.snapshot.adjacency(anchor.number)?;
    let predicates: Vec<u32> = relation.predicates.iter().filter_map(|name| sheet.snapshot.word_number(name)).collect();
    let forward = matches!(relation.way, Way::Forward | Way::Both).then_some(&adjacency.outgoing);
    let backward = matches!(relation.way, Way::Backward | Way::Both).then_some(&adjacency.incoming);
    let mut found = Vec::new();
    for edge in forward.into_iter().chain(backward).flatten() {
        // What a party denies is known, but it is no answer.
        if !predicates.contains(&edge.predicate) || edge.modality == Modality::Denied {
            continue;
        }
        let labels = &sheet.heading(edge.neighbour)?.labels;
        if !relation.answer.is_empty() && !relation.answer.iter().any(|label| labels.iter().any(|own| own == label)) {
            continue;
        }
        let person = labels.iter().any(|label| label == "Person");
        if filter.sort == Some(Sort::People) && !person {
            continue;
        }
        let fact = sheet.snapshot.fact(edge.fact)?;
        if relation.admits(&fact) && passes(&fact, filter, relation) {
            found.push(Found { anchor: anchor.number, answer: edge.neighbour, fact });
        }
    }
    found.sort_by_key(|one| (one.fact.date().is_none(), one.fact.date(), one.fact.id.clone()));
    if let Some(pick) = filter.pick {
        keep_round(&mut found, pick);
    }
    Ok(found)
}

fn passes(fact: &Fact, filter: &Filter, relation: &Relation) -> bool {
    let text = |key: &str| fact.properties.get(key).and_then(Value::as_text);
    let in_time = filter.period.is_none_or(|period| fact.date().is_some_and(|date| period.contains(date)));
    let in_round = filter
        .round
        .as_deref()
        .is_none_or(|round| text("round").is_some_and(|stored| time::round_key(stored) == round));
    let led = !filter.lead || fact.properties.get("lead").and_then(Value::as_bool) == Some(true);
    let compared = filter.outcome.is_none_or(|outcome| text("outcome") == Some(outcome));
    let in_role = filter.role.is_none_or(|role| {
        // Who has given a role up is no longer it.
        let ended = relation.predicates == ["HAS_ROLE"] && fact.properties.get("to").is_some();
        !ended && text("role").is_some_and(|stored| roles::is(&normal_form(stored), role))
    });
    in_time && in_round && led && compared && in_role
}

/// Keeps the facts of the newest or the first dated round.
fn keep_round(found: &mut Vec<Found>, pick: Pick) {
    let key = |one: &Found| {
        let text = |key: &str| one.fact.properties.get(key).and_then(Value::as_text).map(str::to_owned);
        text("round_id").or_else(|| text("round"))
    };
    let dated = found.iter().filter(|one| one.fact.date().is_some());
    let picked = match pick {
        Pick::Latest => dated.max_by_key(|one| one.fact.date()),
        Pick::First => dated.min_by_key(|one| one.fact.date()),
    };
    let Some((round, date)) = picked.map(|one| (key(one), one.fact.date())) else {
        found.clear();
        return;
    };
    found.retain(|one| match &round {
        Some(_) => key(one) == round,
        None => one.fact.date() == date,
    });
}

/// The cell of a list that has one element is the element itself.
pub(super) fn unwrap_single(mut cells: Vec<Cell>) -> Cell {
    match (cells.pop(), cells.is_empty()) {
        (None, _) => Cell::Empty,
        (Some(one), true) => one,
        (Some(last), false) => {
            cells.push(last);
            Cell::List(cells)
        }
    }
}
