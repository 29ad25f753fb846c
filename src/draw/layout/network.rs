//! Entities near those that they are connected with.

use std::collections::BTreeMap;

use crate::formats::screen::width;

use super::super::picture::{Line, Picture};
use super::captions;
use super::geometry::{Point, Rect};
use super::outline::outline;
use super::route::{bent, clip, hits, loop_over};
use super::{Layout, NodeBox, Route, overlap, stress};

/// Pictures are wider than high, and so are names.
const STRETCH: f64 = 1.35;
/// Room between boxes, for lines and captions.
const APART: Point = Point { x: 34.0, y: 26.0 };
/// How far lines are bent around boxes, straight ones first.
const BENDS: [f64; 9] = [0.0, 0.07, -0.07, 0.14, -0.14, 0.22, -0.22, 0.32, -0.32];
/// The bend between two parallel lines.
const FAN: f64 = 0.13;
/// How wide captions may be, in columns.
const COLUMNS: usize = 40;
/// With more lines than this, captions are brief.
const FEW: usize = 24;
/// How much longer lines are with captions that are not.
const ROOMY: f64 = 1.4;

pub(super) fn lay_out(picture: &Picture) -> Layout {
    let mut boxes: Vec<NodeBox> = picture.nodes.iter().map(NodeBox::new).collect();
    let edges: Vec<(usize, usize)> = picture.lines.iter().map(|line| (line.from, line.to)).collect();
    let places = stress::places(boxes.len(), &edges);
    let few = picture.lines.len() <= FEW;
    let room = if few { ROOMY } else { 1.0 };
    let mut rects: Vec<Rect> = boxes
        .iter()
        .zip(&places)
        .map(|(one, place)| {
            let center = Point { x: place.x * STRETCH * room, y: place.y * room };
            Rect::around(center, one.rect.width, one.rect.height)
        })
        .collect();
    overlap::remove(&mut rects, APART);
    for (one, rect) in boxes.iter_mut().zip(&rects) {
        one.rect = *rect;
    }
    let mut routes = routes(picture, &boxes);
    let dominant = if few { Vec::new() } else { dominant(picture) };
    captions::place(picture, &boxes, &mut routes, COLUMNS, |line| texts(line, &dominant));
    Layout { width: 0.0, height: 0.0, boxes, routes, headings: Vec::new() }
}

/// The verb that every colour of lines stands for most of the time: the legend tells it, so that lines need not.
fn dominant(picture: &Picture) -> Vec<String> {
    picture.legend().families.into_iter().filter_map(|(_, verbs)| verbs.into_iter().next()).collect()
}

/// What may be written on a line, best first.
fn texts(line: &Line, dominant: &[String]) -> Vec<String> {
    if dominant.is_empty() {
        let whole = Some(line.caption()).filter(|caption| width(caption) <= COLUMNS);
        return whole.into_iter().chain([line.brief_caption(), line.brief.clone(), line.verb.clone()]).collect();
    }
    match (dominant.contains(&line.verb) || line.says_itself(), line.brief.is_empty()) {
        (true, _) => vec![line.brief.clone()],
        (false, true) => vec![line.verb.clone()],
        (false, false) => vec![format!("{} · {}", line.verb, line.brief), line.verb.clone()],
    }
}

/// Lines from box to box, bent around the boxes in their way; parallel ones fanned out.
fn routes(picture: &Picture, boxes: &[NodeBox]) -> Vec<Route> {
    let outlines: Vec<Vec<Point>> = boxes
        .iter()
        .zip(&picture.nodes)
        .map(|(one, node)| outline(node.kind().shape(), one.with_frame(node)))
        .collect();
    let grown: Vec<Rect> = boxes.iter().map(|one| one.rect.grown(4.0)).collect();
    let mut parallel: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for line in &picture.lines {
        *parallel.entry(pair(line.from, line.to)).or_default() += 1;
    }
    let mut base: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    let mut drawn: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut routes = Vec::with_capacity(picture.lines.len());
    for line in &picture.lines {
        let key = pair(line.from, line.to);
        let number = drawn.entry(key).or_default();
        let (Some(from), Some(to)) = (boxes.get(line.from), boxes.get(line.to)) else {
            routes.push(Route::default());
            continue;
        };
        let (Some(leaves), Some(reaches)) = (outlines.get(line.from), outlines.get(line.to)) else {
            routes.push(Route::default());
            continue;
        };
        if line.from == line.to {
            routes.push(captions::bare(loop_over(from.rect, *number)));
            *number += 1;
            continue;
        }
        let (start, end) = (from.rect.center(), to.rect.center());
        let others =
            grown.iter().enumerate().filter(|(at, _)| *at != line.from && *at != line.to).map(|(_, rect)| rect);
        // Bends are told from the smaller to the larger number, so that parallel lines of both directions share them.
        let turn = if line.from <= line.to { 1.0 } else { -1.0 };
        let straightest = *base.entry(key).or_insert_with(|| {
            let cost = |bend: f64| hits(&bent(start, end, bend * turn), others.clone());
            BENDS.into_iter().min_by_key(|&bend| cost(bend)).unwrap_or(0.0)
        });
        #[allow(clippy::cast_precision_loss)] // a handful of parallel lines
        let (place, count) = (*number as f64, parallel.get(&key).copied().unwrap_or(1) as f64);
        let bend = straightest + (place - (count - 1.0) / 2.0) * FAN;
        *number += 1;
        routes.push(captions::bare(clip(bent(start, end, bend * turn), leaves, reaches)));
    }
    routes
}

fn pair(a: usize, b: usize) -> (usize, usize) {
    (a.min(b), a.max(b))
}
