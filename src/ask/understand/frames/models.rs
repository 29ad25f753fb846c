//! Questions about models and products: who made them, what they were compared with, what they scored.

use super::{ASKING, JOINING, one, related};
use crate::ask::cue::Cue::*;
use crate::ask::error::AskError;
use crate::ask::question::{Filter, Meaning, Related};
use crate::ask::reading::Token;
use crate::ask::relation::{self as of, Relation};
use crate::ask::understand::sides::{Family, Sides, joined, sides};
use crate::ask::understand::{Context, Draft};

const DEVELOP: Family =
    Family { active: &[Develop], passive: &[DevelopPassive], agent: &[Developer], patient: &[], received: false };

const COMPARE: Family = Family {
    active: &[Exceeds, Matches, Approaches, Trails, Targets, Compare],
    passive: &[ExceedsPassive],
    agent: &[],
    patient: &[],
    received: false,
};

pub(super) fn develop(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let Some(mut sides) = sides(cx.reading, &DEVELOP) else { return Ok(None) };
    if !cx.reading.any(&[Develop, DevelopPassive]) {
        sides = Sides { agents: Vec::new(), patients: cx.reading.entities() };
    }
    let cues =
        [ASKING, JOINING, &[Develop, DevelopPassive, Developer, ModelKind, ProductKind, CompanyKind, InvestorKind]]
            .concat();
    let (filter, used) = (Filter::default(), Vec::new());
    related(cx, &sides, developments(cx), &of::DEVELOPERS, filter, used, cues)
}

/// Models, products or both, as the question says.
fn developments(cx: &Context<'_>) -> &'static Relation {
    match (cx.reading.any(&[ModelKind]), cx.reading.any(&[ProductKind])) {
        (true, false) => &of::MODELS,
        (false, true) => &of::PRODUCTS,
        _ => &of::DEVELOPMENTS,
    }
}

/// X有哪些模型, "models of X"; M是哪家公司的模型.
pub(super) fn models(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let reading = cx.reading;
    let [entity] = *reading.entities().as_slice() else { return Ok(None) };
    let made = cx.may_be(entity, of::MADE)?;
    let maker = cx.may_be(entity, of::ORGANISATION)?;
    let cues = [ASKING, &[ModelKind, ProductKind, CompanyKind, Family, Develop, Developer]].concat();
    // M是哪家的模型: "which" asks for the owner when M itself can own nothing.
    let rest = reading.tokens.get(entity + 1..).unwrap_or_default();
    let is = rest.iter().find(|token| !token.has(Filler) || token.has(Be)).is_some_and(|token| token.has(Be));
    let owner_asked = reading.any(&[Who, CompanyKind]) || (is && !maker && reading.any(&[What]));
    let owned = reading.any(&[Possessive, ModelKind, ProductKind]) || (is && !maker && reading.any(&[CompanyKind]));
    if made && owner_asked && owned {
        let sides = Sides { agents: Vec::new(), patients: vec![entity] };
        return related(cx, &sides, developments(cx), &of::DEVELOPERS, Filter::default(), Vec::new(), cues);
    }
    if maker && !owner_asked && reading.any(&[ModelKind, ProductKind]) {
        let sides = Sides { agents: vec![entity], patients: Vec::new() };
        return related(cx, &sides, developments(cx), &of::DEVELOPERS, Filter::default(), Vec::new(), cues);
    }
    Ok(None)
}

pub(super) fn compare(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let reading = cx.reading;
    let Some(mut sides) = sides(reading, &COMPARE) else { return Ok(None) };
    let entities = reading.entities();
    // "behind" is also where a maker stands.
    if reading.any(&[Who, CompanyKind]) && reading.tokens.iter().any(|token| token.has(Trails) && token.has(Develop)) {
        return Ok(None);
    }
    // The nearest words on either side that are not mere fillers.
    let bare = |token: &&Token| !token.has(Filler) || token.has(With);
    let with =
        |position: usize| reading.tokens.iter().take(position).rev().find(bare).is_some_and(|token| token.has(With));
    let followed =
        |position: usize| reading.tokens.iter().skip(position + 1).find(bare).is_some_and(|token| token.has(With));
    match *entities.as_slice() {
        // 哪些模型和M对标: what stands after "with" is the other side; M和哪些模型对标: what stands before it.
        // "comparisons of M" are those that M was put to.
        [one]
            if reading
                .tokens
                .iter()
                .any(|token| token.has(Compare) && cx.normal_text(token).starts_with("comparison")) =>
        {
            sides = Sides { agents: vec![one], patients: Vec::new() };
        }
        [one] if with(one) => sides = Sides { agents: Vec::new(), patients: vec![one] },
        [one] if followed(one) => {
            sides = Sides { agents: vec![one], patients: Vec::new() };
        }
        // M和N比较, "compare M with N": from the one that the sources put beside the other.
        [one, other] if joined(reading, one, other) => {
            let (model, rival) = (cx.resolve(one, of::MODEL)?, cx.resolve(other, of::MODEL)?);
            let turned = !cx.compared(&model, &rival)? && cx.compared(&rival, &model)?;
            let (agent, patient) = if turned { (other, one) } else { (one, other) };
            sides = Sides { agents: vec![agent], patients: vec![patient] };
        }
        _ => {}
    }
    let mut outcomes = [
        (Exceeds, "exceeds"),
        (ExceedsPassive, "exceeds"),
        (Matches, "matches"),
        (Approaches, "approaches"),
        (Trails, "trails"),
        (Targets, "targets"),
    ]
    .into_iter()
    .filter(|&(cue, _)| reading.any(&[cue]))
    .map(|(_, word)| word);
    let outcome = outcomes.next();
    if outcomes.any(|other| Some(other) != outcome) {
        return Err(AskError::NoMeaning { about: cx.about() });
    }
    let cues = [
        ASKING,
        &[
            Compare, Exceeds, ExceedsPassive, Matches, Approaches, Trails, Targets, With, Outcome, ModelKind,
            ProductKind, Score, BenchmarkKind, Undergo, Between, Receive, ObjectMarker,
        ],
    ]
    .concat();
    let filter = Filter { outcome, ..Filter::default() };
    related(cx, &sides, &of::COMPARED_WITH, &of::COMPARED_BY, filter, Vec::new(), cues)
}

pub(super) fn scores(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let reading = cx.reading;
    if !reading.any(&[Score, BenchmarkKind, Outcome]) {
        return Ok(None);
    }
    let cues =
        [ASKING, &[Score, BenchmarkKind, Outcome, ModelKind, HowMuch, During, Receive, Publish, Undergo]].concat();
    let (mut models, mut benchmarks) = (Vec::new(), Vec::new());
    for entity in reading.entities() {
        if cx.may_be(entity, of::BENCHMARK)? {
            benchmarks.push(entity);
        } else {
            models.push(entity);
        }
    }
    let sides = Sides { agents: models, patients: benchmarks };
    if !sides.agents.is_empty() && !sides.patients.is_empty() {
        // "what did M score on B" wants the figure, not whether there is one.
        let among = cx.resolve_all(&sides.patients, of::BENCHMARK)?;
        let used = [sides.agents.as_slice(), sides.patients.as_slice()].concat();
        let anchors = cx.resolve_all(&sides.agents, of::MODEL)?;
        let related = Related { relation: &of::SCORES, anchors, among, filter: Filter::default() };
        return Ok(Some(Draft { meaning: Meaning::Related(related), used, cues }));
    }
    related(cx, &sides, &of::SCORES, &of::SCORED, Filter::default(), Vec::new(), cues)
}

pub(super) fn derived(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let [model] = *cx.reading.entities().as_slice() else { return Ok(None) };
    let cues = [ASKING, &[Derived, Family, ModelKind]].concat();
    if cx.reading.any(&[Derived]) {
        let after = cx.reading.find(Derived).is_some_and(|verb| verb < model);
        return one(cx, model, if after { &of::DERIVED } else { &of::DERIVED_FROM }, cues);
    }
    if cx.reading.any(&[Family]) {
        return one(cx, model, &of::FAMILY, cues);
    }
    Ok(None)
}

pub(super) fn publishes(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let [entity] = *cx.reading.entities().as_slice() else { return Ok(None) };
    if !(cx.reading.any(&[Publish, Develop, DevelopPassive]) && cx.may_be(entity, of::BENCHMARK)?) {
        return Ok(None);
    }
    let cues = [ASKING, &[Publish, Develop, DevelopPassive, BenchmarkKind, CompanyKind, InvestorKind]].concat();
    one(cx, entity, &of::PUBLISHERS, cues)
}
