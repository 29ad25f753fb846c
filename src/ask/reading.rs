//! A question as a row of tokens: names of entities, cues, dates, rounds, roles, and what is none of these.
//!
//! Names come first: what the name index finds, leftmost and longest, is taken as a mention, and cues are looked for
//! between mentions. A name can also be a word of a question (Benchmark is an investor) or begin with a shorter name
//! (腾讯投资 is 腾讯, and 投资 a verb), so a question has several readings. They are tried in order, those that
//! deviate least from the first one first.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::ops::Range;
use std::rc::Rc;

use super::cue::{Cue, phrases_at};
use super::question::{Period, Role};
use super::roles;
use super::time;
use crate::names::{Names, Normal};

/// No more readings of one question are tried.
const READINGS: usize = 96;

/// What a stretch of a question is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// A name: the numbers of the entities that bear it.
    Entity(Vec<u32>),
    /// A phrase of the lexicon.
    Cues(&'static [Cue]),
    /// The name of a role.
    Role(Role),
    /// A date or period.
    Period(Period),
    /// The name of a round, in normal form without "series" and "轮".
    Round(String),
    /// Nothing that is known.
    Unknown,
}

/// A stretch of a question and what it is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    /// Bytes of the normal form.
    pub(crate) range: Range<usize>,
}

/// A question as tokens.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    pub(crate) tokens: Vec<Token>,
}

impl Reading {
    /// The positions of the mentions of entities.
    pub(crate) fn entities(&self) -> Vec<usize> {
        self.positions(|token| matches!(token.kind, Kind::Entity(_)))
    }

    /// The positions of tokens that carry `cue`.
    pub(crate) fn all(&self, cue: Cue) -> Vec<usize> {
        self.positions(|token| token.has(cue))
    }

    /// The position of the first token that carries `cue`.
    pub(crate) fn find(&self, cue: Cue) -> Option<usize> {
        self.tokens.iter().position(|token| token.has(cue))
    }

    /// Whether any token carries one of `cues`.
    pub(crate) fn any(&self, cues: &[Cue]) -> bool {
        cues.iter().any(|&cue| self.find(cue).is_some())
    }

    pub(crate) fn get(&self, position: usize) -> Option<&Token> {
        self.tokens.get(position)
    }

    fn positions(&self, wanted: impl Fn(&Token) -> bool) -> Vec<usize> {
        self.tokens.iter().enumerate().filter(|(_, token)| wanted(token)).map(|(position, _)| position).collect()
    }
}

impl Token {
    /// Whether the token carries `cue`.
    pub(crate) fn has(&self, cue: Cue) -> bool {
        matches!(&self.kind, Kind::Cues(cues) if cues.contains(&cue))
    }

    /// Whether the token carries one of `cues`.
    pub(crate) fn has_any(&self, cues: &[Cue]) -> bool {
        cues.iter().any(|&cue| self.has(cue))
    }
}

/// A name at a place: where it ends and whose it is. `None` stands for "no name here".
type Name = Option<(usize, Vec<u32>)>;

/// Which of the names at a place is taken: 0 the longest, then shorter ones, at last none.
type Choices = BTreeMap<usize, usize>;

/// Finds the readings of a question.
pub(crate) struct Reader<'a> {
    pub(crate) question: &'a str,
    pub(crate) normal: &'a Normal,
    pub(crate) names: &'a Names,
    /// Ids of entities in the question, by the bytes of the normal form.
    pub(crate) ids: Vec<(Range<usize>, u32)>,
    /// What was found at each place: every reading looks at the same places.
    pub(crate) found: RefCell<HashMap<usize, Rc<[Name]>>>,
}

impl Reader<'_> {
    /// The readings of the question, most natural first; at most a bounded number.
    pub(crate) fn readings(&self) -> Vec<Reading> {
        let mut queue = VecDeque::from([Choices::new()]);
        let mut seen: HashSet<Choices> = HashSet::new();
        let mut readings = Vec::new();
        while let Some(choices) = queue.pop_front() {
            if readings.len() >= READINGS {
                break;
            }
            let (reading, alternatives) = self.read(&choices);
            readings.push(reading);
            for (place, count) in alternatives {
                let taken = choices.get(&place).copied().unwrap_or(0);
                if taken + 1 < count {
                    let mut next = choices.clone();
                    next.insert(place, taken + 1);
                    if seen.insert(next.clone()) {
                        queue.push_back(next);
                    }
                }
            }
        }
        readings
    }

    /// One reading, and how many choices there were at each place where a name stands.
    fn read(&self, choices: &Choices) -> (Reading, Vec<(usize, usize)>) {
        let text = self.normal.text();
        let mut tokens = Vec::new();
        let mut alternatives = Vec::new();
        let (mut at, mut gap) = (0, 0);
        while at < text.len() {
            let options = self.options(at);
            if !options.is_empty() {
                alternatives.push((at, options.len()));
            }
            let choice = options.get(choices.get(&at).copied().unwrap_or(0)).cloned().flatten();
            if let Some((end, numbers)) = choice {
                self.fill(gap..at, &mut tokens);
                if self.listed(tokens.last(), at) {
                    tokens.push(Token { kind: Kind::Cues(&[Cue::With]), range: at..at });
                }
                tokens.push(Token { kind: Kind::Entity(numbers), range: at..end });
                at = end;
                gap = end;
            } else {
                at += text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            }
        }
        self.fill(gap..text.len(), &mut tokens);
        (Reading { tokens }, alternatives)
    }

    /// Whether a name at `at` follows another one after nothing but a sign of a list, as in `A、B`.
    fn listed(&self, before: Option<&Token>, at: usize) -> bool {
        let Some(Token { kind: Kind::Entity(_), range }) = before else { return false };
        let end = self.normal.original_range(range.clone()).end;
        let start = self.normal.original_range(at..at + 1).start;
        range.end == at
            && self
                .question
                .get(end..start)
                .is_some_and(|between| between.contains(['、', ',', '，', '&', '＆', '+', '/']))
    }

    /// The names at a place, in the order in which they are tried; `None` stands for "no name here".
    fn options(&self, at: usize) -> Rc<[Name]> {
        if let Some(found) = self.found.borrow().get(&at) {
            return Rc::clone(found);
        }
        let found: Rc<[Name]> = self.look_up(at).into();
        self.found.borrow_mut().insert(at, Rc::clone(&found));
        found
    }

    fn look_up(&self, at: usize) -> Vec<Name> {
        if let Some((range, number)) = self.ids.iter().find(|(range, _)| range.start == at) {
            // Whoever writes an id means it.
            return vec![Some((range.end, vec![*number]))];
        }
        let text = self.normal.text();
        let mut options: Vec<Name> = self
            .names
            .matches_at(self.normal, at)
            .into_iter()
            .map(|found| {
                let mut numbers: Vec<u32> = found.postings.iter().map(|posting| posting.entity).collect();
                numbers.sort_unstable();
                numbers.dedup();
                Some((found.end, numbers))
            })
            .collect();
        let Some(Some((longest, _))) = options.first() else { return Vec::new() };
        let rest = text.get(at..).unwrap_or_default();
        let also_a_word = self.words(rest, at).first().is_some_and(|(length, _)| at + length >= *longest);
        if also_a_word {
            options.insert(0, None);
        } else {
            options.push(None);
        }
        options
    }

    /// Fills a stretch between names with cues, dates, rounds, roles and unknown words.
    fn fill(&self, gap: Range<usize>, tokens: &mut Vec<Token>) {
        let text = self.normal.text();
        let mut at = gap.start;
        while at < gap.end {
            let rest = text.get(at..gap.end).unwrap_or_default();
            let words = self.words(rest, at);
            // 的人工智能: the longest word is 的人, but then nothing known follows.
            let goes_on = |length: &usize| {
                let rest = rest.get(*length..).unwrap_or_default();
                rest.is_empty() || !self.words(rest, at + length).is_empty()
            };
            let word = words.iter().find(|(length, _)| goes_on(length)).or_else(|| words.first());
            if let Some((length, kind)) = word.cloned() {
                tokens.push(Token { kind, range: at..at + length });
                at += length;
                continue;
            }
            let next = self.next_boundary(at).min(gap.end);
            match tokens.last_mut() {
                Some(token) if token.kind == Kind::Unknown && token.range.end == at => token.range.end = next,
                _ => tokens.push(Token { kind: Kind::Unknown, range: at..next }),
            }
            at = next;
        }
    }

    /// The known words that `rest`, which stands at `at`, begins with, longest first.
    fn words(&self, rest: &str, at: usize) -> Vec<(usize, Kind)> {
        if !self.normal.is_boundary(at) {
            return Vec::new();
        }
        let original = |offset: usize| {
            let range = self.normal.original_range(at + offset..at + offset + 1);
            self.question.get(range.start..).unwrap_or_default()
        };
        let cues = phrases_at(rest).map(|(length, cues)| (length, Kind::Cues(cues)));
        let role = roles::at(rest).map(|(length, role)| (length, Kind::Role(role)));
        let period = time::period_at(rest).map(|(length, period)| (length, Kind::Period(period)));
        let round = time::round_at(rest, original).map(|(length, round)| (length, Kind::Round(round)));
        let mut words: Vec<(usize, Kind)> = round.into_iter().chain(period).chain(role).chain(cues).collect();
        words.retain(|(length, _)| self.normal.is_boundary(at + length));
        // Of equally long words the more particular one, which stands first here, wins.
        words.sort_by_key(|(length, _)| std::cmp::Reverse(*length));
        words
    }

    fn next_boundary(&self, at: usize) -> usize {
        let text = self.normal.text();
        let mut next = at;
        loop {
            next += text.get(next..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            if next >= text.len() || self.normal.is_boundary(next) {
                return next.min(text.len());
            }
        }
    }
}
