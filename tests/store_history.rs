//! Retraction, merging and history against a naive model: what is visible now, and what was visible at every generation.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use ailand::Changes;
use ailand::model::{
    Entity, EntityId, Evidence, Fact, FactId, Language, Modality, Name, NameKind, Properties, Reliability, Source,
    SourceId,
};
use ailand::store::{Store, StoreError};

fn entity_id(n: usize) -> EntityId {
    EntityId::new(format!("startup:e{n}")).unwrap()
}

fn fact_id(n: usize) -> FactId {
    FactId::new(format!("f{n}")).unwrap()
}

fn source_id(n: usize) -> SourceId {
    SourceId::new(format!("s{n}")).unwrap()
}

fn source(n: usize) -> Source {
    Source {
        id: source_id(n),
        kind: "page".into(),
        title: format!("source {n}"),
        publisher: None,
        url: None,
        published: None,
        language: None,
        content_hash: None,
        license: None,
        reliability: Reliability::A,
    }
}

fn entity(n: usize, name: &str) -> Entity {
    Entity {
        id: entity_id(n),
        labels: vec!["Startup".into()],
        names: vec![Name {
            text: name.into(),
            language: Language::English,
            kind: NameKind::Canonical,
            derived: false,
            evidence: vec![],
        }],
        claims: vec![],
    }
}

fn fact(n: usize, subject: usize, object: usize, sources: &[usize]) -> Fact {
    Fact {
        id: fact_id(n),
        subject: entity_id(subject),
        predicate: "INVESTED_IN".into(),
        object: entity_id(object),
        properties: Properties::new(),
        modality: Modality::Asserted,
        evidence: sources.iter().map(|&n| Evidence::curated(source_id(n))).collect(),
    }
}

/// Three entities, two sources, three facts.
fn small() -> Store {
    let store = Store::in_memory();
    let changes = Changes {
        sources: vec![source(0), source(1)],
        entities: (0..3).map(|n| entity(n, &format!("Name {n}"))).collect(),
        facts: vec![fact(0, 0, 1, &[0]), fact(1, 0, 2, &[0, 1]), fact(2, 1, 2, &[1])],
        ..Changes::by("test")
    };
    store.commit(&changes).unwrap();
    store
}

fn sound(store: &Store) {
    let damage = store.verify().unwrap().damage;
    assert!(damage.is_empty(), "{damage:?}");
}

#[test]
fn a_retracted_fact_is_hidden_and_may_come_back() {
    let store = small();
    let mut changes = Changes::by("test");
    changes.retractions.facts.push(fact_id(1));
    let report = store.commit(&changes).unwrap();
    assert_eq!((report.generation, report.facts.retracted), (2, 1));
    sound(&store);
    let snapshot = store.read().unwrap();
    assert_eq!(snapshot.fact_number(&fact_id(1)).unwrap(), None);
    assert_eq!(snapshot.counts().facts, 2);
    assert_eq!(snapshot.facts().map(|fact| fact.unwrap().id).collect::<Vec<_>>(), [fact_id(0), fact_id(2)]);
    let number = snapshot.entity_number(&entity_id(0)).unwrap().unwrap();
    assert_eq!(snapshot.adjacency(number).unwrap().outgoing.len(), 1);
    assert!(matches!(snapshot.fact(1), Err(StoreError::Retracted { .. })));
    assert!(matches!(store.commit(&changes), Err(StoreError::NothingToRetract { .. })));
    // It comes back with another end, under its old number.
    let back = Changes { facts: vec![fact(1, 2, 0, &[1])], ..Changes::by("test") };
    assert_eq!(store.commit(&back).unwrap().facts.added, 1);
    sound(&store);
    let snapshot = store.read().unwrap();
    assert_eq!(snapshot.fact_number(&fact_id(1)).unwrap(), Some(1));
    assert_eq!(snapshot.fact(1).unwrap(), fact(1, 2, 0, &[1]));
    assert_eq!(snapshot.counts().facts, 3);
}

#[test]
fn an_entity_goes_when_nothing_mentions_it() {
    let store = small();
    let mut changes = Changes::by("test");
    changes.retractions.entities.push(entity_id(0));
    let refused = store.commit(&changes).unwrap_err();
    assert_eq!(refused.to_string(), "entity \"startup:e0\" cannot be retracted: fact \"f0\" mentions it and 1 other");
    changes.retractions.facts.extend([fact_id(0), fact_id(1)]);
    let report = store.commit(&changes).unwrap();
    assert_eq!((report.entities.retracted, report.facts.retracted), (1, 2));
    sound(&store);
    let snapshot = store.read().unwrap();
    assert_eq!(snapshot.entity_number(&entity_id(0)).unwrap(), None);
    assert!(snapshot.names().unwrap().named("Name 0").is_empty());
    assert_eq!(snapshot.counts().entities, 2);
    assert_eq!(snapshot.find_adjacency(0).unwrap(), None);
    // Nothing may refer to it any more.
    let late = Changes { facts: vec![fact(9, 0, 1, &[0])], ..Changes::by("test") };
    assert!(matches!(store.commit(&late), Err(StoreError::UnknownReference { .. })));
    let back = Changes { entities: vec![entity(0, "Other")], facts: late.facts, ..Changes::by("test") };
    store.commit(&back).unwrap();
    sound(&store);
    let snapshot = store.read().unwrap();
    assert_eq!(snapshot.entity_number(&entity_id(0)).unwrap(), Some(0));
    assert_eq!(snapshot.names().unwrap().named("Other").len(), 1);
    assert!(snapshot.names().unwrap().named("Name 0").is_empty());
    assert_eq!(snapshot.adjacency(0).unwrap().outgoing.len(), 1);
}

#[test]
fn evidence_of_an_interested_party_mentions_it() {
    let store = small();
    let mut told = fact(5, 1, 2, &[0]);
    told.evidence[0].asserted_by = Some(entity_id(7));
    store
        .commit(&Changes { entities: vec![entity(7, "Party")], facts: vec![told.clone()], ..Changes::by("test") })
        .unwrap();
    let mut changes = Changes::by("test");
    changes.retractions.entities.push(entity_id(7));
    assert!(matches!(store.commit(&changes), Err(StoreError::Mentioned { others: 0, .. })));
    told.evidence[0].asserted_by = None;
    changes.facts.push(told);
    store.commit(&changes).unwrap();
    sound(&store);
    // What an entity says about itself keeps nobody from retracting it.
    let mut vain = entity(8, "Vain");
    vain.names[0].evidence = vec![Evidence { asserted_by: Some(entity_id(8)), ..Evidence::curated(source_id(0)) }];
    store.commit(&Changes { entities: vec![vain], ..Changes::by("test") }).unwrap();
    let mut changes = Changes::by("test");
    changes.retractions.entities.push(entity_id(8));
    store.commit(&changes).unwrap();
    sound(&store);
}

#[test]
fn what_only_a_source_says_goes_with_it() {
    let store = small();
    let mut changes = Changes::by("test");
    changes.retractions.sources.push(source_id(0));
    let report = store.commit(&changes).unwrap();
    assert_eq!((report.facts.retracted, report.facts.changed, report.sources.retracted), (1, 1, 1));
    sound(&store);
    let snapshot = store.read().unwrap();
    assert_eq!(snapshot.fact_number(&fact_id(0)).unwrap(), None);
    assert_eq!(snapshot.fact(1).unwrap(), fact(1, 0, 2, &[1]));
    assert_eq!(snapshot.source_number(&source_id(0)).unwrap(), None);
    assert_eq!(snapshot.sources().map(|source| source.unwrap().id).collect::<Vec<_>>(), [source_id(1)]);
}

#[test]
fn nothing_is_put_and_retracted_at_once() {
    let store = small();
    let mut changes = Changes { facts: vec![fact(0, 0, 1, &[0])], ..Changes::by("test") };
    changes.retractions.facts.push(fact_id(0));
    assert!(matches!(store.commit(&changes), Err(StoreError::Contradiction { .. })));
    let mut changes = Changes::by("test");
    changes.retractions.facts.extend([fact_id(0), fact_id(0)]);
    assert!(matches!(store.commit(&changes), Err(StoreError::NothingToRetract { .. })));
    assert_eq!(store.read().unwrap().generation(), 1);
}
