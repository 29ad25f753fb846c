//! The engine: reads a document twice, first for its names, then for its facts.

use crate::model::Currency;
use crate::names::script_of;
use crate::text::{Sentence, Text, sentences};

use super::cue::{Cue, Cues};
use super::frames;
use super::known::KnownNames;
use super::mentions::KnownPlaces;
use super::outcome::{Extraction, SentenceTrace};
use super::parts::{Parts, Splitter, What};
use super::reader::{Draft, Focus, Reader};
use super::roster::{Hint, Roster};
use super::rounds::Rounds;
use super::value::Clock;
use super::{Document, Kind, Options, assembly};

/// Where a name stands, in positions of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) entry: usize,
}

/// What the second reading leaves behind.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) drafts: Vec<Draft>,
    pub(super) names: Vec<Place>,
    /// Amounts that belong to no round, with their sentence.
    pub(super) amounts: Vec<(std::ops::Range<usize>, std::ops::Range<usize>)>,
    /// Dates that could not be resolved, with their sentence.
    pub(super) dates: Vec<(std::ops::Range<usize>, std::ops::Range<usize>)>,
    /// Relations without a participant, with their sentence.
    pub(super) gaps: Vec<(std::ops::Range<usize>, std::ops::Range<usize>)>,
    pub(super) sentences: Vec<Sentence>,
    pub(super) trace: Vec<SentenceTrace>,
}

/// Finds what a document states.
pub(super) fn extract(document: &Document<'_>, known: &dyn KnownNames, options: Options) -> Extraction {
    let text = Text::new(document.text);
    let sentences = sentences(&text);
    let places = KnownPlaces::find(&text, document.text, known);
    let splitter = Splitter {
        text: &text,
        known: &places,
        clock: Clock { published: document.published },
        yuan: plain_yuan(document.text),
    };
    let mut roster = Roster::default();
    read(&splitter, &sentences, &mut roster, None);
    roster.shorten();
    let mut reading = Reading { sentences, ..Reading::default() };
    let list = std::mem::take(&mut reading.sentences);
    read(&splitter, &list, &mut roster, Some((&mut reading, options)));
    reading.sentences = list;
    assembly::assemble(&text, &mut roster, reading)
}

/// The currency of 元 in a document: that of the country whose words it uses.
fn plain_yuan(document: &str) -> Option<Currency> {
    let head: String = document.chars().take(6_000).collect();
    let folded: String = head.chars().map(crate::names::simplified).collect();
    let code = if script_of(&head) == crate::model::Language::Traditional
        && !folded.contains("人民币")
        && ["台湾", "新台币", "台币", "执行长", "新创", "募资", "台北", "新竹"].iter().any(|word| folded.contains(word))
    {
        "TWD"
    } else {
        "CNY"
    };
    Currency::parse(code).ok()
}

/// Reads all sentences; the first time nothing is kept but the names.
fn read(
    splitter: &Splitter<'_, '_>,
    sentences: &[Sentence],
    roster: &mut Roster,
    mut kept: Option<(&mut Reading, Options)>,
) {
    let mut reader = Reader {
        text: splitter.text,
        roster,
        parts: Parts::default(),
        focus: Focus::default(),
        rounds: Rounds::default(),
        drafts: Vec::new(),
        fired: Vec::new(),
        gaps: Vec::new(),
    };
    for sentence in sentences {
        reader.parts = splitter.split(sentence, reader.roster);
        reader.fired.clear();
        reader.gaps.clear();
        if kept.is_none() {
            reader.find_by_suffix();
        }
        reader.join_names();
        let before = reader.focus.company;
        reader.read_heading();
        frames::read(&mut reader);
        reader.follow(before);
        if let Some((reading, options)) = &mut kept {
            note(&reader, reading, options.explain);
        }
    }
    if let Some((reading, _)) = kept {
        reading.drafts = std::mem::take(&mut reader.drafts);
        reading.drafts.extend(reader.rounds.drafts());
    }
}

/// Keeps what the report needs of a sentence.
fn note(reader: &Reader<'_, '_>, reading: &mut Reading, explain: bool) {
    let sentence = reader.parts.range.clone();
    for part in &reader.parts.list {
        match part.what {
            What::Name(entry) => reading.names.push(Place { start: part.start, end: part.end, entry }),
            What::Money(_) => reading.amounts.push((part.start..part.end, sentence.clone())),
            What::Date(date) if reader.parts.dates.get(date).is_some_and(|date| date.date.is_none()) => {
                reading.dates.push((part.start..part.end, sentence.clone()));
            }
            _ => {}
        }
    }
    reading.gaps.extend(reader.gaps.iter().map(|gap| (gap.clone(), sentence.clone())));
    if explain {
        reading.trace.push(trace(reader));
    }
}

fn trace(reader: &Reader<'_, '_>) -> SentenceTrace {
    let text = reader.text;
    let span = text.span(reader.parts.range.clone());
    let mut trace = SentenceTrace { span: (span.start, span.end), ..SentenceTrace::default() };
    let mut place = 0;
    while place < reader.parts.len() {
        let clause = reader.clause(place);
        if !clause.is_empty() {
            trace.clauses.push(text.quote(reader.range(clause.start, clause.end)).to_owned());
        }
        place = clause.end.max(place) + 1;
    }
    for part in &reader.parts.list {
        let kind = match part.what {
            What::Name(entry) => reader.roster.kind(entry).map_or("name", Kind::label),
            What::Money(_) => "amount",
            What::Date(_) => "date",
            What::Round(_) => "round",
            What::Number(..) => "number",
            What::Cue => part.cues.words().next().unwrap_or("cue"),
            What::Word | What::Han | What::Mark(_) => continue,
        };
        trace.parts.push((kind, text.quote(part.start..part.end).to_owned()));
    }
    trace.focus = reader.focus.company.map(|company| reader.roster.name(company).to_owned());
    trace.rules = reader.fired.iter().map(|(rule, range)| (*rule, text.quote(range.clone()).to_owned())).collect();
    trace
}

impl Reader<'_, '_> {
    /// Lets the focus go to the name of a numbered heading: 1、生数科技.
    fn read_heading(&mut self) {
        // S创始人P表示，公司…: the company of who speaks is meant.
        if let Some(founder) = (1..self.parts.len().min(12))
            .find(|place| self.parts.has(*place, Cue::Founder) && self.parts.name(*place).is_none())
            && let Some(entry) =
                self.company(founder - 1).filter(|entry| self.roster.kind(*entry) != Some(Kind::Investor))
            && (founder + 1..self.parts.len().min(founder + 10)).any(|place| self.parts.has(place, Cue::Claim))
            && (founder + 1..self.parts.len()).any(|place| self.parts.has(place, Cue::TheCompany))
        {
            self.focus.company = Some(entry);
        }
        let numbered = matches!(self.parts.get(0).map(|part| part.what), Some(What::Number(..)));
        let marked = matches!(self.parts.mark(1), Some('、' | '.' | ')' | '·'));
        if !(numbered && marked) || self.parts.range.len() > 24 {
            return;
        }
        let end = (2..self.parts.len()).find(|place| self.parts.mark(*place) == Some('(')).unwrap_or(self.parts.len());
        if let Some((entry, past)) = self.organisation_from(2, end, Hint::Shape, Kind::Startup)
            && past >= end
        {
            self.focus.company = Some(entry);
        }
    }

    /// Lets the focus go to the startup that a sentence begins with, when no frame has moved it.
    fn follow(&mut self, before: Option<usize>) {
        if self.focus.company != before {
            return;
        }
        // "startup Scale AI said": what describes the company shows that the text is about one.
        let described = (1..self.parts.len().min(16))
            .take_while(|place| !self.parts.meets(*place, Cues::any(&[Cue::LedBy, Cue::Lead, Cue::BackedBy])))
            .find(|place| {
                self.company(*place).is_some()
                    && self.parts.has(place - 1, Cue::Descriptor)
                    && self.parts.name(place - 1).is_none()
                    && !self.parts.meets(place - 1, Cues::any(&[Cue::NewInvestors, Cue::Generic]))
            });
        if let Some(entry) = described.and_then(|place| self.company(place))
            && !matches!(self.roster.kind(entry), Some(Kind::Investor))
        {
            self.roster.hint(entry, Hint::Shape, Kind::Startup);
            self.focus.company = Some(entry);
            return;
        }
        let found = (0..self.parts.len().min(5)).find(|place| self.parts.name(*place).is_some());
        let Some(place) = found else { return };
        let Some(entry) = self.company(place) else { return };
        let speaker = self.parts.has(place + 1, Cue::Title)
            || self.parts.has(place + 1, Cue::Founder)
            || self.is_word(place + 1, &["表示", "认为", "称"]);
        let governed = place.checked_sub(1).is_some_and(|at| {
            self.is_word(
                at,
                &[
                    "由", "在", "被", "与", "据", "向", "对", "by", "from", "with", "of", "in", "at", "to", "for",
                    "against", "like", "和",
                ],
            )
        });
        let first = self.focus.company.is_none()
            && self.roster.kind(entry) != Some(Kind::Investor)
            && !self.parts.has(place, Cue::Medium)
            && self.roster.get(entry).is_some_and(|entry| entry.kind.is_some() || entry.known_kind.is_some());
        // "Arclight Bio said it has…": a new paragraph about a new company.
        let opens = place == 0
            && self.parts.meets(
                1,
                Cues::any(&[
                    Cue::Announce,
                    Cue::Raise,
                    Cue::Release,
                    Cue::Propose,
                    Cue::Planned,
                    Cue::Found,
                    Cue::FoundedBy,
                    Cue::FoundedAt,
                    Cue::Valuation,
                ]),
            )
            && self.parts.name(1).is_none();
        let opens = opens
            && self.roster.kind(entry) != Some(Kind::Investor)
            && (self.roster.kind(entry).is_some() || self.person_at_place(place).is_none());
        if (self.roster.kind(entry) == Some(Kind::Startup) || first || opens) && !speaker && !governed {
            self.focus.company = Some(entry);
        }
    }
}
