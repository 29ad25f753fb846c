//! Questions about people: founders, roles, former employers.

use super::{ASKING, JOINING, one, related};
use crate::ask::cue::Cue::*;
use crate::ask::error::AskError;
use crate::ask::question::{Filter, Role};
use crate::ask::reading::Kind;
use crate::ask::relation as of;
use crate::ask::roles::ROLES;
use crate::ask::understand::sides::{Family, Sides, sides};
use crate::ask::understand::{Context, Draft};

const FOUND: Family =
    Family { active: &[Found], passive: &[FoundPassive], agent: &[Founder], patient: &[], received: false };

pub(super) fn found(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let Some(mut sides) = sides(cx.reading, &FOUND) else { return Ok(None) };
    for &entity in &sides.patients {
        // "who created Pika": a company is founded, a product developed.
        let either = cx.reading.tokens.iter().any(|token| token.has(Found) && token.has(Develop));
        if either && cx.may_be(entity, of::MADE)? && cx.may_be(entity, of::ORGANISATION)? {
            cx.resolve(entity, of::ANY)?;
        }
    }
    // "X的创始人", "P是哪家公司的创始人": the noun itself does not tell, the kind of the name does.
    if !cx.reading.any(&[Found, FoundPassive]) {
        sides = by_kind(cx, of::PERSON)?;
    }
    let cues =
        [ASKING, JOINING, &[Found, FoundPassive, Founder, CompanyKind, PersonKind, InvestorKind, Where]].concat();
    related(cx, &sides, &of::FOUNDED, &of::FOUNDERS, Filter::default(), Vec::new(), cues)
}

pub(super) fn role(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let reading = cx.reading;
    let named = reading.tokens.iter().enumerate().find_map(|(position, token)| match token.kind {
        Kind::Role(role) => Some((position, role)),
        _ => None,
    });
    let head = || ROLES.iter().find(|role| role.name == "CEO").copied();
    let (role, used): (Option<Role>, Vec<usize>) = match named {
        Some((position, role)) => (Some(role), vec![position]),
        None if reading.any(&[Runs]) => (head(), Vec::new()),
        None if reading.any(&[RoleWord, Work]) => (None, Vec::new()),
        None => return Ok(None),
    };
    let sides = by_kind(cx, of::PERSON)?;
    let cues = [ASKING, &[RoleWord, Work, Runs, Where, PersonKind, CompanyKind, Outcome, Was]].concat();
    let filter = Filter { role, ..Filter::default() };
    // "who was the CEO of X" asks for those who no longer are.
    if role.is_some() && reading.any(&[Was]) {
        return related(cx, &sides, &of::FORMER_EMPLOYERS, &of::FORMER_PEOPLE, filter, used, cues);
    }
    related(cx, &sides, &of::ROLES, &of::PEOPLE, filter, used, cues)
}

pub(super) fn team(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    if !cx.reading.any(&[Team]) {
        return Ok(None);
    }
    let sides = Sides { agents: Vec::new(), patients: cx.reading.entities() };
    let cues = [ASKING, &[Team, PersonKind]].concat();
    related(cx, &sides, &of::ROLES, &of::PEOPLE, Filter::default(), Vec::new(), cues)
}

pub(super) fn former(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    if !cx.reading.any(&[Former]) {
        return Ok(None);
    }
    let mut used = Vec::new();
    let mut filter = Filter::default();
    for (position, token) in cx.reading.tokens.iter().enumerate() {
        // A second role stays unused, and the question is refused for it.
        if let (Kind::Role(role), None) = (&token.kind, filter.role) {
            filter.role = Some(*role);
            used.push(position);
        }
    }
    let mut sides = by_kind(cx, of::PERSON)?;
    let mut cues =
        [ASKING, &[Former, Work, Where, CompanyKind, PersonKind, RoleWord, Before, Team, During, Until, Was, History]]
            .concat();
    if let (&[person], &[present], true) =
        (sides.agents.as_slice(), sides.patients.as_slice(), cx.reading.any(&[Where, What]))
    {
        // "where was P before X": before where P is now, which the facts must bear out.
        let (person, present_place) = (cx.resolve(person, of::PERSON)?, cx.resolve(present, of::ORGANISATION)?);
        if !cx.connected(&person, &present_place, &["FOUNDED_BY", "HAS_ROLE", "MOVED_TO"])? {
            return Err(AskError::NoMeaning { about: cx.about() });
        }
        used.push(present);
        sides.patients.clear();
        cues.extend([Found, Invest, Moved]);
    }
    related(cx, &sides, &of::FORMER_EMPLOYERS, &of::FORMER_PEOPLE, filter, used, cues)
}

pub(super) fn moved(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    if !cx.reading.any(&[Moved]) {
        return Ok(None);
    }
    let [person] = *cx.reading.entities().as_slice() else { return Ok(None) };
    let cues = [ASKING, &[Moved, Where, CompanyKind]].concat();
    one(cx, person, &of::MOVED, cues)
}

/// Names on the side of the doer when they are `labels`, on the other side when they are not.
fn by_kind(cx: &Context<'_>, labels: &[&str]) -> Result<Sides, AskError> {
    let mut sides = Sides::default();
    for entity in cx.reading.entities() {
        if cx.may_be(entity, labels)? {
            sides.agents.push(entity);
        } else {
            sides.patients.push(entity);
        }
    }
    Ok(sides)
}
