//! The shell with piped input, and at a terminal where the command `script` makes one.

use std::process::{Command, Stdio};

use crate::ground::{Run, ailand, bundle, finish};
use crate::{database, ground};

fn shell(arguments: &[&str], input: &str) -> Run {
    finish(ailand(bundle()).arg("shell").args(arguments), input.as_bytes())
}

#[test]
fn piped_statements_run_one_by_one() {
    let ran = shell(&["--format", "jsonl"], "RETURN 1 AS x; RETURN ';' AS y;\n// a comment\nRETURN\n 2 AS z").expect(0);
    assert_eq!(ran.stdout, "{\"x\":1}\n{\"y\":\";\"}\n{\"z\":2}\n");
    shell(&[], "").expect(0);
    let failed = shell(&["--format", "jsonl"], "RETURN 1 AS x; RETUN 2; RETURN 3 AS z;").expect(2);
    assert!(failed.stdout.starts_with("{\"x\":1}\n{\"error\"") && !failed.stdout.contains("{\"z\":3}"));
    let all = shell(&["--keep-going", "--format", "jsonl"], "RETUN 2; RETURN 3 AS z;").expect(2);
    assert!(all.stdout.ends_with("{\"z\":3}\n"), "{}", all.stdout);
}

#[test]
fn commands_of_the_shell() {
    let input = ":param who = 月之暗面\n:params\nMATCH (n {name: $who}) RETURN n.id AS id;\n:set format jsonl\nRETURN 1 AS x;\n\
                 :set timeout 5\n:set\n:run co-investors least=4\n:quit\nRETURN 'never' AS x;";
    let ran = shell(&[], input).expect(0);
    for expected in ["$who = '月之暗面'\n", "startup:moonshot-ai", "{\"x\":1}\n", "timeout    5\n", "\"shared\":4"]
    {
        assert!(ran.stdout.contains(expected), "{expected}: {}", ran.stdout);
    }
    assert!(!ran.stdout.contains("never"));
    let help =
        shell(&[], ":help\n:help ailand.paths\n:schema\n:saved\n:saved team\n:explain MATCH (n:Startup) RETURN n\n")
            .expect(0);
    for expected in [
        "Tab 补全",
        "ailand.paths(from, to[, k][, types][, direction])",
        "INVESTED_IN",
        "co-investors",
        "// name: team",
        "LabelScan",
    ] {
        assert!(help.stdout.contains(expected), "{expected}: {}", help.stdout);
    }
    for (wrong, says) in [
        (":halp", "there is no command :halp"),
        (":set speed 1", "there is no setting \"speed\""),
        (":set format pdf", "table, json"),
        (":run", "expected the name of a saved query"),
        (":param", ""),
    ] {
        let ran = shell(&[], wrong);
        assert!(ran.stderr.contains(says), "{wrong}: {}", ran.stderr);
    }
}

#[test]
fn a_statement_sees_what_the_one_before_wrote() {
    let (_folder, db) = database();
    let input = b"CREATE (:X {n: 1}); MATCH (x:X) SET x.n = 2; MATCH (x:X) RETURN x.n AS n;";
    let ran = finish(ailand(&db).args(["shell", "--format", "jsonl"]), input).expect(0);
    assert_eq!(ran.stdout, "{\"n\":2}\n");
    finish(ailand(&db).args(["shell", "--read-only"]), b"CREATE (:X);").expect(2);
}

/// Types into a shell at a terminal; `None` where no terminal can be made.
fn typed(keys: &str) -> Option<(Run, String)> {
    let works = Command::new("script").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !works.is_ok_and(|status| status.success()) {
        eprintln!("skipped: the command `script`, which makes a terminal, is not installed");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let history = folder.path().join("state/history");
    let program = ailand(bundle());
    let line = format!("{} --db {} shell", program.get_program().display(), bundle().display());
    let mut command = Command::new("script");
    command.args(["-q", "-e", "-c", &line, "/dev/null"]).env("AILAND_HISTORY", &history).env("TERM", "xterm");
    let run = ground::finish(&mut command, keys.as_bytes());
    Some((run, std::fs::read_to_string(history).unwrap_or_default()))
}

#[test]
fn at_a_terminal_there_are_completion_and_history() {
    let Some((ran, history)) = typed("MATCH (n:Star\t {name: '月之暗\t'})\r RETURN n.id AS id;\r:quit\r") else {
        return;
    };
    assert!(ran.stdout.contains("startup:moonshot-ai"), "{}", ran.stdout);
    assert!(history.contains("MATCH (n:Startup {name: '月之暗面'})"), "{history}");
}
