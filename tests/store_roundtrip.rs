//! Random commits against a naive model: whatever is written reads back, from folders and from memory alike.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeMap;

use ailand::Changes;
use ailand::model::{
    Claim, Entity, EntityId, Evidence, Fact, FactId, Language, Modality, Name, NameKind, PartialDate, Properties,
    Reliability, Source, SourceId, Span, Value,
};
use ailand::store::{CommitReport, Snapshot, Store, StoreError, Tally};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// So few ids that commits meet again and again, and so many that pages fill up.
const IDS: usize = 90;

fn entity_id() -> impl Strategy<Value = EntityId> {
    (0..IDS).prop_map(|n| EntityId::new(format!("startup:e{n}")).unwrap())
}

fn source_id() -> impl Strategy<Value = SourceId> {
    (0..IDS / 3).prop_map(|n| SourceId::new(format!("s{n}")).unwrap())
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![3 => "[a-zA-Z0-9 .-]{0,12}", 3 => "[月之暗面智譜谱百川]{0,6}", 1 => any::<String>(), 1 => "x{2000,9000}"]
}

fn date() -> impl Strategy<Value = PartialDate> {
    (1u16..=9999, option::of((1u8..=12, option::of(1u8..=28)))).prop_map(|(year, rest)| match rest {
        None => PartialDate::new(year, None, None).unwrap(),
        Some((month, day)) => PartialDate::new(year, Some(month), day).unwrap(),
    })
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        any::<f64>().prop_filter("finite", |number| number.is_finite()).prop_map(Value::Float),
        text().prop_map(Value::Text),
        date().prop_map(Value::Date),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| vec(inner, 0..3).prop_map(Value::List))
}

fn properties() -> impl Strategy<Value = Properties> {
    let open = ("note|备注|k[0-9]", value());
    let dated = (select(&["date", "from"][..]).prop_map(str::to_owned), date().prop_map(Value::Date));
    vec(prop_oneof![open, dated], 0..4).prop_map(|pairs| pairs.into_iter().collect())
}

fn evidence() -> impl Strategy<Value = Evidence> {
    let span = (any::<u32>(), any::<u32>()).prop_map(|(a, b)| Span { start: a.min(b), end: a.max(b) });
    let rest = (option::of(text()), option::of(span), option::of(text()), "curated/1|rule/[0-9]", 0.0f32..=1.0);
    (source_id(), rest, option::of(entity_id())).prop_map(|(source, rest, asserted_by)| {
        let (quote, span, row, rule, confidence) = rest;
        Evidence { source, quote, span, row, rule, confidence, asserted_by }
    })
}

fn entity() -> impl Strategy<Value = Entity> {
    let kind = select(&[NameKind::Canonical, NameKind::Alias, NameKind::Former, NameKind::Legal][..]);
    let language = prop_oneof!["en", "zh-Hans", "zh-Hant", "fr"].prop_map(Language::from);
    let name = (text(), language, kind, any::<bool>(), vec(evidence(), 0..2)).prop_map(
        |(text, language, kind, derived, evidence)| {
            let text = if text.trim().is_empty() { format!("x{text}") } else { text };
            Name { text, language, kind, derived, evidence }
        },
    );
    let claim = ("k[0-9]", value(), properties(), vec(evidence(), 1..3))
        .prop_map(|(key, value, qualifiers, evidence)| Claim { key, value, qualifiers, evidence });
    (entity_id(), vec("Startup|Investor|模型", 0..3), vec(name, 0..3), vec(claim, 0..3))
        .prop_map(|(id, labels, names, claims)| Entity { id, labels, names, claims })
}

fn fact() -> impl Strategy<Value = Fact> {
    let id = (0..IDS * 2).prop_map(|n| FactId::new(format!("f{n}")).unwrap());
    let ends = (entity_id(), "INVESTED_IN|HAS_ROLE|投资", entity_id());
    (id, ends, properties(), select(&Modality::ALL[..]), vec(evidence(), 1..3)).prop_map(
        |(id, (subject, predicate, object), properties, modality, evidence)| Fact {
            id,
            subject,
            predicate,
            object,
            properties,
            modality,
            evidence,
        },
    )
}

fn source() -> impl Strategy<Value = Source> {
    let reliability = select(&[Reliability::A, Reliability::B, Reliability::C][..]);
    (source_id(), text(), text(), option::of(text()), option::of(date()), reliability).prop_map(
        |(id, kind, title, url, published, reliability)| Source {
            id,
            kind,
            title,
            publisher: url.clone(),
            content_hash: None,
            license: url.clone(),
            url,
            published,
            language: published.map(|_| Language::English),
            reliability,
        },
    )
}

/// One commit; some refer to things that are nowhere and must be refused as a whole.
fn changes() -> impl Strategy<Value = Changes> {
    (vec(source(), 0..12), vec(entity(), 0..25), vec(fact(), 0..25)).prop_map(|(sources, entities, facts)| Changes {
        sources,
        entities,
        facts,
        ..Changes::default()
    })
}

/// What a database should hold.
#[derive(Debug, Clone, Default, PartialEq)]
struct Model {
    generation: u64,
    sources: BTreeMap<SourceId, Source>,
    entities: BTreeMap<EntityId, Entity>,
    facts: BTreeMap<FactId, Fact>,
}

fn put<K: Ord + Clone, V: PartialEq + Clone>(into: &mut BTreeMap<K, V>, key: &K, value: &V, tally: &mut Tally) {
    match into.insert(key.clone(), value.clone()) {
        None => tally.added += 1,
        Some(before) if before == *value => tally.unchanged += 1,
        Some(_) => tally.changed += 1,
    }
}

impl Model {
    /// The model after a commit, and what the commit should report; `None` when something refers to nothing.
    fn after(&self, changes: &Changes) -> Option<(Self, CommitReport)> {
        let mut next = self.clone();
        let mut report = CommitReport::default();
        for source in &changes.sources {
            put(&mut next.sources, &source.id, source, &mut report.sources);
        }
        for entity in &changes.entities {
            put(&mut next.entities, &entity.id, entity, &mut report.entities);
        }
        for fact in &changes.facts {
            put(&mut next.facts, &fact.id, fact, &mut report.facts);
        }
        let all_there = |evidence: &[Evidence]| {
            evidence.iter().all(|one| {
                let party = one.asserted_by.as_ref();
                next.sources.contains_key(&one.source) && party.is_none_or(|id| next.entities.contains_key(id))
            })
        };
        let entities = changes.entities.iter().all(|entity| {
            entity.names.iter().all(|name| all_there(&name.evidence))
                && entity.claims.iter().all(|claim| all_there(&claim.evidence))
        });
        let facts = changes.facts.iter().all(|fact| {
            all_there(&fact.evidence)
                && [&fact.subject, &fact.object].into_iter().all(|id| next.entities.contains_key(id))
        });
        if !(entities && facts) {
            return None;
        }
        let touched = [report.sources, report.entities, report.facts];
        next.generation += u64::from(touched.iter().any(|tally| tally.added + tally.changed > 0));
        report.generation = next.generation;
        Some((next, report))
    }

    /// Fails unless a snapshot holds exactly this.
    fn check(&self, snapshot: &Snapshot) {
        assert_eq!(snapshot.generation(), self.generation);
        let counts = snapshot.counts();
        let lengths = [self.entities.len(), self.facts.len(), self.sources.len()];
        assert_eq!([counts.entities, counts.facts, counts.sources].map(|n| n as usize), lengths);
        for source in self.sources.values() {
            assert_eq!(snapshot.source_by_id(&source.id).unwrap().as_ref(), Some(source));
        }
        for fact in self.facts.values() {
            let number = snapshot.fact_number(&fact.id).unwrap().unwrap();
            assert_eq!(&snapshot.fact(number).unwrap(), fact);
        }
        for entity in self.entities.values() {
            let number = snapshot.entity_number(&entity.id).unwrap().unwrap();
            assert_eq!(&snapshot.entity(number).unwrap(), entity);
            assert_eq!(snapshot.entity_id(number).unwrap(), entity.id);
            self.check_adjacency(snapshot, number, &entity.id);
            for name in &entity.names {
                let found = snapshot.names().unwrap().named(&name.text);
                let shows_something =
                    name.text.chars().any(|c| c.is_ascii_alphanumeric() || ('一'..='龥').contains(&c));
                assert!(!shows_something || found.iter().any(|posting| posting.entity == number), "{name:?}");
            }
        }
        // Names that were replaced are gone: the index leads only to names that are there.
        for entity in self.entities.values() {
            for posting in entity.names.iter().flat_map(|name| snapshot.names().unwrap().named(&name.text)) {
                let names = snapshot.entity(posting.entity).unwrap().names;
                assert!(usize::from(posting.name) < names.len(), "{posting:?} leads to no name");
            }
        }
        assert_eq!(snapshot.entity_number(&EntityId::new("startup:nowhere").unwrap()).unwrap(), None);
    }

    fn check_adjacency(&self, snapshot: &Snapshot, number: u32, id: &EntityId) {
        let adjacency = snapshot.adjacency(number).unwrap();
        for (edges, outgoing) in [(&adjacency.outgoing, true), (&adjacency.incoming, false)] {
            let ends = |fact: &Fact| {
                let (own, other) = if outgoing { (&fact.subject, &fact.object) } else { (&fact.object, &fact.subject) };
                (own == id).then(|| other.clone())
            };
            let mut expected: Vec<_> = self
                .facts
                .values()
                .filter_map(|fact| {
                    Some((fact.id.clone(), fact.predicate.clone(), ends(fact)?, fact.date(), fact.modality))
                })
                .collect();
            let mut found: Vec<_> = edges
                .iter()
                .map(|edge| {
                    let fact = snapshot.fact(edge.fact).unwrap();
                    assert!((edge.confidence - fact.confidence()).abs() <= 0.0006);
                    let predicate = snapshot.word(edge.predicate).unwrap().to_owned();
                    (fact.id, predicate, snapshot.entity_id(edge.neighbour).unwrap(), edge.date, edge.modality)
                })
                .collect();
            let order: Vec<_> = edges.iter().map(|edge| (edge.predicate, edge.neighbour, edge.fact)).collect();
            assert!(order.is_sorted(), "the facts of {id} are out of order");
            expected.sort();
            found.sort();
            assert_eq!(found, expected, "the facts of {id}");
        }
    }
}

fn commit(store: &Store, model: &mut Model, changes: &Changes) {
    let before = model.clone();
    match (store.commit(changes), model.after(changes)) {
        (Ok(report), Some((next, expected))) => {
            assert_eq!(report, expected);
            *model = next;
        }
        (Err(StoreError::UnknownReference { .. }), None) => {}
        (result, expected) => panic!("{result:?} instead of {expected:?}"),
    }
    model.check(&store.read().unwrap());
    let damage = store.verify().unwrap().damage;
    assert!(damage.is_empty(), "{damage:?}");
    if *model != before {
        // Said twice, nothing changes. (Records that stand twice in one commit may alternate.)
        let again = Changes {
            sources: changes.sources.iter().map(|one| model.sources[&one.id].clone()).collect(),
            entities: changes.entities.iter().map(|one| model.entities[&one.id].clone()).collect(),
            facts: changes.facts.iter().map(|one| model.facts[&one.id].clone()).collect(),
            ..Changes::default()
        };
        let report = store.commit(&again).unwrap();
        assert_eq!(report.generation, model.generation);
        for tally in [report.sources, report.entities, report.facts] {
            assert_eq!((tally.added, tally.changed), (0, 0));
        }
        model.check(&store.read().unwrap());
    }
}

/// First everything that others may refer to, so that most commits are whole.
fn ground() -> Changes {
    let entity = |n| Entity {
        id: EntityId::new(format!("startup:e{n}")).unwrap(),
        labels: vec!["Startup".into()],
        names: vec![],
        claims: vec![],
    };
    let source = |n| Source {
        id: SourceId::new(format!("s{n}")).unwrap(),
        kind: "page".into(),
        title: String::new(),
        publisher: None,
        url: None,
        published: None,
        language: None,
        content_hash: None,
        license: None,
        reliability: Reliability::C,
    };
    Changes {
        sources: (0..IDS / 3 - 2).map(source).collect(),
        entities: (0..IDS - 2).map(entity).collect(),
        facts: vec![],
        ..Changes::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn what_is_committed_reads_back(commits in vec(changes(), 1..6), grounded in prop::bool::weighted(0.8)) {
        let folder = tempfile::tempdir().unwrap();
        for store in [Store::in_memory(), Store::open_or_create(folder.path().join("db")).unwrap()] {
            let mut model = Model::default();
            if grounded {
                commit(&store, &mut model, &ground());
            }
            for changes in &commits {
                let old = store.read().unwrap();
                let then = model.clone();
                commit(&store, &mut model, changes);
                if store.folder().is_none() {
                    // A snapshot of before does not see what came after.
                    then.check(&old);
                }
            }
            if let Some(path) = store.folder() {
                // What the image says is what sled says.
                let _ = std::fs::remove_file(path.join("image"));
                model.check(&store.read().unwrap());
                let reopened = Store::open(path);
                prop_assert_eq!(reopened.is_ok(), store.exists().unwrap());
            }
        }
    }
}

#[test]
fn records_that_are_refused_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_or_create(folder.path().join("db")).unwrap();
    let mut model = Model::default();
    let mut bad = ground();
    bad.entities[3].labels.push(String::new());
    assert!(matches!(store.commit(&bad), Err(StoreError::Record { .. })));
    assert!(!store.exists().unwrap(), "a first commit that is refused makes no database");
    commit(&store, &mut model, &ground());
    let name = |n: usize| Name {
        text: format!("n{n}"),
        language: Language::English,
        kind: NameKind::Alias,
        derived: false,
        evidence: vec![],
    };
    let mut named = ground().entities.remove(0);
    named.names = (0..65_536).map(name).collect();
    let many = Changes { entities: vec![named.clone()], ..Changes::default() };
    assert!(matches!(store.commit(&many), Err(StoreError::Record { .. })));
    model.check(&store.read().unwrap());
    named.names.pop();
    let most = Changes { entities: vec![named], ..Changes::default() };
    store.commit(&most).unwrap();
    let snapshot = store.read().unwrap();
    let last = snapshot.names().unwrap().named("n65534");
    assert!(last.iter().any(|posting| posting.name == 65_534));
}
