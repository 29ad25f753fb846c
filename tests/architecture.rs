//! The arrows between the folders of `src/`: data flows down the list, and a folder uses only what stands above it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders in the order in which data flows; a folder may use those before it.
const FLOW: &[&str] =
    &["model", "names", "text", "extract", "store", "graph", "cypher", "ask", "formats", "draw", "landscape"];
/// What people and programs see; nothing sees a face.
const FACES: &[&str] = &["cli", "serve", "mcp"];
/// Libraries that only some files may name.
const CONFINED: &[(&str, &str)] =
    &[("sled", "store/tree.rs"), ("bincode", "store/codec.rs"), ("petgraph", "graph/"), ("clap", "cli/")];
/// Files longer than this are two files.
const LONGEST: usize = 550;
/// Names that say nothing about what a module owns.
const EMPTY_NAMES: &[&str] = &["util", "utils", "helper", "helpers", "manager", "common_utils", "misc"];

/// The identifiers and punctuation marks of a file, without comments, strings and characters.
fn tokens(source: &str) -> Vec<String> {
    let chars: Vec<char> = source.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let mut tokens = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        match (at(i), at(i + 1)) {
            ('/', '/') => {
                while i < chars.len() && at(i) != '\n' {
                    i += 1;
                }
            }
            ('/', '*') => {
                let mut depth = 0;
                loop {
                    match (at(i), at(i + 1)) {
                        ('/', '*') => (depth, i) = (depth + 1, i + 2),
                        ('*', '/') => (depth, i) = (depth - 1, i + 2),
                        _ => i += 1,
                    }
                    if depth == 0 || i >= chars.len() {
                        break;
                    }
                }
            }
            ('r', '"' | '#') if raw_string(&chars, i).is_some() => i = raw_string(&chars, i).unwrap(),
            ('b', 'r') if raw_string(&chars, i + 1).is_some() => i = raw_string(&chars, i + 1).unwrap(),
            ('"', _) => {
                i += 1;
                while i < chars.len() && at(i) != '"' {
                    i += if at(i) == '\\' { 2 } else { 1 };
                }
                i += 1;
            }
            // A character, not a lifetime.
            ('\'', '\\') => {
                i += 3;
                while i < chars.len() && at(i) != '\'' {
                    i += 1;
                }
                i += 1;
            }
            ('\'', _) if at(i + 2) == '\'' => i += 3,
            (':', ':') => {
                tokens.push("::".to_owned());
                i += 2;
            }
            (c, _) if c.is_alphabetic() || c == '_' => {
                let start = i;
                while at(i).is_alphanumeric() || at(i) == '_' {
                    i += 1;
                }
                tokens.push(chars[start..i].iter().collect());
            }
            (c, _) => {
                if !c.is_whitespace() {
                    tokens.push(c.to_string());
                }
                i += 1;
            }
        }
    }
    tokens
}

/// Where the raw string ends whose `r` stands at `start`.
fn raw_string(chars: &[char], start: usize) -> Option<usize> {
    let hashes = chars.get(start + 1..)?.iter().take_while(|c| **c == '#').count();
    let open = start + 1 + hashes;
    if chars.get(start) != Some(&'r') || chars.get(open) != Some(&'"') {
        return None;
    }
    (open + 1..chars.len()).find_map(|quote| {
        let closes =
            chars[quote] == '"' && chars[quote + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes;
        closes.then_some(quote + 1 + hashes)
    })
}

/// The names that paths from the root of the crate begin with: `a` of `crate::a::b`, of `crate::{a::b, c}` and of as
/// many `super`s as the file is deep.
fn mentions(tokens: &[String], depth: usize) -> Vec<&str> {
    let at = |i: usize| tokens.get(i).map_or("", String::as_str);
    let mut found = Vec::new();
    for i in 0..tokens.len() {
        let mut next = i + 1;
        match at(i) {
            "crate" => {}
            "super" if i == 0 || at(i - 1) != "::" => {
                let mut supers = 1;
                while at(next) == "::" && at(next + 1) == "super" {
                    (supers, next) = (supers + 1, next + 2);
                }
                if supers < depth {
                    continue;
                }
            }
            _ => continue,
        }
        if at(next) != "::" {
            continue;
        }
        if at(next + 1) != "{" {
            found.push(at(next + 1));
            continue;
        }
        let (mut level, mut begins) = (0, true);
        for token in &tokens[next + 1..] {
            match token.as_str() {
                "{" => level += 1,
                "}" => level -= 1,
                "," if level == 1 => begins = true,
                name if level == 1 && begins => {
                    found.push(name);
                    begins = false;
                }
                _ => {}
            }
            if level == 0 {
                break;
            }
        }
    }
    found
}

/// What `lib.rs` re-exports, and the folder that it comes from.
fn reexports(lib: &str) -> BTreeMap<String, String> {
    let tokens = tokens(lib);
    let mut found = BTreeMap::new();
    for (i, _) in tokens.iter().enumerate().filter(|(_, token)| *token == "use") {
        let statement = tokens[i + 1..].iter().take_while(|token| *token != ";");
        let mut names = statement.filter(|token| token.chars().all(|c| c.is_alphanumeric() || c == '_'));
        let Some(folder) = names.next() else { continue };
        for name in names {
            found.insert(name.clone(), folder.clone());
        }
    }
    found
}

/// What is wrong with a file; `place` is its path below `src/`.
fn check(place: &str, source: &str, reexports: &BTreeMap<String, String>) -> Vec<String> {
    let mut problems = Vec::new();
    let mut problem = |text: String| problems.push(format!("src/{place}: {text}"));
    let parts: Vec<&str> = place.trim_end_matches(".rs").split('/').collect();
    let depth = parts.iter().filter(|part| **part != "mod").count();
    let folder = parts[0];
    let lines = source.lines().count();
    let limit = match place {
        "lib.rs" => 100,
        "main.rs" => 40,
        _ => LONGEST,
    };
    if lines > limit {
        problem(format!("it has {lines} lines, at most {limit} are allowed"));
    }
    for part in &parts {
        if EMPTY_NAMES.contains(part) {
            problem(format!("{part:?} does not say what the module owns"));
        }
    }
    let tokens = tokens(source);
    for (library, home) in CONFINED {
        if !place.starts_with(home) && tokens.iter().any(|token| token == library) {
            problem(format!("only {home} may name {library}"));
        }
    }
    if parts.len() == 1 {
        // lib.rs and main.rs tie everything together.
        return problems;
    }
    let face = FACES.contains(&folder);
    let own = FLOW.iter().position(|known| *known == folder);
    if own.is_none() && !face {
        problem(format!("the folder {folder} has no place in the data flow"));
    }
    for name in mentions(&tokens, depth) {
        let used = reexports.get(name).map_or(name, String::as_str);
        if used == folder {
            continue;
        }
        if FACES.contains(&used) {
            problem(format!("it uses the face {used}"));
        } else if let (Some(own), Some(other)) = (own, FLOW.iter().position(|known| *known == used))
            && other > own
        {
            problem(format!("it uses {used}, which stands below {folder}"));
        }
    }
    if !face {
        for (i, token) in tokens.iter().enumerate() {
            let next = tokens.get(i + 1).map_or("", String::as_str);
            let prints = matches!(token.as_str(), "println" | "print" | "eprintln" | "eprint" | "dbg") && next == "!";
            // `.stdout(` is a method of a process that is started.
            let method = i > 0 && tokens[i - 1] == ".";
            let opens = matches!(token.as_str(), "stdout" | "stderr") && next == "(" && !method;
            let opens = opens || token == "Stdout" || token == "Stderr";
            if prints || opens {
                problem(format!("it prints ({token}), and only faces print"));
            }
        }
    }
    problems
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn folders_use_only_what_stands_above_them() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let reexports = reexports(&fs::read_to_string(src.join("lib.rs")).unwrap());
    let mut paths = Vec::new();
    files(&src, &mut paths);
    paths.sort();
    assert!(paths.len() > 50, "the files of src/ were not found");
    let mut problems = Vec::new();
    for path in paths {
        let place = path.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
        problems.extend(check(&place, &fs::read_to_string(&path).unwrap(), &reexports));
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn the_check_sees_what_it_should() {
    let lib = reexports("pub mod landscape; pub use landscape::{Error, Landscape}; pub use store::Changes;");
    let sound = |place: &str, source: &str| {
        let problems = check(place, source, &lib);
        assert!(problems.is_empty(), "{source}: {problems:?}");
    };
    let wrong = |place: &str, source: &str, part: &str| {
        let problems = check(place, source, &lib);
        assert!(problems.len() == 1 && problems[0].contains(part), "{place} {source}: {problems:?}");
    };
    sound("ask/mod.rs", "use crate::model::Fact; use crate::{store::Snapshot, graph};");
    sound("ask/mod.rs", "// use crate::formats;\n/* crate::cli /* crate::cli */ */ const A: &str = \"crate::cli\";");
    sound("ask/a.rs", "const A: &str = r#\"\" crate::cli \"#; const Q: char = '\"'; fn f<'a>(x: &'a str) {}");
    sound("ask/a.rs", "use super::formats; use crate::ask::reading;");
    sound("store/tree.rs", "use sled::Db;");
    sound("store/mod.rs", "/// sled and println!\nfn f() {}");
    sound("cli/a.rs", "fn f() { println!(\"x\"); let e = crate::Error::X; }");
    sound("store/mod.rs", "fn f(c: &mut Command) { c.stdout(Stdio::null()); }");
    sound("landscape/mod.rs", "use crate::{ask::{self, formats}, names};");
    wrong("ask/mod.rs", "use crate::formats::Rows;", "uses formats");
    wrong("ask/mod.rs", "use crate::{model::Fact, formats::{Rows, X}};", "uses formats");
    wrong("ask/mod.rs", "fn f() { crate::landscape::x() }", "uses landscape");
    wrong("ask/a.rs", "use super::super::formats::Rows;", "uses formats");
    wrong("ask/a/b.rs", "use super::super::super::formats::Rows;", "uses formats");
    wrong("graph/mod.rs", "fn f(l: &crate::Landscape) {}", "uses landscape");
    wrong("store/mod.rs", "use crate::cli::run;", "the face cli");
    wrong("cli/a.rs", "use crate::serve::run;", "the face serve");
    wrong("graph/mod.rs", "use sled::Db;", "name sled");
    wrong("store/mod.rs", "use sled::Db;", "name sled");
    wrong("store/page.rs", "fn f() { bincode::serialize(&1) }", "name bincode");
    wrong("ask/mod.rs", "use petgraph::Graph;", "name petgraph");
    wrong("ask/mod.rs", "fn f() { println!(\"x\") }", "prints");
    wrong("ask/mod.rs", "fn f() { std::io::stdout().lock(); }", "prints");
    wrong("ask/mod.rs", "use std::io::Stderr;", "prints");
    wrong("ask/util.rs", "", "does not say");
    wrong("model/helpers/mod.rs", "", "does not say");
    wrong("other/mod.rs", "", "no place in the data flow");
    wrong("lib.rs", &"\n".repeat(101), "101 lines");
    wrong("main.rs", &"\n".repeat(41), "41 lines");
    wrong("ask/mod.rs", &"\n".repeat(551), "551 lines");
}
