//! Rounds while a document is read: several sentences may speak of one.

use std::ops::Range;

use crate::model::{Modality, PartialDate, Properties, Value};

use super::reader::Draft;
use super::value::Amount;

/// An investor of a round.
#[derive(Debug, Clone)]
pub(super) struct Investor {
    pub(super) entry: usize,
    pub(super) lead: Option<bool>,
    pub(super) existing: bool,
    /// Its own share of the money, where the text gives it.
    pub(super) amount: Option<Amount>,
    pub(super) stake: Option<f64>,
    pub(super) range: Range<usize>,
    pub(super) rule: &'static str,
    pub(super) modality: Modality,
}

/// What is known of a round.
#[derive(Debug, Clone)]
pub(super) struct Round {
    pub(super) company: usize,
    pub(super) series: Option<String>,
    pub(super) amount: Option<Amount>,
    pub(super) valuation: Option<Amount>,
    pub(super) valuation_type: Option<&'static str>,
    pub(super) cumulative: bool,
    pub(super) date: Option<PartialDate>,
    pub(super) modality: Modality,
    pub(super) asserted_by: Option<usize>,
    /// Whether the text says that the company raised, in so many words.
    pub(super) stated: bool,
    /// Whether this was an earlier round than the one the text is about.
    pub(super) past: bool,
    pub(super) investors: Vec<Investor>,
    /// Where the text speaks of the round itself.
    pub(super) ranges: Vec<Range<usize>>,
    pub(super) rule: &'static str,
    pub(super) sentence: usize,
}

impl Round {
    pub(super) fn of(company: usize, rule: &'static str, range: Range<usize>) -> Self {
        Self {
            company,
            series: None,
            amount: None,
            valuation: None,
            valuation_type: None,
            cumulative: false,
            date: None,
            modality: Modality::Asserted,
            asserted_by: None,
            stated: false,
            past: false,
            investors: Vec::new(),
            ranges: vec![range],
            rule,
            sentence: 0,
        }
    }

    /// Whether two descriptions may be of one round, and how much speaks for it.
    fn likeness(&self, other: &Self) -> Option<usize> {
        let mut shared = 0;
        if self.cumulative != other.cumulative {
            return None;
        }
        if let (Some(a), Some(b)) = (&self.series, &other.series) {
            if a != b {
                return None;
            }
            shared += 2;
        }
        if let (Some(a), Some(b)) = (&self.amount, &other.amount) {
            if a.currency != b.currency && a.currency.is_some() && b.currency.is_some() {
                return None;
            }
            match (a.value, b.value) {
                (Some(a), Some(b)) if a != b => return None,
                (Some(_), Some(_)) => shared += 2,
                (None, None) => shared += 1,
                _ => {}
            }
        }
        if let (Some(a), Some(b)) = (self.date, other.date) {
            if !a.contains(b) && !b.contains(a) {
                return None;
            }
            shared += 1;
        }
        let planned = |modality| matches!(modality, Modality::Planned | Modality::Denied);
        if planned(self.modality) != planned(other.modality) {
            return None;
        }
        Some(shared)
    }

    fn absorb(&mut self, other: Self) {
        self.series = self.series.take().or(other.series);
        if self.amount.as_ref().is_none_or(|amount| amount.value.is_none()) {
            self.amount = other.amount.or_else(|| self.amount.take());
        }
        self.valuation = self.valuation.take().or(other.valuation);
        self.valuation_type = self.valuation_type.or(other.valuation_type);
        self.date = match (self.date, other.date) {
            (Some(a), Some(b)) if a.contains(b) => Some(b),
            (a, b) => a.or(b),
        };
        self.stated |= other.stated;
        self.investors.extend(other.investors);
        self.ranges.extend(other.ranges);
        if self.modality == Modality::Reported {
            self.modality = self.modality.min(other.modality);
        }
        self.asserted_by = self.asserted_by.or(other.asserted_by);
        self.sentence = other.sentence;
    }
}

/// The rounds of a document, in the order in which they are first spoken of.
#[derive(Debug, Default)]
pub(super) struct Rounds {
    pub(super) list: Vec<Round>,
}

impl Rounds {
    /// Adds a round, or what is new of one that was spoken of before; its place is given back.
    ///
    /// `same` says that the text points back (本轮), so that nothing else needs to agree.
    pub(super) fn add(&mut self, round: Round, same: bool) -> usize {
        let found = self
            .list
            .iter()
            .enumerate()
            .rev()
            .filter(|(_, known)| known.company == round.company)
            .take(12)
            .filter_map(|(place, known)| Some((known.likeness(&round)?, place)))
            .filter(|(shared, place)| {
                let bare = round.series.is_none() && round.amount.is_none() && round.date.is_none();
                let empty = self.list.get(*place).is_some_and(|known| known.series.is_none() && known.amount.is_none());
                *shared >= 2 || same || bare || empty && !round.cumulative
            })
            .max();
        if let Some((_, place)) = found
            && let Some(known) = self.list.get_mut(place)
        {
            known.absorb(round);
            return place;
        }
        self.list.push(round);
        self.list.len() - 1
    }

    /// The round of a company that the text is about: the last one that is not of an earlier time.
    pub(super) fn current(&self, company: usize) -> Option<usize> {
        let of =
            |place: &usize| self.list.get(*place).is_some_and(|round| round.company == company && !round.cumulative);
        let places = || (0..self.list.len()).rev().filter(of);
        places().find(|place| self.list.get(*place).is_some_and(|round| !round.past)).or_else(|| places().next())
    }

    pub(super) fn get_mut(&mut self, place: usize) -> Option<&mut Round> {
        self.list.get_mut(place)
    }

    /// The facts of all rounds.
    pub(super) fn drafts(&self) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for (number, round) in self.list.iter().enumerate() {
            if round.stated || round.valuation.is_some() || round.amount.is_some() {
                drafts.push(raised(number, round));
            }
            let mut seen: Vec<(usize, usize)> = Vec::new();
            for investor in &round.investors {
                if investor.entry == round.company {
                    continue;
                }
                // Named twice, an investor is one; the clearer word about its part stays.
                if let Some((_, draft)) = seen.iter().find(|(entry, _)| *entry == investor.entry) {
                    if let Some(draft) = drafts.get_mut(*draft) {
                        merge_investor(draft, investor);
                    }
                    continue;
                }
                seen.push((investor.entry, drafts.len()));
                drafts.push(invested(number, round, investor));
            }
        }
        drafts
    }
}

fn merge_investor(draft: &mut Draft, investor: &Investor) {
    if let Some(lead) = investor.lead
        && draft.properties.get("lead").and_then(Value::as_bool) != Some(true)
    {
        draft.properties.set("lead", Value::Bool(lead));
    }
    if investor.existing {
        draft.properties.set("existing", Value::Bool(true));
    }
}

fn put_amount(properties: &mut Properties, amount: &Amount, keys: [&str; 4]) {
    let [value, currency, qualifier, inferred] = keys;
    if let Some(whole) = amount.value {
        properties.set(value, Value::Int(whole));
    }
    if let Some(code) = amount.currency {
        properties.set(currency, Value::Text(code.code().to_owned()));
        if amount.inferred && !inferred.is_empty() {
            properties.set(inferred, Value::Bool(true));
        }
    }
    if let (Some(sign), true, Some(_)) = (amount.qualifier, !qualifier.is_empty(), amount.value) {
        properties.set(qualifier, Value::Text(sign.sign().to_owned()));
    }
}

fn raised(number: usize, round: &Round) -> Draft {
    let mut properties = Properties::new();
    if let Some(series) = &round.series {
        properties.set("series", Value::Text(series.clone()));
    }
    if let Some(amount) = &round.amount {
        put_amount(&mut properties, amount, ["amount", "currency", "amount_qualifier", "currency_inferred"]);
    }
    if let Some(valuation) = &round.valuation {
        let keys = ["valuation", "valuation_currency", "valuation_qualifier", "valuation_currency_inferred"];
        put_amount(&mut properties, valuation, keys);
        if let Some(kind) = round.valuation_type {
            properties.set("valuation_type", Value::Text(kind.to_owned()));
        }
    }
    if round.cumulative {
        properties.set("cumulative", Value::Bool(true));
    }
    if let Some(date) = round.date {
        properties.set("date", Value::Date(date));
    }
    Draft {
        subject: round.company,
        predicate: "RAISED",
        object: None,
        properties,
        round: Some(number),
        modality: round.modality,
        asserted_by: round.asserted_by,
        range: joined(&round.ranges),
        rule: round.rule,
        confidence: if round.stated && round.amount.is_some() { 0.9 } else { 0.75 },
    }
}

/// One stretch for all that the text says about the round, when it stands close together; else where it begins.
fn joined(ranges: &[Range<usize>]) -> Range<usize> {
    let mut joined = ranges.first().cloned().unwrap_or(0..0);
    for range in ranges.iter().skip(1) {
        if range.end.saturating_sub(joined.start) < 200 && range.start >= joined.start {
            joined.end = joined.end.max(range.end);
        }
    }
    joined
}

fn invested(number: usize, round: &Round, investor: &Investor) -> Draft {
    let mut properties = Properties::new();
    if let Some(series) = &round.series {
        properties.set("round", Value::Text(series.clone()));
    }
    if let Some(lead) = investor.lead {
        properties.set("lead", Value::Bool(lead));
    }
    if investor.existing {
        properties.set("existing", Value::Bool(true));
    }
    if let Some(amount) = round.amount.as_ref().filter(|amount| !round.cumulative && amount.value.is_some()) {
        put_amount(&mut properties, amount, ["round_amount", "round_currency", "", ""]);
    }
    if let Some(amount) = &investor.amount {
        put_amount(&mut properties, amount, ["investor_amount", "investor_currency", "", ""]);
    }
    if let Some(stake) = investor.stake {
        properties.set("stake_pct", Value::Float(stake));
    }
    if let Some(date) = round.date {
        properties.set("date", Value::Date(date));
    }
    Draft {
        subject: investor.entry,
        predicate: "INVESTED_IN",
        object: Some(round.company),
        properties,
        round: Some(number),
        modality: investor.modality,
        asserted_by: round.asserted_by,
        range: investor.range.clone(),
        rule: investor.rule,
        confidence: if investor.lead.is_some() { 0.9 } else { 0.8 },
    }
}
