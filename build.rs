//! Turns hanconv's dictionaries (the tables of OpenCC) into two sorted tables of single characters.
//!
//! Filling hanconv's own trie takes 0.7 ms at the first call, which is a third of a cold answer. A `static` sorted
//! array costs nothing to start and is searched in twelve steps. Every character maps to one character, so offsets in
//! a converted text are offsets in the original (docs/adr/0002-han-table.md).

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
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("simplified.rs"), tables)?;
    Ok(())
}

/// The character of a text that is one character long.
fn only(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}
