//! From a part of the graph to a picture.

use std::collections::BTreeMap;

use crate::formats::screen::harmless;
use crate::graph::{Bounds, Filter, Graph, Parallel, Path, Subgraph, all_shortest_paths};
use crate::model::{Fact, Language, Modality};
use crate::store::Snapshot;

use super::DrawError;
use super::caption::Captions;
use super::picture::{Arrangement, Line, Node, Picture};
use super::selection::{Candidates, Selection};
use super::words;

/// No more shortest paths than this are looked at.
const MOST_PATHS: usize = 1_000;
/// A search for paths visits no more entities than this.
const MOST_VISITED: usize = 1_000_000;

/// How much a picture holds, and in which language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// How many entities there is room for. What the picture is about is always drawn.
    pub limit: usize,
    /// The language of names and words.
    pub language: Language,
    /// The title; without one, the names of what the picture is about.
    pub title: Option<String>,
}

impl Frame {
    /// Room for this many entities.
    pub const LIMIT: usize = 60;
    /// No frame has room for more: nobody could read it.
    pub const MOST: usize = 1_000;

    pub(super) fn check(&self) -> Result<(), DrawError> {
        let (limit, most) = (self.limit, Self::MOST);
        if limit <= most { Ok(()) } else { Err(DrawError::TooMany { limit, most }) }
    }
}

impl Default for Frame {
    fn default() -> Self {
        Self { limit: Self::LIMIT, language: Language::English, title: None }
    }
}

/// The entities within `hops` facts of any of the `centers`, and every fact on a way of at most `hops` facts from one of them;
/// between two centres every fact.
///
/// The search for them keeps the bounds but that on results: the frame has its own. One centre and one hop make an [`Arrangement::Star`]. Where the frame is too small, the best-connected stay.
///
/// # Errors
/// [`DrawError::Graph`] when a centre does not exist, [`DrawError::TooMany`], [`DrawError::Store`].
pub fn around(
    snapshot: &Snapshot,
    graph: &Graph,
    centers: &[u32],
    hops: u32,
    filter: &Filter,
    bounds: &Bounds,
    frame: &Frame,
) -> Result<Picture, DrawError> {
    frame.check()?;
    let candidates = Candidates::around(graph, centers, hops, filter, bounds)?;
    let star = hops <= 1 && candidates.centers.len() == 1;
    let arrangement = if star { Arrangement::Star } else { Arrangement::Network };
    let selection = candidates.select(graph, frame.limit);
    compose(snapshot, graph, &candidates, &selection, arrangement, frame)
}

/// Every shortest path between two entities, as far as there is room: paths that do not fit whole are left out.
///
/// `None` where there is no path.
///
/// # Errors
/// [`DrawError::Graph`] when an end does not exist, [`DrawError::TooMany`], [`DrawError::Store`].
pub fn between(
    snapshot: &Snapshot,
    graph: &Graph,
    [from, to]: [u32; 2],
    filter: &Filter,
    bounds: &Bounds,
    frame: &Frame,
) -> Result<Option<Picture>, DrawError> {
    frame.check()?;
    let visited = bounds.max_visited.unwrap_or(MOST_VISITED).min(MOST_VISITED);
    let bounds = bounds.visited(visited).results(MOST_PATHS);
    let mut found = all_shortest_paths(graph, from, to, Parallel::Together, filter, &bounds)?;
    let paths: Vec<Path> = found.by_ref().collect();
    if paths.is_empty() {
        return Ok(None);
    }
    let all = Candidates::along(&paths);
    let mut drawn = Vec::new();
    let mut nodes = std::collections::BTreeSet::new();
    for path in &paths {
        let mut with: std::collections::BTreeSet<u32> = nodes.clone();
        with.extend(path.nodes());
        if with.len() <= frame.limit || drawn.is_empty() {
            nodes = with;
            drawn.push(path.clone());
        }
    }
    let candidates = Candidates::along(&drawn);
    let mut selection = candidates.select(graph, usize::MAX);
    selection.left_out.entities = all.distance.len() - candidates.distance.len();
    selection.left_out.at_least = found.cut().is_some();
    let name =
        |number: u32| -> Result<String, DrawError> { Ok(snapshot.entity(number)?.name_in(&frame.language).to_owned()) };
    let title = match &frame.title {
        Some(title) => title.clone(),
        None => words::between(&frame.language, &name(from)?, &name(to)?),
    };
    let frame = Frame { title: Some(title), ..frame.clone() };
    compose(snapshot, graph, &candidates, &selection, Arrangement::Layers, &frame).map(Some)
}

/// Any part of a graph; `centers` are marked where they belong to it.
///
/// # Errors
/// [`DrawError::TooMany`], [`DrawError::Store`].
pub fn of_subgraph(
    snapshot: &Snapshot,
    graph: &Graph,
    part: &Subgraph,
    centers: &[u32],
    frame: &Frame,
) -> Result<Picture, DrawError> {
    frame.check()?;
    let candidates = Candidates::of(part, centers);
    let selection = candidates.select(graph, frame.limit);
    compose(snapshot, graph, &candidates, &selection, Arrangement::Network, frame)
}

pub(super) fn compose(
    snapshot: &Snapshot,
    graph: &Graph,
    candidates: &Candidates,
    selection: &Selection,
    arrangement: Arrangement,
    frame: &Frame,
) -> Result<Picture, DrawError> {
    let language = &frame.language;
    let mut places = BTreeMap::new();
    let mut nodes = Vec::new();
    for &number in &selection.nodes {
        let entity = snapshot.entity(number)?;
        let mut names: Vec<&str> = Vec::new();
        for name in &entity.names {
            if !names.contains(&name.text.as_str()) {
                names.push(&name.text);
            }
        }
        let about = [names.join(" · "), entity.labels.join(", "), entity.id.to_string()];
        places.insert(number, nodes.len());
        nodes.push(Node {
            name: entity.name_in(language).to_owned(),
            distance: candidates.distance.get(&number).copied().flatten(),
            is_center: candidates.centers.contains(&number),
            tooltip: about
                .iter()
                .filter(|line| !line.is_empty())
                .map(|line| harmless(line))
                .collect::<Vec<_>>()
                .join("\n"),
            labels: entity.labels,
            id: entity.id,
        });
    }
    let mut bundles: BTreeMap<(usize, usize, u16, Modality), Vec<Fact>> = BTreeMap::new();
    for edge in selection.edges.iter().filter_map(|&edge| graph.edge(edge)) {
        let (Some(&from), Some(&to)) = (places.get(&edge.from), places.get(&edge.to)) else { continue };
        let bundle = bundles.entry((from, to, edge.predicate, edge.modality)).or_default();
        bundle.push(snapshot.fact(edge.fact)?);
    }
    let captions = Captions { snapshot, language };
    let mut lines = Vec::new();
    for ((from, to, _, modality), mut facts) in bundles {
        facts.sort_by_key(|fact| (fact.date().is_none(), fact.date(), fact.id.clone()));
        let name = |place: usize| nodes.get(place).map_or("", |node: &Node| &node.name);
        let predicate = facts.first().map(|fact| fact.predicate.clone()).unwrap_or_default();
        lines.push(Line {
            from,
            to,
            modality,
            verb: words::verb(language, &predicate).to_owned(),
            detail: captions.detail(&facts)?,
            brief: captions.brief(&facts)?,
            tooltip: captions.tooltip(name(from), name(to), &facts)?,
            facts: facts.into_iter().map(|fact| fact.id).collect(),
            predicate,
        });
    }
    let title = frame.title.clone().unwrap_or_else(|| {
        let centers: Vec<&str> = nodes.iter().filter(|node| node.is_center).map(|node| node.name.as_str()).collect();
        centers.join(" · ")
    });
    Ok(Picture { title, language: language.clone(), arrangement, nodes, lines, left_out: selection.left_out })
}
