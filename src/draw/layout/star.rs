//! One entity in the middle, its neighbours in two columns beside it, by predicate.

use std::collections::BTreeMap;

use super::super::measure::{one_line, text_width};
use super::super::picture::{Line, Picture};
use super::super::style::Family;
use super::super::words;
use super::geometry::{Curve, Point, Rect};
use super::outline::{is_inside, outline};
use super::route::loop_over;
use super::{Align, CAPTION_SIZE, FRAME, HEADING_SIZE, Heading, Layout, NodeBox, Route, Text};
use crate::model::vocabulary;

/// Room between two rows.
const ROW: f64 = 8.0;
/// Room above a heading, and the heading's height.
const HEADING: (f64, f64) = (12.0, 22.0);
/// The distance between parallel lines.
const LINE: f64 = 18.0;
/// Where lines curve between the centre and the captions.
const BEND: f64 = 96.0;
/// The distance between the places where lines reach the centre.
const PORT: f64 = 13.0;
/// Groups of at least this many rows without captions stand in two columns, the second set off by half a row.
const MANY: usize = 8;
/// A group is not cut into parts with fewer rows.
const LEAST_PART: usize = 4;
/// Room between two boxes of such a column, for the line to the other one; and between the columns.
const PASSAGE: (f64, f64) = (13.0, 24.0);
/// How wide captions may be, in columns.
const COLUMNS: usize = 52;

/// What the lines of a group have in common: the predicate, and whether the centre is the subject.
type Relation<'p> = (&'p str, bool);

/// A neighbour with its lines, by their positions in the picture.
struct Row {
    node: usize,
    lines: Vec<usize>,
}

/// Neighbours under one heading.
struct Group<'p> {
    relation: Relation<'p>,
    rows: Vec<Row>,
}

/// Whether every line has the first node at one of its ends, and every other node such a line.
pub(super) fn fits(picture: &Picture) -> bool {
    let linked = |node: usize| picture.lines.iter().any(|line| line.from == node || line.to == node);
    picture.lines.iter().all(|line| line.from == 0 || line.to == 0) && (1..picture.nodes.len()).all(linked)
}

/// How the rows of a group stand.
#[derive(Debug, Clone, Copy)]
enum Stand {
    /// Below each other.
    Single,
    /// In two columns, of which the first is this wide.
    Double { width: f64 },
}

impl Group<'_> {
    fn stand(&self, picture: &Picture, boxes: &[NodeBox]) -> Stand {
        let bare = |place: &usize| picture.lines.get(*place).is_some_and(|line| line.detail.is_empty());
        if self.rows.len() < MANY || !self.rows.iter().all(|row| row.lines.len() == 1 && row.lines.iter().all(bare)) {
            return Stand::Single;
        }
        let rects = || self.rows.iter().filter_map(|row| boxes.get(row.node)).map(|one| one.rect);
        Stand::Double { width: rects().step_by(2).map(|rect| rect.width).fold(0.0, f64::max) }
    }

    /// The middle of every row, from the top of the first, and the height of them all.
    fn middles(&self, picture: &Picture, boxes: &[NodeBox]) -> (Vec<f64>, f64) {
        let stand = self.stand(picture, boxes);
        let half = |row: &Row| match stand {
            Stand::Single => row_height(row, boxes) / 2.0,
            Stand::Double { .. } => boxes.get(row.node).map_or(0.0, |one| one.rect.height / 2.0),
        };
        let halves: Vec<f64> = self.rows.iter().map(half).collect();
        let mut middles = Vec::with_capacity(halves.len());
        let (mut before, mut middle) = (0.0f64, 0.0);
        for (number, &half) in halves.iter().enumerate() {
            middle += match stand {
                Stand::Single => before + half,
                Stand::Double { .. } if number == 0 => half,
                // Far enough from the box before for the line to pass it, and for its line to pass this box.
                Stand::Double { .. } => before.max(half) + PASSAGE.0 / 2.0,
            };
            before = half;
            middles.push(middle);
        }
        (middles, middle + before + ROW)
    }

    fn height(&self, picture: &Picture, boxes: &[NodeBox]) -> f64 {
        self.middles(picture, boxes).1
    }
}

pub(super) fn lay_out(picture: &Picture) -> Layout {
    let mut boxes: Vec<NodeBox> = picture.nodes.iter().map(NodeBox::new).collect();
    let mut routes = vec![Route::default(); picture.lines.len()];
    let mut headings = Vec::new();
    let sides = split(groups(picture), picture, &boxes);
    let ports = sides.iter().map(|side| relations(picture, side).len()).max().unwrap_or(0);
    if let Some(center) = boxes.first_mut() {
        #[allow(clippy::cast_precision_loss)] // a handful of relations
        let height = center.rect.height.max((ports as f64 + 1.0) * PORT);
        center.rect = Rect::around(Point::default(), center.rect.width, height);
    }
    for (groups, direction) in sides.iter().zip([-1.0, 1.0]) {
        Side { picture, groups, direction }.place(&mut boxes, &mut routes, &mut headings);
    }
    let mut loops = 0;
    for (line, route) in picture.lines.iter().zip(&mut routes) {
        if line.from == line.to
            && let Some(one) = boxes.get(line.from)
        {
            route.curves = vec![loop_over(one.rect, loops)];
            loops += 1;
        }
    }
    Layout { width: 0.0, height: 0.0, boxes, routes, headings }
}

/// How a line stands to the centre, which is the first node.
fn relation(line: &Line) -> Relation<'_> {
    (&line.predicate, line.from == 0)
}

/// Every neighbour once, under the first relation that it has in the order of the vocabulary; oldest facts first, as the
/// lines are, then by position.
fn groups(picture: &Picture) -> Vec<Group<'_>> {
    let mut rows: BTreeMap<usize, Row> = BTreeMap::new();
    for (place, line) in picture.lines.iter().enumerate().filter(|(_, line)| line.from != line.to) {
        let node = if line.from == 0 { line.to } else { line.from };
        rows.entry(node).or_insert_with(|| Row { node, lines: Vec::new() }).lines.push(place);
    }
    let place_of = |(predicate, outgoing): Relation<'_>| {
        let known = vocabulary::PREDICATES.iter().position(|known| known.name == predicate);
        (known.unwrap_or(usize::MAX), outgoing)
    };
    let relation_of = |line: &usize| picture.lines.get(*line).map_or(("", true), relation);
    let mut groups: Vec<Group<'_>> = Vec::new();
    for mut row in rows.into_values() {
        row.lines.sort_by_key(|line| (place_of(relation_of(line)), *line));
        let relation = row.lines.first().map_or(("", true), relation_of);
        match groups.iter_mut().find(|group| group.relation == relation) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { relation, rows: vec![row] }),
        }
    }
    groups.sort_by_key(|group| (place_of(group.relation), group.relation));
    for group in &mut groups {
        // Those with something to say come first, in the order of what is said: rounds and dates read like a list.
        group.rows.sort_by_key(|row| {
            let detail = |line: &usize| picture.lines.get(*line).map_or("", |line| line.detail.as_str());
            let first = row.lines.first().map(detail).unwrap_or_default();
            (first.is_empty(), first.to_owned(), row.node)
        });
    }
    groups
}

/// The groups of the left and of the right side, about equally high. A group that is cut goes on under a second heading.
fn split<'p>(groups: Vec<Group<'p>>, picture: &Picture, boxes: &[NodeBox]) -> [Vec<Group<'p>>; 2] {
    let whole = |group: &Group<'_>| HEADING.0 + HEADING.1 + group.height(picture, boxes);
    let half = groups.iter().map(whole).sum::<f64>() / 2.0;
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let mut so_far = 0.0;
    for mut group in groups {
        let size = whole(&group);
        let missing = half - so_far;
        so_far += size;
        if missing >= size * 0.75 || (missing > size / 2.0 && group.rows.len() < 6) {
            left.push(group);
        } else if missing > size * 0.15 && group.rows.len() >= 2 * LEAST_PART {
            #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            // small counts
            let count = (group.rows.len() as f64 * missing / size).round() as usize;
            let rest = group.rows.split_off(count.clamp(LEAST_PART, group.rows.len() - LEAST_PART));
            right.push(Group { relation: group.relation, rows: rest });
            left.push(group);
        } else {
            right.push(group);
        }
    }
    [left, right].map(|side| side.into_iter().filter(|group| !group.rows.is_empty()).collect())
}

fn row_height(row: &Row, boxes: &[NodeBox]) -> f64 {
    #[allow(clippy::cast_precision_loss)] // a handful of lines
    let lines = row.lines.len() as f64 * LINE;
    boxes.get(row.node).map_or(0.0, |one| one.rect.height).max(lines) + ROW
}

/// The distinct relations of a side, from top to bottom.
fn relations<'p>(picture: &'p Picture, groups: &[Group<'_>]) -> Vec<Relation<'p>> {
    let mut relations = Vec::new();
    let lines = groups.iter().flat_map(|group| &group.rows).flat_map(|row| &row.lines);
    for relation in lines.filter_map(|&line| picture.lines.get(line)).map(relation) {
        if !relations.contains(&relation) {
            relations.push(relation);
        }
    }
    relations
}

/// One side of the picture.
struct Side<'a, 'p> {
    picture: &'p Picture,
    groups: &'a [Group<'p>],
    /// -1 on the left, 1 on the right.
    direction: f64,
}

impl Side<'_, '_> {
    fn place(&self, boxes: &mut [NodeBox], routes: &mut [Route], headings: &mut Vec<Heading>) {
        let Some(center) = boxes.first().map(|one| one.rect) else { return };
        let captions = self.captions();
        let widest = captions.values().map(|text| text_width(text, CAPTION_SIZE)).fold(40.0, f64::max);
        let bend = center.width / 2.0 + BEND;
        let inner = bend + widest + 18.0;
        let heights: Vec<f64> = self.groups.iter().map(|group| group.height(self.picture, boxes)).collect();
        let total: f64 = heights.iter().map(|height| HEADING.0 + HEADING.1 + height).sum();
        let relations = relations(self.picture, self.groups);
        let mut top = -total / 2.0;
        for (group, group_height) in self.groups.iter().zip(&heights) {
            let stand = group.stand(self.picture, boxes);
            let (middles, _) = group.middles(self.picture, boxes);
            top += HEADING.0;
            headings.push(self.heading(group.relation, inner, top));
            top += HEADING.1;
            for ((row, middle), number) in group.rows.iter().zip(middles).zip(0..) {
                let middle = top + middle;
                let out = match stand {
                    Stand::Double { width } if number % 2 == 1 => width + PASSAGE.1,
                    _ => 0.0,
                };
                let Some(one) = boxes.get_mut(row.node) else { continue };
                one.move_center_to(Point { x: self.direction * (inner + out + one.rect.width / 2.0), y: middle });
                let rect = one.rect;
                for (number, &place) in row.lines.iter().enumerate() {
                    let Some(line) = self.picture.lines.get(place) else { continue };
                    #[allow(clippy::cast_precision_loss)] // a handful of lines
                    let aside = number as f64 - (row.lines.len() as f64 - 1.0) / 2.0;
                    let y = middle + aside * LINE + if row.lines.len() > 1 { 4.0 } else { 0.0 };
                    let port = relations.iter().position(|one| *one == relation(line)).unwrap_or(0);
                    #[allow(clippy::cast_precision_loss)] // a handful of relations
                    let port = (port as f64 - (relations.len() as f64 - 1.0) / 2.0) * PORT;
                    let Some(route) = routes.get_mut(place) else { continue };
                    route.curves = self.route(line, rect, y, bend, port);
                    route.caption = captions.get(&place).map(|text| self.caption(text, inner, y));
                }
            }
            top += group_height;
        }
    }

    /// What is written on every line: the detail alone where the heading says the verb.
    fn captions(&self) -> BTreeMap<usize, String> {
        let mut captions = BTreeMap::new();
        for group in self.groups {
            for &place in group.rows.iter().flat_map(|row| &row.lines) {
                let Some(line) = self.picture.lines.get(place) else { continue };
                let language = &self.picture.language;
                let (predicate, outgoing) = relation(line);
                let verb = words::relation(language, predicate, outgoing);
                let text = match (relation(line) == group.relation, line.detail.is_empty()) {
                    (true, _) => line.detail.clone(),
                    (false, true) => verb.to_owned(),
                    (false, false) => format!("{verb} · {}", line.detail),
                };
                if !text.is_empty() {
                    captions.insert(place, one_line(&text, COLUMNS));
                }
            }
        }
        captions
    }

    fn heading(&self, (predicate, outgoing): Relation<'_>, inner: f64, top: f64) -> Heading {
        let text = words::relation(&self.picture.language, predicate, outgoing).to_owned();
        let width = text_width(&text, HEADING_SIZE);
        let (x, align) = if self.direction < 0.0 { (-inner - width, Align::End) } else { (inner, Align::Start) };
        let rect = Rect { x, y: top + 2.0, width, height: HEADING_SIZE * 1.25 };
        Heading { text: Text { text, rect, align }, family: Family::of(predicate) }
    }

    /// A caption above its line, beginning at the neighbour.
    fn caption(&self, text: &str, inner: f64, y: f64) -> Text {
        let width = text_width(text, CAPTION_SIZE);
        let (x, align) =
            if self.direction < 0.0 { (-inner + 10.0, Align::Start) } else { (inner - 10.0 - width, Align::End) };
        let rect = Rect { x, y: y - CAPTION_SIZE * 1.3, width, height: CAPTION_SIZE * 1.15 };
        Text { text: text.to_owned(), rect, align }
    }

    /// Level beside the neighbour, then in a curve to the centre.
    fn route(&self, line: &Line, rect: Rect, y: f64, bend: f64, port: f64) -> Vec<Curve> {
        let side = |x: f64| self.direction * x;
        let neighbor = if line.from == 0 { line.to } else { line.from };
        let edge = Point { x: side_of(self.picture, neighbor, rect, y, self.direction), y };
        let knee = Point { x: side(bend), y };
        let center = Point { x: side(bend - BEND + FRAME + 2.0), y: port };
        let half = BEND * 0.55;
        let curve = Curve {
            start: knee,
            first: Point { x: knee.x - side(half), y },
            second: Point { x: center.x + side(half), y: port },
            end: center,
        };
        if line.from == 0 {
            vec![curve.reversed(), Curve::straight(knee, edge)]
        } else {
            vec![Curve::straight(edge, knee), curve]
        }
    }
}

/// Where a level line at `y` that comes from the centre meets the shape of a node.
fn side_of(picture: &Picture, node: usize, rect: Rect, y: f64, direction: f64) -> f64 {
    let corners = picture.nodes.get(node).map(|node| outline(node.kind().shape(), rect)).unwrap_or_default();
    let inner = if direction < 0.0 { rect.right() } else { rect.x };
    let step = |inset: u32| inner + direction * f64::from(inset) * 0.5;
    let inset = (0..40).find(|&inset| is_inside(&corners, Point { x: step(inset), y })).unwrap_or(0);
    step(inset) - direction * 2.0
}
