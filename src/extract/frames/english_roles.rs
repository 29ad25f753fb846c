//! Roles in English: Harvey CEO Winston Weinberg; Stephen Nundy, Partner at Lakestar; appointed as its CFO.

use std::ops::Range;

use super::super::Kind;
use super::super::cue::{Cue, Cues};
use super::super::lexicon::LEXICON;
use super::super::parts::What;
use super::super::reader::Reader;
use super::super::roster::Hint;
use super::roles::TitleGroup;

impl Reader<'_, '_> {
    /// Whether the name at a place reads like that of a person: two to four words, and nothing says otherwise.
    pub(in super::super) fn person_at_place(&mut self, place: usize) -> Option<usize> {
        let entry = self.parts.name(place)?;
        match self.roster.kind(entry) {
            Some(Kind::Person) => return Some(entry),
            Some(_) => return None,
            None => {}
        }
        let part = self.parts.get(place)?;
        let words = self.text.folded(part.start..part.end);
        let count = words.split(' ').count();
        let plain = words.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\''));
        let organisation = words.split(' ').any(|word| {
            let cues = LEXICON.cues(word);
            cues.meets(Cues::any(&[
                Cue::SuffixLatin,
                Cue::LatinNoise,
                Cue::BenchmarkNoun,
                Cue::ModelNoun,
                Cue::ProductNoun,
                Cue::Medium,
            ])) && word.len() > 1
        }) || LEXICON.cues(&words).has(Cue::Medium);
        ((2..=4).contains(&count) && plain && !organisation).then_some(entry)
    }

    fn mark_person(&mut self, entry: usize) -> Option<usize> {
        self.roster.hint(entry, Hint::Role, Kind::Person);
        (self.roster.kind(entry) == Some(Kind::Person)).then_some(entry)
    }

    pub(super) fn read_english_role(&mut self, group: TitleGroup) {
        let role = self.parts.start(group.start)..self.parts.end_before(group.end);
        if self.role_before_person(group, role.clone()) || self.role_behind_person(group, role.clone()) {
            return;
        }
        self.role_by_verb(group, role);
    }

    /// O CEO P, O's co-founder P, former O CEO P, co-founder and CEO P.
    fn role_before_person(&mut self, group: TitleGroup, role: Range<usize>) -> bool {
        let mut at = group.end;
        let comma = self.parts.mark(at) == Some(',');
        at += usize::from(comma || self.parts.has(at, Cue::Honorific));
        at += usize::from(self.parts.has(at, Cue::Honorific));
        let Some(person) = self.person_at_place(at) else { return false };
        // "Partner at Lakestar, Nundy said": a comma divides, unless the title closes its own description.
        if comma
            && !self.parts.has(group.start.saturating_sub(1), Cue::Its)
            && self.parts.mark(group.start.saturating_sub(2)) != Some('\'')
        {
            return false;
        }
        let mut begin = group.start;
        let mut former = false;
        if begin > 0 && self.parts.has(begin - 1, Cue::Former) && self.parts.name(begin - 1).is_none() {
            former = true;
            begin -= 1;
        }
        let organisation = if begin > 0
            && let Some(entry) = self.company(begin - 1).filter(|entry| self.roster.kind(*entry) != Some(Kind::Person))
        {
            begin -= 1;
            Some(entry)
        } else if begin > 2 && self.is_word(begin - 1, &["s"]) && self.parts.mark(begin - 2) == Some('\'') {
            let entry = self.company(begin - 3);
            begin -= 3;
            entry
        } else if begin > 1 && self.parts.mark(begin - 1) == Some('\'') {
            let entry = self.company(begin - 2);
            begin -= 2;
            entry
        } else if begin > 0
            && self.parts.meets(begin - 1, Cues::any(&[Cue::Its]))
            && self.is_word(begin - 1, &["its", "their"])
        {
            begin -= 1;
            self.focus.company
        } else {
            // "co-founder and CEO Dario Amodei" is about the company in focus; "partner Shaun Maguire" of a list is not.
            let free = begin == 0
                || self.parts.mark(begin - 1).is_some()
                || self.is_word(begin - 1, &["said", "and", "by", "says", "to", "the", "as", "according to"]);
            if free
                && group.end - group.start <= 3
                && !self
                    .is_word(group.start, &["partner", "general partner", "analyst", "professor", "managing partner"])
            {
                self.focus.company
            } else {
                None
            }
        };
        if begin > 0 && self.parts.has(begin - 1, Cue::Former) && self.parts.name(begin - 1).is_none() {
            former = true;
            begin -= 1;
        }
        let Some(organisation) = organisation.filter(|entry| self.roster.may_be_organisation(*entry)) else {
            return false;
        };
        let Some(person) = self.mark_person(person) else { return false };
        self.roster.hint(organisation, Hint::Shape, Kind::Company);
        self.add_role(person, organisation, role, former, self.range(begin, at + 1), &group, "role-title");
        self.focus.person = Some(person);
        true
    }

    /// P, T of O; P, O's T; P, the company's T; P (T).
    fn role_behind_person(&mut self, group: TitleGroup, role: Range<usize>) -> bool {
        let mut at = group.start;
        let mut former = false;
        let mut owner = None;
        let mut owned = false;
        let mut steps = 0;
        while at > 0 && steps < 8 {
            let place = at - 1;
            if self.is_word(
                place,
                &["a", "an", "the", "now", "current", "our", "new", "its", "who is", "is", "who", "s", "also", "whose"],
            ) || self.parts.mark(place) == Some('\'')
            {
                owned |= self.is_word(place, &["its", "our", "s"]);
            } else if self.parts.has(place, Cue::Former) && self.parts.name(place).is_none() {
                former = true;
            } else if self.parts.meets(place, Cues::any(&[Cue::TheCompany])) {
                owner = self.focus.company;
            } else if self.parts.name(place).is_some()
                && self.parts.mark(place.wrapping_sub(1)) == Some(',')
                && place > 1
                || self.parts.name(place).is_some() && former
            {
                owner = self.company(place);
            } else {
                break;
            }
            at -= 1;
            steps += 1;
        }
        self.finish_behind(group, role, at, former, owner, owned).unwrap_or(false)
    }

    fn finish_behind(
        &mut self,
        group: TitleGroup,
        role: Range<usize>,
        at: usize,
        former: bool,
        owner: Option<usize>,
        owned: bool,
    ) -> Option<bool> {
        let comma = at.checked_sub(1)?;
        let linked = matches!(self.parts.mark(comma), Some(',' | '(' | '—' | '-'))
            || at < group.start && self.parts.name(comma).is_some();
        if !linked {
            return Some(false);
        }
        let name_place = if self.parts.mark(comma).is_some() { comma.checked_sub(1)? } else { comma };
        let person = self.person_at_place(name_place)?;
        // of O, at O, for O
        let of = self.is_word(group.end, &["of", "at", "for", "with"]).then_some(group.end + 1);
        let mut end = group.end;
        // Tesla, where Musk is chief executive
        let owner = owner.or_else(|| {
            let place = name_place.checked_sub(1).filter(|place| self.is_word(*place, &["where", "whose"]))?;
            (place.saturating_sub(3)..place).rev().find_map(|place| self.company(place))
        });
        let behind = of.and_then(|of| {
            let place = (of..self.parts.len().min(of + 6)).take_while(|place| self.parts.mark(*place).is_none()).find(
                |place| self.parts.name(*place).is_some() || self.parts.meets(*place, Cues::any(&[Cue::TheCompany])),
            )?;
            end = place + 1;
            if self.parts.has(place, Cue::TheCompany) { self.focus.company } else { self.company(place) }
        });
        if of.is_some() && behind.is_none() {
            return Some(false);
        }
        let organisation = behind.or(owner).or(if owned || of.is_none() { self.focus.company } else { None });
        let organisation = organisation.filter(|entry| self.roster.may_be_organisation(*entry) && *entry != person)?;
        let person = self.mark_person(person)?;
        self.roster.hint(organisation, Hint::Shape, Kind::Company);
        self.add_role(person, organisation, role, former, self.range(name_place, end), &group, "role-apposition");
        self.focus.person = Some(person);
        Some(true)
    }

    /// P was named T of O; O appointed P as its T; the appointment of P as T; P is chief executive of O.
    fn role_by_verb(&mut self, group: TitleGroup, role: Range<usize>) {
        let clause = self.segment(group.start);
        let floor = clause.start.max(group.start.saturating_sub(9));
        let verb = (floor..group.start).rev().find(|place| {
            self.parts.name(*place).is_none()
                && (self.parts.meets(*place, Cues::any(&[Cue::Appoint, Cue::AppointActive, Cue::WasAt, Cue::Left]))
                    || self.is_word(*place, &["as", "is", "was", "appointment of", "became"]))
        });
        let Some(verb) = verb else { return };
        // most recently as Vice President of Digital Industries Sales: an office of another time.
        if (floor..group.start)
            .any(|place| self.is_word(place, &["recently", "most", "spent", "previously", "formerly"]))
        {
            return;
        }
        let before = (clause.start..group.start)
            .rev()
            .filter(|place| *place < group.start)
            .find_map(|place| self.person_at_place(place).map(|entry| (place, entry)));
        let pronoun =
            (floor..verb).any(|place| self.is_word(place, &["he", "she"])).then_some(self.focus.person).flatten();
        let (place, person) = match (before, pronoun) {
            (Some((place, entry)), None) => (place, entry),
            (_, Some(entry)) => (verb, entry),
            (None, None) => return,
        };
        if (place + 1..group.start).any(|at| self.parts.mark(at) == Some(',') && at > verb) {
            return;
        }
        let appointed = (floor..group.start).any(|place| {
            self.parts.name(place).is_none() && self.parts.meets(place, Cues::any(&[Cue::Appoint, Cue::AppointActive]))
                || self.is_word(place, &["appointment", "appointment of"])
        });
        let is = self.is_word(verb, &["is", "as"]);
        let was = self.parts.has(verb, Cue::WasAt) || self.is_word(verb, &["was"]) && !appointed;
        let left = self.parts.has(verb, Cue::Left)
            || (floor..verb).any(|place| self.parts.has(place, Cue::Left) && self.parts.name(place).is_none());
        if !(appointed || is || was || left) {
            return;
        }
        let of = self.is_word(group.end, &["of", "at", "for"]).then_some(group.end + 1);
        let mut end = group.end;
        let behind = of.and_then(|of| {
            let place = (of..self.parts.len().min(of + 4)).find(|place| self.company(*place).is_some())?;
            end = place + 1;
            self.company(place)
        });
        // Tesla, where Musk is chief executive
        let where_place = (clause.start..place).rev().find(|at| self.is_word(*at, &["where"]));
        let owner = behind
            .or_else(|| where_place.and_then(|at| (clause.start..at).rev().find_map(|place| self.company(place))))
            .or_else(|| {
                let active = (floor..group.start)
                    .find(|place| self.parts.has(*place, Cue::AppointActive) && self.parts.name(*place).is_none())?;
                self.company_before(active).filter(|entry| *entry != person)
            })
            .or(
                if is && !appointed && of.is_none() && where_place.is_none() && !self.is_word(verb, &["as"])
                    || appointed
                {
                    self.focus.company
                } else {
                    None
                },
            );
        let Some(organisation) = owner.filter(|entry| self.roster.may_be_organisation(*entry) && *entry != person)
        else {
            return;
        };
        let Some(person) = self.mark_person(person) else { return };
        let begin = where_place
            .and_then(|at| (clause.start..at).rev().find(|place| self.company(*place).is_some()))
            .unwrap_or(place.min(verb));
        self.add_role(
            person,
            organisation,
            role,
            was || left,
            self.range(begin, end),
            &group,
            if was || left { "role-former" } else { "role-appointed" },
        );
        self.focus.person = Some(person);
    }

    /// an ex-Google engineer, formerly at Palantir, previously led X at Stripe, who left OpenAI, joins from Siemens.
    pub(super) fn read_english_career(&mut self, verb: usize) {
        let clause = self.clause(verb);
        let years = (verb + 1..clause.end.min(verb + 5))
            .any(|place| self.is_word(place, &["years", "decade", "decades", "months", "year"]));
        if self.is_word(verb, &["spent"]) && !years {
            return;
        }
        let at = (verb + 1..clause.end.min(verb + 10)).find(|place| self.is_word(*place, &["at", "of", "from"]));
        let direct = self.parts.meets(verb, Cues::any(&[Cue::Left, Cue::ComeFrom]))
            || self.is_word(
                verb,
                &[
                    "worked at", "previously at", "used to work at", "veteran of", "a veteran of", "alumni of",
                    "alum of", "alumnus of", "previously worked at", "formerly worked at", "had worked at",
                    "who worked at", "who previously worked at", "an alumnus of",
                ],
            );
        let from = match (direct, at) {
            (true, _) => verb + 1,
            (false, Some(at)) => at + 1,
            (false, None) => return,
        };
        let Some(place) = (from..clause.end.min(from + 3)).find(|place| self.company(*place).is_some()) else { return };
        let (Some(organisation), Some(person)) = (self.company(place), self.career_person(verb)) else { return };
        if person == organisation {
            return;
        }
        let begin = (0..verb)
            .rev()
            .find(|at| self.parts.name(*at) == Some(person))
            .filter(|at| self.segment(verb).contains(at))
            .unwrap_or(verb);
        self.add_former(person, organisation, None, self.range(begin, place + 1), "career-former");
        self.add_more_former(person, place + 1, clause.end, begin);
    }

    /// at Google and Meta: the second organisation.
    fn add_more_former(&mut self, person: usize, from: usize, to: usize, begin: usize) {
        let mut place = from;
        while place + 1 < to && (self.is_word(place, &["and"]) || self.parts.mark(place) == Some(',')) {
            place += 1;
            place += usize::from(self.is_word(place, &["and"]));
            let Some(organisation) = self.company(place).filter(|entry| self.roster.kind(*entry).is_some()) else {
                return;
            };
            self.add_former(person, organisation, None, self.range(begin, place + 1), "career-former");
            place += 1;
        }
    }

    pub(super) fn add_former(
        &mut self,
        person: usize,
        organisation: usize,
        role: Option<Range<usize>>,
        range: Range<usize>,
        rule: &'static str,
    ) {
        let Some(person) = self.mark_person(person) else { return };
        let mut properties = crate::model::Properties::new();
        if let Some(role) = role {
            properties.set("role", self.words(role));
        }
        self.draft(super::super::reader::Draft {
            subject: person,
            predicate: "PREVIOUSLY_AT",
            object: Some(organisation),
            properties,
            round: None,
            modality: crate::model::Modality::Asserted,
            asserted_by: None,
            range,
            rule,
            confidence: 0.8,
        });
    }

    /// The person that a clause of description belongs to.
    pub(super) fn career_person(&mut self, verb: usize) -> Option<usize> {
        let segment = self.segment(verb);
        for place in (segment.start..verb).rev() {
            if self.is_word(place, &["he", "she"]) {
                return self.focus.person;
            }
            if self.parts.has(place, Cue::TheCompany) {
                return None;
            }
            if let Some(person) = self.person_at_place(place) {
                return Some(person);
            }
        }
        None
    }

    /// P, an ex-O engineer; P, a former O researcher; formerly a T at O.
    pub(super) fn read_descriptions(&mut self) {
        for place in 0..self.parts.len() {
            if !self.is_english(place) {
                continue;
            }
            if self.parts.has(place, Cue::Former) && self.parts.name(place).is_none() {
                self.read_former(place);
            }
        }
    }

    /// former O engineer; formerly a deployment strategist at O
    fn read_former(&mut self, place: usize) {
        let clause = self.clause(place);
        if self.is_word(place, &["previously"]) {
            return self.read_previously(place);
        }
        let Some(person) = self.described_person(place) else { return };
        if let Some(organisation) = self.company(place + 1).filter(|entry| *entry != person) {
            if self.parts.meets(place + 2, Cues::any(&[Cue::Title, Cue::Founder]))
                && self.person_at_place(place + 3).is_some()
            {
                return;
            }
            let role = self.role_words(place + 2);
            let begin = (0..place).rev().find(|at| self.parts.name(*at) == Some(person)).unwrap_or(place);
            let end = role.as_ref().map_or(self.parts.end_before(place + 2), |role| role.end);
            let start = self.parts.start(begin);
            self.add_former(person, organisation, role, start..end, "career-ex");
            return;
        }
        let Some(at) = (place + 1..clause.end.min(place + 8)).find(|at| self.is_word(*at, &["at", "of", "with"]))
        else {
            return;
        };
        let Some(organisation) = self.company(at + 1).or_else(|| self.company(at + 2)).filter(|entry| *entry != person)
        else {
            return;
        };
        let mut from = place + 1;
        while self.is_word(from, &["a", "an", "the"]) {
            from += 1;
        }
        let role = (from < at).then(|| self.parts.start(from)..self.parts.end_before(at));
        let begin = (0..place).rev().find(|at| self.parts.name(*at) == Some(person)).unwrap_or(place);
        self.add_former(person, organisation, role, self.range(begin, at + 2), "career-ex");
    }

    /// who previously led research at O
    fn read_previously(&mut self, place: usize) {
        let clause = self.clause(place);
        let Some(at) = (place + 1..clause.end.min(place + 10)).find(|at| self.is_word(*at, &["at"])) else { return };
        let Some(organisation) = self.company(at + 1) else { return };
        let Some(person) = self.career_person(place).filter(|entry| *entry != organisation) else { return };
        let begin = (0..place).rev().find(|at| self.parts.name(*at) == Some(person)).unwrap_or(place);
        self.add_former(person, organisation, None, self.range(begin, at + 2), "career-former");
    }

    /// The person directly in front of a description: P, an ex-O engineer.
    fn described_person(&mut self, place: usize) -> Option<usize> {
        let mut at = place;
        while at > 0
            && (self.is_word(at - 1, &["a", "an", "the", "both", "is", "was", "two"])
                || self.parts.mark(at - 1) == Some(','))
        {
            at -= 1;
        }
        if at == 0 || at == place && self.parts.mark(place.wrapping_sub(1)).is_none() {
            return None;
        }
        self.person_at_place(at - 1)
    }

    /// The lower-case words of a role that begin at a place: machine learning engineer.
    fn role_words(&self, from: usize) -> Option<Range<usize>> {
        let mut end = from;
        while end < self.parts.len() && end - from < 5 {
            let plain = self.parts.get(end).is_some_and(|part| matches!(part.what, What::Word | What::Cue))
                && !self.is_word(
                    end,
                    &[
                        "who", "and", "that", "at", "of", "in", "with", "now", "from", "to", "is", "was", "has", "as",
                        "by", "said", "on", "for",
                    ],
                );
            if !plain {
                break;
            }
            end += 1;
        }
        (end > from).then(|| self.parts.start(from)..self.parts.end_before(end))
    }
}
