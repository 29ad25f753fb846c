//! Investors and rounds: which round an investor is said to have taken part in.

use super::super::Kind;
use super::super::cue::{Cue, Cues};
use super::super::phrase::ListItem;
use super::super::reader::Reader;
use super::super::roster::Hint;
use super::super::rounds::{Investor, Round};

impl Reader<'_, '_> {
    /// The company whose round the sentence is about, at a place.
    pub(super) fn round_company(&mut self, place: usize) -> Option<usize> {
        let segment = self.segment(place);
        let start = self.parts.start(segment.start);
        let here = self.parts.start(place);
        // The last round that this segment named, in front of the place.
        let named = self
            .rounds
            .list
            .iter()
            .rev()
            .filter(|round| !round.cumulative || round.ranges.len() == 1)
            .find(|round| round.ranges.last().is_some_and(|range| range.start >= start && range.start <= here))
            .map(|round| round.company);
        if named.is_some() {
            return named;
        }
        if (segment.start..place)
            .any(|at| self.parts.meets(at, Cues::any(&[Cue::ThisRound, Cue::TheCompany, Cue::Its])))
        {
            return self.focus.company;
        }
        let subject = self.topic(place);
        // The subject of the sentence, unless it only takes part.
        match subject {
            Some(entry)
                if self.roster.kind(entry) != Some(Kind::Investor)
                    && (segment.start..place).any(|at| self.parts.name(at) == Some(entry))
                    && self.has_own_round(entry) =>
            {
                Some(entry)
            }
            _ => self.focus.company,
        }
    }

    fn has_own_round(&self, entry: usize) -> bool {
        self.rounds.list.iter().any(|round| round.company == entry)
            || self.roster.kind(entry) == Some(Kind::Startup)
            || self.focus.company.is_none()
    }

    /// The round that an investor is said to have taken part in, by a sentence about the investor.
    pub(super) fn active_round(&mut self, company: usize, verb: usize, end: usize) -> usize {
        let clause = self.clause(verb);
        let series =
            (verb..clause.end.min(end + 8)).find_map(|place| self.parts.round(place)).map(|round| round.series.clone());
        let amount = (end..clause.end.min(end + 8))
            .find(|place| {
                self.parts.amount(*place).is_some()
                    && !self.is_taken(*place)
                    && !self.is_other_money(*place, &clause)
                    && (*place + 1..clause.end.min(place + 4))
                        .any(|at| self.parts.has(at, Cue::Finance) || self.parts.round(at).is_some())
            })
            .and_then(|place| self.parts.amount(place))
            .cloned();
        let mut round = Round::of(company, "investor-active", self.range(verb, end));
        round.series = series;
        round.stated = amount.is_some();
        round.amount = amount;
        round.date = self.date_near(verb);
        round.modality = self.modality(verb);
        round.past = self.is_past(verb);
        round.sentence = self.parts.range.start;
        self.rounds.add(round, false)
    }

    pub(super) fn attach(
        &mut self,
        company: usize,
        items: &[ListItem],
        lead: Option<bool>,
        existing: bool,
        word: usize,
        rule: &'static str,
    ) {
        let segment = self.segment(word);
        let here = self.parts.start(word);
        let start = self.parts.start(segment.start);
        let place = self
            .rounds
            .list
            .iter()
            .rposition(|round| {
                round.company == company
                    && round.ranges.last().is_some_and(|range| range.start >= start && range.start <= here + 400)
                    && (round.ranges.last().is_some_and(|range| range.start <= here) || !self.is_english(word))
            })
            .or_else(|| self.rounds.current(company));
        let place = place.unwrap_or_else(|| {
            let mut round = Round::of(company, rule, self.range(word, word + 1));
            round.date = self.date_near(word);
            round.modality = self.modality(word);
            round.sentence = self.parts.range.start;
            self.rounds.list.push(round);
            self.rounds.list.len() - 1
        });
        self.attach_to(place, items, lead, existing, word, rule);
        self.focus.company = Some(company);
    }

    pub(super) fn attach_to(
        &mut self,
        place: usize,
        items: &[ListItem],
        lead: Option<bool>,
        existing: bool,
        word: usize,
        rule: &'static str,
    ) {
        let modality = self.modality(word);
        let list = self.list_range(items, word);
        let Some(round) = self.rounds.list.get(place) else { return };
        let company = round.company;
        // The quote begins where the round is named, when that is in this sentence.
        let begin = round
            .ranges
            .iter()
            .map(|range| range.start)
            .filter(|start| *start >= self.parts.range.start && *start <= list.start)
            .min();
        let range = begin.unwrap_or(list.start)..list.end;
        let mut added = Vec::new();
        for item in items {
            if item.entry == company {
                continue;
            }
            if self.roster.kind(item.entry).is_none() {
                self.roster.hint(item.entry, Hint::Part, Kind::Investor);
            }
            added.push(Investor {
                entry: item.entry,
                lead,
                existing: existing && item.existing,
                amount: None,
                stake: None,
                range: range.clone(),
                rule,
                modality,
            });
        }
        self.fire(rule, range);
        if let Some(round) = self.rounds.get_mut(place) {
            round.investors.extend(added);
        }
    }

    /// 吸引了A、B参与.
    pub(super) fn read_attracted(&mut self, verb: usize) -> Option<usize> {
        let from = verb + 1 + usize::from(self.is_word(verb + 1, &["了"]));
        let from = from + usize::from(self.parts.has(from, Cue::Include) || self.is_word(from, &["包括", "来自"]));
        let clause = self.clause(verb);
        let money = (clause.start..clause.end).any(|place| {
            self.parts.meets(
                place,
                Cues::any(&[
                    Cue::Join,
                    Cue::Follow,
                    Cue::Finance,
                    Cue::ThisRound,
                    Cue::Existing,
                    Cue::NewInvestors,
                    Cue::InvestorNoun,
                ]),
            )
        });
        if !money {
            return None;
        }
        // 新增A、B为股东
        let holders = (from + 1..clause.end).find(|place| {
            self.is_word(*place, &["为", "成为", "等"]) && self.find(*place..clause.end, Cue::InvestorNoun).is_some()
        });
        let added = self.is_word(verb, &["新增", "新增了"]);
        let (items, end) = match holders {
            Some(holders) if added => (self.items(from, holders, Kind::Investor), holders),
            _ if added && !self.parts.meets(from, Cues::any(&[Cue::InvestorNoun, Cue::NewInvestors])) => return None,
            _ => self.list_from(from, Kind::Investor),
        };
        if items.is_empty() {
            return None;
        }
        let company = self.round_company(verb)?;
        self.attach(company, &items, None, false, verb, "investor-list");
        Some(end)
    }
}
