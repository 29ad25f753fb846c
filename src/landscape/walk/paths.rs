//! Paths between two entities.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use super::ground::Ground;
use super::{Error, Node, Walk, Way};
use crate::graph::{
    Bounds, Cut, Direction, EdgeRef, Filter, GraphError, Parallel, Path, Paths, all_shortest_paths, confidence_cost,
    k_lightest_paths, k_shortest_paths, neighborhood, shortest_path, simple_paths,
};
use crate::landscape::Landscape;
use crate::landscape::words;
use crate::model::{Source, Value};

/// Which of the paths are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Which {
    /// One shortest or lightest path: the first of all.
    #[default]
    First,
    /// All paths of the shortest length.
    AllShortest,
    /// So many paths without repeated entities, shortest or lightest first.
    Best(usize),
    /// All paths without repeated entities of at most this many steps, in the order of their entities.
    Simple(u32),
}

/// What makes a path long.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Weight {
    /// Every step counts 1.
    #[default]
    Hops,
    /// Doubt: a step counts the negative logarithm of its fact's confidence, so the most credible path is the lightest.
    Confidence,
    /// A number that facts carry in this property; facts without it are not walked.
    Property(String),
}

/// What [`Landscape::paths`] is asked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PathOptions {
    /// Which paths.
    pub which: Which,
    /// What makes them long.
    pub weight: Weight,
    /// Whether paths that differ only in which of several parallel facts they use are one, with all these facts.
    pub together: bool,
    /// How many steps a path may have.
    pub max_hops: Option<u32>,
    /// Which facts are walked. The labels are those of the entities between the ends.
    pub walk: Walk,
}

/// The paths between two entities.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundPaths {
    /// Where they start.
    pub from: Node,
    /// Where they end.
    pub to: Node,
    /// The paths, in the order that [`Which`] says.
    pub paths: Vec<Way>,
    /// The sources of their facts.
    pub sources: Vec<Source>,
    /// The bound that cut the search.
    pub cut: Option<Cut>,
    /// Why there is none, when there is none and no bound cut the search.
    pub separation: Option<Separation>,
}

/// The entities that are connected with one, itself included, whichever way the admitted facts point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Island {
    /// How many they are.
    pub size: usize,
    /// The one of them with the most facts, when there is any other.
    pub member: Option<Node>,
}

/// Why there is no path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Separation {
    /// The ends lie in different components.
    Components(Island, Island),
    /// They lie in one component, but no path has the direction, weights and length that were asked for.
    SameComponent(Island),
    /// One of the ends is to be avoided.
    Avoided(Node),
}

impl Landscape {
    /// The paths from one entity to another; from an entity to itself, the path without steps.
    ///
    /// Reads the whole graph: O(entities + facts). For the search itself see [`all_shortest_paths`], [`k_shortest_paths`],
    /// [`simple_paths`] and [`k_lightest_paths`].
    ///
    /// # Errors
    /// As [`Landscape::entity`] for each name; [`Error::UnknownWord`] for a predicate, label or weight that nothing has;
    /// [`Error::Weight`] for a weight below zero; [`Error::Options`] when all shortest or all simple paths are asked for
    /// with a weight.
    ///
    /// # Examples
    /// ```
    /// use ailand::Landscape;
    /// use ailand::landscape::PathOptions;
    ///
    /// let found = Landscape::bundled()?.paths("小米", "百川智能", &PathOptions::default())?;
    /// assert_eq!(found.paths[0].length(), 1);
    /// assert!(found.paths[0].to_string().starts_with("小米 -[INVESTED_IN"));
    /// # Ok::<(), ailand::Error>(())
    /// ```
    pub fn paths(&self, from: &str, to: &str, options: &PathOptions) -> Result<FoundPaths, Error> {
        let ground = Ground::new(self.snapshot()?, &[from, to], &options.walk, &[])?;
        let ends = [ground.resolve(from)?, ground.resolve(to)?];
        let filter = ground.labelled();
        let search = Search { ground: &ground, filter: &filter, ends, options };
        let (paths, cut) = search.run()?;
        let separation = if paths.is_empty() && cut.is_none() { Some(search.separation()?) } else { None };
        let mut records = ground.records();
        let [from, to] = ends;
        let (from, to) = (records.node(from)?, records.node(to)?);
        let paths = paths.iter().map(|path| records.way(path, options.together)).collect::<Result<_, _>>()?;
        Ok(FoundPaths { from, to, paths, sources: records.into_sources(), cut, separation })
    }
}

struct Search<'a> {
    ground: &'a Ground,
    filter: &'a Filter,
    ends: [u32; 2],
    options: &'a PathOptions,
}

impl Search<'_> {
    fn run(&self) -> Result<(Vec<Path>, Option<Cut>), Error> {
        match &self.options.weight {
            Weight::Hops => self.by_hops(),
            Weight::Confidence => self.by_cost(confidence_cost),
            Weight::Property(key) => self.by_property(key),
        }
    }

    fn bounds(&self) -> Bounds {
        Bounds { max_hops: self.options.max_hops, ..self.ground.bounds }
    }

    fn parallel(&self) -> Parallel {
        if self.options.together { Parallel::Together } else { Parallel::Apart }
    }

    fn by_hops(&self) -> Result<(Vec<Path>, Option<Cut>), Error> {
        let (graph, filter, parallel, bounds) = (&self.ground.graph, self.filter, self.parallel(), self.bounds());
        let [from, to] = self.ends;
        let collect = |mut paths: Paths<'_>| (paths.by_ref().collect(), paths.cut());
        Ok(match self.options.which {
            Which::First => {
                let mut paths = all_shortest_paths(graph, from, to, parallel, filter, &bounds)?;
                (paths.next().into_iter().collect(), paths.cut())
            }
            Which::AllShortest => collect(all_shortest_paths(graph, from, to, parallel, filter, &bounds)?),
            Which::Best(k) => collect(k_shortest_paths(graph, from, to, k, parallel, filter, &bounds)?),
            Which::Simple(hops) => collect(simple_paths(graph, from, to, hops, parallel, filter, &bounds)?),
        })
    }

    fn by_cost(&self, cost: impl Fn(EdgeRef<'_>) -> f64) -> Result<(Vec<Path>, Option<Cut>), Error> {
        let k = match self.options.which {
            Which::First => 1,
            Which::Best(k) => k,
            Which::AllShortest | Which::Simple(_) => {
                let message = "a weight orders paths: ask for the first or the k lightest, not for all";
                return Err(Error::Options { message: message.to_owned() });
            }
        };
        let [from, to] = self.ends;
        let (graph, parallel, bounds) = (&self.ground.graph, self.parallel(), self.bounds());
        let found = k_lightest_paths(graph, from, to, k, parallel, self.filter, &bounds, cost)?;
        Ok((found.value, found.cut))
    }

    fn by_property(&self, key: &str) -> Result<(Vec<Path>, Option<Cut>), Error> {
        let snapshot = &self.ground.snapshot;
        let numbers: RefCell<HashMap<u32, f64>> = RefCell::default();
        let failure = RefCell::new(None);
        let read = |fact: u32| match snapshot.fact(fact) {
            Ok(fact) => fact.properties.get(key).and_then(Value::as_number).unwrap_or(f64::INFINITY),
            Err(error) => {
                failure.borrow_mut().get_or_insert(error);
                f64::INFINITY
            }
        };
        let cost = |edge: EdgeRef<'_>| *numbers.borrow_mut().entry(edge.fact()).or_insert_with(|| read(edge.fact()));
        let found = match self.by_cost(cost) {
            Err(Error::Load(crate::graph::LoadError::Graph(GraphError::Cost { fact, cost }))) => {
                let fact = snapshot.fact(fact)?.id;
                return Err(Error::Weight { property: key.to_owned(), fact, weight: cost });
            }
            found => found?,
        };
        if let Some(error) = failure.into_inner() {
            return Err(error.into());
        }
        if found.0.is_empty() && found.1.is_none() {
            self.check_property(key)?;
        }
        Ok(found)
    }

    /// Refuses a property that no fact has as a number.
    fn check_property(&self, key: &str) -> Result<(), Error> {
        let mut keys: BTreeSet<String> = BTreeSet::new();
        for fact in self.ground.snapshot.facts() {
            let fact = fact?;
            let numeric = fact.properties.iter().filter(|(_, value)| value.as_number().is_some());
            for (own, _) in numeric {
                if own == key {
                    return Ok(());
                }
                if !keys.contains(own) {
                    keys.insert(own.to_owned());
                }
            }
        }
        Err(words::unknown("numeric property", key, &keys.iter().map(String::as_str).collect()))
    }

    /// Why there is no path.
    fn separation(&self) -> Result<Separation, Error> {
        let graph = &self.ground.graph;
        let mut records = self.ground.records();
        let [from, to] = self.ends;
        for end in self.ends {
            if !self.filter.admits_end(end) {
                return Ok(Separation::Avoided(records.node(end)?));
            }
        }
        let either_way = self.filter.clone().direction(Direction::Both);
        let mut island = |end: u32| -> Result<Island, Error> {
            let others = neighborhood(graph, &[end], u32::MAX, &either_way, &Bounds::none())?;
            let (mut size, mut best) = (1, None);
            for reached in others {
                size += 1;
                let degree = graph.degree(reached.node, Direction::Both);
                // The first of several that have as many.
                if best.is_none_or(|(most, _)| degree > most) {
                    best = Some((degree, reached.node));
                }
            }
            Ok(Island { size, member: best.map(|(_, node)| records.node(node)).transpose()? })
        };
        if shortest_path(graph, from, to, &either_way, &Bounds::none())?.value.is_some() {
            return Ok(Separation::SameComponent(island(from)?));
        }
        Ok(Separation::Components(island(from)?, island(to)?))
    }
}
