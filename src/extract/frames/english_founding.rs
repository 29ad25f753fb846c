//! Foundings in English: founded by P and Q; P, who founded S; started the company with Q.

use super::super::Kind;
use super::super::cue::{Cue, Cues};
use super::super::reader::Reader;
use super::super::roster::Hint;

impl Reader<'_, '_> {
    /// S was founded (in 2021) by P and Q; Founded by P, S has; S, co-founded by P.
    pub(super) fn read_founded_by(&mut self, verb: usize) {
        let persons = self.person_list(verb + 1);
        if persons.is_empty() {
            return;
        }
        let segment = self.segment(verb);
        let end = persons.last().map_or(verb + 1, |(place, _)| place + 1);
        // Founded by P in 2012, S: the company follows.
        let leading = self.clause(verb).start == verb && verb == segment.start;
        let company = if leading {
            (end..segment.end).find(|place| self.parts.mark(*place) == Some(',')).and_then(|comma| {
                if self.parts.meets(comma + 1, Cues::any(&[Cue::TheCompany, Cue::Its])) {
                    self.focus.company
                } else {
                    (comma + 1..segment.end.min(comma + 8)).find_map(|place| self.company(place))
                }
            })
        } else {
            self.founded_subject(verb)
        };
        let Some(company) = company.filter(|entry| self.roster.may_be_organisation(*entry)) else { return };
        let date = self.founding_date(verb, end);
        let range = if leading { self.range(verb, end) } else { self.range(self.place_before(company, verb), end) };
        let entries: Vec<usize> = persons.iter().map(|(_, entry)| *entry).collect();
        self.add_foundings(company, &entries, date, range, "founding-by");
    }

    fn founded_subject(&mut self, verb: usize) -> Option<usize> {
        let segment = self.segment(verb);
        let mut place = verb;
        let mut steps = 0;
        while place > segment.start && steps < 12 {
            place -= 1;
            steps += 1;
            if self.parts.meets(place, Cues::any(&[Cue::TheCompany]))
                || self.is_word(place, &["it", "which"]) && self.parts.mark(place.wrapping_sub(1)) != Some(',')
            {
                return self.focus.company;
            }
            if let Some(entry) = self.company(place) {
                let possessive = self.parts.mark(place + 1) == Some('\'');
                let place_of = place > segment.start && self.is_word(place - 1, &["in", "at", "of"]);
                if !possessive && !place_of {
                    return Some(entry);
                }
            }
        }
        self.company_before(verb)
    }

    /// The persons of a list that begins at a place, each with where it stands.
    fn person_list(&mut self, from: usize) -> Vec<(usize, usize)> {
        let mut persons: Vec<(usize, usize)> = Vec::new();
        let mut place = from;
        let limit = self.parts.len().min(from + 60);
        // Whether the next name may be the next of the list: directly, or behind a comma or "and".
        let mut open = true;
        while place < limit {
            if matches!(self.parts.mark(place), Some(';' | '.' | '。' | '?' | '!')) {
                break;
            }
            if self.parts.mark(place) == Some('(') {
                place = self.behind_bracket(place);
                continue;
            }
            if self.parts.mark(place) == Some(',')
                || self.is_word(place, &["and", "along with", "together with", "with", "as well as"])
            {
                open = true;
                place += 1;
                continue;
            }
            if self.parts.name(place).is_some() {
                let title_next = self.parts.meets(place + 1, Cues::any(&[Cue::Title, Cue::Founder, Cue::Descriptor]))
                    || self.is_word(
                        place + 1,
                        &[
                            "alumni", "alumnus", "researchers", "veterans", "executives", "engineers", "researcher",
                            "engineer",
                        ],
                    );
                match self.person_at_place(place) {
                    Some(entry) if open && !title_next => {
                        self.roster.hint(entry, Hint::Role, Kind::Person);
                        if self.roster.kind(entry) == Some(Kind::Person) {
                            persons.push((place, entry));
                            open = false;
                        }
                    }
                    _ => {}
                }
            } else if !persons.is_empty()
                && self.parts.meets(
                    place,
                    Cues::any(&[Cue::Raise, Cue::Claim, Cue::Announce, Cue::Valuation, Cue::Release, Cue::LedBy]),
                )
            {
                break;
            } else if open
                && !self.parts.meets(
                    place,
                    Cues::any(&[
                        Cue::Former,
                        Cue::Title,
                        Cue::Founder,
                        Cue::Descriptor,
                        Cue::LatinNoise,
                        Cue::Place,
                        Cue::Honorific,
                        Cue::Generation,
                        Cue::Its,
                        Cue::Particle,
                        Cue::AndTitle,
                    ]),
                )
                && persons.is_empty()
                && place > from + 9
            {
                break;
            }
            place += 1;
        }
        persons
    }

    /// P founded S; P, who co-founded S; Raghunathan started the company in 2022 with Jonas Ekdahl.
    pub(super) fn read_english_found(&mut self, verb: usize) {
        let dated = self.is_word(verb, &["founded in", "established in", "started in"]);
        if self.is_word(verb, &["launched", "launching", "started", "starting", "established", "set up"])
            && !self.is_company_behind(verb)
        {
            return;
        }
        let segment = self.segment(verb);
        // S was founded in Berlin in 2021 by P: the list stands behind "by".
        let passive = dated
            || verb > segment.start && self.is_word(verb - 1, &["was", "were", "been"])
            || self.is_word(verb + 1, &["in"]) && self.parts.mark(verb.wrapping_sub(1)) == Some(',')
            || verb == segment.start;
        if passive {
            let by = (verb + 1..segment.end.min(verb + 12))
                .take_while(|place| self.parts.mark(*place) != Some(','))
                .find(|place| self.is_word(*place, &["by"]));
            if let Some(by) = by {
                let persons = self.person_list(by + 1);
                let Some(end) = persons.last().map(|(place, _)| place + 1) else { return };
                let company = if verb == segment.start {
                    (end..segment.end)
                        .find(|place| self.parts.mark(*place) == Some(','))
                        .and_then(|comma| (comma + 1..segment.end.min(comma + 8)).find_map(|place| self.company(place)))
                } else {
                    self.founded_subject(verb)
                };
                let Some(company) = company else { return };
                let date = self.founding_date(verb, end);
                let range = self.range(self.place_before(company, verb).min(verb), end);
                let entries: Vec<usize> = persons.iter().map(|(_, entry)| *entry).collect();
                self.add_foundings(company, &entries, date, range, "founding-by");
            }
            return;
        }
        let object = (verb + 1..segment.end.min(verb + 7))
            .take_while(|place| self.parts.mark(*place).is_none_or(|c| c == '"' || c == '“'))
            .find(|place| self.parts.meets(*place, Cues::any(&[Cue::TheCompany])) || self.company(*place).is_some());
        let company = match object {
            Some(place) if self.company(place).is_some() => self.company(place),
            Some(_) => self.focus.company,
            // OpenAI, which Musk helped to found in 2015
            None => {
                let which = (segment.start..verb).rev().take(8).find(|place| self.is_word(*place, &["which", "that"]));
                which.and_then(|which| (segment.start..which).rev().find_map(|place| self.company(place)))
            }
        };
        let Some(company) = company else { return };
        let mut persons = Vec::new();
        let mut place = verb;
        while place > segment.start {
            place -= 1;
            if let Some(entry) = self.person_at_place(place).filter(|entry| *entry != company) {
                persons.insert(0, entry);
                let more = place > segment.start
                    && (self.is_word(place - 1, &["and"])
                        || self.parts.mark(place - 1) == Some(',') && persons.len() > 1);
                if !more {
                    break;
                }
            } else if self.is_word(place, &["he", "she"]) {
                persons.extend(self.focus.person);
                break;
            } else if self.company(place).is_some()
                && self.roster.kind(self.parts.name(place).unwrap_or(company)).is_some_and(Kind::is_organisation)
                && self.parts.name(place) != Some(company)
                && self.parts.mark(verb.wrapping_sub(1)) != Some(',')
                && !self.is_word(verb - 1, &["who"])
            {
                break;
            }
            if persons.len() > 6 {
                break;
            }
        }
        let mut end = object.map_or(verb + 1, |place| place + 1);
        if let Some(with) = (end..segment.end.min(end + 6))
            .find(|place| self.is_word(*place, &["with", "together with", "alongside", "along with"]))
        {
            for (place, entry) in self.person_list(with + 1) {
                if self.parts.mark(with + 1).is_none() {
                    persons.push(entry);
                    end = end.max(place + 1);
                }
            }
        }
        for &person in &persons {
            self.roster.hint(person, Hint::Role, Kind::Person);
        }
        let date = self.founding_date(verb, end);
        let range = self.range(place.min(verb), end);
        self.add_foundings(company, &persons, date, range, "founding-verb");
    }

    /// Whether a company follows, so that "started" and "launched" are about founding it.
    fn is_company_behind(&self, verb: usize) -> bool {
        (verb + 1..self.parts.len().min(verb + 5)).take_while(|place| self.parts.mark(*place).is_none()).any(|place| {
            self.parts.has(place, Cue::TheCompany)
                || self
                    .parts
                    .name(place)
                    .is_some_and(|entry| matches!(self.roster.kind(entry), Some(Kind::Startup | Kind::Company)))
                    && !self.parts.meets(place + 1, Cues::any(&[Cue::ModelNoun, Cue::ProductNoun]))
                    && self.is_word(verb, &["started", "starting", "established"])
        })
    }
}
