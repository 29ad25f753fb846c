//! Careers in Chinese without a title: 杜衡曾就职于大疆, 王慧文离开光年之外, 核心团队来自谷歌.

use crate::model::{Modality, Properties};

use super::super::Kind;
use super::super::cue::{Cue, Cues};
use super::super::reader::{Draft, Reader};
use super::super::roster::Hint;

impl Reader<'_, '_> {
    /// Where persons were before.
    pub(super) fn read_careers(&mut self) {
        if !self.parts.cues.meets(Cues::any(&[Cue::WasAt, Cue::Left, Cue::ComeFrom])) {
            return;
        }
        for verb in 0..self.parts.len() {
            if !self.parts.meets(verb, Cues::any(&[Cue::WasAt, Cue::Left, Cue::ComeFrom]))
                || self.parts.name(verb).is_some()
            {
                continue;
            }
            if self.is_english(verb) {
                self.read_english_career(verb);
            } else {
                self.read_chinese_career(verb);
            }
        }
    }

    fn read_chinese_career(&mut self, verb: usize) {
        let clause = self.clause(verb);
        // 曾任O的T is read with the title.
        let titled = (verb + 1..clause.end).any(|place| self.title_group(place).is_some());
        if titled && !self.parts.has(verb, Cue::ComeFrom) {
            return;
        }
        let mut from = verb + 1;
        while self.is_word(from, &["在", "于", "了", "自"]) {
            from += 1;
        }
        let organisations: Vec<usize> = if self.parts.has(verb, Cue::ComeFrom)
            || self.is_word(verb, &["先后任职于", "先后就职于", "先后在", "曾任职于", "曾就职于", "曾供职于"])
        {
            let (items, _) = self.list_from(from, Kind::Company);
            items.into_iter().map(|item| item.entry).collect()
        } else {
            let mut from = from;
            while self.parts.has(from, Cue::Place)
                && self.parts.name(from).is_none()
                && self.parts.name(from + 1).is_some()
            {
                from += 1;
            }
            let found = self.organisation_from(from, clause.end, Hint::Shape, Kind::Company);
            found.map(|(entry, _)| entry).into_iter().collect()
        };
        let persons = self.persons_before(verb);
        let range = self.range(clause.start, clause.end);
        for person in persons {
            for &organisation in &organisations {
                if !self.roster.may_be_organisation(organisation) {
                    continue;
                }
                self.draft(Draft {
                    subject: person,
                    predicate: "PREVIOUSLY_AT",
                    object: Some(organisation),
                    properties: Properties::new(),
                    round: None,
                    modality: Modality::Asserted,
                    asserted_by: None,
                    range: range.clone(),
                    rule: "career-former",
                    confidence: 0.8,
                });
            }
        }
    }

    /// The persons that a verb is about: those in front of it in its clause, else the first of the segment, else the
    /// one in focus.
    fn persons_before(&mut self, verb: usize) -> Vec<usize> {
        let clause = self.clause(verb);
        let persons: Vec<usize> = (clause.start..verb)
            .filter_map(|place| self.parts.name(place))
            .filter(|entry| self.roster.kind(*entry) == Some(Kind::Person))
            .collect();
        let listed = (clause.start..verb).any(|place| self.parts.mark(place) == Some('、'));
        let read = if persons.is_empty() || listed { self.persons_in(clause.start, verb) } else { Vec::new() };
        let persons = if read.is_empty() { persons } else { read };
        if !persons.is_empty() {
            return persons;
        }
        if let Some(person) = self.person_before(verb).or_else(|| self.leading_person(verb)) {
            return vec![person];
        }
        let organisation = (clause.start..verb).any(|place| self.company(place).is_some())
            || self.find_any(clause.start..verb, Cues::any(&[Cue::TheCompany, Cue::Generic])).is_some();
        if organisation {
            return Vec::new();
        }
        let segment = self.segment(verb);
        let nearest = (segment.start..verb)
            .rev()
            .find_map(|place| self.parts.name(place).filter(|entry| self.roster.kind(*entry) == Some(Kind::Person)));
        nearest.or(self.focus.person).into_iter().collect()
    }
}
