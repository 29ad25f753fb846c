//! What the command line writes, in each of its formats.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod ground;

use ailand::formats::screen::width;
use ground::{ailand, bundle, copy, finish, records, run};

#[test]
fn amounts_are_shown_alike_by_questions_and_cards() {
    let asked = run(bundle(), &["ask", "who invested in Moonshot AI"]).expect(0).stdout;
    let shown = run(bundle(), &["show", "startup:moonshot-ai", "--language", "en"]).expect(0).stdout;
    for text in [&asked, &shown] {
        assert!(text.contains("1B USD") && !text.contains("1000000000"), "{text}");
        assert!(!text.contains("asserted"), "{text}");
    }
    assert!(!shown.contains("round_currency"), "{shown}");
}

#[test]
fn numbers_of_sources_ascend_everywhere() {
    let commands = [
        &["show", "startup:zhipu-ai"][..],
        &["ask", "who invested in Zhipu"],
        &["neighbors", "startup:zhipu-ai"],
        &["subgraph", "startup:zhipu-ai"],
    ];
    for command in commands {
        let text = run(bundle(), command).expect(0).stdout;
        let mut several = 0;
        for cell in text.lines().flat_map(|line| line.split(" | ")).filter(|cell| cell.trim().starts_with('[')) {
            let numbers = cell.split('[').skip(1).map_while(|one| one.split_once(']')?.0.parse::<u32>().ok());
            let numbers: Vec<u32> = numbers.collect();
            assert!(numbers.is_sorted_by(|a, b| a < b), "{command:?}: {cell}");
            several += usize::from(numbers.len() > 1);
        }
        assert!(several > 0, "{command:?} cites no two sources for anything");
    }
}

#[test]
fn nothing_but_addresses_is_wider_than_a_narrow_terminal() {
    let commands = [
        &["ask", "who invested in Moonshot AI"][..],
        &["ask", "谁投资了月之暗面"],
        &["show", "月之暗面"],
        &["find", "智谱"],
        &["path", "小米", "百川智能"],
        &["neighbors", "月之暗面"],
    ];
    for command in commands {
        for columns in [20, 40, 60, 100] {
            let out = finish(ailand(bundle()).args(command).env("COLUMNS", columns.to_string()), b"").expect(0).stdout;
            for line in out.lines().filter(|line| !line.trim().starts_with("http")) {
                assert!(width(line) <= columns, "{command:?} {columns}: {line}");
            }
        }
    }
    let narrow = finish(ailand(bundle()).args(["show", "月之暗面"]).env("COLUMNS", "24"), b"").expect(0).stdout;
    assert!(narrow.contains("\nlanguage: zh-Hans\n"), "{narrow}");
    // Programs are not told what a terminal is like.
    let csv = ["find", "智谱", "--format", "csv"];
    let wide = run(bundle(), &csv).expect(0).stdout;
    assert_eq!(finish(ailand(bundle()).args(csv).env("COLUMNS", "20"), b"").expect(0).stdout, wide);
    for odd in ["", "0", "x", "-1"] {
        finish(ailand(bundle()).args(["find", "智谱"]).env("COLUMNS", odd), b"").expect(0);
    }
}

#[test]
fn markdown_is_well_formed() {
    let commands = [
        &["ask", "who invested in Moonshot AI"][..],
        &["ask", "when was Moonshot AI founded"],
        &["show", "月之暗面"],
        &["show", "startup:zhipu-ai"],
        &["path", "小米", "百川智能"],
        &["neighbors", "月之暗面", "--group-by", "label"],
        &["common", "月之暗面", "智谱"],
    ];
    for command in commands {
        let out = run(bundle(), &[command, &["--format", "markdown"]].concat()).expect(0).stdout;
        assert!(!out.contains("\n\n\n") && !out.starts_with('\n') && !out.ends_with("\n\n"), "{command:?}:\n{out}");
        let lines: Vec<&str> = out.lines().collect();
        for pair in lines.windows(2) {
            let [first, second] = [pair[0], pair[1]].map(|line| line.starts_with('|'));
            assert!(pair[1].is_empty() || !first || second, "{command:?}: {pair:?}");
            assert!(pair[1].is_empty() || !pair[0].starts_with("## "), "{command:?}: {pair:?}");
            if pair[1].starts_with("| ---") {
                assert!(!pair[0].contains("|  |"), "a column without a name: {}", pair[0]);
            }
        }
    }
}

#[test]
fn names_and_titles_are_no_markdown() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("db");
    copy(bundle(), &db);
    let file = folder.path().join("input.jsonl");
    let odd = "*odd* <b>x</b> #";
    std::fs::write(&file, records("odd").replace("Name odd", odd).replace("Source odd", odd)).unwrap();
    run(&db, &["import", file.to_str().unwrap()]).expect(0);
    let shown = run(&db, &["show", "startup:odd", "--format", "markdown"]).expect(0).stdout;
    let escaped = "\\*odd\\* \\<b>x\\</b>";
    assert!(shown.starts_with(&format!("## {escaped} #  startup:odd\n\nStartup\n\n|")), "{shown}");
    assert!(shown.contains(&format!("\n- \\[1\\] {escaped} \\#\n")), "{shown}");
}

#[test]
fn lines_of_json_hold_typed_properties() {
    let show = |format| run(bundle(), &["show", "startup:moonshot-ai", "--format", format]).expect(0).stdout;
    let lines: Vec<serde_json::Value> = show("jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let whole: serde_json::Value = serde_json::from_str(&show("json")).unwrap();
    let facts = whole["facts"].as_array().unwrap();
    assert_eq!(lines.len(), facts.len());
    for (line, fact) in lines.iter().zip(facts) {
        assert_eq!((&line["fact"], &line["properties"]), (&fact["id"], &fact["properties"]));
        assert!(line["properties"].is_object() && line["sources"].is_array(), "{line}");
    }
    assert!(lines.iter().any(|line| line["properties"]["round_amount"].is_i64()), "no amount is a number");
    assert_eq!(show("csv").lines().count(), lines.len() + 1);
    let help = run(bundle(), &["show", "--help"]).expect(0).stdout;
    assert!(help.contains("CSV and JSON Lines hold the facts only"), "{help}");
}
