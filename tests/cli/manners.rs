//! Questions, errors, pipes, colours, help and completions.

use super::*;

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
