//! Places for captions on lines that were drawn without regard to them.

use super::super::measure::{one_line, text_width};
use super::super::picture::{Line, Picture};
use super::geometry::{Curve, Point, Rect};
use super::{Align, CAPTION_SIZE, NodeBox, Route, Text};

/// Where on its line a caption may stand, best first.
const PLACES: [f64; 9] = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];
/// Room around a caption.
const MARGIN: f64 = 3.0;

/// The room that a caption takes around a point.
pub(super) fn room(text: &str, center: Point) -> Rect {
    Rect::around(center, text_width(text, CAPTION_SIZE) + 2.0 * MARGIN, CAPTION_SIZE * 1.25)
}

/// Gives captions to the routes, line by line, those of centres first: of the `texts` of a line the first that is found room
/// for. A caption covers neither boxes nor other captions.
pub(super) fn place(
    picture: &Picture,
    boxes: &[NodeBox],
    routes: &mut [Route],
    columns: usize,
    texts: impl Fn(&Line) -> Vec<String>,
) {
    let mut taken: Vec<Rect> = boxes.iter().map(|one| one.rect.grown(MARGIN)).collect();
    let is_center = |place: usize| picture.nodes.get(place).is_some_and(|node| node.is_center);
    let mut order: Vec<_> = picture.lines.iter().zip(routes.iter_mut()).collect();
    order.sort_by_key(|(line, _)| !(is_center(line.from) || is_center(line.to)));
    for (line, route) in order {
        let texts = texts(line).into_iter().map(|text| one_line(&text, columns)).filter(|text| !text.is_empty());
        let found = texts.into_iter().find_map(|text| {
            let places = route.curves.iter().flat_map(|curve| PLACES.map(|t| curve.at(t)));
            let mut rooms = places.map(|point| room(&text, point));
            rooms.find(|room| !taken.iter().any(|rect| rect.overlaps(*room))).map(|room| (text.clone(), room))
        });
        if let Some((text, rect)) = found {
            taken.push(rect.grown(1.0));
            route.caption = Some(Text { text, rect, align: Align::Middle });
        }
    }
}

/// A route without a caption.
pub(super) fn bare(curve: Curve) -> Route {
    Route { curves: vec![curve], caption: None }
}
