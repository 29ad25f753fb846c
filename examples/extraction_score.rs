//! Scores extraction on a folder of articles with keys, such as `tests/articles/tuning`.
//!
//! `cargo run --release --example extraction_score -- FOLDER [--names] [--errors]`; with `--names` the bundled names
//! are known, with `--errors` every error is listed.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing)]

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use ailand::extract::{Document, IndexedNames, Kind, KnownNames, NoNames, Options, extract, score};
use ailand::model::{Language, Name, NameKind};
use ailand::names::{IndexBuilder, LayerBytes, Names};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let flag = |name: &str| arguments.iter().any(|argument| argument == name);
    let (names, kinds) = bundled();
    let indexed = IndexedNames::new(&names, |entity| kinds.get(&entity).copied());
    let known: &dyn KnownNames = if flag("--names") { &indexed } else { &NoNames };
    let folder = Path::new(&arguments[0]);
    let mut total = score::Score::default();
    let mut texts: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    texts.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    texts.sort();
    for path in texts {
        let beside = |extension: &str| fs::read_to_string(path.with_extension(extension)).unwrap_or_default();
        let about: serde_json::Value = serde_json::from_str(&beside("json")).unwrap_or_default();
        let text = fs::read_to_string(&path).unwrap();
        let published = about["published"].as_str().and_then(|date| date.parse().ok());
        let found = extract(&Document { text: &text, published }, known, Options::default());
        let key =
            score::Key::read(&beside("facts.jsonl"), &beside("entities.jsonl"), &beside("negatives.jsonl")).unwrap();
        let score = score::score(&found, &key);
        let name = path.file_stem().unwrap().to_string_lossy();
        println!(
            "{name:32} P {:.2} R {:.2} attributes {:.2} forbidden {}",
            score.all.precision(),
            score.all.recall(),
            score.attribute_accuracy(),
            score.forbidden.len()
        );
        if flag("--errors") {
            for error in score.errors.iter().chain(&score.forbidden) {
                println!("    {error}");
            }
        }
        total.add(score);
    }
    for (predicate, count) in &total.predicates {
        println!("{predicate:22} {count:?} P {:.2} R {:.2}", count.precision(), count.recall());
    }
    println!(
        "all: P {:.3} R {:.3} F1 {:.3} attributes {:.3} spans {:.3} forbidden {}",
        total.all.precision(),
        total.all.recall(),
        total.all.f1(),
        total.attribute_accuracy(),
        total.span_overlap(),
        total.forbidden.len()
    );
}

/// The names of the bundled landscape.
fn bundled() -> (Names, HashMap<u32, Kind>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/entities.jsonl");
    let mut builder = IndexBuilder::new();
    let mut kinds = HashMap::new();
    for (number, line) in (0..).zip(fs::read_to_string(path).unwrap().lines()) {
        let entity: serde_json::Value = serde_json::from_str(line).unwrap();
        let kind =
            entity["labels"].as_array().unwrap().iter().find_map(|label| Kind::of_label(label.as_str().unwrap()));
        kinds.extend(kind.map(|kind| (number, kind)));
        for (position, name) in (0..).zip(entity["names"].as_array().unwrap()) {
            let text = name["text"].as_str().unwrap().to_owned();
            let language = Language::from(name["language"].as_str().unwrap_or("en"));
            builder.add(
                number,
                position,
                &Name { text, language, kind: NameKind::Canonical, derived: false, evidence: vec![] },
            );
        }
    }
    let index = builder.finish().unwrap();
    (Names::open(vec![LayerBytes { index, replaced: vec![] }]).unwrap(), kinds)
}
