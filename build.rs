//! Writes tables that cost nothing to start: characters of the two Chinese scripts, and the lexicon of questions.
//!
//! # Scripts
//! hanconv's dictionaries (the tables of OpenCC) become two sorted tables of single characters.
//!
//! Filling hanconv's own trie takes 0.7 ms at the first call, which is a third of a cold answer. A `static` sorted
//! array costs nothing to start and is searched in twelve steps. Every character maps to one character, so offsets in
//! a converted text are offsets in the original (docs/adr/0002-han-table.md).
//!
//! # Questions
//! `data/lexicon/questions.tsv` becomes a sorted table of phrases without their spaces. Sorting it at the start would
//! take half a millisecond. A cue that src/ask/cue.rs does not know is an error of the compiler.
//!
//! # Saved queries
//! The files of `queries/` become a table of names and texts, so that the program has them in any folder.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    error::Error,
    fmt::Write as _,
    fs,
    path::Path,
};

use hanconv::RawDictionary::{STCharacters, STPhrases, TSCharacters};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={QUESTIONS}");
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("simplified.rs"), scripts()?)?;
    fs::write(Path::new(&out).join("phrases.rs"), phrases(&fs::read_to_string(QUESTIONS)?)?)?;
    println!("cargo::rerun-if-changed={QUERIES}");
    fs::write(Path::new(&out).join("queries.rs"), queries()?)?;
    Ok(())
}

/// The lexicon of questions: a cue, a tab, and phrases separated by commas.
const QUESTIONS: &str = "data/lexicon/questions.tsv";

/// The folder of saved queries.
const QUERIES: &str = "queries";

fn queries() -> Result<String, Box<dyn Error>> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(QUERIES)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "cypher") {
            names.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
        }
    }
    let mut table = String::from("static BUNDLED: &[(&str, &str)] = &[\n");
    for name in names {
        let file = format!("/{QUERIES}/{name}.cypher");
        writeln!(table, "    ({name:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {file:?}))),")?;
    }
    table.push_str("];\n");
    Ok(table)
}

fn phrases(lexicon: &str) -> Result<String, Box<dyn Error>> {
    let mut cues: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (number, line) in (1..).zip(lexicon.lines()).filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let (cue, phrases) =
            line.split_once('\t').ok_or_else(|| format!("{QUESTIONS}:{number}: no tab after the cue"))?;
        let camel: String = cue
            .split('-')
            .filter_map(|part| part.split_at_checked(1))
            .map(|(first, rest)| first.to_uppercase() + rest)
            .collect();
        for phrase in phrases.split(',') {
            cues.entry(phrase.replace(' ', "")).or_default().insert(format!("Cue::{camel}"));
        }
    }
    // One text and plain numbers: a table of string slices would have to be relocated whenever the program starts.
    let (mut text, mut lists, mut table) = (String::new(), String::new(), String::new());
    let mut listed = 0;
    for (phrase, cues) in cues {
        writeln!(
            table,
            "    Phrase {{ start: {}, length: {}, cues: ({listed}, {}) }},",
            text.len(),
            phrase.len(),
            cues.len()
        )?;
        text.push_str(&phrase);
        listed += cues.len();
        for cue in cues {
            write!(lists, "{cue}, ")?;
        }
    }
    let table = format!(
        "static TEXT: &str = {text:?};\n\nstatic CUES: &[Cue] = &[{lists}];\n\nstatic PHRASES: &[Phrase] = &[\n{table}];\n"
    );
    Ok(table)
}

fn scripts() -> Result<String, Box<dyn Error>> {
    let simplified: BTreeMap<char, char> = TSCharacters
        .iter()
        .filter_map(|(from, to)| Some((only(from)?, only(to)?)))
        .filter(|(from, to)| from != to)
        .collect();
    // 薴 becomes 苧, and 苧 becomes 苎. The table must be idempotent, so it takes both steps at once.
    let simplify = |c: char| {
        let once = simplified.get(&c).copied().unwrap_or(c);
        simplified.get(&once).copied().unwrap_or(once)
    };
    let mut tables = String::from("static SIMPLIFIED: &[(char, char)] = &[\n");
    for &from in simplified.keys() {
        writeln!(tables, "    ({from:?}, {:?}),", simplify(from))?;
    }

    // 后, 里 or 干 are the simplified forms of 後, 裡 and 乾, and Traditional characters of their own (皇后, 公里, 干預):
    // what occurs on the Traditional side of the other dictionary does not tell the scripts apart.
    let traditional: BTreeSet<char> = STPhrases
        .var_iter()
        .chain(STCharacters.var_iter())
        .flat_map(|(_, written)| written.into_iter().flat_map(str::chars))
        .collect();
    let only_simplified: BTreeSet<char> =
        simplified.values().copied().filter(|c| !traditional.contains(c) && !simplified.contains_key(c)).collect();
    tables.push_str("];\n\nstatic SIMPLIFIED_ONLY: &[char] = &[\n");
    for c in only_simplified {
        writeln!(tables, "    {c:?},")?;
    }
    tables.push_str("];\n");
    Ok(tables)
}

/// The character of a text that is one character long.
fn only(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}
