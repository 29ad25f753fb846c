//! Small graphs whose answers can be seen.

use serde_json::{Value as Json, json};

use crate::database::Database;
use crate::plain::texts;

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
