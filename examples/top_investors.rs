//! The investors with the most companies, from the bundled landscape: ailand embedded in a small analytics program.
//!
//! ```text
//! cargo run --release --example top_investors
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use ailand::Landscape;
use ailand::model::Language;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let landscape = Landscape::bundled()?;
    let snapshot = landscape.snapshot()?;
    let mut companies: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    if let Some(invested) = snapshot.word_number("INVESTED_IN") {
        for investor in 0..snapshot.counts().entities {
            // The adjacency tells who is connected to whom without reading a single fact.
            for edge in snapshot.adjacency(investor)?.outgoing {
                if edge.predicate == invested {
                    companies.entry(investor).or_default().insert(edge.neighbour);
                }
            }
        }
    }
    let mut ranking: Vec<(usize, u32)> = companies.iter().map(|(&investor, of)| (of.len(), investor)).collect();
    ranking.sort_by_key(|&(count, investor)| (std::cmp::Reverse(count), investor));
    let mut out = io::stdout().lock();
    for &(count, number) in ranking.iter().take(10) {
        let investor = snapshot.entity(number)?;
        let chinese = investor.name_in(&Language::Simplified);
        writeln!(out, "{count:3}  {}  {chinese}", investor.name_in(&Language::English))?;
    }
    Ok(())
}
