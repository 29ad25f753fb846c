//! Random puts, retractions, mergings and splittings against a naive model: what is visible now, and what was visible at
//! every generation.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeMap;

use ailand::Changes;
use ailand::model::{
    Claim, Entity, EntityId, Evidence, Fact, FactId, Language, Modality, Name, NameKind, Properties, Reliability,
    Source, SourceId, Value,
};
use ailand::store::{Snapshot, Store, StoreError};
use proptest::collection::vec;
use proptest::prelude::*;

const ENTITIES: usize = 7;
const FACTS: usize = 10;
const SOURCES: usize = 3;

fn entity_id(n: usize) -> EntityId {
    EntityId::new(format!("startup:e{n}")).unwrap()
}

fn evidence() -> impl Strategy<Value = Vec<Evidence>> {
    let one = (0..SOURCES, prop::option::weighted(0.2, 0..ENTITIES)).prop_map(|(source, party)| Evidence {
        asserted_by: party.map(entity_id),
        ..Evidence::curated(SourceId::new(format!("s{source}")).unwrap())
    });
    vec(one, 1..3)
}

fn entity() -> impl Strategy<Value = Entity> {
    let name =
        (0..9usize, prop::bool::ANY, prop::option::weighted(0.3, evidence())).prop_map(|(n, canonical, seen)| Name {
            text: format!("Name {n}"),
            language: Language::English,
            kind: if canonical { NameKind::Canonical } else { NameKind::Alias },
            derived: false,
            evidence: seen.unwrap_or_default(),
        });
    let claim = (0..3i64, evidence()).prop_map(|(n, evidence)| Claim {
        key: "size".into(),
        value: Value::Int(n),
        qualifiers: Properties::new(),
        evidence,
    });
    let labels = prop::sample::subsequence(vec!["Startup".to_owned(), "Investor".to_owned()], 0..=2);
    (0..ENTITIES, labels, vec(name, 0..3), vec(claim, 0..2)).prop_map(|(n, labels, names, claims)| Entity {
        id: entity_id(n),
        labels,
        names,
        claims,
    })
}

fn fact() -> impl Strategy<Value = Fact> {
    (0..FACTS, 0..ENTITIES, "A|B", 0..ENTITIES, evidence()).prop_map(|(n, subject, predicate, object, evidence)| Fact {
        id: FactId::new(format!("f{n}")).unwrap(),
        subject: entity_id(subject),
        predicate,
        object: entity_id(object),
        properties: Properties::new(),
        modality: Modality::Asserted,
        evidence,
    })
}

fn source(n: usize) -> Source {
    Source {
        id: SourceId::new(format!("s{n}")).unwrap(),
        kind: "page".into(),
        title: String::new(),
        publisher: None,
        url: None,
        published: None,
        language: None,
        content_hash: None,
        license: None,
        reliability: Reliability::A,
    }
}

#[derive(Debug, Clone)]
enum Step {
    Put(Vec<usize>, Vec<Entity>, Vec<Fact>),
    /// Facts, entities and sources by number; where the flag is set, with all facts of the entities.
    Retract(Vec<usize>, Vec<usize>, Vec<usize>, bool),
    Merge(usize, usize),
    Split(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let put = (vec(0..SOURCES, 0..2), vec(entity(), 0..4), vec(fact(), 0..4));
    let retract = (vec(0..FACTS, 0..3), vec(0..ENTITIES, 0..2), vec(0..SOURCES, 0..2), any::<bool>());
    prop_oneof![
        4 => put.prop_map(|(sources, entities, facts)| Step::Put(sources, entities, facts)),
        3 => retract.prop_map(|(facts, entities, sources, whole)| Step::Retract(facts, entities, sources, whole)),
        3 => (0..ENTITIES, 0..ENTITIES).prop_map(|(absorbed, kept)| Step::Merge(absorbed, kept)),
        2 => (0..ENTITIES).prop_map(Step::Split),
    ]
}

/// What is visible.
#[derive(Debug, Clone, Default, PartialEq)]
struct State {
    sources: BTreeMap<SourceId, Source>,
    entities: BTreeMap<EntityId, Entity>,
    facts: BTreeMap<FactId, Fact>,
    /// What each id leads to.
    leads: BTreeMap<EntityId, EntityId>,
}

impl State {
    fn read(snapshot: &Snapshot) -> Self {
        let entities: BTreeMap<_, _> = snapshot.entities().map(|e| e.unwrap()).map(|e| (e.id.clone(), e)).collect();
        let mut leads = BTreeMap::new();
        for id in (0..ENTITIES).map(entity_id) {
            if let Some(number) = snapshot.entity_number(&id).unwrap() {
                leads.insert(id, snapshot.entity(number).unwrap().id);
            }
        }
        let state = Self {
            sources: snapshot.sources().map(|s| s.unwrap()).map(|s| (s.id.clone(), s)).collect(),
            facts: snapshot.facts().map(|f| f.unwrap()).map(|f| (f.id.clone(), f)).collect(),
            entities,
            leads,
        };
        let counts = snapshot.counts();
        let lengths = [state.entities.len(), state.facts.len(), state.sources.len()];
        assert_eq!([counts.entities, counts.facts, counts.sources].map(|n| n as usize), lengths);
        state.check_derived(snapshot);
        state
    }

    /// Adjacency and names follow from the records.
    fn check_derived(&self, snapshot: &Snapshot) {
        let number = |id: &EntityId| snapshot.entity_number(id).unwrap().unwrap();
        for id in self.entities.keys() {
            let adjacency = snapshot.adjacency(number(id)).unwrap();
            let ids = |edges: &[ailand::store::Edge]| -> Vec<FactId> {
                let mut ids: Vec<FactId> = edges.iter().map(|edge| snapshot.fact(edge.fact).unwrap().id).collect();
                ids.sort();
                ids
            };
            let of = |end: fn(&Fact) -> &EntityId| -> Vec<FactId> {
                self.facts.values().filter(|fact| end(fact) == id).map(|fact| fact.id.clone()).collect()
            };
            assert_eq!(ids(&adjacency.outgoing), of(|fact| &fact.subject));
            assert_eq!(ids(&adjacency.incoming), of(|fact| &fact.object));
        }
        for n in 0..9 {
            let name = format!("Name {n}");
            let mut found: Vec<EntityId> = snapshot
                .names()
                .unwrap()
                .named(&name)
                .iter()
                .map(|posting| {
                    let entity = snapshot.entity(posting.entity).unwrap();
                    assert_eq!(entity.names[usize::from(posting.name)].text, name);
                    entity.id
                })
                .collect();
            found.sort();
            let mut expected: Vec<EntityId> = Vec::new();
            for entity in self.entities.values() {
                expected.extend(entity.names.iter().filter(|own| own.text == name).map(|_| entity.id.clone()));
            }
            assert_eq!(found, expected, "{name}");
        }
        for node in 0..snapshot.entity_bound() {
            assert_eq!(snapshot.find_adjacency(node).unwrap().is_some(), snapshot.has_entity(node).unwrap());
        }
    }

    fn mentions(evidence: &[Evidence], id: &EntityId) -> bool {
        evidence.iter().any(|one| one.asserted_by.as_ref() == Some(id))
    }

    fn all_evidence(entity: &Entity) -> impl Iterator<Item = &Evidence> {
        entity.names.iter().flat_map(|n| &n.evidence).chain(entity.claims.iter().flat_map(|c| &c.evidence))
    }

    fn is_mentioned(&self, id: &EntityId) -> bool {
        self.facts.values().any(|f| f.subject == *id || f.object == *id || Self::mentions(&f.evidence, id))
            || self.entities.values().any(|e| Self::all_evidence(e).any(|one| one.asserted_by.as_ref() == Some(id)))
    }

    fn resolve(&self, id: &mut EntityId) -> Option<()> {
        *id = self.leads.get(id)?.clone();
        Some(())
    }

    fn resolve_evidence(&self, evidence: &mut [Evidence]) -> Option<()> {
        for one in evidence {
            self.sources.contains_key(&one.source).then_some(())?;
            if let Some(party) = &mut one.asserted_by {
                self.resolve(party)?;
            }
        }
        Some(())
    }

    /// The state after a put; `None` when it must be refused.
    fn put(&self, sources: &[usize], entities: &[Entity], facts: &[Fact]) -> Option<Self> {
        let mut next = self.clone();
        for &n in sources {
            next.sources.insert(source(n).id, source(n));
        }
        for entity in entities {
            if self.leads.get(&entity.id).is_some_and(|led| *led != entity.id) {
                return None;
            }
            next.leads.insert(entity.id.clone(), entity.id.clone());
        }
        for entity in entities {
            let mut entity = entity.clone();
            for name in &mut entity.names {
                next.resolve_evidence(&mut name.evidence)?;
            }
            for claim in &mut entity.claims {
                next.resolve_evidence(&mut claim.evidence)?;
            }
            next.entities.insert(entity.id.clone(), entity);
        }
        for fact in facts {
            let mut fact = fact.clone();
            next.resolve(&mut fact.subject)?;
            next.resolve(&mut fact.object)?;
            next.resolve_evidence(&mut fact.evidence)?;
            next.facts.insert(fact.id.clone(), fact);
        }
        Some(next)
    }

    fn retract(&self, facts: &[FactId], entities: &[EntityId], sources: &[SourceId]) -> Option<Self> {
        let mut next = self.clone();
        for id in facts {
            next.facts.remove(id)?;
        }
        for id in sources {
            next.sources.remove(id)?;
        }
        let gone = |one: &Evidence| sources.contains(&one.source);
        next.facts.retain(|_, fact| {
            fact.evidence.retain(|one| !gone(one));
            !fact.evidence.is_empty()
        });
        for id in entities {
            next.entities.remove(id)?;
        }
        for entity in next.entities.values_mut() {
            entity.names.iter_mut().for_each(|name| name.evidence.retain(|one| !gone(one)));
            entity.claims.iter_mut().for_each(|claim| claim.evidence.retain(|one| !gone(one)));
            entity.claims.retain(|claim| !claim.evidence.is_empty());
        }
        next.leads.retain(|_, led| next.entities.contains_key(led));
        (!entities.iter().any(|id| next.is_mentioned(id))).then_some(next)
    }

    fn merge(&self, absorbed: &EntityId, kept: &EntityId) -> Option<Self> {
        let mut next = self.clone();
        let other = next.entities.remove(absorbed)?;
        let own = next.entities.get_mut(kept)?;
        let extra = other.labels.iter().filter(|label| !own.labels.contains(label)).cloned().collect::<Vec<_>>();
        own.labels.extend(extra);
        let join = |own: &mut Vec<Evidence>, more: &[Evidence]| {
            more.iter().for_each(|one| {
                if !own.contains(one) {
                    own.push(one.clone())
                }
            });
        };
        for name in &other.names {
            match own.names.iter_mut().find(|known| known.text == name.text) {
                Some(known) => join(&mut known.evidence, &name.evidence),
                None => own.names.push(Name { kind: NameKind::Alias, ..name.clone() }),
            }
        }
        for claim in &other.claims {
            match own.claims.iter_mut().find(|known| known.value == claim.value) {
                Some(known) => join(&mut known.evidence, &claim.evidence),
                None => own.claims.push(claim.clone()),
            }
        }
        let rename = |evidence: &mut Vec<Evidence>| {
            evidence.iter_mut().filter(|one| one.asserted_by.as_ref() == Some(absorbed)).for_each(|one| {
                one.asserted_by = Some(kept.clone());
            });
        };
        for entity in next.entities.values_mut() {
            entity.names.iter_mut().for_each(|name| rename(&mut name.evidence));
            entity.claims.iter_mut().for_each(|claim| rename(&mut claim.evidence));
        }
        for fact in next.facts.values_mut() {
            for end in [&mut fact.subject, &mut fact.object] {
                if end == absorbed {
                    *end = kept.clone();
                }
            }
            rename(&mut fact.evidence);
        }
        for led in next.leads.values_mut().filter(|led| *led == absorbed) {
            *led = kept.clone();
        }
        Some(next)
    }
}

/// A store with every state it should have had.
struct Run {
    store: Store,
    states: Vec<State>,
}

impl Run {
    fn now(&self) -> &State {
        self.states.last().unwrap()
    }

    /// Notes a state that must be the present one, but for ids that lead to entities that were away.
    fn reach(&mut self, expected: State) {
        let damage = self.store.verify().unwrap().damage;
        assert!(damage.is_empty(), "{damage:?}");
        let snapshot = self.store.read().unwrap();
        let found = State::read(&snapshot);
        assert_eq!(
            (&found.sources, &found.entities, &found.facts),
            (&expected.sources, &expected.entities, &expected.facts)
        );
        assert!(expected.leads.iter().all(|(id, led)| found.leads.get(id) == Some(led)), "{:?}", found.leads);
        if snapshot.generation() as usize == self.states.len() {
            self.states.push(found);
        } else {
            assert_eq!(snapshot.generation() as usize + 1, self.states.len());
            assert_eq!(found, *self.now());
        }
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Put(sources, entities, facts) => {
                let changes = Changes {
                    sources: sources.iter().map(|&n| source(n)).collect(),
                    entities: entities.clone(),
                    facts: facts.clone(),
                    ..Changes::by("put")
                };
                let expected = self.now().put(sources, entities, facts);
                self.commit(&changes, expected);
            }
            Step::Retract(facts, entities, sources, whole) => {
                let now = self.now();
                let mut facts: Vec<FactId> = facts.iter().map(|n| FactId::new(format!("f{n}")).unwrap()).collect();
                let entities: Vec<EntityId> = entities.iter().map(|&n| entity_id(n)).collect();
                if *whole {
                    let of = |fact: &&Fact| entities.iter().any(|id| fact.subject == *id || fact.object == *id);
                    facts.extend(now.facts.values().filter(of).map(|fact| fact.id.clone()));
                }
                facts.sort();
                facts.dedup();
                let mut sources: Vec<SourceId> = sources.iter().map(|&n| source(n).id).collect();
                sources.dedup();
                let mut changes = Changes::by("retract");
                changes.retractions.facts.clone_from(&facts);
                changes.retractions.entities.clone_from(&entities);
                changes.retractions.sources.clone_from(&sources);
                let expected = now.retract(&facts, &entities, &sources);
                self.commit(&changes, expected);
            }
            Step::Merge(absorbed, kept) => {
                let (absorbed, kept) = (entity_id(*absorbed), entity_id(*kept));
                let expected = if absorbed == kept { None } else { self.now().merge(&absorbed, &kept) };
                let before = self.now().clone();
                match (self.store.merge(&absorbed, &kept, "merge", Some("the same")), expected) {
                    (Ok(_), Some(expected)) => {
                        self.reach(expected);
                        // Undone at once, everything is as before.
                        self.store.split(&absorbed, "split", None).unwrap();
                        self.reach(before.clone());
                        assert_eq!(*self.now(), before);
                        self.store.merge(&absorbed, &kept, "merge", None).unwrap();
                        let again = self.states[self.states.len() - 2].clone();
                        self.reach(again);
                    }
                    (Err(_), None) => {}
                    (result, expected) => panic!("{result:?} instead of {expected:?}"),
                }
            }
            Step::Split(n) => self.split(&entity_id(*n)),
        }
    }

    fn commit(&mut self, changes: &Changes, expected: Option<State>) {
        match (self.store.commit(changes), expected) {
            (Ok(_), Some(expected)) => self.reach(expected),
            (
                Err(
                    StoreError::UnknownReference { .. }
                    | StoreError::NothingToRetract { .. }
                    | StoreError::Mentioned { .. }
                    | StoreError::Merged { .. },
                ),
                None,
            ) => assert_eq!(State::read(&self.store.read().unwrap()), *self.now()),
            (result, expected) => panic!("{result:?} instead of {expected:?}"),
        }
    }

    /// A splitting after other commits: what must hold whatever they changed.
    fn split(&mut self, id: &EntityId) {
        let before = self.now().clone();
        let merged = before.leads.get(id).filter(|led| *led != id).cloned();
        match self.store.split(id, "split", None) {
            Ok(_) => {
                let kept = merged.expect("only what is merged can be split");
                let found = State::read(&self.store.read().unwrap());
                assert!(found.entities.contains_key(id) && found.entities.contains_key(&kept));
                assert_eq!(found.facts.keys().collect::<Vec<_>>(), before.facts.keys().collect::<Vec<_>>());
                assert_eq!(found.sources, before.sources);
                for (fact, was) in found.facts.values().zip(before.facts.values()) {
                    for (end, was) in [(&fact.subject, &was.subject), (&fact.object, &was.object)] {
                        assert!(end == was || end == id && *was == kept, "{fact:?} was {was:?}");
                    }
                }
                self.reach(found);
            }
            // The last of them once its history was given up.
            Err(
                StoreError::NotMerged { .. }
                | StoreError::Merged { .. }
                | StoreError::Retracted { .. }
                | StoreError::NoSuchGeneration { .. },
            ) => {
                assert_eq!(State::read(&self.store.read().unwrap()), before);
            }
            Err(error) => panic!("{error}"),
        }
    }

    /// Gives up the history before a generation; the present stays, and what is left of the past.
    fn forget(&mut self, before: usize) {
        let report =
            self.store.commit(&Changes { forget_before: Some(before as u64), ..Changes::by("forget") }).unwrap();
        let is_new = before > 0;
        assert_eq!(report.generation as usize, self.states.len() - usize::from(!is_new));
        self.reach(self.now().clone());
        for generation in 0..before as u64 {
            assert!(matches!(self.store.read_at(generation), Err(StoreError::NoSuchGeneration { .. })));
        }
        self.check_past(before);
    }

    fn check_past(&self, oldest: usize) {
        for (generation, state) in self.states.iter().enumerate().skip(oldest) {
            let snapshot = self.store.read_at(generation as u64).unwrap();
            assert_eq!(snapshot.generation(), generation as u64);
            assert_eq!(State::read(&snapshot), *state, "generation {generation}");
        }
        assert!(matches!(self.store.read_at(self.states.len() as u64), Err(StoreError::NoSuchGeneration { .. })));
        let log: Vec<_> = self.store.read().unwrap().log().map(|commit| commit.unwrap()).collect();
        assert_eq!(log.len() + 1, self.states.len());
        assert!(log.iter().zip(log.iter().skip(1)).all(|(a, b)| a.generation == b.generation + 1 && a.time >= b.time));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, max_shrink_iters: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn every_generation_can_be_read_again(steps in vec(step(), 1..14), forgotten in any::<prop::sample::Index>()) {
        let mut run = Run { store: Store::in_memory(), states: vec![State::default()] };
        let entity = |n| Entity { id: entity_id(n), labels: vec![], names: vec![], claims: vec![] };
        run.take(&Step::Put((0..SOURCES).collect(), (0..ENTITIES - 1).map(entity).collect(), vec![]));
        for step in &steps {
            run.take(step);
        }
        run.check_past(0);
        let before = forgotten.index(run.states.len() + 1);
        run.forget(before);
        run.take(&steps[0]);
        run.check_past(before);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn so_it_can_in_a_folder(steps in vec(step(), 1..8)) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_or_create(folder.path().join("db")).unwrap();
        let mut run = Run { store, states: vec![State::default()] };
        let entity = |n| Entity { id: entity_id(n), labels: vec![], names: vec![], claims: vec![] };
        run.take(&Step::Put((0..SOURCES).collect(), (0..ENTITIES).map(entity).collect(), vec![]));
        for step in &steps {
            run.take(step);
        }
        run.check_past(0);
    }
}
