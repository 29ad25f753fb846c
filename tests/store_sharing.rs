//! Eight processes read one database while two write it: no half commit is seen, none is lost, and nobody waits too long.
//!
//! `AILAND_SHARED_COMMITS` sets how many commits there are.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stderr)]

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use ailand::Changes;
use ailand::model::{
    Entity, EntityId, Evidence, Fact, FactId, Language, Modality, Name, NameKind, Properties, Reliability, Source,
    SourceId,
};
use ailand::store::{Snapshot, Store, StoreError};

const DATABASE: &str = "AILAND_SHARED_DATABASE";
const WRITER: &str = "AILAND_SHARED_WRITER";
const COMMITS: &str = "AILAND_SHARED_COMMITS";
const READERS: usize = 8;
const WRITERS: usize = 2;
/// Nobody may wait longer.
const DEADLINE: Duration = Duration::from_secs(10);

fn commits() -> u64 {
    std::env::var(COMMITS).map_or(60, |text| text.parse().expect("a number"))
}

fn entity(id: &str, name: String) -> Entity {
    let evidence = vec![Evidence::curated(SourceId::new("s").unwrap())];
    let name = Name { text: name, language: Language::English, kind: NameKind::Canonical, derived: false, evidence };
    Entity { id: EntityId::new(id).unwrap(), labels: vec!["Startup".into()], names: vec![name], claims: vec![] }
}

/// What the counter says: how many commits were made on top of each other.
fn counted(snapshot: &Snapshot) -> u64 {
    let Some(number) = snapshot.entity_number(&EntityId::new("startup:counter").unwrap()).unwrap() else { return 0 };
    let counter = snapshot.entity(number).unwrap();
    counter.names[0].text.strip_prefix("Counter ").unwrap().parse().unwrap()
}

/// One more entity, a fact about it, and the counter of the base plus one.
fn next(base: &Snapshot, tag: &str) -> Changes {
    let source = SourceId::new("s").unwrap();
    let id = format!("startup:{tag}");
    let fact = Fact {
        id: FactId::new(format!("f-{tag}")).unwrap(),
        subject: EntityId::new(id.clone()).unwrap(),
        predicate: "PART_OF".into(),
        object: EntityId::new("startup:counter").unwrap(),
        properties: Properties::new(),
        modality: Modality::Asserted,
        evidence: vec![Evidence::curated(source.clone())],
    };
    Changes {
        sources: vec![Source {
            id: source,
            kind: "page".into(),
            title: "A page".into(),
            publisher: None,
            url: None,
            published: None,
            language: None,
            content_hash: None,
            license: None,
            reliability: Reliability::A,
        }],
        entities: vec![
            entity("startup:counter", format!("Counter {}", counted(base) + 1)),
            entity(&id, format!("Name {tag}")),
        ],
        facts: vec![fact],
        ..Changes::by("test")
    }
}

/// Not a test of its own: a process that writes its share of the commits.
#[test]
fn writes_its_share() {
    let (Ok(folder), Ok(writer)) = (std::env::var(DATABASE), std::env::var(WRITER)) else { return };
    let store = Store::open(folder).unwrap().with_patience(DEADLINE);
    for n in 0..commits() / WRITERS as u64 {
        let tag = format!("w{writer}-{n}");
        store.commit_with(|base| -> Result<Changes, StoreError> { Ok(next(base, &tag)) }).unwrap();
    }
}

/// Not a test of its own: a process that reads until the last commit.
#[test]
fn reads_until_the_end() {
    let (Ok(folder), Err(_)) = (std::env::var(DATABASE), std::env::var(WRITER)) else { return };
    let store = Store::open(folder).unwrap().with_patience(DEADLINE);
    let (mut newest, mut longest, mut reads) = (0, Duration::ZERO, 0u64);
    while newest < commits() {
        let start = Instant::now();
        let snapshot = store.read().unwrap();
        longest = longest.max(start.elapsed());
        let generation = snapshot.generation() - 1;
        assert!(generation >= newest, "commit {generation} after commit {newest}");
        let counts = snapshot.counts();
        assert_eq!(u64::from(counts.entities), generation + 1);
        assert_eq!(u64::from(counts.facts), generation);
        assert_eq!(counted(&snapshot), generation);
        let counter = snapshot.entity_number(&EntityId::new("startup:counter").unwrap()).unwrap().unwrap();
        assert_eq!(snapshot.adjacency(counter).unwrap().incoming.len() as u64, generation);
        assert_eq!(snapshot.names().unwrap().named(&format!("Counter {generation}")).len(), 1);
        (newest, reads) = (generation, reads + 1);
    }
    assert!(longest < DEADLINE, "a reader waited {longest:?}");
    assert!(reads > 0);
}

fn process(test: &str, db: &Path, writer: Option<usize>) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture", "--test-threads=1"]).env(DATABASE, db).stdout(Stdio::null());
    if let Some(writer) = writer {
        command.env(WRITER, writer.to_string());
    }
    command.spawn().unwrap()
}

#[test]
fn eight_readers_and_two_writers_share_a_database() {
    if std::env::var(DATABASE).is_ok() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("db");
    let store = Store::open_or_create(&db).unwrap();
    let mut first = next(&store.read().unwrap(), "first");
    first.facts.clear();
    first.entities.truncate(1);
    first.entities[0].names[0].text = "Counter 0".into();
    store.commit(&first).unwrap();
    let writers: Vec<Child> = (0..WRITERS).map(|writer| process("writes_its_share", &db, Some(writer))).collect();
    let readers: Vec<Child> = (0..READERS).map(|_| process("reads_until_the_end", &db, None)).collect();
    for mut child in writers {
        assert!(child.wait().unwrap().success(), "a writer failed");
    }
    let snapshot = store.read().unwrap();
    let total = commits() / WRITERS as u64 * WRITERS as u64;
    assert_eq!(counted(&snapshot), total, "commits are lost");
    for writer in 0..WRITERS {
        for n in 0..total / WRITERS as u64 {
            let id = EntityId::new(format!("startup:w{writer}-{n}")).unwrap();
            assert!(snapshot.entity_number(&id).unwrap().is_some(), "commit {n} of writer {writer} is lost");
        }
    }
    for mut child in readers {
        assert!(child.wait().unwrap().success(), "a reader failed");
    }
    assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
}
