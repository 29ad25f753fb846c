//! Lists of names: 红杉中国、小红书和美团等机构; Lakestar, Project A and existing investor Cherry Ventures.

use std::ops::Range;

use crate::names::is_han;
use crate::text::is_latin;

use super::super::Kind;
use super::super::cue::{Cue, Cues};
use super::super::lexicon::LEXICON;
use super::super::parts::What;
use super::super::person::person_at;
use super::super::reader::Reader;
use super::super::roster::Hint;

/// A name of a list.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct ListItem {
    pub(in super::super) entry: usize,
    /// Whether it is said to have held shares before.
    pub(in super::super) existing: bool,
    /// Where it stands among the parts.
    pub(in super::super) place: usize,
}

/// Words that end a Chinese list.
const CLOSING: Cues = Cues::any(&[
    Cue::Lead,
    Cue::Follow,
    Cue::Raise,
    Cue::Join,
    Cue::AsInvestor,
    Cue::ThisRound,
    Cue::Finance,
    Cue::Valuation,
    Cue::Adviser,
    Cue::Claim,
    Cue::Announce,
]);

impl Reader<'_, '_> {
    /// The names of the list that begins at a place, and the place behind it.
    pub(in super::super) fn list_from(&mut self, from: usize, kind: Kind) -> (Vec<ListItem>, usize) {
        let chinese = (from..self.parts.len().min(from + 12)).find_map(|place| match self.parts.get(place)?.what {
            What::Mark('、') | What::Han => Some(true),
            What::Cue | What::Name(_) => {
                Some(is_han(self.text.at(self.parts.start(place)))).filter(|han| *han || place > from + 8)
            }
            _ => None,
        });
        if chinese == Some(true) && self.is_mostly_han() {
            self.chinese_list_from(from, kind)
        } else {
            self.english_list(from, kind)
        }
    }

    fn is_mostly_han(&self) -> bool {
        let range = self.parts.range.clone();
        let han = range.clone().filter(|at| is_han(self.text.at(*at))).count();
        han * 5 > range.len()
    }

    fn chinese_list_from(&mut self, from: usize, kind: Kind) -> (Vec<ListItem>, usize) {
        let mut place = from;
        let mut end = from;
        while place < self.parts.len() {
            match self.parts.mark(place) {
                Some('(' | '[' | '“' | '《') => {
                    place = self.behind_bracket(place);
                    end = place;
                    continue;
                }
                Some('、' | '·' | '&' | '/' | '-') => {}
                Some(',') if self.goes_on(place) => {}
                Some(_) => break,
                None => {}
            }
            if self.is_word(place, &["等", "在内", "在内的", "的", "参与", "共同", "是", "将"])
                || self.parts.meets(place, CLOSING) && self.parts.name(place).is_none() && !self.is_part_of_name(place)
            {
                break;
            }
            place += 1;
            end = place;
        }
        (self.items(from, end, kind), place)
    }

    /// Whether a list goes on behind a comma: another name and another mark of a list follow.
    fn goes_on(&self, comma: usize) -> bool {
        self.parts.name(comma + 1).is_some() && matches!(self.parts.mark(comma + 2), Some('、'))
            || self.is_word(comma + 1, &["以及", "及", "还有"]) && self.parts.name(comma + 2).is_some()
    }

    /// Whether a word that closes lists is the end of a name here: 启明投资、.
    fn is_part_of_name(&self, place: usize) -> bool {
        let ends = place + 1 >= self.parts.len()
            || matches!(self.parts.mark(place + 1), Some('、' | ',' | '。' | '(' | ';'))
            || self.is_word(place + 1, &["等", "和", "与", "及", "以及"])
            || self.parts.meets(place + 1, Cues::any(&[Cue::Lead, Cue::Follow]));
        let begun = place > 0 && self.is_loose(place - 1);
        let suffix_next = self.parts.meets(place + 1, Cues::any(&[Cue::SuffixCompany, Cue::SuffixInvestor]))
            && !self.parts.meets(place + 1, Cues::any(&[Cue::Lead, Cue::Follow]));
        ends && begun && self.parts.has(place, Cue::SuffixInvestor)
            || suffix_next && self.parts.has(place, Cue::SuffixInvestor)
    }

    /// The names of the list that ends in front of a place, as 红杉、高瓴 in 由红杉、高瓴领投.
    pub(in super::super) fn list_before(&mut self, verb: usize, floor: usize, kind: Kind) -> (Vec<ListItem>, usize) {
        let mut end = verb;
        while end > floor {
            let place = end - 1;
            let tail = self.is_word(
                place,
                &[
                    "等", "共同", "联合", "持续", "继续", "超额", "分别", "也", "都", "均", "则", "进行", "再次",
                    "独家", "在内", "在内的", "的", "跟进", "和", "重磅", "还", "亦", "同时", "追加", "联手", "一同",
                    "又", "已", "将", "拟", "同步", "正式", "宣布", "战略", "大举", "此前", "曾", "去年", "早前",
                    "其中", "全部", "重仓", "一起", "更", "早", "就", "跨界", "连续", "两轮", "连续两轮", "多轮",
                    "再度", "亦", "则", "选择", "也有", "皆", "悉数", "有", "合计", "均有意", "有意", "表示", "确认",
                    "个人身份", "以个人身份", "携手", "合力", "合作", "坚定", "大额", "陪伴",
                ],
            ) || self.parts.meets(place, Cues::any(&[Cue::AsInvestor]))
                || (self.parts.meets(place, Cues::any(&[Cue::Generic])) && self.parts.name(place).is_none())
                || self.parts.date(place).is_some()
                || matches!(self.parts.get(place).map(|part| part.what), Some(What::Number(..)))
                    && !self.is_word(end, &["号", "期", "号基金", "期基金"])
                || self.is_word(
                    place,
                    &[
                        "两家", "三家", "四家", "五家", "多家", "家", "两大", "三大", "数家", "机构", "头部", "知名",
                        "顶级", "vc", "vc机构", "一线", "位", "名", "投资人", "投资者",
                    ],
                );
            if !tail {
                break;
            }
            end -= 1;
        }
        let mut from = end;
        while from > floor {
            let place = from - 1;
            match self.parts.mark(place) {
                Some(')' | '”' | ']' | '》') => {
                    let open = self.before_bracket(place);
                    if open == place {
                        break;
                    }
                    from = open;
                    continue;
                }
                Some('、' | '·' | '&' | '/' | '-') => {}
                Some(_) => break,
                None => {}
            }
            let stops = self.is_word(
                place,
                &[
                    "由", "获", "获得", "获得了", "被", "来自", "来自于", "是", "为", "让", "向", "在", "将", "其中",
                    "此外", "另外", "同时", "此前", "并", "了", "得到", "受到", "据悉", "有", "吸引", "吸引了", "引入",
                    "引入了", "引进", "迎来", "新增", "新增了",
                ],
            ) || self.parts.meets(
                place,
                Cues::any(&[
                    Cue::Include,
                    Cue::ThisRound,
                    Cue::Finance,
                    Cue::InvestorNoun,
                    Cue::Raise,
                    Cue::Lead,
                    Cue::Follow,
                    Cue::Reported,
                    Cue::TheCompany,
                ]),
            ) && self.parts.name(place).is_none()
                && !self.parts.has(place, Cue::Existing)
                && !self.parts.has(place, Cue::NewInvestors)
                && !self.is_part_of_name(place)
                && !(self.parts.has(place, Cue::TheCompany)
                    && place > floor
                    && (self.is_loose(place - 1)
                        || self.parts.has(place - 1, Cue::Particle)
                            && self.parts.name(place - 1).is_none()
                            && place > floor + 1
                            && self.is_loose(place - 2)))
                || self.parts.date(place).is_some()
                || self.parts.amount(place).is_some()
                || self.parts.round(place).is_some();
            if stops {
                break;
            }
            from -= 1;
        }
        (self.items(from, end, kind), from)
    }

    /// The names between two places, divided by the marks of a list.
    pub(in super::super) fn items(&mut self, from: usize, end: usize, kind: Kind) -> Vec<ListItem> {
        let mut items = Vec::new();
        let mut start = from;
        let mut place = from;
        // 老股东 holds for the names behind it, too.
        let mut existing = false;
        while place <= end {
            let bracket = place < end && matches!(self.parts.mark(place), Some('(' | '[' | '“' | '《'));
            let divides = place == end
                || self.parts.mark(place) == Some('、')
                || self.parts.mark(place) == Some(',')
                || self.is_word(place, &["和", "与", "及", "以及", "还有", "and", "跟", "同"])
                    && place > start
                    && !self.parts.meets(place - 1, Cues::any(&[Cue::Existing, Cue::InvestorNoun, Cue::NewInvestors]));
            if divides {
                if let Some(mut item) = self.item(start, place, kind) {
                    existing |= item.existing;
                    item.existing = existing;
                    items.push(item);
                }
                start = place + 1;
            }
            place = if bracket { self.behind_bracket(place) } else { place + 1 };
        }
        items
    }

    /// The name of one item of a Chinese list.
    fn item(&mut self, mut from: usize, mut end: usize, kind: Kind) -> Option<ListItem> {
        let existing = (from..end).any(|place| self.parts.has(place, Cue::Existing));
        while from < end && self.is_word(from, &["当时", "此前", "其中", "同时", "此外"]) {
            from += 1;
        }
        // What is in brackets says more about the name in front of it.
        while end > from && matches!(self.parts.mark(end - 1), Some(')' | ']')) {
            let open = self.before_bracket(end - 1);
            if open == end - 1 {
                break;
            }
            end = open;
        }
        if end > from && matches!(self.parts.mark(end - 1), Some('”')) {
            let open = self.before_bracket(end - 1);
            if open >= from && open < end - 1 {
                return self.quoted(open, end - 1, Hint::Part, kind).map(|entry| ListItem {
                    entry,
                    existing,
                    place: open,
                });
            }
        }
        while end > from
            && (self.is_word(
                end - 1,
                &[
                    "等", "在内", "在内的", "旗下", "共同", "联合", "两家", "三家", "多家", "多位", "的", "这", "持续",
                    "继续",
                ],
            ) || self.parts.meets(end - 1, Cues::any(&[Cue::Generic, Cue::AsInvestor]))
                && self.parts.name(end - 1).is_none())
        {
            end -= 1;
        }
        // 前腾讯副总裁韩立青: the person behind the last title.
        if let Some(title) = (from..end).rev().find(|place| {
            self.parts.meets(*place, Cues::any(&[Cue::Title, Cue::Founder])) && self.parts.name(*place).is_none()
        }) {
            let rest = self.parts.start(title + 1);
            let limit = self.parts.end_before(end);
            if title + 1 < end
                && let Some(range) = person_at(self.text, rest, limit)
            {
                let entry = self.enter(range, Hint::Role, Kind::Person)?;
                return Some(ListItem { entry, existing, place: title + 1 });
            }
            return None;
        }
        // 上海国有资本投资有限公司: a name that ends like one is whole, whatever words it holds.
        let whole = self.parts.start(from)..self.parts.end_before(end);
        let folded: Vec<char> = self.text.folded(whole.clone()).chars().collect();
        let ends_so = LEXICON
            .suffix(&folded, Cue::SuffixInvestor)
            .or_else(|| LEXICON.suffix(&folded, Cue::SuffixCompany))
            .or_else(|| LEXICON.suffix(&folded, Cue::SuffixResearch))
            .is_some();
        let plain = (from..end).all(|place| {
            !self.is_word(place, &["的", "旗下", "旗下的", "等", "包括", "由", "有", "为", "含"])
                && self.parts.mark(place).is_none()
                && !self.parts.meets(place, Cues::any(&[Cue::Existing, Cue::InvestorNoun, Cue::Descriptor]))
                && self.parts.amount(place).is_none()
                && self.parts.date(place).is_none()
                && (self.parts.name(place).is_none()
                    || end - from < 5 && !is_latin(self.text.at(self.parts.start(place)))
                    || place == from)
        });
        let legal = folded.ends_with(&['有', '限', '公', '司']);
        if end > from + 1
            && ends_so
            && plain
            && (5..=22).contains(&folded.len())
            && (legal
                || !(from..end).any(|place| {
                    self.parts.meets(place, Cues::any(&[Cue::NewInvestors, Cue::Generic]))
                        && self.parts.name(place).is_none()
                }))
            && self.is_plausible(whole.clone())
        {
            let entry = self.enter(whole, Hint::Part, kind)?;
            return Some(ListItem { entry, existing, place: from });
        }
        // 美国创投General Catalyst: what stands in front of a Latin name describes it.
        if end > from + 1
            && let Some(entry) = self.parts.name(end - 1)
            && is_latin(self.text.at(self.parts.start(end - 1)))
            && !matches!(self.roster.kind(entry), Some(Kind::Model | Kind::Benchmark))
        {
            self.roster.hint(entry, Hint::Part, kind);
            return Some(ListItem { entry, existing, place: end - 1 });
        }
        // Whatever describes the name ends with 的 or with what the name is called.
        if let Some(cut) = (from..end).rev().find(|place| {
            *place + 1 < end
                && (self.is_word(*place, &["的", "旗下", "旗下的", "含", "包括", "由", "为", "有"])
                    || self.parts.meets(
                        *place,
                        Cues::any(&[Cue::Existing, Cue::NewInvestors, Cue::Generic, Cue::InvestorNoun, Cue::Include]),
                    ) && self.parts.name(*place).is_none()
                    || self.parts.has(*place, Cue::Descriptor)
                        && self.parts.name(*place).is_none()
                        && !self.parts.has(*place, Cue::SuffixCompany))
        }) {
            from = cut + 1;
        }
        while from < end
            && (self.parts.meets(from, Cues::any(&[Cue::Particle, Cue::FollowedBy]))
                && self.parts.name(from).is_none()
                && !self.parts.meets(from, Cues::any(&[Cue::SuffixInvestor, Cue::SuffixStartup, Cue::Place])))
        {
            from += 1;
        }
        if from >= end {
            return None;
        }
        // 个人投资人蔡浩: a person, if it reads like one and like nothing else.
        let range = self.parts.start(from)..self.parts.end_before(end);
        if end == from + 1
            && let Some(entry) = self.parts.name(from)
        {
            if matches!(self.roster.kind(entry), Some(Kind::Model | Kind::Benchmark)) {
                return None;
            }
            if !self.parts.has(from, Cue::Medium)
                || self.roster.get(entry).is_some_and(|entry| entry.known_kind.is_some())
            {
                self.roster.hint(entry, Hint::Part, kind);
                return Some(ListItem { entry, existing, place: from });
            }
        }
        let bad = (from..end).any(|place| {
            self.parts.amount(place).is_some()
                || self.parts.date(place).is_some()
                || self.parts.round(place).is_some()
                || self.parts.get(place).is_some_and(
                    |part| matches!(part.what, What::Mark(c) if !matches!(c, '·' | '&' | '-' | '/' | '\'')),
                )
                || self.parts.meets(
                    place,
                    Cues::any(&[
                        Cue::Its,
                        Cue::TheCompany,
                        Cue::Claim,
                        Cue::Raise,
                        Cue::Valuation,
                        Cue::Found,
                        Cue::Adviser,
                    ]),
                ) && self.parts.name(place).is_none()
        });
        if bad || range.len() > 24 || !self.is_plausible(range.clone()) {
            return None;
        }
        // A known name at the end, with plain words in front of it.
        let is_person = kind == Kind::Investor
            && self.parts.has(from.saturating_sub(1), Cue::InvestorNoun)
            && person_at(self.text, range.start, range.end).is_some_and(|person| person == range);
        let entry = self.enter(range, Hint::Part, if is_person { Kind::Person } else { kind })?;
        Some(ListItem { entry, existing, place: from })
    }

    /// The range of the text that holds a list and the word that makes it one.
    pub(in super::super) fn list_range(&self, items: &[ListItem], word: usize) -> Range<usize> {
        let first = items.first().map_or(word, |item| item.place.min(word));
        let last = items.last().map_or(word, |item| item.place.max(word));
        self.range(first, last + 1)
    }
}
