//! Prints what extraction finds in a file, and how that agrees with a key.
//!
//! `cargo run --example extract -- ARTICLE [PUBLISHED] [FACTS.jsonl [ENTITIES.jsonl [NEGATIVES.jsonl]]]`

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use ailand::extract::{Document, NoNames, Options, extract, score};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let read = |at: usize| arguments.get(at).map(|path| std::fs::read_to_string(path).unwrap()).unwrap_or_default();
    let text = read(0);
    let published = arguments.get(1).and_then(|date| date.parse().ok());
    let document = Document { text: &text, published };
    let found = extract(&document, &NoNames, Options { explain: true });
    let name = |entity: usize| found.entities[entity].name.as_str();
    if arguments.len() < 3 {
        for sentence in &found.trace {
            println!("-- {:?}", sentence.clauses);
            println!("   {:?} focus {:?}", sentence.parts, sentence.focus);
            println!("   {:?}", sentence.rules);
        }
    }
    for fact in &found.facts {
        let properties: Vec<String> = fact.properties.iter().map(|(key, value)| format!("{key}={value}")).collect();
        println!(
            "{} {} {} {{{}}} {} by {:?} [{}] {:?}",
            name(fact.subject),
            fact.predicate,
            fact.object.map_or("", name),
            properties.join(", "),
            fact.modality.word(),
            fact.asserted_by.map(name),
            fact.rule,
            fact.quote
        );
    }
    if arguments.len() > 2 {
        let key = score::Key::read(&read(2), &read(3), &read(4)).unwrap();
        let score = score::score(&found, &key);
        println!("{:#?}", score.errors);
        println!("forbidden: {:#?}", score.forbidden);
        for (predicate, count) in &score.predicates {
            println!("{predicate:22} {count:?} {:.2} {:.2}", count.precision(), count.recall());
        }
        println!(
            "F1 {:.3} attributes {:.3} spans {:.3}",
            score.all.f1(),
            score.attribute_accuracy(),
            score.span_overlap()
        );
    }
}
