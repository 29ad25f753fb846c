//! Who does something: the company in front of a verb, in its sentence, or in the focus of the text.

use super::super::Kind;
use super::super::cue::{Cue, Cues};
use super::super::parts::What;
use super::super::reader::Reader;
use super::super::roster::Hint;

/// Words between a company and what it does.
const BETWEEN: Cues = Cues::any(&[
    Cue::Announce,
    Cue::Claim,
    Cue::Planned,
    Cue::Reported,
    Cue::Particle,
    Cue::ScopeOpen,
    Cue::RiseTo,
    Cue::TimeBefore,
    Cue::Generation,
    Cue::As,
]);

/// Characters between a company and its verb that are no words of the lexicon.
const ADVERBS: &[&str] =
    &["则", "亦", "便", "即", "共", "正", "刚", "才", "更", "近", "再", "先", "后", "尚", "均", "始", "终", "暂", "另"];

/// Words in front of a name that say that it is not the one who does it.
const GOVERNING: Cues = Cues::any(&[
    Cue::LedBy,
    Cue::FollowedBy,
    Cue::BackedBy,
    Cue::FromInvestors,
    Cue::AcquiredBy,
    Cue::WithPerson,
    Cue::FoundedBy,
    Cue::DevelopedBy,
]);

impl Reader<'_, '_> {
    /// The company that does what the verb at a place says.
    pub(in super::super) fn company_before(&mut self, verb: usize) -> Option<usize> {
        if self.is_english(verb) { self.english_company(verb) } else { self.chinese_company(verb) }
    }

    fn chinese_company(&mut self, verb: usize) -> Option<usize> {
        let clause = self.clause(verb);
        let mut place = verb;
        while place > clause.start {
            let at = place - 1;
            let Some(part) = self.parts.get(at).copied() else { break };
            match part.what {
                What::Date(_) | What::Round(_) => place -= 1,
                // 以33亿美元估值完成: the value stands between.
                What::Money(_) | What::Cue
                    if (part.cues.has(Cue::Valuation)
                        || matches!(part.what, What::Money(_))
                        || self.is_word(at, &["的"]) && at > 0 && self.parts.has(at - 1, Cue::Valuation))
                        && self.by_value(at, clause.start).is_some() =>
                {
                    place = self.by_value(at, clause.start).unwrap_or(at);
                }
                What::Han if self.is_word(at, ADVERBS) && (at == clause.start || !self.is_loose(at - 1)) => place -= 1,
                What::Cue if part.cues.meets(Cues::any(&[Cue::TheCompany, Cue::Its])) => return self.focus.company,
                What::Cue if part.cues.has(Cue::ThisRound) => return self.focus.company,
                What::Cue if self.is_word(at, &["这家", "该", "这间", "这", "那家", "此"]) => {
                    return self.focus.company;
                }
                What::Cue if self.is_word(at, &["的", "等", "让", "使", "令", "给", "被", "由"]) => break,
                What::Cue if self.is_last_character(at) => {
                    if let Some((found, _)) = self.organisation_before(place, clause.start, Hint::Part, Kind::Startup) {
                        return Some(found);
                    }
                    break;
                }
                What::Cue if part.cues.meets(BETWEEN) => {
                    // 月之暗面的…: what belongs to a company is not the company.
                    place -= 1;
                }
                What::Cue if part.cues.has(Cue::Descriptor) => {
                    // 这家…公司
                    if self.is_pointed_at(at, clause.start) {
                        return self.focus.company;
                    }
                    break;
                }
                What::Name(entry) => {
                    if !self.roster.may_be_organisation(entry) || part.cues.has(Cue::Medium) {
                        if self.roster.kind(entry) == Some(Kind::Person) {
                            place -= 1;
                            continue;
                        }
                        break;
                    }
                    if let Some((found, _)) = self.organisation_before(place, clause.start, Hint::Part, Kind::Startup) {
                        return Some(found);
                    }
                    return Some(entry);
                }
                What::Mark('”' | '"' | ')') | What::Han | What::Word | What::Number(..) => {
                    if let Some((found, _)) = self.organisation_before(place, clause.start, Hint::Part, Kind::Startup) {
                        return Some(found);
                    }
                    if matches!(part.what, What::Mark(_)) {
                        let open = self.before_bracket(at);
                        if open < at {
                            place = open;
                            continue;
                        }
                    }
                    break;
                }
                What::Cue
                    if part.cues.meets(Cues::any(&[
                        Cue::SuffixStartup,
                        Cue::SuffixCompany,
                        Cue::SuffixInvestor,
                        Cue::SuffixResearch,
                    ])) =>
                {
                    if let Some((found, _)) = self.organisation_before(place, clause.start, Hint::Part, Kind::Startup) {
                        return Some(found);
                    }
                    break;
                }
                _ => break,
            }
        }
        // 国内AI创业公司月之暗面，于近期完成: what describes the company shows where its name begins.
        if let Some(comma) = clause.start.checked_sub(1).filter(|comma| self.parts.mark(*comma) == Some(','))
            && let Some(found) = self.apposed_before(comma)
        {
            return Some(found);
        }
        self.topic(verb)
    }

    /// The place of 以 in 以…估值, when `at` is inside it.
    fn by_value(&self, at: usize, floor: usize) -> Option<usize> {
        (floor.max(at.saturating_sub(8))..at).rev().find(|place| self.is_word(*place, &["以", "按", "按照"]))
    }

    /// The name at the end of a clause, when the word in front of it says that a company's name follows.
    fn apposed_before(&mut self, comma: usize) -> Option<usize> {
        let clause = self.clause(comma.checked_sub(1)?);
        let mut first = comma;
        while first > clause.start && (self.is_loose(first - 1) || self.parts.name(first - 1).is_some()) {
            first -= 1;
        }
        let described =
            first > clause.start && self.parts.has(first - 1, Cue::Descriptor) && self.parts.name(first - 1).is_none();
        if !described || first == comma {
            return None;
        }
        self.name_in(first, comma, Hint::Part, Kind::Startup)
            .map(|(entry, _)| entry)
            .filter(|entry| self.roster.may_be_organisation(*entry))
    }

    /// The company directly in front of 宣布.
    fn announcer(&mut self, verb: usize) -> Option<usize> {
        let clause = self.clause(verb);
        let mut place = verb;
        while place > clause.start {
            let at = place - 1;
            if self.parts.mark(at) == Some(')') && self.before_bracket(at) < at {
                place = self.before_bracket(at);
                continue;
            }
            let skipped = self.parts.date(at).is_some()
                || self.is_word(at, ADVERBS) && (at == clause.start || !self.is_loose(at - 1))
                || self.parts.meets(at, Cues::any(&[Cue::Announce, Cue::Particle, Cue::ScopeOpen]))
                    && self.parts.name(at).is_none()
                    && !self.is_word(at, &["的", "等", "该", "这家"]);
            if !skipped {
                break;
            }
            place -= 1;
        }
        let (found, _) = self.organisation_before(place, clause.start, Hint::Shape, Kind::Company)?;
        self.roster.may_be_organisation(found).then_some(found)
    }

    /// Whether 这家 or 该 stands in front of the word at a place.
    fn is_pointed_at(&self, at: usize, floor: usize) -> bool {
        (floor.max(at.saturating_sub(6))..at).any(|place| self.is_word(place, &["这家", "该", "这间"]))
    }

    /// The company that the segment is about: the first one that stands free, else the one in focus.
    pub(in super::super) fn topic(&mut self, verb: usize) -> Option<usize> {
        let segment = self.segment(verb);
        // Who announces it does it.
        let announced = (segment.start..self.clause(verb).start)
            .rev()
            .find(|place| self.parts.has(*place, Cue::Announce) && self.parts.name(*place).is_none());
        if let Some(announced) = announced
            && let Some(found) = self.announcer(announced)
        {
            return Some(found);
        }
        let mut place = segment.start;
        while place < verb {
            if self.parts.meets(place, Cues::any(&[Cue::TheCompany]))
                || (self.parts.has(place, Cue::Its) && place == segment.start)
            {
                return self.focus.company;
            }
            // 在…支持下, 由…创办的: who stands in there is not the topic.
            if self.is_word(place, &["由", "在", "被", "与", "据", "向", "对"]) {
                let clause_end = self.clause(place).end;
                let de = (place..clause_end)
                    .rev()
                    .find(|at| *at < verb && self.is_word(*at, &["的", "下", "后", "中", "上"]));
                if let Some(de) = de {
                    place = de + 1;
                    continue;
                }
                place = clause_end;
                continue;
            }
            if let Some(entry) = self.company(place) {
                let owner =
                    self.is_word(place + 1, &["的", "旗下", "旗下的", "等"]) && self.parts.name(place + 2).is_some();
                let quoted_speaker = self.parts.meets(place + 1, Cues::any(&[Cue::Title, Cue::Founder]));
                let medium = self.is_word(place + 1, &["报道", "报导", "获悉", "记者", "讯", "消息"]);
                if !owner && !quoted_speaker && !medium && self.roster.kind(entry) != Some(Kind::Investor) {
                    return Some(entry);
                }
            }
            place += 1;
        }
        self.focus.company
    }

    fn english_company(&mut self, verb: usize) -> Option<usize> {
        let segment = self.segment(verb);
        let mut place = verb;
        while place > segment.start {
            let at = place - 1;
            let Some(part) = self.parts.get(at).copied() else { break };
            match part.what {
                What::Name(entry) => {
                    if self.is_governed(at, segment.start)
                        || !self.roster.may_be_organisation(entry)
                        || part.cues.has(Cue::Medium)
                    {
                        if self.roster.kind(entry) == Some(Kind::Person) && self.parts.has(place, Cue::Found) {
                            place -= 1;
                            continue;
                        }
                        break;
                    }
                    return Some(entry);
                }
                What::Cue
                    if part.cues.meets(Cues::any(&[Cue::TheCompany])) || self.is_word(at, &["it", "they", "we"]) =>
                {
                    return self.earlier_company(at, segment.start).or(self.focus.company);
                }
                What::Cue if self.is_word(at, &["its", "their"]) => {
                    return self.earlier_company(at, segment.start).or(self.focus.company);
                }
                What::Cue if self.is_word(at, &["which", "that", "who"]) => {
                    return (segment.start..at).rev().find_map(|place| self.company(place)).or(self.focus.company);
                }
                What::Date(_) => place -= 1,
                What::Mark(')') => {
                    let open = self.before_bracket(at);
                    if open == at {
                        break;
                    }
                    place = open;
                }
                What::Mark('"' | '”') => place -= 1,
                // , a legal AI startup backed by OpenAI, raised: the company stands in front of what describes it.
                What::Mark(',') => return self.first_company(segment.start, at),
                What::Cue | What::Word
                    if !part.cues.meets(Cues::any(&[Cue::FinancingOver, Cue::Raise, Cue::Include]))
                        || part.cues.meets(BETWEEN) =>
                {
                    place -= 1
                }
                _ => break,
            }
        }
        self.first_company(segment.start, verb)
    }

    /// The first company between two places that nothing governs, else the one in focus.
    fn first_company(&mut self, from: usize, to: usize) -> Option<usize> {
        let mut place = from;
        while place < to {
            if self.parts.has(place, Cue::TheCompany) || self.is_word(place, &["it"]) {
                return self.focus.company;
            }
            if let Some(entry) = self.company(place) {
                let possessive = self.parts.mark(place + 1) == Some('\'');
                if !possessive
                    && !self.is_governed(place, from)
                    && self.roster.kind(entry) != Some(Kind::Investor)
                    && !self.parts.meets(place + 1, Cues::any(&[Cue::Title, Cue::Founder]))
                {
                    return Some(entry);
                }
            }
            place += 1;
        }
        self.focus.company
    }

    fn earlier_company(&self, at: usize, from: usize) -> Option<usize> {
        (from..at).find_map(|place| {
            let entry = self.company(place)?;
            (!self.is_governed(place, from)
                && self.roster.kind(entry) != Some(Kind::Investor)
                && !self.parts.meets(place + 1, Cues::any(&[Cue::Title, Cue::Founder]))
                && self.parts.mark(place + 1) != Some('\''))
            .then_some(entry)
        })
    }

    /// Whether a preposition in front of a name makes it part of something else.
    fn is_governed(&self, at: usize, floor: usize) -> bool {
        let mut place = at;
        let mut steps = 0;
        while place > floor && steps < 5 {
            place -= 1;
            steps += 1;
            if self.parts.meets(place, GOVERNING)
                || self.is_word(
                    place,
                    &[
                        "by", "from", "with", "of", "in", "at", "to", "for", "against", "like", "including", "than",
                        "on", "into",
                    ],
                )
            {
                return true;
            }
            let skips = self.is_word(place, &["the", "a", "an", "and", "its"])
                || self.parts.name(place).is_some()
                || self.parts.mark(place) == Some(',')
                    && self.parts.name(place.saturating_sub(1)).is_some()
                    && self.is_listed(place, at);
            let described = self
                .parts
                .meets(place, Cues::any(&[Cue::Descriptor, Cue::NewInvestors, Cue::Existing, Cue::LatinNoise]))
                && self.parts.mark(place).is_none();
            if !skips && !described {
                return false;
            }
        }
        false
    }

    /// Whether the comma at a place joins a list that goes on to the name at `at`.
    fn is_listed(&self, comma: usize, at: usize) -> bool {
        self.is_word(at + 1, &["and"])
            || self.is_word(at.saturating_sub(1), &["and"])
            || self.parts.mark(at + 1) == Some(',') && self.parts.name(at + 2).is_some() && comma + 1 == at
    }
}
