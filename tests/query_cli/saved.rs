//! Saved queries: by name, listed, from folders.

use std::fs;

use crate::ground::{ailand, bundle, finish};
use crate::query;

#[test]
fn the_list_says_what_each_answers() {
    let list = query(&["--list", "--format", "json"]).expect(0).json();
    let co = list.as_array().unwrap().iter().find(|one| one["name"] == "co-investors").unwrap();
    assert_eq!((&co["parameters"][0]["name"], &co["parameters"][0]["type"]), (&"least".into(), &"INTEGER".into()));
    assert_eq!(co["parameters"][0]["default"], 3);
    assert!(co["zh"].as_str().unwrap().contains("投资人"));
    let table = query(&["--list"]).expect(0).stdout;
    assert!(table.starts_with("name ") && table.contains("least INTEGER = 3"));
    assert_eq!(table.lines().count(), list.as_array().unwrap().len() + 2);
}

#[test]
fn values_are_read_by_their_types() {
    let pairs = |least: &str| query(&["co-investors", "--param", &format!("least={least}"), "--format", "jsonl"]);
    assert!(pairs("2").expect(0).stdout.lines().count() > pairs("4").expect(0).stdout.lines().count());
    assert!(pairs("many").expect(2).stdout.contains("the parameter least is a whole number, such as 3"));
    let unknown = query(&["co-investors", "--param", "lest=3"]).expect(2).stderr;
    assert!(unknown.contains("has no parameter \"lest\"; it has least INTEGER = 3"), "{unknown}");
    let misspelt = query(&["co-investers"]).expect(2).stderr;
    assert!(misspelt.contains("no saved query is called \"co-investers\"") && misspelt.contains("co-investors"));
    // By its type, the name of a company that is a number stays text.
    query(&["rounds-of", "--param", "company=360"]).expect(1);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("v.json");
    fs::write(&file, r#"{"least": 4}"#).unwrap();
    let of_file = query(&["co-investors", "--params", file.to_str().unwrap(), "--format", "jsonl"]).expect(0).stdout;
    assert_eq!(of_file, pairs("4").expect(0).stdout);
    fs::write(&file, r#"{"leest": 4}"#).unwrap();
    query(&["co-investors", "--params", file.to_str().unwrap()]).expect(2);
}

#[test]
fn folders_of_the_user_come_first() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("queries");
    fs::create_dir(&own).unwrap();
    fs::write(own.join("公司数.cypher"), "MATCH (公司:Startup) RETURN count(公司) > 0 AS 有").unwrap();
    fs::write(own.join("team.cypher"), "RETURN 'mine' AS team").unwrap();
    let here = |arguments: &[&str]| finish(ailand(bundle()).current_dir(&folder).arg("query").args(arguments), b"");
    assert!(here(&["公司数"]).expect(0).stdout.contains("true"));
    assert!(here(&["team"]).expect(0).stdout.contains("mine"));
    assert!(here(&["--list"]).expect(0).stdout.contains("公司数"));
    let named = query(&["team", "--queries", own.to_str().unwrap()]).expect(0);
    assert!(named.stdout.contains("mine"));
    assert!(query(&["team", "--text"]).expect(0).stdout.starts_with("// name: team\n"));
    fs::write(own.join("wrong.cypher"), "// name: wrong\n// param: x NUMBER\nRETURN 1").unwrap();
    let wrong = here(&["wrong"]).expect(2);
    assert!(wrong.stderr.contains("wrong.cypher:2: expected a type (STRING, "), "{}", wrong.stderr);
    // The others are not concerned.
    here(&["team"]).expect(0);
    query(&["--list", "--queries", "/nowhere"]).expect(2);
}
