//! Records of the landscape as statements see and change them.

use std::rc::Rc;

use super::super::{Base, Direction, View};
use crate::cypher::function::{Graph as _, Subject};
use crate::cypher::value::{NodeId, RelationshipId, Value};
use crate::cypher::{Detail, QueryError};
use crate::model::{
    Claim, Entity, EntityId, Evidence, Fact, FactId, Language, Modality, Name, NameKind, Properties, Reliability,
    Source, SourceId, Value as Kept,
};
use crate::store::{Changes, Store};

fn source(id: &str, reliability: Reliability) -> Source {
    Source {
        id: SourceId::new(id).unwrap(),
        kind: "page".into(),
        title: format!("Title of {id}"),
        publisher: None,
        url: None,
        published: "2024-03".parse().ok(),
        language: None,
        content_hash: None,
        license: None,
        reliability,
    }
}

fn by(id: &str) -> Evidence {
    Evidence { confidence: 0.9, ..Evidence::curated(SourceId::new(id).unwrap()) }
}

fn name(text: &str, language: Language, kind: NameKind) -> Name {
    Name { text: text.into(), language, kind, derived: false, evidence: vec![by("good")] }
}

fn claim(key: &str, value: Kept, source: &str) -> Claim {
    Claim { key: key.into(), value, qualifiers: Properties::new(), evidence: vec![by(source)] }
}

/// Two entities and a fact.
fn store() -> Store {
    let mut changes = Changes::by("a test");
    changes.sources = vec![source("good", Reliability::A), source("weak", Reliability::C)];
    changes.entities = vec![
        Entity {
            id: EntityId::new("startup:moonshot-ai").unwrap(),
            labels: vec!["Startup".into(), "Company".into()],
            names: vec![
                name("Kimi 公司", Language::Simplified, NameKind::Alias),
                name("Moonshot AI", Language::English, NameKind::Canonical),
                name("月之暗面", Language::Simplified, NameKind::Canonical),
            ],
            claims: vec![
                claim("founded", Kept::Date("2022".parse().unwrap()), "weak"),
                claim("founded", Kept::Date("2023-03".parse().unwrap()), "good"),
                claim("employees", Kept::Int(300), "weak"),
            ],
        },
        Entity {
            id: EntityId::new("investor:hongshan").unwrap(),
            labels: vec!["Investor".into()],
            names: vec![name("红杉", Language::Simplified, NameKind::Canonical)],
            claims: vec![],
        },
    ];
    changes.facts = vec![Fact {
        id: FactId::new("f:1").unwrap(),
        subject: EntityId::new("investor:hongshan").unwrap(),
        predicate: "INVESTED_IN".into(),
        object: EntityId::new("startup:moonshot-ai").unwrap(),
        properties: [("date".to_owned(), Kept::Date("2024-02".parse().unwrap()))].into_iter().collect(),
        modality: Modality::Reported,
        evidence: vec![by("good"), by("weak")],
    }];
    let store = Store::in_memory();
    store.commit(&changes).unwrap();
    store
}

fn view(store: &Store) -> View {
    View::new(Rc::new(Base::load(store.read().unwrap()).unwrap()))
}

fn commit(store: &Store, view: View) -> View {
    let changes = view.into_changes("SET ...", "2025-01-31".parse().ok()).unwrap();
    store.commit(&changes).unwrap();
    self::view(store)
}

const MOONSHOT: NodeId = NodeId(0);
const HONGSHAN: NodeId = NodeId(1);
const INVESTED: RelationshipId = RelationshipId(0);

fn shown(view: &View) -> String {
    let record = view.node_properties(MOONSHOT).unwrap();
    record.iter().map(|(_, key, value)| format!("{key}={}", text(value))).collect::<Vec<_>>().join(" ")
}

fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::List(values) => format!("[{}]", values.iter().map(text).collect::<Vec<_>>().join(",")),
        other => format!("{other:?}"),
    }
}

fn set(view: &mut View, key: &str, value: impl Into<Option<&'static str>>) -> Result<(), QueryError> {
    let key = view.intern(key);
    let value = value.into().map_or(Value::Null, |value| Value::Text(value.into()));
    view.set_node_property(MOONSHOT, key, value)
}

#[test]
fn entities_show_names_and_the_claims_to_show() {
    let view = view(&store());
    assert_eq!(
        shown(&view),
        "employees=Int(300) founded=2023-03 id=startup:moonshot-ai name=Moonshot AI name_en=Moonshot AI name_zh=月之暗面"
    );
    assert!(view.is_landscape(MOONSHOT).unwrap());
    assert_eq!(view.named("moonshot ai").unwrap(), [MOONSHOT]);
    assert!(view.is_named(MOONSHOT, "KIMI公司").unwrap() && !view.is_named(HONGSHAN, "KIMI公司").unwrap());
    assert_eq!(view.by_id("investor:hongshan").unwrap(), Some(HONGSHAN));
    assert_eq!(view.by_id("no id").unwrap(), None);
    assert_eq!(view.names_of(MOONSHOT).unwrap(), ["Moonshot AI", "Kimi 公司", "月之暗面"]);
}

#[test]
fn facts_show_properties_modality_confidence_and_sources() {
    let view = view(&store());
    let record = view.relationship_properties(INVESTED).unwrap();
    let shown: Vec<String> = record.iter().map(|(_, key, value)| format!("{key}={}", text(value))).collect();
    assert_eq!(shown, ["confidence=Float(0.9)", "date=2024-02", "id=f:1", "modality=reported", "sources=[good,weak]"]);
    let sources = view.sources(Subject::Relationship(INVESTED)).unwrap();
    assert_eq!(text(&sources[0]["title"]), "Title of good");
    let evidence = view.evidence(Subject::Relationship(INVESTED)).unwrap();
    assert_eq!((text(&evidence[1]["source"]), text(&evidence[1]["date"])), ("weak".into(), "2024-03".into()));
    assert_eq!(view.evidence(Subject::Node(MOONSHOT)).unwrap().len(), 2);
}

#[test]
fn what_is_set_is_seen_at_once_and_after_the_commit() {
    let store = store();
    let mut view = view(&store);
    set(&mut view, "founded", "2021").unwrap();
    set(&mut view, "founded", "2020").unwrap();
    set(&mut view, "employees", None).unwrap();
    set(&mut view, "备注", "新").unwrap();
    set(&mut view, "name_en", "Moonshot").unwrap();
    let expected = "founded=2020 id=startup:moonshot-ai name=Moonshot name_en=Moonshot name_zh=月之暗面 备注=新";
    assert_eq!(shown(&view), expected);
    assert_eq!(view.named("Moonshot").unwrap(), [MOONSHOT]);
    let effects = view.effects().unwrap();
    assert_eq!((effects.properties_added, effects.properties_removed), (4, 4));
    let view = commit(&store, view);
    assert_eq!(shown(&view), expected);
    assert_eq!(view.named("moonshot ai").unwrap(), [MOONSHOT], "the name before stays an alias");
    let entity = store.read().unwrap().entity(0).unwrap();
    assert_eq!(entity.labels, ["Startup", "Company"]);
    assert_eq!(entity.claims.iter().filter(|claim| claim.key == "founded").count(), 3, "other sources are kept");
    let own = entity.claims.iter().find(|claim| claim.key == "备注").unwrap();
    let source = store.read().unwrap().source_by_id(&own.evidence[0].source).unwrap().unwrap();
    assert_eq!((source.title.as_str(), source.published), ("SET ...", "2025-01-31".parse().ok()));
    assert_eq!(entity.claims.last().unwrap().key, "备注");
}

#[test]
fn every_way_of_naming_shows_the_new_name() {
    for key in ["name", "name_en", "name_zh"] {
        for new in ["Dark Side", "暗面", "暗麵智譜", "Kimi 公司", "月之暗面", "Moonshot AI"] {
            let store = store();
            let mut view = view(&store);
            set(&mut view, key, new).unwrap();
            let now = |view: &View| text(&view.node_property(MOONSHOT, view.word(key).unwrap()).unwrap());
            assert_eq!(now(&view), new, "{key}");
            let view = commit(&store, view);
            assert_eq!(now(&view), new, "{key}");
            for kept in ["Moonshot AI", "月之暗面", "kimi公司", new] {
                assert_eq!(view.named(kept).unwrap(), [MOONSHOT], "{kept} after {key} = {new}");
            }
        }
    }
}

#[test]
fn what_the_landscape_needs_cannot_be_set() {
    let mut view = view(&store());
    for (key, value) in [("id", Some("startup:x")), ("id", None), ("name", None), ("name", Some(" "))] {
        set(&mut view, key, value).unwrap_err();
    }
    set(&mut view, "id", "startup:moonshot-ai").unwrap();
    let modality = view.intern("modality");
    let confidence = view.intern("confidence");
    let error = view.set_relationship_property(INVESTED, confidence, Value::Float(1.0)).unwrap_err();
    assert_eq!(error.detail(), Detail::InvalidArgumentValue);
    view.set_relationship_property(INVESTED, modality, Value::Text("maybe".into())).unwrap_err();
    view.set_relationship_property(INVESTED, modality, Value::Text("denied".into())).unwrap();
    let map = Value::Map(Default::default());
    assert_eq!(view.set_node_property(MOONSHOT, modality, map).unwrap_err().detail(), Detail::InvalidPropertyType);
}

#[test]
fn facts_are_changed_and_made_between_entities() {
    let store = store();
    let mut view = view(&store);
    let (date, stake, modality) = (view.intern("date"), view.intern("stake_pct"), view.intern("modality"));
    view.set_relationship_property(INVESTED, date, Value::Text("2024-05-01".into())).unwrap();
    view.set_relationship_property(INVESTED, modality, Value::Text("asserted".into())).unwrap();
    let kind = view.intern("ADVISES");
    let properties =
        vec![(date, Value::Text("2023".into())), (stake, Value::Null), (modality, Value::Text("planned".into()))];
    view.create_relationship(HONGSHAN, kind, MOONSHOT, properties).unwrap();
    let view = commit(&store, view);
    let snapshot = store.read().unwrap();
    let changed = snapshot.fact(0).unwrap();
    assert_eq!((changed.date(), changed.modality), ("2024-05-01".parse().ok(), Modality::Asserted));
    assert!((changed.confidence() - 0.9).abs() < 1e-6, "setting a property makes no fact surer");
    assert_eq!(changed.evidence.len(), 3);
    let made = snapshot.fact(1).unwrap();
    assert_eq!((made.id.as_str(), made.date(), made.modality), ("rel:1", "2023".parse().ok(), Modality::Planned));
    assert_eq!(view.degree(HONGSHAN, Direction::Out), 2);
    let mut cursor = view.edges_between(MOONSHOT, HONGSHAN, Direction::In);
    let kinds: Vec<_> = std::iter::from_fn(|| view.next_edge(&mut cursor)).map(|edge| edge.2).collect();
    assert!(kinds.contains(&view.word("ADVISES").unwrap()) && kinds.len() == 2);
}

#[test]
fn deleted_entities_are_retracted_with_their_facts() {
    let store = store();
    let mut view = view(&store);
    view.delete_node(MOONSHOT);
    assert_eq!(view.dangling(), Some(MOONSHOT));
    view.detach_delete_node(HONGSHAN);
    assert_eq!(view.dangling(), None);
    let view = commit(&store, view);
    assert_eq!((view.node_count(), view.relationship_count()), (0, 0));
    assert_eq!(view.named("红杉").unwrap(), []);
    assert_eq!(view.by_id("investor:hongshan").unwrap(), None);
    assert!(!view.is_node(HONGSHAN));
    assert_eq!(view.label_count(view.word("Investor").unwrap()), 0);
}

#[test]
fn a_connected_node_is_not_deleted() {
    let mut view = view(&store());
    view.delete_node(MOONSHOT);
    let error = view.into_changes("DELETE n", None).unwrap_err();
    assert_eq!(error.detail(), Detail::DeleteConnectedNode);
}
