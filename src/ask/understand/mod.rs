//! From tokens to a meaning.
//!
//! Each frame knows one kind of question: which cues it needs, which entities, and which other words may stand beside
//! them. A frame only holds when *every* word of the question has a place in it: a condition that is not understood
//! must not be dropped, because the answer to another question is a wrong answer.

mod frames;
mod sides;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::cue::Cue;
use super::error::{AskError, Candidate};
use super::question::{Meaning, Mention};
use super::reading::{Kind, Reader, Reading, Token};
use crate::model::{Entity, EntityId, Language};
use crate::names::{self, Normal};
use crate::store::Snapshot;

/// The longest question that is read, in characters.
const LONGEST: usize = 1000;
/// How many similar names are offered.
const NEAR: usize = 5;

/// What a question means, and in which language it was asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Understanding {
    /// The meaning.
    pub meaning: Meaning,
    /// The language and script of the question's own words.
    pub language: Language,
}

/// Reads a question.
///
/// # Errors
/// [`AskError`] that names the part that was not understood, or the name that is not clear.
pub fn understand(snapshot: &Snapshot, question: &str) -> Result<Understanding, AskError> {
    let length = question.chars().take(LONGEST + 1).count();
    if length > LONGEST {
        return Err(AskError::TooLong { length: question.chars().count(), limit: LONGEST });
    }
    let normal = Normal::new(question);
    if normal.is_empty() {
        return Err(AskError::Empty);
    }
    if snapshot.counts().entities == 0 {
        return Err(AskError::EmptyDatabase);
    }
    let (names, ids) = (snapshot.names()?, ids(snapshot, question, &normal)?);
    let readings = Reader { question, normal: &normal, names, ids, found: RefCell::default() }.readings();
    let entities = RefCell::default();
    let mut failure: Option<AskError> = None;
    let mut language = Language::English;
    for (place, reading) in readings.iter().enumerate() {
        let context = Context { snapshot, question, normal: &normal, reading, entities: &entities };
        if place == 0 {
            language = context.language();
        }
        match context.frame() {
            Ok(meaning) => return Ok(Understanding { meaning, language: context.language() }),
            Err(error @ (AskError::Ambiguous { .. } | AskError::Store(_))) => return Err(error),
            Err(error) => match (&failure, &error) {
                (None, _) => failure = Some(error),
                // What is wrong with a name says more than which word was left over.
                (Some(AskError::NotUnderstood { .. } | AskError::NoMeaning { .. }), AskError::WrongKind { .. }) => {
                    failure = Some(error);
                }
                _ => {}
            },
        }
    }
    let failure = failure.unwrap_or(AskError::Empty);
    Err(match failure {
        AskError::NotUnderstood { part, .. } => {
            AskError::NotUnderstood { near: near(snapshot, &part, &language)?, part }
        }
        other => other,
    })
}

/// The ids of entities that a question names, with the bytes of the normal form that they stand at.
fn ids(snapshot: &Snapshot, question: &str, normal: &Normal) -> Result<Vec<(Range<usize>, u32)>, AskError> {
    let mut ids = Vec::new();
    let in_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ":.+-_".contains(c);
    for (start, _) in question.match_indices(|c: char| c.is_ascii_lowercase()) {
        let preceded = question.get(..start).and_then(|before| before.chars().next_back()).is_some_and(in_id);
        let rest = question.get(start..).unwrap_or_default();
        let word = rest.split(|c| !in_id(c)).next().unwrap_or_default().trim_end_matches(['.', ':', '-', '+']);
        if preceded || !word.contains(':') {
            continue;
        }
        if let Ok(id) = EntityId::new(word)
            && let Some(number) = snapshot.entity_number(&id)?
        {
            let here = start..start + word.len();
            let mut places = normal.text().char_indices().map(|(at, c)| at..at + c.len_utf8()).filter(|place| {
                let original = normal.original_range(place.clone());
                here.start <= original.start && original.end <= here.end
            });
            if let Some(first) = places.next() {
                let end = places.next_back().map_or(first.end, |last| last.end);
                ids.push((first.start..end, number));
            }
        }
    }
    Ok(ids)
}

/// Entities whose names are like some words.
fn near(snapshot: &Snapshot, part: &str, language: &Language) -> Result<Vec<Candidate>, AskError> {
    let mut candidates = Vec::new();
    for found in names::search(snapshot.names()?, part, NEAR) {
        let entity = snapshot.heading(found.entity)?;
        candidates.push(Candidate { name: entity.name_in(language).to_owned(), id: entity.id, labels: entity.labels });
    }
    Ok(candidates)
}

/// Words that change no meaning, wherever they stand.
const HARMLESS: &[Cue] = &[Cue::Filler, Cue::Possessive, Cue::Be, Cue::Agent, Cue::Recipient, Cue::ObjectMarker];

/// A meaning that a frame proposes, with what it accounts for.
#[derive(Debug)]
struct Draft {
    meaning: Meaning,
    /// Positions of names, roles, dates and rounds that are part of the meaning.
    used: Vec<usize>,
    /// Cues that may stand in the question.
    cues: Vec<Cue>,
}

/// A reading with what is needed to make sense of it.
struct Context<'a> {
    snapshot: &'a Snapshot,
    question: &'a str,
    normal: &'a Normal,
    reading: &'a Reading,
    /// Entities that were looked at, by number.
    entities: &'a RefCell<HashMap<u32, Rc<Entity>>>,
}

impl Context<'_> {
    /// The meaning by the first frame that accounts for every word.
    fn frame(&self) -> Result<Meaning, AskError> {
        if let Some(unknown) = self.reading.tokens.iter().find(|token| token.kind == Kind::Unknown) {
            return Err(AskError::NotUnderstood { part: self.text(unknown), near: Vec::new() });
        }
        let mut failure = None;
        for frame in frames::FRAMES {
            match frame(self) {
                Ok(None) => {}
                Ok(Some(draft)) => match self.left_over(&draft) {
                    None => return Ok(draft.meaning),
                    Some(token) => {
                        let part = self.text(token);
                        failure.get_or_insert(AskError::NotUnderstood { part, near: Vec::new() });
                    }
                },
                Err(error @ (AskError::Ambiguous { .. } | AskError::Store(_))) => return Err(error),
                Err(error) => {
                    if !matches!(failure, Some(AskError::WrongKind { .. })) {
                        failure = Some(error);
                    }
                }
            }
        }
        Err(failure.unwrap_or_else(|| AskError::NoMeaning { about: self.about() }))
    }

    /// The first token that a draft does not account for.
    fn left_over(&self, draft: &Draft) -> Option<&Token> {
        self.reading.tokens.iter().enumerate().find_map(|(position, token)| {
            let accounted = match &token.kind {
                Kind::Cues(_) => token.has_any(HARMLESS) || token.has_any(&draft.cues),
                _ => draft.used.contains(&position),
            };
            (!accounted).then_some(token)
        })
    }

    /// The names in the question, for messages.
    fn about(&self) -> Option<String> {
        let entities = self.reading.entities();
        let names: Vec<String> =
            entities.iter().filter_map(|&at| self.reading.get(at)).map(|token| self.text(token)).collect();
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// The words of the question that a token stands for.
    fn text(&self, token: &Token) -> String {
        self.question.get(self.normal.original_range(token.range.clone())).unwrap_or_default().to_owned()
    }

    /// The language of the question's own words, names left out.
    fn language(&self) -> Language {
        let words: String = self
            .reading
            .tokens
            .iter()
            .filter(|token| !matches!(token.kind, Kind::Entity(_)))
            .map(|token| self.text(token) + " ")
            .collect();
        let chinese = |c: char| matches!(c, '\u{3400}'..='\u{9fff}');
        if words.chars().any(chinese) {
            // One Traditional character anywhere tells the script, also in a name.
            let all: String = self.question.chars().filter(|&c| chinese(c)).collect();
            return names::script_of(&all);
        }
        if words.chars().any(char::is_alphabetic) { Language::English } else { names::script_of(self.question) }
    }

    /// The normal form of what a token stands for.
    fn normal_text(&self, token: &Token) -> &str {
        self.normal.text().get(token.range.clone()).unwrap_or_default()
    }

    fn entity(&self, number: u32) -> Result<Rc<Entity>, AskError> {
        if let Some(entity) = self.entities.borrow().get(&number) {
            return Ok(Rc::clone(entity));
        }
        let entity = Rc::new(self.snapshot.heading(number)?);
        self.entities.borrow_mut().insert(number, Rc::clone(&entity));
        Ok(entity)
    }

    /// Whether some entity of the name at a position carries one of `labels`; every label fits an empty list.
    fn may_be(&self, position: usize, labels: &[&str]) -> Result<bool, AskError> {
        let Some(Token { kind: Kind::Entity(numbers), .. }) = self.reading.get(position) else { return Ok(false) };
        for &number in numbers {
            let entity = self.entity(number)?;
            if labels.is_empty() || labels.iter().any(|label| entity.has_label(label)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The one entity that the name at a position stands for, given the labels it must have one of.
    fn resolve(&self, position: usize, labels: &[&str]) -> Result<Mention, AskError> {
        let Some(token @ Token { kind: Kind::Entity(numbers), .. }) = self.reading.get(position) else {
            return Err(AskError::NoMeaning { about: self.about() });
        };
        let entities =
            numbers.iter().map(|&number| Ok((number, self.entity(number)?))).collect::<Result<Vec<_>, AskError>>()?;
        let fitting: Vec<_> = entities
            .iter()
            .filter(|(_, entity)| labels.is_empty() || labels.iter().any(|label| entity.has_label(label)))
            .collect();
        let candidates = |of: &mut dyn Iterator<Item = &Rc<Entity>>| -> Vec<Candidate> {
            let language = self.language();
            of.map(|entity| Candidate {
                id: entity.id.clone(),
                name: entity.name_in(&language).to_owned(),
                labels: entity.labels.clone(),
            })
            .collect()
        };
        match *fitting.as_slice() {
            [(number, entity)] => Ok(Mention { text: self.text(token), number: *number, id: entity.id.clone() }),
            [] => Err(AskError::WrongKind {
                text: self.text(token),
                found: entities.iter().map(|(_, entity)| entity.labels.join("/")).collect::<Vec<_>>().join(", "),
                expected: labels.join(", "),
                candidates: candidates(&mut entities.iter().map(|(_, entity)| entity)),
            }),
            _ => Err(AskError::Ambiguous {
                text: self.text(token),
                candidates: candidates(&mut fitting.iter().map(|(_, entity)| entity)),
            }),
        }
    }

    /// Whether a fact of one of the predicates stands between two entities, whichever way.
    fn connected(&self, one: &Mention, other: &Mention, predicates: &[&str]) -> Result<bool, AskError> {
        let numbers: Vec<u32> = predicates.iter().filter_map(|name| self.snapshot.word_number(name)).collect();
        let adjacency = self.snapshot.adjacency(one.number)?;
        let mut edges = adjacency.outgoing.iter().chain(&adjacency.incoming);
        Ok(edges.any(|edge| edge.neighbour == other.number && numbers.contains(&edge.predicate)))
    }

    /// Whether a model was benchmarked against another.
    fn compared(&self, model: &Mention, rival: &Mention) -> Result<bool, AskError> {
        let Some(predicate) = self.snapshot.word_number("BENCHMARKED_AGAINST") else { return Ok(false) };
        let edges = self.snapshot.adjacency(model.number)?.outgoing;
        Ok(edges.iter().any(|edge| edge.predicate == predicate && edge.neighbour == rival.number))
    }

    fn resolve_all(&self, positions: &[usize], labels: &[&str]) -> Result<Vec<Mention>, AskError> {
        positions.iter().map(|&position| self.resolve(position, labels)).collect()
    }
}
