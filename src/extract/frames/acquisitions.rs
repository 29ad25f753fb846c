//! Acquisitions: one company buys another.

use crate::model::{Properties, Value};

use super::super::Kind;
use super::super::cue::{Cue, Cues};
use super::super::parts::What;
use super::super::reader::{Draft, Reader};
use super::super::roster::Hint;

impl Reader<'_, '_> {
    /// A收购B, B被A收购, A acquired B, B was acquired by A.
    pub(super) fn read_acquisitions(&mut self) {
        if !self.parts.cues.meets(Cues::any(&[Cue::Acquire, Cue::AcquiredBy])) {
            return;
        }
        for verb in 0..self.parts.len() {
            if self.parts.name(verb).is_some() || self.is_negated(verb) {
                continue;
            }
            if self.parts.has(verb, Cue::AcquiredBy) && self.is_english(verb) {
                self.read_bought_by(verb);
            } else if self.parts.has(verb, Cue::Acquire) {
                if self.is_english(verb) { self.read_english_purchase(verb) } else { self.read_chinese_purchase(verb) }
            }
        }
    }

    fn read_chinese_purchase(&mut self, verb: usize) {
        let clause = self.clause(verb);
        // B被A收购
        if let Some(by) = (clause.start..verb).rev().find(|place| self.is_word(*place, &["被", "获", "遭"])) {
            let Some(buyer) = (by + 1..verb)
                .find_map(|place| self.company(place))
                .or_else(|| self.organisation_before(verb, by + 1, Hint::Part, Kind::Company).map(|(entry, _)| entry))
            else {
                return;
            };
            let Some(target) = self.company_before(by).filter(|entry| *entry != buyer) else { return };
            let start = self.place_before(target, by);
            return self.buy(target, buyer, verb, start, verb + 1);
        }
        let stake = (verb + 1..clause.end.min(verb + 9)).any(|place| self.parts.has(place, Cue::Stake));
        let share =
            (verb + 1..clause.end.min(verb + 8)).find_map(|place| match self.parts.get(place).map(|part| part.what) {
                Some(What::Number(value, true)) => Some(value),
                _ => None,
            });
        if share.is_some_and(|share| share <= 50.0) || stake && share.is_none() {
            return;
        }
        let Some((target, end)) = self.target_behind(verb) else { return };
        let Some(buyer) = self.company_before(verb).filter(|entry| *entry != target) else { return };
        let start = self.place_before(buyer, verb);
        self.buy(target, buyer, verb, start, end);
    }

    fn target_behind(&mut self, verb: usize) -> Option<(usize, usize)> {
        let clause = self.clause(verb);
        for place in verb + 1..clause.end.min(verb + 8) {
            if let Some(entry) = self.company(place) {
                // 收购A旗下的B, 收购A的业务: not A.
                if self.is_word(place + 1, &["旗下", "旗下的", "的"]) {
                    let next = (place + 2..clause.end.min(place + 6)).find(|at| self.company(*at).is_some());
                    return next.and_then(|at| Some((self.company(at)?, at + 1)));
                }
                return Some((entry, place + 1));
            }
            if self.parts.mark(place) == Some('“') {
                let end = self.behind_bracket(place);
                return self.quoted(place, end.checked_sub(1)?, Hint::Part, Kind::Company).map(|entry| (entry, end));
            }
            if self.parts.mark(place).is_some() || self.parts.amount(place).is_some() {
                return None;
            }
            // A name that nobody knows, up to the end of the clause.
            if self.is_loose(place)
                && (place == verb + 1 || self.parts.has(place - 1, Cue::Descriptor) || self.is_word(place - 1, &["了"]))
            {
                let mut end = place;
                while end < clause.end
                    && (self.is_loose(end)
                        || self.parts.meets(end, Cues::any(&[Cue::SuffixStartup, Cue::SuffixCompany]))
                            && self.parts.name(end).is_none())
                {
                    end += 1;
                }
                let closed = end >= clause.end
                    || self.parts.mark(end).is_some()
                    || matches!(self.parts.get(end).map(|part| part.what), Some(What::Number(..) | What::Money(_)));
                if closed {
                    return self.name_in(place, end, Hint::Part, Kind::Company).map(|(entry, _)| (entry, end));
                }
            }
        }
        None
    }

    fn read_english_purchase(&mut self, verb: usize) {
        let segment = self.segment(verb);
        // "fully acquired" describes; "acquired by" is another cue; data is bought, too.
        let mut target = None;
        for place in verb + 1..segment.end.min(verb + 9) {
            if matches!(self.parts.mark(place), Some(',' | ';' | '('))
                || self.is_word(place, &["from", "shares", "stake", "chips", "by", "for", "rights"])
                || self.parts.has(place, Cue::Stake)
            {
                break;
            }
            if let Some(entry) = self.company(place) {
                if self.parts.mark(place + 1) == Some('\'') {
                    break;
                }
                target = Some((entry, place + 1));
                if !self.parts.meets(place + 1, Cues::any(&[Cue::Descriptor])) || self.parts.name(place + 2).is_none() {
                    break;
                }
            }
        }
        let Some((target, end)) = target else { return };
        if !self.roster.may_be_organisation(target)
            || self.parts.has(end, Cue::Stake)
            || self.is_word(end, &["shares", "stock", "gpus", "chips", "h100", "gpu"])
        {
            return;
        }
        let Some(buyer) = self.company_before(verb).filter(|entry| *entry != target) else { return };
        let start = self.place_before(buyer, verb);
        self.buy(target, buyer, verb, start, end);
    }

    fn read_bought_by(&mut self, verb: usize) {
        let segment = self.segment(verb);
        let Some(place) = (verb + 1..segment.end.min(verb + 7))
            .take_while(|place| self.parts.mark(*place).is_none())
            .find(|place| self.company(*place).is_some())
        else {
            return;
        };
        let Some(buyer) = self.company(place) else { return };
        let direct = (segment.start..verb).rev().take(3).find_map(|place| self.company(place));
        let Some(target) = direct.or_else(|| self.company_before(verb)).filter(|entry| *entry != buyer) else { return };
        let start = self.place_before(target, verb);
        self.buy(target, buyer, verb, start, place + 1);
    }

    fn buy(&mut self, target: usize, buyer: usize, verb: usize, start: usize, end: usize) {
        if matches!(self.roster.kind(target), Some(Kind::Person | Kind::Model)) || self.parts.has(start, Cue::Medium) {
            return;
        }
        let mut properties = Properties::new();
        if let Some(date) = self.date_near(verb) {
            properties.set("date", Value::Date(date));
        }
        let clause = if self.is_english(verb) { self.segment(verb) } else { self.clause(verb) };
        let price = (clause.start..clause.end.min(end + 8)).find(|place| {
            self.parts.amount(*place).is_some() && !self.is_valuation_amount(*place, &clause) && !self.is_taken(*place)
        });
        if let Some(amount) = price.and_then(|place| self.parts.amount(place)) {
            if let Some(value) = amount.value {
                properties.set("amount", Value::Int(value));
            }
            if let Some(currency) = amount.currency {
                properties.set("currency", Value::Text(currency.code().to_owned()));
            }
        }
        let modality = self.modality(verb);
        let range = self.range(start.min(verb), end.max(verb + 1));
        self.draft(Draft {
            subject: target,
            predicate: "ACQUIRED_BY",
            object: Some(buyer),
            properties,
            round: None,
            modality,
            asserted_by: None,
            range,
            rule: "acquisition",
            confidence: 0.8,
        });
    }
}
