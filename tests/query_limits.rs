//! Statements that would exhaust the machine end in an error within their budget.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use ailand::cypher::{Detail, Limits, Options, Parameters, QueryError};
use ailand::{Error, Landscape};

fn limits() -> Limits {
    Limits { time: Some(Duration::from_millis(500)), memory: 64 << 20, rows: 100_000, ..Limits::default() }
}

fn refused(landscape: &Landscape, statement: &str) -> QueryError {
    let options = Options { limits: limits(), ..Options::default() };
    match landscape.query_with(statement, &Parameters::new(), &options) {
        Err(Error::Query(error)) => error,
        other => {
            panic!("{}: {:?}", statement.chars().take(80).collect::<String>(), other.map(|result| result.rows.len()))
        }
    }
}

#[test]
fn deep_and_long_statements_are_refused_or_run() {
    let landscape = Landscape::in_memory();
    let nested = |open: &str, close: &str| format!("RETURN {}1{}", open.repeat(10_000), close.repeat(10_000));
    // As deep as is allowed, everything must run on the stack of a test.
    for (open, close) in [("(", ")"), ("[", "]"), ("-", ""), ("NOT ", ""), ("[x IN [1] | ", "]"), ("abs(", ")")] {
        let statement = format!("RETURN {}1{}", open.repeat(100), close.repeat(100)).replace("NOT 1", "NOT true");
        landscape.query(&statement, &Parameters::new()).unwrap();
    }
    for depth in [10, 50, 100] {
        let exists = format!("RETURN {}true{}", "EXISTS { MATCH (n) WHERE ".repeat(depth), "}".repeat(depth));
        let call = format!("{} RETURN 1 AS x {}", "CALL { ".repeat(depth), "} RETURN x ".repeat(depth));
        for statement in [exists, call] {
            match landscape.query(&statement, &Parameters::new()) {
                Ok(_) => {}
                Err(Error::Query(error)) => assert_eq!(error.detail(), Detail::TooDeep, "{error}"),
                Err(other) => panic!("{other}"),
            }
        }
    }
    let xor = format!("RETURN {} AS x", vec!["true"; 100_000].join(" XOR "));
    assert_eq!(landscape.query(&xor, &Parameters::new()).unwrap().rows[0][0], false.into());
    let sum = format!("RETURN {} AS x", vec!["1"; 500].join(" + "));
    assert_eq!(landscape.query(&sum, &Parameters::new()).unwrap().rows[0][0], 500.into());
    for statement in [
        nested("(", ")"),
        nested("[", "]"),
        nested("{a: ", "}"),
        nested("-", ""),
        nested("NOT ", ""),
        nested("abs(", ")"),
        nested("CASE WHEN true THEN ", " END"),
        nested("[x IN [1] | ", "]"),
        nested("EXISTS { MATCH (n) WHERE ", "}"),
        format!("{} RETURN 1 {}", "CALL { ".repeat(5_000), "} ".repeat(5_000)),
        format!("RETURN {}", vec!["1"; 100_000].join(" + ")),
    ] {
        let error = refused(&landscape, &statement);
        assert!(matches!(error.detail(), Detail::TooDeep | Detail::TooLong), "{error} in {:.60}", statement);
    }
    let error = refused(&landscape, &format!("RETURN '{}'", "a".repeat(2 << 20)));
    assert_eq!(error.detail(), Detail::TooLong);
}

#[test]
fn long_runs_end_in_time() {
    let landscape = Landscape::bundled().unwrap();
    for statement in [
        "MATCH p = (a)-[*]-(b) RETURN count(*)",
        "MATCH (a), (b), (c), (d) RETURN count(*)",
        "MATCH (a) WHERE COUNT { (a)-[*]-(b) } > 5 RETURN a",
        "MATCH p = SHORTEST 500000 (a {name: '小米'})-[*]-(b {name: 'OpenAI'}) RETURN count(p)",
        "UNWIND range(1, 10000) AS x UNWIND range(1, 10000) AS y RETURN sum(x * y)",
        "RETURN reduce(n = 0, x IN range(1, 10000) | n + size([y IN range(1, 10000) WHERE y > x]))",
        "MATCH (a) CALL (a) { MATCH (a)-[*1..6]-(b) RETURN count(b) AS n } RETURN sum(n)",
        "FOREACH (x IN range(1, 10000) | FOREACH (y IN range(1, 10000) | MERGE (:N {x: 1})))",
    ] {
        let start = Instant::now();
        let error = refused(&landscape, statement);
        assert!(matches!(error.detail(), Detail::OutOfTime | Detail::OutOfMemory), "{statement}: {error}");
        // Generous: the machine may be busy.
        assert!(start.elapsed() < Duration::from_secs(20), "{statement}: {:?}", start.elapsed());
    }
}

#[test]
fn memory_and_rows_are_bounded() {
    let landscape = Landscape::bundled().unwrap();
    for (statement, expected) in [
        ("MATCH (a), (b), (c) RETURN collect([a, b, c])", Detail::OutOfMemory),
        ("MATCH (a), (b), (c) WITH DISTINCT a, b, c RETURN count(*)", Detail::OutOfMemory),
        ("MATCH (a), (b), (c) RETURN a, b, c ORDER BY id(a) + id(b) - id(c)", Detail::OutOfMemory),
        ("RETURN reduce(s = 'abcdefgh', x IN range(1, 60) | s + s)", Detail::OutOfMemory),
        ("RETURN [x IN range(1, 5000) | [y IN range(1, 5000) | y]]", Detail::OutOfMemory),
        ("UNWIND range(1, 1000) AS x UNWIND range(1, 1000) AS y RETURN x", Detail::TooManyRows),
        ("UNWIND range(1, 9000000) AS x CREATE (:N {x: x})", Detail::OutOfMemory),
    ] {
        let options = Options { limits: Limits { time: None, ..limits() }, ..Options::default() };
        match landscape.query_with(statement, &Parameters::new(), &options) {
            Err(Error::Query(error)) => assert_eq!(error.detail(), expected, "{statement}: {error}"),
            other => panic!("{statement}: {:?}", other.map(|result| result.rows.len())),
        }
    }
}

#[test]
fn a_flag_cancels_a_statement_soon() {
    let cancelled = Arc::new(AtomicBool::new(false));
    let options = Options { cancelled: Some(Arc::clone(&cancelled)), ..Options::default() };
    let running = thread::spawn(move || {
        let landscape = Landscape::bundled().unwrap();
        landscape.query_with("MATCH (a), (b), (c), (d) RETURN count(*)", &Parameters::new(), &options).unwrap_err()
    });
    thread::sleep(Duration::from_millis(300));
    cancelled.store(true, Ordering::Relaxed);
    let Error::Query(error) = running.join().unwrap() else { panic!("it was not cancelled") };
    assert_eq!(error.detail(), Detail::Cancelled);
}

#[test]
fn read_only_refuses_before_anything_runs() {
    let landscape = Landscape::in_memory();
    let options = Options { read_only: true, ..Options::default() };
    for statement in ["CREATE (:A)", "MATCH (n) SET n.x = 1", "UNWIND [1] AS x FOREACH (y IN [x] | CREATE (:A))"] {
        let refused = landscape.query_with(statement, &Parameters::new(), &options).unwrap_err();
        let Error::Query(error) = refused else { panic!("{refused}") };
        assert_eq!(error.detail(), Detail::ReadOnly, "{statement}");
    }
    assert_eq!(landscape.snapshot().unwrap().generation(), 0);
}
