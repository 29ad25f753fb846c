//! Formats, parameters, errors, bounds and exit codes.

use std::fs;

use serde_json::{Value as Json, json};

use crate::ground::{ailand, bundle, finish};
use crate::query;

const PAIR: &str = "MATCH p = (i {id: 'investor:hongshan'})-[r:INVESTED_IN]->(c {name: '月之暗面'}) \
                    RETURN i, r, p, [1, null] AS list, {k: 'v'} AS map, 1.5 AS half, date('2024-02-25') AS day LIMIT 1";

#[test]
fn json_has_nodes_relationships_and_paths() {
    let answer = query(&[PAIR, "--format", "json"]).expect(0).json();
    assert_eq!(answer["columns"], json!(["i", "r", "p", "list", "map", "half", "day"]));
    assert_eq!((&answer["changes"], &answer["plan"], &answer["notices"]), (&Json::Null, &Json::Null, &json!([])));
    let row = &answer["rows"][0];
    assert_eq!((&row["i"]["_id"], &row["i"]["_labels"]), (&json!("investor:hongshan"), &json!(["Investor"])));
    assert_eq!(row["i"]["name"], "HongShan");
    assert_eq!((&row["r"]["_type"], &row["r"]["_from"]), (&json!("INVESTED_IN"), &json!("investor:hongshan")));
    assert_eq!(row["r"]["_to"], "startup:moonshot-ai");
    let path = row["p"].as_array().unwrap();
    assert_eq!((path.len(), &path[0], &path[1]), (3, &row["i"], &row["r"]));
    assert_eq!((&row["list"], &row["map"]), (&json!([1, null]), &json!({"k": "v"})));
    assert_eq!((&row["half"], &row["day"]), (&json!(1.5), &json!("2024-02-25")));
}

#[test]
fn rows_come_in_every_format() {
    let lines = query(&[PAIR, "--format", "jsonl"]).expect(0);
    let line: Json = serde_json::from_str(lines.stdout.trim_end()).unwrap();
    assert_eq!(line, query(&[PAIR, "--format", "json"]).expect(0).json()["rows"][0]);
    let statement =
        "UNWIND [['a', 1], [null, 2]] AS x RETURN x[0] AS 名称, x[1] AS n, [x[1], 'b'] AS list, {k: x[1]} AS map";
    let csv = query(&[statement, "--format", "csv"]).expect(0);
    assert_eq!(csv.stdout, "名称,n,list,map\r\na,1,1; b,\"{\"\"k\"\":1}\"\r\n,2,2; b,\"{\"\"k\"\":2}\"\r\n");
    let table = query(&[statement]).expect(0);
    assert_eq!(table.stdout.lines().next().unwrap(), "名称 | n | list | map   ");
    let markdown = query(&[statement, "--format", "markdown"]).expect(0);
    assert!(markdown.stdout.starts_with("| 名称 | n | list | map |\n"), "{}", markdown.stdout);
}

#[test]
fn tables_show_things_in_short() {
    let table =
        query(&["MATCH p = (i {id: 'investor:hongshan'})-[r:INVESTED_IN]->(c {name: '月之暗面'}) RETURN i, r, p"]);
    let row = table.expect(0).stdout.lines().nth(2).unwrap().to_owned();
    let step = "INVESTED_IN B 2024-02";
    let expected = format!("(:Investor {{name: 'HongShan'}}) | [:{step}] | HongShan -[{step}]-> Moonshot AI");
    assert_eq!(row.trim_end(), expected);
}

#[test]
fn parameters_are_json_or_text() {
    let values = |arguments: &[&str]| {
        let statement = "RETURN $a AS a, $b AS b";
        query(&[&[statement, "--format", "json"], arguments].concat()).expect(0).json()["rows"][0].clone()
    };
    assert_eq!(values(&["--param", "a=1", "--param", "b=1.0"]), json!({"a": 1, "b": 1.0}));
    assert_eq!(values(&["--param", "a=月之暗面", "-p", "b=a=b"]), json!({"a": "月之暗面", "b": "a=b"}));
    assert_eq!(
        values(&["--param", "$a=[1, {\"k\": null}]", "-p", "b=\"1\""]),
        json!({"a": [1, {"k": null}], "b": "1"})
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("values.json");
    fs::write(&file, r#"{"a": true, "b": "x"}"#).unwrap();
    let file = file.to_str().unwrap();
    assert_eq!(values(&["--params", file, "-p", "b=2"]), json!({"a": true, "b": 2}));
    fs::write(file, "[1]").unwrap();
    assert!(query(&["RETURN 1", "--params", file]).expect(2).stderr.contains("expected a JSON object"));
    assert!(query(&["RETURN 1", "--param", "a"]).expect(2).stderr.contains("expected NAME=VALUE"));
    let missing = query(&["RETURN $who", "--param", "whom=1"]).expect(2);
    assert!(missing.stderr.contains("who") && missing.stderr.contains("line 1, column 8"), "{}", missing.stderr);
}

#[test]
fn nothing_found_is_said() {
    let nothing = query(&["MATCH (n:Startup {name: 'no such name'}) RETURN n"]).expect(1);
    assert_eq!((nothing.stdout.as_str(), nothing.stderr.as_str()), ("", "no rows\n"));
    let rows = query(&["MATCH (n:Startup {name: 'no such name'}) RETURN n", "--format", "json"]).expect(1).json();
    assert_eq!(rows["rows"], json!([]));
    assert_eq!(query(&["UNWIND [] AS x RETURN x", "--format", "csv"]).expect(1).stdout, "x\r\n");
    assert_eq!(query(&["UNWIND [] AS x RETURN x", "--format", "jsonl"]).expect(1).stdout, "");
    query(&["MATCH (n:Startup) WHERE false RETURN count(n)"]).expect(0);
    let unknown = query(&["MATCH (n:Startupp) RETURN n"]).expect(1);
    assert!(unknown.stderr.contains("note: line 1, column 10") && unknown.stderr.contains("is Startup meant?"));
}

#[test]
fn errors_point_at_the_place() {
    let wrong = query(&["MATCH (公司:Startup)\nRETUN 公司"]).expect(2);
    assert!(wrong.stderr.starts_with("error: line 2, column 1: "), "{}", wrong.stderr);
    assert!(wrong.stderr.contains("RETUN 公司\n^^^^^\nhint: is RETURN meant?\n"), "{}", wrong.stderr);
    let error = &query(&["RETURN 公司", "--format", "json"]).expect(2).json()["error"];
    assert_eq!((&error["kind"], &error["detail"]), (&json!("SyntaxError"), &json!("UndefinedVariable")));
    assert_eq!(error["place"], json!({"line": 1, "column": 8, "excerpt": "RETURN 公司\n       ^^^^"}));
    let deep = "(".repeat(10_000) + "1" + &")".repeat(10_000);
    let nested = query(&[&format!("RETURN {deep}")]).expect(2).stderr;
    assert!(nested.contains("too deep") && nested.len() < 500, "{nested}");
    assert!(!query(&["RETURN '\u{1b}[31m' + x"]).expect(2).stderr.contains('\u{1b}'));
}

#[test]
fn bounds_hold() {
    let many = "UNWIND range(1, 1000) AS x RETURN x";
    assert!(query(&[many, "--max-rows", "10"]).expect(2).stderr.contains("more than 10 rows"));
    query(&[many, "--limit-rows", "1000"]).expect(0);
    let streamed = query(&[many, "--max-rows", "10", "--format", "csv"]).expect(2);
    assert_eq!(streamed.stdout.lines().count(), 11, "what was found before the bound is written");
    let endless = "UNWIND range(1, 1000000) AS x UNWIND range(1, 1000000) AS y RETURN count(*)";
    assert!(query(&[endless, "--timeout", "0.2"]).expect(2).stderr.contains("ran longer than 0.2 s"));
    let heavy = "UNWIND range(1, 1000000) AS x RETURN collect(toString(x) + 'abcdefghij') AS all";
    assert!(query(&[heavy, "--max-memory", "1M"]).expect(2).stderr.contains("memory"));
    assert!(query(&[many, "--max-memory", "lots"]).expect(2).stderr.contains("such as 500M or 2G"));
    query(&["MATCH p = (:Investor)-[*]-() RETURN count(p)", "--timeout", "0.5"]).expect(2);
}

#[test]
fn statements_come_from_files_and_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("count.cypher");
    fs::write(&file, "// How many?\nMATCH (n:Startup)\nRETURN count(n) > $least AS many;\n").unwrap();
    let file = file.to_str().unwrap();
    assert!(query(&[file, "--param", "least=10"]).expect(0).stdout.contains("true"));
    assert!(query(&["/nowhere/x.cypher"]).expect(2).stderr.contains("cannot read /nowhere/x.cypher"));
    let piped = |text: &str| finish(ailand(bundle()).args(["query", "-", "--format", "jsonl"]), text.as_bytes());
    assert_eq!(piped("RETURN 1 AS x;\n").expect(0).stdout, "{\"x\":1}\n");
    assert!(piped("RETURN 1; RETURN 2;").expect(2).stdout.contains("SyntaxError"));
    fs::write(file, [0xff, 0xfe]).unwrap();
    assert!(query(&[file]).expect(2).stderr.contains("cannot read"));
}

#[test]
fn plans_are_shown() {
    let statement = "MATCH (i)-[:INVESTED_IN]->(c {name: '月之暗面'}) RETURN count(i)";
    let plan = query(&["--explain", statement]).expect(0).stdout;
    assert!(plan.contains("Aggregation") && plan.contains("Seek") && !plan.contains("found"), "{plan}");
    assert_eq!(query(&[&format!("EXPLAIN {statement}")]).expect(0).stdout, plan);
    let profile = query(&["--profile", statement]).expect(0).stdout;
    assert!(profile.contains("count(i)\n--------\n") && profile.contains(", found "), "{profile}");
    let json = query(&["--profile", statement, "--format", "json"]).expect(0).json();
    assert_eq!((&json["plan"][0]["depth"], &json["plan"][0]["rows"]), (&json!(0), &json!(1)));
    let lines = query(&["--profile", statement, "--format", "jsonl"]).expect(0);
    assert!(lines.stdout.starts_with("{\"count(i)\":") && lines.stderr.contains(", found "));
    // A plan needs no values.
    query(&["--explain", "MATCH (n {name: $name}) RETURN n"]).expect(0);
    query(&["--explain", "--profile", "RETURN 1"]).expect(2);
}
