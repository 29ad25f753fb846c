//! A way through the graph, with its facts.

use std::fmt;
use std::sync::Arc;

use super::Node;
use crate::model::{Fact, FactId, Modality, Value};

/// A fact as a way uses it.
#[derive(Debug, Clone, PartialEq)]
pub struct Leg {
    /// The fact.
    pub fact: Arc<Fact>,
    /// Whether the way goes from the fact's subject to its object.
    pub forward: bool,
}

/// Properties of which the first that a fact has stands beside its predicate.
const TELLING: &[&str] = &["round", "role", "outcome", "score", "stake_pct"];

impl Leg {
    /// The fact in short: `INVESTED_IN A1 2023`, with the modality unless it is asserted.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{} {}", self.fact.predicate, self.details()).trim_end().to_owned()
    }

    /// What its label says beside the predicate: `A1 2023`.
    #[must_use]
    pub fn details(&self) -> String {
        let mut words = Vec::new();
        words.extend(TELLING.iter().find_map(|key| self.fact.properties.get(key)).map(Value::to_string));
        words.extend(self.fact.date().map(|date| date.to_string()));
        words.extend((self.fact.modality != Modality::Asserted).then(|| self.fact.modality.word().to_owned()));
        words.join(" ")
    }
}

/// A way from one entity to another.
///
/// Shown as `小米 -[INVESTED_IN A1 2023]-> 百川智能 <-[INVESTED_IN A1 2023]- 腾讯`: arrows point from subject to object.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// The entities, one more than there are steps.
    pub nodes: Vec<Node>,
    /// The facts of each step; several where parallel facts are taken together.
    pub steps: Vec<Vec<Leg>>,
    /// The sum of the costs of its steps; without a weight, the number of steps.
    pub weight: f64,
}

impl Way {
    /// The number of steps.
    #[must_use]
    pub fn length(&self) -> usize {
        self.steps.len()
    }

    /// The entity at the end.
    #[must_use]
    pub fn end(&self) -> Option<&Node> {
        self.nodes.last()
    }

    /// The ids of the facts, step by step.
    pub fn facts(&self) -> impl Iterator<Item = &FactId> {
        self.steps.iter().flatten().map(|leg| &leg.fact.id)
    }

    /// The facts of a step as arrows: `-[INVESTED_IN A1 2023]->`.
    #[must_use]
    pub fn arrows(step: &[Leg]) -> String {
        let side = |forward: bool| -> Option<String> {
            let labels: Vec<String> =
                step.iter().filter(|leg| leg.forward == forward).map(super::way::Leg::label).collect();
            let labels = labels.join("; ");
            (!labels.is_empty()).then(|| if forward { format!("-[{labels}]->") } else { format!("<-[{labels}]-") })
        };
        [side(true), side(false)].into_iter().flatten().collect::<Vec<_>>().join(" / ")
    }

    /// The way without its ends, for a list whose rows name these.
    #[must_use]
    pub fn between(&self) -> String {
        let mut text = String::new();
        for (at, step) in self.steps.iter().enumerate() {
            if at > 0 {
                let name = self.nodes.get(at).map_or("", |node| node.name.as_str());
                text = format!("{text} {name} ");
            }
            text.push_str(&Self::arrows(step));
        }
        text
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut nodes = self.nodes.iter();
        if let Some(first) = nodes.next() {
            f.write_str(&first.name)?;
        }
        for (step, node) in self.steps.iter().zip(nodes) {
            write!(f, " {} {}", Self::arrows(step), node.name)?;
        }
        Ok(())
    }
}
