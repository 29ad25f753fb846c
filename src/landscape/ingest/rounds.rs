//! Funding rounds: which one of a company an article speaks of, and what it says about it.

use std::collections::HashSet;

use crate::landscape::Error;
use crate::model::{
    Claim, Entity, EntityId, Evidence, Modality, Name, NameKind, PartialDate, Properties, SourceId, Value, vocabulary,
};
use crate::names::script_of;
use crate::store::Snapshot;

use super::agreement::{self, Match};
use super::article::is_of;
use super::ids;

/// What is claimed about a round, in the order in which cards show it.
const KEYS: &[&str] = &[
    "series", "date", "amount", "currency", "amount_qualifier", "valuation", "valuation_currency",
    "valuation_qualifier", "valuation_type", "valuation_currency_inferred", "currency_inferred", "cumulative",
];

/// Which ids new rounds may not have, and which they may though the database has them.
#[derive(Debug, Default)]
pub(super) struct RoundIds {
    /// Given to rounds of this article.
    taken: HashSet<EntityId>,
    /// Those of rounds that only the earlier version of this article brought.
    pub(super) free: HashSet<EntityId>,
}

/// A round of a company, as the database or this article has it.
#[derive(Debug, Clone)]
pub(super) struct Round {
    pub(super) entity: Entity,
    /// How sources put that the company raised it.
    modalities: Vec<Modality>,
}

/// The rounds of one company.
#[derive(Debug, Clone, Default)]
pub(super) struct Rounds {
    rounds: Vec<Round>,
}

impl Rounds {
    /// The rounds that the database has, without what only `ignored` says about them.
    pub(super) fn of(snapshot: &Snapshot, company: Option<u32>, ignored: Option<&SourceId>) -> Result<Self, Error> {
        let mut rounds: Vec<Round> = Vec::new();
        let Some(company) = company else { return Ok(Self::default()) };
        for edge in snapshot.adjacency(company)?.outgoing {
            if snapshot.word(edge.predicate)? != "RAISED" {
                continue;
            }
            let fact = snapshot.fact(edge.fact)?;
            if ignored.is_some_and(|ignored| fact.evidence.iter().all(|evidence| is_of(evidence, ignored))) {
                continue;
            }
            if let Some(round) = rounds.iter_mut().find(|round| round.entity.id == fact.object) {
                round.modalities.push(fact.modality);
                continue;
            }
            let mut entity = snapshot.entity(edge.neighbour)?;
            if let Some(ignored) = ignored {
                drop_source(&mut entity, ignored);
            }
            rounds.push(Round { entity, modalities: vec![fact.modality] });
        }
        Ok(Self { rounds })
    }

    /// The round that an article speaks of: the given one, where the article spoke of it before; a known one; or a new one
    /// of that company.
    pub(super) fn find(
        &mut self,
        snapshot: &Snapshot,
        company: (&EntityId, &str),
        (stated, modality): (&Properties, Modality),
        given: Option<&EntityId>,
        ids: &mut RoundIds,
    ) -> Result<&mut Round, Error> {
        let fit = |round: &Round| fitness(round, stated, modality);
        let best = self.rounds.iter().map(fit).max().flatten();
        let mut fitting = (0..).zip(&self.rounds).filter(|(_, round)| best.is_some() && fit(round) == best);
        let given = self.rounds.iter().position(|round| Some(&round.entity.id) == given);
        let at = match (given, fitting.next(), fitting.next()) {
            (Some(at), ..) => at,
            (None, Some((at, _)), None) => at,
            // None fits, or several do and nothing tells which one is meant.
            _ => {
                self.rounds.push(new_round(snapshot, company, stated, modality, ids)?);
                self.rounds.len() - 1
            }
        };
        let round: Option<&mut Round> = self.rounds.get_mut(at);
        round.map_or_else(
            || Err(Error::Options { message: format!("there is no round {at} of {}", company.0) }),
            |round| {
                round.modalities.push(modality);
                Ok(round)
            },
        )
    }
}

/// What is only planned, or denied, is not the round that was closed.
fn is_open(modality: Modality) -> bool {
    matches!(modality, Modality::Planned | Modality::Denied)
}

/// How well a round fits what is stated; `None` when it cannot be the one.
fn fitness(round: &Round, stated: &Properties, modality: Modality) -> Option<u32> {
    if !round.modalities.iter().any(|known| is_open(*known) == is_open(modality)) {
        return None;
    }
    let flag = |of: &Properties| of.get("cumulative").and_then(Value::as_bool).unwrap_or(false);
    variants(&round.entity)
        .iter()
        .filter(|known| flag(known) == flag(stated))
        .filter_map(|known| {
            let when = agreement::dates(agreement::date(stated, "date"), agreement::date(known, "date"));
            let amount = agreement::amounts(stated, known, "amount", "currency", "amount_qualifier");
            let near = u32::from(when == Match::Same) * 20 + u32::from(amount == Match::Same) * 10;
            if flag(stated) {
                return (amount == Match::Same && when != Match::Differs).then_some(50 + near);
            }
            let is_far = agreement::far_apart(agreement::date(stated, "date"), agreement::date(known, "date"));
            match (agreement::series(stated, "series"), agreement::series(known, "series")) {
                (Some(ours), Some(theirs)) => (ours == theirs && !is_far).then_some(100 + near),
                _ => match (when, amount) {
                    (Match::Differs, _) => None,
                    (_, Match::Same) => Some(50 + near),
                    (Match::Same, Match::Unknown) => Some(40),
                    // Two reports of one month that disagree about the amount mean one round.
                    (Match::Same, Match::Differs) => same_month(stated, known).then_some(30),
                    _ => None,
                },
            }
        })
        .max()
}

fn same_month(a: &Properties, b: &Properties) -> bool {
    let month = |of: &Properties| agreement::date(of, "date").and_then(|date| Some((date.year(), date.month()?)));
    month(a).is_some() && month(a) == month(b)
}

/// What is claimed about a round. Where sources disagree there are several readings: the first claims, the second ones ...
pub(super) fn variants(round: &Entity) -> Vec<Properties> {
    let of = |key: &'static str| round.claims.iter().filter(move |claim| claim.key == key);
    let most = KEYS.iter().map(|key| of(key).count()).max().unwrap_or(0).max(1);
    (0..most)
        .map(|at| {
            KEYS.iter()
                .filter_map(|key| {
                    let claim = of(key).nth(at).or_else(|| of(key).next())?;
                    Some(((*key).to_owned(), claim.value.clone()))
                })
                .collect()
        })
        .collect()
}

/// A round that the database does not have.
fn new_round(
    snapshot: &Snapshot,
    (company, name): (&EntityId, &str),
    stated: &Properties,
    modality: Modality,
    round_ids: &mut RoundIds,
) -> Result<Round, Error> {
    let is_total = stated.get("cumulative").and_then(Value::as_bool).unwrap_or(false);
    let date = agreement::date(stated, "date").map(month);
    let shown = match (is_total, agreement::text(stated, "series"), date) {
        (true, _, Some(date)) => format!("total {date}"),
        (true, _, None) => "total".to_owned(),
        (_, Some(series), _) => series.to_owned(),
        (_, None, Some(date)) => date.to_string(),
        _ => match stated.get("amount").and_then(Value::as_int) {
            Some(amount) => format!("{} {amount}", agreement::text(stated, "currency").unwrap_or_default()),
            None => "round".to_owned(),
        },
    };
    let shown = match modality {
        Modality::Planned => format!("{shown} planned"),
        Modality::Denied => format!("{shown} denied"),
        _ => shown,
    };
    let company = company.as_str().split_once(':').map_or("", |(_, slug)| slug);
    let slug = ids::slug(&format!("{company} {shown}"));
    for number in 1.. {
        let id = ids::entity_id("round", &slug, number).map_err(Error::model)?;
        let is_foreign = !round_ids.free.contains(&id) && snapshot.entity_number(&id)?.is_some();
        if is_foreign || !round_ids.taken.insert(id.clone()) {
            continue;
        }
        let text = format!("{name} {}", shown.trim());
        let name =
            Name { language: script_of(name), text, kind: NameKind::Canonical, derived: true, evidence: Vec::new() };
        let entity = Entity { id, labels: vec!["FundingRound".to_owned()], names: vec![name], claims: Vec::new() };
        return Ok(Round { entity, modalities: Vec::new() });
    }
    Err(Error::Options { message: format!("there is no free id for a round of {company}") })
}

fn month(date: PartialDate) -> PartialDate {
    PartialDate::new(date.year(), date.month(), None).unwrap_or(date)
}

/// Adds what an article says about a round: one more source for a claim that is there, or one more claim.
///
/// Hands back whether it contradicts what was there.
pub(super) fn claim(round: &mut Entity, stated: &Properties, modality: Modality, evidence: &Evidence) -> bool {
    let readings = variants(round);
    let had_claims = !round.claims.is_empty();
    let agrees = |amount: &str, currency: &str, qualifier: &str| {
        let all: Vec<Match> =
            readings.iter().map(|known| agreement::amounts(stated, known, amount, currency, qualifier)).collect();
        !all.contains(&Match::Differs) || all.contains(&Match::Same)
    };
    let when: Vec<Match> = readings
        .iter()
        .map(|known| agreement::dates(agreement::date(stated, "date"), agreement::date(known, "date")))
        .collect();
    let contradicts = had_claims
        && (!agrees("amount", "currency", "amount_qualifier")
            || !agrees("valuation", "valuation_currency", "valuation_qualifier")
            || (when.contains(&Match::Differs) && !when.contains(&Match::Same)));
    for key in KEYS {
        if let Some(value) = stated.get(key).filter(|value| vocabulary::check_property(key, value).is_ok()) {
            add_claim(round, key, value, evidence);
        }
    }
    let status = match modality {
        Modality::Asserted => "closed",
        other => other.word(),
    };
    if !round.claims.iter().any(|claim| claim.key == "status") {
        add_claim(round, "status", &Value::Text(status.to_owned()), evidence);
    }
    contradicts
}

fn add_claim(round: &mut Entity, key: &str, value: &Value, evidence: &Evidence) {
    // What is less exact than what is known says nothing more: 2024 beside 2024-02.
    let is_covered = |claim: &Claim| {
        claim.key == key
            && (claim.value == *value
                || matches!((claim.value.as_date(), value.as_date()), (Some(known), Some(ours)) if ours.contains(known)))
    };
    match round.claims.iter_mut().find(|claim| is_covered(claim)) {
        Some(known) if known.evidence.contains(evidence) => {}
        Some(known) => known.evidence.push(evidence.clone()),
        None => round.claims.push(Claim {
            key: key.to_owned(),
            value: value.clone(),
            qualifiers: Properties::new(),
            evidence: vec![evidence.clone()],
        }),
    }
}

/// Takes away what a source says about an entity; claims that no other source makes go with it, names stay.
pub(super) fn drop_source(entity: &mut Entity, source: &SourceId) {
    for claim in &mut entity.claims {
        claim.evidence.retain(|evidence| !is_of(evidence, source));
    }
    entity.claims.retain(|claim| !claim.evidence.is_empty());
    for name in &mut entity.names {
        name.evidence.retain(|evidence| !is_of(evidence, source));
    }
}
