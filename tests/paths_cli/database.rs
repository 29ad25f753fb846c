//! Databases of tests, asked through the binary.

use std::fs;
use std::process::Command;

use serde_json::{Value as Json, json};
use tempfile::TempDir;

/// A database of its own.
pub(crate) struct Database {
    pub(crate) folder: TempDir,
}

/// How a command ended.
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ended {
    pub(crate) fn json(&self) -> Json {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

impl Database {
    /// The bundled landscape.
    pub(crate) fn bundled() -> Self {
        let database = Self { folder: TempDir::new().unwrap() };
        assert_eq!(database.run(&["init"]).code, 0);
        database
    }

    /// Facts of a test: each is (id, subject, predicate, object, what else the record says).
    pub(crate) fn of(facts: &[(&str, &str, &str, &str, Json)]) -> Self {
        let mut ids: Vec<&str> = facts.iter().flat_map(|fact| [fact.1, fact.3]).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut lines = vec![json!({"source": "s", "kind": "page", "title": "A page", "reliability": "A"})];
        lines.extend(ids.iter().map(|id| {
            let label = if id.starts_with("investor:") { "Investor" } else { "Startup" };
            let name = json!({"text": id.split(':').nth(1), "language": "en", "kind": "canonical"});
            json!({"entity": id, "labels": [label], "names": [name]})
        }));
        for (id, subject, predicate, object, rest) in facts {
            let mut record = json!({"fact": id, "subject": subject, "predicate": predicate, "object": object});
            for key in ["modality", "properties"] {
                if let Some(value) = rest.get(key) {
                    record[key] = value.clone();
                }
            }
            let confidence = rest.get("confidence").cloned().unwrap_or(json!(1.0));
            record["evidence"] = json!([{"source": "s", "confidence": confidence}]);
            lines.push(record);
        }
        let database = Self { folder: TempDir::new().unwrap() };
        let file = database.folder.path().join("in.jsonl");
        fs::write(&file, lines.iter().map(|line| format!("{line}\n")).collect::<String>()).unwrap();
        let ended = database.run(&["import", file.to_str().unwrap()]);
        assert_eq!(ended.code, 0, "{}", ended.err);
        database
    }

    pub(crate) fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("db")
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        let done = Command::new(env!("CARGO_BIN_EXE_ailand"))
            .arg("--db")
            .arg(self.path())
            .args(arguments)
            .env_remove("AILAND_DB")
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ended { code: done.status.code().unwrap(), out: text(done.stdout), err: text(done.stderr) }
    }

    /// The answer of a command that must find something.
    pub(crate) fn json(&self, arguments: &[&str]) -> Json {
        let ended = self.run(&[arguments, &["--format", "json"]].concat());
        assert_eq!(ended.code, 0, "{arguments:?}: {}{}", ended.out, ended.err);
        ended.json()
    }
}
