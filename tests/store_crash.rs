//! What was acknowledged survives `kill -9`, and what a kill leaves behind is in nobody's way.
//!
//! `AILAND_KILLS` sets how many processes are killed.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod ground;

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use ailand::model::{
    Entity, EntityId, Evidence, Fact, FactId, Modality, Name, NameKind, Properties, Reliability, Source,
};
use ailand::model::{Language, SourceId};
use ailand::store::{Snapshot, Store};
use ailand::{Changes, Landscape};
use ground::{bundle, copy, number_from, run};

const DATABASE: &str = "AILAND_CRASH_DATABASE";
const FIRST: &str = "AILAND_CRASH_FIRST";
/// Facts of one commit.
const FACTS: usize = 8;
/// Reading everything after every kill would take most of the time.
const VERIFY_EVERY: usize = 8;

/// The records of commit `number`: a source, two entities and many facts between them, and a changed older entity.
fn changes(number: u64) -> Changes {
    let source = SourceId::new(format!("s{number}")).unwrap();
    let entity = |id: String, name: String| Entity {
        id: EntityId::new(id).unwrap(),
        labels: vec!["Startup".into()],
        names: vec![Name {
            text: name,
            language: Language::English,
            kind: NameKind::Canonical,
            derived: false,
            evidence: vec![Evidence::curated(source.clone())],
        }],
        claims: vec![],
    };
    let (subject, object) = (format!("startup:a{number}"), format!("startup:b{number}"));
    let fact = |i: usize| Fact {
        id: FactId::new(format!("f{number}-{i}")).unwrap(),
        subject: EntityId::new(subject.clone()).unwrap(),
        predicate: "INVESTED_IN".into(),
        object: EntityId::new(object.clone()).unwrap(),
        properties: Properties::new(),
        modality: Modality::Asserted,
        evidence: vec![Evidence::curated(source.clone())],
    };
    Changes {
        sources: vec![Source {
            id: source.clone(),
            kind: "page".into(),
            title: format!("source {number}"),
            publisher: None,
            url: None,
            published: None,
            language: None,
            content_hash: None,
            license: None,
            reliability: Reliability::A,
        }],
        entities: vec![
            entity(subject.clone(), format!("Subject {number}")),
            entity(object.clone(), format!("Object {number}")),
            entity("startup:counter".into(), format!("Counter {number}")),
        ],
        facts: (0..FACTS).map(fact).collect(),
        by: "crash test".into(),
        ..Changes::default()
    }
}

/// How many commits a snapshot holds; fails when it holds a part of one.
fn whole_commits(snapshot: &Snapshot) -> u64 {
    let generation = snapshot.generation();
    let counts = snapshot.counts();
    let commits = u32::try_from(generation).unwrap();
    assert_eq!(counts.sources, commits);
    assert_eq!(counts.entities, if commits == 0 { 0 } else { 2 * commits + 1 });
    assert_eq!(counts.facts, commits * u32::try_from(FACTS).unwrap());
    if let Some(last) = generation.checked_sub(1) {
        let counter = snapshot.entity_number(&EntityId::new("startup:counter").unwrap()).unwrap().unwrap();
        assert_eq!(snapshot.entity(counter).unwrap().names[0].text, format!("Counter {last}"));
        assert_eq!(snapshot.names().unwrap().named(&format!("Subject {last}")).len(), 1);
        let subject = snapshot.entity_number(&EntityId::new(format!("startup:a{last}")).unwrap()).unwrap().unwrap();
        assert_eq!(snapshot.adjacency(subject).unwrap().outgoing.len(), FACTS);
    }
    generation
}

/// Not a test of its own: the process that is killed. It commits as fast as it can and says so after each commit.
#[test]
fn commits_until_it_is_killed() {
    let Ok(folder) = std::env::var(DATABASE) else { return };
    let store = Store::open_or_create(folder).unwrap();
    let mut out = std::io::stderr().lock();
    for number in std::env::var(FIRST).unwrap().parse::<u64>().unwrap().. {
        let report = store.commit(&changes(number)).unwrap();
        assert_eq!(report.generation, number + 1);
        writeln!(out, "acknowledged {}", report.generation).unwrap();
    }
}

fn writer(db: &Path, first: u64) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "commits_until_it_is_killed", "--nocapture", "--test-threads=1"])
        .env(DATABASE, db)
        .env(FIRST, first.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Sets the flag when it goes.
struct Stop<'a>(&'a AtomicBool);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn every_acknowledged_commit_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("db");
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let readers: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    let (mut newest, mut reads) = (0, 0);
                    // However slow the machine is, a few reads are needed to mean anything.
                    while !done.load(Ordering::Relaxed) || reads <= 20 {
                        let store = Store::open_or_create(&db).unwrap();
                        let generation = whole_commits(&store.read().unwrap());
                        assert!(generation >= newest, "a reader saw {newest} commits, and then {generation}");
                        (newest, reads) = (generation, reads + 1);
                        thread::sleep(Duration::from_millis(1));
                    }
                    reads
                })
            })
            .collect();
        // Readers end even when an assertion here fails.
        let stop = Stop(&done);
        let mut acknowledged = 0;
        for kill in 0..number_from("AILAND_KILLS", 40) {
            let mut child = writer(&db, acknowledged);
            let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
            // Somewhere between its beginning and a few commits later.
            let mut said: Vec<String> = lines.by_ref().take(kill % 4).collect();
            thread::sleep(Duration::from_micros((kill as u64 * 7919) % 97 * 300));
            child.kill().unwrap();
            child.wait().unwrap();
            said.extend(lines);
            for line in said {
                acknowledged = line.strip_prefix("acknowledged ").unwrap_or_else(|| panic!("{line}")).parse().unwrap();
            }
            let store = Store::open_or_create(&db).unwrap();
            let found = whole_commits(&store.read().unwrap());
            // One more than was acknowledged: the kill came between the disk and the word.
            assert!(found == acknowledged || found == acknowledged + 1, "{found} commits of {acknowledged}");
            if kill % VERIFY_EVERY == 0 {
                let verified = store.verify().unwrap();
                assert!(verified.damage.is_empty(), "{:?}", verified.damage);
                assert!(found == 0 || verified.pages > 0);
            }
            acknowledged = found;
        }
        drop(stop);
        assert!(acknowledged > 5, "{acknowledged} commits are too few to mean anything");
        for reader in readers {
            reader.join().unwrap();
        }
    });
}

#[test]
fn a_killed_first_question_leaves_nothing_in_the_way() {
    for pause in [0, 5, 20, 60, 120, 200] {
        let folder = tempfile::tempdir().unwrap();
        let db = folder.path().join("db");
        let mut child = ground::ailand(&db)
            .args(["ask", "谁投资了月之暗面"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(pause));
        child.kill().unwrap();
        child.wait().unwrap();
        let answer = run(&db, &["ask", "谁投资了月之暗面"]).expect(0);
        assert!(answer.stdout.contains("红杉"), "killed after {pause} ms: {}", answer.stdout);
        run(&db, &["verify"]).expect(0);
    }
}

/// Copies the bundled database, lets `spoil` loose on the copy, and expects everything to work, writing included.
fn shrugs_off(what: &str, spoil: impl Fn(&Path)) {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("db");
    copy(bundle(), &db);
    spoil(&db);
    let card = |db: &Path| run(db, &["show", "月之暗面", "--format", "json"]).expect(0).stdout;
    assert_eq!(card(&db), card(bundle()), "{what}");
    spoil(&db);
    let landscape = Landscape::open(&db).unwrap();
    assert_eq!(landscape.verify().unwrap().damage, Vec::<String>::new(), "{what}");
    spoil(&db);
    landscape.commit(&changes(0)).unwrap();
    for _ in 0..2 {
        run(&db, &["show", "startup:a0"]).expect(0);
        spoil(&db);
    }
    assert_eq!(landscape.snapshot().unwrap().generation(), 2, "{what}");
    assert_eq!(landscape.verify().unwrap().damage, Vec::<String>::new(), "{what}");
}

fn snapshots(db: &Path) -> Vec<std::path::PathBuf> {
    let all = fs::read_dir(db.join("pages")).unwrap().map(|entry| entry.unwrap().path());
    all.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("snap.")).collect()
}

/// The log looks changed, so that readers have to ask sled.
fn touch_log(db: &Path) {
    let log = File::options().append(true).open(db.join("pages/db")).unwrap();
    log.set_modified(std::time::SystemTime::now()).unwrap();
}

#[test]
fn snapshots_that_sled_did_not_finish_are_removed() {
    shrugs_off("a snapshot cut off while it was written", |db| {
        touch_log(db);
        for snapshot in snapshots(db) {
            let bytes = fs::read(&snapshot).unwrap();
            let name = format!("{}0.generating", snapshot.file_name().unwrap().to_str().unwrap());
            fs::write(db.join("pages").join(name), &bytes[..bytes.len() / 2]).unwrap();
        }
    });
    shrugs_off("an empty snapshot that was being written", |db| {
        touch_log(db);
        fs::write(db.join("pages/snap.FFFFFFFFFFFFFFFF.generating"), b"").unwrap();
    });
}

#[test]
fn damaged_snapshots_of_sled_are_rebuilt() {
    for (what, damage) in [
        ("flipped", (|bytes: &mut Vec<u8>| bytes[40] ^= 16) as fn(&mut Vec<u8>)),
        ("cut", |bytes| bytes.truncate(bytes.len() / 2)),
        ("emptied", Vec::clear),
        ("overwritten", |bytes| bytes.fill(0xA5)),
    ] {
        shrugs_off(&format!("a snapshot {what}"), |db| {
            touch_log(db);
            for snapshot in snapshots(db) {
                let mut bytes = fs::read(&snapshot).unwrap();
                if bytes.len() > 40 {
                    damage(&mut bytes);
                    fs::write(&snapshot, bytes).unwrap();
                }
            }
        });
    }
    shrugs_off("no snapshot", |db| {
        touch_log(db);
        snapshots(db).iter().for_each(|snapshot| fs::remove_file(snapshot).unwrap());
    });
}

#[test]
fn the_image_is_only_a_cache() {
    let image = |db: &Path| db.join("image");
    let rewrite = |db: &Path, change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = fs::read(image(db)).unwrap_or_default();
        change(&mut bytes);
        fs::write(image(db), bytes).unwrap();
    };
    shrugs_off("no image", |db| drop(fs::remove_file(image(db))));
    shrugs_off("an empty image", |db| rewrite(db, &Vec::clear));
    shrugs_off("an image cut in its directory", |db| rewrite(db, &|bytes| bytes.truncate(100)));
    shrugs_off("an image cut in its pages", |db| rewrite(db, &|bytes| bytes.truncate(bytes.len() * 9 / 10)));
    shrugs_off("an image with damaged pages", |db| {
        rewrite(db, &|bytes| bytes.iter_mut().skip(4000).step_by(500).for_each(|byte| *byte ^= 1));
    });
    shrugs_off("an image with a damaged catalog", |db| {
        // The directory begins at byte 40 and has 17 bytes for each page: the key, the place and the length.
        rewrite(db, &|bytes| {
            let mut entries = (40..bytes.len().saturating_sub(17)).step_by(17);
            let Some(entry) = entries.find(|&at| bytes[at..at + 5] == [b'C', 0, 0, 0, 0]) else { return };
            let offset = u64::from_le_bytes(bytes[entry + 5..entry + 13].try_into().unwrap());
            bytes[usize::try_from(offset).unwrap() + 30] ^= 1;
        });
    });
    shrugs_off("an image with another stamp", touch_log);
    shrugs_off("an image of another program", |db| {
        rewrite(db, &|bytes| bytes.splice(..0, *b"PNG").collect::<Vec<_>>().clear())
    });
    shrugs_off("an image that was being written", |db| fs::write(db.join("image.new"), b"AILANDIM half").unwrap());
    shrugs_off("leftovers of every file", |db| {
        for name in ["image.new", "generation.new", "FORMAT.new"] {
            fs::write(db.join(name), b"half").unwrap();
        }
    });
    shrugs_off("no witness", |db| drop(fs::remove_file(db.join("generation"))));
    shrugs_off("a damaged witness", |db| fs::write(db.join("generation"), b"9999 00000000\n").unwrap());
}

#[test]
fn lost_commits_are_damage_and_not_an_older_answer() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("db");
    copy(bundle(), &db);
    let older = folder.path().join("older");
    copy(&db.join("pages"), &older);
    ground::finish(ground::ailand(&db).args(["import", "-"]), ground::records("new").as_bytes()).expect(0);
    fs::remove_dir_all(db.join("pages")).unwrap();
    copy(&older, &db.join("pages"));
    let verified = run(&db, &["verify"]).expect(4);
    assert!(verified.stdout.contains("commit 2 was acknowledged"), "{}", verified.stdout);
    ground::finish(ground::ailand(&db).args(["import", "-"]), ground::records("other").as_bytes()).expect(4);
    // The image still holds what was lost, so it can be exported.
    run(&db, &["show", "startup:new"]).expect(0);
    fs::remove_file(db.join("image")).unwrap();
    run(&db, &["show", "startup:new"]).expect(4);
    // Whoever accepts the loss can go on.
    fs::remove_file(db.join("generation")).unwrap();
    run(&db, &["show", "startup:new"]).expect(2);
    run(&db, &["show", "startup:moonshot-ai"]).expect(0);
    run(&db, &["verify"]).expect(0);
}
