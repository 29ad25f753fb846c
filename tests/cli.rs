//! The command line under bad input: every mistake has a clear error, an exit code, and leaves the database as it was.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stderr)]

mod ground;

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use ground::{Run, ailand, bundle, copy, finish, records, run};
use tempfile::TempDir;

/// A database of one's own, a copy of the bundle.
fn database() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("db");
    copy(bundle(), &db);
    (folder, db)
}

fn import(db: &Path, lines: impl AsRef<[u8]>) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("input.jsonl");
    fs::write(&file, lines).unwrap();
    run(db, &["import", file.to_str().unwrap()])
}

/// Everything in a database, as bytes.
fn exported(db: &Path) -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    run(db, &["export", folder.path().to_str().unwrap()]).expect(0);
    ["entities", "facts", "sources"].map(|name| fs::read(folder.path().join(format!("{name}.jsonl"))).unwrap()).into()
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

/// Whether a command exists and can do what is asked of it here.
fn works(program: &str, arguments: &[&str]) -> bool {
    let quiet = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    quiet.is_ok_and(|status| status.success())
}

#[test]
fn broken_input_is_refused_with_its_place() {
    let (_folder, db) = database();
    let before = exported(&db);
    let entity = "{\"entity\":\"startup:x\",\"labels\":[\"Startup\"]}\n";
    let fact = |rest: &str| {
        format!(
            "{{\"fact\":\"f:x\",\"subject\":\"startup:zhipu-ai\",\"predicate\":\"A\",\"object\":\"startup:zhipu-ai\",{rest}}}\n"
        )
    };
    let evidence = "\"evidence\":[\"p_tc_moonshot\"]";
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("not UTF-8", [entity.as_bytes(), b"{\"entity\":\"startup:\xff\xfe\"}\n"].concat(), ":2:20:"),
        ("UTF-16", b"\xff\xfe{\0\"\0e\0".to_vec(), ":1:1:"),
        ("a line that ends too early", format!("{entity}{{\"entity\":\"startup:y\"").into_bytes(), ":2:22:"),
        ("a missing comma", b"{\"entity\":\"startup:y\" \"labels\":[\"A\"]}\n".to_vec(), ":1:23:"),
        ("no JSON at all", b"who invested in whom\n".to_vec(), ":1:1:"),
        ("an unknown first key", b"{\"thing\":1}\n".to_vec(), "expected \"entity\", \"fact\" or \"source\""),
        (
            "an unknown key",
            b"{\"entity\":\"startup:y\",\"labels\":[\"A\"],\"nmaes\":[]}\n".to_vec(),
            "did you mean \"names\"",
        ),
        (
            "month 13",
            fact(&format!("\"properties\":{{\"date\":\"2024-13\"}},{evidence}")).into_bytes(),
            "the month must be",
        ),
        ("30 February", fact(&format!("\"properties\":{{\"date\":\"2024-02-30\"}},{evidence}")).into_bytes(), ":1:"),
        ("no evidence", fact("\"evidence\":[]").into_bytes(), "has no evidence"),
        ("evidence left out", fact("\"modality\":\"asserted\"").into_bytes(), "evidence"),
        ("an unknown source", fact("\"evidence\":[\"nowhere\"]").into_bytes(), "nowhere"),
        (
            "an unknown round",
            fact(&format!("\"properties\":{{\"round_id\":\"round:none\"}},{evidence}")).into_bytes(),
            "round:none",
        ),
        ("an id in Chinese", "{\"entity\":\"startup:月\",\"labels\":[\"A\"]}\n".into(), "is not valid"),
        ("two of one id", entity.repeat(2).into_bytes(), "second time"),
        (
            "a confidence of 2",
            fact("\"evidence\":[{\"source\":\"p_tc_moonshot\",\"confidence\":2}]").into_bytes(),
            "from 0 to 1",
        ),
        (
            "a number beyond 64 bits",
            fact(&format!("\"properties\":{{\"votes\":99999999999999999999}},{evidence}")).into_bytes(),
            ":1:",
        ),
        (
            "nesting without end",
            fact(&format!("\"properties\":{{\"note\":{}", "[".repeat(100_000))).into_bytes(),
            "nested too deep",
        ),
        ("too many names", many_names().into_bytes(), "at most 65535 names"),
        ("null", b"null\n".to_vec(), ":1:1:"),
    ];
    for (what, input, part) in cases {
        let refused = import(&db, input).expect(2);
        assert!(refused.stderr.contains(part), "{what}: {}", refused.stderr);
        assert!(refused.stderr.starts_with("error: "), "{what}: {}", refused.stderr);
        assert!(refused.stderr.chars().count() < 3000, "{what} is told at length");
        assert!(refused.stdout.is_empty(), "{what}: {}", refused.stdout);
    }
    // An unknown subject, with its place.
    let unknown = fact(evidence).replace("startup:zhipu-ai", "startup:nobody");
    let refused = import(&db, entity.to_owned() + &unknown).expect(2);
    assert!(
        refused.stderr.contains("input.jsonl:2:1:") && refused.stderr.contains("startup:nobody"),
        "{}",
        refused.stderr
    );
    assert_eq!(exported(&db), before);
    run(&db, &["verify"]).expect(0);
    assert!(run(&db, &["stats", "--format", "csv"]).expect(0).stdout.contains("database,generation,1"));
}

fn many_names() -> String {
    let names: Vec<String> =
        (0..65_536).map(|n| format!("{{\"text\":\"n{n}\",\"language\":\"en\",\"kind\":\"alias\"}}")).collect();
    format!("{{\"entity\":\"startup:many\",\"labels\":[\"Startup\"],\"names\":[{}]}}\n", names.join(","))
}

#[test]
fn a_failed_first_import_makes_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("db");
    let refused = import(&db, "{").expect(2);
    assert!(!refused.stderr.contains("creat"), "{}", refused.stderr);
    import(&db, "{\"fact\":\"f\",\"subject\":\"a:b\",\"predicate\":\"A\",\"object\":\"a:b\",\"evidence\":[\"s\"]}")
        .expect(2);
    run(&db, &["import", "nothing.jsonl"]).expect(2);
    run(&db, &["verify"]).expect(2);
    // So that the first question still finds the bundle.
    run(&db, &["ask", "who founded Zhipu AI"]).expect(0);
    let other = folder.path().join("other");
    assert!(import(&other, records("x")).expect(0).stderr.contains("created a database in"));
    assert_eq!(import(&other, records("x")).expect(0).stderr, "");
}

#[test]
fn an_empty_database_stays_empty() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("db");
    run(&db, &["init", "--empty"]).expect(0);
    run(&db, &["init"]).expect(0);
    let stats = run(&db, &["stats", "--format", "json"]).expect(0);
    assert_eq!(ground::count(&stats, "entities", "all"), 0);
    import(&db, records("x")).expect(0);
    run(&db, &["show", "Name x"]).expect(0);
}

#[test]
fn what_is_no_database_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "precious").unwrap();
    let other = folder.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("thesis.tex"), "precious").unwrap();
    for path in [&file, &file.join("below"), &other] {
        for command in [&["ask", "who founded Zhipu AI"][..], &["init"], &["verify"], &["export", "/nowhere/at/all"]] {
            let refused = run(path, command).expect(2);
            assert!(refused.stderr.contains("is not an ailand database"), "{}", refused.stderr);
        }
        import(path, records("x")).expect(2);
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), "precious");
    assert_eq!(fs::read_dir(&other).unwrap().count(), 1);
}

#[test]
fn newer_formats_are_named() {
    let (_folder, db) = database();
    for (mark, part) in [("ailand 2\n", "format 2"), ("ailand 99", "format 99"), ("postgres", "FORMAT")] {
        fs::write(db.join("FORMAT"), mark).unwrap();
        for command in [&["stats"][..], &["init"], &["verify"], &["ask", "who founded Zhipu AI"]] {
            let refused = run(&db, command).expect(2);
            assert!(refused.stderr.contains(part), "{}", refused.stderr);
        }
    }
    fs::write(db.join("FORMAT"), "ailand 1\n").unwrap();
    run(&db, &["verify"]).expect(0);
}

#[test]
fn odd_questions_have_answers_or_errors() {
    let (_folder, db) = database();
    let long = "月".repeat(34_000);
    for question in
        ["", "   ", "？", "\u{0}x", "\u{1b}[31m\u{7}", "\u{202e}abc", &long, &"a ".repeat(50_000), "-", "谁"]
    {
        if question.contains('\0') {
            continue;
        }
        for format in ["table", "json"] {
            let refused = run(&db, &["ask", "--format", format, "--", question]).expect(2);
            let told = refused.stdout + &refused.stderr;
            assert!(told.len() < 6000, "{} bytes about {:.20}", told.len(), question);
            assert!(!told.contains(['\u{1b}', '\u{7}', '\u{202e}']), "control characters come back: {told:?}");
        }
        for command in ["find", "show"] {
            let told = run(&db, &[command, "--", question]);
            assert!(matches!(told.code(), Some(0..=2)), "{command} {question:.20}: {}", told.status);
            assert!(!(told.stdout + &told.stderr).contains(['\u{1b}', '\u{7}', '\u{202e}']), "{command} {question:?}");
        }
    }
    run(&db, &["find", "a", "-n", "18446744073709551615"]).expect(0);
    run(&db, &["find", "a", "-n", "0"]).expect(1);
    run(&db, &["find", "a", "-n", "-1"]).expect(2);
    for wait in ["-1", "nan", "inf", "x", "1e30", "1e300"] {
        let refused = run(&db, &["stats", "--wait", wait]).expect(2);
        assert!(refused.stderr.contains("expected a number of seconds from 0 to"), "{}", refused.stderr);
    }
    let mut bytes = ailand(&db);
    let not_text = <std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(b"who \xff");
    finish(bytes.arg("ask").arg(not_text), b"").expect(2);
    // A path need not be text.
    let strange = db.parent().unwrap().join(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(b"d\xff"));
    run(&strange, &["stats"]).expect(0);
}

#[test]
fn labels_are_looked_at_before_results_are_counted() {
    let (_folder, db) = database();
    let found = |arguments: &[&str]| run(&db, &[&["find", "--format", "json"], arguments].concat()).expect(0).json();
    for limit in ["1", "3"] {
        let cities = found(&["s", "--label", "city", "-n", limit]);
        let cities = cities.as_array().unwrap();
        assert_eq!(cities.len().to_string(), limit);
        assert!(cities.iter().all(|one| one["labels"] == serde_json::json!(["City"])), "{cities:?}");
    }
    let refused = run(&db, &["find", "s", "--label", "Citty"]).expect(2);
    assert!(refused.stderr.contains("no label is called \"Citty\"") && refused.stderr.contains("City"));
}

#[test]
fn an_id_is_found_as_an_id() {
    let (_folder, db) = database();
    let found = run(&db, &["find", "startup:moonshot-ai", "--format", "json"]).expect(0).json();
    assert_eq!((&found[0]["id"], &found[0]["why"]), (&"startup:moonshot-ai".into(), &"is the id".into()));
}

#[test]
fn names_from_files_do_not_control_the_terminal() {
    let (_folder, db) = database();
    let name = "Evil\\u001b]0;title\\u0007\\u202eInc";
    import(&db, records("evil").replace("Name evil", name).replace("Source evil", name)).expect(0);
    for command in [&["show", "startup:evil"][..], &["find", "Evil"], &["show", "startup:evil", "--format", "csv"]] {
        for format in ["table", "markdown", "csv", "json", "jsonl"] {
            let shown = run(&db, &[command, &["--format", format]].concat());
            if command.contains(&"csv") && format != "csv" {
                continue;
            }
            let control = if format == "csv" { &['\u{0}'][..] } else { &['\u{1b}', '\u{7}'] };
            assert!(!shown.stdout.contains(control), "{command:?} {format}: {:?}", shown.stdout);
        }
    }
}

#[test]
fn errors_are_json_where_json_is_asked_for() {
    let (folder, db) = database();
    let nowhere = folder.path().join("input.jsonl/nowhere");
    fs::write(folder.path().join("input.jsonl"), "{").unwrap();
    let input = folder.path().join("input.jsonl");
    let cases: [(&Path, &[&str], &str, bool); 9] = [
        (&db, &["ask", "who frobnicated 月之暗面"], "not_understood", false),
        (&db, &["ask", ""], "empty_question", false),
        (&db, &["show", "moonshot"], "ambiguous_name", true),
        (&db, &["show", "moonshoot ai"], "unknown_name", true),
        (&db, &["import", input.to_str().unwrap()], "bad_input", false),
        (&db, &["import", "nowhere.jsonl"], "io", false),
        (&nowhere, &["stats"], "not_a_database", false),
        (&db, &["find", "--limit", "x", "a"], "usage", false),
        (&db, &["frobnicate"], "usage", false),
    ];
    for (db, arguments, kind, candidates) in cases {
        for format in [
            &["--format", "json"][..],
            &["--format=json"],
            &["-f", "json"],
            &["-fjson"],
            &["-f=json"],
            &["--format", "jsonl"],
        ] {
            let run = run(db, &[format, arguments].concat()).expect(2);
            let told = run.json();
            let error = told["error"].as_object().unwrap_or_else(|| panic!("{told}"));
            let keys: Vec<&str> = error.keys().map(String::as_str).collect();
            assert_eq!(keys, ["kind", "message", "hint", "candidates"], "{arguments:?}");
            assert_eq!(error["kind"], kind, "{arguments:?}: {told}");
            let message = error["message"].as_str().unwrap();
            assert!(!message.is_empty() && !message.contains("Usage:") && !message.starts_with("error"), "{message}");
            let lines = run.stdout.lines().count();
            assert_eq!(lines == 1, format.contains(&"jsonl"), "{arguments:?} is written in {lines} lines");
            assert!(error["hint"].is_string() || error["hint"].is_null());
            let list = error["candidates"].as_array().unwrap();
            assert_eq!(!list.is_empty(), candidates, "{arguments:?}: {told}");
            assert!(
                list.iter().all(|one| one["id"].is_string() && one["name"].is_string() && one["labels"].is_array())
            );
            assert!(!run.stderr.contains("error:"), "{arguments:?} is told twice: {}", run.stderr);
        }
    }
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let (_folder, db) = database();
    for arguments in [&["stats"][..], &["show", "智谱", "--label", "Startup"], &["completions", "bash"], &["--help"]]
    {
        let mut child = ailand(&db).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut [0; 1]).unwrap();
        drop(stdout);
        assert_eq!(child.wait().unwrap().code(), Some(0), "{arguments:?}");
        let mut stderr = String::new();
        child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        assert_eq!(stderr, "", "{arguments:?}");
    }
    // The same when nobody reads at all.
    let mut child = ailand(&db).arg("stats").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut first = String::new();
    let mut child = ailand(&db).args(["show", "智谱", "--label", "Startup"]).stdout(Stdio::piped()).spawn().unwrap();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.contains("智谱"), "{first}");
    child.wait().unwrap();
}

#[test]
fn output_that_cannot_be_written_is_an_error() {
    let full = Path::new("/dev/full");
    if !full.exists() {
        return;
    }
    let (_folder, db) = database();
    let cases = [
        &["stats"][..],
        &["ask", "who founded Zhipu AI"],
        &["ask", "who founded Zhipu AI", "--format", "json"],
        &["ask", "who founded Zhipu AI", "--format", "jsonl"],
        &["show", "nobody at all", "--format", "json"],
        &["frobnicate", "--format", "json"],
        &["--help"],
    ];
    for arguments in cases {
        let out = fs::File::options().write(true).open(full).unwrap();
        let status = ailand(&db).args(arguments).stdout(out).output().unwrap();
        let told = String::from_utf8_lossy(&status.stderr);
        assert_eq!(status.status.code(), Some(2), "{arguments:?}");
        assert_eq!(told.matches("cannot write the output").count(), 1, "{arguments:?}: {told}");
        assert_eq!(told.contains("no entity is called"), arguments.contains(&"nobody at all"), "{told}");
    }
}

#[test]
fn colours_are_for_terminals_and_can_be_turned_off() {
    let (_folder, db) = database();
    let show = |arguments: &[&str], no_color: Option<&str>| {
        let mut command = ailand(&db);
        command.args(["show", "月之暗面"]).args(arguments);
        no_color.map(|value| command.env("NO_COLOR", value));
        finish(&mut command, b"").expect(0).stdout
    };
    assert!(!show(&[], None).contains('\u{1b}'));
    assert!(!show(&[], Some("1")).contains('\u{1b}'));
    assert!(show(&["--color", "always"], None).contains('\u{1b}'));
    assert!(!show(&["--color", "never"], None).contains('\u{1b}'));
    for help in [&["help"][..], &["--help"], &["help", "ask"]] {
        let page = |when| run(&db, &[&["--color", when], help].concat()).expect(0).stdout.contains('\u{1b}');
        assert!(page("always") && !page("never") && !page("auto"), "{help:?}");
    }
    // On a terminal, which `script` makes.
    if works("script", &["--version"]) {
        let on_terminal = |prefix: &str, arguments: &str| {
            let line = format!("{prefix} '{}' --db '{}' {arguments}", env!("CARGO_BIN_EXE_ailand"), db.display());
            finish(
                Command::new("script").args(["-qec", &line, "/dev/null"]).env("TERM", "xterm").stdin(Stdio::null()),
                b"",
            )
            .stdout
        };
        assert!(on_terminal("env -u NO_COLOR", "show 月之暗面").contains("\u{1b}[1m"));
        assert!(!on_terminal("env NO_COLOR=1", "show 月之暗面").contains("\u{1b}["));
        assert!(on_terminal("env -u NO_COLOR", "help").contains("\u{1b}["));
        assert!(!on_terminal("env -u NO_COLOR", "--color never help").contains("\u{1b}["));
    }
}

#[test]
fn every_command_explains_itself_with_examples() {
    let (_folder, db) = database();
    let help = run(&db, &["--help"]).expect(0).stdout;
    assert!(help.contains("Examples:") && help.contains("Exit codes:"));
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next())
        .filter(|name| !name.is_empty() && *name != "help")
        .collect();
    assert!(commands.len() >= 9, "{commands:?}");
    for command in commands {
        let page = run(&db, &[command, "--help"]).expect(0).stdout;
        assert!(page.contains("Examples:\n  ailand"), "{command} has no examples:\n{page}");
        assert!(page.lines().next().is_some_and(|line| !line.is_empty() && !line.starts_with("Usage")), "{page}");
    }
    run(&db, &["--version"]).expect(0);
    run(&db, &[]).expect(2);
}

#[test]
fn completions_work_in_bash() {
    let (folder, db) = database();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(run(&db, &["completions", shell]).expect(0).stdout.contains("verify"), "{shell}");
    }
    if !works("bash", &["--version"]) {
        eprintln!("skipped: there is no bash");
        return;
    }
    let script = folder.path().join("ailand.bash");
    fs::write(&script, run(&db, &["completions", "bash"]).expect(0).stdout).unwrap();
    let complete = "source \"$0\"; COMP_WORDS=(ailand ver); COMP_CWORD=1; COMP_LINE='ailand ver'; COMP_POINT=10; \
                    _ailand ailand ver ailand; echo \"${COMPREPLY[@]}\"";
    let completed =
        finish(Command::new("bash").args(["-c", complete]).arg(&script).stdin(Stdio::null()), b"").expect(0);
    assert_eq!(completed.stdout.trim(), "verify");
}

/// A small file system that can be filled; `None` where this process may not mount one.
struct SmallDisk(TempDir);

impl SmallDisk {
    fn new(kilobytes: u32) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={kilobytes}k");
        let place = folder.path().to_str().unwrap();
        works("mount", &["-t", "tmpfs", "-o", &size, "tmpfs", place]).then_some(Self(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        works("umount", &[self.0.path().to_str().unwrap()]);
    }
}

/// An import of about this many bytes, in records of many sizes.
fn large(bytes: usize) -> String {
    let long: String = (0..)
        .map(|n| records(&format!("l{n}")).replace("Source", &"x".repeat(bytes / 200 * (n % 8))))
        .take(50)
        .collect();
    records("large").replace("Source large", &"x".repeat(bytes / 2)) + &long
}

#[test]
fn a_full_disk_leaves_the_database_as_it_was() {
    let Some(disk) = SmallDisk::new(8192) else {
        eprintln!("skipped: a small file system cannot be mounted");
        return;
    };
    let db = disk.0.path().join("db");
    copy(bundle(), &db);
    let before = exported(&db);
    let input = tempfile::tempdir().unwrap();
    let file = input.path().join("large.jsonl");
    fs::write(&file, large(8 << 20)).unwrap();
    for _ in 0..3 {
        let refused = run(&db, &["import", file.to_str().unwrap()]).expect(2);
        assert!(refused.stderr.contains("space"), "{}", refused.stderr);
        assert_eq!(exported(&db), before);
        run(&db, &["verify"]).expect(0);
    }
    // Not a byte is left: reading goes on, and small commits fail in words.
    let filler = disk.0.path().join("filler");
    works("sh", &["-c", &format!("cat /dev/zero > '{}'", filler.display())]);
    run(&db, &["ask", "who founded Zhipu AI"]).expect(0);
    let small = input.path().join("small.jsonl");
    fs::write(&small, records("small")).unwrap();
    let refused = run(&db, &["import", small.to_str().unwrap()]);
    assert!(matches!(refused.code(), Some(0 | 2)), "{}: {}", refused.status, refused.stderr);
    fs::remove_file(db.join("image")).unwrap();
    run(&db, &["ask", "who founded Zhipu AI"]).expect(0);
    fs::remove_file(filler).unwrap();
    run(&db, &["verify"]).expect(0);
    if refused.code() == Some(2) {
        assert_eq!(exported(&db), before);
        run(&db, &["import", small.to_str().unwrap()]).expect(0);
    }
    run(&db, &["show", "startup:small"]).expect(0);
}

#[test]
fn a_disk_that_is_full_from_the_start_makes_no_database() {
    let Some(disk) = SmallDisk::new(300) else {
        eprintln!("skipped: a small file system cannot be mounted");
        return;
    };
    let db = disk.0.path().join("db");
    for _ in 0..2 {
        let refused = run(&db, &["ask", "who founded Zhipu AI"]).expect(2);
        assert!(refused.stderr.contains("space"), "{}", refused.stderr);
    }
    assert!(works("mount", &["-o", "remount,size=16m", disk.0.path().to_str().unwrap()]));
    run(&db, &["ask", "who founded Zhipu AI"]).expect(0);
    run(&db, &["verify"]).expect(0);
}

#[test]
fn a_limit_on_files_leaves_the_database_as_it_was() {
    let (folder, db) = database();
    let before = exported(&db);
    let file = folder.path().join("large.jsonl");
    fs::write(&file, large(4 << 20)).unwrap();
    // With and without the signal that the limit sends; in blocks of 512 or 1024 bytes.
    for prelude in ["trap '' XFSZ; ulimit -f 1200", "ulimit -f 1200", "trap '' XFSZ; ulimit -f 3000"] {
        let line = format!("{prelude}; exec \"$0\" \"$@\"");
        let mut command = Command::new("sh");
        command.args(["-c", &line, env!("CARGO_BIN_EXE_ailand"), "--db"]).arg(&db).arg("import").arg(&file);
        let refused = finish(command.stdin(Stdio::null()), b"");
        if prelude.starts_with("trap") {
            assert_eq!(refused.code(), Some(2), "{}: {}", refused.status, refused.stderr);
        } else {
            assert!(!refused.status.success());
        }
        run(&db, &["verify"]).expect(0);
        assert_eq!(exported(&db), before, "{prelude}");
    }
    run(&db, &["import", file.to_str().unwrap()]).expect(0);
}

/// Runs the program as somebody who owns nothing; as oneself when one is not root.
fn as_nobody(db: &Path, arguments: &[&str]) -> Run {
    if !is_root() {
        return run(db, arguments);
    }
    // The program may lie where only root can go.
    let program = db.parent().unwrap().join("ailand");
    if !program.exists() {
        fs::copy(env!("CARGO_BIN_EXE_ailand"), &program).unwrap();
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(program).arg("--db").arg(db);
    finish(command.args(arguments).env_remove("AILAND_DB").stdin(Stdio::null()), b"")
}

fn protect(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            protect(&path);
        } else {
            fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
        }
    }
    fs::set_permissions(folder, fs::Permissions::from_mode(0o555)).unwrap();
}

fn unprotect(folder: &Path) {
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            unprotect(&path);
        }
    }
}

#[test]
fn a_database_that_may_only_be_read_answers() {
    let (folder, db) = database();
    if is_root() && !works("setpriv", &["--reuid=65534", "--regid=65534", "--clear-groups", "true"]) {
        eprintln!("skipped: root ignores permissions, and there is no setpriv");
        return;
    }
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let card = |db: &Path| as_nobody(db, &["show", "月之暗面"]).expect(0).stdout;
    protect(&db);
    let shown = card(&db);
    as_nobody(&db, &["ask", "谁创办了智谱"]).expect(0);
    as_nobody(&db, &["stats"]).expect(0);
    let refused = as_nobody(&db, &["import", "/dev/null"]).expect(2);
    assert!(refused.stderr.contains("ermission denied"), "{}", refused.stderr);
    as_nobody(&db, &["verify"]).expect(2);
    // A copy whose files have other times.
    unprotect(&db);
    let copied = folder.path().join("copied");
    assert!(works("cp", &["-r", db.to_str().unwrap(), copied.to_str().unwrap()]));
    protect(&copied);
    assert_eq!(card(&copied), shown);
    unprotect(&copied);
}

#[test]
fn a_folder_without_permission_is_named() {
    let folder = tempfile::tempdir().unwrap();
    if is_root() && !works("setpriv", &["--reuid=65534", "--regid=65534", "--clear-groups", "true"]) {
        eprintln!("skipped: root ignores permissions, and there is no setpriv");
        return;
    }
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let unwritable = folder.path().join("unwritable");
    fs::create_dir(&unwritable).unwrap();
    fs::set_permissions(&unwritable, fs::Permissions::from_mode(0o555)).unwrap();
    for db in [closed.clone(), unwritable.clone(), unwritable.join("db")] {
        // The program is copied beside the database.
        let beside = folder.path().join("x");
        drop(as_nobody(&beside, &["--version"]));
        let mut command = if is_root() { Command::new("setpriv") } else { Command::new("env") };
        if is_root() {
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
        }
        let program = if is_root() { folder.path().join("ailand") } else { env!("CARGO_BIN_EXE_ailand").into() };
        command.arg(program).arg("--db").arg(&db).args(["ask", "who founded Zhipu AI"]).stdin(Stdio::null());
        let refused = finish(&mut command, b"").expect(2);
        assert!(refused.stderr.contains("ermission denied"), "{}", refused.stderr);
        assert!(refused.stderr.contains("hint:"), "{}", refused.stderr);
    }
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn the_environment_names_the_database() {
    let (_folder, db) = database();
    let mut command = Command::new(env!("CARGO_BIN_EXE_ailand"));
    let stats = finish(command.arg("stats").env("AILAND_DB", &db).stdin(Stdio::null()), b"").expect(0);
    assert!(stats.stderr.is_empty(), "{}", stats.stderr);
    let home = tempfile::tempdir().unwrap();
    for times in 0..2 {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ailand"));
        command.arg("stats").env_remove("AILAND_DB").env("XDG_DATA_HOME", home.path()).env("HOME", home.path());
        let stats = finish(command.stdin(Stdio::null()), b"").expect(0);
        assert_eq!(stats.stderr.contains("created"), times == 0, "{}", stats.stderr);
    }
}
