//! What depends on the database: read-only, and words it does not know.

use std::sync::Arc;

use super::Procedures;
use crate::cypher::check::{CheckContext, Words, check, warnings};
use crate::cypher::error::{Detail, Kind};
use crate::cypher::syntax::{SyntaxLimits, parse};

struct Known;

impl Words for Known {
    fn labels(&self) -> Vec<Arc<str>> {
        vec!["Startup".into(), "Investor".into(), "公司".into()]
    }

    fn types(&self) -> Vec<Arc<str>> {
        vec!["INVESTED_IN".into(), "FOUNDED_BY".into()]
    }

    fn keys(&self) -> Vec<Arc<str>> {
        vec!["name".into(), "date".into()]
    }
}

fn context<'a>(procedures: &'a Procedures, read_only: bool) -> CheckContext<'a> {
    CheckContext { parameters: None, procedures, read_only, words: Some(&Known) }
}

fn told(text: &str) -> Vec<String> {
    let statement = parse(text, &SyntaxLimits::default()).unwrap();
    let procedures = Procedures::default();
    let told = warnings(&statement, &context(&procedures, false));
    told.into_iter()
        .map(|warning| {
            let place = &text[warning.span.start as usize..warning.span.end as usize];
            assert!(warning.message.contains(place), "{place}: {}", warning.message);
            format!("{}: {}", place, warning.hint.unwrap_or_default())
        })
        .collect()
}

#[test]
fn words_that_are_not_known() {
    assert_eq!(
        told("MATCH (a:Startp)-[r:INVESTED_TO]->(b:startup {nam: 1}) WHERE a.date = r.dte AND b:Nothing RETURN a.name"),
        [
            "Startp: is Startup meant?",
            "INVESTED_TO: is INVESTED_IN meant?",
            "startup: is Startup meant?",
            "nam: is name meant?",
            "dte: is date meant?",
            "Nothing: ",
        ]
    );
    assert_eq!(told("MATCH (a:公司 {name: 'x'})<-[:FOUNDED_BY|INVESTED_IN]-(:!Investor) RETURN a.date"), [""; 0]);
    assert_eq!(told("MATCH (a:公四) RETURN a, COUNT { (a)-[:FOUNDED]->() }, a {.nme}").len(), 3);
}

#[test]
fn words_that_the_statement_brings() {
    assert_eq!(told("CREATE (a:New {k: 1})-[:T]->(b) WITH a MATCH (x:New)-[:T]->() RETURN x.k"), [""; 0]);
    assert_eq!(told("MATCH (a) SET a:New, a.k = 1 WITH a MATCH (b:New) RETURN b.k"), [""; 0]);
    assert_eq!(told("MATCH (a) SET a += $p RETURN a.anything"), [""; 0]);
    // What is not a node or relationship for sure has any property.
    assert_eq!(told("UNWIND $rows AS row WITH row, {k: 1} AS m RETURN row.k, m.k"), [""; 0]);
}

#[test]
fn reading_only() {
    let procedures = Procedures::default();
    for text in [
        "CREATE (a)",
        "MATCH (a) SET a.x = 1",
        "MATCH (a) DELETE a",
        "MERGE (a)",
        "MATCH (a) REMOVE a.x",
        "FOREACH (x IN [1] | CREATE ())",
        "CALL { CALL { CREATE () } }",
        "EXPLAIN CREATE ()",
    ] {
        let statement = parse(text, &SyntaxLimits::default()).unwrap();
        let error = check(&statement, &context(&procedures, true)).unwrap_err();
        assert_eq!((error.kind(), error.detail()), (Kind::ReadOnlyError, Detail::ReadOnly), "{text}");
        assert!(check(&statement, &context(&procedures, false)).is_ok());
    }
    let statement = parse("MATCH (a) CALL { RETURN 1 AS x } RETURN a", &SyntaxLimits::default()).unwrap();
    assert!(check(&statement, &context(&procedures, true)).is_ok());
}
