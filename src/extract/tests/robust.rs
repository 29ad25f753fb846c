//! Texts that nobody wrote: spans stay right, nothing panics, and time stays linear.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

/// Texts of what extraction is about, more often than any characters at all.
fn texts() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "星桥科技", "完成", "新一轮", "A轮", "3亿美元", "融资", "，", "由", "红杉中国", "、", "领投", "。",
        "投资方包括", "估值", "达到", "创始人", "陈海川", "曾任", "（", "）", "“", "”", "現(xiàn)", "\u{200b}", "🤗",
        "\n", " ", "Starbridge ", "raised ", "$5 million ", "led by ", "Index Ventures ", "and ", "GPT-4", "超越",
        "MMLU", "得分", "86.4", "2023年", "去年", "的", "1", "以下简称", "被", "收购", "was founded in 2021 by ",
        "Jane Miller", ", ", "CEO ", "ex-", "'s ", "100%", "其", "该公司", "在", "上", "与", "Ａ", "㈱",
    ]);
    prop_oneof![prop::collection::vec(parts, 0..40).prop_map(|parts| parts.concat()), any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_span_is_its_quote(text in texts()) {
        let found = extract(&Document::new(&text), &NoNames, Options { explain: true });
        let slice = |span: crate::model::Span| -> String {
            text.chars().skip(span.start as usize).take((span.end - span.start) as usize).collect()
        };
        for fact in &found.facts {
            prop_assert_eq!(&fact.quote, &slice(fact.span));
            prop_assert!(!fact.quote.is_empty());
            prop_assert!(fact.subject < found.entities.len());
            prop_assert!(fact.object.is_none_or(|object| object < found.entities.len() && object != fact.subject));
            prop_assert!(fact.properties.iter().all(|(key, value)| key == "benchmark"
                || crate::model::vocabulary::check_property(key, value).is_ok()));
        }
        for gap in &found.unresolved {
            prop_assert_eq!(&gap.text, &slice(gap.span));
        }
        for mention in &found.mentions {
            prop_assert!(mention.entity < found.entities.len() && mention.span.start < mention.span.end);
        }
    }

    #[test]
    fn the_same_text_gives_the_same_facts(text in texts()) {
        prop_assert_eq!(read(&text), read(&text));
    }
}

#[test]
fn hostile_texts_take_linear_time() {
    let brackets = "(".repeat(20_000);
    for text in [
        "月之暗面完成新一轮融资，".repeat(20_000),
        "资".repeat(100_000),
        "红杉中国、".repeat(20_000) + "投资了月之暗面",
        "Sequoia Capital and ".repeat(10_000) + "invested in Acme.",
        brackets.clone() + "Acme raised $5 million" + &brackets.replace('(', ")"),
        "“「".repeat(20_000),
        "融\u{200b}资🤗".repeat(20_000),
        "現(xiàn)在(zài)".repeat(20_000),
        "1".repeat(100_000),
        "Acme ".repeat(20_000),
    ] {
        let started = Instant::now();
        let _ = read(&text);
        // A debug build on a busy machine needs a few seconds; quadratic time would be minutes.
        assert!(started.elapsed() < Duration::from_secs(60), "{}", text.chars().take(20).collect::<String>());
    }
}
