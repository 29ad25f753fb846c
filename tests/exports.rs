//! Exported graphs, read back by programs of each format's own world.
//!
//! Needs python3 with networkx and rdflib, and xmllint (Debian: libxml2-utils). A test whose program is missing says so and
//! passes; CI installs all of them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stderr)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use ailand::Landscape;
use ailand::formats::graph::{EdgeRecord, GraphFormat, GraphRecords, NodeRecord, csv};
use ailand::graph::{Bounds, Filter, induced_subgraph};
use ailand::model::{EntityId, FactId, Language, Modality, Name, NameKind, Properties, SourceId, Value};
use serde_json::Value as Json;

/// Whether a program answers; says by name what is skipped when it does not.
fn is_there(test: &str, program: &str, arguments: &[&str]) -> bool {
    let there = Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success());
    if !there {
        eprintln!("SKIPPED {test}: `{program} {}` does not run", arguments.join(" "));
    }
    there
}

fn run(program: &str, arguments: &[&str]) -> Output {
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

fn read(format: GraphFormat, place: &Path) -> Json {
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/interop/read_graph.py");
    let output = run("python3", &[script.to_str().unwrap(), format.word(), place.to_str().unwrap()]);
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What was read is what was written: every node, every edge, and what the script hands back of them.
fn assert_same(records: &GraphRecords, read: &Json) {
    assert_eq!(read["nodes"].as_object().unwrap().len(), records.nodes.len());
    assert_eq!(read["edges"].as_object().unwrap().len(), records.edges.len());
    for node in &records.nodes {
        let own = &read["nodes"][node.id.as_str()];
        if own["name"].is_string() {
            assert_eq!(own["name"], node.name(), "{}", node.id);
            assert_eq!(own["labels"], Json::from(node.labels.clone()));
        } else {
            let canonical = node.names.iter().filter(|name| name.kind == NameKind::Canonical);
            let names: Vec<String> =
                canonical.map(|name| name.text.clone()).collect::<BTreeSet<_>>().into_iter().collect();
            // One name in two languages is two labels with the same text.
            let read: BTreeSet<&str> =
                own["names"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
            assert_eq!(read.into_iter().collect::<Vec<_>>(), names, "{}", node.id);
        }
    }
    let asserted: BTreeSet<_> = records
        .edges
        .iter()
        .filter(|edge| edge.modality == Modality::Asserted)
        .map(|edge| (&edge.from, &edge.predicate, &edge.to))
        .collect();
    for edge in &records.edges {
        let own = &read["edges"][edge.id.as_str()];
        assert_eq!(own["source"], edge.from.as_str(), "{}", edge.id);
        assert_eq!(own["target"], edge.to.as_str(), "{}", edge.id);
        assert_eq!(own["predicate"], edge.predicate, "{}", edge.id);
        assert_eq!(own["modality"], edge.modality.word(), "{}", edge.id);
        assert!((own["confidence"].as_f64().unwrap() - f64::from(edge.confidence)).abs() < 1e-3);
        for key in ["round", "date"] {
            let written = edge.properties.get(key).map(ToString::to_string);
            assert_eq!(own[key].as_str().map(str::to_owned), written, "{} {key}", edge.id);
        }
        if let Some(plain) = own["plain"].as_bool() {
            assert_eq!(plain, asserted.contains(&(&edge.from, &edge.predicate, &edge.to)), "{}", edge.id);
        }
    }
}

fn check(test: &str, format: GraphFormat, file: &str, module: Option<&str>) {
    let imports = module.map_or("pass".to_owned(), |module| format!("import {module}"));
    if !is_there(test, "python3", &["-c", &imports]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join(file);
    let landscape = Landscape::bundled().unwrap();
    landscape.export_graph(format, &place).unwrap();
    assert_same(&landscape.graph_records().unwrap(), &read(format, &place));
}

#[test]
fn networkx_reads_graphml() {
    check("networkx_reads_graphml", GraphFormat::GraphMl, "all.graphml", Some("networkx"));
}

#[test]
fn networkx_reads_gexf() {
    check("networkx_reads_gexf", GraphFormat::Gexf, "all.gexf", Some("networkx"));
}

#[test]
fn networkx_reads_node_link_json() {
    check("networkx_reads_node_link_json", GraphFormat::NodeLink, "all.json", Some("networkx"));
}

#[test]
fn rdflib_reads_turtle() {
    check("rdflib_reads_turtle", GraphFormat::Turtle, "all.ttl", Some("rdflib"));
}

#[test]
fn python_reads_cytoscape_json() {
    check("python_reads_cytoscape_json", GraphFormat::Cytoscape, "all.cyjs", None);
}

#[test]
fn python_reads_csv() {
    check("python_reads_csv", GraphFormat::Csv, "csv", None);
}

/// Two entities and two parallel facts whose texts hold what formats trip over.
fn nasty(text: &str) -> GraphRecords {
    let name = |text: &str, language: &str, kind| Name {
        text: text.to_owned(),
        language: Language::from(language),
        kind,
        derived: false,
        evidence: Vec::new(),
    };
    let properties = |pairs: &[(&str, Value)]| -> Properties {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect()
    };
    let node = |id: &str, claims| NodeRecord {
        id: EntityId::new(id).unwrap(),
        labels: vec!["Startup".to_owned(), "初创".to_owned()],
        names: vec![name(text, "en", NameKind::Canonical), name("a;b", "x", NameKind::Alias)],
        claims,
    };
    let edge = |id: &str| EdgeRecord {
        id: FactId::new(id).unwrap(),
        from: EntityId::new("x:a+b.").unwrap(),
        to: EntityId::new("x:c").unwrap(),
        predicate: "投资".to_owned(),
        properties: properties(&[
            ("round", Value::Text(text.to_owned())),
            ("date", Value::Date("2024-02".parse().unwrap())),
            ("key", Value::Bool(true)),
            ("source", Value::Int(i64::MIN)),
            ("mixed `\"' key", Value::List(vec![Value::Int(1), Value::List(vec![Value::Text(text.to_owned())])])),
        ]),
        modality: Modality::Denied,
        confidence: 0.85,
        sources: vec![SourceId::new("s/1+x.").unwrap()],
    };
    let claims = properties(&[("id", Value::Text(text.to_owned())), ("score", Value::Float(1e300))]);
    GraphRecords {
        nodes: vec![node("x:a+b.", claims), node("x:c", properties(&[("score", Value::Int(3))]))],
        edges: vec![edge("f/1+x."), edge("f:2")],
        sources: Vec::new(),
    }
}

#[test]
fn texts_come_back_as_they_were() {
    if !is_there("texts_come_back_as_they_were", "python3", &["-c", "import networkx, rdflib"]) {
        return;
    }
    let marks = "a \"b\" 'c' `d` \\e <f>&amp;& ]]> --> {g} ; , \u{202e}עברית 👩‍🔬 月之暗面 \n\tz\r\nlast";
    let controls = format!("{marks}\u{1}\u{1b}\u{85}\u{2028}\u{ffff}");
    let folder = tempfile::tempdir().unwrap();
    // XML has no form for control characters.
    for (format, text) in [
        (GraphFormat::GraphMl, marks),
        (GraphFormat::Gexf, marks),
        (GraphFormat::NodeLink, &controls),
        (GraphFormat::Cytoscape, &controls),
        (GraphFormat::Turtle, &controls),
    ] {
        let records = nasty(text);
        let place = folder.path().join(format.word());
        format.write(&records, &mut std::fs::File::create(&place).unwrap()).unwrap();
        assert_same(&records, &read(format, &place));
    }
    let records = nasty(&controls);
    csv::write_nodes(&records, &mut std::fs::File::create(folder.path().join("nodes.csv")).unwrap()).unwrap();
    csv::write_edges(&records, &mut std::fs::File::create(folder.path().join("edges.csv")).unwrap()).unwrap();
    assert_same(&records, &read(GraphFormat::Csv, folder.path()));
}

#[test]
fn xml_is_well_formed() {
    if !is_there("xml_is_well_formed", "xmllint", &["--version"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let all = Landscape::bundled().unwrap().graph_records().unwrap();
    let controls: String = (0u32..0x300).chain(0xfff0..0x10010).filter_map(char::from_u32).collect();
    for (number, records) in [all, nasty(&controls)].iter().enumerate() {
        for format in [GraphFormat::GraphMl, GraphFormat::Gexf] {
            let place = folder.path().join(format!("{number}.{}", format.word()));
            format.write(records, &mut std::fs::File::create(&place).unwrap()).unwrap();
            run("xmllint", &["--noout", "--huge", place.to_str().unwrap()]);
        }
    }
}

#[test]
fn a_part_is_exported_as_the_whole_is() {
    if !is_there("a_part_is_exported_as_the_whole_is", "python3", &["-c", "import networkx"]) {
        return;
    }
    let landscape = Landscape::bundled().unwrap();
    let snapshot = landscape.snapshot().unwrap();
    let graph = landscape.graph().unwrap();
    let moonshot = landscape.entity("月之暗面", None).unwrap();
    let number = snapshot.entity_number(&moonshot.id).unwrap().unwrap();
    let part = induced_subgraph(&graph, &[number], 1, &Filter::new(), &Bounds::none()).unwrap();
    let records = GraphRecords::of_subgraph(&snapshot, &graph, &part).unwrap();
    assert_eq!((records.nodes.len(), records.edges.len()), (part.nodes.len(), part.edges.len()));
    assert!(records.nodes.len() > 20 && records.edges.len() > records.nodes.len());
    // Four facts between the same two stay four.
    let alibaba = records.edges.iter().filter(|edge| edge.from.as_str() == "company:alibaba-group");
    assert!(alibaba.filter(|edge| edge.to == moonshot.id).count() > 1);
    // An amount keeps its currency.
    let own = records.nodes.iter().find(|node| node.id == moonshot.id).unwrap();
    assert!(own.claims.get("valuation").is_some_and(|value| value.as_int().is_some()));
    assert_eq!(own.claims.get("valuation_currency"), Some(&Value::Text("USD".to_owned())));
    let folder = tempfile::tempdir().unwrap();
    for (format, file) in [(GraphFormat::GraphMl, "part.graphml"), (GraphFormat::Gexf, "part.gexf")] {
        let place = folder.path().join(file);
        let mut out = std::fs::File::create(&place).unwrap();
        format.write(&records, &mut out).unwrap();
        assert_same(&records, &read(format, &place));
    }
}

#[test]
fn an_empty_graph_can_be_exported() {
    let records = GraphRecords::default();
    for format in GraphFormat::ALL {
        let mut out = Vec::new();
        format.write(&records, &mut out).unwrap();
        assert!(std::str::from_utf8(&out).is_ok());
    }
}

#[test]
fn the_command_exports_by_the_ending_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let ailand = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ailand"));
        command.current_dir(folder.path()).args(["--db", "db", "export"]).args(arguments).output().unwrap()
    };
    let beginning = |file: &str| std::fs::read_to_string(folder.path().join(file)).unwrap()[..5].to_owned();
    for (arguments, file, expected) in [
        (&["a.graphml"][..], "a.graphml", "<?xml"),
        (&["a.gexf"], "a.gexf", "<?xml"),
        (&["a.ttl"], "a.ttl", "@pref"),
        (&["a.cypher"], "a.cypher", "CREAT"),
        (&["a.xml", "--as", "graphml"], "a.xml", "<?xml"),
        (&["neo4j", "--as", "csv"], "neo4j/edges.csv", "id,:S"),
        (&["backup"], "backup/facts.jsonl", "{\"fac"),
    ] {
        let output = ailand(arguments);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(beginning(file), expected);
    }
    let turtle = ailand(&["-", "--as", "turtle"]);
    assert_eq!(turtle.stdout, std::fs::read(folder.path().join("a.ttl")).unwrap());
    for wrong in [&["a.docx"][..], &["-"], &["-", "--as", "jsonl"], &["a", "--as", "docx"]] {
        assert_eq!(ailand(wrong).status.code(), Some(2), "{wrong:?}");
    }
    assert!(!folder.path().join("a.docx").exists());
}
