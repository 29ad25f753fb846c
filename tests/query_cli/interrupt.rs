//! Ctrl-C.

#![cfg(unix)]

use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::ground::{DEADLINE, ailand, bundle, wait};

const ENDLESS: &str = "UNWIND range(1, 1000000) AS x UNWIND range(1, 1000000) AS y RETURN count(*) AS n";

fn interrupt(child: &Child) {
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
}

#[test]
fn a_statement_is_cancelled() {
    let mut child = ailand(bundle()).args(["query", ENDLESS]).stderr(Stdio::piped()).spawn().unwrap();
    sleep(Duration::from_millis(600));
    interrupt(&child);
    let status = wait(&mut child, DEADLINE).expect("it goes on");
    let told = std::io::read_to_string(child.stderr.take().unwrap()).unwrap();
    assert_eq!((status.code(), told.as_str()), (Some(130), "error: the statement was cancelled\n"));
}

#[test]
fn the_shell_goes_on() {
    let mut command = ailand(bundle());
    command.args(["shell", "--keep-going", "--format", "jsonl"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    writeln!(stdin, "{ENDLESS};").unwrap();
    stdin.flush().unwrap();
    sleep(Duration::from_millis(600));
    interrupt(&child);
    writeln!(stdin, "RETURN 7 AS still;").unwrap();
    drop(stdin);
    let status = wait(&mut child, DEADLINE).expect("it goes on");
    let said = std::io::read_to_string(child.stdout.take().unwrap()).unwrap();
    assert!(said.contains("cancelled") && said.ends_with("{\"still\":7}\n"), "{said}");
    assert_eq!(status.code(), Some(130));
}
