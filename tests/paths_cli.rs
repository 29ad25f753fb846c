//! The commands that walk the graph, asked through the binary and compared with searches over the exported facts.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};
use tempfile::TempDir;

/// A database of its own.
struct Database {
    folder: TempDir,
}

/// How a command ended.
struct Ended {
    code: i32,
    out: String,
    err: String,
}

impl Ended {
    fn json(&self) -> Json {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

impl Database {
    /// The bundled landscape.
    fn bundled() -> Self {
        let database = Self { folder: TempDir::new().unwrap() };
        assert_eq!(database.run(&["init"]).code, 0);
        database
    }

    /// Facts of a test: each is (id, subject, predicate, object, what else the record says).
    fn of(facts: &[(&str, &str, &str, &str, Json)]) -> Self {
        let mut ids: Vec<&str> = facts.iter().flat_map(|fact| [fact.1, fact.3]).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut lines = vec![json!({"source": "s", "kind": "page", "title": "A page", "reliability": "A"})];
        lines.extend(ids.iter().map(|id| {
            let label = if id.starts_with("investor:") { "Investor" } else { "Startup" };
            let name = json!({"text": id.split(':').nth(1), "language": "en", "kind": "canonical"});
            json!({"entity": id, "labels": [label], "names": [name]})
        }));
        for (id, subject, predicate, object, rest) in facts {
            let mut record = json!({"fact": id, "subject": subject, "predicate": predicate, "object": object});
            for key in ["modality", "properties"] {
                if let Some(value) = rest.get(key) {
                    record[key] = value.clone();
                }
            }
            let confidence = rest.get("confidence").cloned().unwrap_or(json!(1.0));
            record["evidence"] = json!([{"source": "s", "confidence": confidence}]);
            lines.push(record);
        }
        let database = Self { folder: TempDir::new().unwrap() };
        let file = database.folder.path().join("in.jsonl");
        fs::write(&file, lines.iter().map(|line| format!("{line}\n")).collect::<String>()).unwrap();
        let ended = database.run(&["import", file.to_str().unwrap()]);
        assert_eq!(ended.code, 0, "{}", ended.err);
        database
    }

    fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("db")
    }

    fn run(&self, arguments: &[&str]) -> Ended {
        let done = Command::new(env!("CARGO_BIN_EXE_ailand"))
            .arg("--db")
            .arg(self.path())
            .args(arguments)
            .env_remove("AILAND_DB")
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ended { code: done.status.code().unwrap(), out: text(done.stdout), err: text(done.stderr) }
    }

    /// The answer of a command that must find something.
    fn json(&self, arguments: &[&str]) -> Json {
        let ended = self.run(&[arguments, &["--format", "json"]].concat());
        assert_eq!(ended.code, 0, "{arguments:?}: {}{}", ended.out, ended.err);
        ended.json()
    }
}

/// A fact as the export tells it.
#[derive(Debug, Clone)]
struct Fact {
    subject: String,
    predicate: String,
    object: String,
}

/// The exported graph, walked in the most simple way.
struct Plain {
    facts: BTreeMap<String, Fact>,
    /// For every entity its facts and where they lead, either way.
    around: BTreeMap<String, Vec<(String, String)>>,
    labels: BTreeMap<String, Vec<String>>,
}

impl Plain {
    fn of(database: &Database) -> Self {
        let folder = database.folder.path().join("export");
        assert_eq!(database.run(&["export", folder.to_str().unwrap()]).code, 0);
        let read = |name: &str| -> Vec<Json> {
            let text = fs::read_to_string(Path::new(&folder).join(name)).unwrap();
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
        };
        let text = |record: &Json, key: &str| record[key].as_str().unwrap().to_owned();
        let mut facts = BTreeMap::new();
        let mut around: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        for record in read("facts.jsonl") {
            let (id, subject, object) = (text(&record, "fact"), text(&record, "subject"), text(&record, "object"));
            around.entry(subject.clone()).or_default().push((id.clone(), object.clone()));
            if subject != object {
                around.entry(object.clone()).or_default().push((id.clone(), subject.clone()));
            }
            facts.insert(id, Fact { subject, predicate: text(&record, "predicate"), object });
        }
        let words = |record: &Json| -> Vec<String> {
            record["labels"].as_array().unwrap().iter().map(|label| label.as_str().unwrap().to_owned()).collect()
        };
        let labels = read("entities.jsonl").iter().map(|record| (text(record, "entity"), words(record))).collect();
        Self { facts, around, labels }
    }

    /// Distances from an entity, and the number of shortest paths when every fact counts.
    fn distances(&self, from: &str) -> BTreeMap<&str, (usize, u64)> {
        let mut seen: BTreeMap<&str, (usize, u64)> = BTreeMap::new();
        let (from, _) = self.labels.get_key_value(from).unwrap();
        seen.insert(from, (0, 1));
        let mut queue = VecDeque::from([from.as_str()]);
        while let Some(node) = queue.pop_front() {
            let (distance, paths) = seen[node];
            for (_, next) in self.around.get(node).into_iter().flatten() {
                let entry = seen.entry(next).or_insert_with(|| {
                    queue.push_back(next);
                    (distance + 1, 0)
                });
                if entry.0 == distance + 1 {
                    entry.1 += paths;
                }
            }
        }
        seen
    }

    /// Checks that the facts lead from one entity to the next.
    fn check_way(&self, entities: &[String], facts: &[String]) {
        assert_eq!(entities.len(), facts.len() + 1);
        for (ends, fact) in entities.windows(2).zip(facts) {
            let Fact { subject, object, .. } = &self.facts[fact];
            let forward = (subject, object) == (&ends[0], &ends[1]);
            assert!(forward || (object, subject) == (&ends[0], &ends[1]), "{fact} does not join {ends:?}");
        }
    }
}

fn texts(value: &Json) -> Vec<String> {
    value.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
}

fn ids(value: &Json) -> Vec<String> {
    value.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

/// Some entities of the landscape, far apart in the order of their ids.
fn sample(plain: &Plain, step: usize) -> Vec<&String> {
    plain.labels.keys().step_by(step).collect()
}

#[test]
fn a_path_names_its_facts_their_direction_and_their_sources() {
    let database = Database::bundled();
    let ended = database.run(&["path", "小米", "腾讯", "--via", "INVESTED_IN"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let mut lines = ended.out.lines();
    let first = lines.next().unwrap();
    assert_eq!(first, "小米 -[INVESTED_IN A1 2023-10-17]-> 百川智能 <-[INVESTED_IN A1 2023-10-17]- 腾讯");
    assert_eq!(lines.next(), Some("2 hops"));
    assert!(ended.out.contains("- 小米 invested in 百川智能  f:0225 [1]"), "{}", ended.out);
    assert!(ended.out.contains("\nsources\n[1] "), "{}", ended.out);

    let answer = database.json(&["path", "小米", "腾讯", "--via", "INVESTED_IN"]);
    let expected = json!({
        "paths": [{
            "length": 2,
            "weight": 2,
            "entities": [
                {"id": "company:xiaomi", "name": "小米"},
                {"id": "startup:baichuan", "name": "百川智能"},
                {"id": "company:tencent", "name": "腾讯"},
            ],
            "facts": ["f:0225", "f:0224"],
        }],
        "truncated": false,
    });
    assert_eq!(answer, expected);
    // The names are those of the question's language.
    assert!(database.run(&["path", "Xiaomi", "Tencent"]).out.starts_with("Xiaomi -[INVESTED_IN"));
}

#[test]
fn shortest_paths_are_those_of_a_search_over_the_export() {
    let database = Database::bundled();
    let plain = Plain::of(&database);
    for from in sample(&plain, 190) {
        let distances = plain.distances(from);
        for to in sample(&plain, 83) {
            let Some(&(distance, count)) = distances.get(to.as_str()) else {
                let ended = database.run(&["path", from, to, "--format", "json"]);
                assert_eq!((ended.code, ended.json()), (1, json!({"paths": [], "truncated": false})));
                assert!(ended.err.contains(" is in a component of ") || ended.err.contains("nothing"), "{}", ended.err);
                continue;
            };
            let answer = database.json(&["path", from, to, "--all", "--limit", "100000"]);
            let paths = answer["paths"].as_array().unwrap();
            assert_eq!(paths.len() as u64, count, "{from} {to}");
            assert_eq!(answer["truncated"], json!(false));
            let mut seen = BTreeSet::new();
            for path in paths {
                assert_eq!((&path["length"], &path["weight"]), (&json!(distance), &json!(distance)));
                let (entities, facts) = (ids(&path["entities"]), texts(&path["facts"]));
                assert_eq!((entities.first(), entities.last()), (Some(from), Some(to)));
                plain.check_way(&entities, &facts);
                assert!(seen.insert(facts), "{from} {to} twice the same");
            }
            // One path is the first of all.
            assert_eq!(database.json(&["path", from, to])["paths"][0], paths[0]);
        }
    }
}

#[test]
fn neighbours_are_those_of_a_search_over_the_export() {
    let database = Database::bundled();
    let plain = Plain::of(&database);
    for from in sample(&plain, 97) {
        let distances = plain.distances(from);
        for hops in [0, 1, 2, 3, 1000] {
            let expected: BTreeMap<&str, usize> = distances
                .iter()
                .filter(|&(_, &(distance, _))| distance > 0 && distance <= hops)
                .map(|(&id, &(distance, _))| (id, distance))
                .collect();
            let ended = database.run(&["neighbors", from, "--hops", &hops.to_string(), "--format", "json"]);
            assert_eq!(ended.code, i32::from(expected.is_empty()), "{from} {hops}: {}", ended.err);
            let answer = ended.json();
            let rows = answer["rows"].as_array().unwrap();
            let found: BTreeMap<&str, usize> = rows
                .iter()
                .map(|row| (row["id"].as_str().unwrap(), row["distance"].as_u64().unwrap() as usize))
                .collect();
            assert_eq!((&found, rows.len()), (&expected, expected.len()), "{from} {hops}");
            assert!(rows.is_sorted_by_key(|row| row["distance"].as_u64()));
            for row in rows {
                let via = texts(&row["via"]);
                assert_eq!(json!(via.len()), row["distance"]);
                assert_eq!(texts(&row["labels"]), plain.labels[row["id"].as_str().unwrap()]);
                // The facts lead from the entity to its neighbour.
                let mut at = from.as_str();
                for fact in &via {
                    let Fact { subject, object, .. } = &plain.facts[fact];
                    at = if subject == at { object } else { subject };
                }
                assert_eq!(row["id"], json!(at));
            }
        }
    }
}

#[test]
fn what_is_shared_and_what_lies_between_are_those_of_the_export() {
    let database = Database::bundled();
    let plain = Plain::of(&database);
    let by = |id: &str| -> BTreeSet<(String, &str, String)> {
        let facts = plain.around.get(id).into_iter().flatten();
        let one = |(fact, other): &(String, String)| {
            let Fact { subject, predicate, .. } = &plain.facts[fact];
            (predicate.clone(), if subject == id { "out" } else { "in" }, other.clone())
        };
        facts.map(one).collect()
    };
    let names = ["startup:moonshot-ai", "startup:zhipu-ai", "startup:baichuan"];
    for names in [&names[..2], &names[..]] {
        let shared = names.iter().map(|id| by(id)).reduce(|a, b| a.intersection(&b).cloned().collect()).unwrap();
        let answer = database.json(&[&["common"], names].concat());
        let rows = answer["rows"].as_array().unwrap();
        let text = |row: &Json, key: &str| row[key].as_str().unwrap().to_owned();
        let found: BTreeSet<(String, String, String)> =
            rows.iter().map(|row| (text(row, "predicate"), text(row, "direction"), text(row, "id"))).collect();
        let expected = shared.iter().map(|(a, b, c)| (a.clone(), (*b).to_owned(), c.clone())).collect();
        assert_eq!((found, rows.len()), (expected, shared.len()));
        for row in rows {
            assert_eq!(row["facts"].as_array().unwrap().len(), names.len());
            for (facts, name) in row["facts"].as_array().unwrap().iter().zip(names) {
                assert!(!texts(facts).is_empty());
                for fact in texts(facts) {
                    let Fact { subject, predicate, object } = &plain.facts[&fact];
                    let ends = if row["direction"] == "out" { (subject, object) } else { (object, subject) };
                    assert_eq!(
                        (ends.0.as_str(), json!(ends.1), json!(predicate)),
                        (*name, row["id"].clone(), row["predicate"].clone())
                    );
                }
            }
        }
        for hops in 0..=2 {
            let mut inside: BTreeSet<&str> = BTreeSet::new();
            for name in names {
                inside.extend(plain.distances(name).iter().filter(|(_, reached)| reached.0 <= hops).map(|(id, _)| *id));
            }
            let within = |fact: &&Fact| inside.contains(fact.subject.as_str()) && inside.contains(fact.object.as_str());
            let facts: BTreeSet<&str> =
                plain.facts.iter().filter(|(_, fact)| within(fact)).map(|(id, _)| id.as_str()).collect();
            let ended = database.run(&[&["subgraph", "--format", "json", "--hops", &hops.to_string()], names].concat());
            assert_eq!(ended.code, i32::from(facts.is_empty()));
            let answer = ended.json();
            let found: BTreeSet<&str> =
                answer["rows"].as_array().unwrap().iter().map(|row| row["fact"].as_str().unwrap()).collect();
            assert_eq!(found, facts);
            let entities = ids(&answer["entities"]);
            assert_eq!(entities.iter().map(String::as_str).collect::<BTreeSet<_>>(), inside);
        }
    }
}

#[test]
fn founders_share_their_former_employer_in_two_hops() {
    let database = Database::of(&[
        ("f1", "startup:a", "FOUNDED_BY", "startup:p", json!({})),
        ("f2", "startup:p", "PREVIOUSLY_AT", "startup:g", json!({})),
        ("f3", "startup:b", "FOUNDED_BY", "startup:q", json!({})),
        ("f4", "startup:q", "PREVIOUSLY_AT", "startup:g", json!({})),
        // What lies behind something shared is shared anyway, and is left out.
        ("f5", "investor:i", "INVESTED_IN", "startup:a", json!({})),
        ("f6", "investor:i", "INVESTED_IN", "startup:b", json!({})),
        ("f7", "investor:i", "INVESTED_IN", "startup:c", json!({})),
    ]);
    let rows = database.json(&["common", "a", "b", "--hops", "2"])["rows"].clone();
    let expected = json!([
        {"predicate": "INVESTED_IN", "direction": "in", "id": "investor:i", "name": "i", "labels": ["Investor"],
         "facts": [["f5"], ["f6"]]},
        {"predicate": "FOUNDED_BY PREVIOUSLY_AT", "direction": "out out", "id": "startup:g", "name": "g",
         "labels": ["Startup"], "facts": [["f1", "f2"], ["f3", "f4"]]},
    ]);
    assert_eq!(rows, expected);
    assert_eq!(database.json(&["common", "a", "b"])["rows"].as_array().unwrap().len(), 1);
    assert_eq!(database.run(&["common", "a", "b", "--hops", "3"]).code, 2);
    assert_eq!(database.run(&["common", "a", "startup:a"]).code, 2);
    assert_eq!(database.run(&["common", "a", "b", "--label", "City"]).code, 1);
}

/// A small graph with parallel facts, a loop, and facts of every kind.
fn mixed() -> Database {
    Database::of(&[
        ("f1", "investor:i", "INVESTED_IN", "startup:a", json!({"properties": {"date": "2022", "round": "A"}})),
        (
            "f2",
            "investor:i",
            "INVESTED_IN",
            "startup:a",
            json!({"properties": {"date": "2024", "round": "B"}, "confidence": 0.5}),
        ),
        (
            "f3",
            "investor:j",
            "INVESTED_IN",
            "startup:a",
            json!({"modality": "planned", "properties": {"date": "2025"}}),
        ),
        ("f4", "startup:a", "ACQUIRED_BY", "startup:b", json!({"modality": "denied"})),
        ("f5", "investor:i", "OWNS_STAKE", "startup:b", json!({"properties": {"stake_pct": 7.5}, "confidence": 0.25})),
        ("f6", "startup:b", "COMPETES_WITH", "startup:b", json!({})),
        ("f7", "startup:x", "COMPETES_WITH", "startup:y", json!({"properties": {"votes": -3}})),
        ("f8", "startup:x", "COMPETES_WITH", "startup:z", json!({})),
    ])
}

fn names(answer: &Json) -> Vec<String> {
    answer["rows"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn filters_narrow_a_neighbourhood() {
    let database = mixed();
    for (arguments, expected) in [
        (&[][..], &["i", "j", "b"][..]),
        (&["--direction", "out"], &["b"]),
        (&["--direction", "in"], &["i", "j"]),
        (&["--via", "invested in"], &["i", "j"]),
        (&["--via", "INVESTED_IN,ACQUIRED_BY", "--direction", "out"], &["b"]),
        (&["--as-of", "2024"], &["i", "b"]),
        (&["--modality", "asserted"], &["i"]),
        (&["--modality", "planned,denied"], &["j", "b"]),
        (&["--label", "Investor"], &["i", "j"]),
        (&["--labels", "startup"], &["b"]),
        (&["--avoid", "i", "--avoid", "startup:b"], &["j"]),
        (&["--hops", "2", "--through", "Startup"], &["b"]),
        (&["--hops", "2", "--avoid", "b", "--direction", "in"], &["i", "j"]),
    ] {
        let ended = database.run(&[&["neighbors", "a", "--format", "json"], arguments].concat());
        assert_eq!(names(&ended.json()), expected, "{arguments:?}: {}", ended.err);
        assert_eq!(ended.json()["truncated"], json!(false));
    }
    // An entity that facts lead around is still walked through when it is not listed.
    let answer = database.json(&["neighbors", "j", "--hops", "3", "--label", "Investor"]);
    assert_eq!(names(&answer), ["i"]);
    assert_eq!(database.json(&["neighbors", "i", "--min-confidence", "0.6"])["rows"][0]["via"], json!(["f1"]));
    assert_eq!(database.json(&["neighbors", "i", "--as-of", "2021"])["rows"][0]["name"], json!("b"));
    assert_eq!(
        database.json(&["neighbors", "i", "--via", "INVESTED_IN", "--modality", "asserted"])["rows"],
        json!([
            {"id": "startup:a", "name": "a", "labels": ["Startup"], "distance": 1, "via": ["f1"]},
        ])
    );
}

#[test]
fn parallel_facts_are_different_paths_unless_they_are_taken_together() {
    let database = mixed();
    let facts = |arguments: &[&str]| -> Vec<Vec<String>> {
        let answer = database.json(&[&["path", "i", "a"], arguments].concat());
        answer["paths"].as_array().unwrap().iter().map(|path| texts(&path["facts"])).collect()
    };
    assert_eq!(facts(&[]), [["f1"]]);
    assert_eq!(facts(&["--all"]), [["f1"], ["f2"]]);
    assert_eq!(facts(&["--all", "--together"]), [["f1", "f2"]]);
    assert_eq!(facts(&["--k", "9"]), [vec!["f1"], vec!["f2"], vec!["f5", "f4"]]);
    assert_eq!(facts(&["--simple"]).len(), 3);
    assert_eq!(facts(&["--simple", "--max-hops", "1"]), [["f1"], ["f2"]]);
    assert_eq!(facts(&["--k", "3", "--weight", "confidence"]), [vec!["f1"], vec!["f2"], vec!["f5", "f4"]]);
    assert_eq!(facts(&["--all", "--as-of", "2023"]), [["f1"]]);
    assert_eq!(facts(&["--avoid", "b", "--k", "9", "--min-confidence", "0.6"]), [["f1"]]);
    assert_eq!(facts(&["--k", "9", "--label", "Investor"]), [["f1"], ["f2"]]);
    let together = database.run(&["path", "i", "a", "--together"]);
    assert!(together.out.starts_with("i -[INVESTED_IN A 2022; INVESTED_IN B 2024]-> a\n1 hop\n"), "{}", together.out);
    let backwards = database.run(&["path", "a", "j"]);
    assert!(backwards.out.starts_with("a <-[INVESTED_IN 2025 planned]- j\n"), "{}", backwards.out);
}

#[test]
fn weights_are_sums_of_costs() {
    let database = mixed();
    let answer = database.json(&["path", "i", "b", "--weight", "confidence", "--k", "2"]);
    let weights: Vec<f64> =
        answer["paths"].as_array().unwrap().iter().map(|path| path["weight"].as_f64().unwrap()).collect();
    // Through a by the certain fact, and by the one with a confidence of 0.5; the stake itself has 0.25.
    assert_eq!(weights[0], 0.0);
    assert!((weights[1] - 2f64.ln()).abs() < 1e-9, "{weights:?}");
    let answer = database.json(&["path", "i", "b", "--weight", "stake_pct"]);
    assert_eq!((&answer["paths"][0]["weight"], &answer["paths"][0]["facts"]), (&json!(7.5), &json!(["f5"])));

    let ended = database.run(&["path", "i", "a", "--weight", "stake_pct"]);
    assert_eq!(ended.code, 1, "no fact with a stake leads there: {}", ended.err);
    let ended = database.run(&["path", "i", "a", "--weight", "stake"]);
    assert_eq!((ended.code, ended.err.contains("stake_pct")), (2, true), "{}", ended.err);
    let ended = database.run(&["path", "x", "y", "--weight", "votes", "--format", "json"]);
    assert_eq!((ended.code, &ended.json()["error"]["kind"]), (2, &json!("bad_weight")));
    assert!(ended.json()["error"]["message"].as_str().unwrap().contains("f7"), "{}", ended.out);
    for arguments in
        [["--all", "--weight", "votes"].as_slice(), &["--simple", "--weight", "votes"], &["--all", "--k", "2"]]
    {
        assert_eq!(database.run(&[&["path", "x", "y"], arguments].concat()).code, 2, "{arguments:?}");
    }
}

#[test]
fn an_entity_is_connected_with_itself_and_components_are_told_apart() {
    let database = mixed();
    let answer = database.json(&["path", "a", "startup:a", "--all"]);
    let path = json!({"length": 0, "weight": 0, "entities": [{"id": "startup:a", "name": "a"}], "facts": []});
    assert_eq!(answer, json!({"paths": [path], "truncated": false}));

    let ended = database.run(&["path", "i", "x"]);
    assert_eq!((ended.code, ended.out.as_str()), (1, ""));
    assert!(ended.err.contains("i is in a component of 4 entities, with a (startup:a)"), "{}", ended.err);
    assert!(ended.err.contains("x is in a component of 3 entities, with y (startup:y)"), "{}", ended.err);
    let ended = database.run(&["path", "a", "i", "--direction", "out"]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("both are in one component of 4 entities"), "{}", ended.err);
    let ended = database.run(&["path", "a", "i", "--avoid", "i"]);
    assert_eq!((ended.code, ended.err.contains("i is to be avoided")), (1, true), "{}", ended.err);
    let ended = database.run(&["path", "i", "j", "--via", "FOUNDED_BY"]);
    assert!(ended.code == 1 && ended.err.contains("i is connected with nothing; j is"), "{}", ended.err);
}

#[test]
fn bounds_cut_and_say_so() {
    let database = Database::bundled();
    for (arguments, cut) in [
        (&["neighbors", "智谱", "--hops", "3", "--limit", "5"][..], "limit"),
        (&["neighbors", "智谱", "--hops", "3", "--max-visited", "5"], "visited"),
        (&["path", "小米", "OpenAI", "--simple", "--max-hops", "8", "--limit", "3"], "limit"),
        (&["path", "小米", "OpenAI", "--k", "50", "--max-visited", "900"], "visited"),
        (&["subgraph", "智谱", "--limit", "5"], "limit"),
        (&["common", "月之暗面", "智谱", "--limit", "2"], "limit"),
    ] {
        let ended = database.run(&[arguments, &["--format", "json"]].concat());
        assert_eq!((ended.code, &ended.json()["truncated"]), (0, &json!(true)), "{arguments:?}");
        assert!(ended.err.contains("this is not all") && ended.err.contains(cut), "{arguments:?}: {}", ended.err);
    }
    assert_eq!(
        database.json(&["neighbors", "智谱", "--hops", "3", "--limit", "5"])["rows"].as_array().unwrap().len(),
        5
    );
    // Nothing was found, and there might have been something.
    let ended = database.run(&["path", "小米", "OpenAI", "--max-hops", "1", "--format", "json"]);
    assert_eq!((ended.code, ended.json()), (1, json!({"paths": [], "truncated": true})));

    // Without end in sight, the time bounds the search.
    let start = Instant::now();
    let long = ["path", "小米", "OpenAI", "--simple", "--max-hops", "1000", "--limit", "100000000", "--timeout", "0.3"];
    let ended = database.run(&[&long[..], &["--format", "json"]].concat());
    assert_eq!((ended.code, &ended.json()["truncated"]), (0, &json!(true)));
    assert!(ended.err.contains("time"), "{}", ended.err);
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn what_cannot_be_asked_is_refused_with_a_proposal() {
    let database = Database::bundled();
    for (arguments, kind, hint) in [
        (&["path", "moonshot", "腾讯"][..], "ambiguous_name", "@"),
        (&["neighbors", "Moonshott"], "unknown_name", "meant"),
        (&["common", "月之暗面", "nobody at all"], "unknown_name", "find"),
        (&["neighbors", "moonshot@Person"], "unknown_name", "meant"),
        (&["neighbors", "智谱", "--via", "INVESTD_IN"], "unknown_predicate", "INVESTED_IN"),
        (&["neighbors", "智谱", "--via", "round"], "unknown_predicate", "known are"),
        (&["rank", "--by", "degree", "--label", "Investors"], "unknown_label", "Investor"),
        (&["path", "小米", "腾讯", "--avoid", "nobody at all"], "unknown_name", "find"),
    ] {
        let ended = database.run(&[arguments, &["--format", "json"]].concat());
        let error = ended.json()["error"].clone();
        assert_eq!((ended.code, &error["kind"]), (2, &json!(kind)), "{arguments:?}: {error}");
        assert!(error["hint"].as_str().unwrap().contains(hint), "{arguments:?}: {error}");
    }
    for arguments in [
        &["neighbors", "智谱", "--hops", "-1"][..],
        &["neighbors", "智谱", "--hops", "many"],
        &["neighbors", "智谱", "--limit", "0"],
        &["neighbors", "智谱", "--as-of", "2024-13"],
        &["neighbors", "智谱", "--modality", "certain"],
        &["neighbors", "智谱", "--min-confidence", "2"],
        &["neighbors", "智谱", "--direction", "up"],
        &["neighbors"],
        &["path", "小米"],
        &["path", "小米", "腾讯", "--k", "0"],
        &["common", "小米"],
        &["rank"],
        &["rank", "--by", "beauty"],
    ] {
        assert_eq!(database.run(arguments).code, 2, "{arguments:?}");
    }
    // An ambiguous name is decided by a label or an id.
    let by_label = database.json(&["path", "moonshot@startup", "腾讯"]);
    assert_eq!(by_label, database.json(&["path", "startup:moonshot-ai", "腾讯"]));
    assert_eq!(by_label["paths"][0]["entities"][0]["id"], "startup:moonshot-ai");
}

#[test]
fn groups_hold_all_rows_and_lines_hold_one_each() {
    let database = Database::bundled();
    let rows = database.json(&["neighbors", "智谱", "--hops", "2"])["rows"].clone();
    let grouped = database.json(&["neighbors", "智谱", "--hops", "2", "--group-by", "label"]);
    let groups = grouped["groups"].as_array().unwrap();
    let labels: Vec<&str> = groups.iter().map(|group| group["label"].as_str().unwrap()).collect();
    assert!(labels.len() > 3 && labels.starts_with(&["Startup"]), "{labels:?}");
    assert!(groups.iter().all(|group| group["count"] == json!(group["rows"].as_array().unwrap().len())));
    let mut all: Vec<Json> = groups.iter().flat_map(|group| group["rows"].as_array().unwrap().clone()).collect();
    let mut expected = rows.as_array().unwrap().clone();
    all.sort_by_key(Json::to_string);
    expected.sort_by_key(Json::to_string);
    assert_eq!(all, expected);
    let lines = database.run(&["neighbors", "智谱", "--hops", "2", "--format", "jsonl"]).out;
    let lines: Vec<Json> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(json!(lines), rows);
    let paths = database.run(&["path", "小米", "腾讯", "--k", "4", "--format", "jsonl"]).out;
    assert_eq!(paths.lines().count(), 4);
    let csv = database.run(&["path", "小米", "腾讯", "--format", "csv"]).out;
    assert!(
        csv.starts_with("path,step,from_id,from,fact,direction,to_id,to\r\n1,1,company:xiaomi,小米,f:0225,out,"),
        "{csv}"
    );
}

#[test]
fn rankings_list_the_highest_first_and_only_what_was_asked_for() {
    let database = Database::bundled();
    let plain = Plain::of(&database);
    let top = |arguments: &[&str]| database.json(&[&["rank"], arguments].concat())["rows"].as_array().unwrap().clone();
    let degrees = top(&["--by", "degree", "--limit", "1000"]);
    assert_eq!(degrees.len(), plain.labels.len());
    for row in &degrees {
        let id = row["id"].as_str().unwrap();
        let facts = plain.facts.values().map(|fact| u64::from(fact.subject == id) + u64::from(fact.object == id));
        assert_eq!(row["score"].as_u64(), Some(facts.sum()), "{id}");
    }
    assert!(degrees.is_sorted_by(|a, b| a["score"].as_u64() >= b["score"].as_u64()));
    assert!(degrees.iter().zip(1..).all(|(row, rank)| row["rank"] == json!(rank)));
    for by in ["degree", "pagerank", "betweenness", "core"] {
        let all = top(&["--by", by, "--limit", "1000"]);
        let investors = top(&["--by", by, "--label", "Investor", "--limit", "30"]);
        let is_investor = |row: &&Json| texts(&row["labels"]).contains(&"Investor".to_owned());
        let expected: Vec<(&Json, &Json)> =
            all.iter().filter(is_investor).take(30).map(|row| (&row["id"], &row["score"])).collect();
        assert_eq!(investors.iter().map(|row| (&row["id"], &row["score"])).collect::<Vec<_>>(), expected, "{by}");
    }
    assert_eq!(top(&["--by", "pagerank"]).len(), 20);
    for by in ["component", "community"] {
        let groups = top(&["--by", by, "--limit", "1000"]);
        let members: Vec<String> = groups.iter().flat_map(|group| ids(&group["members"])).collect();
        assert_eq!(members.iter().collect::<BTreeSet<_>>().len(), plain.labels.len(), "{by}");
        assert!(groups.iter().all(|group| group["size"] == json!(group["members"].as_array().unwrap().len())));
        assert!(groups.is_sorted_by(|a, b| a["size"].as_u64() >= b["size"].as_u64()), "{by}");
    }
    let pairs = top(&["--by", "co-investment", "--limit", "5"]);
    assert_eq!(pairs.len(), 5);
    for pair in &pairs {
        let companies = |end: &str| -> BTreeSet<&str> {
            let invested = |fact: &&Fact| fact.predicate == "INVESTED_IN" && pair[end]["id"] == json!(fact.subject);
            plain.facts.values().filter(invested).map(|fact| fact.object.as_str()).collect()
        };
        let shared = companies("first").intersection(&companies("second")).count();
        assert_eq!(pair["shared"], json!(shared));
    }
}
