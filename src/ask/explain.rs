//! What was understood, in words and in the language of the question.

use super::error::AskError;
use super::question::{Attribute, Figure, Filter, Meaning, Mention, Period, Pick, Related, Sort};
use crate::model::Language;
use crate::store::Snapshot;

/// Picks the words for a language: English, Simplified, Traditional.
fn say<'a>(language: &Language, words: [&'a str; 3]) -> &'a str {
    let [english, simplified, traditional] = words;
    match language {
        Language::Simplified => simplified,
        Language::Traditional => traditional,
        _ => english,
    }
}

/// The meaning of a question as a sentence that names every entity by name and id.
pub(super) fn interpretation(snapshot: &Snapshot, meaning: &Meaning, language: &Language) -> Result<String, AskError> {
    let words = Words { snapshot, language };
    Ok(match meaning {
        Meaning::Related(related) => words.related(related)?,
        Meaning::Count(related) => {
            let count = say(language, ["how many: ", "数量：", "數量："]);
            format!("{count}{}", words.related(related)?)
        }
        Meaning::Check { relation, anchor, answer, filter } => {
            let about = relation.phrase(language).replace("{}", &words.name(anchor)?);
            let whether = say(language, ["whether this includes", "其中是否有", "其中是否有"]);
            format!("{about}; {whether} {}{}", words.name(answer)?, words.filter(filter))
        }
        Meaning::Rounds { of, figure, filter } => {
            let what = match figure {
                Figure::All => ["what {} raised, when, at what valuation", "{}的融资", "{}的融資"],
                Figure::Amount => ["how much {} raised", "{}融资了多少", "{}融資了多少"],
                Figure::Date => ["when {} raised money", "{}何时融资", "{}何時融資"],
                Figure::Valuation => ["what {} was valued at", "{}的估值", "{}的估值"],
                Figure::Total => ["how much {} raised in total", "{}一共融资多少", "{}一共融資多少"],
            };
            format!("{}{}", say(language, what).replace("{}", &words.name(of)?), words.filter(filter))
        }
        Meaning::Attribute { of, what } => {
            let words_of = match what {
                Attribute::Founded => ["when {} was founded", "{}成立于何时", "{}成立於何時"],
                Attribute::Released => ["when {} was released", "{}发布于何时", "{}發布於何時"],
                Attribute::Parameters => ["how many parameters {} has", "{}有多少参数", "{}有多少參數"],
            };
            say(language, words_of).replace("{}", &words.name(of)?)
        }
        Meaning::Path { from, to } => {
            let between = say(language, ["how these are connected: ", "两者的联系：", "兩者的聯繫："]);
            format!("{between}{} – {}", words.name(from)?, words.name(to)?)
        }
    })
}

/// Yes or no, in the language of the question.
#[must_use]
pub fn verdict(yes: bool, language: &Language) -> &'static str {
    if yes {
        say(language, ["yes", "是", "是"])
    } else {
        say(language, ["no: no such fact is known", "否：没有已知的事实", "否：沒有已知的事實"])
    }
}

/// The length of a path, in the language of the question.
#[must_use]
pub fn hops(length: usize, language: &Language) -> String {
    let unit = if length == 1 { "hop" } else { "hops" };
    format!("{length} {}", say(language, [unit, "步", "步"]))
}

/// That nothing is known, about what.
pub(super) fn nothing(snapshot: &Snapshot, meaning: &Meaning, language: &Language) -> Result<String, AskError> {
    let nothing = say(language, ["nothing is known about this", "没有已知的事实", "沒有已知的事實"]);
    Ok(format!("{nothing}: {}", interpretation(snapshot, meaning, language)?))
}

struct Words<'a> {
    snapshot: &'a Snapshot,
    language: &'a Language,
}

impl Words<'_> {
    fn name(&self, mention: &Mention) -> Result<String, AskError> {
        let entity = self.snapshot.heading(mention.number)?;
        Ok(format!("{} ({})", entity.name_in(self.language), mention.id))
    }

    fn names(&self, mentions: &[Mention]) -> Result<String, AskError> {
        let names = mentions.iter().map(|mention| self.name(mention)).collect::<Result<Vec<_>, _>>()?;
        Ok(names.join(say(self.language, [" and ", "和", "和"])))
    }

    fn related(&self, related: &Related) -> Result<String, AskError> {
        let mut anchors = self.names(&related.anchors)?;
        if related.anchors.len() > 1 {
            anchors = match self.language {
                Language::Simplified | Language::Traditional => anchors,
                _ => format!("both {anchors}"),
            };
        }
        let mut text = related.relation.phrase(self.language).replace("{}", &anchors);
        if related.anchors.len() > 1 {
            text.push_str(say(self.language, ["", "（同时）", "（同時）"]));
        }
        if !related.among.is_empty() {
            text.push_str(say(self.language, ["; only ", "；仅限", "；僅限"]));
            text.push_str(&self.names(&related.among)?);
        }
        text.push_str(&self.filter(&related.filter));
        Ok(text)
    }

    fn filter(&self, filter: &Filter) -> String {
        let mut parts: Vec<String> = Vec::new();
        let mut add = |words: [&str; 3], value: &str| parts.push(say(self.language, words).replace("{}", value));
        if filter.lead {
            add(["as lead investor", "领投", "領投"], "");
        }
        if let Some(round) = &filter.round {
            add(["in round {}", "{}轮", "{}輪"], &round.to_uppercase());
        }
        match filter.pick {
            Some(Pick::Latest) => add(["in the latest round", "最近一轮", "最近一輪"], ""),
            Some(Pick::First) => add(["in the first round", "第一轮", "第一輪"], ""),
            None => {}
        }
        if let Some(period) = filter.period {
            add(["dated {}", "日期 {}", "日期 {}"], &self.period(period));
        }
        if let Some(outcome) = filter.outcome {
            add(["outcome: {}", "结果：{}", "結果：{}"], outcome);
        }
        if let Some(role) = filter.role {
            add(["as {}", "职务：{}", "職務：{}"], role.name);
        }
        match filter.sort {
            Some(Sort::People) => add(["only people", "仅限个人", "僅限個人"], ""),
            None => {}
        }
        parts.iter().map(|part| format!("; {part}")).collect()
    }

    fn period(&self, period: Period) -> String {
        match (period.from, period.to) {
            (Some(from), Some(to)) if from == to => from.to_string(),
            (Some(from), Some(to)) => format!("{from} – {to}"),
            (Some(from), None) => format!("{from} –"),
            (None, Some(to)) => format!("– {to}"),
            (None, None) => String::new(),
        }
    }
}
