//! Foundings: 由P创立的S, P创办了S, founded by P and Q.

use std::ops::Range;

use crate::model::{Modality, PartialDate, Properties, Value};

use super::super::Kind;
use super::super::cue::{Cue, Cues};
use super::super::parts::What;
use super::super::person::person_at;
use super::super::reader::{Draft, Reader};
use super::super::roster::Hint;

impl Reader<'_, '_> {
    /// Who founded what.
    pub(super) fn read_foundings(&mut self) {
        if !self.parts.cues.meets(Cues::any(&[Cue::Found, Cue::FoundedBy, Cue::FoundedAt])) {
            return;
        }
        for verb in 0..self.parts.len() {
            if self.parts.name(verb).is_some() {
                continue;
            }
            if self.parts.has(verb, Cue::FoundedBy) {
                self.read_founded_by(verb);
            } else if self.is_word(verb, &["founded in", "established in", "started in"]) {
                self.read_english_found(verb);
            } else if self.parts.has(verb, Cue::Found) {
                if self.is_english(verb) { self.read_english_found(verb) } else { self.read_chinese_found(verb) }
            }
        }
    }

    fn read_chinese_found(&mut self, verb: usize) {
        let clause = self.clause(verb);
        let by = (clause.start..verb).rev().find(|place| self.is_word(*place, &["由"]));
        let (persons, begin) = match by {
            Some(by) => (self.persons_in(by + 1, verb), by),
            None => {
                let mut start = verb;
                while start > clause.start && !self.is_word(start - 1, &["的", "在", "是"]) && start + 14 > verb {
                    start -= 1;
                }
                let persons = self.persons_in(start, verb);
                if persons.is_empty() {
                    (self.person_before(verb).into_iter().collect(), start)
                } else {
                    (persons, start)
                }
            }
        };
        let pronoun = persons.is_empty()
            && self.parts.meets(verb.saturating_sub(1), Cues::any(&[Cue::PersonPronoun]))
            && verb > 0;
        let persons = if pronoun { self.focus.person.into_iter().collect() } else { persons };
        let persons = if persons.is_empty() && by.is_none() && clause.start > 0 {
            // 张三离开O，创办了S
            let subject = self
                .person_of_segment(verb)
                .filter(|_| !(clause.start..verb).any(|place| self.company(place).is_some()));
            subject.into_iter().collect()
        } else {
            persons
        };
        if persons.is_empty() {
            return;
        }
        // The company stands behind the verb, as its object or behind 的, else in front of 由.
        let behind = self.founded_behind(verb);
        let company = behind.map(|(entry, _)| entry).or_else(|| by.and_then(|by| self.founded_before(by)));
        let Some(company) = company else {
            let range = self.range(begin, verb + 1);
            self.gaps.push(range);
            return;
        };
        let end = behind.map_or(verb + 1, |(_, end)| end);
        let date = self.founding_date(begin, end);
        let start = if behind.is_some() { begin } else { self.place_before(company, begin) };
        self.add_foundings(company, &persons, date, self.range(start, end), "founding-verb");
        if self.roster.kind(company) != Some(Kind::Investor) {
            self.focus.company = Some(company);
        }
    }

    /// The organisation that a verb of founding has behind it: 创立的S, 创办了人工智能公司S.
    fn founded_behind(&mut self, verb: usize) -> Option<(usize, usize)> {
        let clause = self.clause(verb);
        let mut place = verb + 1;
        while self.is_word(place, &["了", "的", "一家", "新公司", "名为", "其", "于"])
            || self.parts.date(place).is_some()
        {
            place += 1;
        }
        if self.parts.meets(place, Cues::any(&[Cue::TheCompany])) && place == verb + 1 {
            return self.focus.company.map(|company| (company, place + 1));
        }
        let limit = clause.end.min(place + 10);
        for at in place..limit {
            if let Some(entry) = self.company(at) {
                let person = self.roster.kind(entry) == Some(Kind::Person);
                return (!person).then_some((entry, at + 1));
            }
            if self.parts.mark(at) == Some('“') {
                let end = self.behind_bracket(at);
                return self.quoted(at, end.checked_sub(1)?, Hint::Part, Kind::Startup).map(|entry| (entry, end));
            }
            let part = self.parts.get(at)?;
            match part.what {
                // A name that nobody knows: the characters up to what ends it.
                What::Han
                    if at == place
                        || self.parts.has(at - 1, Cue::Descriptor)
                        || self.is_word(at - 1, &["的", "了"]) =>
                {
                    let mut end = at;
                    while end < limit
                        && (self.is_loose(end)
                            || self.is_inner_character(end)
                            || self
                                .parts
                                .meets(end, Cues::any(&[Cue::SuffixStartup, Cue::SuffixInvestor, Cue::SuffixCompany]))
                                && self.parts.name(end).is_none())
                    {
                        end += 1;
                    }
                    // 的…公司: a description without a name.
                    let described = (end..limit.min(end + 4))
                        .take_while(|later| self.parts.mark(*later).is_none() && self.parts.name(*later).is_none())
                        .any(|later| self.parts.has(later, Cue::Descriptor) || self.is_word(later, &["的"]));
                    if described && !self.parts.has(end - 1, Cue::SuffixStartup) {
                        continue;
                    }
                    return self.name_in(at, end, Hint::Part, Kind::Startup).map(|(entry, _)| (entry, end));
                }
                What::Mark(_) => return None,
                What::Cue if part.cues.meets(Cues::any(&[Cue::Claim, Cue::Announce, Cue::Raise])) => return None,
                _ => {}
            }
        }
        None
    }

    /// The organisation in front of 由: S是由P创办的, S由P于D创立.
    fn founded_before(&mut self, by: usize) -> Option<usize> {
        let clause = self.clause(by);
        let mut place = by;
        while place > clause.start
            && (self.is_word(place - 1, &["是", "最初", "则", "也", "系", "为"])
                || self.parts.date(place - 1).is_some()
                || self.is_word(place - 1, &["于", "在"]))
        {
            place -= 1;
        }
        if place == clause.start {
            let before = clause.start.checked_sub(1)?;
            if self.parts.mark(before) != Some(',') {
                return self.focus.company;
            }
            return self.topic(by);
        }
        if self.parts.meets(place - 1, Cues::any(&[Cue::TheCompany, Cue::Its])) {
            return self.focus.company;
        }
        self.organisation_before(place, clause.start, Hint::Part, Kind::Startup)
            .map(|(entry, _)| entry)
            .or(self.focus.company)
    }

    /// The persons between two places.
    pub(super) fn persons_in(&mut self, from: usize, to: usize) -> Vec<usize> {
        let mut persons = Vec::new();
        let mut place = from;
        while place < to {
            if self.parts.has(place, Cue::Medium) {
                place += 1;
                continue;
            }
            if let Some(entry) = self.parts.name(place) {
                let known = self.roster.kind(entry);
                if known == Some(Kind::Person) && !persons.contains(&entry) {
                    persons.push(entry);
                } else if known.is_none() && self.is_english(place) {
                    // A Latin name in front of the verb: a person unless it is an organisation.
                    let words = self.text.folded(self.parts.start(place)..self.parts.end_before(place + 1));
                    if words.contains(' ')
                        && (place + 1 == to
                            || self.parts.meets(place + 1, Cues::any(&[Cue::WithPerson, Cue::AndTitle]))
                            || self.parts.mark(place + 1) == Some('、'))
                    {
                        self.roster.hint(entry, Hint::Role, Kind::Person);
                        persons.push(entry);
                    }
                }
                place += 1;
                continue;
            }
            let open = place == from
                || self.parts.meets(place - 1, Cues::any(&[Cue::Title, Cue::Founder, Cue::WithPerson, Cue::AndTitle]))
                || matches!(self.parts.mark(place - 1), Some('、' | ',' | '”' | ')'))
                || self.is_word(place - 1, &["由", "与", "和", "及", "的", "毕业", "博士", "校友", "华人"]);
            if open && self.is_open_to_person(place) {
                let start = self.parts.start(place);
                let end = self.parts.end_before(to);
                if let Some(range) = person_at(self.text, start, end.min(start + 16)) {
                    let next = (place..=to).find(|at| self.parts.start(*at) >= range.end).unwrap_or(to);
                    let closed = next >= to
                        || self.parts.mark(next).is_some()
                        || self.parts.meets(
                            next,
                            Cues::any(&[Cue::WithPerson, Cue::AndTitle, Cue::Particle, Cue::Honorific, Cue::Found]),
                        )
                        || self.parts.date(next).is_some();
                    if closed && let Some(entry) = self.enter(range, Hint::Role, Kind::Person) {
                        if self.roster.kind(entry) == Some(Kind::Person) && !persons.contains(&entry) {
                            persons.push(entry);
                        }
                        place = next;
                        continue;
                    }
                }
            }
            place += 1;
        }
        persons
    }

    /// Whether the part at a place can begin the name of a person that nobody knows.
    fn is_open_to_person(&self, place: usize) -> bool {
        self.parts.get(place).is_some_and(|part| match part.what {
            What::Han => true,
            What::Cue => part.cues.has(Cue::Surname) && part.end - part.start <= 2,
            _ => false,
        })
    }

    /// The date of a founding: in its clause.
    pub(super) fn founding_date(&self, from: usize, to: usize) -> Option<PartialDate> {
        let mut clause = self.clause(from);
        // 2021年，P创办了S
        if clause.start >= 2
            && self.parts.date(clause.start - 2).is_some()
            && self.parts.mark(clause.start - 1) == Some(',')
        {
            let before = self.clause(clause.start - 2);
            if before.len() <= 2 {
                clause.start = before.start;
            }
        }
        (clause.start..clause.end.max(to))
            .filter_map(|place| Some((place, self.parts.date(place)?.date?)))
            .min_by_key(|(place, _)| place.abs_diff(from))
            .map(|(_, date)| date)
    }

    /// Adds the facts that persons founded a company.
    pub(super) fn add_foundings(
        &mut self,
        company: usize,
        persons: &[usize],
        date: Option<PartialDate>,
        range: Range<usize>,
        rule: &'static str,
    ) {
        for &person in persons {
            if self.roster.kind(person).is_some_and(|kind| kind != Kind::Person) {
                continue;
            }
            let mut properties = Properties::new();
            if let Some(date) = date {
                properties.set("date", Value::Date(date));
            }
            self.draft(Draft {
                subject: company,
                predicate: "FOUNDED_BY",
                object: Some(person),
                properties,
                round: None,
                modality: Modality::Asserted,
                asserted_by: None,
                range: range.clone(),
                rule,
                confidence: 0.85,
            });
        }
        if let [person] = persons {
            self.focus.person = Some(*person);
        }
    }
}
