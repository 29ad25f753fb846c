//! Who does and who is done to: which side of a verb the named entities stand on.
//!
//! One rule serves "invest", "lead", "found", "develop", "acquire" and the comparisons, in both languages. The nearest
//! word before the verb that matters is the doer: a name ("what did **Alibaba** invest in", "**阿里**投资了谁") or a
//! question word ("**who** invested in X", "X是**谁**投资的"). Names after the verb are done to. A passive turns this
//! round, a recipient ("谁给**X**投了钱") is done to wherever it stands, and a noun ("X的投资人", "A's portfolio") says
//! by itself which side its owner is on.

use crate::ask::cue::Cue::{self, *};
use crate::ask::reading::{Kind, Reading, Token};

/// The words of one verb.
#[derive(Debug)]
pub(super) struct Family {
    /// The verb: doer before, done-to after.
    pub(super) active: &'static [Cue],
    /// Its passive: done-to before, doer after.
    pub(super) passive: &'static [Cue],
    /// Nouns for the doer.
    pub(super) agent: &'static [Cue],
    /// Nouns for what is done to.
    pub(super) patient: &'static [Cue],
    /// Whether "receive" turns the verb round: X获得了A的投资.
    pub(super) received: bool,
}

/// Positions of the entities on either side of a verb.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Sides {
    pub(super) agents: Vec<usize>,
    pub(super) patients: Vec<usize>,
}

/// Words that may stand between a doer and its verb.
const BETWEEN: &[Cue] = &[
    Filler, Agent, Be, Possessive, YesNo, RoundKind, Both, With, Latest, First, During, Recipient, When, HowMuch,
    HowMany, Since, After, Before, Until, Between, Raise, Where, ObjectMarker, BenchmarkKind,
];
/// Words that ask for the doer when they stand before the verb.
const ASKED: &[Cue] = &[
    Who, What, InvestorKind, CompanyKind, PersonKind, ModelKind, ProductKind, Investor, Developer, Founder,
    LeadInvestor,
];

/// The sides of the named entities; `None` when the question has no word of the family.
pub(super) fn sides(reading: &Reading, family: &Family) -> Option<Sides> {
    let entities = reading.entities();
    let token = |cues: &[Cue]| reading.tokens.iter().position(|token| token.has_any(cues));
    if reading.any(&[ByWhom]) {
        // "by whom was X founded": whoever did it is asked for, whatever the order of the words.
        token(family.active).or_else(|| token(family.passive))?;
        return Some(Sides { agents: Vec::new(), patients: entities });
    }
    if let Some(verb) = token(family.passive) {
        return Some(passive(&entities, verb));
    }
    if let Some(verb) = token(family.active) {
        if let Some(receive) = reading.find(Receive).filter(|_| family.received) {
            return Some(passive(&entities, receive));
        }
        // A verb that is used as a noun after another one of its kind does not count: "led the investment in X".
        return active(reading, &entities, verb);
    }
    if let Some(noun) = token(family.agent) {
        if let Some(receive) = reading.find(Receive).filter(|_| family.received) {
            return Some(passive(&entities, receive));
        }
        return Some(agent_noun(reading, entities, noun));
    }
    let noun = token(family.patient)?;
    Some(patient_noun(reading, entities, noun))
}

fn passive(entities: &[usize], verb: usize) -> Sides {
    let (patients, agents) = entities.iter().partition(|&&entity| entity < verb);
    Sides { agents, patients }
}

fn active(reading: &Reading, entities: &[usize], verb: usize) -> Option<Sides> {
    let mut sides = Sides::default();
    let (before, after): (Vec<usize>, Vec<usize>) = entities.iter().partition(|&&entity| entity < verb);
    sides.patients = after;
    let matters = |token: &Token| match &token.kind {
        Kind::Entity(_) | Kind::Unknown => true,
        Kind::Cues(_) => token.has_any(ASKED) || !token.has_any(BETWEEN),
        Kind::Role(_) | Kind::Period(_) | Kind::Round(_) => false,
    };
    let doer = (0..verb).rev().find(|&position| {
        // 把谁比下去: what follows 把 is done to.
        reading.get(position).is_some_and(&matters) && !follows(reading, position, ObjectMarker)
    });
    let kind_only = doer.and_then(|at| reading.get(at)).is_some_and(|token| {
        token.has_any(&[CompanyKind, ModelKind, ProductKind]) && !reading.any(&[Who, What, HowMany])
    });
    if kind_only && !before.is_empty() {
        // "X的新创投资", "X companies founded": nothing says which of the two does it.
        return None;
    }
    let Some(doer) = doer.filter(|position| before.contains(position)) else {
        // Asked for, or not there at all: every name is done to.
        sides.patients.extend(before);
        sides.patients.sort_unstable();
        return Some(sides);
    };
    let group = group_ending_at(reading, &before, doer);
    if recipient(reading, group.first().copied().unwrap_or(doer)) {
        sides.patients.extend(before);
        sides.patients.sort_unstable();
        return Some(sides);
    }
    sides.patients.extend(before.iter().filter(|entity| !group.contains(entity)));
    sides.patients.sort_unstable();
    sides.agents = group;
    Some(sides)
}

/// Whether the name at a position is marked as the one something is done to: 给X, 对X.
fn recipient(reading: &Reading, position: usize) -> bool {
    follows(reading, position, Recipient)
}

/// Whether the word right before a position carries a cue.
fn follows(reading: &Reading, position: usize, cue: Cue) -> bool {
    position.checked_sub(1).and_then(|before| reading.get(before)).is_some_and(|token| token.has(cue))
}

/// The names joined by "and" that end at a position: A和B, "both A and B".
fn group_ending_at(reading: &Reading, entities: &[usize], last: usize) -> Vec<usize> {
    let mut group = vec![last];
    for &entity in entities.iter().rev().filter(|&&entity| entity < last) {
        let first = group.last().copied().unwrap_or(last);
        if joined(reading, entity, first) {
            group.push(entity);
        } else {
            break;
        }
    }
    group.reverse();
    group
}

/// Whether two names are joined by "and" and nothing else stands between them.
pub(super) fn joined(reading: &Reading, first: usize, second: usize) -> bool {
    let between = reading.tokens.get(first + 1..second).unwrap_or_default();
    between.iter().any(|token| token.has_any(&[With, Between]))
        && between.iter().all(|token| token.has_any(&[With, Between, Both, Filler]))
}

/// X的投资人: the names own the noun, unless they are said to be it.
fn agent_noun(reading: &Reading, entities: Vec<usize>, noun: usize) -> Sides {
    let between = |from: usize| reading.tokens.get(from + 1..noun).unwrap_or_default();
    let said = entities.last().filter(|last| **last < noun).map(|last| between(*last)).is_some_and(|words| {
        let is = words.iter().position(|token| token.has_any(&[Be, Was]));
        let asked = words.iter().any(|token| token.has_any(&[Who, What]));
        // A是谁的投资人 and "A and B are both investors" say what A is; X的背后是哪些投资人 asks for them.
        let owned = words.last().is_some_and(|token| token.has(Possessive));
        is.is_some() && (owned || !asked) && !words.first().is_some_and(|token| token.has(Possessive))
    });
    match *entities.as_slice() {
        _ if said => Sides { agents: entities, patients: Vec::new() },
        // A是X的投资人吗, "is A one of X's investors": the first is said to be it.
        [first, second] if !joined(reading, first, second) && !reading.any(&[Both]) => {
            Sides { agents: vec![first], patients: vec![second] }
        }
        _ => Sides { agents: Vec::new(), patients: entities },
    }
}

/// A's portfolio: the names own the noun; "is X in A's portfolio" and "whose portfolio has X" name what is in it.
fn patient_noun(reading: &Reading, entities: Vec<usize>, noun: usize) -> Sides {
    let owner_asked = reading.tokens.get(..noun).unwrap_or_default().iter().any(|token| token.has(Who));
    match *entities.as_slice() {
        [first, ..] if owner_asked && first > noun => Sides { agents: Vec::new(), patients: entities },
        [first, second] if !joined(reading, first, second) && !reading.any(&[Both]) => {
            Sides { agents: vec![second], patients: vec![first] }
        }
        _ => Sides { agents: entities, patients: Vec::new() },
    }
}
