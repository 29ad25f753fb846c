//! What the command line writes, in each of its formats.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod ground;

use ground::{bundle, run};

#[test]
fn amounts_are_shown_alike_by_questions_and_cards() {
    let asked = run(bundle(), &["ask", "who invested in Moonshot AI"]).expect(0).stdout;
    let shown = run(bundle(), &["show", "startup:moonshot-ai", "--language", "en"]).expect(0).stdout;
    for text in [&asked, &shown] {
        assert!(text.contains("1B USD") && !text.contains("1000000000"), "{text}");
        assert!(!text.contains("asserted"), "{text}");
    }
    assert!(!shown.contains("round_currency"), "{shown}");
}

#[test]
fn numbers_of_sources_ascend_everywhere() {
    let commands = [
        &["show", "startup:zhipu-ai"][..],
        &["ask", "who invested in Zhipu"],
        &["neighbors", "startup:zhipu-ai"],
        &["subgraph", "startup:zhipu-ai"],
    ];
    for command in commands {
        let text = run(bundle(), command).expect(0).stdout;
        let mut several = 0;
        for cell in text.lines().flat_map(|line| line.split(" | ")).filter(|cell| cell.trim().starts_with('[')) {
            let numbers = cell.split('[').skip(1).map_while(|one| one.split_once(']')?.0.parse::<u32>().ok());
            let numbers: Vec<u32> = numbers.collect();
            assert!(numbers.is_sorted_by(|a, b| a < b), "{command:?}: {cell}");
            several += usize::from(numbers.len() > 1);
        }
        assert!(several > 0, "{command:?} cites no two sources for anything");
    }
}
