//! What is read in the articles of tests/articles, against their keys.
//!
//! The figures may only rise: when extraction gets better, raise the floors. `measured/` is never looked at while rules are
//! written. `cargo test --test articles -- --nocapture` prints the figures; with `ERRORS=tuning` also what is wrong there.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ailand::Landscape;
use ailand::extract::score::{Key, Score, score};
use ailand::extract::{Document, Extraction, NoNames, Options, extract};
use ailand::landscape::{Article, IngestOptions, Version};
use ailand::model::PartialDate;
use serde_json::Value as Json;

/// An article with its key.
struct Case {
    name: String,
    text: String,
    about: Json,
    facts: String,
    entities: String,
    negatives: String,
}

impl Case {
    fn published(&self) -> PartialDate {
        self.about["published"].as_str().unwrap().parse().unwrap()
    }

    fn article(&self) -> Article {
        let word = |key: &str| self.about[key].as_str().map(str::to_owned);
        let mut article = Article::new(self.text.clone());
        (article.title, article.publisher, article.url) = (word("title"), word("publisher"), word("url"));
        article.published = Some(self.published());
        article.file = Some(self.name.clone());
        article
    }

    fn key(&self) -> Key {
        Key::read(&self.facts, &self.entities, &self.negatives).unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

fn cases(half: &str) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles").join(half);
    let mut texts: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    texts.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    texts.sort();
    let read = |path: PathBuf| fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    texts
        .into_iter()
        .map(|path| Case {
            name: path.file_stem().unwrap().to_string_lossy().into_owned(),
            about: serde_json::from_str(&read(path.with_extension("json"))).unwrap(),
            facts: read(path.with_extension("facts.jsonl")),
            entities: read(path.with_extension("entities.jsonl")),
            negatives: read(path.with_extension("negatives.jsonl")),
            text: read(path),
        })
        .collect()
}

fn language(case: &Case) -> &str {
    case.about["language"].as_str().unwrap()
}

#[test]
fn keys_fit_their_texts() {
    let mut languages: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for half in ["tuning", "measured"] {
        for case in cases(half) {
            let place = |line: &Json| format!("{half}/{}: {line}", case.name);
            *languages.entry((language(&case).to_owned(), half)).or_default() += 1;
            case.published();
            let characters: Vec<char> = case.text.chars().collect();
            let mut core = 0;
            for line in case.facts.lines() {
                let fact: Json = serde_json::from_str(line).unwrap();
                let at = |key: &str| usize::try_from(fact[key].as_u64().unwrap()).unwrap();
                let quote: String = characters[at("start")..at("end")].iter().collect();
                assert_eq!(fact["evidence"], quote, "{}", place(&fact));
                for name in [&fact["subject"], &fact["object"]] {
                    assert!(name.as_str().is_none_or(|name| case.text.contains(name)), "{}", place(&fact));
                }
                assert_eq!(fact["object"].is_null(), fact["predicate"] == "RAISED", "{}", place(&fact));
                if let Some(date) = fact["props"]["date"].as_str() {
                    date.parse::<PartialDate>().unwrap();
                }
                core += usize::from(fact["tier"] == "core");
            }
            assert!(core >= 3, "{} has a key of {core} facts", case.name);
            for line in case.negatives.lines() {
                let forbidden: Json = serde_json::from_str(line).unwrap();
                assert!(case.text.contains(forbidden["evidence"].as_str().unwrap()), "{}", place(&forbidden));
                assert!(case.text.contains(forbidden["subject"].as_str().unwrap()), "{}", place(&forbidden));
            }
        }
    }
    assert_eq!(languages.len(), 6, "{languages:?}");
    assert!(languages.values().all(|count| *count >= 10), "{languages:?}");
}

/// What is found, with nothing known but the text.
fn found(case: &Case) -> Extraction {
    extract(&Document::new(&case.text).published(case.published()), &NoNames, Options::default())
}

/// What is found with the names of a database.
fn found_with(landscape: &Landscape, case: &Case) -> Extraction {
    landscape.extraction(&case.article(), IngestOptions::default()).unwrap()
}

fn figures(half: &str, names: &str, find: impl Fn(&Case) -> Extraction) -> Score {
    let show = std::env::var("ERRORS").is_ok_and(|which| which == half || which == "all");
    let mut whole = Score::default();
    let mut by_language: BTreeMap<String, Score> = BTreeMap::new();
    for case in cases(half) {
        let one = score(&find(&case), &case.key());
        if show {
            println!("== {} {:.2} {:.2}", case.name, one.all.precision(), one.all.recall());
            one.errors.iter().for_each(|error| println!("  {error}"));
            one.forbidden.iter().for_each(|fact| println!("  FORBIDDEN {fact}"));
        }
        by_language.entry(language(&case).to_owned()).or_default().add(one.clone());
        whole.add(one);
    }
    let line = |name: &str, score: &Score| {
        println!(
            "{half} ({names}) {name:<20} precision {:.3} recall {:.3} F1 {:.3}, attributes {:.3}, spans {:.3}, {} forbidden",
            score.all.precision(),
            score.all.recall(),
            score.all.f1(),
            score.attribute_accuracy(),
            score.span_overlap(),
            score.forbidden.len()
        );
    };
    by_language.iter().for_each(|(language, score)| line(language, score));
    for (predicate, count) in &whole.predicates {
        println!(
            "{half} ({names}) {predicate:<20} precision {:.3} recall {:.3} F1 {:.3} ({} right, {} wrong, {} missed)",
            count.precision(),
            count.recall(),
            count.f1(),
            count.right,
            count.wrong,
            count.missed
        );
    }
    line("all", &whole);
    whole
}

/// The least that is good enough: precision, recall, attributes; and the most forbidden facts.
struct Floor(f64, f64, f64, usize);

impl Floor {
    fn check(&self, score: &Score, what: &str) {
        let (precision, recall) = (score.all.precision(), score.all.recall());
        assert!(precision >= self.0, "{what}: precision {precision:.3} is below {}", self.0);
        assert!(recall >= self.1, "{what}: recall {recall:.3} is below {}", self.1);
        let attributes = score.attribute_accuracy();
        assert!(attributes >= self.2, "{what}: attributes {attributes:.3} are below {}", self.2);
        let forbidden = &score.forbidden;
        assert!(forbidden.len() <= self.3, "{what}: {} forbidden facts: {forbidden:#?}", forbidden.len());
    }
}

#[test]
fn the_tuning_half_is_read_well() {
    Floor(0.90, 0.715, 0.905, 4).check(&figures("tuning", "no names", found), "tuning");
}

#[test]
fn the_measured_half_is_read_well() {
    Floor(0.795, 0.54, 0.88, 4).check(&figures("measured", "no names", found), "measured");
}

#[test]
fn names_of_the_bundled_landscape_help() {
    let landscape = Landscape::bundled().unwrap();
    let found = |case: &Case| found_with(&landscape, case);
    Floor(0.90, 0.725, 0.90, 4).check(&figures("tuning", "bundled names", found), "tuning");
    Floor(0.81, 0.56, 0.88, 4).check(&figures("measured", "bundled names", found), "measured");
}

#[test]
fn every_article_goes_in_once() {
    let landscape = Landscape::bundled().unwrap();
    let all: Vec<Case> = cases("tuning").into_iter().chain(cases("measured")).collect();
    for case in &all {
        let report = landscape.ingest(&case.article(), IngestOptions::default()).unwrap();
        assert_eq!(report.version, Version::New, "{}", case.name);
        let characters: Vec<char> = case.text.chars().collect();
        for fact in &report.facts {
            let (start, end) = (fact.span.start as usize, fact.span.end as usize);
            let quote: String = characters[start..end].iter().collect();
            assert_eq!(quote, fact.quote, "{}", case.name);
        }
    }
    let generation = landscape.snapshot().unwrap().generation();
    for case in &all {
        let report = landscape.ingest(&case.article(), IngestOptions::default()).unwrap();
        assert!(report.version == Version::Unchanged || report.facts.is_empty(), "{}", case.name);
    }
    assert_eq!(landscape.snapshot().unwrap().generation(), generation);
    assert!(landscape.verify().unwrap().damage.is_empty());
}
