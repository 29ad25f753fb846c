//! Funding: a company completes a round of an amount.

use std::ops::Range;

use super::super::Kind;
use super::super::cue::{Cue, Cues};
use super::super::parts::What;
use super::super::reader::Reader;
use super::super::roster::Hint;
use super::super::rounds::Round;

/// Verbs that need no noun beside the amount.
const PLAIN: &[&str] = &[
    "募得", "募集", "募集到", "募集了", "筹集", "筹得", "筹集到", "融到", "融得", "募到", "揽获", "吸金", "筹措",
    "raised", "raises", "has raised", "raise", "bagged", "bags", "nabbed", "nabs", "融资", "募资", "集资", "增资",
    "现金增资", "to raise",
];

/// What a round says of itself in one clause.
#[derive(Debug, Default)]
struct Terms {
    amount: Option<usize>,
    series: Option<usize>,
    noun: bool,
    last: usize,
}

impl Reader<'_, '_> {
    /// Rounds that a verb states, and rounds that are only named (a $12 million Series A).
    pub(super) fn read_funding(&mut self) {
        let relevant =
            Cues::any(&[Cue::Raise, Cue::GotInvested, Cue::Finance, Cue::RoundWord, Cue::ThisRound, Cue::Planned]);
        if !self.parts.cues.meets(relevant) && self.parts.rounds.is_empty() {
            return;
        }
        let mut claimed: Vec<usize> = Vec::new();
        let mut past = 0;
        for verb in 0..self.parts.len() {
            if verb < past || self.parts.name(verb).is_some() {
                continue;
            }
            let finance_verb =
                self.parts.has(verb, Cue::Finance) && self.is_word(verb, PLAIN) && self.is_amount_next(verb + 1);
            // 正洽谈新一轮融资, in talks to raise: the plan is the verb.
            let planned = self.parts.has(verb, Cue::Planned);
            if !(self.parts.meets(verb, Cues::any(&[Cue::Raise, Cue::GotInvested])) || finance_verb || planned) {
                continue;
            }
            if let Some(end) = self.read_raise(verb, &mut claimed) {
                past = end;
            }
        }
        self.read_named_rounds(&claimed);
    }

    fn is_amount_next(&self, place: usize) -> bool {
        self.parts.amount(place).is_some()
            || (self.parts.meets(place, Cues::any(&[Cue::RiseTo, Cue::Generation]))
                || self.is_word(place, &["了", "额", "近"]))
                && self.parts.amount(place + 1).is_some()
    }

    /// The amount, the series and the noun behind a verb, up to the end of the clause.
    fn terms(&self, verb: usize) -> Terms {
        let clause = self.clause(verb);
        let reach = if self.is_english(verb) { 22 } else { 18 };
        let mut terms = Terms { noun: self.parts.has(verb, Cue::GotInvested), last: verb, ..Terms::default() };
        let mut place = verb;
        let limit = clause.end.min(verb + reach);
        while place < limit {
            place += 1;
            if place >= limit {
                break;
            }
            if place > verb
                && self.parts.meets(place, Cues::any(&[Cue::Raise]))
                && !self.parts.meets(place, Cues::any(&[Cue::Finance, Cue::Generation, Cue::Cumulative]))
                && self.parts.name(place).is_none()
                && (terms.amount.is_some() || terms.noun)
            {
                break;
            }
            if self.parts.meets(place, Cues::any(&[Cue::LedBy, Cue::FollowedBy, Cue::Valuation, Cue::BackedBy]))
                && self.parts.name(place).is_none()
            {
                if self.parts.has(place, Cue::Valuation) && terms.amount.is_none() {
                    continue;
                }
                break;
            }
            if self.parts.round(place).is_some() {
                terms.series = terms.series.or(Some(place));
                terms.noun = true;
                terms.last = place;
            } else if self.parts.amount(place).is_some() {
                let valued = self.is_valuation_amount(place, &clause);
                if terms.amount.is_none()
                    && !valued
                    && !self.is_other_money(place, &clause)
                    && !self.is_converted(place)
                {
                    terms.amount = Some(place);
                    terms.last = place;
                }
            } else if self.parts.meets(place, Cues::any(&[Cue::Finance, Cue::RoundWord]))
                && self.parts.name(place).is_none()
            {
                terms.noun = true;
                terms.last = place;
                // 融资 is the end of the phrase in Chinese; the amount may stand behind it after all.
                if !self.is_english(place) && self.parts.has(place, Cue::Finance) && terms.amount.is_some() {
                    break;
                }
            } else if self.parts.has(place, Cue::NoRaise)
                && terms.amount.is_none()
                && !self.parts.has(place, Cue::Finance)
                && self.is_english(place)
                && !terms.noun
            {
                break;
            }
        }
        terms
    }

    /// Whether an amount is the value of the company: 以3000万元的估值, at a $1.1bn valuation.
    pub(in super::super) fn is_valuation_amount(&self, place: usize, clause: &Range<usize>) -> bool {
        let after = (place + 1..clause.end.min(place + 6))
            .take_while(|at| {
                self.parts.amount(*at).is_none() && !self.parts.has(*at, Cue::Raise) && self.parts.mark(*at).is_none()
            })
            .any(|at| self.parts.has(at, Cue::Valuation) && self.parts.name(at).is_none());
        let before = (clause.start.max(place.saturating_sub(5))..place)
            .rev()
            .take_while(|at| self.parts.amount(*at).is_none() && !self.parts.has(*at, Cue::Raise))
            .any(|at| self.parts.has(at, Cue::Valuation) && self.parts.name(at).is_none());
        after && !self.is_word(place + 1, &["in", "融资", "的融资", "at"]) && self.parts.round(place + 1).is_none()
            || before
    }

    fn read_raise(&mut self, verb: usize, claimed: &mut Vec<usize>) -> Option<usize> {
        let terms = self.terms(verb);
        let plain = self.is_word(verb, PLAIN) && terms.amount.is_some();
        // A plan needs the figure and the noun, and no verb of its own behind it.
        let planned = self.parts.has(verb, Cue::Planned) && !self.is_word(verb, &["to raise"]);
        if planned
            && (!terms.noun
                || terms.amount.is_none()
                || (verb + 1..terms.last).any(|at| {
                    self.parts.meets(at, Cues::any(&[Cue::Raise, Cue::GotInvested, Cue::Invest, Cue::Acquire]))
                        && !self.parts.has(at, Cue::Finance)
                        && self.parts.name(at).is_none()
                        || self.is_word(at, &["to raise"])
                }))
        {
            return None;
        }
        if !(terms.noun || plain)
            || (terms.amount.is_none() && terms.series.is_none() && !self.is_bare_round(verb, terms.last))
        {
            return None;
        }
        if self.is_negated(verb) || self.is_about_many(verb, &terms) {
            return None;
        }
        // A fund is closed, a share is bought, a loan is taken: no round.
        let clause = self.clause(verb);
        if (verb + 1..clause.end.min(terms.last + 3)).any(|at| {
            self.parts.meets(at, Cues::any(&[Cue::Debt]))
                && self.parts.name(at).is_none()
                && !self.is_word(at, &["convertible note", "convertible notes"])
        }) || (verb + 1..(terms.last + 1).min(clause.end))
            .any(|at| self.parts.has(at, Cue::Acquire) && self.parts.name(at).is_none())
        {
            return None;
        }
        // 刚刚完成A轮融资的“元始无量”: the company stands behind.
        let behind = if !self.is_english(verb)
            && self.is_word(terms.last + 1, &["的"])
            && !self.parts.meets(terms.last + 2, Cues::any(&[Cue::TheCompany, Cue::Descriptor]))
        {
            self.organisation_from(terms.last + 2, clause.end, Hint::Part, Kind::Startup).map(|(entry, _)| entry)
        } else {
            None
        };
        let Some(company) = behind.or_else(|| self.company_before(verb)) else {
            let range = self.range(verb, terms.last + 1);
            self.gaps.push(range);
            return Some(terms.last + 1);
        };
        if self.is_investor_here(company, verb) {
            return None;
        }
        // 敲定对S投资400亿美元: the money goes to another.
        let given = (verb + 1..terms.last).any(|place| {
            self.is_word(place, &["对", "向"]) && (self.company(place + 1).is_some() || self.is_loose(place + 1))
        });
        if given && !self.is_english(verb) {
            return None;
        }
        let cumulative = self.is_cumulative(verb, &terms, &clause);
        claimed.extend(terms.amount);
        claimed.extend(terms.series);
        let start = self.place_before(company, verb);
        let mut round = Round::of(company, "funding-raise", self.range(start, terms.last + 1));
        round.series = terms.series.and_then(|place| self.parts.round(place)).map(|found| found.series.clone());
        round.amount = terms.amount.and_then(|place| self.parts.amount(place)).cloned();
        round.date = self.date_near(verb);
        round.modality = self.modality(verb + usize::from(self.parts.has(verb, Cue::Planned)));
        round.cumulative = cumulative;
        round.stated = true;
        round.past = self.is_past(verb);
        round.sentence = self.parts.range.start;
        let same = (clause.start..terms.last).any(|place| self.parts.has(place, Cue::ThisRound));
        self.roster.hint(company, Hint::Role, Kind::Startup);
        let range = round.ranges.first().cloned().unwrap_or_default();
        self.rounds.add(round, same);
        self.fire(if cumulative { "funding-cumulative" } else { "funding-raise" }, range);
        self.focus.company = Some(company);
        Some(terms.last + 1)
    }

    /// 完成新一轮融资, closed a new round: no amount and no series, but a round all the same.
    fn is_bare_round(&self, verb: usize, last: usize) -> bool {
        (verb + 1..=last).any(|place| self.parts.has(place, Cue::RoundWord))
            && (verb + 1..=last).any(|place| self.parts.has(place, Cue::Finance))
            || self.parts.has(verb, Cue::GotInvested)
    }

    /// 14家人工智能公司…获得: many companies, none of them named; an industry; a fund that raises.
    fn is_about_many(&self, verb: usize, terms: &Terms) -> bool {
        let clause = self.clause(verb);
        let crowd = (clause.start.max(verb.saturating_sub(6))..verb).any(|place| {
            matches!(self.parts.get(place).map(|part| part.what), Some(What::Number(..)))
                && self.is_word(place + 1, &["家", "家公司", "startups", "companies", "个", "笔", "起", "家企业"])
                || self.is_word(place, &["各家", "多家", "行业", "赛道", "startups", "companies", "初创企业", "企业们"])
                    && self.parts.name(place).is_none()
                    && place + 3 >= verb
        });
        let fund = terms.amount.is_some_and(|place| {
            self.parts.has(place + 1, Cue::NoRaise)
                && !self.parts.meets(place + 1, Cues::any(&[Cue::Finance, Cue::Debt]))
        });
        crowd || fund
    }

    fn is_investor_here(&self, company: usize, verb: usize) -> bool {
        let clause = self.clause(verb);
        // 宣布完成新一期基金的募集
        self.roster.kind(company) == Some(Kind::Investor)
            && (clause.start..clause.end).any(|place| {
                self.is_word(place, &["基金", "新基金", "fund", "期基金", "母基金", "人民币基金", "美元基金", "funds"])
                    && self.parts.name(place).is_none()
            })
    }

    fn is_cumulative(&self, verb: usize, terms: &Terms, clause: &Range<usize>) -> bool {
        let from = clause.start.max(verb.saturating_sub(4));
        let to = clause.end.min(terms.last + 6);
        let this = (clause.start..verb).any(|place| self.parts.has(place, Cue::ThisRound));
        !this
            && terms.series.is_none()
            && (from..to).any(|place| {
                self.parts.has(place, Cue::Cumulative)
                    && self.parts.name(place).is_none()
                    && (place < terms.last + 6)
                    && !self.is_word(place, &["total"])
                    && (place >= verb || self.is_near(place, verb))
            })
    }

    fn is_near(&self, place: usize, verb: usize) -> bool {
        verb - place < 4
    }

    /// 此前, 曾, previously: a round before the one that the text is about.
    pub(in super::super) fn is_past(&self, verb: usize) -> bool {
        let segment = self.segment(verb);
        (segment.start..verb).any(|place| {
            self.is_word(
                place,
                &[
                    "此前", "曾", "之前", "早前", "previously", "earlier", "先前", "曾于", "曾经", "上一轮", "prior",
                    "back in", "last raised",
                ],
            )
        })
    }

    /// The place of a company in front of a verb, or of the verb when the company is only meant.
    pub(in super::super) fn place_before(&self, company: usize, verb: usize) -> usize {
        let segment = self.segment(verb);
        (segment.start..verb)
            .rev()
            .find(|place| {
                self.parts.name(*place).is_some_and(|entry| self.roster.root(entry) == self.roster.root(company))
            })
            .unwrap_or_else(|| self.clause(verb).start.min(verb))
    }

    /// Rounds without a verb: a $12 million Series A, 3亿美元A1轮.
    fn read_named_rounds(&mut self, claimed: &[usize]) {
        for place in 0..self.parts.len() {
            if claimed.contains(&place) || self.parts.round(place).is_none() {
                continue;
            }
            let clause = self.clause(place);
            let amount =
                [place.checked_sub(1), place.checked_sub(2), Some(place + 1), Some(place + 2), Some(place + 3)]
                    .into_iter()
                    .flatten()
                    .filter(|at| clause.contains(at) && !claimed.contains(at))
                    .find(|at| {
                        self.parts.amount(*at).is_some()
                            && !self.is_valuation_amount(*at, &clause)
                            && !self.is_other_money(*at, &clause)
                            && !(*at > place && self.parts.round(at + 1).is_some())
                    });
            // 2023年6月的D轮，金额1.05亿美元
            let amount = amount.or_else(|| {
                let comma = (place + 1..place + 3).find(|at| self.parts.mark(*at) == Some(','))?;
                let worded = self.is_word(comma + 1, &["金额", "融资额", "融资金额", "规模", "募资金额", "总额"]);
                (comma + 1..comma + 4)
                    .find(|at| self.parts.amount(*at).is_some() && (worded || *at == comma + 1))
                    .filter(|at| !claimed.contains(at) && !self.is_english(place))
            });
            let Some(amount) = amount else { continue };
            let Some(company) = self.company_before(amount.min(place)) else { continue };
            if self.roster.kind(company) == Some(Kind::Investor) || self.is_negated(place) {
                continue;
            }
            let mut round = Round::of(company, "funding-named", self.range(amount.min(place), amount.max(place) + 1));
            round.series = self.parts.round(place).map(|found| found.series.clone());
            round.amount = self.parts.amount(amount).cloned();
            round.date = self.date_of_named(place, &clause);
            round.modality = self.modality(place);
            round.stated = true;
            round.past = !self.rounds.list.iter().all(|known| known.company != company || known.cumulative);
            round.sentence = self.parts.range.start;
            let range = round.ranges.first().cloned().unwrap_or_default();
            self.rounds.add(round, false);
            self.fire("funding-named", range);
        }
    }

    /// The date of a round that stands in a list of rounds: the one directly behind it.
    fn date_of_named(&self, place: usize, clause: &Range<usize>) -> Option<crate::model::PartialDate> {
        (place + 1..clause.end.min(place + 4))
            .chain((clause.start.max(place.saturating_sub(5))..place).rev())
            .find_map(|at| self.parts.date(at))
            .and_then(|date| date.date)
    }

    /// Sums over several rounds: 累计融资超5亿元, total funding to $101m.
    pub(super) fn read_cumulative(&mut self) {
        if !self.parts.cues.has(Cue::Cumulative) {
            return;
        }
        for word in 0..self.parts.len() {
            if !self.parts.has(word, Cue::Cumulative) || self.parts.name(word).is_some() {
                continue;
            }
            let clause = self.clause(word);
            let Some(amount) = (word + 1..clause.end.min(word + 9)).find(|place| self.parts.amount(*place).is_some())
            else {
                continue;
            };
            if self.is_taken(amount)
                || self.is_other_money(amount, &clause)
                || self.is_valuation_amount(amount, &clause)
                || self.is_converted(amount)
            {
                continue;
            }
            let segment = self.segment(word);
            let about = !self.is_english(word)
                && (segment.start..clause.start)
                    .any(|place| self.parts.has(place, Cue::Finance) && self.parts.name(place).is_none())
                || (clause.start.max(word.saturating_sub(5))..clause.end.min(amount + 4)).any(|place| {
                    self.parts.meets(place, Cues::any(&[Cue::Finance, Cue::Raise]))
                        || self.is_word(
                            place,
                            &[
                                "累计融资", "累计融资额", "累计募资", "累积募资", "募资总额", "总融资额", "总募资金额",
                                "已融资", "融资总金额", "历史融资", "total funding", "total raised",
                                "capital raised to", "融资额", "融资总额", "total capital raised", "funding to",
                                "total financing", "overall funding", "total amount raised", "total fundraising",
                            ],
                        )
                });
            let this = (clause.start..word).any(|place| {
                self.parts.has(place, Cue::ThisRound)
                    && !self.is_word(place + 1, &["brings", "takes"])
                    && !self.is_english(place)
            });
            if !about || this {
                continue;
            }
            let industry = (clause.start..word).any(|place| {
                self.is_word(
                    place,
                    &[
                        "领域", "行业", "赛道", "市场", "产业", "国内", "全球", "startups", "companies", "sector",
                        "industry",
                    ],
                ) && self.parts.name(place).is_none()
            }) && !(clause.start..word).any(|place| self.company(place).is_some());
            if industry {
                continue;
            }
            let Some(company) = self.company_before(word) else { continue };
            if self.roster.kind(company) == Some(Kind::Investor) {
                continue;
            }
            let mut round = Round::of(
                company,
                "funding-cumulative",
                self.range(self.place_before(company, word).max(clause.start), amount + 1),
            );
            round.amount = self.parts.amount(amount).cloned();
            round.cumulative = true;
            round.stated = true;
            round.modality = self.modality(amount);
            round.date = if self.is_english(word) { None } else { self.date_near(word) };
            round.sentence = self.parts.range.start;
            let range = round.ranges.first().cloned().unwrap_or_default();
            self.roster.hint(company, Hint::Role, Kind::Startup);
            self.rounds.add(round, false);
            self.fire("funding-cumulative", range);
            self.focus.company = Some(company);
        }
    }

    /// Whether a round already has the amount at a place.
    pub(in super::super) fn is_taken(&self, place: usize) -> bool {
        let Some(part) = self.parts.get(place) else { return false };
        self.rounds.list.iter().any(|round| {
            [&round.amount, &round.valuation].into_iter().flatten().any(|amount| amount.range.start == part.start)
        })
    }
}
