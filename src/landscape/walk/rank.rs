//! Who is central, and who belongs together.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::ground::Ground;
use super::records::Records;
use super::{Error, Node, Walk};
use crate::graph::{
    Betweenness, Cut, Direction, Filter, PageRank, Partition, betweenness, co_investments, communities, core_numbers,
    degrees, pagerank, top, weak_components,
};
use crate::landscape::Landscape;

/// What entities are ranked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// How many facts they have, in the direction of the walk.
    Degree,
    /// The share of time that a random surfer spends there, see [`pagerank`].
    PageRank,
    /// Between how many pairs of others they lie, see [`betweenness`].
    Betweenness {
        /// From how many entities paths are counted; from all when `None`.
        samples: Option<usize>,
    },
    /// Their core number, see [`core_numbers`].
    Core,
    /// The size of the group that is connected with them, see [`weak_components`].
    Component,
    /// The size of the group that is densely connected with them, see [`communities`].
    Community,
    /// Pairs by how many companies they both invested in, see [`co_investments`].
    CoInvestment,
}

/// What [`Landscape::rank`] is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct RankOptions {
    /// The measure.
    pub by: Measure,
    /// Only entities with one of these labels, and the facts between them, are part of the graph; none means all.
    pub through: Vec<String>,
    /// Which facts count, and how many results are wanted. The labels say who is listed; others still count.
    pub walk: Walk,
}

impl RankOptions {
    /// The ranking of everything by a measure.
    #[must_use]
    pub fn by(measure: Measure) -> Self {
        Self { by: measure, through: Vec::new(), walk: Walk::default() }
    }
}

/// Entities that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// How many there are.
    pub size: usize,
    /// Those that the labels admit, the ones with the most facts first.
    pub members: Vec<Node>,
}

/// A ranking, highest first.
#[derive(Debug, Clone, PartialEq)]
pub enum Ranking {
    /// Entities with their scores; equal ones in the order in which they came into the database.
    Entities(Vec<(Node, f64)>),
    /// Groups, the largest first.
    Groups(Vec<Group>),
    /// Pairs with the number of what they share.
    Pairs(Vec<(Node, Node, u32)>),
}

impl Landscape {
    /// Ranks entities, groups or pairs by a measure; hands back the bound that cut the computation, too.
    ///
    /// A limit asks for that many and is no cut. PageRank and betweenness walk facts in the direction of the walk: by
    /// default both ways. When the time was up, the scores of betweenness are estimates from the entities counted so
    /// far, and pairs are those found so far.
    ///
    /// # Errors
    /// As [`Landscape::entity`] for entities to avoid; [`Error::UnknownWord`] for a predicate or label that nothing has.
    ///
    /// # Examples
    /// ```
    /// use ailand::Landscape;
    /// use ailand::landscape::{Measure, RankOptions, Ranking, Walk};
    ///
    /// let walk = Walk { labels: vec!["Investor".into()], limit: Some(3), ..Walk::default() };
    /// let options = RankOptions { walk, ..RankOptions::by(Measure::PageRank) };
    /// let (Ranking::Entities(rows), _) = Landscape::bundled()?.rank(&options)? else { unreachable!() };
    /// assert_eq!(rows.len(), 3);
    /// assert!(rows[0].1 >= rows[1].1);
    /// # Ok::<(), ailand::Error>(())
    /// ```
    pub fn rank(&self, options: &RankOptions) -> Result<(Ranking, Option<Cut>), Error> {
        let ground = Ground::new(self.snapshot()?, &[], &options.walk, &options.through)?;
        let filter = ground.channelled();
        let graph = &ground.graph;
        let list = List { ground: &ground, filter: &filter, limit: options.walk.limit.unwrap_or(usize::MAX) };
        let bounds = crate::graph::Bounds { max_results: None, ..ground.bounds };
        let (scores, cut): (Vec<f64>, Option<Cut>) = match options.by {
            Measure::Degree => {
                let walks = filter.walks();
                let count = |degree: &crate::graph::Degree| {
                    let out = if walks.goes_out() { degree.facts_out } else { 0 };
                    f64::from(out + if walks.goes_in() { degree.facts_in } else { 0 })
                };
                (degrees(graph, &filter).iter().map(count).collect(), None)
            }
            Measure::PageRank => {
                let ranks = pagerank(graph, &filter, &PageRank::default(), &bounds)?;
                (ranks.value.scores, ranks.cut)
            }
            Measure::Betweenness { samples } => {
                let settings = Betweenness { samples, ..Betweenness::default() };
                let found = betweenness(graph, &filter, &settings, &bounds);
                (found.value.scores, found.cut)
            }
            Measure::Core => (core_numbers(graph, &filter).into_iter().map(f64::from).collect(), None),
            Measure::Component => return Ok((list.groups(&weak_components(graph, &filter))?, None)),
            Measure::Community => {
                let found = communities(graph, &filter, 1.0, &bounds)?;
                return Ok((list.groups(&found.value.partition)?, found.cut));
            }
            Measure::CoInvestment => return list.pairs(options.walk.via.is_empty()),
        };
        Ok((list.entities(&scores)?, cut))
    }
}

struct List<'a> {
    ground: &'a Ground,
    filter: &'a Filter,
    limit: usize,
}

impl List<'_> {
    fn entities(&self, scores: &[f64]) -> Result<Ranking, Error> {
        let mut records = self.ground.records();
        let listed = |node| self.filter.admits_node(&self.ground.graph, node) && self.ground.is_wanted(node);
        let best = top(scores, self.limit, listed).into_iter();
        let rows = best.map(|(node, score)| Ok((records.node(node)?, score))).collect::<Result<_, Error>>()?;
        Ok(Ranking::Entities(rows))
    }

    /// Groups with a wanted member.
    fn groups(&self, partition: &Partition) -> Result<Ranking, Error> {
        let graph = &self.ground.graph;
        let mut members: Vec<Vec<u32>> = vec![Vec::new(); partition.count()];
        for node in (0..graph.node_count()).filter(|&node| self.ground.is_wanted(node)) {
            let group = partition.group_of(node).and_then(|group| members.get_mut(group as usize));
            group.into_iter().for_each(|group| group.push(node));
        }
        let mut groups: Vec<(u32, Vec<u32>)> =
            partition.sizes().iter().copied().zip(members).filter(|(_, members)| !members.is_empty()).collect();
        // Stable: groups are numbered by their smallest member.
        groups.sort_by_key(|&(size, _)| Reverse(size));
        groups.truncate(self.limit);
        let mut records = self.ground.records();
        let mut read = |(size, mut members): (u32, Vec<u32>)| -> Result<Group, Error> {
            members.sort_by_key(|&node| Reverse(graph.degree(node, Direction::Both)));
            let members = members.into_iter().map(|node| records.node(node)).collect::<Result<_, _>>()?;
            Ok(Group { size: size as usize, members })
        };
        Ok(Ranking::Groups(groups.into_iter().map(&mut read).collect::<Result<_, _>>()?))
    }

    fn pairs(&self, of_investments: bool) -> Result<(Ranking, Option<Cut>), Error> {
        let Ground { graph, snapshot, bounds, .. } = self.ground;
        let mut filter = self.filter.clone();
        if filter.walks() == Direction::Both {
            filter = filter.direction(Direction::Out);
        }
        if of_investments {
            let number = snapshot.word_number("INVESTED_IN").and_then(|number| u16::try_from(number).ok());
            filter = filter.predicates(number);
        }
        let bounds = crate::graph::Bounds { max_results: None, ..*bounds };
        let mut pairs = co_investments(graph, &filter, &bounds);
        // The worst of the best is on top of the heap.
        let mut best = BinaryHeap::new();
        for pair in pairs.by_ref() {
            if self.ground.is_wanted(pair.first) && self.ground.is_wanted(pair.second) {
                best.push((Reverse(pair.shared), pair.first, pair.second));
                if best.len() > self.limit {
                    best.pop();
                }
            }
        }
        let mut records: Records<'_> = self.ground.records();
        let rows = best
            .into_sorted_vec()
            .into_iter()
            .map(|(Reverse(shared), first, second)| Ok((records.node(first)?, records.node(second)?, shared)));
        Ok((Ranking::Pairs(rows.collect::<Result<_, Error>>()?), pairs.cut()))
    }
}
