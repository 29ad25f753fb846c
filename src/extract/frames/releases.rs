//! Releases: who develops which model or product.

use std::ops::Range;

use crate::model::{Properties, Value};

use super::super::Kind;
use super::super::cue::{Cue, Cues};
use super::super::lexicon::LEXICON;
use super::super::parts::What;
use super::super::reader::{Draft, Reader};
use super::super::roster::Hint;

impl Reader<'_, '_> {
    /// The model at a place.
    pub(super) fn model(&self, place: usize) -> Option<usize> {
        self.parts.name(place).filter(|entry| self.roster.kind(*entry) == Some(Kind::Model))
    }

    /// Every way to say who develops a model.
    pub(super) fn read_releases(&mut self) {
        let relevant = Cues::any(&[
            Cue::Release,
            Cue::Propose,
            Cue::DevelopedBy,
            Cue::Maker,
            Cue::Owned,
            Cue::ModelNoun,
            Cue::ProductNoun,
        ]);
        if !self.parts.cues.meets(relevant) {
            return;
        }
        self.name_models();
        for place in 0..self.parts.len() {
            if self.parts.name(place).is_some() {
                continue;
            }
            if self.parts.meets(place, Cues::any(&[Cue::Release, Cue::Propose])) {
                self.read_release(place);
            }
            if self.parts.has(place, Cue::Owned) || self.is_word(place, &["的"]) {
                self.read_owned(place);
            }
            if self.parts.has(place, Cue::DevelopedBy) && self.is_english(place) && !self.is_word(place, &["from"]) {
                self.read_developed_by(place);
            }
            if self.parts.has(place, Cue::Maker) {
                self.read_maker(place);
            }
        }
    }

    /// Names that the words beside them make models or products: 大模型“螺号”, 核心产品Vidu.
    fn name_models(&mut self) {
        for place in 0..self.parts.len() {
            let model = self.parts.has(place, Cue::ModelNoun) && self.parts.name(place).is_none();
            let product = self.parts.has(place, Cue::ProductNoun) && self.parts.name(place).is_none() && !model;
            if !model && !product {
                continue;
            }
            let kind = if model { Kind::Model } else { Kind::Product };
            if self.is_english(place) {
                continue;
            }
            let next = place + 1;
            if self.parts.mark(next) == Some('“') || self.parts.mark(next) == Some('《') {
                let end = self.behind_bracket(next);
                self.quoted(next, end.saturating_sub(1), Hint::Role, kind);
            } else if let Some(entry) = self.parts.name(next) {
                let latin = self.is_english(next);
                // 大模型Baichuan 3; not 产品经理张三 and not 平台OpenAI.
                if latin && self.roster.kind(entry).is_none() && model {
                    self.roster.hint(entry, Hint::Role, kind);
                } else if latin && self.roster.kind(entry).is_none() && self.is_word(place, &["产品"]) {
                    self.roster.hint(entry, Hint::Part, kind);
                }
            }
        }
    }

    fn read_release(&mut self, verb: usize) {
        let english = self.is_english(verb);
        let clause = self.clause(verb);
        if self.is_negated(verb) {
            return;
        }
        let limit = if english { self.parts.len().min(verb + 14) } else { clause.end };
        let targets = self.released(verb + 1, limit, english);
        if targets.is_empty() {
            return;
        }
        let Some(company) = self.releaser(verb) else { return };
        let date = self.date_near(verb);
        let end = targets.last().map_or(verb + 1, |(place, _)| place + 1);
        let start = self.place_before(company, verb);
        let range = self.range(start.max(self.segment(verb).start), end);
        for (_, model) in &targets {
            self.develop(*model, company, date, range.clone(), "release-verb", verb);
        }
        self.focus.model = targets.last().map(|(_, model)| *model);
    }

    fn releaser(&mut self, verb: usize) -> Option<usize> {
        let company = self.company_before(verb)?;
        let kind = self.roster.kind(company);
        (self.roster.may_be_organisation(company) && kind != Some(Kind::Investor)).then_some(company)
    }

    /// The models that stand behind a verb of release.
    fn released(&mut self, from: usize, limit: usize, english: bool) -> Vec<(usize, usize)> {
        let mut models = Vec::new();
        let mut place = from;
        while place < limit {
            if let Some(entry) = self.model(place) {
                // 发布了对标GPT-4的模型: what is compared with is not released.
                let compared = place
                    .checked_sub(1)
                    .is_some_and(|before| self.parts.meets(before, COMPARING) && self.parts.name(before).is_none());
                let foreign = english
                    && place > from
                    && (from..place).any(|at| {
                        self.is_word(
                            at,
                            &[
                                "with", "on", "from", "for", "that", "which", "to", "like", "as", "using", "of", "in",
                                "based on", "against", "than",
                            ],
                        )
                    });
                let described = !english
                    && (from..place).any(|at| self.is_word(at, &["基于", "以", "与", "和", "比", "用", "采用"]))
                    && models.is_empty();
                let owned = self.is_word(place + 1, &["的"]) && !english;
                if compared {
                    if models.is_empty() && !english {
                        place += 1;
                        continue;
                    }
                    break;
                }
                if foreign || described || owned {
                    break;
                }
                models.push((place, entry));
                place += 1;
                continue;
            }
            let listed = !models.is_empty();
            if listed {
                let joint = matches!(self.parts.mark(place), Some('、' | '&' | '“' | '”' | '(' | ')' | '/'))
                    || self.is_word(place, &["和", "与", "及", "以及", "and", "系列", "两款", "模型"])
                    || english && self.parts.mark(place) == Some(',');
                if !joint {
                    break;
                }
                if self.parts.mark(place) == Some('(') {
                    place = self.behind_bracket(place);
                    continue;
                }
            } else if let Some(entry) = self.parts.name(place) {
                // The name of a model that nothing shows but the noun beside it: a model called Nova, 模型“螺号”.
                let called = place > from
                    && (self.is_word(
                        place - 1,
                        &["called", "named", "dubbed", "名为", "叫做", "命名为", "known as", "code-named"],
                    ) || self.parts.has(place - 1, Cue::ModelNoun))
                    && (from..place).any(|at| self.parts.has(at, Cue::ModelNoun));
                // 提出了GLM(General Language Model)算法框架
                let behind =
                    if self.parts.mark(place + 1) == Some('(') { self.behind_bracket(place + 1) } else { place + 1 };
                let noun_behind = !english
                    && self.is_english(place)
                    && self.parts.has(behind, Cue::ModelNoun)
                    && self.parts.name(behind).is_none();
                let before_noun = noun_behind
                    || english
                        && (place + 1..limit.min(place + 2)).any(|at| self.parts.has(at, Cue::ModelNoun))
                        && place <= from + 2;
                let apposed = english
                    && self.parts.mark(place + 1) == Some(',')
                    && (place + 2..limit.min(place + 9))
                        .take_while(|at| self.parts.mark(*at).is_none())
                        .any(|at| self.parts.has(at, Cue::ModelNoun))
                    && self.is_word(place + 2, &["a", "an", "its", "the"])
                    && place <= from + 2;
                if (called || before_noun || apposed) && self.roster.kind(entry).is_none() {
                    self.roster.hint(entry, Hint::Role, Kind::Model);
                    continue;
                }
                if self.is_released_directly(from, place) {
                    let model = (from..place).any(|at| self.parts.has(at, Cue::ModelNoun))
                        || self.parts.has(place + 1, Cue::ModelNoun);
                    self.roster.hint(entry, Hint::Part, if model { Kind::Model } else { Kind::Product });
                    models.push((place, entry));
                    place += 1;
                    continue;
                }
                if english || self.roster.kind(entry).is_some_and(Kind::is_organisation) {
                    break;
                }
            } else if self.parts.meets(place, Cues::any(&[Cue::Raise, Cue::Valuation]))
                || matches!(self.parts.get(place).map(|part| part.what), Some(What::Money(_)))
            {
                break;
            } else if english && matches!(self.parts.mark(place), Some(',' | ';' | '.')) && place > from + 8 {
                break;
            }
            place += 1;
        }
        models
    }

    /// Whether the name at `place` is what the verb in front of `from` makes public, though nothing in the name shows
    /// what it is: nothing but words for models and products stands between, or an article.
    fn is_released_directly(&self, from: usize, place: usize) -> bool {
        let Some(verb) = from.checked_sub(1) else { return false };
        let plain = self.is_word(
            verb,
            &[
                "发布", "推出", "推出了", "发布了", "开源", "开源了", "释出", "上线", "上线了", "正式发布", "正式推出",
                "launched", "launches", "released", "releases", "unveiled", "unveils", "introduced", "introduces",
                "debuted", "open-sourced", "rolled out",
            ],
        );
        let Some(entry) = self.parts.name(place).filter(|_| plain) else { return false };
        let known = match self.roster.kind(entry) {
            None => true,
            Some(kind) => kind == Kind::Product,
        };
        let words = self.text.folded(self.parts.start(place)..self.parts.end_before(place + 1));
        let last = words.rsplit(' ').next().unwrap_or_default();
        let organisation = LEXICON.cues(last).has(Cue::SuffixLatin) && !LEXICON.cues(last).meets(NOUNS);
        let owner = self.parts.mark(place + 1) == Some('\'') || self.is_word(place + 1, &["的", "旗下", "旗下的"]);
        let between = (from..place).all(|at| {
            self.parts.meets(at, NOUNS) && self.parts.name(at).is_none()
                || matches!(self.parts.mark(at), Some('“' | '《'))
        });
        known && between && !organisation && !owner && place <= from + 6
    }

    /// S旗下的M, S自研模型M, S的大模型M.
    fn read_owned(&mut self, place: usize) {
        let clause = self.clause(place);
        if self.is_english(place) {
            return;
        }
        let Some(company) = place.checked_sub(1).and_then(|before| self.company(before)) else { return };
        if !matches!(self.roster.kind(company), Some(Kind::Startup | Kind::Company | Kind::ResearchOrg)) {
            return;
        }
        let mut at = place + 1;
        let mut noun = self.parts.has(place, Cue::Owned) && !self.is_word(place, &["旗下", "旗下的"]);
        while at < clause.end.min(place + 7) {
            if let Some(model) = self.model(at).or_else(|| self.product(at).filter(|_| noun)) {
                if noun || self.parts.has(place, Cue::Owned) || self.parts.has(at + 1, Cue::ModelNoun) {
                    let range = self.range(place - 1, at + 1);
                    self.develop(model, company, None, range, "release-owned", place);
                }
                return;
            }
            if self.parts.mark(at) == Some('“') {
                at += 1;
                continue;
            }
            noun |= self.parts.meets(at, Cues::any(&[Cue::ModelNoun, Cue::ProductNoun]));
            let skips = self.parts.meets(
                at,
                Cues::any(&[
                    Cue::ModelNoun,
                    Cue::ProductNoun,
                    Cue::Generation,
                    Cue::Owned,
                    Cue::LatinNoise,
                    Cue::Particle,
                ]),
            ) && self.parts.name(at).is_none()
                || matches!(self.parts.get(at).map(|part| part.what), Some(What::Han | What::Word))
                || self.is_word(at, &["首个", "为", "包括", "是"]);
            if !skips {
                return;
            }
            at += 1;
        }
    }

    fn product(&self, place: usize) -> Option<usize> {
        self.parts.name(place).filter(|entry| self.roster.kind(*entry) == Some(Kind::Product))
    }

    /// M, developed by S.
    fn read_developed_by(&mut self, verb: usize) {
        let clause = self.segment(verb);
        let Some(model) = (clause.start..verb).rev().take(10).find_map(|place| self.model(place)) else { return };
        let Some(company) = (verb + 1..clause.end.min(verb + 5)).find_map(|place| self.company(place)) else { return };
        let begin = (clause.start..verb).rev().find(|place| self.parts.name(*place) == Some(model)).unwrap_or(verb);
        let end = (verb + 1..clause.end)
            .find(|place| self.parts.name(*place) == Some(company))
            .map_or(verb + 1, |place| place + 1);
        let range = self.range(begin, end);
        self.develop(model, company, None, range, "release-by", verb);
    }

    /// S, the maker of M; S, creator of the Claude models.
    fn read_maker(&mut self, word: usize) {
        let clause = self.segment(word);
        let english = self.is_english(word);
        if !english {
            return self.read_chinese_maker(word);
        }
        let Some(place) = (word + 1..clause.end.min(word + 10))
            .take_while(|place| self.parts.mark(*place).is_none())
            .find(|place| self.parts.name(*place).is_some())
        else {
            return;
        };
        let Some(entry) = self.parts.name(place) else { return };
        let noun = (word + 1..place).any(|at| self.parts.meets(at, Cues::any(&[Cue::ModelNoun, Cue::ProductNoun])))
            || (place + 1..clause.end.min(place + 3))
                .any(|at| self.parts.meets(at, Cues::any(&[Cue::ModelNoun, Cue::ProductNoun])));
        match self.roster.kind(entry) {
            Some(Kind::Model | Kind::Product) => {}
            None if noun => {
                let model = (word + 1..place + 3).any(|at| self.parts.has(at, Cue::ModelNoun));
                self.roster.hint(entry, Hint::Role, if model { Kind::Model } else { Kind::Product });
            }
            _ => return,
        }
        let company = match (self.parts.mark(word.wrapping_sub(1)), word.checked_sub(2).and_then(|at| self.company(at)))
        {
            (Some(','), Some(company)) => Some(company),
            // ChatGPT maker OpenAI
            _ => None,
        };
        let Some(company) = company.or_else(|| {
            (place + 1..clause.end)
                .find(|at| self.parts.mark(*at) == Some(','))
                .and_then(|comma| self.company(comma + 1))
                .filter(|_| word == clause.start || self.is_word(word - 1, &["the"]))
        }) else {
            return;
        };
        let range = self.range(self.place_before(company, word).min(word), place + 1);
        self.develop(entry, company, None, range, "release-maker", word);
    }

    /// M的开发商S, M母公司S.
    fn read_chinese_maker(&mut self, word: usize) {
        let Some(company) = self.company(word + 1) else { return };
        let before = word.checked_sub(1).map(|at| if self.is_word(at, &["的"]) { at.saturating_sub(1) } else { at });
        let Some(model) = before.and_then(|at| self.model(at)) else { return };
        if self.is_word(word, &["母公司"]) {
            return;
        }
        let range = self.range(before.unwrap_or(word), word + 2);
        self.develop(model, company, None, range, "release-maker", word);
    }

    fn develop(
        &mut self,
        model: usize,
        company: usize,
        date: Option<crate::model::PartialDate>,
        range: Range<usize>,
        rule: &'static str,
        verb: usize,
    ) {
        if !self.roster.may_be_organisation(company) || model == company {
            return;
        }
        let mut properties = Properties::new();
        if let Some(date) = date {
            properties.set("date", Value::Date(date));
        }
        let modality = self.modality(verb);
        self.draft(Draft {
            subject: model,
            predicate: "DEVELOPED_BY",
            object: Some(company),
            properties,
            round: None,
            modality,
            asserted_by: None,
            range,
            rule,
            confidence: 0.85,
        });
        if self.roster.kind(company) != Some(Kind::Investor) {
            self.focus.company = Some(company);
        }
    }
}

/// Words between a verb of release and a name.
const NOUNS: Cues = Cues::any(&[Cue::ModelNoun, Cue::ProductNoun, Cue::Generation]);

/// Words of comparison.
pub(super) const COMPARING: Cues =
    Cues::any(&[Cue::Exceeds, Cue::Matches, Cue::Approaches, Cue::Trails, Cue::Targets, Cue::Compared]);
