//! Comparisons: one model against another, how it ended, and who says so.

use std::ops::Range;

use crate::model::{Properties, Value};

use super::super::Kind;
use super::super::cue::{Cue, Cues};
use super::super::parts::What;
use super::super::reader::{Draft, Reader};
use super::releases::COMPARING;

/// Words that only introduce what is compared; the outcome is another word.
const INTRODUCING: &[&str] = &[
    "相比", "比", "较", "相较", "相比于", "相较于", "compared with", "compared to", "relative to", "than", "against",
    "versus", "vs", "低于", "below", "高于", "behind", "ahead of",
];

impl Reader<'_, '_> {
    /// Models that are compared.
    pub(super) fn read_comparisons(&mut self) {
        if !self.parts.cues.meets(COMPARING) {
            return;
        }
        for verb in 0..self.parts.len() {
            if self.parts.meets(verb, COMPARING) && self.parts.name(verb).is_none() {
                self.read_comparison(verb);
            }
        }
    }

    fn outcome(&self, verb: usize) -> Option<&'static str> {
        if self.is_word(verb, INTRODUCING) {
            return None;
        }
        let nearly = verb > 0 && self.parts.has(verb - 1, Cue::Nearly) && self.parts.name(verb - 1).is_none();
        let has = |cue| self.parts.has(verb, cue);
        Some(if has(Cue::Targets) {
            "targets"
        } else if has(Cue::Approaches) || has(Cue::Matches) && nearly {
            "approaches"
        } else if has(Cue::Matches) {
            "matches"
        } else if has(Cue::Trails) {
            "trails"
        } else if has(Cue::Exceeds) {
            "exceeds"
        } else {
            "compared"
        })
    }

    fn read_comparison(&mut self, verb: usize) {
        let Some(outcome) = self.outcome(verb) else { return };
        let english = self.is_english(verb);
        if self.is_negated(verb) && !self.is_word(verb, &["不输", "不逊于", "不亚于", "不逊色于", "不输给"])
        {
            return;
        }
        let (objects, first, last) = self.compared_with(verb, english);
        if objects.is_empty() {
            return;
        }
        let Some((subject, place)) = self.compared_subject(verb.min(first), english, &objects) else { return };
        let mut properties = Properties::new();
        properties.set("outcome", Value::Text(outcome.to_owned()));
        if let Some(benchmark) = self.benchmark_of(verb, last, english) {
            properties.set("benchmark", Value::Text(self.roster.name(benchmark).to_owned()));
        }
        if let Some(scope) = self.scope(verb, last, english) {
            properties.set("scope", self.words(scope));
        }
        let asserted_by = self.claimant(verb);
        let segment = self.segment(verb);
        let begin = if self.segment(place) == segment && place <= verb {
            self.comparison_start(place, verb)
        } else {
            self.clause(verb).start
        };
        let range = self.range(begin, last.max(verb) + 1);
        let modality = self.modality(verb);
        for object in objects {
            if object == subject {
                continue;
            }
            self.draft(Draft {
                subject,
                predicate: "BENCHMARKED_AGAINST",
                object: Some(object),
                properties: properties.clone(),
                round: None,
                modality,
                asserted_by,
                range: range.clone(),
                rule: "comparison",
                confidence: 0.8,
            });
        }
        self.focus.model = Some(subject);
    }

    /// The subject itself, unless it stands far in front: then the clause of the verb.
    fn comparison_start(&self, subject: usize, verb: usize) -> usize {
        let clause = self.clause(verb);
        if clause.contains(&subject) || self.is_english(verb) && verb - subject < 12 { subject } else { clause.start }
    }

    /// The models that another is compared with, and where the first and the last stand.
    fn compared_with(&self, verb: usize, english: bool) -> (Vec<usize>, usize, usize) {
        let clause = if english { self.segment(verb) } else { self.clause(verb) };
        let mut objects = Vec::new();
        let (mut first, mut last) = (verb, verb);
        let mut place = verb + 1;
        let reach = clause.end.min(verb + if english { 12 } else { 8 });
        while place < reach {
            if let Some(model) = self.model(place) {
                if objects.is_empty() {
                    first = place;
                }
                objects.push(model);
                last = place;
            } else if !objects.is_empty() {
                let joint = matches!(self.parts.mark(place), Some('、' | ',' | '/' | '&' | '\'' | '(' | ')'))
                    || self.is_word(place, &["和", "与", "及", "以及", "and", "or", "或", "s", "as well as", "等"])
                    || self.company(place).is_some();
                if !joint {
                    break;
                }
            } else if self.parts.meets(place, Cues::any(&[Cue::Release, Cue::Raise, Cue::Valuation]))
                && self.parts.name(place).is_none()
                || matches!(self.parts.get(place).map(|part| part.what), Some(What::Money(_) | What::Number(_, true)))
                || self.parts.meets(place, COMPARING)
                    && self.parts.name(place).is_none()
                    && !self.is_word(place, &["than", "to"])
                    && !self.is_or(place)
            {
                break;
            }
            place += 1;
        }
        if !objects.is_empty() {
            return (objects, first, last);
        }
        // 可与GPT-4媲美, 与GPT-4持平
        if !english {
            let clause = self.clause(verb);
            let mut at = verb;
            while at > clause.start
                && (self.is_word(at - 1, &["的", "相", "几乎", "大致", "基本", "性能", "水平", "表现", "能力"])
                    || self.parts.has(at - 1, Cue::Nearly)
                    || self.parts.meets(at - 1, Cues::any(&[Cue::ScoreWord])) && self.parts.name(at - 1).is_none())
            {
                at -= 1;
            }
            let mut found = Vec::new();
            let end = at;
            while at > clause.start {
                if let Some(model) = self.model(at - 1) {
                    found.insert(0, model);
                } else if !(matches!(self.parts.mark(at - 1), Some('、'))
                    || self.is_word(at - 1, &["和", "等"])
                        && !found.is_empty()
                        && self.model(at.wrapping_sub(2)).is_some()
                        && self.is_governed_by_with(at - 1, clause.start))
                {
                    break;
                }
                at -= 1;
            }
            if !found.is_empty() && at > clause.start && self.is_word(at - 1, &["与", "和", "跟", "同", "比"]) {
                return (found, at - 1, end - 1);
            }
        }
        (Vec::new(), verb, verb)
    }

    /// 接近或超越GPT-4: two verbs with one object.
    fn is_or(&self, place: usize) -> bool {
        place > 0 && self.is_word(place - 1, &["或", "or", "和", "and", "甚至", "并"])
    }

    fn is_governed_by_with(&self, place: usize, floor: usize) -> bool {
        (floor..place).any(|at| self.is_word(at, &["与", "和", "跟", "同"]))
    }

    /// The model that is compared: in the clause, else the last one of the segment, else the one in focus.
    fn compared_subject(&mut self, verb: usize, english: bool, objects: &[usize]) -> Option<(usize, usize)> {
        let clause = self.clause(verb);
        let segment = self.segment(verb);
        let is_other = |entry: usize| !objects.contains(&entry);
        for place in (clause.start..verb).rev() {
            if let Some(model) = self.model(place).filter(|model| is_other(*model)) {
                let governed = place > clause.start
                    && self.is_word(
                        place - 1,
                        &["与", "比", "较", "对", "以", "相比", "基于", "than", "with", "on", "from"],
                    );
                if !governed {
                    return Some((model, place));
                }
            }
        }
        // A model that is only described: which one is meant is not said.
        let noun = (clause.start..verb).rev().find(|place| {
            self.parts.meets(*place, Cues::any(&[Cue::ModelNoun, Cue::ProductNoun]))
                && self.parts.name(*place).is_none()
        });
        if let Some(noun) = noun {
            let pointed = noun > clause.start
                && (self.is_word(
                    noun - 1,
                    &["该", "这款", "此", "新", "这一", "其", "the", "new", "its", "this", "款", "这个"],
                ));
            let pointed = pointed
                || english
                    && self.is_word(noun, &["model", "flagship", "the model"])
                    && noun > 0
                    && self.is_word(noun - 1, &["the", "new", "its", "this"]);
            let inside_scope = (clause.start..noun).any(|place| self.is_word(place, &["在", "on", "in"]));
            if pointed {
                return self.focus.model.filter(|model| is_other(*model)).map(|model| (model, noun));
            }
            if !inside_scope {
                return None;
            }
        }
        // Another subject in the clause: a company, or words that name something else.
        let own_subject = (clause.start..verb).any(|place| {
            self.company(place).is_some()
                && self.roster.kind(self.parts.name(place).unwrap_or(0)).is_some_and(Kind::is_organisation)
                && !self.parts.meets(place + 1, Cues::any(&[Cue::Claim, Cue::Announce]))
                && self.parts.mark(place + 1) != Some('\'')
        });
        let generic = self.find(clause.start..verb, Cue::Generic).is_some()
            || (clause.start..verb)
                .any(|place| self.is_word(place, &["国内", "海外", "部分", "各家", "大厂", "性价比"]));
        if generic || own_subject && !english {
            return None;
        }
        let before = (segment.start..clause.start)
            .rev()
            .find_map(|place| self.model(place).filter(|model| is_other(*model)).map(|model| (model, place)));
        if let Some((model, place)) = before {
            // Behind a comma the last subject goes on, if the model is one and not the object of another comparison.
            let compared =
                place.checked_sub(1).is_some_and(|at| self.parts.meets(at, COMPARING) && self.parts.name(at).is_none());
            if !compared {
                return Some((model, place));
            }
            return self.focus.model.filter(|model| is_other(*model)).map(|model| (model, place));
        }
        let pronoun = (clause.start..verb)
            .any(|place| self.is_word(place, &["其", "它", "it", "which", "该模型", "这款模型"]))
            || clause.start == verb
            || self.find_any(clause.start..verb, Cues::any(&[Cue::Claim, Cue::Announce])).is_some() && !english;
        if pronoun { self.focus.model.filter(|model| is_other(*model)).map(|model| (model, verb)) } else { None }
    }

    /// The test that a comparison was made on: in the clause in front (Chinese) or behind (English).
    fn benchmark_of(&self, verb: usize, last: usize, english: bool) -> Option<usize> {
        let is_benchmark =
            |place: usize| self.parts.name(place).filter(|entry| self.roster.kind(*entry) == Some(Kind::Benchmark));
        let segment = self.segment(verb);
        if english {
            let on = (last + 1..segment.end.min(last + 4)).find(|place| self.is_word(*place, &["on", "in", "across"]));
            let found = on.and_then(|on| {
                (on + 1..segment.end.min(on + 6))
                    .take_while(|place| self.parts.mark(*place).is_none())
                    .find_map(is_benchmark)
            });
            return found.or_else(|| {
                (segment.start..verb)
                    .find(|place| self.is_word(*place, &["on"]))
                    .and_then(|on| (on + 1..verb.min(on + 6)).find_map(is_benchmark))
            });
        }
        let clause = self.clause(verb);
        (clause.start..verb).rev().find_map(is_benchmark).or_else(|| {
            let before = clause.start.checked_sub(1).filter(|at| self.parts.mark(*at) == Some(','))?;
            let earlier = self.clause(before);
            let opened = self.parts.meets(earlier.start, Cues::of(Cue::ScopeOpen));
            (earlier.start..before).rev().find_map(is_benchmark).filter(|_| opened)
        })
    }

    /// Where a comparison holds: 在…上, 从…上, in mathematics.
    fn scope(&self, verb: usize, last: usize, english: bool) -> Option<Range<usize>> {
        if english {
            let segment = self.segment(verb);
            let on = (last + 1..segment.end.min(last + 4))
                .find(|place| self.is_word(*place, &["on", "in", "across", "at"]))?;
            let end = (on + 1..segment.end)
                .find(|place| {
                    self.parts.mark(*place).is_some()
                        || self.is_word(*place, &["and", "while", "by", "according to", "with", "but", "as", "despite"])
                        || self.parts.has(*place, Cue::Claim)
                })
                .unwrap_or(segment.end);
            let named = (on + 1..end).any(|place| {
                self.parts.name(place).is_some_and(|entry| self.roster.kind(entry) == Some(Kind::Benchmark))
            });
            return (end > on + 1 && end - on < 9 && !named).then(|| self.range(on + 1, end));
        }
        let clause = self.clause(verb);
        let open = (clause.start..verb).find(|place| self.is_word(*place, &["在", "从", "就"]))?;
        let close =
            (open + 2..=verb).find(|place| self.parts.has(*place, Cue::ScopeClose) || self.is_scope_end(*place))?;
        let named = (open + 1..close)
            .any(|place| self.parts.name(place).is_some_and(|entry| self.roster.kind(entry) == Some(Kind::Benchmark)));
        (close > open + 1 && !named).then(|| self.range(open + 1, close))
    }

    /// 上, 中 and the like are characters, not always phrases of the lexicon.
    fn is_scope_end(&self, place: usize) -> bool {
        self.parts.get(place).is_some_and(|part| {
            part.end == part.start + 1 && matches!(self.text.at(part.start), '上' | '中' | '里' | '内' | '下')
        })
    }

    /// Who says what a clause says: the subject of the word of saying in front of it, or behind it in English.
    pub(super) fn claimant(&mut self, verb: usize) -> Option<usize> {
        let segment = self.segment(verb);
        let saying = Cues::any(&[Cue::Claim, Cue::Announce]);
        let is_saying =
            |reader: &Self, place: usize| reader.parts.meets(place, saying) && reader.parts.name(place).is_none();
        if let Some(word) = (segment.start..verb).rev().find(|place| is_saying(self, *place)) {
            return self.speaker(word, segment.start);
        }
        if self.is_english(verb) {
            let word =
                (verb..segment.end).find(|place| is_saying(self, *place) && !self.parts.has(*place, Cue::Release))?;
            if self.is_word(word, &["according to"]) {
                return self.company(word + 1).or_else(|| {
                    self.parts.name(word + 1).filter(|entry| self.roster.kind(*entry) == Some(Kind::Person))
                });
            }
            let near = (word.saturating_sub(4).max(verb)..word).rev().find_map(|place| {
                if self.parts.meets(place, Cues::any(&[Cue::TheCompany])) {
                    self.focus.company
                } else {
                    self.parts.name(place).filter(|entry| {
                        self.roster.kind(*entry).is_none_or(|kind| kind.is_organisation() || kind == Kind::Person)
                    })
                }
            });
            return near;
        }
        None
    }

    /// The person or the company in front of a word of saying.
    fn speaker(&mut self, word: usize, floor: usize) -> Option<usize> {
        let clause = self.clause(word);
        let spoken_to = |reader: &Self, place: usize| {
            place > clause.start && reader.is_word(place - 1, &["向", "对", "告诉", "to", "told"])
        };
        let person = (clause.start..word).find_map(|place| {
            self.parts
                .name(place)
                .filter(|entry| self.roster.kind(*entry) == Some(Kind::Person))
                .filter(|_| !spoken_to(self, place))
        });
        if person.is_some() {
            return person;
        }
        if self.is_word(word.wrapping_sub(1), &["他", "她", "he", "she"]) {
            return self.focus.person;
        }
        let organisation = (clause.start..word).find_map(|place| {
            if self.parts.meets(place, Cues::any(&[Cue::TheCompany])) {
                return self.focus.company;
            }
            self.company(place).filter(|_| !spoken_to(self, place) && !self.parts.has(place + 1, Cue::Reporter))
        });
        organisation.or_else(|| {
            (floor..clause.start).find_map(|place| {
                self.company(place).filter(|entry| !matches!(self.roster.kind(*entry), Some(Kind::Investor)))
            })
        })
    }
}
