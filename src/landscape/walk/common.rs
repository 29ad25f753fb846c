//! What entities have in common.

use std::sync::Arc;

use super::ground::Ground;
use super::records::Records;
use super::{Error, Node, Walk};
use crate::graph::{Cut, Direction, Shared, common_neighbors};
use crate::landscape::Landscape;
use crate::landscape::card::title;
use crate::model::{Fact, Source, vocabulary};

/// One thing that entities share.
#[derive(Debug, Clone, PartialEq)]
pub struct InCommon {
    /// By which predicates, from the entities to the thing: one, or two where something lies between.
    pub predicates: Vec<String>,
    /// For each predicate, whether its facts are walked from subject to object.
    pub forward: Vec<bool>,
    /// What is shared.
    pub node: Node,
    /// For each entity that was asked for, the facts that connect it. Where something lies between, those of one way.
    pub facts: Vec<Vec<Arc<Fact>>>,
}

impl InCommon {
    /// How the connection reads from the entities: `investors`, or `founded by > previously at`.
    #[must_use]
    pub fn title(&self) -> String {
        let titles: Vec<String> =
            self.predicates.iter().zip(&self.forward).map(|(word, &out)| title(word, out)).collect();
        titles.join(" > ")
    }

    /// The connection as arrows: `<-[INVESTED_IN]-`.
    #[must_use]
    pub fn arrows(&self) -> String {
        let arrow = |(word, &forward): (&String, &bool)| {
            if forward { format!("-[{word}]->") } else { format!("<-[{word}]-") }
        };
        self.predicates.iter().zip(&self.forward).map(arrow).collect::<Vec<_>>().join(" ")
    }
}

/// What entities share.
#[derive(Debug, Clone, PartialEq)]
pub struct Common {
    /// The entities that were asked for, each once.
    pub of: Vec<Node>,
    /// What they share: directly before through something, by predicate in the order of the vocabulary, then by the order
    /// in which the shared entities came into the database.
    pub shared: Vec<InCommon>,
    /// The sources of the facts.
    pub sources: Vec<Source>,
    /// The bound that cut the list.
    pub cut: Option<Cut>,
}

impl Landscape {
    /// The entities that all of the named ones are connected with by the same predicate in the same direction: the same
    /// investor, the same benchmark. With 2 hops also those that they are connected with by the same two predicates
    /// through different entities: the former employer of the founder of each.
    ///
    /// Reads the whole graph: O(entities + facts). The search costs as much as the facts of the named entities, with 2
    /// hops also those of their neighbours.
    ///
    /// # Errors
    /// As [`Landscape::entity`] for each name; [`Error::UnknownWord`] for a predicate or label that nothing has;
    /// [`Error::Options`] when the names stand for fewer than two entities, or for other numbers of hops than 1 and 2.
    ///
    /// # Examples
    /// ```
    /// use ailand::Landscape;
    /// use ailand::landscape::Walk;
    ///
    /// let common = Landscape::bundled()?.common(&["月之暗面", "智谱"], 1, &Walk::default())?;
    /// assert!(common.shared.iter().any(|one| one.title() == "investors" && one.node.name == "红杉中国"));
    /// # Ok::<(), ailand::Error>(())
    /// ```
    pub fn common(&self, names: &[&str], hops: u32, walk: &Walk) -> Result<Common, Error> {
        if !(1..=2).contains(&hops) {
            return Err(Error::Options { message: format!("{hops} hops are not possible here: expected 1 or 2") });
        }
        let ground = Ground::new(self.snapshot()?, names, walk, &[])?;
        let mut asked: Vec<u32> = Vec::new();
        for name in names {
            let number = ground.resolve(name)?;
            if !asked.contains(&number) {
                asked.push(number);
            }
        }
        let mut records = ground.records();
        let of = asked.iter().map(|&node| records.node(node)).collect::<Result<Vec<_>, _>>()?;
        if of.len() < 2 {
            let same = of.first().map(|node| format!(": all names stand for {}", node.id)).unwrap_or_default();
            return Err(Error::Options { message: format!("expected at least two different entities{same}") });
        }
        let filter = ground.labelled();
        let direct = common_neighbors(&ground.graph, &asked, &filter, &ground.bounds)?;
        let mut shared = Vec::new();
        for one in &direct.value {
            shared.push(in_common(&ground, &mut records, one)?);
        }
        let mut cut = direct.cut;
        if hops == 2 && cut.is_none() {
            let (indirect, late) = super::indirect::shared(&ground, &asked, &direct.value)?;
            for one in indirect {
                let predicates = one.steps.iter().map(|step| Ok(ground.predicate(step.predicate)?.to_owned()));
                let mut facts = Vec::new();
                for way in &one.facts {
                    facts.push(way.iter().map(|&fact| records.fact(fact)).collect::<Result<_, _>>()?);
                }
                shared.push(InCommon {
                    predicates: predicates.collect::<Result<_, Error>>()?,
                    forward: one.steps.iter().map(|step| step.forward).collect(),
                    node: records.node(one.node)?,
                    facts,
                });
            }
            cut = late;
        }
        let place = |word: &String| vocabulary::PREDICATES.iter().position(|known| known.name == *word);
        let order = |one: &InCommon| {
            let words: Vec<_> =
                one.predicates.iter().map(|word| (place(word).unwrap_or(usize::MAX), word.clone())).collect();
            (one.predicates.len(), words, one.forward.iter().map(|forward| !forward).collect::<Vec<_>>())
        };
        shared.sort_by_cached_key(order);
        if let Some(limit) = walk.limit
            && shared.len() > limit
        {
            shared.truncate(limit);
            cut = Some(Cut::Results);
        }
        Ok(Common { of, shared, sources: records.into_sources(), cut })
    }
}

fn in_common(ground: &Ground, records: &mut Records<'_>, one: &Shared) -> Result<InCommon, Error> {
    let mut facts = Vec::new();
    for links in &one.links {
        facts.push(links.iter().map(|link| records.fact(link.fact)).collect::<Result<_, _>>()?);
    }
    Ok(InCommon {
        predicates: vec![ground.predicate(one.predicate)?.to_owned()],
        forward: vec![one.direction == Direction::Out],
        node: records.node(one.node)?,
        facts,
    })
}
