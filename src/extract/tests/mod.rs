//! Extraction as a whole: sentence patterns in three scripts, and texts that try to break it.

mod robust;

use super::{CandidateFact, Document, Extraction, NoNames, Options, extract};
use crate::names::normal_form;

fn read(text: &str) -> Extraction {
    extract(&Document::new(text).published("2024-05-20".parse().unwrap()), &NoNames, Options::default())
}

fn is_named(found: &Extraction, entity: usize, name: &str) -> bool {
    found.entities[entity].surfaces.iter().any(|surface| normal_form(surface) == normal_form(name))
}

fn agrees(found: &Extraction, fact: &CandidateFact, expected: &str) -> bool {
    let mut parts = expected.trim().split('|');
    let mut next = || parts.next().unwrap_or_default();
    let (subject, predicate, object) = (next(), next(), next());
    is_named(found, fact.subject, subject)
        && fact.predicate == predicate
        && fact.object.map_or(object == "-", |entity| is_named(found, entity, object))
        && parts.all(|property| {
            let (key, value) = property.split_once('=').unwrap();
            if key == "modality" {
                return fact.modality.word() == value;
            }
            fact.properties.get(key).is_some_and(|found| found.to_string() == value)
        })
}

#[test]
fn sentence_patterns_give_their_facts() {
    let mut wrong = Vec::new();
    for line in include_str!("patterns.tsv").lines().filter(|line| !line.starts_with('#')) {
        let [number, text, facts] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let found = read(text);
        for expected in facts.split(" & ") {
            if !found.facts.iter().any(|fact| agrees(&found, fact, expected)) {
                let got: Vec<String> = found.facts.iter().map(|fact| in_words(&found, fact)).collect();
                wrong.push(format!("{number} {text}\n   not found: {expected}\n   found: {}", got.join("; ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn in_words(found: &Extraction, fact: &CandidateFact) -> String {
    let name = |entity: usize| found.entities[entity].name.as_str();
    let properties: Vec<String> = fact.properties.iter().map(|(key, value)| format!("{key}={value}")).collect();
    let (object, modality) = (fact.object.map_or("-", name), fact.modality.word());
    format!("{}|{}|{object}|{} {modality}", name(fact.subject), fact.predicate, properties.join("|"))
}

#[test]
fn what_is_no_fact_gives_none() {
    for text in [
        "星桥科技2023年营收突破3亿元，净亏损1亿元。",
        "2023年有14家人工智能公司在一级市场获得了1亿美元以上的融资。",
        "星桥科技尚未完成A轮融资。",
        "高榕创投完成新一期5亿美元基金募集。",
        "国内模型在中文场景下超越了GPT-4。",
        "The AI market will reach $500 billion by 2030.",
        "Starbridge posted revenue of $9 million.",
        "Index Ventures raised a $500 million fund.",
        "Starbridge has not raised money.",
        "多家机构跟投。",
        "Copyright 2024 Wire Business. All rights reserved.",
    ] {
        let found = read(text);
        let got: Vec<String> = found.facts.iter().map(|fact| in_words(&found, fact)).collect();
        assert!(got.is_empty(), "{text}\n{}", got.join("\n"));
    }
}

#[test]
fn without_a_day_of_publication_a_relative_date_stays_open() {
    let found = extract(&Document::new("星桥科技于去年完成2亿元A轮融资。"), &NoNames, Options::default());
    assert!(found.facts[0].properties.get("date").is_none());
    assert!(found.unresolved.iter().any(|gap| gap.text == "去年"));
}

#[test]
fn figures_and_names_of_other_sentences_are_reported() {
    let found = read("星桥科技完成A轮融资。2023年市场规模为34.7亿元。");
    assert!(found.unresolved.iter().any(|gap| gap.text.contains("34.7亿元")), "{:?}", found.unresolved);
}

#[test]
fn the_trace_shows_clauses_and_rules() {
    let options = Options { explain: true };
    let found = extract(&Document::new("星桥科技完成A轮融资，由云启资本领投。"), &NoNames, options);
    let sentence = &found.trace[0];
    assert_eq!(sentence.clauses, ["星桥科技完成A轮融资", "由云启资本领投"]);
    assert!(sentence.rules.iter().any(|(rule, _)| *rule == "funding-raise"));
    assert_eq!(sentence.focus.as_deref(), Some("星桥科技"));
}
