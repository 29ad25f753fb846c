//! Investors: who led a round, who took part, who put money into which company.

use super::super::Kind;
use super::super::cue::{Cue, Cues};
use super::super::parts::What;
use super::super::phrase::ListItem;
use super::super::reader::Reader;
use super::super::roster::Hint;

impl Reader<'_, '_> {
    /// Every way to say who invested.
    pub(super) fn read_investors(&mut self) {
        let relevant = Cues::any(&[
            Cue::Lead,
            Cue::LedBy,
            Cue::Led,
            Cue::Follow,
            Cue::FollowedBy,
            Cue::TookPart,
            Cue::Join,
            Cue::InvestorNoun,
            Cue::BackedBy,
            Cue::Invest,
            Cue::Subscribe,
            Cue::AsInvestor,
            Cue::Raise,
        ]);
        if !self.parts.cues.meets(relevant) {
            return;
        }
        let mut past = 0;
        for place in 0..self.parts.len() {
            if place < past || self.parts.name(place).is_some() {
                continue;
            }
            let english = self.is_english(place);
            let end = if english { self.read_english_investors(place) } else { self.read_chinese_investors(place) };
            past = end.unwrap_or(place);
        }
    }

    fn read_chinese_investors(&mut self, place: usize) -> Option<usize> {
        let cues = self.parts.get(place).map_or(Cues::NONE, |part| part.cues);
        let has = |cue| cues.has(cue);
        if has(Cue::Adviser) {
            return None;
        }
        if (has(Cue::InvestorNoun) || has(Cue::NewInvestors))
            && let Some(end) = self.read_investor_noun(place)
        {
            return Some(end);
        }
        if has(Cue::InvestorNoun)
            && place > 1
            && self.is_word(place - 1, &["是", "都是", "也是", "均为", "为", "均是", "皆是", "的"])
            && (self.is_word(place - 1, &["都是", "也是", "均为", "均是", "皆是"])
                || place > 2 && self.is_word(place - 2, &["都", "均", "皆", "也"]))
        {
            return self.read_predicate_investors(place);
        }
        if has(Cue::Include)
            && self.is_word(place, &["还有", "还包括", "另有", "还有来自", "也包括"])
            && self.is_about_investors(place)
        {
            let (items, end) = self.list_from(place + 1, Kind::Investor);
            let company = self.round_company(place)?;
            self.attach(company, &items, Some(false), false, place, "investor-list");
            return Some(end);
        }
        if has(Cue::Existing) && place > 0 && self.is_word(place - 1, &["除了", "除", "包括", "包含"]) {
            let (items, end) = self.list_from(place + 1, Kind::Investor);
            let company = self.round_company(place)?;
            self.attach(company, &items, Some(false), true, place, "investor-list");
            return Some(end);
        }
        if has(Cue::Lead) || has(Cue::Follow) {
            return self.read_backward(place);
        }
        if has(Cue::AsInvestor) {
            // 思科为跟投方; 思科作为战略股东跟投 is read at the verb.
            let verb_follows = (place + 1..self.clause(place).end)
                .any(|at| self.parts.meets(at, Cues::any(&[Cue::Follow, Cue::Lead])));
            return if verb_follows { None } else { self.read_backward(place) };
        }
        if has(Cue::Join)
            && let Some(end) = self.read_joined_companies(place)
        {
            return Some(end);
        }
        if has(Cue::Join) && self.is_joined_round(place) {
            return self.read_backward(place);
        }
        if has(Cue::Raise)
            && let Some(end) = self.read_received(place)
        {
            return Some(end);
        }
        if self.parts.meets(place, Cues::any(&[Cue::Invest, Cue::Subscribe])) {
            return self.read_active(place);
        }
        if self.is_word(place, &["吸引", "引入", "吸引了", "引入了", "引进", "迎来", "新增", "新增了"])
        {
            return self.read_attracted(place);
        }
        None
    }

    /// A、B都是投资人.
    fn read_predicate_investors(&mut self, noun: usize) -> Option<usize> {
        let floor = self.clause(noun).start;
        let mut verb = noun;
        while verb > floor
            && self
                .is_word(verb - 1, &["是", "都是", "也是", "均为", "为", "均是", "皆是", "的", "都", "均", "皆", "也"])
        {
            verb -= 1;
        }
        let (items, _) = self.list_before(verb, floor, Kind::Investor);
        if items.is_empty() {
            return None;
        }
        let company = self.focus.company?;
        self.attach(company, &items, None, false, noun, "investor-list");
        Some(noun + 1)
    }

    /// Whether the sentence speaks of investors in front of a place.
    fn is_about_investors(&self, place: usize) -> bool {
        (0..place).any(|at| {
            self.parts.meets(at, Cues::any(&[Cue::Existing, Cue::InvestorNoun, Cue::Lead, Cue::Follow]))
                && self.parts.name(at).is_none()
        })
    }

    /// 投资方包括A、B; 领投方为A; 投资方：A、B.
    fn read_investor_noun(&mut self, noun: usize) -> Option<usize> {
        let mut from = noun + 1;
        while self.is_word(from, &["的", "还", "也", "则", "主要", "分别"]) || self.parts.mark(from) == Some(')')
        {
            from += 1;
        }
        let opens = self.parts.has(from, Cue::Include) || matches!(self.parts.mark(from), Some(':' | '|'));
        if !opens {
            return None;
        }
        let (items, end) = self.list_from(from + 1, Kind::Investor);
        if items.is_empty() {
            return None;
        }
        let lead = if self.is_word(noun, &["领投方", "领投机构", "领投者"]) {
            Some(true)
        } else if self.is_word(noun, &["跟投方", "参投方", "跟投机构", "参投机构", "跟投者"])
            || self.closing_verb(end) == Some(false)
        {
            Some(false)
        } else {
            self.closing_verb(end)
        };
        let existing = self.is_word(noun, &["老股东"]);
        let company = self.round_company(noun)?;
        self.attach(company, &items, lead, existing, noun, "investor-list");
        Some(end)
    }

    /// What a verb behind a list says: …等机构参投.
    fn closing_verb(&self, end: usize) -> Option<bool> {
        (end..self.clause(end.saturating_sub(1)).end.min(end + 6)).find_map(|place| {
            if self.parts.has(place, Cue::Lead) {
                Some(true)
            } else if self.parts.has(place, Cue::Follow) {
                Some(false)
            } else {
                None
            }
        })
    }

    /// Whether 参与 is about a round: 参与了本轮融资.
    fn is_joined_round(&self, place: usize) -> bool {
        let clause = self.clause(place);
        self.is_word(place, &["参与其中", "参与本轮"])
            || (place + 1..clause.end.min(place + 8)).any(|at| {
                self.parts.meets(at, Cues::any(&[Cue::ThisRound]))
                    || self.parts.has(at, Cue::Finance) && !self.is_word(at, &["资金"])
            })
            || (clause.start..place).any(|at| self.parts.has(at, Cue::ThisRound)) && place + 1 >= clause.end
            // 完成B轮融资，A、B参与: the round stands in the same sentence.
            || place + 1 >= clause.end
                && self.rounds.list.last().is_some_and(|round| {
                    round.ranges.last().is_some_and(|range| range.start >= self.parts.range.start)
                })
            // 当时A也有参与: the round stands in a sentence before.
            || place + 1 >= clause.end
                && place > clause.start
                && self.is_word(place - 1, &["也有", "亦有", "也", "亦", "有", "均", "皆", "都"])
                && self.rounds.list.last().is_some_and(|round| {
                    self.parts.range.start.saturating_sub(round.sentence) < 200
                })
    }

    /// A、B领投; 由A领投; A领投S的B轮融资.
    fn read_backward(&mut self, verb: usize) -> Option<usize> {
        let floor = self.clause(verb).start;
        let (items, from) = self.list_before(verb, floor, Kind::Investor);
        if items.is_empty() || self.is_negated(verb) && !self.is_word(verb.saturating_sub(1), &["不断"]) {
            return None;
        }
        let sole = self.is_word(verb, &["独家投资", "独投"]);
        let lead = if sole {
            None
        } else if self.parts.has(verb, Cue::Lead) || self.is_word(verb, &["为领投方", "作为领投方", "担任领投方"])
        {
            Some(true)
        } else if self.parts.has(verb, Cue::Join)
            || self.is_word(verb, &["共同投资", "联合投资", "参与投资"])
            || self.parts.has(verb, Cue::AsInvestor) && !self.is_word(verb, &["为跟投方", "作为跟投方", "担任跟投方"])
        {
            if self.is_word(verb, &["共同投资", "联合投资"]) { None } else { Some(false) }
        } else {
            Some(false)
        };
        let existing = items.iter().any(|item| item.existing);
        // A领投S的R轮融资: the company follows.
        let passive = from > floor && self.is_word(from - 1, &["由", "被", "获", "获得", "获得了"]);
        if !passive && let Some((company, end)) = self.company_behind(verb) {
            let place = self.active_round(company, verb, end);
            self.attach_to(place, &items, lead, existing, verb, "investor-active");
            self.roster.hint(company, Hint::Role, Kind::Startup);
            return Some(end);
        }
        let company = self.round_company(items.first().map_or(verb, |item| item.place))?;
        self.attach(company, &items, lead, existing, verb, "investor-verb");
        Some(verb + 1)
    }

    /// The company directly behind a verb: 投资了S, 领投S的.
    fn company_behind(&mut self, verb: usize) -> Option<(usize, usize)> {
        let clause = self.clause(verb);
        let mut place = verb + 1;
        while self.is_word(place, &["了", "过", "于", "由", "名为", "了由", "一家", "入股", "投资"])
            || self.parts.has(place, Cue::Place) && self.parts.name(place).is_none()
        {
            place += 1;
        }
        // 投资了AI芯片公司S
        let name = (place..clause.end.min(place + 6))
            .find(|at| self.parts.name(*at).is_some() || self.parts.mark(*at) == Some('“'));
        let name = name.filter(|name| {
            (place..*name).all(|at| {
                self.parts.meets(
                    at,
                    Cues::any(&[
                        Cue::Descriptor,
                        Cue::Place,
                        Cue::LatinNoise,
                        Cue::ModelNoun,
                        Cue::SuffixStartup,
                        Cue::Generation,
                    ]),
                ) || matches!(self.parts.get(at).map(|part| part.what), Some(What::Han))
                    && (at..*name).any(|later| self.parts.has(later, Cue::Descriptor))
            })
        })?;
        if self.parts.mark(name) == Some('“') {
            let end = self.behind_bracket(name);
            let entry = self.quoted(name, end.checked_sub(1)?, Hint::Part, Kind::Startup)?;
            return Some((entry, end));
        }
        let entry = self.company(name)?;
        (self.roster.kind(entry) != Some(Kind::Investor)
            || self.roster.get(entry).is_some_and(|entry| entry.known_kind.is_none()))
        .then_some((entry, name + 1))
    }

    /// A、B的3000万元投资, behind 获得.
    fn read_received(&mut self, verb: usize) -> Option<usize> {
        let clause = self.clause(verb);
        let mut from = verb + 1;
        while self.is_word(from, &["了", "来自", "由", "来自于", "到"]) {
            from += 1;
        }
        let mut end = from;
        while end < clause.end {
            if matches!(self.parts.mark(end), Some('(' | '“')) {
                end = self.behind_bracket(end);
                continue;
            }
            let stops = self.is_word(end, &["的", "等"])
                || self.parts.amount(end).is_some()
                || self.parts.round(end).is_some()
                || self.parts.meets(end, Cues::any(&[Cue::RoundWord, Cue::Lead, Cue::Follow, Cue::Generic]))
                    && self.parts.name(end).is_none()
                || self.parts.has(end, Cue::Finance)
                    && self.parts.name(end).is_none()
                    && !(end > from
                        && self.parts.has(end, Cue::SuffixInvestor)
                        && matches!(self.parts.mark(end + 1), Some('、')));
            if stops {
                break;
            }
            end += 1;
        }
        // Somebody must give what is received: an amount, a round or an investment follows.
        let given = (end..clause.end.min(end + 8))
            .any(|place| self.parts.has(place, Cue::Finance) || self.parts.round(place).is_some());
        let led =
            (end..clause.end.min(end + 3)).any(|place| self.parts.meets(place, Cues::any(&[Cue::Lead, Cue::Follow])));
        if !given || led || end == from || end - from > 24 {
            return None;
        }
        let named = (from..end).any(|place| self.parts.name(place).is_some())
            || self.parts.mark(from + 1) == Some('、')
            || self.is_loose(from);
        if !named
            || (from..end).any(|place| {
                self.parts.meets(place, Cues::any(&[Cue::Claim, Cue::Announce, Cue::Valuation]))
                    && self.parts.name(place).is_none()
            })
        {
            return None;
        }
        let items = self.items(from, end, Kind::Investor);
        if items.is_empty() || self.is_negated(verb) {
            return None;
        }
        let company = self.company_before(verb)?;
        self.attach(company, &items, None, false, verb, "investor-received");
        Some(end)
    }

    /// A投资S; A向S投资3亿元; A以3亿元认购S 10%股份.
    fn read_active(&mut self, verb: usize) -> Option<usize> {
        let clause = self.clause(verb);
        if (clause.start..verb).any(|place| self.parts.has(place, Cue::Raise) && self.parts.name(place).is_none())
            || self.is_negated(verb)
        {
            return None;
        }
        if let Some(by) = (clause.start..verb).rev().find(|place| self.is_word(*place, &["由"]))
            && let Some(end) = self.read_passive(by, verb)
        {
            return Some(end);
        }
        // 向S投资: the company stands between 向 and the verb.
        let toward = (clause.start..verb).rev().find(|place| self.is_word(*place, &["向", "对"]));
        let (company, end, floor_end) = match toward {
            Some(toward) => {
                if self.parts.meets(toward + 1, Cues::any(&[Cue::TheCompany, Cue::Its])) {
                    (self.focus.company?, verb + 1, toward)
                } else {
                    let name = (toward + 1..verb).find(|place| self.company(*place).is_some())?;
                    (self.company(name)?, verb + 1, toward)
                }
            }
            None => {
                let (company, end) = self.company_behind(verb)?;
                (company, end, verb)
            }
        };
        if self.is_word(verb, &["收购", "买入"]) && !(end..clause.end).any(|place| self.parts.has(place, Cue::Stake))
        {
            return None;
        }
        // 以A认购: the amount stands between the investor and the verb.
        let mut list_end = floor_end;
        while list_end > clause.start
            && (self.parts.amount(list_end - 1).is_some()
                || self.is_word(
                    list_end - 1,
                    &[
                        "以", "已", "将", "拟", "宣布", "战略", "正式", "曾", "于", "也", "再次", "还", "斥资", "总计",
                        "共", "等", "此前", "就", "豪掷", "计划", "早在",
                    ],
                )
                || self.parts.date(list_end - 1).is_some())
        {
            list_end -= 1;
        }
        let (mut items, _) = self.list_before(list_end, clause.start, Kind::Investor);
        items.retain(|item| item.entry != company && self.roster.kind(item.entry) != Some(Kind::Person));
        if items.is_empty() {
            let entry = self.topic(verb).filter(|entry| *entry != company && clause.start > 0)?;
            let subject_here = (self.segment(verb).start..verb).rev().find(|place| {
                self.parts.name(*place).is_some_and(|name| self.roster.root(name) == self.roster.root(entry))
            })?;
            items.push(ListItem { entry, existing: false, place: subject_here });
        }
        let place = self.active_round(company, verb, end);
        let own = (clause.start..clause.end.min(end + 6))
            .chain(clause.end..self.segment(verb).end.min(clause.end + 6))
            .find(|place| {
                self.parts.amount(*place).is_some()
                    && !self.is_valuation_amount(*place, &clause)
                    && !self.is_taken(*place)
            });
        let stake = (clause.start..clause.end.min(end + 8)).find_map(|place| {
            match self.parts.get(place).map(|part| part.what) {
                Some(What::Number(value, true)) => Some(value),
                _ => None,
            }
        });
        let amount = own.filter(|_| items.len() == 1).and_then(|place| self.parts.amount(place)).cloned();
        self.attach_to(place, &items, None, false, verb, "investor-active");
        if let Some(round) = self.rounds.get_mut(place) {
            for investor in round.investors.iter_mut().rev().take(items.len()) {
                investor.amount = amount.clone();
                investor.stake = stake;
            }
        }
        self.roster.hint(company, Hint::Part, Kind::Startup);
        Some(end)
    }

    /// 由A、B投资3,000万元, 由A认购1.5亿元: the company is the one that the text is about.
    fn read_passive(&mut self, by: usize, verb: usize) -> Option<usize> {
        let clause = self.clause(verb);
        let money = (verb + 1..clause.end.min(verb + 4)).find(|place| self.parts.amount(*place).is_some());
        if money.is_none() && verb + 1 < clause.end {
            return None;
        }
        let (items, _) = self.list_before(verb, by + 1, Kind::Investor);
        if items.is_empty() {
            return None;
        }
        let company = self.round_company(by)?;
        let amount = money.and_then(|place| self.parts.amount(place)).cloned();
        self.attach(company, &items, None, false, verb, "investor-verb");
        let number = items.len();
        if let Some(place) = self.rounds.list.iter().rposition(|round| {
            round.investors.last().is_some_and(|investor| {
                investor.rule == "investor-verb" && Some(investor.entry) == items.last().map(|item| item.entry)
            })
        }) && let Some(round) = self.rounds.get_mut(place)
            && number == 1
            && let Some(investor) = round.investors.last_mut()
        {
            investor.amount = amount;
        }
        Some(verb + 1)
    }

    /// 阿里先后参与了A、B、C的融资: the companies stand behind the verb.
    fn read_joined_companies(&mut self, verb: usize) -> Option<usize> {
        let clause = self.clause(verb);
        let mut from = verb + 1;
        while self.is_word(from, &["了", "过"]) {
            from += 1;
        }
        let (targets, end) = self.list_from(from, Kind::Startup);
        if targets.is_empty()
            || self.parts.has(from, Cue::ThisRound)
            || !self.is_word(end, &["的", "等"])
            || !(end..clause.end.min(end + 6)).any(|place| self.parts.has(place, Cue::Finance))
        {
            return None;
        }
        let mut place = verb;
        while place > clause.start
            && (self.is_word(place - 1, &["先后", "也", "还", "曾", "均", "都", "已", "陆续", "相继", "此前"])
                || self.parts.date(place - 1).is_some())
        {
            place -= 1;
        }
        let (items, _) = self.list_before(place, clause.start, Kind::Investor);
        if items.is_empty() {
            return None;
        }
        for target in targets {
            let round = self.active_round(target.entry, verb, end);
            self.attach_to(round, &items, None, false, verb, "investor-active");
        }
        Some(end)
    }
}
