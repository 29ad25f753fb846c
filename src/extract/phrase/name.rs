//! Names that nobody knows yet: where they begin and end follows from the words around them.

use std::ops::Range;

use crate::names::is_han;
use crate::text::is_latin;

use super::super::Kind;
use super::super::cue::{Cue, Cues};
use super::super::lexicon::LEXICON;
use super::super::parts::What;
use super::super::reader::Reader;
use super::super::roster::Hint;

/// Cues of words that a name may hold: what organisations are called, and places.
const INSIDE: Cues = Cues::any(&[
    Cue::SuffixStartup,
    Cue::SuffixInvestor,
    Cue::SuffixCompany,
    Cue::SuffixResearch,
    Cue::Place,
    Cue::Surname,
]);

/// Cues of words that organisations' names end with.
const SUFFIXES: Cues = Cues::any(&[Cue::SuffixStartup, Cue::SuffixInvestor, Cue::SuffixCompany, Cue::SuffixResearch]);

/// Cues of words about persons, which end the name of an organisation.
const VERBS: Cues = Cues::any(&[Cue::Former, Cue::Appoint, Cue::WasAt, Cue::Left, Cue::Joined]);

/// Cues of endings that leave little doubt.
const STRONG: Cues = Cues::any(&[Cue::ShortSuffix, Cue::SuffixInvestor, Cue::SuffixResearch]);

/// Cues of words that no name of a company holds, whatever else they are.
const NEVER: Cues = Cues::any(&[
    Cue::Raise,
    Cue::Claim,
    Cue::Announce,
    Cue::Include,
    Cue::Its,
    Cue::TheCompany,
    Cue::Generic,
    Cue::Existing,
    Cue::InvestorNoun,
    Cue::Found,
    Cue::Lead,
    Cue::Follow,
    Cue::Title,
    Cue::Founder,
    Cue::Valuation,
    Cue::Release,
    Cue::ModelNoun,
]);

/// The most characters of a name in Chinese.
const LONGEST: usize = 16;

impl Reader<'_, '_> {
    /// Whether the part at a place may be inside a name that nobody knows.
    fn is_inside(&self, place: usize) -> bool {
        let Some(part) = self.parts.get(place) else { return false };
        match part.what {
            What::Han => true,
            What::Name(_) => true,
            What::Number(..) => part.end - part.start <= 4,
            What::Word => self.text.raw(part.start).is_uppercase(),
            // 搜狗公司: the noun ends a name that stands directly in front of it.
            What::Cue if self.is_word(place, &["公司", "企业", "平台", "实验室", "团队"]) => {
                place > 0 && self.is_loose(place - 1) && self.is_word(place, &["公司", "实验室"])
            }
            // 非凡资本, 无问芯穹: characters that are words only by themselves.
            What::Cue if self.is_inner_character(place) || self.is_last_character(place) => true,
            What::Cue => {
                part.cues.meets(INSIDE)
                    && (!part.cues.has(Cue::Particle) || part.cues.meets(SUFFIXES))
                    && !part.cues.meets(NEVER)
                    && !part.cues.meets(VERBS)
                    && !is_latin(self.text.at(part.start))
            }
            What::Mark(c) => c == '·',
            _ => false,
        }
    }

    /// 辉达, 云汇: such a character behind one of a name.
    pub(in super::super) fn is_last_character(&self, place: usize) -> bool {
        self.is_word(place, &["达", "汇", "新", "大", "同", "料"]) && place > 0 && self.is_loose(place - 1)
    }

    /// Whether the part at a place is a single character that names may hold, with a character of a name behind it.
    pub(in super::super) fn is_inner_character(&self, place: usize) -> bool {
        self.is_word(
            place,
            &[
                "非", "不", "未", "无", "超", "比", "同", "上", "中", "新", "大", "达", "近", "至", "汇", "到", "料",
                "下", "内", "里", "一", "传", "股", "商",
            ],
        ) && (self.is_loose(place + 1)
            || self.parts.meets(place + 1, SUFFIXES)
            || self.parts.name(place + 1).is_some() && !is_latin(self.text.at(self.parts.start(place + 1))))
    }

    /// The organisation whose name ends in front of a place: a known name, or the characters back to the last word
    /// that is no part of a name.
    pub(in super::super) fn organisation_before(
        &mut self,
        place: usize,
        floor: usize,
        hint: Hint,
        kind: Kind,
    ) -> Option<(usize, Range<usize>)> {
        let last = place.checked_sub(1).filter(|last| *last >= floor)?;
        // “奇酷网络”完成: the quotation is the name.
        if matches!(self.parts.mark(last), Some('”' | '"')) {
            let open = self.before_bracket(last);
            return self
                .quoted(open, last, hint, kind)
                .map(|entry| (entry, self.parts.start(open + 1)..self.parts.start(last)));
        }
        if self.parts.mark(last) == Some(')') {
            let open = self.before_bracket(last);
            return if open < last { self.organisation_before(open, floor, hint, kind) } else { None };
        }
        let mut first = place;
        while first > floor && self.is_inside(first - 1) {
            // Two names side by side are two names, unless Chinese follows Latin without a space: BV百度风投.
            first -= 1;
            if place - first > LONGEST {
                return None;
            }
        }
        if first == place {
            return None;
        }
        self.name_in(first, place, hint, kind)
    }

    /// The name that stands between two places, which hold nothing but parts of names.
    pub(in super::super) fn name_in(
        &mut self,
        mut first: usize,
        place: usize,
        hint: Hint,
        kind: Kind,
    ) -> Option<(usize, Range<usize>)> {
        // A place in front of a name that is already there says where it is: 杭州智谱.
        let names: Vec<usize> = (first..place).filter(|part| self.parts.name(*part).is_some()).collect();
        let last = place - 1;
        if let Some(&found) = names.last()
            && found == last
        {
            let contiguous = first < found
                && self.parts.get(found - 1).is_some_and(|before| matches!(before.what, What::Name(_) | What::Han))
                && !self.text.is_spaced(self.parts.start(found))
                && self.text.at(self.parts.start(found).saturating_sub(1)) != ' ';
            let latin = is_latin(self.text.at(self.parts.start(found)));
            if !contiguous || latin || self.is_solid(found) {
                let entry = self.parts.name(found)?;
                self.roster.hint(entry, hint, kind);
                return Some((entry, self.range(found, found + 1)));
            }
        }
        while first < place
            && (self.parts.has(first, Cue::Place)
                && self.parts.name(first).is_none()
                && first + 2 < place
                && !self.parts.meets(first + 1, Cues::any(&[Cue::SuffixInvestor, Cue::SuffixResearch])))
        {
            first += 1;
        }
        let range = self.parts.start(first)..self.parts.end_before(place);
        if !self.is_plausible(range.clone()) {
            return None;
        }
        // Chinese behind a Latin name and a space: the Latin part is a word of its own.
        self.enter(range.clone(), hint, kind).map(|entry| (entry, range))
    }

    /// Enters the names of a sentence that end like organisations: 栖元智能, 经纬创投.
    ///
    /// What stands in front must end a phrase, and at least two characters must be no word of the lexicon.
    pub(in super::super) fn find_by_suffix(&mut self) {
        let mut place = 0;
        while place < self.parts.len() {
            let open = place == 0
                || !self.is_inside(place - 1) && !self.is_loose(place - 1)
                || self.parts.has(place - 1, Cue::Descriptor);
            let loose = |reader: &Self, at: usize| {
                reader.parts.get(at).is_some_and(|part| part.what == What::Han) || reader.is_inner_character(at)
            };
            if !open || !loose(self, place) {
                place += 1;
                continue;
            }
            let mut end = place;
            while loose(self, end) && end - place < 6 {
                end += 1;
            }
            let head = end - place;
            let suffix = self.parts.meets(end, STRONG)
                && self.parts.name(end).is_none()
                && !is_latin(self.text.at(self.parts.start(end)));
            let closed = !self.is_loose(end + 1) && !self.parts.has(end + 1, Cue::Descriptor);
            if suffix && closed && (2..=4).contains(&head) && self.parts.start(end) == self.parts.end_before(end) {
                let investor = self.parts.has(end, Cue::SuffixInvestor);
                let kind = if investor { Kind::Investor } else { Kind::Company };
                let range = self.parts.start(place)..self.parts.end_before(end + 1);
                self.enter(range, Hint::Shape, kind);
            }
            place = end.max(place + 1);
        }
    }

    /// The organisation whose name begins at a place: a known name with what belongs to it (小米AI实验室), or the
    /// characters up to the first word that is no part of a name. The place behind it is given back, too.
    pub(in super::super) fn organisation_from(
        &mut self,
        place: usize,
        ceiling: usize,
        hint: Hint,
        kind: Kind,
    ) -> Option<(usize, usize)> {
        if matches!(self.parts.mark(place), Some('“' | '"')) {
            let end = self.behind_bracket(place);
            return self.quoted(place, end.checked_sub(1)?, hint, kind).map(|entry| (entry, end));
        }
        let mut end = place;
        while end < ceiling
            && self.is_inside(end)
            && end - place < LONGEST
            && !(end > place
                && self.text.is_spaced(self.parts.start(end))
                && is_latin(self.text.at(self.parts.start(end))))
        {
            end += 1;
        }
        if let Some(entry) = self.parts.name(place) {
            if !self.roster.may_be_organisation(entry) {
                return None;
            }
            // Chinese behind the name that ends like an organisation belongs to it.
            let extended = (place + 1..end).rev().find(|last| {
                self.parts.meets(*last, SUFFIXES)
                    && self.parts.name(*last).is_none()
                    && !self.text.is_spaced(self.parts.start(place + 1))
            });
            return match extended {
                Some(last) => {
                    let range = self.parts.start(place)..self.parts.end_before(last + 1);
                    self.enter(range, hint, kind).map(|entry| (entry, last + 1))
                }
                None => {
                    self.roster.hint(entry, hint, kind);
                    Some((entry, place + 1))
                }
            };
        }
        if end == place {
            return None;
        }
        let last_suffix = (place..end).rev().find(|last| self.parts.meets(*last, SUFFIXES));
        let closed = end >= ceiling
            || self.parts.mark(end).is_some()
            || self.parts.get(end).is_some_and(|part| !matches!(part.what, What::Han));
        let end = match last_suffix {
            Some(last) if last > place => last + 1,
            _ if closed && end - place >= 2 => end,
            _ => return None,
        };
        let range = self.parts.start(place)..self.parts.end_before(end);
        if !self.is_plausible(range.clone()) {
            return None;
        }
        self.enter(range, hint, kind).map(|entry| (entry, end))
    }

    /// Whether the name at a place stands for itself, so that what is in front of it is another word.
    fn is_solid(&self, place: usize) -> bool {
        let Some(entry) = self.parts.name(place) else { return false };
        self.roster.get(entry).is_some_and(|entry| entry.known_kind.is_some())
            && place
                .checked_sub(1)
                .and_then(|before| self.parts.get(before))
                .is_some_and(|before| matches!(before.what, What::Han) || !is_latin(self.text.at(before.start)))
    }

    /// Whether a stretch of the text can be a name.
    pub(in super::super) fn is_plausible(&self, range: Range<usize>) -> bool {
        let length = range.len();
        let folded = self.text.folded(range.clone());
        let cues = LEXICON.cues(&folded);
        let han = folded.chars().filter(|c| is_han(*c)).count();
        if length < 2
            || han > LONGEST
            || cues.has(Cue::Particle)
            || cues.has(Cue::Generic)
            || cues.has(Cue::Place)
            || cues.has(Cue::LatinNoise)
            || cues.has(Cue::Descriptor)
        {
            return false;
        }
        if folded.chars().all(|c| c.is_ascii_digit() || c == '.') {
            return false;
        }
        // 仅四周, 短短两年: a length of time.
        let timed = folded.chars().next_back().is_some_and(|c| matches!(c, '年' | '月' | '周' | '天' | '日'));
        if timed && han <= 5 && folded.chars().any(|c| "一二三四五六七八九十两半数几".contains(c)) {
            return false;
        }
        // Nothing but common words is no name: 人工智能科技.
        let chars: Vec<char> = folded.chars().collect();
        let ended = LEXICON.suffix(&chars, Cue::SuffixInvestor).is_some()
            || LEXICON.suffix(&chars, Cue::SuffixCompany).is_some();
        let mut at = range.start;
        let mut loose = 0;
        while at < range.end {
            match LEXICON.longest_at(self.text, at, range.end) {
                Some((step, cues)) if step > 1 || cues.meets(NEVER) => {
                    let _ = cues;
                    at += step;
                }
                _ => {
                    loose += 1;
                    at += 1;
                }
            }
        }
        loose > 0 || ended
    }

    /// The name inside a quotation from the mark at one place to that at another.
    pub(in super::super) fn quoted(&mut self, open: usize, close: usize, hint: Hint, kind: Kind) -> Option<usize> {
        if open >= close {
            return None;
        }
        let range = self.parts.start(open + 1)..self.parts.start(close);
        let length = range.len();
        let folded = self.text.folded(range.clone());
        if !(2..=20).contains(&length) || folded.chars().any(|c| matches!(c, ',' | '。' | '?' | '!' | '、' | ':' | ';'))
        {
            return None;
        }
        self.enter(range, hint, kind)
    }
}
