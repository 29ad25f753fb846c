//! Statements that write.

use serde_json::json;

use crate::database;
use crate::ground::run;

#[test]
fn what_was_written_is_told() {
    let (_folder, db) = database();
    let create = "CREATE (a:Startup {name: '新公司'})-[:LOCATED_IN]->(b:City {name: '成都'}) RETURN a.name AS name";
    let written = run(&db, &["query", create]).expect(0);
    assert!(written.stderr.contains("2 nodes, 1 relationship, 2 properties written"), "{}", written.stderr);
    assert!(written.stdout.contains("新公司"));
    let found = "MATCH (:City {name: '成都'})<--(a) RETURN a.name AS name";
    assert_eq!(run(&db, &["query", found, "--format", "jsonl"]).expect(0).stdout, "{\"name\":\"新公司\"}\n");
    let remove = "MATCH (n) WHERE n.name IN ['新公司', '成都'] DETACH DELETE n";
    let removed = run(&db, &["query", remove, "--format", "json"]).expect(0).json();
    assert_eq!((&removed["changes"]["nodes_removed"], &removed["changes"]["nodes_added"]), (&json!(2), &json!(0)));
    let nothing = run(&db, &["query", remove]).expect(1);
    assert_eq!(nothing.stderr, "nothing changed\n");
    // Rows of a statement that writes come in the formats that stream, too.
    let lines = run(&db, &["query", "CREATE (a:X {n: 1}) RETURN a.n AS n", "--format", "csv"]).expect(0);
    assert_eq!((lines.stdout.as_str(), lines.stderr.as_str()), ("n\r\n1\r\n", "1 node, 1 property, 1 label written\n"));
}

#[test]
fn what_may_not_be_written_is_not() {
    let (_folder, db) = database();
    let count = || run(&db, &["query", "MATCH (n) RETURN count(n) AS n", "--format", "jsonl"]).expect(0).stdout;
    let before = count();
    for format in ["table", "csv", "json"] {
        let refused = run(&db, &["query", "--read-only", "CREATE (n) RETURN n", "--format", format]).expect(2);
        assert!((refused.stdout + &refused.stderr).contains("CREATE would change the database"), "{format}");
    }
    // An error in the middle leaves nothing behind.
    run(&db, &["query", "UNWIND [1, 0] AS x CREATE (n {v: 1 / x})"]).expect(2);
    let past = run(&db, &["query", "--at", "1", "CREATE (n)"]).expect(2);
    assert!(past.stderr.contains("in the past"), "{}", past.stderr);
    assert_eq!(count(), before);
    run(&db, &["query", "--explain", "CREATE (n)"]).expect(0);
    assert_eq!(count(), before);
}
