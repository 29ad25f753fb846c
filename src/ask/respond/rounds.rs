//! What a company raised: its rounds, with amounts, dates and valuations.

use super::related::unwrap_single;
use super::sheet::{Sheet, claims};
use crate::ask::error::AskError;
use crate::ask::question::{Figure, Filter, Mention, Pick};
use crate::ask::time;
use crate::model::{Cell, Claim, Entity, Evidence, Fact, Modality, Money, PartialDate, Value};

/// A round with the fact that says the company raised it.
struct Round {
    number: u32,
    entity: Entity,
    fact: Fact,
}

impl Round {
    fn date(&self) -> Option<PartialDate> {
        self.fact.date().or_else(|| claims(&self.entity, "date").find_map(|claim| claim.value.as_date()))
    }

    fn series(&self) -> Option<&str> {
        claims(&self.entity, "series").find_map(|claim| claim.value.as_text())
    }
}

/// Writes the rounds of a company; hands back the value when the question asks for one and there is one.
pub(super) fn answer(
    sheet: &mut Sheet<'_>,
    of: &Mention,
    figure: Figure,
    filter: &Filter,
) -> Result<Option<Cell>, AskError> {
    sheet.columns(["round", "series", "date", "amount", "valuation", "valuation_type", "status", "modality", "as_of"]);
    sheet.columns(["sources"]);
    let mut value = None;
    let plain = filter.round.is_none() && filter.period.is_none() && filter.pick.is_none();
    if figure == Figure::Total {
        value = company_claims(sheet, of, "total_raised", "amount")?;
        if value.is_some() {
            return Ok(value);
        }
    }
    let rounds: Vec<Round> = rounds(sheet, of, filter)?
        .into_iter()
        .filter(|round| match figure {
            Figure::Valuation => claims(&round.entity, "valuation").next().is_some(),
            _ => true,
        })
        .collect();
    let single = rounds.len() == 1;
    for round in rounds {
        let amount = amounts(&round.entity, "amount");
        let valuation = amounts(&round.entity, "valuation");
        if single && plain {
            value = match figure {
                Figure::Amount => Some(amount.clone()),
                Figure::Valuation => Some(valuation.clone()),
                Figure::Date => Some(Cell::from(round.date().map(Cell::Date))),
                Figure::All | Figure::Total => None,
            };
        }
        let evidence: Vec<Evidence> = round
            .fact
            .evidence
            .iter()
            .chain(round.entity.claims.iter().flat_map(|claim| &claim.evidence))
            .cloned()
            .collect();
        let text =
            |key: &str| unwrap_single(claims(&round.entity, key).map(|claim| Cell::from(&claim.value)).collect());
        let line = vec![
            ("round", sheet.entity_cell(round.number)?),
            ("series", text("series")),
            ("date", Cell::from(round.date().map(Cell::Date))),
            ("amount", amount),
            ("valuation", valuation),
            ("valuation_type", text("valuation_type")),
            ("status", text("status")),
            ("modality", Cell::from(round.fact.modality)),
            ("sources", sheet.sources_cell(&evidence)?),
        ];
        sheet.line(line);
        sheet.answer(round.number, Some(&round.fact.id))?;
    }
    if matches!(figure, Figure::Valuation | Figure::All) && plain {
        let claimed = company_claims(sheet, of, "valuation", "valuation")?;
        if figure == Figure::Valuation && value.is_none() && sheet.answered() == 0 {
            value = claimed;
        }
    }
    Ok(value)
}

/// Claims about the company itself: a valuation, a total. The shown one is the value.
fn company_claims(
    sheet: &mut Sheet<'_>,
    of: &Mention,
    key: &str,
    column: &'static str,
) -> Result<Option<Cell>, AskError> {
    let company = sheet.snapshot.entity(of.number)?;
    for claim in claims(&company, key) {
        let line = vec![
            (column, claim.cell()),
            ("as_of", Cell::from(claim.qualifiers.get("as_of").map(Cell::from))),
            ("sources", sheet.sources_cell(&claim.evidence)?),
        ];
        sheet.line(line);
    }
    Ok(sheet.shown(&company, key)?.map(Claim::cell))
}

/// The rounds that pass the filter, oldest first, undated last.
fn rounds(sheet: &mut Sheet<'_>, of: &Mention, filter: &Filter) -> Result<Vec<Round>, AskError> {
    let Some(raised) = sheet.snapshot.word_number("RAISED") else { return Ok(Vec::new()) };
    let mut rounds = Vec::new();
    for edge in sheet.snapshot.adjacency(of.number)?.outgoing {
        if edge.predicate == raised && edge.modality != Modality::Denied {
            let fact = sheet.snapshot.fact(edge.fact)?;
            rounds.push(Round { number: edge.neighbour, entity: sheet.snapshot.entity(edge.neighbour)?, fact });
        }
    }
    rounds.retain(|round| {
        let in_time = filter.period.is_none_or(|period| round.date().is_some_and(|date| period.contains(date)));
        let named = filter
            .round
            .as_deref()
            .is_none_or(|wanted| round.series().is_some_and(|series| time::round_key(series) == wanted));
        in_time && named
    });
    rounds.sort_by_key(|round| (round.date().is_none(), round.date(), round.entity.id.clone()));
    if let Some(pick) = filter.pick {
        let mut dated = rounds.iter().filter(|round| round.date().is_some());
        let picked = match pick {
            Pick::Latest => dated.next_back(),
            Pick::First => dated.next(),
        };
        let picked = picked.map(|round| round.number);
        rounds.retain(|round| Some(round.number) == picked);
    }
    Ok(rounds)
}

/// The amounts that sources give under `key`, with currency and qualifier; several when they disagree.
fn amounts(round: &Entity, key: &str) -> Cell {
    let beside = |suffix: &str, claim: &Claim| -> Option<Value> {
        let name = if key == "amount" && suffix == "currency" { suffix.to_owned() } else { format!("{key}_{suffix}") };
        let own = claim.qualifiers.get(suffix).cloned();
        // The currency that the same source gives, else the only one there is.
        let same_source = claims(round, &name)
            .find(|other| other.evidence.iter().any(|one| claim.evidence.iter().any(|mine| mine.source == one.source)));
        own.or_else(|| {
            same_source
                .or_else(|| claims(round, &name).next().filter(|_| suffix == "currency"))
                .map(|other| other.value.clone())
        })
    };
    let cells = claims(round, key)
        .map(|claim| match claim.value.as_int() {
            Some(amount) => Cell::Money(Money::stated(
                amount,
                beside("currency", claim).as_ref(),
                beside("qualifier", claim).as_ref(),
            )),
            None => Cell::from(&claim.value),
        })
        .collect();
    unwrap_single(cells)
}
