//! The kinds of questions, one frame each, in the order in which they are tried.

mod companies;
mod models;
mod money;
mod people;
mod period;

use companies::{acquire, attribute, belongs, competes, located, path};
use models::{compare, derived, develop, models, publishes, scores};
use money::{invest, lead, rounds};
use people::{former, found, moved, role, team};

use super::sides::{Sides, joined};
use super::{Context, Draft};
use crate::ask::cue::Cue::{self, *};
use crate::ask::error::AskError;
use crate::ask::question::{Filter, Meaning, Related};
use crate::ask::relation::Relation;

type Frame = fn(&Context<'_>) -> Result<Option<Draft>, AskError>;

/// Every frame. A more particular one stands before a more general one.
pub(super) const FRAMES: &[Frame] = &[
    path, attribute, lead, rounds, invest, found, former, role, team, moved, compare, scores, derived, develop, models,
    acquire, belongs, competes, publishes, located,
];

/// Cues that ask, in any frame.
const ASKING: &[Cue] = &[Who, ByWhom, What, HowMany, YesNo];

/// Cues that join several names.
const JOINING: &[Cue] = &[Both, With, Between];

/// Cues around dates.
const TIMING: &[Cue] = &[During, Since, After, Before, Until, When];

/// A question about one entity.
fn one(
    cx: &Context<'_>,
    entity: usize,
    relation: &'static Relation,
    cues: Vec<Cue>,
) -> Result<Option<Draft>, AskError> {
    let anchors = vec![cx.resolve(entity, relation.anchor)?];
    let related = Related { relation, anchors, among: Vec::new(), filter: Filter::default() };
    let meaning = if cx.reading.any(&[HowMany]) { Meaning::Count(related) } else { Meaning::Related(related) };
    Ok(Some(Draft { meaning, used: vec![entity], cues }))
}

/// A question about the doers, the done-to, or both sides of a verb.
fn related(
    cx: &Context<'_>,
    sides: &Sides,
    of_agents: &'static Relation,
    of_patients: &'static Relation,
    filter: Filter,
    mut used: Vec<usize>,
    cues: Vec<Cue>,
) -> Result<Option<Draft>, AskError> {
    used.extend(sides.agents.iter().chain(&sides.patients));
    let asks = cx.reading.any(&[Who, What, HowMany]);
    let meaning = match (sides.agents.as_slice(), sides.patients.as_slice()) {
        ([], []) => return Ok(None),
        (agents, []) => several(cx, agents, of_agents, filter)?,
        ([], patients) => several(cx, patients, of_patients, filter)?,
        (&[agent], &[patient]) => {
            let anchor = cx.resolve(patient, of_patients.anchor)?;
            let answer = cx.resolve(agent, of_agents.anchor)?;
            if cx.reading.any(&[When, HowMuch]) {
                // "when did A invest in B": the facts between them, not whether there are any.
                Meaning::Related(Related { relation: of_patients, anchors: vec![anchor], among: vec![answer], filter })
            } else if cx.reading.any(&[Outcome])
                || (asks && cx.reading.any(&[Compare, RoleWord]))
                || (cx.reading.any(&[Compare]) && !cx.reading.any(&[YesNo]))
            {
                // "how did M compare with N", "what is P's role at X": the facts between them.
                let (anchors, among) = (vec![answer], vec![anchor]);
                Meaning::Related(Related { relation: of_agents, anchors, among, filter })
            } else if asks && !cx.reading.any(&[YesNo]) {
                return Err(AskError::NoMeaning { about: cx.about() });
            } else {
                Meaning::Check { relation: of_patients, anchor, answer, filter }
            }
        }
        _ => return Err(AskError::NoMeaning { about: cx.about() }),
    };
    Ok(Some(Draft { meaning, used, cues }))
}

/// What is related to one entity, or to each of several.
fn several(
    cx: &Context<'_>,
    entities: &[usize],
    relation: &'static Relation,
    filter: Filter,
) -> Result<Meaning, AskError> {
    let together = entities
        .iter()
        .zip(entities.iter().skip(1))
        .all(|(&first, &second)| joined(cx.reading, first, second) || cx.reading.any(&[Both]));
    if !together {
        return Err(AskError::NoMeaning { about: cx.about() });
    }
    let anchors = cx.resolve_all(entities, relation.anchor)?;
    let related = Related { relation, anchors, among: Vec::new(), filter };
    Ok(if cx.reading.any(&[HowMany]) { Meaning::Count(related) } else { Meaning::Related(related) })
}
