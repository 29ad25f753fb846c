//! Sentences as parts: names, amounts, dates, rounds, cues, and the characters between them.

use std::ops::Range;

use crate::model::PartialDate;
use crate::names::is_han;
use crate::text::{Sentence, Text, is_latin};

use super::Kind;
use super::cue::{Cue, Cues};
use super::latin;
use super::lexicon::LEXICON;
use super::mentions::KnownPlaces;
use super::roster::{Hint, Roster};
use super::value::round::{Round, round_at};
use super::value::{Amount, Clock, amount::amount_at, date::When, date::date_at, number};

/// What a part of a sentence is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum What {
    /// A name, by its entry in the roster.
    Name(usize),
    /// An amount, by its place in [`Parts::amounts`].
    Money(usize),
    /// A date, by its place in [`Parts::dates`].
    Date(usize),
    /// A round, by its place in [`Parts::rounds`].
    Round(usize),
    /// A number, with whether a percent sign follows.
    Number(f64, bool),
    /// A Latin word that is no name.
    Word,
    /// A phrase of the lexicon.
    Cue,
    /// A Chinese character that is part of none of these.
    Han,
    /// Punctuation.
    Mark(char),
}

/// A part of a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) what: What,
    pub(super) cues: Cues,
}

/// A date of a sentence, resolved where that is possible.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dated {
    pub(super) date: Option<PartialDate>,
    pub(super) when: When,
}

/// A sentence in parts.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) range: Range<usize>,
    pub(super) list: Vec<Part>,
    pub(super) amounts: Vec<Amount>,
    pub(super) dates: Vec<Dated>,
    pub(super) rounds: Vec<Round>,
    /// Every cue of the sentence.
    pub(super) cues: Cues,
}

/// Everything that is needed to take sentences apart.
pub(super) struct Splitter<'s, 'd> {
    pub(super) text: &'s Text<'d>,
    pub(super) known: &'s KnownPlaces,
    pub(super) clock: Clock,
    /// The currency of an amount in plain 元.
    pub(super) yuan: Option<crate::model::Currency>,
}

impl Splitter<'_, '_> {
    /// Takes a sentence apart. Linear, but for the length of names and phrases.
    pub(super) fn split(&self, sentence: &Sentence, roster: &mut Roster) -> Parts {
        let mut parts = Parts { range: sentence.range.clone(), ..Parts::default() };
        let end = sentence.range.end;
        let mut at = sentence.range.start;
        let mut year = None;
        while at < end {
            let c = self.text.at(at);
            if c == ' ' {
                at += 1;
                continue;
            }
            let first = parts
                .list
                .last()
                .is_none_or(|part| matches!(part.what, What::Mark('“' | '"' | ':' | '(')) || parts.list.is_empty());
            let part = self.part_at(at, end, first, &mut parts, roster, &mut year);
            parts.cues = parts.cues | part.cues;
            at = part.end.max(at + 1);
            parts.list.push(part);
        }
        self.infer_currencies(&mut parts);
        drop_dateline(&mut parts);
        parts
    }

    fn part_at(
        &self,
        at: usize,
        end: usize,
        first: bool,
        parts: &mut Parts,
        roster: &mut Roster,
        year: &mut Option<u16>,
    ) -> Part {
        let text = self.text;
        let c = text.at(at);
        let part = |end: usize, what: What, cues: Cues| Part { start: at, end, what, cues };
        if !text.is_boundary(at) && !(at >= 3 && text.goes_on_with(at - 3, "ex-")) {
            return part(at + 1, What::Word, Cues::NONE);
        }
        // ex-Google is two words.
        if text.goes_on_with(at, "ex-") && text.raw(at + 3).is_uppercase() {
            return part(at + 3, What::Cue, Cues::of(Cue::Former));
        }
        if c == '-' && text.at(at + 1) == '-' {
            return part(at + 2, What::Mark('—'), Cues::NONE);
        }
        let phrase = LEXICON.longest_at(text, at, end);
        let cue_end = phrase.map_or(at, |(length, _)| at + length);
        // A name, when it is longer than any word of the lexicon.
        let named = self.name_at(at, end, first, cue_end, phrase.map_or(Cues::NONE, |(_, cues)| cues), roster);
        let round = round_at(text, at).filter(|round| round.range.end <= end);
        if let Some(round) = round
            && named.is_none_or(|(_, past)| past <= round.range.end)
        {
            let end = round.range.end;
            parts.rounds.push(round);
            return part(
                end,
                What::Round(parts.rounds.len() - 1),
                phrase.filter(|_| cue_end >= end).map_or(Cues::NONE, |(_, cues)| cues),
            );
        }
        if (is_value_start(c) || is_latin(c))
            && let Some(found) = date_at(text, at).filter(|date| date.range.end <= end && date.range.end >= cue_end)
            && named.is_none_or(|(_, past)| past < found.range.end)
        {
            if let When::Absolute(stated, ..) = found.when {
                *year = Some(stated);
            }
            let date = self.clock.resolve(found.when, *year);
            parts.dates.push(Dated { date, when: found.when });
            return part(found.range.end, What::Date(parts.dates.len() - 1), Cues::NONE);
        }
        if let Some(amount) = amount_at(text, at).filter(|amount| amount.range.end <= end)
            && named.is_none_or(|(_, past)| past < amount.range.end)
        {
            let end = amount.range.end;
            parts.amounts.push(amount);
            return part(end, What::Money(parts.amounts.len() - 1), Cues::NONE);
        }
        if let Some((entry, past)) = named {
            let cues = LEXICON.cues(&text.folded(at..past));
            return part(past, What::Name(entry), cues);
        }
        if let Some((value, past)) = number::digits_at(text, at) {
            let percent = text.at(past) == '%' || text.goes_on_with(past, " percent");
            // 40-person: a word.
            if !is_latin(text.at(past)) {
                return part(past + usize::from(text.at(past) == '%'), What::Number(value, percent), Cues::NONE);
            }
        }
        if let Some((length, cues)) = phrase {
            // 方 and 明 are family names, and characters of other names.
            let what = if length == 1 && is_han(c) && cues.within(LOOSE) { What::Han } else { What::Cue };
            return part(at + length, what, cues);
        }
        if is_latin(c) {
            return part(latin::word_end(text, at, end), What::Word, Cues::NONE);
        }
        if is_han(c) {
            return part(at + 1, What::Han, Cues::NONE);
        }
        part(at + 1, What::Mark(c), Cues::NONE)
    }

    /// The name that begins at a position and is longer than the phrase there, with its end.
    fn name_at(
        &self,
        at: usize,
        end: usize,
        first: bool,
        cue_end: usize,
        cues: Cues,
        roster: &mut Roster,
    ) -> Option<(usize, usize)> {
        let text = self.text;
        let c = text.at(at);
        if c.is_ascii_punctuation() || matches!(c, '。' | '、' | '“' | '”' | '《' | '》' | '—') {
            return None;
        }
        let written = if is_han(c) || is_latin(c) {
            roster.written_at(|step| if at + step < end { text.at(at + step) } else { '\0' })
        } else {
            None
        };
        let written = written.filter(|(length, _)| text.is_boundary(at + length));
        let known = self.known.at(at).filter(|known| known.end <= end);
        let family = is_han(c) && cues.meets(Cues::any(&[Cue::ModelFamily, Cue::BenchmarkName]));
        let protected = (cues.has(Cue::Protected) || family).then_some(cue_end);
        let latin = if is_latin(c) && !text.raw(at).is_lowercase() || c.is_ascii_alphanumeric() {
            latin::name_at(text, at, end, first)
        } else {
            None
        };
        let longest = [
            written.map(|(length, _)| at + length),
            known.map(|known| known.end),
            protected,
            latin.as_ref().map(|range| range.end),
        ]
        .into_iter()
        .flatten()
        .max()?;
        // A known name that is also a common word stands for the word; a longer phrase of the lexicon wins.
        if longest < cue_end
            || (longest == cue_end
                && !cues.is_empty()
                && known.is_none()
                && written.is_none()
                && protected.is_none()
                && !cues.meets(NAMES))
        {
            return None;
        }
        if longest == cue_end
            && cues.meets(WORDS)
            && !cues.meets(NAMES)
            && !(first && is_latin(c))
            && protected.is_none()
            && !text.raw(at).is_uppercase()
        {
            return None;
        }
        let mut range = at..longest;
        // "Anthropic Claude 3": a known organisation and a model behind it are two names.
        if let (Some(known), Some(latin)) = (known, &latin)
            && known.end < latin.end
            && text.at(known.end) == ' '
            && known.entities.first().is_some_and(|(_, kind)| kind.is_organisation())
            && (latin::is_model(&text.folded(known.end + 1..latin.end))
                || self.known.at(known.end + 1).is_some_and(|next| next.end == latin.end))
        {
            range.end = known.end;
        }
        if text.at(range.start).is_ascii_digit()
            && known.is_none()
            && written.is_none()
            && !range.clone().any(|place| text.at(place).is_alphabetic())
        {
            return None;
        }
        let surface = text.quote(range.clone());
        let folded = text.folded(range.clone());
        let entry = match known.filter(|known| known.end == range.end) {
            Some(known) => roster.enter_known(surface, &folded, &known.entities)?,
            None => roster.enter(surface, &folded)?,
        };
        let entry = roster.root(entry);
        self.hint(entry, &folded, roster);
        Some((entry, range.end))
    }

    /// What the form of a name says.
    fn hint(&self, entry: usize, folded: &str, roster: &mut Roster) {
        let cues = LEXICON.cues(folded);
        if cues.has(Cue::BenchmarkName) {
            roster.hint(entry, Hint::Stated, Kind::Benchmark);
        } else if cues.has(Cue::ModelFamily) || latin::is_model(folded) {
            roster.hint(entry, Hint::Shape, Kind::Model);
        } else if cues.has(Cue::Medium) {
            roster.hint(entry, Hint::Part, Kind::Company);
        }
    }

    /// Amounts without a currency take that of the amount before them, else that of the document.
    fn infer_currencies(&self, parts: &mut Parts) {
        let mut last = None;
        for amount in &mut parts.amounts {
            if amount.bare_yuan {
                amount.currency = self.yuan;
            } else if amount.currency.is_none() {
                amount.currency = last.or(self.yuan);
            }
            last = amount.currency.or(last);
        }
    }
}

/// Makes the names of a dateline plain words: BERLIN, Feb. 4, 2025 /PressPoint/ -- …
fn drop_dateline(parts: &mut Parts) {
    let dated = |list: &[Part]| list.iter().any(|part| matches!(part.what, What::Date(_)));
    let end = parts.list.iter().take(16).position(|part| matches!(part.what, What::Mark('—' | '-')));
    if let Some(end) = end
        && let Some(head) = parts.list.get_mut(..end)
        && dated(head)
        && !head.iter().any(|part| part.cues.meets(Cues::any(&[Cue::Raise, Cue::Announce])))
    {
        for part in head.iter_mut().filter(|part| matches!(part.what, What::Name(_))) {
            part.what = What::Word;
        }
    }
}

/// Cues of single characters that may stand inside any name.
const LOOSE: Cues = Cues::any(&[Cue::Surname, Cue::AfterPerson]);

/// Cues of phrases that are names.
const NAMES: Cues = Cues::any(&[Cue::ModelFamily, Cue::BenchmarkName, Cue::Protected, Cue::Medium]);

/// Cues of phrases that are rarely names, even when the database has such a name.
const WORDS: Cues = Cues::any(&[
    Cue::Particle,
    Cue::LatinNoise,
    Cue::Raise,
    Cue::Finance,
    Cue::Title,
    Cue::Founder,
    Cue::Generic,
    Cue::Claim,
    Cue::Include,
    Cue::Its,
    Cue::Found,
    Cue::Release,
    Cue::ModelNoun,
    Cue::Place,
]);

fn is_value_start(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(
            c,
            '今' | '去'
                | '前'
                | '明'
                | '本'
                | '同'
                | '年'
                | '近'
                | '日'
                | '最'
                | '不'
                | '这'
                | '昨'
                | '上'
                | '新'
                | '周'
                | '星'
                | '礼'
                | '一'
                | '二'
                | '三'
                | '四'
                | '五'
                | '六'
                | '七'
                | '八'
                | '九'
                | '十'
                | '两'
        )
}

impl Parts {
    pub(super) fn get(&self, at: usize) -> Option<&Part> {
        self.list.get(at)
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether the part at a place has a cue.
    pub(super) fn has(&self, at: usize, cue: Cue) -> bool {
        self.get(at).is_some_and(|part| part.cues.has(cue))
    }

    /// Whether the part at a place has one of several cues.
    pub(super) fn meets(&self, at: usize, cues: Cues) -> bool {
        self.get(at).is_some_and(|part| part.cues.meets(cues))
    }

    /// The mark at a place.
    pub(super) fn mark(&self, at: usize) -> Option<char> {
        match self.get(at)?.what {
            What::Mark(c) => Some(c),
            _ => None,
        }
    }

    /// The name at a place.
    pub(super) fn name(&self, at: usize) -> Option<usize> {
        match self.get(at)?.what {
            What::Name(entry) => Some(entry),
            _ => None,
        }
    }

    /// The amount at a place.
    pub(super) fn amount(&self, at: usize) -> Option<&Amount> {
        match self.get(at)?.what {
            What::Money(amount) => self.amounts.get(amount),
            _ => None,
        }
    }

    /// The date at a place.
    pub(super) fn date(&self, at: usize) -> Option<Dated> {
        match self.get(at)?.what {
            What::Date(date) => self.dates.get(date).copied(),
            _ => None,
        }
    }

    /// The round at a place.
    pub(super) fn round(&self, at: usize) -> Option<&Round> {
        match self.get(at)?.what {
            What::Round(round) => self.rounds.get(round),
            _ => None,
        }
    }

    /// Where the part at a place begins in the text; the end of the sentence behind the last part.
    pub(super) fn start(&self, at: usize) -> usize {
        self.get(at).map_or(self.range.end, |part| part.start)
    }

    /// Where the part in front of a place ends in the text.
    pub(super) fn end_before(&self, at: usize) -> usize {
        at.checked_sub(1).and_then(|at| self.get(at)).map_or(self.range.start, |part| part.end)
    }
}
