//! docs/cypher.md tells what there is: its tables are those of the engine, and its statements run.
//!
//! `UPDATE_DOCS=1 cargo test --test cypher_page` writes the tables anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use ailand::Landscape;
use ailand::cypher::{Parameters, QueryResult, Value};

fn page() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/cypher.md")
}

fn query(landscape: &Landscape, statement: &str) -> QueryResult {
    landscape.query(statement, &Parameters::new()).unwrap_or_else(|error| panic!("{error}\n{statement}"))
}

fn text(value: &Value) -> String {
    let Value::Text(text) = value else { panic!("{value:?}") };
    text.replace('|', "\\|")
}

/// A table for each family of functions.
fn functions(landscape: &Landscape) -> String {
    let rows = query(landscape, "CALL dbms.functions() YIELD category, signature, description RETURN *").rows;
    let (mut tables, mut family) = (String::new(), String::new());
    for row in rows {
        let [category, description, signature] = row.as_slice() else { panic!() };
        if text(category) != family {
            family = text(category);
            let _ = write!(tables, "\n### {}\n\n| function | |\n|---|---|\n", capital(&family));
        }
        let _ = writeln!(tables, "| `{}` | {} |", text(signature), text(description));
    }
    tables
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn procedures(landscape: &Landscape) -> String {
    let rows =
        query(landscape, "CALL dbms.procedures() YIELD signature, description RETURN signature, description").rows;
    let mut table = "\n| procedure | |\n|---|---|\n".to_owned();
    for row in rows {
        let (call, columns) = text(&row[0]).split_once(" YIELD ").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        let _ = writeln!(table, "| `{call}` <br> gives `{columns}` | {} |", text(&row[1]));
    }
    table
}

/// The statements between the fences of the page.
fn statements(page: &str) -> Vec<&str> {
    page.split("```cypher\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

fn plan(landscape: &Landscape, page: &str) -> String {
    let explained = statements(page).into_iter().find(|statement| statement.starts_with("EXPLAIN")).unwrap();
    format!("\n```text\n{}```\n", query(landscape, explained).plan.unwrap())
}

#[test]
fn the_tables_are_those_of_the_engine() {
    let landscape = Landscape::bundled().unwrap();
    let mut written = fs::read_to_string(page()).unwrap();
    let parts = [
        ("functions", functions(&landscape)),
        ("procedures", procedures(&landscape)),
        ("plan", plan(&landscape, &written)),
    ];
    let mut changed = Vec::new();
    for (name, expected) in parts {
        let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
        let from = written.find(&begin).unwrap() + begin.len();
        let to = written.find(&end).unwrap();
        let expected = format!("{}\n", expected.trim_end());
        if written[from..to] != expected {
            changed.push(name);
            written.replace_range(from..to, &expected);
        }
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(page(), written).unwrap();
    } else {
        assert!(
            changed.is_empty(),
            "{changed:?} of docs/cypher.md are out of date: UPDATE_DOCS=1 cargo test --test cypher_page"
        );
    }
}

#[test]
fn the_statements_of_the_page_run() {
    let landscape = Landscape::bundled().unwrap();
    let page = fs::read_to_string(page()).unwrap();
    let all = statements(&page);
    assert!(all.len() >= 5, "{}", all.len());
    for statement in all {
        let result = query(&landscape, statement);
        assert!(result.plan.is_some() || !result.rows.is_empty(), "{statement}");
        assert!(result.notices.is_empty(), "{statement}: {:?}", result.notices);
    }
}
