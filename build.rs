//! Turns hanconv's Traditional-to-Simplified dictionary into a sorted table of single characters.
//!
//! Filling hanconv's own trie takes 0.7 ms at the first call, which is a third of a cold answer. A `static` sorted
//! array costs nothing to start and is searched in twelve steps. Every character maps to one character, so offsets in
//! a converted text are offsets in the original (docs/adr/0002-han-table.md).

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let mut table = String::from("static SIMPLIFIED: &[(char, char)] = &[\n");
    let mut text = String::new();
    for c in ('\u{2e80}'..='\u{9fff}').chain('\u{f900}'..='\u{faff}').chain('\u{20000}'..='\u{323af}') {
        text.clear();
        text.push(c);
        let converted = hanconv::t2s(&text);
        let mut chars = converted.chars();
        if let (Some(simple), None) = (chars.next(), chars.next())
            && simple != c
        {
            writeln!(table, "    ({c:?}, {simple:?}),")?;
        }
    }
    table.push_str("];\n");
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("simplified.rs"), table)?;
    Ok(())
}
