//! The queries of the openCypher compatibility kit, for tests of the parser and the checks.
//!
//! The kit is looked for in `../shared/tck` beside the repository, or where `OPENCYPHER_TCK` points.

use std::path::{Path, PathBuf};

/// A scenario, or one row of an outline.
pub(crate) struct Scenario {
    /// File and scenario.
    pub(crate) name: String,
    /// The statements that prepare the graph, and that look at it afterwards.
    pub(crate) others: Vec<String>,
    /// The statement that is judged.
    pub(crate) query: String,
    pub(crate) parameters: Vec<String>,
    /// Signatures as written: `test.my.proc(name :: STRING?) :: (city :: STRING?)`.
    pub(crate) procedures: Vec<String>,
    /// The detail of the error that must come, and whether it must come at compile time.
    pub(crate) error: Option<(String, bool)>,
}

/// All scenarios; `None` where there is no kit.
pub(crate) fn scenarios() -> Option<Vec<Scenario>> {
    let named = std::env::var_os("OPENCYPHER_TCK").map(PathBuf::from);
    let kit = named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tck"));
    let mut scenarios = Vec::new();
    let mut folders = vec![kit.join("features")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).ok()? {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "feature") {
                let file = path.file_stem().unwrap().to_string_lossy().into_owned();
                read(&file, &std::fs::read_to_string(&path).unwrap(), &mut scenarios);
            }
        }
    }
    Some(scenarios)
}

fn read(file: &str, text: &str, scenarios: &mut Vec<Scenario>) {
    let mut current: Vec<&str> = Vec::new();
    let mut in_text = false;
    for line in text.lines().chain(["Scenario: end"]) {
        if !in_text && line.trim_start().starts_with("Scenario") {
            if current.first().is_some_and(|first| first.trim_start().starts_with("Scenario")) {
                expand(file, &current, scenarios);
            }
            current.clear();
        }
        if line.trim() == "\"\"\"" {
            in_text = !in_text;
        }
        current.push(line);
    }
}

/// One scenario for each row of examples.
fn expand(file: &str, lines: &[&str], scenarios: &mut Vec<Scenario>) {
    let mut tables: Vec<Vec<Vec<String>>> = Vec::new();
    let mut body = Vec::new();
    let (mut in_text, mut in_examples) = (false, false);
    for line in lines {
        if line.trim() == "\"\"\"" {
            in_text = !in_text;
        }
        if !in_text && line.trim_start().starts_with("Examples:") {
            in_examples = true;
            tables.push(Vec::new());
        } else if in_examples && line.trim_start().starts_with('|') {
            tables.last_mut().unwrap().push(cells(line));
        } else if !in_examples {
            body.push(*line);
        }
    }
    let body = body.join("\n");
    if tables.is_empty() {
        scenarios.push(scenario(file, &body));
    }
    for table in tables {
        let (header, rows) = table.split_first().unwrap();
        for row in rows {
            let filled = header
                .iter()
                .zip(row)
                .fold(body.clone(), |text, (key, value)| text.replace(&format!("<{key}>"), value));
            scenarios.push(scenario(file, &filled));
        }
    }
}

fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in line.trim().trim_start_matches('|').chars() {
        match c {
            '|' if !escaped => cells.push(String::new()),
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            _ => {
                if escaped && c != '|' && c != '\\' {
                    cells.last_mut().unwrap().push('\\');
                }
                cells.last_mut().unwrap().push(c);
            }
        }
        escaped = false;
    }
    cells.pop();
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}

fn scenario(file: &str, body: &str) -> Scenario {
    let mut lines = body.lines();
    let name = format!("{file} {}", lines.next().unwrap().trim());
    let mut scenario =
        Scenario { name, others: vec![], query: String::new(), parameters: vec![], procedures: vec![], error: None };
    let mut step = "";
    while let Some(line) = lines.next() {
        let line = line.trim();
        if line == "\"\"\"" {
            let text: Vec<&str> = lines.by_ref().take_while(|line| line.trim() != "\"\"\"").collect();
            match step {
                step if step.contains("executing query") => scenario.query = text.join("\n"),
                _ => scenario.others.push(text.join("\n")),
            }
        } else if line.starts_with('|') {
            if step.contains("parameters are") {
                scenario.parameters.extend(cells(line).into_iter().next());
            }
        } else if !line.is_empty() {
            step = line;
            if let Some((_, procedure)) = line.split_once("there exists a procedure ") {
                scenario.procedures.push(procedure.trim_end_matches(':').to_owned());
            }
            if let Some((_, raised)) = line.split_once("should be raised at ") {
                let (phase, detail) = raised.split_once(": ").unwrap();
                scenario.error = Some((detail.trim().to_owned(), phase == "compile time"));
            }
        }
    }
    scenario
}
