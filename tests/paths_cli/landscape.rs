//! The bundled landscape, against searches over its export.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use crate::database::Database;
use crate::plain::{Fact, Plain, ids, sample, texts};

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
    let long =
        ["path", "小米", "OpenAI", "--simple", "--max-hops", "1000", "--limit", "100000000", "--timeout", "0.01"];
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
