//! The reader: what frames share while a document is read, sentence by sentence.

use std::ops::Range;

use crate::model::{Modality, PartialDate, Properties, Value};
use crate::text::{Text, is_latin};

use super::Kind;
use super::cue::{Cue, Cues};
use super::parts::{Parts, What};
use super::roster::{Hint, Roster};
use super::rounds::Rounds;
use super::value::date::When;

/// Who and what the text is about at the moment.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Focus {
    /// The company that "the company" means.
    pub(super) company: Option<usize>,
    /// The model that was named last with its maker.
    pub(super) model: Option<usize>,
    /// The person that was named last with a role.
    pub(super) person: Option<usize>,
}

/// A fact before its entities have numbers.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) subject: usize,
    pub(super) predicate: &'static str,
    pub(super) object: Option<usize>,
    pub(super) properties: Properties,
    pub(super) round: Option<usize>,
    pub(super) modality: Modality,
    pub(super) asserted_by: Option<usize>,
    /// Where it stands in the text.
    pub(super) range: Range<usize>,
    pub(super) rule: &'static str,
    pub(super) confidence: f32,
}

/// What is being read, and what was found so far.
pub(super) struct Reader<'r, 'd> {
    pub(super) text: &'r Text<'d>,
    pub(super) roster: &'r mut Roster,
    /// The sentence that is being read.
    pub(super) parts: Parts,
    pub(super) focus: Focus,
    pub(super) rounds: Rounds,
    pub(super) drafts: Vec<Draft>,
    /// The rules that fired in this sentence, with what they made.
    pub(super) fired: Vec<(&'static str, Range<usize>)>,
    /// Relations without a participant.
    pub(super) gaps: Vec<Range<usize>>,
}

/// Marks that end a clause.
pub(super) fn ends_clause(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '。' | '!' | '?' | '—' | '|')
}

/// Marks that end a part of a sentence which speaks of one company.
pub(super) fn ends_segment(c: char) -> bool {
    matches!(c, ';' | '。' | '!' | '?' | '|')
}

impl Reader<'_, '_> {
    /// Whether the part at a place is in Latin letters.
    pub(super) fn is_english(&self, at: usize) -> bool {
        is_latin(self.text.at(self.parts.start(at)))
    }

    /// The places of the clause around a place.
    pub(super) fn clause(&self, at: usize) -> Range<usize> {
        self.stretch(at, ends_clause)
    }

    /// The places between two semicolons around a place.
    pub(super) fn segment(&self, at: usize) -> Range<usize> {
        self.stretch(at, ends_segment)
    }

    fn stretch(&self, at: usize, ends: fn(char) -> bool) -> Range<usize> {
        let is_end = |place: usize| self.parts.mark(place).is_some_and(ends);
        let start = (0..at).rev().find(|place| is_end(*place)).map_or(0, |place| place + 1);
        let end = (at..self.parts.len()).find(|place| is_end(*place)).unwrap_or(self.parts.len());
        start..end.max(start)
    }

    /// The first place of a range whose part has a cue.
    pub(super) fn find(&self, range: Range<usize>, cue: Cue) -> Option<usize> {
        range.into_iter().find(|place| self.parts.has(*place, cue))
    }

    /// The first place of a range whose part has one of several cues.
    pub(super) fn find_any(&self, range: Range<usize>, cues: Cues) -> Option<usize> {
        range.into_iter().find(|place| self.parts.meets(*place, cues))
    }

    /// Whether the part at a place is one of these words.
    pub(super) fn is_word(&self, at: usize, words: &[&str]) -> bool {
        self.parts.get(at).is_some_and(|part| {
            words
                .iter()
                .any(|word| self.text.goes_on_with(part.start, word) && part.start + word.chars().count() == part.end)
        })
    }

    /// The place behind the bracket or quotation that opens at a place; the next place when it does not close.
    pub(super) fn behind_bracket(&self, at: usize) -> usize {
        let close = match self.parts.mark(at) {
            Some('(') => ')',
            Some('[') => ']',
            Some('“') => '”',
            Some('《') => '》',
            Some('"') => '"',
            _ => return at + 1,
        };
        (at + 1..self.parts.len().min(at + 40))
            .find(|place| self.parts.mark(*place) == Some(close))
            .map_or(at + 1, |place| place + 1)
    }

    /// The place of the bracket that closes at a place, going back; the place itself when it was not opened.
    pub(super) fn before_bracket(&self, at: usize) -> usize {
        let open = match self.parts.mark(at) {
            Some(')') => '(',
            Some(']') => '[',
            Some('”') => '“',
            Some('》') => '《',
            Some('"') => '"',
            _ => return at,
        };
        (at.saturating_sub(40)..at).rev().find(|place| self.parts.mark(*place) == Some(open)).unwrap_or(at)
    }

    /// Whether somebody said this, and how.
    pub(super) fn modality(&self, at: usize) -> Modality {
        let clause = self.clause(at);
        let segment = self.segment(at);
        let sentence = 0..self.parts.len();
        if self.find(sentence.clone(), Cue::Denied).is_some() {
            return Modality::Denied;
        }
        let near = if self.is_english(at) { 10 } else { 14 };
        let ahead = clause.start.max(at.saturating_sub(near))..at;
        let planned = ahead.clone().rev().any(|place| self.parts.has(place, Cue::Planned) && !self.is_spent(place, at));
        if planned {
            return Modality::Planned;
        }
        // 正洽谈新一轮融资，估值可望达…: the plan goes on over a comma when the clause has no verb of its own.
        let reported = self.find(sentence, Cue::Reported).is_some();
        let before = segment.start..clause.start;
        if !self.is_english(at)
            && before.clone().any(|place| self.parts.has(place, Cue::Planned))
            && !before.clone().any(|place| self.parts.has(place, Cue::Raise))
            && reported
        {
            return Modality::Planned;
        }
        if reported { Modality::Reported } else { Modality::Asserted }
    }

    /// Whether a word of planning belongs to something else: to what an amount is for, or to a noun.
    fn is_spent(&self, planned: usize, at: usize) -> bool {
        (planned + 1..at).any(|place| self.parts.has(place, Cue::Announce) || self.parts.mark(place) == Some(')'))
            || self.parts.has(planned, Cue::Announce)
    }

    /// Whether the part at a place is negated: 尚未完成, has not raised.
    pub(super) fn is_negated(&self, at: usize) -> bool {
        let clause = self.clause(at);
        (clause.start.max(at.saturating_sub(3))..at).any(|place| self.parts.has(place, Cue::Not))
    }

    /// The date that belongs to what is said at a place: the nearest of its segment, else that of what introduces it.
    pub(super) fn date_near(&self, at: usize) -> Option<PartialDate> {
        let segment = self.segment(at);
        // What a colon introduces has its own dates.
        let nearest = segment.clone().filter(|place| self.is_date_of_event(*place)).min_by_key(|place| {
            let distance = place.abs_diff(at);
            let other_clause = self.clause(*place) != self.clause(at);
            let weak = matches!(self.parts.date(*place).map(|date| date.when), Some(When::Recent));
            (
                usize::from(other_clause && *place > at && !self.is_english(at)),
                distance + usize::from(weak) + 8 * usize::from(other_clause && *place > at),
            )
        });
        if let Some(found) = nearest {
            return self.parts.date(found).and_then(|date| date.date);
        }
        let colon = (0..segment.start).find(|place| self.parts.mark(*place) == Some(':'))?;
        let head = (0..colon).rev().find(|place| self.is_date_of_event(*place))?;
        self.parts.date(head).and_then(|date| date.date)
    }

    /// Whether a date may be that of an event: not that of a founding, and not inside a description.
    fn is_date_of_event(&self, place: usize) -> bool {
        if self.parts.date(place).is_none() {
            return false;
        }
        let founding = place.checked_sub(1).is_some_and(|before| {
            self.parts.has(before, Cue::FoundedAt)
                || (self.parts.meets(before, Cues::any(&[Cue::Particle, Cue::ScopeOpen]))
                    && before
                        .checked_sub(1)
                        .is_some_and(|verb| self.parts.meets(verb, Cues::any(&[Cue::Found, Cue::FoundedAt]))))
                || self.is_word(before, &["至", "截至", "到", "until", "by"])
        });
        let founding = founding
            || (place.saturating_sub(3)..place).any(|before| {
                self.parts.meets(before, Cues::any(&[Cue::Found, Cue::FoundedAt, Cue::FoundedBy]))
                    && self.parts.name(before).is_none()
                    && self.clause(before) == self.clause(place)
            })
            || self.is_english(place)
                && (place.saturating_sub(3)..place).any(|before| self.is_word(before, &["found"]));
        let founded = self.parts.meets(place + 1, Cues::any(&[Cue::Found, Cue::FoundedBy, Cue::FoundedAt]))
            || self.is_word(place + 1, &["以来", "起"]);
        !founding && !founded
    }

    /// The organisation of a name, if it may be one that raises money.
    pub(super) fn company(&self, place: usize) -> Option<usize> {
        let entry = self.parts.name(place)?;
        (self.roster.may_be_organisation(entry) && !self.parts.has(place, Cue::Medium)).then_some(entry)
    }

    /// Notes that a rule made something of a stretch of the text.
    pub(super) fn fire(&mut self, rule: &'static str, range: Range<usize>) {
        self.fired.push((rule, range));
    }

    /// Adds a fact.
    pub(super) fn draft(&mut self, draft: Draft) {
        if draft.object == Some(draft.subject) {
            return;
        }
        self.fire(draft.rule, draft.range.clone());
        self.drafts.push(draft);
    }

    /// The range of the text from the part at one place to the part before another.
    pub(super) fn range(&self, from: usize, to: usize) -> Range<usize> {
        let start = self.parts.start(from);
        let mut end = self.parts.end_before(to).max(start);
        while end > start && matches!(self.text.at(end - 1), ',' | '。' | ';' | ':' | '.' | ' ' | '!' | '?') {
            end -= 1;
        }
        start..end
    }

    /// Enters a new name at a range of the text.
    pub(super) fn enter(&mut self, range: Range<usize>, hint: Hint, kind: Kind) -> Option<usize> {
        let surface = self.text.quote(range.clone());
        let folded = self.text.folded(range);
        let entry = self.roster.enter(surface, &folded)?;
        self.roster.hint(entry, hint, kind);
        Some(entry)
    }

    /// The words of a range as a property.
    pub(super) fn words(&self, range: Range<usize>) -> Value {
        let words: Vec<&str> = self.text.quote(range).split_whitespace().collect();
        Value::Text(words.join(" "))
    }

    /// Whether the part at a place is a character or a word that may belong to a name that nobody knows.
    pub(super) fn is_loose(&self, place: usize) -> bool {
        self.parts.get(place).is_some_and(|part| match part.what {
            What::Han => true,
            What::Word => self.text.raw(part.start).is_uppercase() || self.text.at(part.start).is_ascii_digit(),
            _ => false,
        })
    }
}
