//! What is drawn.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::{EntityId, FactId, Language, Modality};

use super::style::{Family, Kind};
use super::words;

/// How the parts of a picture stand to each other, which decides how it is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Arrangement {
    /// One entity in the middle and its neighbours in columns beside it, by predicate.
    Star,
    /// Columns from left to right, by distance from the first entity.
    Layers,
    /// Entities near those that they are connected with.
    Network,
}

/// How many entities belong to what was asked for and are not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct LeftOut {
    /// How many were counted.
    pub entities: usize,
    /// Whether a bound ended the counting, so that there may be more.
    pub at_least: bool,
}

/// An entity in a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The entity.
    pub id: EntityId,
    /// Its name in the language of the picture, as it is stored.
    pub name: String,
    /// Its labels.
    pub labels: Vec<String>,
    /// How many facts lie between it and the nearest centre, where there is one.
    pub distance: Option<u32>,
    /// Whether the picture is about it.
    pub is_center: bool,
    /// What is told when the pointer rests on it: names, labels and id, one a line.
    pub tooltip: String,
}

impl Node {
    /// The label by which it is drawn.
    #[must_use]
    pub fn kind(&self) -> Kind {
        Kind::of(&self.labels)
    }
}

/// Parallel facts of one predicate and modality, drawn as one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The position of the subject among the nodes.
    pub from: usize,
    /// The position of the object.
    pub to: usize,
    /// The predicate.
    pub predicate: String,
    /// How the sources put the facts.
    pub modality: Modality,
    /// The facts, oldest first, undated last.
    pub facts: Vec<FactId>,
    /// How the predicate reads from subject to object.
    pub verb: String,
    /// Round, date, amount and the like, in a few words; empty when nothing is known.
    pub detail: String,
    /// The same in fewer words, for pictures with little room.
    pub brief: String,
    /// What is told when the pointer rests on it: the facts with their properties, sources and quotes.
    pub tooltip: String,
}

impl Line {
    /// Verb and detail together.
    #[must_use]
    pub fn caption(&self) -> String {
        match (self.says_itself(), self.detail.is_empty()) {
            (true, false) => self.detail.clone(),
            (_, true) => self.verb.clone(),
            (false, false) => format!("{} · {}", self.verb, self.detail),
        }
    }

    /// Verb and details in fewer words.
    #[must_use]
    pub fn brief_caption(&self) -> String {
        match (self.says_itself(), self.brief.is_empty()) {
            (true, false) => self.brief.clone(),
            (_, true) => self.verb.clone(),
            (false, false) => format!("{} · {}", self.verb, self.brief),
        }
    }

    /// Whether the detail needs no verb: "CEO", "exceeds".
    pub(super) fn says_itself(&self) -> bool {
        matches!(self.predicate.as_str(), "HAS_ROLE" | "BENCHMARKED_AGAINST")
    }

    /// The colour of the line.
    #[must_use]
    pub fn family(&self) -> Family {
        Family::of(&self.predicate)
    }
}

/// The signs that a picture uses, each once, in the order in which they are explained.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Legend {
    /// Shapes and colours of entities.
    pub kinds: Vec<Kind>,
    /// Colours of lines, each with the verbs that it stands for, the most frequent first.
    pub families: Vec<(Family, Vec<String>)>,
    /// Dashes of lines; empty when all facts are asserted.
    pub modalities: Vec<Modality>,
}

/// A part of the graph, ready to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// What stands above it.
    pub title: String,
    /// The language of names and words.
    pub language: Language,
    /// How it is laid out.
    pub arrangement: Arrangement,
    /// The entities, centres first, then by distance and number.
    pub nodes: Vec<Node>,
    /// The lines between them, by the positions of their ends.
    pub lines: Vec<Line>,
    /// What there was no room for.
    pub left_out: LeftOut,
}

impl Picture {
    /// How many facts are drawn.
    #[must_use]
    pub fn fact_count(&self) -> usize {
        self.lines.iter().map(|line| line.facts.len()).sum()
    }

    /// The signs that need an explanation.
    #[must_use]
    pub fn legend(&self) -> Legend {
        let mut kinds: Vec<Kind> = self.nodes.iter().map(Node::kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let mut families: BTreeMap<Family, BTreeMap<&str, usize>> = BTreeMap::new();
        for line in &self.lines {
            *families.entry(line.family()).or_default().entry(&line.verb).or_default() += 1;
        }
        let families = families.into_iter().map(|(family, verbs)| {
            let mut verbs: Vec<(&str, usize)> = verbs.into_iter().collect();
            verbs.sort_by_key(|&(verb, count)| (Reverse(count), verb));
            (family, verbs.into_iter().map(|(verb, _)| verb.to_owned()).collect())
        });
        let families = families.collect();
        let mut modalities: Vec<Modality> = self.lines.iter().map(|line| line.modality).collect();
        modalities.sort_unstable();
        modalities.dedup();
        if modalities == [Modality::Asserted] {
            modalities.clear();
        }
        Legend { kinds, families, modalities }
    }

    /// How much is drawn, and how much is not: what stands below the title.
    #[must_use]
    pub fn summary(&self) -> String {
        words::summary(&self.language, self.nodes.len(), self.fact_count(), self.left_out)
    }
}
