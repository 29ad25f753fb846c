//! The words of a picture in its language.

use crate::model::{Language, Modality, vocabulary};

use super::picture::LeftOut;
use super::style::{Family, Kind};

/// English, Simplified and Traditional Chinese.
type Trio = [&'static str; 3];

fn pick(language: &Language, trio: Trio) -> &'static str {
    let [english, simplified, traditional] = trio;
    match language {
        Language::Simplified => simplified,
        Language::Traditional => traditional,
        Language::English | Language::Other(_) => english,
    }
}

/// What a kind of entity is called.
pub(super) fn kind(language: &Language, kind: Kind) -> &'static str {
    pick(
        language,
        match kind {
            Kind::Startup => ["Startup", "初创公司", "新創公司"],
            Kind::Investor => ["Investor", "投资方", "投資方"],
            Kind::Company => ["Company", "公司", "公司"],
            Kind::Person => ["Person", "人物", "人物"],
            Kind::Model => ["Model", "模型", "模型"],
            Kind::Product => ["Product", "产品", "產品"],
            Kind::Benchmark => ["Benchmark", "基准测试", "基準測試"],
            Kind::FundingRound => ["Funding round", "融资轮次", "融資輪次"],
            Kind::ResearchOrg => ["Research organisation", "研究机构", "研究機構"],
            Kind::City => ["City", "城市", "城市"],
            Kind::Other => ["Other", "其他", "其他"],
        },
    )
}

/// What a family of predicates is called.
pub(super) fn family(language: &Language, family: Family) -> &'static str {
    pick(
        language,
        match family {
            Family::Capital => ["Capital", "资本", "資本"],
            Family::People => ["People", "人事", "人事"],
            Family::Making => ["Development", "研发", "研發"],
            Family::Measuring => ["Comparison", "评测对比", "評測對比"],
            Family::Other => ["Other relations", "其他关系", "其他關係"],
        },
    )
}

/// A family of predicates with the verbs that a picture uses.
pub(super) fn family_of(language: &Language, of: Family, verbs: &[String]) -> String {
    let [colon, comma] = if language.is_chinese() { ["：", "、"] } else { [": ", ", "] };
    format!("{}{colon}{}", family(language, of), verbs.join(comma))
}

/// How a modality is called.
pub(super) fn modality(language: &Language, modality: Modality) -> &'static str {
    pick(
        language,
        match modality {
            Modality::Asserted => ["Asserted", "已确认", "已確認"],
            Modality::Reported => ["Reported", "据报道", "據報導"],
            Modality::Planned => ["Planned", "计划中", "計劃中"],
            Modality::Denied => ["Denied", "已否认", "已否認"],
        },
    )
}

/// How a predicate is called in Chinese from the subject's side and from the object's.
const PREDICATES: &[(&str, [&str; 2], [&str; 2])] = &[
    ("INVESTED_IN", ["投资", "投资方"], ["投資", "投資方"]),
    ("RAISED", ["融资", "融资方"], ["融資", "融資方"]),
    ("FOUNDED_BY", ["创始人", "创办"], ["創辦人", "創辦"]),
    ("HAS_ROLE", ["任职", "成员"], ["任職", "成員"]),
    ("PREVIOUSLY_AT", ["曾任职于", "前成员"], ["曾任職於", "前成員"]),
    ("MOVED_TO", ["转投", "加入者"], ["轉投", "加入者"]),
    ("DEVELOPED_BY", ["开发方", "开发"], ["開發方", "開發"]),
    ("DERIVED_FROM", ["源自", "衍生"], ["源自", "衍生"]),
    ("SAME_FAMILY", ["同系列", "同系列"], ["同系列", "同系列"]),
    ("BENCHMARKED_AGAINST", ["对比", "被对比"], ["對比", "被對比"]),
    ("EVALUATED_ON", ["评测", "参评"], ["評測", "參評"]),
    ("PUBLISHED_BY", ["发布方", "发布"], ["發布方", "發布"]),
    ("PART_OF", ["属于", "组成部分"], ["屬於", "組成部分"]),
    ("ACQUIRED_BY", ["收购方", "收购"], ["收購方", "收購"]),
    ("SUBSIDIARY_OF", ["母公司", "子公司"], ["母公司", "子公司"]),
    ("OWNS_STAKE", ["持股", "股东"], ["持股", "股東"]),
    ("CONTROLS", ["控制", "控制方"], ["控制", "控制方"]),
    ("MANAGED_BY", ["管理方", "管理"], ["管理方", "管理"]),
    ("SPUN_OUT_OF", ["分拆自", "分拆出"], ["分拆自", "分拆出"]),
    ("LICENSED_TO", ["授权给", "授权方"], ["授權給", "授權方"]),
    ("COMPETES_WITH", ["竞争", "竞争"], ["競爭", "競爭"]),
    ("LOCATED_IN", ["位于", "所在机构"], ["位於", "所在機構"]),
];

/// How a predicate reads from one of its sides; its name where the project does not know it.
pub(super) fn relation<'p>(language: &Language, predicate: &'p str, outgoing: bool) -> &'p str {
    let chinese = PREDICATES.iter().find(|(name, ..)| *name == predicate).and_then(|(_, simplified, traditional)| {
        let [forward, backward] = match language {
            Language::Simplified => simplified,
            Language::Traditional => traditional,
            _ => return None,
        };
        Some(if outgoing { *forward } else { *backward })
    });
    let english =
        || vocabulary::predicate(predicate).map(|known| if outgoing { known.forward } else { known.backward });
    chinese.or_else(english).unwrap_or(predicate)
}

/// How a predicate reads on a line from subject to object.
pub(super) fn verb<'p>(language: &Language, predicate: &'p str) -> &'p str {
    match relation(language, predicate, true) {
        // In English the known name is that of a list of roles.
        "roles" => "role at",
        other => other,
    }
}

/// Says that an amount is that of a whole round.
pub(super) fn round_amount(language: &Language, amount: &str) -> String {
    match language {
        Language::Simplified => format!("本轮{amount}"),
        Language::Traditional => format!("本輪{amount}"),
        _ => format!("round of {amount}"),
    }
}

/// How a comparison came out.
pub(super) fn outcome<'o>(language: &Language, outcome: &'o str) -> &'o str {
    let trio = match outcome {
        "exceeds" => ["exceeds", "超过", "超過"],
        "matches" => ["matches", "持平", "持平"],
        "approaches" => ["approaches", "接近", "接近"],
        "trails" => ["trails", "落后于", "落後於"],
        "targets" => ["targets", "对标", "對標"],
        "compared" => ["compared with", "对比", "對比"],
        other => return other,
    };
    pick(language, trio)
}

/// That somebody led a round.
pub(super) fn lead(language: &Language) -> &'static str {
    pick(language, ["lead", "领投", "領投"])
}

/// What several shortest paths are called.
pub(super) fn between(language: &Language, from: &str, to: &str) -> String {
    format!("{from} — {to}{}", pick(language, [": shortest paths", "：最短路径", "：最短路徑"]))
}

/// How much is drawn and how much is not.
pub(super) fn summary(language: &Language, entities: usize, facts: usize, left_out: LeftOut) -> String {
    let drawn = match language {
        Language::Simplified => format!("{entities} 个实体，{facts} 条事实"),
        Language::Traditional => format!("{entities} 個實體，{facts} 條事實"),
        _ => format!("{}, {}", count(entities, ["entity", "entities"]), count(facts, ["fact", "facts"])),
    };
    let LeftOut { entities: missing, at_least } = left_out;
    if missing == 0 && !at_least {
        return drawn;
    }
    let more = match language {
        Language::Simplified => {
            format!("；另有{} {missing} 个联系较少的实体未画出", if at_least { "至少" } else { "" })
        }
        Language::Traditional => {
            format!("；另有{} {missing} 個聯繫較少的實體未畫出", if at_least { "至少" } else { "" })
        }
        _ => format!("; {}{missing} less connected left out", if at_least { "at least " } else { "" }),
    };
    drawn + &more
}

fn count(number: usize, [one, many]: [&str; 2]) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// That a line tells its evidence when the pointer rests on it.
pub(super) fn hover(language: &Language) -> &'static str {
    pick(language, ["Point at a line to see its evidence", "将指针移到连线上可查看证据", "將指標移到連線上可查看證據"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_predicate_has_words_in_all_languages() {
        for predicate in vocabulary::PREDICATES {
            assert!(PREDICATES.iter().any(|(name, ..)| *name == predicate.name), "{}", predicate.name);
        }
        assert_eq!(relation(&Language::Simplified, "INVESTED_IN", false), "投资方");
        assert_eq!(relation(&Language::English, "INVESTED_IN", false), "investors");
        assert_eq!(verb(&Language::English, "HAS_ROLE"), "role at");
        assert_eq!(verb(&Language::Simplified, "SPONSORS"), "SPONSORS");
    }

    #[test]
    fn what_is_missing_is_said() {
        let left_out = LeftOut { entities: 3, at_least: true };
        assert_eq!(
            summary(&Language::English, 1, 2, left_out),
            "1 entity, 2 facts; at least 3 less connected left out"
        );
        assert_eq!(summary(&Language::Simplified, 1, 2, LeftOut::default()), "1 个实体，2 条事实");
    }
}
