//! Valuations: what a company is said to be worth, and at which round.

use super::super::Kind;
use super::super::cue::{Cue, Cues};
use super::super::reader::Reader;
use super::super::rounds::Round;

impl Reader<'_, '_> {
    /// 以V的估值, 估值达到V, at a valuation of V, values the company at V.
    pub(super) fn read_valuations(&mut self) {
        if !self.parts.cues.has(Cue::Valuation) {
            return;
        }
        for word in 0..self.parts.len() {
            if self.parts.has(word, Cue::Valuation) && self.parts.name(word).is_none() {
                self.read_valuation(word);
            }
        }
    }

    fn read_valuation(&mut self, word: usize) {
        let clause = self.clause(word);
        // English commas do not end what "valuation" belongs to: a valuation, including the new money, of $2 billion.
        let behind = (word + 1..clause.end.min(word + 11))
            .take_while(|place| !self.parts.has(*place, Cue::Raise) || self.parts.has(*place, Cue::RiseTo))
            .filter(|place| self.parts.amount(*place).is_some())
            .collect::<Vec<_>>();
        let ahead =
            (clause.start.max(word.saturating_sub(6))..word).rev().find(|place| self.parts.amount(*place).is_some());
        let near_ahead = ahead.filter(|place| {
            (*place + 1..word).all(|at| {
                self.is_word(at, &["的", "投前", "投后", "post-money", "pre-money", "市场", "元", "美元", "a"])
                    || self.parts.meets(at, Cues::any(&[Cue::PreMoney, Cue::PostMoney, Cue::Particle]))
            })
        });
        // 估值从V1升至V2: the last one is now.
        let rising = behind.len() > 1
            && (word + 1..behind.last().copied().unwrap_or(word))
                .any(|place| self.parts.meets(place, Cues::any(&[Cue::RiseFrom])));
        let amount = near_ahead.or(if rising { self.risen(word, &behind) } else { behind.first().copied() });
        let Some(amount) = amount else { return };
        if self.is_taken(amount)
            || self.is_word(word, &["worth", "values", "value", "评价"]) && !self.is_worth(word, amount)
        {
            return;
        }
        if (word + 1..amount).any(|place| self.parts.has(place, Cue::NoRaise))
            || self.is_word(amount + 1, &["市值", "in revenue"])
        {
            return;
        }
        let Some(company) = self.valued_company(word) else { return };
        if self.is_negated(word) {
            return;
        }
        let segment = self.segment(word);
        let round_here = (0..self.rounds.list.len()).rev().find(|place| {
            self.rounds.list.get(*place).is_some_and(|round| {
                round.company == company
                    && round.ranges.last().is_some_and(|range| range.start >= self.parts.range.start)
            })
        });
        let place = round_here.or_else(|| self.rounds.current(company));
        let kind = (clause.start.max(word.saturating_sub(8))..clause.end.min(amount.max(word) + 5)).find_map(|at| {
            if self.parts.has(at, Cue::PreMoney)
                || self.is_word(at, &["投前估值", "pre-money valuation", "pre money valuation"])
            {
                Some("pre")
            } else if self.parts.meets(at, Cues::any(&[Cue::PostMoney, Cue::FinancingOver]))
                || self.is_word(at, &["投后估值", "post-money valuation", "post money valuation"])
            {
                Some("post")
            } else {
                None
            }
        });
        let kind = kind.or_else(|| {
            (segment.start..word)
                .any(|at| {
                    self.parts.has(at, Cue::FinancingOver)
                        || self.parts.has(at, Cue::ThisRound) && self.is_word(at + 1, &["融资后", "募资后"])
                })
                .then_some("post")
        });
        let range = self.range(self.place_before(company, word).max(clause.start), amount.max(word) + 1);
        let modality = self.modality(word);
        let value = self.parts.amount(amount).cloned();
        let compatible = place.filter(|place| {
            self.rounds.list.get(*place).is_some_and(|round| {
                let planned =
                    |modality| matches!(modality, crate::model::Modality::Planned | crate::model::Modality::Denied);
                round.valuation.is_none()
                    && planned(round.modality) == planned(modality)
                    && !(self.is_of_old(word) && round_here.is_none())
            })
        });
        match compatible.and_then(|place| self.rounds.get_mut(place)) {
            Some(round) => {
                round.valuation = value;
                round.valuation_type = kind;
                round.ranges.push(range.clone());
            }
            None => {
                // The same figure again adds nothing.
                let known =
                    place.and_then(|place| self.rounds.list.get(place)).and_then(|round| round.valuation.as_ref());
                if known
                    .zip(value.as_ref())
                    .is_some_and(|(known, value)| known.value == value.value && known.currency == value.currency)
                {
                    return;
                }
                let mut round = Round::of(company, "valuation", range.clone());
                round.valuation = value;
                round.valuation_type = kind;
                round.modality = modality;
                round.date = self.date_near(word);
                round.past = self.is_of_old(word) || place.is_some();
                self.rounds.list.push(round);
            }
        }
        self.fire("valuation", range);
        if self.roster.kind(company) != Some(Kind::Investor) {
            self.focus.company = Some(company);
        }
    }

    /// The value after a rise: 从V1升至V2, to V2 from V1.
    fn risen(&self, word: usize, amounts: &[usize]) -> Option<usize> {
        let last = amounts.last().copied()?;
        let first = amounts.first().copied()?;
        let from_first = (word + 1..first).any(|place| {
            self.parts.has(place, Cue::RiseFrom) && !self.is_word(place, &["由"]) || self.is_word(place, &["由"])
        });
        Some(if from_first { last } else { first })
    }

    /// "values the company at $5 billion", "worth $5 billion": not "$5 million worth of computers".
    fn is_worth(&self, word: usize, amount: usize) -> bool {
        if self.is_word(word, &["worth"]) {
            return word + 1 == amount || self.is_word(word + 1, &["at least", "about", "over", "more than"]);
        }
        (word + 1..amount).any(|place| self.is_word(place, &["at"]))
    }

    /// 此前估值, previous valuation: not of the round that the text is about.
    fn is_of_old(&self, word: usize) -> bool {
        let clause = self.clause(word);
        (clause.start..word).any(|place| {
            self.parts.has(place, Cue::TimeBefore)
                && self.parts.date(place).is_none()
                && !self.is_word(place, &["earlier"])
        })
    }

    /// Whose value it is.
    fn valued_company(&mut self, word: usize) -> Option<usize> {
        let clause = self.clause(word);
        if self.is_english(word) {
            // values Tessellate at, valuing the company at
            let object = (word + 1..clause.end.min(word + 7))
                .take_while(|place| !self.is_word(*place, &["at"]))
                .find_map(|place| {
                    if self.parts.meets(place, Cues::any(&[Cue::TheCompany, Cue::Its])) {
                        Some(self.focus.company)
                    } else {
                        self.company(place).map(Some)
                    }
                });
            if let Some(found) = object {
                return found;
            }
            // Harvey's valuation
            let owner = (clause.start..word)
                .rev()
                .take(6)
                .find(|place| self.parts.mark(*place) == Some('\'') && *place > 0)
                .and_then(|place| self.company(place - 1));
            if owner.is_some() {
                return owner;
            }
            if (clause.start.max(word.saturating_sub(4))..word)
                .any(|place| self.parts.meets(place, Cues::any(&[Cue::Its, Cue::TheCompany])))
            {
                return self.rounds_company().or(self.focus.company);
            }
            return self.rounds_company().or_else(|| self.company_before(word));
        }
        // S的估值
        let mut place = word;
        while place > clause.start {
            place -= 1;
            if let Some(entry) = self.company(place) {
                return (self.roster.kind(entry) != Some(Kind::Investor)).then_some(entry).or(self.focus.company);
            }
            if self.parts.meets(place, Cues::any(&[Cue::TheCompany, Cue::Its, Cue::ThisRound])) {
                return self.rounds_company().or(self.focus.company);
            }
        }
        if let Some(found) = self.rounds_company() {
            return Some(found);
        }
        // A verb that follows names the company: 以V的估值完成融资.
        self.company_before(word)
    }

    /// The company of the last round of this sentence.
    fn rounds_company(&self) -> Option<usize> {
        self.rounds
            .list
            .iter()
            .rev()
            .find(|round| round.ranges.last().is_some_and(|range| range.start >= self.parts.range.start))
            .map(|round| round.company)
    }
}
