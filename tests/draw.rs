//! Pictures: valid for every name there is, in the eyes of the programs that read them.
//!
//! Needs `dot` (Debian: graphviz), xmllint (libxml2-utils) and python3. A test whose program is missing says so and passes; CI
//! installs all of them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stderr)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use ailand::Landscape;
use ailand::draw::{Arrangement, LeftOut, Line, Node, Picture, dot, layout, mermaid, svg};
use ailand::formats::screen::harmless;
use ailand::landscape::{Drawing, Subject, Walk};
use ailand::model::{EntityId, FactId, Language, Modality, vocabulary};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// Whether a program answers; says by name what is skipped when it does not.
fn is_there(test: &str, program: &str, argument: &str) -> bool {
    let there = Command::new(program).arg(argument).output().is_ok_and(|output| output.status.success());
    if !there {
        eprintln!("SKIPPED {test}: `{program} {argument}` does not run");
    }
    there
}

/// What a program makes of its input.
fn feed(program: &str, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let feeder = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap().unwrap();
    output
}

/// Names that nobody should have: quotation marks, markup, control characters, emoji, right-to-left text, anything.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "\\PC{0,40}",
        "[\"\\\\<>&;#{}|\\[\\]()%`'\n\r\t/=-]{1,12}",
        "[\\\\][NGLlrnTEH]",
        proptest::sample::select(
            &[
                "",
                " ",
                "&amp;",
                "&#38;&lt;b&gt;",
                "<b>月</b>",
                "-->",
                "]]>",
                "\u{0}",
                "\u{1b}[31m",
                "\u{202e}evil\u{202c}",
                "مرحبا بالعالم",
                "👩‍👩‍👧‍👦🏳️‍🌈",
                "e\u{301}\u{301}\u{301}",
                "\u{fffe}\u{ffff}",
                "graph",
                "end",
                "\"] ; evil -> x [",
                "\\",
                "\\\\\"",
                "a\nb\nc\nd\ne",
                "x\u{85}y\u{2028}z",
            ][..]
        )
        .prop_map(str::to_owned),
    ]
}

fn picture() -> impl Strategy<Value = Picture> {
    let arrangement = proptest::sample::select(&[Arrangement::Star, Arrangement::Layers, Arrangement::Network][..]);
    let node = (name(), proptest::sample::select(vocabulary::LABELS), 0u32..3);
    let ends = (any::<proptest::sample::Index>(), any::<proptest::sample::Index>());
    let line = (ends, proptest::sample::select(&Modality::ALL[..]), name(), name());
    let parts = (proptest::collection::vec(node, 1..12), proptest::collection::vec(line, 0..16));
    (arrangement, parts, name()).prop_map(|(arrangement, (nodes, lines), title)| {
        let count = nodes.len();
        let nodes = nodes.into_iter().enumerate().map(|(at, (name, label, distance))| Node {
            id: EntityId::new(format!("x:{at}")).unwrap(),
            tooltip: name.clone(),
            name,
            labels: vec![label.to_owned()],
            distance: Some(distance),
            is_center: at == 0,
        });
        let lines = lines.into_iter().map(|((from, to), modality, verb, detail)| Line {
            from: from.index(count),
            to: to.index(count),
            predicate: "INVESTED_IN".to_owned(),
            modality,
            facts: vec![FactId::new("f:1").unwrap()],
            tooltip: detail.clone(),
            brief: detail.clone(),
            verb,
            detail,
        });
        let (language, left_out) = (Language::English, LeftOut { entities: 1, at_least: true });
        Picture { title, language, arrangement, lines: lines.collect(), nodes: nodes.collect(), left_out }
    })
}

fn some<S: Strategy>(strategy: S, count: usize) -> Vec<S::Value> {
    let mut runner = TestRunner::deterministic();
    (0..count).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

fn written(picture: &Picture, write: impl Fn(&Picture, &mut Vec<u8>) -> std::io::Result<()>) -> Vec<u8> {
    let mut out = Vec::new();
    write(picture, &mut out).unwrap();
    out
}

fn drawn(names: &[&str], hops: u32, limit: usize) -> Picture {
    let landscape = Landscape::bundled().unwrap();
    let subject = Subject::Around { names: names.iter().map(|&name| name.to_owned()).collect(), hops };
    let walk = Walk { limit: Some(limit), language: Some(Language::English), ..Walk::default() };
    landscape.picture(&Drawing { walk, ..Drawing::of(subject) }).unwrap().unwrap()
}

fn path(from: &str, to: &str) -> Picture {
    let subject = Subject::Between { from: from.to_owned(), to: to.to_owned() };
    Landscape::bundled().unwrap().picture(&Drawing::of(subject)).unwrap().unwrap()
}

fn landscapes() -> Vec<Picture> {
    vec![
        drawn(&["月之暗面"], 1, 60),
        drawn(&["openai"], 1, 60),
        drawn(&["月之暗面"], 2, 60),
        drawn(&["zhipu", "百川智能", "minimax"], 1, 60),
        drawn(&["GPT-4"], 2, 60),
        drawn(&["北京"], 1, 5),
        drawn(&["Manus"], 1, 60),
        path("小米", "openai"),
    ]
}

#[test]
fn graphviz_reads_every_picture() {
    if !is_there("graphviz_reads_every_picture", "dot", "-V") {
        return;
    }
    // One run for all: Graphviz reads graph after graph. Parsing does not need a layout, which would be slow.
    let pictures: Vec<Picture> = some(picture(), 150).into_iter().chain(landscapes()).collect();
    let text: Vec<u8> = pictures.iter().flat_map(|picture| written(picture, dot::write)).collect();
    let output = feed("dot", &["-Kpatchwork", "-Tcanon"], &text);
    let problems = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !problems.contains("rror"), "{problems}");
    let graphs = String::from_utf8_lossy(&output.stdout).lines().filter(|line| line.starts_with("digraph ")).count();
    assert_eq!(graphs, pictures.len());
    // A few are laid out too, with the HTML-like labels and the layout that they name.
    for picture in pictures.iter().take(12).chain(pictures.iter().rev().take(8)) {
        let text = written(picture, dot::write);
        let output = feed("dot", &["-Tsvg"], &text);
        let problems = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && !problems.contains("rror"), "{problems}");
        assert!(String::from_utf8_lossy(&output.stdout).trim_end().ends_with("</svg>"));
    }
}

#[test]
fn graphviz_shows_names_as_they_are() {
    let test = "graphviz_shows_names_as_they_are";
    if !is_there(test, "dot", "-V") || !is_there(test, "python3", "--version") {
        return;
    }
    let names = some(name(), 400);
    let mut graph = "digraph {\n".to_owned();
    for (number, name) in names.iter().enumerate() {
        graph.push_str(&format!("  {} [label={}];\n", dot::quote(&format!("n{number}")), dot::quote(name)));
    }
    graph.push('}');
    let output = feed("dot", &["-Kosage", "-Tsvg"], graph.as_bytes());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("names.svg");
    fs::write(&file, &output.stdout).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interop/svg_texts.py");
    let output = feed("python3", &[script.to_str().unwrap(), file.to_str().unwrap()], b"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let shown: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let spaces = |text: &str| text.replace('\u{a0}', " ").replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    for (number, name) in names.iter().enumerate() {
        let lines: Vec<String> = name.split('\n').map(|line| spaces(&harmless(line))).collect();
        let own = shown[format!("n{number}")].as_array().unwrap();
        let own: Vec<&str> = own.iter().map(|line| line.as_str().unwrap()).collect();
        // Graphviz draws nothing for empty lines.
        let both = [own.concat(), lines.concat()];
        assert_eq!(both[0].trim(), both[1].trim(), "{name:?}");
    }
}

#[test]
fn svg_is_well_formed() {
    if !is_there("svg_is_well_formed", "xmllint", "--version") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for (number, picture) in some(picture(), 60).into_iter().chain(landscapes()).enumerate() {
        let file = folder.path().join(format!("{number}.svg"));
        fs::write(&file, written(&picture, svg::write)).unwrap();
        files.push(file);
    }
    let output = Command::new("xmllint").arg("--noout").args(&files).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn nothing_overlaps_in_pictures_of_the_landscape() {
    for picture in landscapes() {
        let placed = layout::lay_out(&picture);
        let texts: Vec<layout::Rect> = placed.texts().collect();
        for (i, a) in texts.iter().enumerate() {
            assert!(texts.iter().skip(i + 1).all(|b| !a.overlaps(*b)), "{}: {a:?}", picture.title);
        }
    }
    let full = drawn(&["GPT-4"], 2, 60);
    assert_eq!((full.nodes.len(), full.arrangement), (60, Arrangement::Network));
}

#[test]
fn what_is_left_out_is_counted() {
    let whole = drawn(&["openai"], 1, 1000);
    assert_eq!(whole.left_out, LeftOut::default());
    let part = drawn(&["openai"], 1, 10);
    assert_eq!(part.nodes.len(), 10);
    assert_eq!(part.left_out, LeftOut { entities: whole.nodes.len() - 10, at_least: false });
    let text = String::from_utf8(written(&part, svg::write)).unwrap();
    assert!(text.contains(&format!("{} less connected left out", whole.nodes.len() - 10)));
}

#[test]
fn lines_tell_their_evidence() {
    let picture = drawn(&["月之暗面"], 1, 60);
    let reported = picture.lines.iter().find(|line| line.modality == Modality::Reported).unwrap();
    assert!(reported.caption().ends_with("reported"), "{}", reported.caption());
    assert!(reported.tooltip.contains("KrASIA"), "{}", reported.tooltip);
    // Two rounds of one investor are one line with both facts.
    assert!(picture.lines.iter().any(|line| line.facts.len() == 2));
    // The amount of a round is not said to be that of an investor.
    assert!(picture.lines.iter().any(|line| line.detail.contains("round of 1B USD")));
}

#[test]
fn small_pictures_in_full() {
    let node = |at: usize, name: &str, label: &str| Node {
        id: EntityId::new(format!("x:{at}")).unwrap(),
        name: name.to_owned(),
        labels: vec![label.to_owned()],
        distance: Some(u32::from(at != 0)),
        is_center: at == 0,
        tooltip: name.to_owned(),
    };
    let line = |from, to, modality, detail: &str| Line {
        from,
        to,
        predicate: "INVESTED_IN".to_owned(),
        modality,
        facts: vec![FactId::new("f:1").unwrap()],
        verb: "invested in".to_owned(),
        detail: detail.to_owned(),
        brief: detail.to_owned(),
        tooltip: "a \"source\"".to_owned(),
    };
    let picture = Picture {
        title: "A & B".to_owned(),
        language: Language::English,
        arrangement: Arrangement::Star,
        nodes: vec![node(0, "月之暗面", "Startup"), node(1, "B \"quoted\" <b>", "Investor"), node(2, "C", "City")],
        lines: vec![line(1, 0, Modality::Asserted, "B · 2024-02"), line(2, 0, Modality::Denied, "")],
        left_out: LeftOut::default(),
    };
    insta::assert_snapshot!("small_dot", String::from_utf8(written(&picture, dot::write)).unwrap());
    insta::assert_snapshot!("small_mermaid", String::from_utf8(written(&picture, mermaid::write)).unwrap());
}

fn ailand(db: &Path, arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_ailand");
    Command::new(program).arg("--db").arg(db).args(arguments).output().unwrap()
}

#[test]
fn the_command_draws_by_the_ending_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("db");
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for (name, beginning) in [("a.svg", "<svg"), ("a.dot", "digraph"), ("a.mmd", "---\ntitle")] {
        let output = ailand(&db, &["draw", "月之暗面", "-o", &file(name)]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(fs::read_to_string(file(name)).unwrap().starts_with(beginning));
    }
    let code = |arguments: &[&str]| ailand(&db, arguments).status.code();
    assert_eq!(code(&["draw", "no such name"]), Some(2));
    assert_eq!(code(&["draw", "openai", "-o", &file("a.xyz")]), Some(2));
    assert_eq!(code(&["draw", "openai", "--via", "NO_SUCH"]), Some(2));
    assert_eq!(code(&["draw", "openai", "--via", "invested_in", "--hops", "1000"]), Some(0));
    assert_eq!(code(&["draw", "openai", "openai", "--hops", "0"]), Some(1));
    assert_eq!(code(&["draw", "--path", "openai", "小米", "--via", "LOCATED_IN"]), Some(1));
    assert_eq!(code(&["draw", "--path", "openai", "小米"]), Some(0));
    assert_eq!(code(&["draw"]), Some(2));
    assert_eq!(code(&["draw", "openai", "--limit", "1001"]), Some(2));
    assert_eq!(code(&["draw", "openai", "--label", "Person", "--as-of", "2024"]), Some(0));
}

#[test]
fn without_graphviz_the_error_says_what_to_install() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("db");
    let picture = folder.path().join("a.png");
    let draw = |path: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ailand"));
        command.arg("--db").arg(&db).args(["draw", "北京", "-o"]).arg(&picture);
        if let Some(path) = path {
            command.env("PATH", path);
        }
        command.output().unwrap()
    };
    let output = draw(Some("/nowhere"));
    let words = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(words.contains("Graphviz") && words.contains("apt install graphviz"), "{words}");
    assert!(!picture.exists());
    if is_there("without_graphviz_the_error_says_what_to_install", "dot", "-V") {
        assert_eq!(draw(None).status.code(), Some(0));
        assert!(fs::read(&picture).unwrap().starts_with(b"\x89PNG"));
    }
}
