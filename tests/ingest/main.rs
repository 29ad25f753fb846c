//! Articles on the command line: what goes in, what comes out, what happens the second time, and what cannot be read.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../ground/mod.rs"]
mod ground;
mod hostile;
mod identity;
mod versions;

use std::fs;
use std::path::{Path, PathBuf};

use ground::{Run, ailand, bundle, copy, finish, run};
use serde_json::Value as Json;
use tempfile::TempDir;

/// A round of a company that nobody knows, told plainly.
const ROUND: &str =
    "澄澈智能完成新一輪融資\n\n2024年3月5日，澄澈智能宣布完成2億元人民幣A輪融資，由紅杉中國領投，鹿鳴資本跟投。\n";

/// A folder with a database of its own, a copy of the bundle.
struct Desk {
    folder: TempDir,
    db: PathBuf,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = folder.path().join("db");
        copy(bundle(), &db);
        Self { folder, db }
    }

    /// Puts a file on the desk.
    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    fn ingest(&self, path: &Path, options: &[&str]) -> Run {
        run(&self.db, &[&["ingest", path.to_str().unwrap()], options].concat())
    }

    /// The report of one article.
    fn report(&self, path: &Path, options: &[&str]) -> Json {
        let run = self.ingest(path, &[options, &["--format", "json"]].concat());
        assert!(matches!(run.code(), Some(0 | 1)), "{}", run.stderr);
        run.json()
    }

    /// Ingests a text as an article of that name.
    fn read(&self, name: &str, text: &str) -> Json {
        self.report(&self.write(name, text), &["--published", "2024-03-06"])
    }

    fn show(&self, name: &str) -> Json {
        run(&self.db, &["show", name, "--format", "json"]).expect(0).json()
    }

    fn generation(&self) -> String {
        let stats = run(&self.db, &["stats", "--format", "csv"]).expect(0).stdout;
        stats.lines().find(|line| line.starts_with("database,generation")).unwrap().to_owned()
    }
}

/// The facts of a report with a predicate, as "subject -> object".
fn facts(report: &Json, predicate: &str) -> Vec<String> {
    let facts = report["facts"].as_array().unwrap().iter().filter(|fact| fact["predicate"] == predicate);
    facts.map(|fact| format!("{} -> {}", text(&fact["subject"]["id"]), text(&fact["object"]["id"]))).collect()
}

/// The facts of a report with a predicate and a status.
fn with_status<'r>(report: &'r Json, status: &str) -> Vec<&'r Json> {
    report["facts"].as_array().unwrap().iter().filter(|fact| fact["status"] == status).collect()
}

fn text(value: &Json) -> &str {
    value.as_str().unwrap()
}

#[test]
fn a_round_goes_in_with_its_words() {
    let desk = Desk::new();
    let report = desk.read("round.txt", ROUND);
    assert_eq!(report["document"]["published"], "2024-03-06");
    assert_eq!(report["document"]["language"], "zh-Hant");
    assert_eq!(report["document"]["version"], "new");
    let characters: Vec<char> = ROUND.chars().collect();
    for fact in report["facts"].as_array().unwrap() {
        let at = |key: &str| usize::try_from(fact["evidence"][key].as_u64().unwrap()).unwrap();
        let quote: String = characters[at("start")..at("end")].iter().collect();
        assert_eq!(fact["evidence"]["quote"], quote);
        assert!(!text(&fact["rule"]).is_empty() && fact["confidence"].as_f64().unwrap() > 0.0);
        assert_eq!((&fact["status"], &fact["modality"]), (&"new".into(), &"asserted".into()));
    }
    assert_eq!(facts(&report, "RAISED"), ["startup:cheng-che-zhi-neng -> round:cheng-che-zhi-neng-a"]);
    assert_eq!(
        facts(&report, "INVESTED_IN"),
        ["investor:hongshan -> startup:cheng-che-zhi-neng", "investor:lu-ming-zi-ben -> startup:cheng-che-zhi-neng"]
    );
    let raised =
        &report["facts"].as_array().unwrap().iter().find(|fact| fact["predicate"] == "RAISED").unwrap()["props"];
    assert_eq!((&raised["amount"], &raised["currency"]), (&200_000_000.into(), &"CNY".into()));
    assert_eq!((&raised["series"], &raised["date"]), (&"A".into(), &"2024-03-05".into()));
    let entity = report["entities"].as_array().unwrap().iter().find(|one| one["name"] == "紅杉中國").unwrap();
    assert_eq!((&entity["id"], &entity["new"]), (&"investor:hongshan".into(), &false.into()));
    for mention in entity["mentions"].as_array().unwrap() {
        let at = |i: usize| usize::try_from(mention[i].as_u64().unwrap()).unwrap();
        assert_eq!(characters[at(0)..at(1)].iter().collect::<String>(), "紅杉中國");
    }
    // The new company is found in the other script, with what was said about it.
    let card = desk.show("澄澈智能").to_string();
    assert!(card.contains("round:cheng-che-zhi-neng-a") && card.contains("investor:hongshan"), "{card}");
    run(&desk.db, &["verify"]).expect(0);
}

#[test]
fn the_report_for_people() {
    let desk = Desk::new();
    let path = desk.write("round.txt", "澄澈智能宣布完成2億元人民幣A輪融資，由紅杉中國領投，雙生資本跟投。\n");
    let about = ["--title", "募資", "--published", "2024-03-06", "--publisher", "創投日誌"];
    let shown = desk.ingest(&path, &about).expect(0).stdout;
    let place = path.to_str().unwrap();
    insta::assert_snapshot!("report", shown.replace(place, "round.txt"));
    let explained = desk.ingest(&path, &["--dry-run", "--explain"]).expect(0).stdout;
    assert!(explained.contains("rule") && explained.contains("parts"), "{explained}");
    let csv = desk.ingest(&path, &["--format", "csv", "--dry-run"]).expect(0).stdout;
    assert!(csv.starts_with("subject,predicate,object,properties,quote,at,end,modality"), "{csv}");
    let help = run(&desk.db, &["ingest", "--help"]).expect(0).stdout;
    assert!(help.contains("--published") && help.contains("Exit codes") && help.contains("Examples:"), "{help}");
}

#[test]
fn a_dry_run_writes_nothing() {
    let desk = Desk::new();
    let before = desk.generation();
    let path = desk.write("round.txt", ROUND);
    let dry = desk.report(&path, &["--dry-run"]);
    assert_eq!(dry["document"]["dry_run"], true);
    assert_eq!(desk.generation(), before);
    run(&desk.db, &["show", "澄澈智能"]).expect(2);
    let wet = desk.report(&path, &[]);
    assert_eq!((&dry["facts"], &dry["entities"]), (&wet["facts"], &wet["entities"]));
    assert_ne!(desk.generation(), before);
}

#[test]
fn standard_input_and_folders() {
    let desk = Desk::new();
    let piped =
        ailand(&desk.db).args(["ingest", "-", "--format", "json", "--published", "2024-03-06"]).to_owned_run(ROUND);
    assert_eq!(piped.expect(0).json()["document"]["title"], "澄澈智能完成新一輪融資");
    desk.write("news/a.txt", "Lorem raised nothing.\n");
    desk.write("news/b/round.txt", "北麓科技完成1億元A輪融資，由深創投領投。\n");
    desk.write(
        "news/b/round.json",
        r#"{"title": "北麓", "publisher": "日報", "published": "2024-05-02", "language": "zh-Hant"}"#,
    );
    desk.write("news/.hidden.txt", "nothing");
    desk.write("news/table.csv", "nothing");
    let folder = desk.folder.path().join("news");
    let reports = desk.ingest(&folder, &["--format", "json"]).expect(0).json();
    let reports = reports.as_array().unwrap();
    assert_eq!(reports.len(), 2);
    let about = &reports[1]["document"];
    assert_eq!(
        (&about["title"], &about["publisher"], &about["published"]),
        (&"北麓".into(), &"日報".into(), &"2024-05-02".into())
    );
    let lines = desk.ingest(&folder, &["--format", "jsonl"]).expect(0).stdout;
    assert_eq!(lines.lines().count(), 2);
    assert!(lines.lines().nth(1).unwrap().contains("\"unchanged\""));
    let refused = desk.ingest(&folder, &["--title", "x"]).expect(2);
    assert!(refused.stderr.contains("--title and --url belong to one article"), "{}", refused.stderr);
    let empty = desk.folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    assert!(desk.ingest(&empty, &[]).expect(2).stderr.contains("there is no *.txt"));
}

#[test]
fn pages_are_read_as_text_with_places_in_the_page() {
    let desk = Desk::new();
    let html = "<!DOCTYPE html><html><head><title>澄澈智能募資 - 日報</title>\
        <meta property=\"article:published_time\" content=\"2024-03-06T08:00:00Z\"><script>var a = '完成9億元B輪融資';</script></head>\
        <body><nav>首頁完成3億元融資</nav><article><p>澄澈智能宣布完成2億元人民幣<b>A輪</b>融資，由紅杉中國領投。</p></article></body></html>";
    let report = desk.report(&desk.write("page.html", html), &[]);
    assert_eq!(report["document"]["published"], "2024-03-06");
    assert_eq!(facts(&report, "INVESTED_IN"), ["investor:hongshan -> startup:cheng-che-zhi-neng"]);
    let characters: Vec<char> = html.chars().collect();
    for fact in report["facts"].as_array().unwrap() {
        let at = |key: &str| usize::try_from(fact["evidence"][key].as_u64().unwrap()).unwrap();
        let piece: String = characters[at("start")..at("end")].iter().collect();
        assert_eq!(piece.replace("<b>", "").replace("</b>", ""), text(&fact["evidence"]["quote"]));
    }
}

#[test]
fn eval_measures_against_a_key() {
    let desk = Desk::new();
    let article = desk.write("round.txt", ROUND);
    let line = |subject: &str, object: &str, quote: &str| {
        let start = ROUND.find(quote).map(|at| ROUND[..at].chars().count()).unwrap();
        serde_json::json!({"subject": subject, "predicate": "INVESTED_IN", "object": object, "props": {"round": "A"},
            "evidence": quote, "start": start, "end": start + quote.chars().count(), "tier": "core"})
        .to_string()
    };
    let key = format!(
        "{}\n{}\n{}\n",
        line("紅杉中國", "澄澈智能", "由紅杉中國領投"),
        line("鹿鳴資本", "澄澈智能", "鹿鳴資本跟投"),
        line("無此資本", "澄澈智能", "鹿鳴資本跟投")
    );
    let key = desk.write("round.facts.jsonl", key);
    desk.write(
        "round.negatives.jsonl",
        r#"{"subject": "紅杉中國", "predicate": "INVESTED_IN", "object": "澄澈智能", "evidence": "由"}"#,
    );
    let arguments = ["eval", key.to_str().unwrap(), article.to_str().unwrap()];
    let measured = run(&desk.db, &[&arguments[..], &["--format", "json"]].concat()).expect(0).json();
    let investments = &measured["predicates"]["INVESTED_IN"];
    assert_eq!(
        (&investments["right"], &investments["wrong"], &investments["missed"]),
        (&2.into(), &0.into(), &1.into())
    );
    assert_eq!(investments["precision"], 1.0);
    assert_eq!(measured["forbidden"].as_array().unwrap().len(), 1);
    let table = run(&desk.db, &[&arguments[..], &["--errors", "--no-names"]].concat()).expect(0).stdout;
    assert!(table.contains("precision") && table.contains("missed: 無此資本"), "{table}");
    let broken = desk.write("broken.jsonl", "{\"subject\": \"x\"\n");
    let refused = run(&desk.db, &["eval", broken.to_str().unwrap(), article.to_str().unwrap()]).expect(2);
    assert!(refused.stderr.contains("line 1 of the key"), "{}", refused.stderr);
}

/// Runs a prepared command with something on its standard input.
trait ToRun {
    fn to_owned_run(&mut self, stdin: &str) -> Run;
}

impl ToRun for std::process::Command {
    fn to_owned_run(&mut self, stdin: &str) -> Run {
        finish(self, stdin.as_bytes())
    }
}
