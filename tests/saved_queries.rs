//! The saved queries: each says what it answers, runs on the bundled landscape, and finds something.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};

use ailand::Landscape;
use ailand::cypher::{Nested, Options, QueryResult};
use ailand::formats::{Layout, Overflow, RowFormat};
use ailand::landscape::{SavedQueries, SavedQuery};

/// Rows of a snapshot; of longer answers the number is told.
const SHOWN: usize = 12;

fn run(landscape: &Landscape, query: &SavedQuery, given: &BTreeMap<String, String>) -> QueryResult {
    let values = query.values(given).unwrap_or_else(|error| panic!("{}: {error}", query.name));
    let options = Options { read_only: true, ..Options::default() };
    landscape.query_with(&query.statement, &values, &options).unwrap_or_else(|error| panic!("{}: {error}", query.name))
}

/// The rows as a table that is cut to a width that a reader of the snapshot can take in.
fn table(query: &SavedQuery, result: &QueryResult) -> String {
    let mut rows = result.to_rows(Nested::Brief);
    let found = rows.rows.len();
    rows.rows.truncate(SHOWN);
    let layout = Layout { width: Some(160), overflow: Overflow::Cut, ..Layout::default() };
    let mut text = Vec::new();
    rows.write(RowFormat::Table, &layout, &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    format!("{}\n{}\n\n{}\n\n{found} rows", query.english, query.chinese, lines.join("\n"))
}

#[test]
fn there_are_enough_and_each_says_what_it_answers() {
    let queries = SavedQueries::bundled().list().unwrap();
    assert!(queries.len() >= 24, "{}", queries.len());
    let mut said = BTreeSet::new();
    for query in &queries {
        assert!(
            said.insert(&query.english) && said.insert(&query.chinese),
            "{} says what another one says",
            query.name
        );
        assert!(query.chinese.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{}", query.name);
        assert!(query.parameters.iter().all(|one| one.default.is_some() && !one.meaning.is_empty()), "{}", query.name);
        assert!(!query.examples.is_empty(), "{}", query.name);
        for parameter in &query.parameters {
            let used = format!("${}", parameter.name);
            assert!(query.statement.contains(&used), "{}: {used} is not used", query.name);
        }
    }
}

#[test]
fn each_finds_something_with_its_defaults() {
    let landscape = Landscape::bundled().unwrap();
    for query in SavedQueries::bundled().list().unwrap() {
        let result = run(&landscape, &query, &BTreeMap::new());
        assert!(!result.rows.is_empty(), "{} finds nothing", query.name);
        // A column that is always empty answers nothing.
        for (at, column) in result.columns.iter().enumerate() {
            assert!(result.rows.iter().any(|row| !row[at].is_null()), "{}: {column} is empty", query.name);
        }
        insta::with_settings!({prepend_module_to_snapshot => false, snapshot_path => "snapshots/queries"}, {
            insta::assert_snapshot!(query.name.clone(), table(&query, &result));
        });
    }
}

/// The words of a command line; those in quotes stay together.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut quoted, mut word) = (Vec::new(), false, String::new());
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(std::mem::take(&mut word)),
            c => word.push(c),
        }
    }
    words.push(word);
    words
}

#[test]
fn each_example_finds_something() {
    let landscape = Landscape::bundled().unwrap();
    for query in SavedQueries::bundled().list().unwrap() {
        for example in &query.examples {
            let words = words(example);
            assert_eq!(words[..3], ["ailand", "query", &query.name], "{example}");
            let mut given = BTreeMap::new();
            for pair in words[3..].chunks(2) {
                let [option, assignment] = pair else { panic!("{example}") };
                assert_eq!(option, "--param", "{example}");
                let (name, value) = assignment.split_once('=').unwrap();
                given.insert(name.to_owned(), value.to_owned());
            }
            assert!(!run(&landscape, &query, &given).rows.is_empty(), "{example} finds nothing");
        }
    }
}

#[test]
fn each_is_small_enough_to_be_read() {
    for query in SavedQueries::bundled().list().unwrap() {
        assert!(query.statement.lines().all(|line| line.chars().count() <= 180), "{} has long lines", query.name);
        assert!(query.statement.ends_with('\n') && !query.statement.contains('\t'), "{}", query.name);
    }
}
