//! The bundled landscape: complete, well-formed, and written as the project itself would write it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use ailand::formats::Place;
use ailand::formats::jsonl::{Reader, Record, check_references, open_words, write_record};
use ailand::model::{Entity, Fact, Language, Modality, NameKind, Source, Value};

fn path(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data").join(file)
}

/// Everything in a file; the reader checks ids, dates, amounts, currencies and that there is evidence.
fn records(file: &str) -> Vec<(Record, Place)> {
    let bytes = fs::read(path(file)).unwrap();
    Reader::new(bytes.as_slice(), file).collect::<Result<_, _>>().unwrap_or_else(|error| panic!("{error}"))
}

fn landscape() -> Vec<(Record, Place)> {
    ["sources.jsonl", "entities.jsonl", "facts.jsonl"].into_iter().flat_map(records).collect()
}

fn entities() -> Vec<Entity> {
    let kept = |record| if let Record::Entity(entity) = record { Some(entity) } else { None };
    records("entities.jsonl").into_iter().filter_map(|(record, _)| kept(record)).collect()
}

fn facts() -> Vec<Fact> {
    let kept = |record| if let Record::Fact(fact) = record { Some(fact) } else { None };
    records("facts.jsonl").into_iter().filter_map(|(record, _)| kept(record)).collect()
}

fn sources() -> Vec<Source> {
    let kept = |record| if let Record::Source(source) = record { Some(source) } else { None };
    records("sources.jsonl").into_iter().filter_map(|(record, _)| kept(record)).collect()
}

#[test]
fn nothing_is_missing() {
    assert_eq!((entities().len(), facts().len(), sources().len()), (777, 1518, 238));
    assert_eq!(landscape().len(), 777 + 1518 + 238);
}

#[test]
fn every_id_resolves_and_is_used_once() {
    let problems: Vec<String> = check_references(&landscape(), |_| false).iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_label_and_predicate_is_in_the_vocabulary() {
    assert_eq!(open_words(&landscape()), BTreeMap::new());
}

#[test]
fn every_fact_and_claim_has_a_source_that_is_not_weak_alone() {
    let weak: Vec<String> = sources()
        .into_iter()
        .filter(|source| source.link().is_none() && source.url.is_some())
        .map(|source| source.id.as_str().to_owned())
        .collect();
    for fact in facts() {
        assert!(!fact.evidence.is_empty(), "{}", fact.id);
        assert!(
            fact.evidence.iter().any(|evidence| !weak.iter().any(|id| id == evidence.source.as_str())),
            "{} stands on weak sources alone",
            fact.id
        );
    }
    for entity in entities() {
        assert!(entity.claims.iter().all(|claim| !claim.evidence.is_empty()), "{}", entity.id);
    }
}

#[test]
fn the_files_are_canonical() {
    for file in ["entities.jsonl", "facts.jsonl", "sources.jsonl"] {
        let records = records(file);
        let mut written = Vec::new();
        for (record, _) in &records {
            write_record(record, &mut written).unwrap();
        }
        let written = String::from_utf8(written).unwrap();
        let stored = fs::read_to_string(path(file)).unwrap();
        for (i, (written, stored)) in written.lines().zip(stored.lines()).enumerate() {
            assert_eq!(written, stored, "{file}, line {}", i + 1);
        }
        assert!(written == stored, "{file} has another number of lines or another end");
        assert!(records.is_sorted_by(|(a, _), (b, _)| a.id() < b.id()), "{file} is not sorted by id");
    }
}

#[test]
fn the_documented_examples_are_canonical_records_that_fit_together() {
    let page = fs::read_to_string(path("../docs/data-format.md")).unwrap();
    let blocks = page.split("```jsonl\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let examples: String = blocks.collect();
    let records: Vec<(Record, Place)> =
        Reader::new(examples.as_bytes(), "docs/data-format.md").collect::<Result<_, _>>().unwrap();
    assert_eq!(records.len(), 7);
    assert_eq!(check_references(&records, |_| false), []);
    let mut written = Vec::new();
    for (record, _) in &records {
        write_record(record, &mut written).unwrap();
    }
    assert_eq!(String::from_utf8(written).unwrap(), examples);
}

#[test]
fn every_source_is_credited_and_only_good_ones_are_linked() {
    let page = fs::read_to_string(path("SOURCES.md")).unwrap();
    let (_, table) = page.split_once("\n## Sources\n").unwrap();
    for source in sources() {
        let row = table.lines().find(|line| line.starts_with(&format!("| `{}` |", source.id))).unwrap();
        assert_eq!(row.contains("](<"), source.link().is_some(), "{row}");
    }
    for asked in
        ["Epoch AI", "CC BY 4.0", "LMArena", "MPL-2.0", "微信公众号 走向未来", "Apache-2.0", "OpenPitch", "MIT"]
    {
        assert!(page.contains(asked), "{asked}");
    }
}

#[test]
fn every_entity_has_one_name_to_show_per_language_and_both_chinese_scripts_or_none() {
    for entity in entities() {
        let count = |language: &Language| {
            entity.names.iter().filter(|name| name.kind == NameKind::Canonical && name.language == *language).count()
        };
        let counts = [Language::English, Language::Simplified, Language::Traditional].map(|language| count(&language));
        assert!(counts.iter().all(|n| *n <= 1) && counts != [0, 0, 0], "{} {counts:?}", entity.id);
        assert_eq!(counts[1], counts[2], "{}", entity.id);
    }
}

#[test]
fn organisations_that_invested_are_investors_and_rounds_are_complete() {
    let entities = entities();
    let find = |id: &str| entities.iter().find(|entity| entity.id.as_str() == id).unwrap();
    for fact in facts() {
        if fact.predicate == "INVESTED_IN" {
            let investor = find(fact.subject.as_str());
            assert_eq!(investor.has_label("Investor"), !investor.has_label("Person"), "{}", investor.id);
        }
        if fact.predicate == "RAISED" {
            let round = find(fact.object.as_str());
            assert!(round.has_label("FundingRound"));
            assert!(round.claims.iter().any(|claim| claim.key == "series"), "{}", round.id);
        }
    }
}

#[test]
fn claims_that_disagree_stand_side_by_side() {
    let entities = entities();
    let minimax = entities.iter().find(|entity| entity.id.as_str() == "round:minimax-b").unwrap();
    let dates: Vec<String> =
        minimax.claims.iter().filter(|claim| claim.key == "date").map(|claim| claim.value.to_string()).collect();
    assert_eq!(dates, ["2024-03", "2024-05"]);
}

#[test]
fn what_was_only_reported_or_planned_is_not_asserted() {
    let facts = facts();
    let modality = |subject: &str, predicate: &str, object: &str| -> Vec<Modality> {
        facts
            .iter()
            .filter(|fact| (fact.subject.as_str(), fact.object.as_str()) == (subject, object))
            .filter(|fact| fact.predicate == predicate)
            .map(|fact| fact.modality)
            .collect()
    };
    assert_eq!(modality("startup:butterfly-effect", "ACQUIRED_BY", "company:meta"), [Modality::Planned; 2]);
    assert_eq!(modality("startup:moonshot-ai", "RAISED", "round:moonshot-c-ext"), [Modality::Reported]);
    assert_eq!(modality("startup:sui-yuan-ke-ji", "RAISED", "round:enflame-ipo"), [Modality::Planned]);
}

#[test]
fn a_claim_of_an_interested_party_names_the_party() {
    for fact in facts() {
        let party =
            ["claimed_by", "reported_by"].iter().find_map(|key| fact.properties.get(key)).and_then(Value::as_text);
        for evidence in &fact.evidence {
            assert_eq!(evidence.asserted_by.as_ref().map(|id| id.as_str()), party, "{}", fact.id);
        }
    }
}
