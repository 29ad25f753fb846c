//! The kinds of questions, one frame each, in the order in which they are tried.

use super::sides::{Family, Sides, joined, sides};
use super::{Context, Draft};
use crate::ask::cue::Cue;
use crate::ask::error::AskError;
use crate::ask::question::{Figure, Filter, Meaning, Period, Pick, Related, Role, Sort};
use crate::ask::reading::{Kind, Token};
use crate::ask::relation::{self as of, Relation};
use crate::ask::roles::ROLES;

type Frame = fn(&Context<'_>) -> Result<Option<Draft>, AskError>;

/// Every frame. A more particular one stands before a more general one.
pub(super) const FRAMES: &[Frame] = &[
    path, attribute, lead, rounds, invest, found, former, role, team, moved, compare, scores, derived, develop, models,
    acquire, belongs, competes, publishes, located,
];

/// Cues that ask, in any frame.
const ASKING: &[Cue] = &[Cue::Who, Cue::ByWhom, Cue::What, Cue::HowMany, Cue::YesNo];
/// Cues that join several names.
const JOINING: &[Cue] = &[Cue::Both, Cue::With, Cue::Between];
/// Cues around dates.
const TIMING: &[Cue] = &[Cue::During, Cue::Since, Cue::After, Cue::Before, Cue::Until, Cue::When];

const INVEST: Family = Family {
    active: &[Cue::Invest],
    passive: &[Cue::InvestPassive],
    agent: &[Cue::Investor, Cue::InvestorKind],
    patient: &[Cue::Investment],
    received: true,
};
const LEAD: Family = Family {
    active: &[Cue::Lead],
    passive: &[Cue::LeadPassive],
    agent: &[Cue::LeadInvestor],
    patient: &[],
    received: false,
};
const FOUND: Family = Family {
    active: &[Cue::Found],
    passive: &[Cue::FoundPassive],
    agent: &[Cue::Founder],
    patient: &[],
    received: false,
};
const DEVELOP: Family = Family {
    active: &[Cue::Develop],
    passive: &[Cue::DevelopPassive],
    agent: &[Cue::Developer],
    patient: &[],
    received: false,
};
const ACQUIRE: Family = Family {
    active: &[Cue::Acquire],
    passive: &[Cue::AcquirePassive],
    agent: &[Cue::Acquirer],
    patient: &[Cue::Acquisition],
    received: false,
};
const COMPARE: Family = Family {
    active: &[Cue::Exceeds, Cue::Matches, Cue::Approaches, Cue::Trails, Cue::Targets, Cue::Compare],
    passive: &[Cue::ExceedsPassive],
    agent: &[],
    patient: &[],
    received: false,
};

// ---- money

fn invest(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    if cx.reading.any(&[Cue::Lead, Cue::LeadPassive, Cue::LeadInvestor]) {
        return Ok(None);
    }
    money(cx, &INVEST, Filter::default())
}

fn lead(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let round = cx.reading.tokens.iter().any(|token| matches!(token.kind, Kind::Round(_)));
    let vague = |position: &usize| cx.reading.get(*position).is_some_and(|token| token.has(Cue::Runs));
    // "who leads X" without a round asks for the head of X.
    if cx.reading.all(Cue::Lead).iter().any(vague)
        && !round
        && !cx.reading.any(&[Cue::RoundKind, Cue::Raise, Cue::Invest])
    {
        return Ok(None);
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
            Cue::Invest,
            Cue::InvestPassive,
            Cue::Receive,
            Cue::Investor,
            Cue::InvestorKind,
            Cue::Investment,
            Cue::CompanyKind,
            Cue::PersonKind,
            Cue::Lead,
            Cue::LeadPassive,
            Cue::LeadInvestor,
            Cue::RoundKind,
            Cue::Raise,
            Cue::HowMuch,
            Cue::Latest,
            Cue::First,
            Cue::Undergo,
        ],
    ]
    .concat();
    if cx.reading.any(&[Cue::Investor, Cue::Investment, Cue::InvestorKind]) {
        // "which investors are behind X", "what investments has X made", "X有哪些投资人".
        cues.push(Cue::Develop);
    }
    let asks_doer = cx.reading.any(&[Cue::Who, Cue::What, Cue::HowMany, Cue::Investor, Cue::InvestorKind]);
    let when = cx.reading.any(&[Cue::When]) && !asks_doer;
    let company = match (sides.agents.as_slice(), sides.patients.as_slice()) {
        ([], &[company]) if when => Some(company),
        (&[company], []) if when && cx.reading.any(&[Cue::Was]) => Some(company),
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
        cues.push(Cue::Where);
    }
    let (mut filter, used) = money_filter(cx, filter)?;
    if sides.agents.is_empty() {
        filter.sort = if cx.reading.any(&[Cue::PersonKind]) {
            Some(Sort::People)
        } else if cx.reading.any(&[Cue::CompanyKind]) && !cx.reading.any(&[Cue::Investor, Cue::InvestorKind]) {
            Some(Sort::Organisations)
        } else {
            None
        };
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
    filter.pick = match (cx.reading.any(&[Cue::Latest]), cx.reading.any(&[Cue::First])) {
        (true, false) => Some(Pick::Latest),
        (false, true) => Some(Pick::First),
        _ => None,
    };
    filter.period = period(cx, &mut used)?;
    Ok((filter, used))
}

/// The period that a question names, from one or two dates and the words around them.
fn period(cx: &Context<'_>, used: &mut Vec<usize>) -> Result<Option<Period>, AskError> {
    let dates: Vec<(usize, Period)> = cx
        .reading
        .tokens
        .iter()
        .enumerate()
        .filter_map(|(position, token)| match token.kind {
            Kind::Period(period) => Some((position, period)),
            _ => None,
        })
        .collect();
    let beside = |position: usize, cue: Cue| {
        let before = position.checked_sub(1).and_then(|at| cx.reading.get(at));
        before.is_some_and(|token| token.has(cue)) || cx.reading.get(position + 1).is_some_and(|token| token.has(cue))
    };
    let stray = |dates: &[(usize, Period)]| {
        // "before" and "since" that stand beside no date mean something else.
        [Cue::Since, Cue::After, Cue::Before].iter().any(|&cue| {
            cx.reading.all(cue).iter().any(|&at| {
                !cx.reading.get(at).is_some_and(|token| token.has(Cue::Filler))
                    && !dates.iter().any(|(date, _)| at.abs_diff(*date) == 1)
            })
        })
    };
    if stray(&dates) {
        return Err(AskError::NoMeaning { about: cx.about() });
    }
    used.extend(dates.iter().map(|(position, _)| *position));
    Ok(match *dates.as_slice() {
        [] => None,
        [(at, one)] => Some(if beside(at, Cue::After) {
            Period { from: one.to.map(crate::model::PartialDate::last_day).and_then(next_day), to: None }
        } else if beside(at, Cue::Before) {
            Period { from: None, to: one.from.map(crate::model::PartialDate::first_day).and_then(previous_day) }
        } else if beside(at, Cue::Since) {
            Period { from: one.from, to: None }
        } else if beside(at, Cue::Until) {
            Period { from: None, to: one.to }
        } else {
            one
        }),
        [(_, first), (_, second)] => Some(Period { from: first.from, to: second.to }),
        _ => return Err(AskError::NoMeaning { about: cx.about() }),
    })
}

fn next_day(date: crate::model::PartialDate) -> Option<crate::model::PartialDate> {
    use crate::model::PartialDate;
    let (year, month, day) = (date.year(), date.month()?, date.day()?);
    PartialDate::new(year, Some(month), Some(day + 1))
        .or_else(|_| PartialDate::new(year, Some(month + 1), Some(1)))
        .or_else(|_| PartialDate::new(year + 1, Some(1), Some(1)))
        .ok()
}

fn previous_day(date: crate::model::PartialDate) -> Option<crate::model::PartialDate> {
    use crate::model::PartialDate;
    let (year, month, day) = (date.year(), date.month()?, date.day()?);
    if day > 1 {
        return PartialDate::new(year, Some(month), Some(day - 1)).ok();
    }
    let month_before = if month > 1 {
        PartialDate::new(year, Some(month - 1), None)
    } else {
        PartialDate::new(year - 1, Some(12), None)
    };
    month_before.ok().map(PartialDate::last_day)
}

fn rounds(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let reading = cx.reading;
    let named = reading.tokens.iter().any(|token| matches!(token.kind, Kind::Round(_)));
    // "how much funding did X get", "X一共拿过多少投资".
    let received = reading.any(&[Cue::Receive]) && reading.any(&[Cue::HowMuch, Cue::HowMany]);
    if !(named || received || reading.any(&[Cue::Raise, Cue::Valuation, Cue::RoundKind])) {
        return Ok(None);
    }
    // Whoever asks for investors asks something else: "who invested in X's A round".
    let invested = !received && reading.any(&[Cue::Invest, Cue::InvestPassive, Cue::Investment]);
    let others =
        [Cue::Who, Cue::Investor, Cue::InvestorKind, Cue::Lead, Cue::LeadPassive, Cue::LeadInvestor, Cue::CompanyKind];
    if invested || reading.any(&others) {
        return Ok(None);
    }
    let [company] = *reading.entities().as_slice() else { return Ok(None) };
    let cues = [
        TIMING,
        &[
            Cue::What,
            Cue::HowMuch,
            Cue::HowMany,
            Cue::YesNo,
            Cue::Raise,
            Cue::Valuation,
            Cue::RoundKind,
            Cue::Total,
            Cue::Latest,
            Cue::First,
            Cue::History,
            Cue::Undergo,
            Cue::Invest,
            Cue::Was,
            Cue::Receive,
            Cue::Outcome,
            Cue::Both,
            Cue::Between,
        ],
    ]
    .concat();
    let (filter, mut used) = money_filter(cx, Filter::default())?;
    used.push(company);
    let mention = cx.resolve(company, of::ORGANISATION)?;
    let asks_count = reading.all(Cue::HowMany).iter().any(|&at| {
        // "融了多少" asks for money; "融了多少轮", "how many rounds" for a number.
        let itself = reading.get(at).is_some_and(|token| token.has(Cue::RoundKind));
        itself || reading.get(at + 1).is_some_and(|token| token.has(Cue::RoundKind)) || is_how_many_rounds(cx, at)
    });
    if asks_count {
        let related = Related { relation: &of::ROUNDS, anchors: vec![mention], among: Vec::new(), filter };
        return Ok(Some(Draft { meaning: Meaning::Count(related), used, cues }));
    }
    let asked = [
        (Cue::Total, Figure::Total),
        (Cue::Valuation, Figure::Valuation),
        (Cue::HowMuch, Figure::Amount),
        (Cue::HowMany, Figure::Amount),
        (Cue::When, Figure::Date),
    ];
    let figures: Vec<Figure> =
        asked.into_iter().filter(|&(cue, _)| reading.any(&[cue])).map(|(_, figure)| figure).collect();
    // "how much is X valued at" asks for one figure with two words; "how much, when and at what valuation" for all.
    let figure = match *figures.as_slice() {
        [one] => one,
        [Figure::Total, ..] => Figure::Total,
        [Figure::Valuation, Figure::Amount] if !reading.any(&[Cue::Raise]) => Figure::Valuation,
        _ => Figure::All,
    };
    Ok(Some(Draft { meaning: Meaning::Rounds { of: mention, figure, filter }, used, cues }))
}

/// Whether "how many" at a position counts rounds: 几轮 is one phrase.
fn is_how_many_rounds(cx: &Context<'_>, at: usize) -> bool {
    cx.reading.get(at).is_some_and(|token| cx.text(token).ends_with(['轮', '輪', '次']))
}

// ---- verbs

fn found(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let Some(mut sides) = sides(cx.reading, &FOUND) else { return Ok(None) };
    for &entity in &sides.patients {
        // "who created Pika": a company is founded, a product developed.
        let either = cx.reading.tokens.iter().any(|token| token.has(Cue::Found) && token.has(Cue::Develop));
        if either && cx.may_be(entity, of::MADE)? && cx.may_be(entity, of::ORGANISATION)? {
            cx.resolve(entity, of::ANY)?;
        }
    }
    // "X的创始人", "P是哪家公司的创始人": the noun itself does not tell, the kind of the name does.
    if !cx.reading.any(&[Cue::Found, Cue::FoundPassive]) {
        sides = by_kind(cx, of::PERSON)?;
    }
    let cues = [
        ASKING,
        JOINING,
        &[
            Cue::Found,
            Cue::FoundPassive,
            Cue::Founder,
            Cue::CompanyKind,
            Cue::PersonKind,
            Cue::InvestorKind,
            Cue::Where,
        ],
    ]
    .concat();
    related(cx, &sides, &of::FOUNDED, &of::FOUNDERS, Filter::default(), Vec::new(), cues)
}

fn develop(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let Some(mut sides) = sides(cx.reading, &DEVELOP) else { return Ok(None) };
    if !cx.reading.any(&[Cue::Develop, Cue::DevelopPassive]) {
        sides = Sides { agents: Vec::new(), patients: cx.reading.entities() };
    }
    let cues = [
        ASKING,
        JOINING,
        &[
            Cue::Develop,
            Cue::DevelopPassive,
            Cue::Developer,
            Cue::ModelKind,
            Cue::ProductKind,
            Cue::CompanyKind,
            Cue::InvestorKind,
        ],
    ]
    .concat();
    let (filter, used) = (Filter::default(), Vec::new());
    related(cx, &sides, developments(cx), &of::DEVELOPERS, filter, used, cues)
}

/// Models, products or both, as the question says.
fn developments(cx: &Context<'_>) -> &'static Relation {
    match (cx.reading.any(&[Cue::ModelKind]), cx.reading.any(&[Cue::ProductKind])) {
        (true, false) => &of::MODELS,
        (false, true) => &of::PRODUCTS,
        _ => &of::DEVELOPMENTS,
    }
}

/// X有哪些模型, "models of X"; M是哪家公司的模型.
fn models(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let reading = cx.reading;
    let [entity] = *reading.entities().as_slice() else { return Ok(None) };
    let made = cx.may_be(entity, of::MADE)?;
    let maker = cx.may_be(entity, of::ORGANISATION)?;
    let cues =
        [ASKING, &[Cue::ModelKind, Cue::ProductKind, Cue::CompanyKind, Cue::Family, Cue::Develop, Cue::Developer]]
            .concat();
    // M是哪家的模型: "which" asks for the owner when M itself can own nothing.
    let is = reading.get(entity + 1).is_some_and(|token| token.has(Cue::Be));
    let owner_asked = reading.any(&[Cue::Who, Cue::CompanyKind]) || (is && !maker && reading.any(&[Cue::What]));
    if made && owner_asked && reading.any(&[Cue::Possessive, Cue::ModelKind, Cue::ProductKind]) {
        let sides = Sides { agents: Vec::new(), patients: vec![entity] };
        return related(cx, &sides, developments(cx), &of::DEVELOPERS, Filter::default(), Vec::new(), cues);
    }
    if maker && !owner_asked && reading.any(&[Cue::ModelKind, Cue::ProductKind]) {
        let sides = Sides { agents: vec![entity], patients: Vec::new() };
        return related(cx, &sides, developments(cx), &of::DEVELOPERS, Filter::default(), Vec::new(), cues);
    }
    Ok(None)
}

fn acquire(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let Some(sides) = sides(cx.reading, &ACQUIRE) else { return Ok(None) };
    let cues = [
        ASKING,
        TIMING,
        &[
            Cue::Acquire,
            Cue::AcquirePassive,
            Cue::Acquirer,
            Cue::Acquisition,
            Cue::CompanyKind,
            Cue::HowMuch,
            Cue::InvestorKind,
        ],
    ]
    .concat();
    let mut used = Vec::new();
    let filter = Filter { period: period(cx, &mut used)?, ..Filter::default() };
    related(cx, &sides, &of::ACQUISITIONS, &of::ACQUIRERS, filter, used, cues)
}

fn compare(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let reading = cx.reading;
    let Some(mut sides) = sides(reading, &COMPARE) else { return Ok(None) };
    let entities = reading.entities();
    // "behind" is also where a maker stands.
    if reading.any(&[Cue::Who, Cue::CompanyKind])
        && reading.tokens.iter().any(|token| token.has(Cue::Trails) && token.has(Cue::Develop))
    {
        return Ok(None);
    }
    // The nearest words on either side that are not mere fillers.
    let bare = |token: &&Token| !token.has(Cue::Filler) || token.has(Cue::With);
    let with = |position: usize| {
        reading.tokens.iter().take(position).rev().find(bare).is_some_and(|token| token.has(Cue::With))
    };
    let followed =
        |position: usize| reading.tokens.iter().skip(position + 1).find(bare).is_some_and(|token| token.has(Cue::With));
    match *entities.as_slice() {
        // 哪些模型和M对标: what stands after "with" is the other side; M和哪些模型对标: what stands before it.
        // "comparisons of M" are those that M was put to.
        [one]
            if reading
                .tokens
                .iter()
                .any(|token| token.has(Cue::Compare) && cx.text(token).to_lowercase().starts_with("comparison")) =>
        {
            sides = Sides { agents: vec![one], patients: Vec::new() };
        }
        [one] if with(one) => sides = Sides { agents: Vec::new(), patients: vec![one] },
        [one] if followed(one) => {
            sides = Sides { agents: vec![one], patients: Vec::new() };
        }
        // M和N比较, "compare M with N".
        [one, other] if joined(reading, one, other) => sides = Sides { agents: vec![one], patients: vec![other] },
        _ => {}
    }
    let outcome = [
        (Cue::Exceeds, "exceeds"),
        (Cue::ExceedsPassive, "exceeds"),
        (Cue::Matches, "matches"),
        (Cue::Approaches, "approaches"),
        (Cue::Trails, "trails"),
        (Cue::Targets, "targets"),
    ]
    .into_iter()
    .find_map(|(cue, word)| reading.any(&[cue]).then_some(word));
    let cues = [
        ASKING,
        &[
            Cue::Compare,
            Cue::Exceeds,
            Cue::ExceedsPassive,
            Cue::Matches,
            Cue::Approaches,
            Cue::Trails,
            Cue::Targets,
            Cue::With,
            Cue::Outcome,
            Cue::ModelKind,
            Cue::ProductKind,
            Cue::Score,
            Cue::BenchmarkKind,
            Cue::Undergo,
            Cue::Between,
        ],
    ]
    .concat();
    let filter = Filter { outcome, ..Filter::default() };
    related(cx, &sides, &of::COMPARED_WITH, &of::COMPARED_BY, filter, Vec::new(), cues)
}

// ---- people

fn role(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let reading = cx.reading;
    let named = reading.tokens.iter().enumerate().find_map(|(position, token)| match token.kind {
        Kind::Role(role) => Some((position, role)),
        _ => None,
    });
    let head = || ROLES.iter().find(|role| role.name == "CEO").copied();
    let (role, used): (Option<Role>, Vec<usize>) = match named {
        Some((position, role)) => (Some(role), vec![position]),
        None if reading.any(&[Cue::Runs]) => (head(), Vec::new()),
        None if reading.any(&[Cue::RoleWord, Cue::Work]) => (None, Vec::new()),
        None => return Ok(None),
    };
    let sides = by_kind(cx, of::PERSON)?;
    let cues = [
        ASKING,
        &[Cue::RoleWord, Cue::Work, Cue::Runs, Cue::Where, Cue::PersonKind, Cue::CompanyKind, Cue::Lead, Cue::Outcome],
    ]
    .concat();
    let filter = Filter { role, ..Filter::default() };
    // "who was the CEO of X" asks for those who no longer are.
    if role.is_some() && reading.any(&[Cue::Was]) {
        return related(cx, &sides, &of::FORMER_EMPLOYERS, &of::FORMER_PEOPLE, filter, used, cues);
    }
    related(cx, &sides, &of::ROLES, &of::PEOPLE, filter, used, cues)
}

fn team(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    if !cx.reading.any(&[Cue::Team]) {
        return Ok(None);
    }
    let sides = Sides { agents: Vec::new(), patients: cx.reading.entities() };
    let cues = [ASKING, &[Cue::Team, Cue::PersonKind]].concat();
    related(cx, &sides, &of::ROLES, &of::PEOPLE, Filter::default(), Vec::new(), cues)
}

fn former(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    if !cx.reading.any(&[Cue::Former]) {
        return Ok(None);
    }
    let mut used = Vec::new();
    let mut filter = Filter::default();
    for (position, token) in cx.reading.tokens.iter().enumerate() {
        if let Kind::Role(role) = token.kind {
            filter.role = Some(role);
            used.push(position);
        }
    }
    let sides = by_kind(cx, of::PERSON)?;
    let cues = [
        ASKING,
        &[
            Cue::Former,
            Cue::Work,
            Cue::Where,
            Cue::CompanyKind,
            Cue::PersonKind,
            Cue::RoleWord,
            Cue::Before,
            Cue::Team,
            Cue::During,
            Cue::Until,
            Cue::Was,
            Cue::History,
        ],
    ]
    .concat();
    related(cx, &sides, &of::FORMER_EMPLOYERS, &of::FORMER_PEOPLE, filter, used, cues)
}

fn moved(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    if !cx.reading.any(&[Cue::Moved]) {
        return Ok(None);
    }
    let [person] = *cx.reading.entities().as_slice() else { return Ok(None) };
    let cues = [ASKING, &[Cue::Moved, Cue::Where, Cue::CompanyKind]].concat();
    one(cx, person, &of::MOVED, cues)
}

/// Names on the side of the doer when they are `labels`, on the other side when they are not.
fn by_kind(cx: &Context<'_>, labels: &[&str]) -> Result<Sides, AskError> {
    let mut sides = Sides::default();
    for entity in cx.reading.entities() {
        if cx.may_be(entity, labels)? {
            sides.agents.push(entity);
        } else {
            sides.patients.push(entity);
        }
    }
    Ok(sides)
}

// ---- models

fn scores(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let reading = cx.reading;
    if !reading.any(&[Cue::Score, Cue::BenchmarkKind, Cue::Outcome]) {
        return Ok(None);
    }
    let cues = [
        ASKING,
        &[
            Cue::Score,
            Cue::BenchmarkKind,
            Cue::Outcome,
            Cue::ModelKind,
            Cue::HowMuch,
            Cue::During,
            Cue::Receive,
            Cue::Publish,
            Cue::Undergo,
        ],
    ]
    .concat();
    let (mut models, mut benchmarks) = (Vec::new(), Vec::new());
    for entity in reading.entities() {
        if cx.may_be(entity, of::BENCHMARK)? {
            benchmarks.push(entity);
        } else {
            models.push(entity);
        }
    }
    let sides = Sides { agents: models, patients: benchmarks };
    if !sides.agents.is_empty() && !sides.patients.is_empty() {
        // "what did M score on B" wants the figure, not whether there is one.
        let among = cx.resolve_all(&sides.patients, of::BENCHMARK)?;
        let used = [sides.agents.as_slice(), sides.patients.as_slice()].concat();
        let anchors = cx.resolve_all(&sides.agents, of::MODEL)?;
        let related = Related { relation: &of::SCORES, anchors, among, filter: Filter::default() };
        return Ok(Some(Draft { meaning: Meaning::Related(related), used, cues }));
    }
    related(cx, &sides, &of::SCORES, &of::SCORED, Filter::default(), Vec::new(), cues)
}

fn derived(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let [model] = *cx.reading.entities().as_slice() else { return Ok(None) };
    let cues = [ASKING, &[Cue::Derived, Cue::Family, Cue::ModelKind]].concat();
    if cx.reading.any(&[Cue::Derived]) {
        let after = cx.reading.find(Cue::Derived).is_some_and(|verb| verb < model);
        return one(cx, model, if after { &of::DERIVED } else { &of::DERIVED_FROM }, cues);
    }
    if cx.reading.any(&[Cue::Family]) {
        return one(cx, model, &of::FAMILY, cues);
    }
    Ok(None)
}

fn attribute(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let reading = cx.reading;
    let [entity] = *reading.entities().as_slice() else { return Ok(None) };
    let when = reading.any(&[Cue::When]);
    let (key, labels, cues): (_, &[&str], &[Cue]) = if reading.any(&[Cue::Parameters]) {
        ("parameters", of::MODEL, &[Cue::Parameters, Cue::What, Cue::HowMany, Cue::HowMuch, Cue::ModelKind])
    } else if reading.any(&[Cue::FoundedWhen]) || (when && reading.any(&[Cue::Found])) {
        ("founded", of::ORGANISATION, &[Cue::FoundedWhen, Cue::When, Cue::Found, Cue::What, Cue::CompanyKind])
    } else if reading.any(&[Cue::ReleasedWhen]) || (when && reading.any(&[Cue::Develop])) {
        ("released", of::MADE, &[Cue::ReleasedWhen, Cue::When, Cue::Develop, Cue::What, Cue::ModelKind])
    } else {
        return Ok(None);
    };
    let cues = [cues, &[Cue::YesNo]].concat();
    let meaning = Meaning::Attribute { of: cx.resolve(entity, labels)?, key };
    Ok(Some(Draft { meaning, used: vec![entity], cues }))
}

// ---- companies and places

fn belongs(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let reading = cx.reading;
    let [entity] = *reading.entities().as_slice() else { return Ok(None) };
    let cues = [ASKING, &[Cue::Subsidiary, Cue::Parent, Cue::CompanyKind, Cue::Developer, Cue::Own]].concat();
    let asked = |from: usize, to: usize| {
        let between = reading.tokens.get(from..to).unwrap_or_default();
        between.iter().any(|token| token.has_any(&[Cue::Who, Cue::What]))
    };
    let is = reading.get(entity + 1).is_some_and(|token| token.has(Cue::Be));
    if let Some(noun) = reading.find(Cue::Subsidiary) {
        // X是哪家公司的子公司 asks for the owner.
        let owner = entity < noun && is && asked(entity, noun);
        return one(cx, entity, if owner { &of::PARENTS } else { &of::SUBSIDIARIES }, cues);
    }
    if let Some(verb) = reading.find(Cue::Own) {
        return one(cx, entity, if verb < entity { &of::PARENTS } else { &of::SUBSIDIARIES }, cues);
    }
    if let Some(verb) = reading.find(Cue::Parent) {
        // "owned by X", "part of X": what stands before its owner.
        let possessed = reading.any(&[Cue::Possessive, Cue::Who]);
        return one(cx, entity, if verb < entity && !possessed { &of::SUBSIDIARIES } else { &of::PARENTS }, cues);
    }
    Ok(None)
}

fn competes(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let [entity] = *cx.reading.entities().as_slice() else { return Ok(None) };
    if !cx.reading.any(&[Cue::Compete]) {
        return Ok(None);
    }
    one(cx, entity, &of::COMPETITORS, [ASKING, JOINING, &[Cue::Compete, Cue::CompanyKind]].concat())
}

fn publishes(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let [entity] = *cx.reading.entities().as_slice() else { return Ok(None) };
    if !(cx.reading.any(&[Cue::Publish, Cue::Develop, Cue::DevelopPassive]) && cx.may_be(entity, of::BENCHMARK)?) {
        return Ok(None);
    }
    let cues = [
        ASKING,
        &[Cue::Publish, Cue::Develop, Cue::DevelopPassive, Cue::BenchmarkKind, Cue::CompanyKind, Cue::InvestorKind],
    ]
    .concat();
    one(cx, entity, &of::PUBLISHERS, cues)
}

fn located(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    let reading = cx.reading;
    let [entity] = *reading.entities().as_slice() else { return Ok(None) };
    let cues = [ASKING, &[Cue::Locate, Cue::Where, Cue::CityKind, Cue::CompanyKind, Cue::During]].concat();
    if cx.may_be(entity, of::CITY)? && reading.any(&[Cue::CompanyKind, Cue::Locate]) && !reading.any(&[Cue::Where]) {
        return one(cx, entity, &of::LOCATED, cues);
    }
    if reading.any(&[Cue::Locate, Cue::Where, Cue::CityKind]) {
        return one(cx, entity, &of::LOCATION, cues);
    }
    Ok(None)
}

fn path(cx: &Context<'_>) -> Result<Option<Draft>, AskError> {
    if !cx.reading.any(&[Cue::Path]) {
        return Ok(None);
    }
    let [from, to] = *cx.reading.entities().as_slice() else { return Ok(None) };
    let cues = [ASKING, JOINING, &[Cue::Path, Cue::Outcome, Cue::PersonKind, Cue::CompanyKind, Cue::Since, Cue::Until]]
        .concat();
    let meaning = Meaning::Path { from: cx.resolve(from, of::ANY)?, to: cx.resolve(to, of::ANY)? };
    Ok(Some(Draft { meaning, used: vec![from, to], cues }))
}

// ---- putting together

/// A question about one entity.
fn one(
    cx: &Context<'_>,
    entity: usize,
    relation: &'static Relation,
    cues: Vec<Cue>,
) -> Result<Option<Draft>, AskError> {
    let anchors = vec![cx.resolve(entity, relation.anchor)?];
    let related = Related { relation, anchors, among: Vec::new(), filter: Filter::default() };
    let meaning = if cx.reading.any(&[Cue::HowMany]) { Meaning::Count(related) } else { Meaning::Related(related) };
    Ok(Some(Draft { meaning, used: vec![entity], cues }))
}

/// A question about the doers, the done-to, or both sides of a verb.
fn related(
    cx: &Context<'_>,
    sides: &Sides,
    of_agents: &'static Relation,
    of_patients: &'static Relation,
    filter: Filter,
    mut used: Vec<usize>,
    cues: Vec<Cue>,
) -> Result<Option<Draft>, AskError> {
    used.extend(sides.agents.iter().chain(&sides.patients));
    let asks = cx.reading.any(&[Cue::Who, Cue::What, Cue::HowMany]);
    let meaning = match (sides.agents.as_slice(), sides.patients.as_slice()) {
        ([], []) => return Ok(None),
        (agents, []) => several(cx, agents, of_agents, filter)?,
        ([], patients) => several(cx, patients, of_patients, filter)?,
        (&[agent], &[patient]) => {
            let anchor = cx.resolve(patient, of_patients.anchor)?;
            let answer = cx.resolve(agent, of_agents.anchor)?;
            if asks && cx.reading.any(&[Cue::Compare, Cue::RoleWord, Cue::Outcome, Cue::HowMuch]) {
                // "how did M compare with N", "what is P's role at X": the facts between them.
                let (anchors, among) = (vec![answer], vec![anchor]);
                Meaning::Related(Related { relation: of_agents, anchors, among, filter })
            } else if asks && !cx.reading.any(&[Cue::YesNo]) {
                return Err(AskError::NoMeaning { about: cx.about() });
            } else {
                Meaning::Check { relation: of_patients, anchor, answer, filter }
            }
        }
        _ => return Err(AskError::NoMeaning { about: cx.about() }),
    };
    Ok(Some(Draft { meaning, used, cues }))
}

/// What is related to one entity, or to each of several.
fn several(
    cx: &Context<'_>,
    entities: &[usize],
    relation: &'static Relation,
    filter: Filter,
) -> Result<Meaning, AskError> {
    let together = entities
        .iter()
        .zip(entities.iter().skip(1))
        .all(|(&first, &second)| joined(cx.reading, first, second) || cx.reading.any(&[Cue::Both]));
    if !together {
        return Err(AskError::NoMeaning { about: cx.about() });
    }
    let anchors = cx.resolve_all(entities, relation.anchor)?;
    let related = Related { relation, anchors, among: Vec::new(), filter };
    Ok(if cx.reading.any(&[Cue::HowMany]) { Meaning::Count(related) } else { Meaning::Related(related) })
}
