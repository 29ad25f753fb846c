//! Questions about money: who invested in whom, who led, what was raised, when and at what valuation.

use super::period::period;
use super::{ASKING, JOINING, TIMING, related};
use crate::ask::cue::Cue::*;
use crate::ask::error::AskError;
use crate::ask::question::{Figure, Filter, Meaning, Pick, Related, Sort};
use crate::ask::reading::{Kind, Token};
use crate::ask::relation as of;
use crate::ask::understand::sides::{Family, sides};
use crate::ask::understand::{Context, Draft};

const INVEST: Family = Family {
    active: &[Invest],
    passive: &[InvestPassive],
    agent: &[Investor, InvestorKind],
    patient: &[Investment],
    received: true,
};

const LEAD: Family =
    Family { active: &[Lead], passive: &[LeadPassive], agent: &[LeadInvestor], patient: &[], received: false };

pub(super) fn invest(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    if cx.reading.any(&[Lead, LeadPassive, LeadInvestor]) {
        return Ok(None);
    }
    money(cx, &INVEST, Filter::default())
}

pub(super) fn lead(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let round = cx.reading.tokens.iter().any(|token| matches!(token.kind, Kind::Round(_)));
    let vague = |position: &usize| cx.reading.get(*position).is_some_and(|token| token.has(Runs));
    // "who leads X" without a round asks for the head of X.
    if cx.reading.all(Lead).iter().any(vague) && !round && !cx.reading.any(&[RoundKind, Raise, Invest]) {
        return Ok(None);
    }
    let last = cx.reading.tokens.last().is_some_and(|token| token.has(Lead) && cx.normal_text(token) == "lead");
    let asks_verb =
        |token: &Token| token.has(What) || matches!(cx.normal_text(token), "did" | "does" | "do" | "has" | "have");
    if last && !cx.reading.tokens.iter().any(asks_verb) {
        // "X series F lead" asks for the lead of the round.
        return money(cx, &Family { active: &[], agent: &[Lead], ..LEAD }, Filter { lead: true, ..Filter::default() });
    }
    money(cx, &LEAD, Filter { lead: true, ..Filter::default() })
}

fn money(cx: &Context<'_>, family: &Family, filter: Filter) -> Result<Option<Draft>, AskError> {
    let Some(sides) = sides(cx.reading, family) else { return Ok(None) };
    let mut cues = [
        ASKING,
        JOINING,
        TIMING,
        &[
            Invest, InvestPassive, Receive, Investor, InvestorKind, Investment, CompanyKind, PersonKind, Lead,
            LeadPassive, LeadInvestor, RoundKind, Raise, HowMuch, Latest, First, Undergo,
        ],
    ]
    .concat();
    if cx.reading.any(&[Investor, Investment, InvestorKind]) {
        // "which investors are behind X", "what investments has X made", "X有哪些投资人".
        cues.push(Develop);
    }
    let asks_doer = cx.reading.any(&[Who, What, HowMany, Investor, InvestorKind]);
    let when = cx.reading.any(&[When]) && !asks_doer;
    let company = match (sides.agents.as_slice(), sides.patients.as_slice()) {
        ([], &[company]) if when => Some(company),
        (&[company], []) if when && cx.reading.any(&[Was]) => Some(company),
        _ => None,
    };
    if let Some(company) = company {
        // "when was X funded" asks for its rounds.
        let (filter, mut used) = money_filter(cx, filter)?;
        used.push(company);
        let meaning = Meaning::Rounds { of: cx.resolve(company, of::ORGANISATION)?, figure: Figure::Date, filter };
        return Ok(Some(Draft { meaning, used, cues }));
    }
    if sides.patients.is_empty() {
        // "where did X put its money".
        cues.push(Where);
    }
    let (mut filter, used) = money_filter(cx, filter)?;
    if sides.agents.is_empty() {
        // "which companies invested in X" is said of funds and people too; "which people" is meant.
        filter.sort = cx.reading.any(&[PersonKind]).then_some(Sort::People);
    }
    related(cx, &sides, &of::INVESTMENTS, &of::INVESTORS, filter, used, cues)
}

/// Dates, rounds and picks, with the positions they take.
fn money_filter(cx: &Context<'_>, mut filter: Filter) -> Result<(Filter, Vec<usize>), AskError> {
    let mut used = Vec::new();
    for (position, token) in cx.reading.tokens.iter().enumerate() {
        match &token.kind {
            Kind::Round(name) if filter.round.is_none() => {
                filter.round = Some(name.clone());
                used.push(position);
            }
            _ => {}
        }
    }
    filter.pick = match (cx.reading.any(&[Latest]), cx.reading.any(&[First])) {
        (true, false) => Some(Pick::Latest),
        (false, true) => Some(Pick::First),
        (true, true) => return Err(AskError::NoMeaning { about: cx.about() }),
        (false, false) => None,
    };
    filter.period = period(cx, &mut used)?;
    Ok((filter, used))
}

pub(super) fn rounds(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let reading = cx.reading;
    let named = reading.tokens.iter().any(|token| matches!(token.kind, Kind::Round(_)));
    // "how much funding did X get", "X一共拿过多少投资".
    let received = reading.any(&[Receive]) && reading.any(&[HowMuch, HowMany]);
    if !(named || received || reading.any(&[Raise, Valuation, RoundKind])) {
        return Ok(None);
    }
    // Whoever asks for investors asks something else: "who invested in X's A round".
    let invested = !received && reading.any(&[Invest, InvestPassive, Investment]);
    let others = [Who, Investor, InvestorKind, Lead, LeadPassive, LeadInvestor, CompanyKind];
    if invested || reading.any(&others) {
        return Ok(None);
    }
    let [company] = *reading.entities().as_slice() else { return Ok(None) };
    let cues = [
        TIMING,
        &[
            What, HowMuch, HowMany, YesNo, Raise, Valuation, RoundKind, Total, Latest, First, History, Undergo, Invest,
            Was, Receive, Outcome, Both, Between,
        ],
    ]
    .concat();
    let (filter, mut used) = money_filter(cx, Filter::default())?;
    used.push(company);
    let mention = cx.resolve(company, of::ORGANISATION)?;
    let asks_count = reading.all(HowMany).iter().any(|&at| {
        // "融了多少" asks for money; "融了多少轮", "how many rounds" for a number.
        let itself = reading.get(at).is_some_and(|token| token.has(RoundKind));
        itself || reading.get(at + 1).is_some_and(|token| token.has(RoundKind)) || is_how_many_rounds(cx, at)
    });
    if asks_count {
        let related = Related { relation: &of::ROUNDS, anchors: vec![mention], among: Vec::new(), filter };
        return Ok(Some(Draft { meaning: Meaning::Count(related), used, cues }));
    }
    let asked = [
        (Total, Figure::Total),
        (Valuation, Figure::Valuation),
        (HowMuch, Figure::Amount),
        (HowMany, Figure::Amount),
        (When, Figure::Date),
    ];
    let figures: Vec<Figure> =
        asked.into_iter().filter(|&(cue, _)| reading.any(&[cue])).map(|(_, figure)| figure).collect();
    // "how much is X valued at" asks for one figure with two words; "how much, when and at what valuation" for all.
    let figure = match *figures.as_slice() {
        [Figure::Total] if filter != Filter::default() => Figure::Amount,
        [one] => one,
        [Figure::Total, ..] if filter == Filter::default() => Figure::Total,
        // Sources give no sums of some rounds, and we add nothing up: the rounds themselves.
        [Figure::Total, ..] => Figure::Amount,
        [Figure::Valuation, Figure::Amount] if !reading.any(&[Raise]) => Figure::Valuation,
        _ => Figure::All,
    };
    Ok(Some(Draft { meaning: Meaning::Rounds { of: mention, figure, filter }, used, cues }))
}

/// Whether "how many" at a position counts rounds: 几轮 is one phrase.
fn is_how_many_rounds(cx: &Context<'_>, at: usize) -> bool {
    cx.reading.get(at).is_some_and(|token| cx.text(token).ends_with(['轮', '輪', '次']))
}
