//! Measures how fast text is extracted on one core, with a name index of 10,000 entities, and what hostile texts cost.
//!
//! `cargo run --release --example extraction_speed -- FILE...`; the files are repeated until there are 8 MB.

#![allow(
    clippy::unwrap_used, clippy::print_stdout, clippy::cast_precision_loss, clippy::indexing_slicing,
    clippy::string_slice
)]

use std::time::Instant;

use ailand::extract::{Document, IndexedNames, Kind, KnownNames, NoNames, Options, extract};
use ailand::model::{Language, Name, NameKind};
use ailand::names::{IndexBuilder, LayerBytes, Names};

const SYLLABLES: &[&str] = &[
    "智", "云", "深", "月", "星", "百", "川", "海", "天", "元", "数", "光", "达", "微", "新", "启", "明", "远", "高",
    "源",
];

fn main() {
    let names = names(10_000);
    let indexed =
        IndexedNames::new(&names, |entity| Some(if entity % 2 == 0 { Kind::Startup } else { Kind::Investor }));
    for path in std::env::args().skip(1).filter(|argument| argument != "--files") {
        let once = std::fs::read_to_string(&path).unwrap();
        let text = once.repeat(8_000_000 / once.len() + 1);
        for (label, known) in [("10,000 names", &indexed as &dyn KnownNames), ("no names", &NoNames)] {
            for part in [&text[..once.len() * (text.len() / once.len() / 4)], &text] {
                measure(&format!("{path} {label}"), part, known);
            }
        }
    }
    if std::env::args().any(|argument| argument == "--files") {
        return;
    }
    let bracket = "(".repeat(100_000);
    for (label, text) in [
        ("10 MB without a sentence end", "月之暗面完成新一轮融资，".repeat(10_000_000 / 36)),
        ("10 MB of one character", "资".repeat(3_333_333)),
        ("a clause of 1 MB", "红杉中国、".repeat(66_000) + "投资了月之暗面"),
        ("an English clause of 1 MB", "Sequoia Capital and ".repeat(50_000) + "invested in Acme."),
        ("nested brackets", bracket.clone() + "Acme raised $5 million" + &bracket.replace('(', ")")),
        ("nested quotations", "“「".repeat(100_000)),
        ("zero width and emoji", "融\u{200b}资🤗".repeat(200_000)),
        ("ruby", "現(xiàn)在(zài)".repeat(100_000)),
        ("digits", "1".repeat(1_000_000)),
        ("capital words", "Acme ".repeat(200_000)),
    ] {
        measure(label, &text, &indexed);
    }
}

fn measure(label: &str, text: &str, known: &dyn KnownNames) {
    let document = Document { text, published: "2024-02-28".parse().ok() };
    let started = Instant::now();
    let found = extract(&document, known, Options::default());
    let seconds = started.elapsed().as_secs_f64();
    let megabytes = text.len() as f64 / 1e6;
    println!(
        "{label}: {megabytes:.1} MB in {seconds:.2} s, {:.1} MB/s, {} facts",
        megabytes / seconds,
        found.facts.len()
    );
}

/// An index of so many entities with a Chinese and a Latin name each.
fn names(count: u32) -> Names {
    let mut builder = IndexBuilder::new();
    for number in 0..count {
        let pick = |by: u32| SYLLABLES[(number / by) as usize % SYLLABLES.len()];
        let chinese = format!("{}{}{}{}", pick(1), pick(20), pick(400), ["科技", "智能", "资本"][number as usize % 3]);
        for (position, text) in (0..).zip([chinese, format!("Company{number} Labs")]) {
            let language = Language::English;
            builder.add(
                number,
                position,
                &Name { text, language, kind: NameKind::Canonical, derived: false, evidence: vec![] },
            );
        }
    }
    let index = builder.finish().unwrap();
    Names::open(vec![LayerBytes { index, replaced: vec![] }]).unwrap()
}
