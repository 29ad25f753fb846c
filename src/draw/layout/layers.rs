//! Columns from left to right by distance from the first entity: paths.

use std::collections::BTreeMap;

use super::super::measure::{one_line, text_width};
use super::super::picture::Picture;
use super::captions;
use super::geometry::{Curve, Point};
use super::outline::outline;
use super::route::{clip, loop_over};
use super::{CAPTION_SIZE, Layout, NodeBox, Route};

/// The least and the most room between two columns.
const GAPS: (f64, f64) = (110.0, 330.0);
/// Room between two rows.
const ROW: f64 = 34.0;
/// The distance between parallel lines at their middle.
const FAN: f64 = 24.0;
/// How wide captions may be, in columns.
const COLUMNS: usize = 44;
/// How often the rows are put in order from left to right and back.
const SWEEPS: usize = 8;

pub(super) fn lay_out(picture: &Picture) -> Layout {
    let mut boxes: Vec<NodeBox> = picture.nodes.iter().map(NodeBox::new).collect();
    let columns = columns(picture);
    let gaps = gaps(picture, columns.len());
    let fans = fans(picture);
    let mut left = 0.0;
    for (column, gap) in columns.iter().zip(&gaps) {
        let width = column.iter().filter_map(|&node| boxes.get(node)).map(|one| one.rect.width).fold(0.0, f64::max);
        let room = |node: usize| {
            // Parallel lines need height where there is only one row.
            let fan = fans.get(&node).copied().unwrap_or(0.0);
            boxes.get(node).map_or(0.0, |one| one.rect.height.max(fan) + ROW)
        };
        let rooms: Vec<f64> = column.iter().map(|&node| room(node)).collect();
        let mut top = -rooms.iter().sum::<f64>() / 2.0;
        for (&node, room) in column.iter().zip(&rooms) {
            if let Some(one) = boxes.get_mut(node) {
                one.move_center_to(Point { x: left + width / 2.0, y: top + room / 2.0 });
            }
            top += room;
        }
        left += width + gap;
    }
    let mut routes = routes(picture, &boxes);
    captions::place(picture, &boxes, &mut routes, COLUMNS, |line| {
        vec![line.caption(), line.brief.clone(), line.verb.clone()]
    });
    Layout { width: 0.0, height: 0.0, boxes, routes, headings: Vec::new() }
}

/// The nodes of every column, from top to bottom.
///
/// Rows are ordered by the mean place of their neighbours, from left to right and back (the barycentre method of Sugiyama,
/// Tagawa and Toda 1981).
fn columns(picture: &Picture) -> Vec<Vec<usize>> {
    let mut columns: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (place, node) in picture.nodes.iter().enumerate() {
        columns.entry(node.distance.unwrap_or(0)).or_default().push(place);
    }
    let mut columns: Vec<Vec<usize>> = columns.into_values().collect();
    let mut rank: BTreeMap<usize, f64> = BTreeMap::new();
    rank_column_by_column(&columns, &mut rank);
    for sweep in 0..SWEEPS {
        let count = columns.len();
        for step in 1..count {
            let (column, beside) = if sweep % 2 == 0 { (step, step - 1) } else { (count - 1 - step, count - step) };
            let neighbors = columns.get(beside).cloned().unwrap_or_default();
            let mean = |node: usize| {
                let ranks = picture.lines.iter().filter_map(|line| match (line.from == node, line.to == node) {
                    (true, false) => neighbors.contains(&line.to).then(|| rank.get(&line.to).copied()).flatten(),
                    (false, true) => neighbors.contains(&line.from).then(|| rank.get(&line.from).copied()).flatten(),
                    _ => None,
                });
                let (sum, count) = ranks.fold((0.0, 0.0), |(sum, count), rank| (sum + rank, count + 1.0));
                if count > 0.0 { sum / count } else { rank.get(&node).copied().unwrap_or(0.0) }
            };
            if let Some(nodes) = columns.get_mut(column) {
                nodes.sort_by(|&a, &b| mean(a).total_cmp(&mean(b)));
            }
            rank_column_by_column(&columns, &mut rank);
        }
    }
    columns
}

/// The place of every node in its column, from -0.5 to 0.5.
fn rank_column_by_column(columns: &[Vec<usize>], rank: &mut BTreeMap<usize, f64>) {
    for column in columns {
        for (row, &node) in column.iter().enumerate() {
            #[allow(clippy::cast_precision_loss)] // small counts
            rank.insert(node, (row as f64 + 0.5) / column.len() as f64 - 0.5);
        }
    }
}

/// The room to the right of every column, wide enough for most captions.
fn gaps(picture: &Picture, columns: usize) -> Vec<f64> {
    let mut gaps = vec![GAPS.0; columns];
    for line in &picture.lines {
        let column = |place: usize| picture.nodes.get(place).and_then(|node| node.distance);
        let first = column(line.from).min(column(line.to)).unwrap_or(0);
        let wanted = text_width(&one_line(&line.caption(), COLUMNS), CAPTION_SIZE) + 56.0;
        if let Some(gap) = gaps.get_mut(first as usize) {
            *gap = gap.max(wanted).min(GAPS.1);
        }
    }
    gaps
}

/// How high the widest fan of parallel lines at every node is.
fn fans(picture: &Picture) -> BTreeMap<usize, f64> {
    let mut parallel: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for line in &picture.lines {
        *parallel.entry((line.from.min(line.to), line.from.max(line.to))).or_default() += 1.0;
    }
    let mut fans: BTreeMap<usize, f64> = BTreeMap::new();
    for (&(a, b), &count) in &parallel {
        for node in [a, b] {
            let fan = fans.entry(node).or_default();
            *fan = fan.max((count - 1.0) * FAN);
        }
    }
    fans
}

fn routes(picture: &Picture, boxes: &[NodeBox]) -> Vec<Route> {
    let mut parallel: BTreeMap<(usize, usize), (f64, f64)> = BTreeMap::new();
    let key = |a: usize, b: usize| (a.min(b), a.max(b));
    for line in &picture.lines {
        parallel.entry(key(line.from, line.to)).or_default().0 += 1.0;
    }
    let mut routes = Vec::with_capacity(picture.lines.len());
    for line in &picture.lines {
        let (Some(from), Some(to)) = (boxes.get(line.from), boxes.get(line.to)) else {
            routes.push(Route::default());
            continue;
        };
        let (Some(leaves), Some(reaches)) = (picture.nodes.get(line.from), picture.nodes.get(line.to)) else {
            routes.push(Route::default());
            continue;
        };
        let (count, drawn) = parallel.entry(key(line.from, line.to)).or_default();
        let aside = (*drawn - (*count - 1.0) / 2.0) * FAN;
        *drawn += 1.0;
        if line.from == line.to {
            routes.push(captions::bare(loop_over(from.rect, 0)));
            continue;
        }
        let (start, end) = (from.rect.center(), to.rect.center());
        let reach = (end.x - start.x) * 0.5;
        // The middle of a cubic curve lies three quarters of the way to its points of control.
        let lift = aside * 4.0 / 3.0;
        let curve = Curve {
            start,
            first: Point { x: start.x + reach, y: start.y + lift },
            second: Point { x: end.x - reach, y: end.y + lift },
            end,
        };
        let ends =
            [(leaves, from), (reaches, to)].map(|(node, one)| outline(node.kind().shape(), one.with_frame(node)));
        let [leaves, reaches] = &ends;
        routes.push(captions::bare(clip(curve, leaves, reaches)));
    }
    routes
}
