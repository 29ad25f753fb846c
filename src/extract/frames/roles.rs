//! Roles in Chinese: 创新工场董事长兼CEO李开复, 张三出任某公司CTO, 前腾讯副总裁韩立青.

use std::ops::Range;

use crate::model::{Modality, Properties};

use super::super::Kind;
use super::super::cue::{Cue, Cues};
use super::super::parts::What;
use super::super::person::person_at;
use super::super::reader::{Draft, Reader};
use super::super::roster::Hint;

/// Titles.
const TITLES: Cues = Cues::any(&[Cue::Title, Cue::Founder]);

/// A title, or several joined by 兼, 、 and the like.
#[derive(Debug, Clone, Copy)]
pub(super) struct TitleGroup {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) founder: bool,
    /// Whether more is said than that the person founded.
    pub(super) office: bool,
}

impl Reader<'_, '_> {
    /// The group of titles that begins at a place.
    pub(super) fn title_group(&self, start: usize) -> Option<TitleGroup> {
        let is_title = |place: usize| self.parts.meets(place, TITLES) && self.parts.name(place).is_none();
        if !is_title(start) {
            return None;
        }
        let mut group = TitleGroup { start, end: start, founder: false, office: false };
        let mut place = start;
        loop {
            while is_title(place) {
                group.founder |= self.parts.has(place, Cue::Founder);
                group.office |= self.parts.has(place, Cue::Title);
                place += 1;
                group.end = place;
            }
            // CEO and co-founder; 董事长兼CEO; 创始人、董事长; co-founder & CEO
            let joint = self.parts.has(place, Cue::AndTitle)
                || matches!(self.parts.mark(place), Some('、' | '&' | '/' | ',' | '-' | '·'));
            let joint = joint && self.parts.name(place).is_none();
            let article = usize::from(self.is_word(place + 1, &["the", "a", "its", "new"]));
            if joint && self.parts.mark(place) != Some(',') && is_title(place + 1 + article) {
                place += 1 + article;
            } else {
                return Some(group);
            }
        }
    }

    /// Titles beside persons and organisations.
    pub(super) fn read_roles(&mut self) {
        if !self.parts.cues.meets(TITLES) {
            return;
        }
        let mut place = 0;
        while place < self.parts.len() {
            let Some(group) = self.title_group(place) else {
                place += 1;
                continue;
            };
            if self.is_english(group.start) && !self.is_chinese_around(&group) {
                self.read_english_role(group);
            } else {
                self.read_chinese_role(group);
            }
            place = group.end;
        }
    }

    /// CEO and CTO are titles in both languages: Chinese on either side decides.
    fn is_chinese_around(&self, group: &TitleGroup) -> bool {
        use crate::names::is_han;
        let before = self.parts.start(group.start).checked_sub(1).map_or('\0', |at| self.text.at(at));
        let after = self.text.at(self.parts.end_before(group.end));
        is_han(before)
            || is_han(after)
            || matches!(before, '、' | '“' | '”')
            || self.parts.range.clone().filter(|at| is_han(self.text.at(*at))).count() * 4 > self.parts.range.len()
    }

    fn read_chinese_role(&mut self, group: TitleGroup) {
        if self.parts.has(group.end, Cue::Reporter) || group.start > 0 && self.parts.has(group.start - 1, Cue::Reporter)
        {
            return;
        }
        // 系统负责人: the word in front says of what.
        let mut group = group;
        let noun = Cues::any(&[Cue::SuffixStartup, Cue::ModelNoun, Cue::ProductNoun, Cue::Finance]);
        while group.start > 0
            && self.parts.meets(group.start - 1, noun)
            && self.parts.name(group.start - 1).is_none()
            && !self.is_english(group.start - 1)
            && (group.start == 1 || !self.is_loose(group.start - 2) && self.parts.name(group.start - 2).is_none())
        {
            group.start -= 1;
        }
        let role = self.parts.start(group.start)..self.parts.end_before(group.end);
        match self.person_behind(group.end) {
            Some((person, end)) => self.read_title_person(group, role, person, end),
            None => self.read_title_alone(group, role),
        }
    }

    /// The person whose name begins at a place, and the place behind it.
    pub(super) fn person_behind(&mut self, place: usize) -> Option<(usize, usize)> {
        let mut place = place;
        if matches!(self.parts.mark(place), Some(':')) || self.is_word(place, &["是", "为", "、"]) {
            place += 1;
        }
        if self.parts.mark(place) == Some('“') {
            // 由“稚晖君”彭志辉: the name stands behind the nickname.
            place = self.behind_bracket(place);
        }
        let honorific = self.parts.has(place, Cue::Honorific);
        place += usize::from(honorific);
        let start = self.parts.start(place);
        if let Some(entry) = self.parts.name(place) {
            let kind = self.roster.kind(entry);
            if kind == Some(Kind::Person) {
                return Some((entry, place + 1));
            }
            let known = self.roster.get(entry).is_some_and(|entry| entry.known_kind.is_some());
            if known || kind.is_some_and(|kind| kind != Kind::Person) && !self.is_english(place) {
                return None;
            }
        }
        let range = person_at(self.text, start, self.parts.range.end)?;
        // A common word that begins like a name: 高级, 方面.
        let word = self.parts.get(place).is_some_and(|part| {
            part.what == What::Cue
                && part.end - part.start > 1
                && part.end <= range.end
                && !part.cues.has(Cue::Surname)
                && !part.cues.has(Cue::Honorific)
        });
        if word || self.parts.get(place).is_some_and(|part| matches!(part.what, What::Mark(_))) {
            return None;
        }
        let end = (place..self.parts.len()).find(|at| self.parts.start(*at) >= range.end).unwrap_or(self.parts.len());
        let entry = self.enter(range, Hint::Role, Kind::Person)?;
        (self.roster.kind(entry) == Some(Kind::Person)).then_some((entry, end))
    }

    /// O的T P: the person stands behind the title.
    fn read_title_person(&mut self, group: TitleGroup, role: Range<usize>, person: usize, end: usize) {
        let mut at = group.start;
        let clause = self.clause(group.start);
        if at > clause.start && self.is_word(at - 1, &["的", "之", "现任", "时任"]) {
            at -= 1;
        }
        let former_here = at > 0 && self.parts.has(at - 1, Cue::Former) && self.parts.name(at - 1).is_none();
        if former_here {
            at -= 1;
        }
        let mut begin = at;
        let pronoun = at > clause.start
            && self.parts.meets(at - 1, Cues::any(&[Cue::TheCompany, Cue::Its]))
            && self.parts.name(at - 1).is_none();
        // 搜狗公司CEO: here 公司 is the end of a name.
        let pronoun = pronoun && !(at > clause.start + 1 && self.is_loose(at - 2));
        let organisation = if pronoun {
            begin = at - 1;
            if self.is_word(at - 1, &["后者", "the latter"]) {
                (0..at - 1).rev().find_map(|place| self.company(place))
            } else {
                self.focus.company
            }
        } else if let Some((entry, place)) = self.formerly_at(at, clause.start) {
            begin = place;
            Some(entry)
        } else if let Some((entry, range)) = self.organisation_before(at, clause.start, Hint::Part, Kind::Company) {
            begin = (0..at).rev().find(|place| self.parts.start(*place) <= range.start).unwrap_or(at);
            Some(entry)
        } else {
            // The company of the paragraph: 创始人兼CEO许北川告诉…
            let open = at == clause.start
                || self.parts.get(at - 1).is_some_and(|part| matches!(part.what, What::Mark('”' | '(' | ',' | '、')))
                || self.is_word(
                    at - 1,
                    &[
                        "与", "和", "由", "据", "而", "称", "说", "据悉", "其中", "另一位", "向", "另外", "的", "如今",
                        "目前", "任命",
                    ],
                );
            if open { self.company_of_sentence(at).or(self.focus.company) } else { None }
        };
        let former =
            former_here || begin > 0 && self.parts.has(begin - 1, Cue::Former) && self.parts.name(begin - 1).is_none();
        let begin = if former && !former_here { begin - 1 } else { begin };
        let Some(organisation) = organisation.filter(|entry| self.roster.may_be_organisation(*entry)) else {
            let range = self.range(group.start, end);
            self.gaps.push(range);
            return;
        };
        self.add_role(person, organisation, role, former, self.range(begin, end), &group, "role-title");
        self.focus.person = Some(person);
    }

    /// Adds a role, and the founding that a founder's title states.
    #[allow(clippy::too_many_arguments)] // the parts of one fact
    pub(super) fn add_role(
        &mut self,
        person: usize,
        organisation: usize,
        role: Range<usize>,
        former: bool,
        range: Range<usize>,
        group: &TitleGroup,
        rule: &'static str,
    ) {
        let mut properties = Properties::new();
        properties.set("role", self.words(role));
        let modality = if self.parts.cues.has(Cue::Denied) { Modality::Denied } else { Modality::Asserted };
        let predicate = if former { "PREVIOUSLY_AT" } else { "HAS_ROLE" };
        self.draft(Draft {
            subject: person,
            predicate,
            object: Some(organisation),
            properties,
            round: None,
            modality,
            asserted_by: None,
            range: range.clone(),
            rule,
            confidence: 0.9,
        });
        if group.founder {
            self.draft(Draft {
                subject: organisation,
                predicate: "FOUNDED_BY",
                object: Some(person),
                properties: Properties::new(),
                round: None,
                modality,
                asserted_by: None,
                range,
                rule: "founding-title",
                confidence: 0.9,
            });
        }
    }

    /// The title without a person behind it: P出任O的T, P,O的T, 曾任O的T, P是O的T.
    fn read_title_alone(&mut self, group: TitleGroup, role: Range<usize>) {
        let clause = self.clause(group.start);
        let mut at = group.start;
        if at > clause.start && self.is_word(at - 1, &["的"]) {
            at -= 1;
        }
        // 曾任微软亚洲互联网工程院首席科学家: the verb shows where the name begins.
        let verb_before = (clause.start.max(at.saturating_sub(10))..at).rev().find(|place| {
            self.parts.name(*place).is_none()
                && (self.parts.meets(*place, Cues::any(&[Cue::WasAt, Cue::Former]))
                    || self.parts.has(*place, Cue::Appoint))
        });
        let between = verb_before
            .filter(|verb| {
                verb + 1 < at
                    && (verb + 1..at).all(|place| self.parts.mark(place).is_none() && self.parts.date(place).is_none())
            })
            .and_then(|verb| {
                let (entry, end) = self.organisation_from(verb + 1, at, Hint::Shape, Kind::Company)?;
                (end >= at || self.parts.start(at) - self.parts.start(end) <= 6).then_some((entry, verb + 1))
            });
        // 曾在O担任T: the organisation stands in front of the verb.
        let there = verb_before.and_then(|verb| Some((self.worked_there(verb)?, verb + 1)));
        let (organisation, begin) = if let Some((entry, begin)) = there.or(between) {
            (Some(entry), begin)
        } else {
            match self.organisation_before(at, clause.start, Hint::Shape, Kind::Company) {
                Some((entry, range)) => {
                    let begin = (0..at).rev().find(|place| self.parts.start(*place) <= range.start).unwrap_or(at);
                    (Some(entry), begin)
                }
                None if at > clause.start && self.parts.meets(at - 1, Cues::any(&[Cue::TheCompany, Cue::Its])) => {
                    (self.focus.company, at - 1)
                }
                None => (None, at),
            }
        };
        let Some(verb) = begin.checked_sub(1) else { return };
        let former = self.parts.has(verb, Cue::Former) && self.parts.name(verb).is_none();
        let verb = if former { verb.saturating_sub(1) } else { verb };
        let was = self.parts.has(verb, Cue::WasAt)
            || self.parts.has(verb, Cue::Appoint)
                && verb > 0
                && (self.is_word(verb - 1, &["曾", "曾经", "此前", "先后"])
                    || self.parts.has(verb - 1, Cue::WasAt)
                    || self.worked_there(verb).is_some());
        let appointed = self.parts.has(verb, Cue::Appoint)
            || self.is_word(verb, &["是", "为", "系"]) && self.person_before(verb).is_some()
            || self.parts.has(verb, Cue::As) && self.find(clause.start..verb, Cue::AppointActive).is_some();
        let left = self.parts.has(verb, Cue::Left);
        // 曾在英伟达担任研究科学家: the organisation stands in front of the verb.
        let organisation = organisation
            .or_else(|| self.worked_there(verb))
            .or_else(|| if left { self.own_organisation(verb) } else { None })
            .or(if appointed { self.focus.company } else { None });
        let named = self.parts.mark(verb) == Some(',') && verb > 0;
        if !(was || appointed || left || named) {
            return;
        }
        let announcing = self
            .find(clause.start..verb, Cue::AppointActive)
            .and_then(|active| if active == clause.start { self.topic(active) } else { self.company_before(active) });
        let organisation = if announcing.is_some() { announcing } else { organisation };
        let Some(organisation) = organisation.filter(|entry| self.roster.may_be_organisation(*entry)) else { return };
        let person = if let Some(active) = self.find(clause.start..verb, Cue::AppointActive) {
            self.person_behind(active + 1).map(|(person, _)| person)
        } else if named {
            self.parts
                .name(verb - 1)
                .filter(|entry| self.roster.kind(*entry) == Some(Kind::Person))
                .or_else(|| self.person_before(verb))
        } else {
            self.person_before(verb).or_else(|| self.leading_person(verb)).or_else(|| self.person_of_segment(verb)).or(
                if clause.start == verb || self.parts.has(clause.start, Cue::PersonPronoun) || was {
                    self.focus.person
                } else {
                    None
                },
            )
        };
        let Some(person) = person else { return };
        let start = (0..=verb)
            .rev()
            .find(|place| self.parts.name(*place) == Some(person))
            .filter(|place| self.segment(verb).contains(place))
            .unwrap_or(verb);
        self.add_role(
            person,
            organisation,
            role,
            was || left || former,
            self.range(start, group.end),
            &group,
            if was || left { "role-former" } else { "role-appointed" },
        );
        self.focus.person = Some(person);
    }

    /// 前台湾人工智慧实验室研发长: between 前 and the title stands one name, whatever words it holds.
    fn formerly_at(&mut self, at: usize, floor: usize) -> Option<(usize, usize)> {
        let former = (floor.max(at.saturating_sub(9))..at)
            .rev()
            .find(|place| self.parts.has(*place, Cue::Former) && self.parts.name(*place).is_none())?;
        let plain = former + 2 < at
            && (former + 1..at).all(|place| {
                self.parts.mark(place).is_none()
                    && self.parts.date(place).is_none()
                    && !self.is_word(place, &["的", "由"])
            });
        let suffix = self.parts.meets(
            at - 1,
            Cues::any(&[Cue::SuffixCompany, Cue::SuffixInvestor, Cue::SuffixResearch, Cue::SuffixStartup]),
        ) && self.parts.name(at - 1).is_none();
        let range = self.parts.start(former + 1)..self.parts.end_before(at);
        if !plain || !suffix || range.len() > 16 {
            return None;
        }
        self.enter(range, Hint::Part, Kind::Company).map(|entry| (entry, former + 1))
    }

    /// The company that a role of this sentence was at, or that the sentence began with, in front of a place.
    fn company_of_sentence(&self, at: usize) -> Option<usize> {
        if at == 0 {
            return None;
        }
        let start = self.parts.range.start;
        let here = self
            .drafts
            .iter()
            .rev()
            .take_while(|draft| draft.range.start >= start)
            .find(|draft| draft.predicate == "HAS_ROLE")
            .and_then(|draft| draft.object);
        here.or_else(|| {
            let first = (0..at).find(|place| self.company(*place).is_some())?;
            let governed = first > 0 && self.is_word(first - 1, &["由", "在", "被", "与", "据", "向", "对", "和"]);
            self.company(first)
                .filter(|entry| !governed && matches!(self.roster.kind(*entry), Some(Kind::Startup | Kind::Company)))
        })
    }

    /// The organisation that the last role of this sentence was at.
    fn own_organisation(&self, verb: usize) -> Option<usize> {
        let start = self.parts.start(self.segment(verb).start);
        self.drafts
            .iter()
            .rev()
            .find(|draft| draft.predicate == "HAS_ROLE" && draft.range.start >= start)
            .and_then(|draft| draft.object)
    }

    /// 曾在O担任T: O.
    fn worked_there(&self, verb: usize) -> Option<usize> {
        let clause = self.clause(verb);
        (clause.start..verb)
            .rev()
            .take(5)
            .find(|place| {
                self.company(*place).is_some()
                    && place.checked_sub(1).is_some_and(|before| {
                        self.parts.has(before, Cue::WasAt)
                            || self.is_word(before, &["在", "于"])
                                && before
                                    .checked_sub(1)
                                    .is_some_and(|at| self.is_word(at, &["曾", "此前", "先后", "曾经", "之前"]))
                    })
            })
            .and_then(|place| self.company(place))
    }

    /// The person directly in front of a verb.
    pub(super) fn person_before(&mut self, verb: usize) -> Option<usize> {
        let clause = self.clause(verb);
        let mut place = verb;
        while place > clause.start {
            let at = place - 1;
            if let Some(entry) = self.parts.name(at) {
                if self.roster.kind(entry) == Some(Kind::Person) {
                    return Some(entry);
                }
                if !self.is_english(at) || self.roster.kind(entry).is_some() {
                    return None;
                }
                return None;
            }
            if matches!(self.parts.mark(at), Some(')')) {
                let open = self.before_bracket(at);
                if open == at {
                    return None;
                }
                place = open;
                continue;
            }
            let skipped = self.parts.date(at).is_some()
                || self.parts.meets(at, Cues::any(&[Cue::Particle, Cue::Announce, Cue::Planned, Cue::Honorific]))
                || self.is_word(at, &["现", "已", "曾", "也"]);
            if !skipped {
                break;
            }
            place -= 1;
        }
        // Characters that nobody knows: a family name and what follows up to the verb.
        let end = self.parts.start(place);
        for length in [3_usize, 2, 4] {
            let Some(start) = end.checked_sub(length) else { continue };
            let first = (0..place).find(|at| self.parts.start(*at) == start);
            if first.is_none_or(|first| first < clause.start)
                || (first.unwrap_or(0)..place).any(|at| {
                    matches!(
                        self.parts.get(at).map(|part| part.what),
                        Some(What::Mark(_) | What::Date(_) | What::Money(_))
                    )
                })
            {
                continue;
            }
            let open = first.is_some_and(|first| first == clause.start || !self.is_loose(first - 1));
            if open && person_at(self.text, start, end).is_some_and(|range| range == (start..end)) {
                return self
                    .enter(start..end, Hint::Role, Kind::Person)
                    .filter(|entry| self.roster.kind(*entry) == Some(Kind::Person));
            }
        }
        None
    }

    /// The person that a clause begins with: 王慧文因健康原因离开.
    pub(super) fn leading_person(&mut self, verb: usize) -> Option<usize> {
        let clause = self.clause(verb);
        if self.parts.name(clause.start).is_some() || clause.start >= verb {
            return None;
        }
        let start = self.parts.start(clause.start);
        let range = person_at(self.text, start, self.parts.start(verb))?;
        let next = (clause.start..=verb).find(|place| self.parts.start(*place) >= range.end)?;
        let closed = self.parts.start(next) == range.end
            && (self.parts.meets(next, Cues::any(&[Cue::AfterPerson])) && self.parts.name(next).is_none()
                || next == verb);
        let word = self
            .parts
            .get(clause.start)
            .is_some_and(|part| part.what == What::Cue && part.end > part.start + 1 && !part.cues.has(Cue::Surname));
        if !closed || word {
            return None;
        }
        self.enter(range, Hint::Role, Kind::Person).filter(|entry| self.roster.kind(*entry) == Some(Kind::Person))
    }

    /// The first person of the segment.
    pub(super) fn person_of_segment(&self, verb: usize) -> Option<usize> {
        let segment = self.segment(verb);
        (segment.start..verb)
            .find_map(|place| self.parts.name(place).filter(|entry| self.roster.kind(*entry) == Some(Kind::Person)))
    }
}
