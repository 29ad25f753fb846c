//! The lexicon: which phrase hints at what.
//!
//! The phrases are data (`data/lexicon/`): a cue, a tab, and phrases separated by commas, folded as [`Text`] folds. Adding
//! one needs no Rust. The lexicon becomes a trie when the first document is read, which takes about a millisecond.

use std::sync::LazyLock;

use crate::text::Text;

use super::cue::{Cue, Cues};

const FILES: &[&str] = &[
    include_str!("../../data/lexicon/funding.tsv"),
    include_str!("../../data/lexicon/people.tsv"),
    include_str!("../../data/lexicon/models.tsv"),
    include_str!("../../data/lexicon/words.tsv"),
    include_str!("../../data/lexicon/names.tsv"),
];

/// The lexicon of this build.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::empty();
    for (cue, phrase) in FILES.iter().flat_map(|file| phrases(file)) {
        lexicon.insert(phrase, cue);
    }
    lexicon
});

/// The phrases of a file, each with its cue. Lines that are no such line are left out; a test keeps them away.
fn phrases(file: &'static str) -> impl Iterator<Item = (Cue, &'static str)> {
    file.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(cue, list)| Some((Cue::parse(cue)?, list)))
        .flat_map(|(cue, list)| list.split(',').filter(|phrase| !phrase.is_empty()).map(move |phrase| (cue, phrase)))
}

/// A trie of phrases.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// The node of each first character of the basic plane, 0 for none.
    roots: Vec<u32>,
    nodes: Vec<Node>,
}

#[derive(Debug, Default)]
struct Node {
    edges: Vec<(char, u32)>,
    cues: Cues,
}

impl Lexicon {
    fn empty() -> Self {
        Self { roots: vec![0; 0x1_0000], nodes: vec![Node::default()] }
    }

    fn insert(&mut self, phrase: &str, cue: Cue) {
        let mut chars = phrase.chars();
        let Some(first) = chars.next() else { return };
        let Some(&root) = self.roots.get(first as usize) else { return };
        let mut at = root;
        if at == 0 {
            at = self.add_node();
            if let Some(slot) = self.roots.get_mut(first as usize) {
                *slot = at;
            }
        }
        for c in chars {
            let next = self.nodes.get(at as usize).and_then(|node| step(node, c));
            at = match next {
                Some(next) => next,
                None => {
                    let next = self.add_node();
                    if let Some(node) = self.nodes.get_mut(at as usize) {
                        let place = node.edges.partition_point(|(edge, _)| *edge < c);
                        node.edges.insert(place, (c, next));
                    }
                    next
                }
            };
        }
        if let Some(node) = self.nodes.get_mut(at as usize) {
            node.cues = node.cues | Cues::of(cue);
        }
    }

    fn add_node(&mut self) -> u32 {
        self.nodes.push(Node::default());
        u32::try_from(self.nodes.len() - 1).unwrap_or(0)
    }

    /// The longest phrase that stands at a position and ends at the end of a word, with its length and its cues.
    ///
    /// The position must be the beginning of a word. Costs the length of the longest phrase at most.
    pub(super) fn longest_at(&self, text: &Text<'_>, at: usize, end: usize) -> Option<(usize, Cues)> {
        let mut node = *self.roots.get(text.at(at) as usize).filter(|node| **node != 0)?;
        let mut place = at + 1;
        let mut found = None;
        loop {
            let here = self.nodes.get(node as usize)?;
            if !here.cues.is_empty() && text.is_boundary(place) {
                found = Some((place - at, here.cues));
            }
            if place >= end {
                return found;
            }
            let Some(next) = step(here, text.at(place)) else { return found };
            node = next;
            place += 1;
        }
    }

    /// The cues of a whole phrase, already folded.
    pub(super) fn cues(&self, phrase: &str) -> Cues {
        let mut chars = phrase.chars();
        let Some(mut node) = chars.next().and_then(|first| self.roots.get(first as usize)).copied() else {
            return Cues::NONE;
        };
        if node == 0 {
            return Cues::NONE;
        }
        for c in chars {
            let Some(next) = self.nodes.get(node as usize).and_then(|node| step(node, c)) else { return Cues::NONE };
            node = next;
        }
        self.nodes.get(node as usize).map_or(Cues::NONE, |node| node.cues)
    }

    /// The longest phrase with the cue that `phrase` ends with, as a number of characters; never the whole of it.
    pub(super) fn suffix(&self, phrase: &[char], cue: Cue) -> Option<usize> {
        (1..phrase.len()).find_map(|start| {
            let tail: String = phrase.get(start..)?.iter().collect();
            self.cues(&tail).has(cue).then_some(phrase.len() - start)
        })
    }
}

fn step(node: &Node, c: char) -> Option<u32> {
    // Most nodes have one edge.
    match node.edges.as_slice() {
        [(edge, next)] => (*edge == c).then_some(*next),
        edges => {
            edges.binary_search_by_key(&c, |(edge, _)| *edge).ok().and_then(|at| edges.get(at)).map(|(_, next)| *next)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_lexicon_can_be_met() {
        let mut wrong = Vec::new();
        for file in FILES {
            for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
                let Some((cue, list)) = line.split_once('\t') else {
                    wrong.push(format!("no tab: {line}"));
                    continue;
                };
                if Cue::parse(cue).is_none() {
                    wrong.push(format!("no such cue: {cue}"));
                }
                for phrase in list.split(',').filter(|phrase| !phrase.is_empty()) {
                    let text = Text::new(phrase);
                    let met = LEXICON.longest_at(&text, 0, text.len());
                    if text.folded(0..text.len()) != phrase || met.is_none_or(|(length, _)| length != text.len()) {
                        wrong.push(format!("{phrase:?} under {cue}"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn phrases_end_at_words() {
        let text = Text::new("fundings 联合领投方");
        assert!(LEXICON.longest_at(&text, 0, text.len()).is_none());
        let text = Text::new("联合领投了");
        let (length, cues) = LEXICON.longest_at(&text, 0, text.len()).unwrap();
        assert!(length == 4 && cues.has(Cue::Lead));
        let chars: Vec<char> = "百川智能".chars().collect();
        assert_eq!(LEXICON.suffix(&chars, Cue::ShortSuffix), Some(2));
    }
}
