//! The outlines of shapes, for drawing them and for lines to end at them.

use super::super::style::Shape;
use super::geometry::{Point, Rect};

/// How far the sides of pointed and slanted shapes go in.
const SLANT: f64 = 10.0;
/// The radius of round corners.
const ROUND: f64 = 8.0;

/// The corners of a shape in its box, clockwise from the upper left one. Round parts become many corners.
pub(in crate::draw) fn outline(shape: Shape, rect: Rect) -> Vec<Point> {
    let Rect { x: left, y: top, .. } = rect;
    let (right, bottom) = (rect.right(), rect.bottom());
    let slant = SLANT.min(rect.height / 2.0);
    let half = rect.height / 2.0;
    let corners: Vec<(f64, f64)> = match shape {
        Shape::Rectangle | Shape::Barred => vec![(left, top), (right, top), (right, bottom), (left, bottom)],
        Shape::Hexagon => vec![
            (left + slant, top),
            (right - slant, top),
            (right, top + half),
            (right - slant, bottom),
            (left + slant, bottom),
            (left, top + half),
        ],
        Shape::Parallelogram => vec![(left + slant, top), (right, top), (right - slant, bottom), (left, bottom)],
        Shape::Octagon => {
            let cut = slant * 0.7;
            vec![
                (left + cut, top),
                (right - cut, top),
                (right, top + cut),
                (right, bottom - cut),
                (right - cut, bottom),
                (left + cut, bottom),
                (left, bottom - cut),
                (left, top + cut),
            ]
        }
        Shape::Note => vec![(left, top), (right - slant, top), (right, top + slant), (right, bottom), (left, bottom)],
        Shape::Trapezium => vec![(left + slant, top), (right - slant, top), (right, bottom), (left, bottom)],
        Shape::InvertedTrapezium => vec![(left, top), (right, top), (right - slant, bottom), (left + slant, bottom)],
        Shape::Rounded => return round(rect, ROUND.min(half)),
        Shape::Stadium => return round(rect, half),
    };
    corners.into_iter().map(|(x, y)| Point { x, y }).collect()
}

/// A box with round corners.
fn round(rect: Rect, radius: f64) -> Vec<Point> {
    const STEPS: u32 = 6;
    let inner = rect.grown(-radius);
    let corners = [
        (inner.x, inner.y, 180.0),
        (inner.right(), inner.y, 270.0),
        (inner.right(), inner.bottom(), 0.0),
        (inner.x, inner.bottom(), 90.0),
    ];
    let arc = |(x, y, from): (f64, f64, f64)| {
        (0..=STEPS).map(move |step| {
            let angle = (from + 90.0 * f64::from(step) / f64::from(STEPS)).to_radians();
            Point { x: x + radius * angle.cos(), y: y + radius * angle.sin() }
        })
    };
    corners.into_iter().flat_map(arc).collect()
}

/// Whether the point lies inside the corners (crossing number, Shimrat 1962).
pub(super) fn is_inside(corners: &[Point], point: Point) -> bool {
    let after = corners.iter().cycle().skip(1);
    let crossings = corners.iter().zip(after).filter(|(a, b)| {
        (a.y > point.y) != (b.y > point.y) && point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x
    });
    crossings.count() % 2 == 1
}
