//! Evaluations: the score or the rank of a model on a benchmark.

use crate::model::{Properties, Value};

use super::super::Kind;
use super::super::cue::{Cue, Cues};
use super::super::parts::What;
use super::super::reader::{Draft, Reader};
use super::super::roster::Hint;
use super::super::value::number;

/// What a clause says of a result.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Outcome {
    Score(f64),
    Rank(f64),
}

impl Reader<'_, '_> {
    /// Results on benchmarks.
    pub(super) fn read_evaluations(&mut self) {
        if !self.parts.cues.meets(Cues::any(&[Cue::BenchmarkName, Cue::BenchmarkNoun, Cue::ScoreWord, Cue::RankWord]))
            && !self.has_benchmark()
        {
            return;
        }
        self.name_benchmarks();
        let mut used = Vec::new();
        for place in 0..self.parts.len() {
            let Some(benchmark) =
                self.parts.name(place).filter(|entry| self.roster.kind(*entry) == Some(Kind::Benchmark))
            else {
                continue;
            };
            self.read_evaluation(place, benchmark, &mut used);
        }
    }

    fn has_benchmark(&self) -> bool {
        self.parts
            .list
            .iter()
            .any(|part| matches!(part.what, What::Name(entry) if self.roster.kind(entry) == Some(Kind::Benchmark)))
    }

    /// Names that the noun behind them makes benchmarks: SuperCLUE榜单, the FabricEye benchmark.
    fn name_benchmarks(&mut self) {
        for place in 0..self.parts.len() {
            let Some(entry) = self.parts.name(place) else { continue };
            if !self.is_english(place) || self.roster.get(entry).is_some_and(|entry| entry.known_kind.is_some()) {
                continue;
            }
            // OpenCompass2.0大语言模型评测: words about models may stand between.
            let mut next = place + 1;
            while next < place + 6
                && (self.parts.meets(next, Cues::any(&[Cue::ModelNoun, Cue::Generation]))
                    && self.parts.name(next).is_none()
                    || matches!(self.parts.get(next).map(|part| part.what), Some(What::Han))
                    || self.is_word(
                        next,
                        &["中文", "综合", "通用", "权威", "国际", "能力", "coding", "open", "safety", "reasoning"],
                    ))
                && !self.is_word(next, &["的", "a", "the"])
            {
                next += 1;
            }
            let noun = self.parts.has(next, Cue::BenchmarkNoun)
                && self.parts.name(next).is_none()
                && !self.is_word(next, &["tests", "test", "index", "suite", "dataset", "exam"])
                || self.is_word(next, &["index"]) && self.is_word(place.wrapping_sub(1), &["the"]);
            let organisation = matches!(self.roster.kind(entry), Some(Kind::Startup | Kind::Investor | Kind::Person));
            let possessive = self.parts.mark(place + 1) == Some('\'');
            if noun && !organisation && !possessive {
                self.roster.hint(entry, Hint::Role, Kind::Benchmark);
            }
        }
    }

    fn read_evaluation(&mut self, place: usize, benchmark: usize, used: &mut Vec<usize>) {
        let Some((outcome, at)) = self.result(place, used) else { return };
        let Some((model, begin)) = self.evaluated(place.min(at), place) else { return };
        used.push(at);
        let mut properties = Properties::new();
        match outcome {
            Outcome::Score(score) => properties.set("score", Value::Float(score)),
            Outcome::Rank(rank) => {
                #[allow(clippy::cast_possible_truncation)] // small
                properties.set("rank", Value::Int(rank as i64))
            }
        };
        let asserted_by = self.claimant(place);
        let modality = self.modality(place);
        let segment = self.segment(place);
        let start = if segment.contains(&begin) { begin.min(place).min(at) } else { self.clause(place.min(at)).start };
        let range = self.range(start, place.max(at) + 1);
        self.draft(Draft {
            subject: model,
            predicate: "EVALUATED_ON",
            object: Some(benchmark),
            properties,
            round: None,
            modality,
            asserted_by,
            range,
            rule: "evaluation",
            confidence: 0.8,
        });
    }

    /// The score or the rank that belongs to the benchmark at a place, and where it stands.
    fn result(&self, place: usize, used: &[usize]) -> Option<(Outcome, usize)> {
        let segment = self.segment(place);
        let english = !self.is_chinese_sentence();
        let score = |at: usize| match self.parts.get(at)?.what {
            What::Number(value, percent) if !used.contains(&at) => Some((value, percent)),
            _ => None,
        };
        if english {
            // 94.1 on the open FabricEye benchmark
            let on = (place.saturating_sub(5).max(segment.start)..place)
                .rev()
                .find(|at| self.is_word(*at, &["on", "in", "at"]));
            if let Some(on) = on {
                let number = (on.saturating_sub(3).max(segment.start)..on).rev().find(|at| score(*at).is_some());
                if let Some(at) = number
                    && let Some((value, percent)) = score(at)
                {
                    let scored = percent
                        || (segment.start.max(at.saturating_sub(8))..at).any(|at| self.parts.has(at, Cue::ScoreWord))
                        || self.is_word(at + 1, &["points"]);
                    if scored {
                        return Some((Outcome::Score(value), at));
                    }
                }
            }
            // on MMLU, scoring 86.4%; MMLU (86.4); ranked third on
            let after = (place + 1..segment.end.min(place + 14))
                .take_while(|at| {
                    !(self.parts.name(*at).is_some_and(|entry| self.roster.kind(entry) == Some(Kind::Benchmark))
                        && *at > place)
                })
                .find(|at| {
                    score(*at).is_some_and(|(_, percent)| {
                        percent
                            || (place + 1..*at).any(|word| self.parts.has(word, Cue::ScoreWord))
                            || self.parts.mark(at - 1) == Some('(')
                    }) && !self.is_word(at + 1, &["points"])
                });
            if let Some(at) = after
                && let Some((value, _)) = score(at)
            {
                return Some((Outcome::Score(value), at));
            }
            let rank = (segment.start.max(place.saturating_sub(7))..segment.end.min(place + 8))
                .find(|at| self.parts.has(*at, Cue::RankWord) && self.parts.name(*at).is_none())?;
            return self.rank(rank).map(|value| (Outcome::Rank(value), rank));
        }
        let clause = self.clause(place);
        let limit = segment.end.min(clause.end + 14);
        for at in place + 1..limit {
            if self.parts.name(at).is_some_and(|entry| self.roster.kind(entry) == Some(Kind::Benchmark)) && at > place {
                break;
            }
            if let Some((value, percent)) = score(at) {
                let worded = (place + 1..at).any(|word| self.parts.has(word, Cue::ScoreWord))
                    || self.is_word(at + 1, &["分"])
                    || self.text.at(self.parts.end_before(at + 1)) == '分';
                let rise = at > 0 && self.is_word(at - 1, &["提升", "提高", "领先", "超过", "增长"]);
                if worded
                    && !rise
                    && !(value == 1.0 && !percent && self.is_word(at + 1, &["个"]))
                    && !self.is_counted_number(at)
                {
                    return Some((Outcome::Score(value), at));
                }
            }
            if self.parts.has(at, Cue::RankWord)
                && self.parts.name(at).is_none()
                && let Some(value) = self.rank(at)
            {
                return Some((Outcome::Rank(value), at));
            }
        }
        None
    }

    /// 3个, 5项: a number of things.
    fn is_counted_number(&self, at: usize) -> bool {
        matches!(self.text.at(self.parts.end_before(at + 1)), '个' | '项' | '款' | '家' | '种' | '次' | '名' | '倍')
    }

    fn is_chinese_sentence(&self) -> bool {
        let range = self.parts.range.clone();
        range.clone().filter(|at| crate::names::is_han(self.text.at(*at))).count() * 5 > range.len()
    }

    /// The rank that a word states: 排名第三, 位居榜首, ranked second, tops.
    fn rank(&self, word: usize) -> Option<f64> {
        let first = self.is_word(
            word,
            &[
                "登顶", "夺冠", "榜首", "之首", "首位", "第一名", "第一", "拔得头筹", "冠军", "登上榜首", "位居榜首",
                "名列榜首", "排名首位", "位列榜首", "位列之首", "斩获第一", "tops", "topped", "topping", "first place",
                "no. 1", "took the top spot", "claimed the top spot", "top spot", "number one", "took first place",
                "came first", "leads", "claimed first place",
            ],
        );
        if first {
            return Some(1.0);
        }
        let past = self.parts.end_before(word + 1);
        if let Some(found) =
            number::number_at(self.text, past).filter(|found| found.value >= 1.0 && found.value < 500.0 && !found.vague)
        {
            return Some(found.value);
        }
        // 位列全球第五
        let past = (past..past + 8).find(|at| self.text.at(*at) == '第').map_or(past, |at| at + 1);
        if let Some(found) =
            number::number_at(self.text, past).filter(|found| found.value >= 1.0 && found.value < 500.0 && !found.vague)
        {
            return Some(found.value);
        }
        (word + 1..self.parts.len().min(word + 4)).find_map(|at| {
            ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
                .iter()
                .zip([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0])
                .find(|(ordinal, _)| self.is_word(at, &[**ordinal]))
                .map(|(_, value)| value)
                .or_else(|| if self.parts.has(at, Cue::RankWord) { self.rank(at) } else { None })
        })
    }

    /// The model that was evaluated: in front in the clause, else in the segment, else behind the benchmark, else in focus.
    fn evaluated(&mut self, from: usize, benchmark: usize) -> Option<(usize, usize)> {
        let clause = self.clause(from);
        let segment = self.segment(from);
        // Behind a word of comparison stands the other model.
        let comparing = (clause.start..from)
            .find(|at| self.parts.meets(*at, super::releases::COMPARING) && self.parts.name(*at).is_none());
        let limit = comparing.unwrap_or(from);
        if let Some(found) = (clause.start..limit).rev().find_map(|place| self.model(place).map(|model| (model, place)))
        {
            return Some(found);
        }
        if comparing.is_some_and(|at| (at..from).any(|place| self.model(place).is_some())) {
            let before = (segment.start..clause.start)
                .rev()
                .take(30)
                .find_map(|place| self.model(place).map(|model| (model, place)));
            return before.or(self.focus.model.map(|model| (model, from)));
        }
        // 在MMLU上, GLM-4得分…
        let behind = (benchmark + 1..segment.end.min(benchmark + 10))
            .take_while(|place| {
                !self.parts.meets(*place, Cues::any(&[Cue::ScoreWord, Cue::RankWord]))
                    || self.parts.name(*place).is_some()
            })
            .find_map(|place| self.model(place).map(|model| (model, place)));
        if behind.is_some() {
            return behind;
        }
        let noun = (clause.start..from)
            .find(|place| self.parts.has(*place, Cue::ModelNoun) && self.parts.name(*place).is_none());
        if let Some(noun) = noun {
            let pointed = noun > clause.start
                && self.is_word(noun - 1, &["该", "这款", "此", "新", "the", "new", "its", "this", "款"]);
            return if pointed { self.focus.model.map(|model| (model, from)) } else { None };
        }
        if self.find(clause.start..from, Cue::Generic).is_some() {
            return None;
        }
        let before =
            (segment.start..clause.start).rev().find_map(|place| self.model(place).map(|model| (model, place)));
        before
            .map(|(model, place)| {
                let compared = place.checked_sub(1).is_some_and(|at| {
                    self.parts.meets(at, super::releases::COMPARING) && self.parts.name(at).is_none()
                });
                if compared { (self.focus.model.unwrap_or(model), place) } else { (model, place) }
            })
            .or_else(|| {
                let free = (clause.start..from).all(|place| self.company(place).is_none())
                    || self.find_any(clause.start..from, Cues::any(&[Cue::Its])).is_some();
                if free { self.focus.model.map(|model| (model, from)) } else { None }
            })
    }
}
