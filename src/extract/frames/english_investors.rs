//! Investors in English: led by A, with participation from B, investors include C, A has backed S.

use super::super::Kind;
use super::super::cue::{Cue, Cues};
use super::super::phrase::ListItem;
use super::super::reader::Reader;

impl Reader<'_, '_> {
    pub(super) fn read_english_investors(&mut self, place: usize) -> Option<usize> {
        let cues = self.parts.get(place).map_or(Cues::NONE, |part| part.cues);
        let has = |cue| cues.has(cue);
        if has(Cue::LedBy) {
            let (items, end) = self.list_from(place + 1, Kind::Investor);
            return self.attach_english(place, items, Some(true), end, "investor-led-by");
        }
        if has(Cue::FollowedBy) && self.is_funding_near(place) {
            let (items, end) = self.list_from(place + 1, Kind::Investor);
            return self.attach_english(place, items, Some(false), end, "investor-joined-by");
        }
        if has(Cue::BackedBy) {
            let (items, end) = self.list_from(place + 1, Kind::Investor);
            return self.attach_english(place, items, None, end, "investor-backed-by");
        }
        if has(Cue::Led) && !self.is_word(place, &["leads", "leading"]) || has(Cue::Led) && self.is_funding_near(place)
        {
            return self.read_english_led(place);
        }
        if has(Cue::TookPart) && !self.is_word(place, &["invested"]) && self.is_funding_near(place)
            || self.is_word(place, &["also invested"])
        {
            let items = self.english_list_before(place, Kind::Investor);
            let end = place + 1;
            return self.attach_english(place, items, Some(false), end, "investor-took-part");
        }
        // counts A, B and C among its investors
        if self.is_word(place, &["counts", "count"]) {
            let (items, end) = self.list_from(place + 1, Kind::Investor);
            let among = (end..self.parts.len().min(end + 4)).any(|at| self.parts.has(at, Cue::InvestorNoun));
            return if among { self.attach_english(place, items, None, end, "investor-list") } else { None };
        }
        if (has(Cue::InvestorNoun) || has(Cue::Existing))
            && !has(Cue::Include)
            && let Some(include) = self.include_behind(place)
        {
            let (items, end) = self.list_from(include + 1, Kind::Investor);
            let joined = (place..include).any(|at| self.parts.has(at, Cue::TookPart))
                || self.is_word(place, &["participants", "other participants", "other investors", "other backers"])
                || place > 0 && self.is_word(place - 1, &["other", "additional"]);
            let lead = if self.is_word(place, &["lead investors", "lead investor"]) {
                Some(true)
            } else {
                joined.then_some(false)
            };
            return self.attach_english(place, items, lead, end, "investor-list");
        }
        if self.is_word(place, &["from", "from investors including", "from investors such as"])
            && self.is_money_from(place)
        {
            let (items, end) = self.list_from(place + 1, Kind::Investor);
            return self.attach_english(place, items, None, end, "investor-from");
        }
        if has(Cue::Invest)
            && !self.is_word(place, &["invest", "stake in", "investing in", "investment in", "put", "pour"])
            || self.is_word(place, &["to invest in", "invest in", "investing in", "invest"])
                && self.modality(place) == crate::model::Modality::Planned
        {
            return self.read_english_active(place);
        }
        None
    }

    /// The word that opens the list behind a noun: investors include, backers, including, investors that joined include.
    fn include_behind(&self, noun: usize) -> Option<usize> {
        let comma = usize::from(self.parts.mark(noun + 1) == Some(','));
        if self.parts.mark(noun + 1) == Some(':') {
            return Some(noun + 1);
        }
        let limit = if comma == 1 { noun + 3 } else { noun + 7 };
        let found = (noun + 1 + comma..self.parts.len().min(limit))
            .take_while(|at| self.parts.name(*at).is_none() && self.parts.mark(*at).is_none())
            .find(|at| self.parts.has(*at, Cue::Include))?;
        let plain = self.is_word(found, &["is", "are", "was", "were"]);
        (!plain || found == noun + 1).then_some(found)
    }

    /// Whether the sentence is about funding, so that "joined by" is about investors.
    pub(super) fn is_funding_near(&self, place: usize) -> bool {
        self.parts.cues.meets(Cues::any(&[Cue::Finance, Cue::ThisRound, Cue::LedBy, Cue::Existing, Cue::InvestorNoun]))
            || !self.parts.rounds.is_empty()
            || self.is_word(place, &["with participation from", "participation from"])
            || self.rounds.list.last().is_some_and(|round| {
                self.parts.range.start.saturating_sub(round.sentence) < 400
                    && self.parts.meets(place, Cues::any(&[Cue::TookPart, Cue::Led]))
            })
    }

    /// raised $5 million from A and B; a seed from A
    fn is_money_from(&self, place: usize) -> bool {
        let clause = self.clause(place);
        (clause.start.max(place.saturating_sub(8))..place)
            .any(|at| self.parts.amount(at).is_some() || self.parts.round(at).is_some())
            && (clause.start..place).any(|at| {
                self.parts.meets(at, Cues::any(&[Cue::Raise, Cue::Finance])) || self.parts.round(at).is_some()
            })
            && !self.parts.meets(place + 1, Cues::any(&[Cue::RiseFrom]))
            && self.parts.amount(place + 1).is_none()
    }

    /// A led the round; A led S's Series B.
    fn read_english_led(&mut self, verb: usize) -> Option<usize> {
        let items = self.english_list_before(verb, Kind::Investor);
        if items.is_empty() {
            return None;
        }
        let clause = self.clause(verb);
        let ahead = verb + 1..clause.end.min(verb + 9);
        let about_round = ahead.clone().any(|place| {
            self.parts.round(place).is_some()
                || self.parts.meets(place, Cues::any(&[Cue::ThisRound, Cue::Finance, Cue::RoundWord]))
        });
        // A and B co-led, and C joined: the round stands in front.
        let ends = verb + 1 >= clause.end && self.is_funding_near(verb);
        if !about_round && !ends {
            return None;
        }
        let owner = ahead
            .clone()
            .find(|place| self.parts.mark(place + 1) == Some('\'') && self.company(*place).is_some())
            .and_then(|place| self.company(place));
        let owner = owner.or_else(|| {
            // the Series B round of S, the investment in S
            let of = ahead.clone().find(|place| self.is_word(*place, &["of", "in", "for"]))?;
            self.company(of + 1)
        });
        let end = verb + 1;
        match owner {
            Some(company) => {
                let place = self.active_round(company, verb, ahead.end);
                self.attach_to(place, &items, Some(true), false, verb, "investor-active");
                Some(end)
            }
            None => self.attach_english(verb, items, Some(true), end, "investor-led"),
        }
    }

    /// A invested $5 million in S; A has backed S, T and U.
    fn read_english_active(&mut self, verb: usize) -> Option<usize> {
        if self.is_negated(verb) {
            return None;
        }
        let clause = self.clause(verb);
        let mut items = self.english_list_before(verb, Kind::Investor);
        items.retain(|item| {
            self.roster.may_be_organisation(item.entry) || self.roster.kind(item.entry) == Some(Kind::Person)
        });
        let mut from = verb + 1;
        let amount = (from..clause.end.min(from + 4)).find(|place| self.parts.amount(*place).is_some());
        if let Some(amount) = amount {
            let into = (amount + 1..clause.end.min(amount + 3)).find(|place| self.is_word(*place, &["in", "into"]))?;
            from = into + 1;
        } else if self.is_word(verb, &["invested", "invest", "poured", "pours", "put", "injected", "putting"]) {
            return None;
        }
        let (mut targets, mut end) = self.list_from(from, Kind::Startup);
        // A backed the company: the one in focus.
        let meant = from + usize::from(self.is_word(from, &["in", "into"]));
        if targets.is_empty()
            && self.parts.has(meant, Cue::TheCompany)
            && let Some(entry) = self.focus.company.filter(|_| !items.is_empty())
        {
            targets.push(ListItem { entry, existing: false, place: meant });
            end = meant + 1;
        }
        if items.is_empty() {
            let entry = self.company_before(verb)?;
            let place = (0..verb).rev().find(|place| self.parts.name(*place) == Some(entry)).unwrap_or(verb);
            items.push(ListItem { entry, existing: false, place });
        }
        let own = amount.and_then(|place| self.parts.amount(place)).cloned();
        for target in targets {
            if !self.roster.may_be_organisation(target.entry) || items.iter().any(|item| item.entry == target.entry) {
                continue;
            }
            let place = self.active_round(target.entry, verb, end);
            self.attach_to(place, &items, None, false, verb, "investor-active");
            if let Some(round) = self.rounds.get_mut(place)
                && let (Some(investor), [_]) = (round.investors.last_mut(), items.as_slice())
            {
                investor.amount = own.clone();
                investor.range.end = investor.range.end.max(self.parts.end_before(target.place + 1));
            }
        }
        Some(end)
    }

    pub(super) fn attach_english(
        &mut self,
        word: usize,
        mut items: Vec<ListItem>,
        lead: Option<bool>,
        end: usize,
        rule: &'static str,
    ) -> Option<usize> {
        items.retain(|item| {
            !self.parts.has(item.place, Cue::Medium)
                || self.roster.get(item.entry).is_some_and(|entry| entry.known_kind == Some(Kind::Investor))
        });
        if items.is_empty() || self.is_negated(word) {
            return None;
        }
        let company = self.round_company(word)?;
        let existing = items.iter().any(|item| item.existing);
        self.attach(company, &items, lead, existing, word, rule);
        Some(end)
    }
}
