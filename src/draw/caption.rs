//! What is written on a line, and what is told about it.

use crate::formats::screen::harmless;
use crate::model::{Currency, EntityId, Fact, Language, Modality, Money, Properties, Qualifier, Source, Value};
use crate::store::{Snapshot, StoreError};

use super::measure::one_line;
use super::words;

/// A caption is at most this many columns wide.
const CAPTION_COLUMNS: usize = 60;
/// This many facts are told apart in a caption, the rest is counted.
const FACTS_IN_CAPTION: usize = 2;
/// This many facts are told in a tooltip, the rest is counted.
const FACTS_IN_TOOLTIP: usize = 8;
/// A quote in a tooltip is at most this many columns wide.
const QUOTE_COLUMNS: usize = 160;

/// Looks up what captions refer to.
pub(super) struct Captions<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) language: &'a Language,
}

impl Captions<'_> {
    /// The details of parallel facts in a few words: each once, in the order of the facts.
    pub(super) fn detail(&self, facts: &[Fact]) -> Result<String, StoreError> {
        let mut details: Vec<String> = Vec::new();
        for fact in facts {
            let detail = self.of_fact(fact)?;
            if !detail.is_empty() && !details.contains(&detail) {
                details.push(detail);
            }
        }
        let rest = details.len().saturating_sub(FACTS_IN_CAPTION);
        let separator = if self.language.is_chinese() { "；" } else { "; " };
        let shown = details.iter().take(FACTS_IN_CAPTION).map(String::as_str).collect::<Vec<_>>().join(separator);
        let more = if rest > 0 { format!(" +{rest}") } else { String::new() };
        let modality = match facts.first().map(|fact| fact.modality) {
            None | Some(Modality::Asserted) => String::new(),
            Some(other) => {
                let word = words::modality(self.language, other).to_lowercase();
                if shown.is_empty() { word } else { format!(" · {word}") }
            }
        };
        let tail = more + &modality;
        let room = CAPTION_COLUMNS.saturating_sub(crate::formats::screen::width(&tail));
        Ok(one_line(&shown, room) + &tail)
    }

    /// What tells the first fact from others, and how many more there are.
    pub(super) fn brief(&self, facts: &[Fact]) -> Result<String, StoreError> {
        const PARTS: usize = 2;
        let mut briefs: Vec<String> = Vec::new();
        for fact in facts {
            let parts = self.parts(fact)?;
            let brief = parts.iter().take(PARTS).map(String::as_str).collect::<Vec<_>>().join(" · ");
            if !brief.is_empty() && !briefs.contains(&brief) {
                briefs.push(brief);
            }
        }
        let rest = briefs.len().saturating_sub(1);
        let more = if rest > 0 { format!(" +{rest}") } else { String::new() };
        Ok(briefs.first().map_or_else(String::new, |first| first.clone() + &more))
    }

    /// Round, date, amount and the like of one fact.
    fn of_fact(&self, fact: &Fact) -> Result<String, StoreError> {
        Ok(self.parts(fact)?.join(" · "))
    }

    /// What is told of a fact, the most telling first.
    fn parts(&self, fact: &Fact) -> Result<Vec<String>, StoreError> {
        let properties = &fact.properties;
        let text = |key: &str| properties.get(key).map(ToString::to_string);
        let round = text("round");
        let mut parts: Vec<String> = text("role").into_iter().chain(round.clone()).collect();
        parts.extend(text("outcome").map(|outcome| words::outcome(self.language, &outcome).to_owned()));
        if let Some(benchmark) = properties.get("benchmark").and_then(Value::as_text) {
            parts.push(self.name_of(benchmark)?);
        }
        if let Some(score) = properties.get("score") {
            parts.push(score.to_string());
        }
        if let Some(rank) = properties.get("rank") {
            parts.push(format!("#{rank}"));
        }
        if let Some(stake) = properties.get("stake_pct") {
            parts.push(format!("{stake}%"));
        }
        // Some rounds are called by their date.
        parts.extend(period(properties).filter(|date| !round.is_some_and(|round| round.contains(date.as_str()))));
        parts.extend(self.amount(properties));
        if properties.get("lead").and_then(Value::as_bool) == Some(true) {
            parts.push(words::lead(self.language).to_owned());
        }
        Ok(parts)
    }

    /// The amount of the fact itself, else that of the round, said to be so.
    fn amount(&self, properties: &Properties) -> Option<String> {
        let money = |amount: &str, currency: &str, qualifier: &str| {
            let text = |key: &str| properties.get(key).and_then(Value::as_text);
            Some(Money {
                amount: properties.get(amount)?.as_int()?,
                currency: text(currency).and_then(|code| Currency::parse(code).ok()),
                qualifier: text(qualifier).and_then(|sign| Qualifier::parse(sign).ok()),
            })
        };
        let own = money("investor_amount", "investor_currency", "qualifier")
            .or_else(|| money("amount", "currency", "amount_qualifier"))
            .or_else(|| money("total_invested", "total_currency", "qualifier"));
        match own {
            Some(own) => Some(own.display(self.language)),
            None => money("round_amount", "round_currency", "amount_qualifier")
                .map(|round| words::round_amount(self.language, &round.display(self.language))),
        }
    }

    fn name_of(&self, id: &str) -> Result<String, StoreError> {
        let number = match EntityId::new(id) {
            Ok(id) => self.snapshot.entity_number(&id)?,
            Err(_) => None,
        };
        match number {
            Some(number) => Ok(self.snapshot.entity(number)?.name_in(self.language).to_owned()),
            None => Ok(id.to_owned()),
        }
    }

    /// Facts with their properties, sources and quotes, one a line.
    pub(super) fn tooltip(&self, from: &str, to: &str, facts: &[Fact]) -> Result<String, StoreError> {
        let mut lines = Vec::new();
        for fact in facts.iter().take(FACTS_IN_TOOLTIP) {
            let mut head = format!("{from} → {to}: {}", fact.predicate);
            if fact.modality != Modality::Asserted {
                head += &format!(" ({})", fact.modality.word());
            }
            let shown = fact.properties.iter().filter(|(key, _)| !key.ends_with("_id"));
            let properties: Vec<String> = shown.map(|(key, value)| format!("{key}: {value}")).collect();
            if !properties.is_empty() {
                head += &format!(" · {}", properties.join(", "));
            }
            lines.push(head);
            for evidence in &fact.evidence {
                let source = self.snapshot.source_by_id(&evidence.source)?;
                let named = source.as_ref().map_or_else(|| evidence.source.to_string(), name_source);
                let quote = evidence.quote.as_deref().map(|quote| format!(": “{}”", one_line(quote, QUOTE_COLUMNS)));
                lines.push(format!("   {named}{}", quote.unwrap_or_default()));
            }
        }
        if facts.len() > FACTS_IN_TOOLTIP {
            lines.push(format!("+{}", facts.len() - FACTS_IN_TOOLTIP));
        }
        Ok(lines.iter().map(|line| harmless(line)).collect::<Vec<_>>().join("\n"))
    }
}

fn period(properties: &Properties) -> Option<String> {
    let date = |key: &str| properties.get(key).and_then(Value::as_date);
    match (date("date"), date("from"), date("to").or_else(|| date("until"))) {
        (Some(date), ..) => Some(date.to_string()),
        (None, None, None) => None,
        (None, from, to) => {
            let text = |end: Option<crate::model::PartialDate>| end.map(|date| date.to_string()).unwrap_or_default();
            Some(format!("{}–{}", text(from), text(to)))
        }
    }
}

/// A source by title, publisher and date.
fn name_source(source: &Source) -> String {
    let mut parts = vec![source.title.clone()];
    parts.extend(source.publisher.clone());
    parts.extend(source.published.map(|date| date.to_string()));
    parts.join(" — ")
}
