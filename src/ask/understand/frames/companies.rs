//! Questions about companies and places, attributes of one thing, and connections between two.

use super::period::period;
use super::{ASKING, JOINING, TIMING, one, related};
use crate::ask::cue::Cue::{self, *};
use crate::ask::error::AskError;
use crate::ask::question::{Attribute, Filter, Meaning};
use crate::ask::relation as of;
use crate::ask::understand::sides::{Family, sides};
use crate::ask::understand::{Context, Draft};

const ACQUIRE: Family = Family {
    active: &[Acquire],
    passive: &[AcquirePassive],
    agent: &[Acquirer],
    patient: &[Acquisition],
    received: false,
};

pub(super) fn acquire(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let Some(sides) = sides(cx.reading, &ACQUIRE) else { return Ok(None) };
    let cues = [
        ASKING,
        TIMING,
        &[Acquire, AcquirePassive, Acquirer, Acquisition, CompanyKind, HowMuch, InvestorKind, Receive],
    ]
    .concat();
    let mut used = Vec::new();
    let filter = Filter { period: period(cx, &mut used)?, ..Filter::default() };
    related(cx, &sides, &of::ACQUISITIONS, &of::ACQUIRERS, filter, used, cues)
}

pub(super) fn belongs(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let reading = cx.reading;
    let [entity] = *reading.entities().as_slice() else { return Ok(None) };
    let cues = [ASKING, &[Subsidiary, Parent, CompanyKind, Developer, Own]].concat();
    let asked = |from: usize, to: usize| {
        let between = reading.tokens.get(from..to).unwrap_or_default();
        between.iter().any(|token| token.has_any(&[Who, What]))
    };
    let is = reading.get(entity + 1).is_some_and(|token| token.has(Be));
    if let Some(noun) = reading.find(Subsidiary) {
        // X是哪家公司的子公司 asks for the owner.
        let owner = entity < noun && is && asked(entity, noun);
        return one(cx, entity, if owner { &of::PARENTS } else { &of::SUBSIDIARIES }, cues);
    }
    if let Some(verb) = reading.find(Own) {
        return one(cx, entity, if verb < entity { &of::PARENTS } else { &of::SUBSIDIARIES }, cues);
    }
    if let Some(verb) = reading.find(Parent) {
        // "owned by X", "part of X": what stands before its owner.
        let possessed = reading.any(&[Possessive, Who]);
        return one(cx, entity, if verb < entity && !possessed { &of::SUBSIDIARIES } else { &of::PARENTS }, cues);
    }
    Ok(None)
}

pub(super) fn competes(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let [entity] = *cx.reading.entities().as_slice() else { return Ok(None) };
    if !cx.reading.any(&[Compete]) {
        return Ok(None);
    }
    one(cx, entity, &of::COMPETITORS, [ASKING, JOINING, &[Compete, CompanyKind]].concat())
}

pub(super) fn located(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let reading = cx.reading;
    let [entity] = *reading.entities().as_slice() else { return Ok(None) };
    let cues = [ASKING, &[Locate, Where, CityKind, CompanyKind, During]].concat();
    if cx.may_be(entity, of::CITY)? && reading.any(&[CompanyKind, Locate]) && !reading.any(&[Where]) {
        return one(cx, entity, &of::LOCATED, cues);
    }
    if reading.any(&[Locate, Where, CityKind]) {
        return one(cx, entity, &of::LOCATION, cues);
    }
    Ok(None)
}

pub(super) fn attribute(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let reading = cx.reading;
    let [entity] = *reading.entities().as_slice() else { return Ok(None) };
    let when = reading.any(&[When]);
    let (what, labels, cues): (_, &[&str], &[Cue]) = if reading.any(&[Parameters]) {
        (Attribute::Parameters, of::MODEL, &[Parameters, What, HowMany, HowMuch, ModelKind])
    } else if reading.any(&[FoundedWhen]) || (when && reading.any(&[Found])) {
        (Attribute::Founded, of::ORGANISATION, &[FoundedWhen, When, Found, What, CompanyKind])
    } else if reading.any(&[ReleasedWhen]) || (when && reading.any(&[Develop])) {
        (Attribute::Released, of::MADE, &[ReleasedWhen, When, Develop, What, ModelKind])
    } else {
        return Ok(None);
    };
    let cues = [cues, &[YesNo]].concat();
    let meaning = Meaning::Attribute { of: cx.resolve(entity, labels)?, what };
    Ok(Some(Draft { meaning, used: vec![entity], cues }))
}

pub(super) fn path(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    if !cx.reading.any(&[Path]) {
        return Ok(None);
    }
    let [from, to] = *cx.reading.entities().as_slice() else { return Ok(None) };
    let cues = [ASKING, JOINING, &[Path, Outcome, PersonKind, CompanyKind, Since, Until]].concat();
    let meaning = Meaning::Path { from: cx.resolve(from, of::ANY)?, to: cx.resolve(to, of::ANY)? };
    Ok(Some(Draft { meaning, used: vec![from, to], cues }))
}
