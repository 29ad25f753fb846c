//! The way of lines between boxes.

use super::geometry::{Curve, Point, Rect};
use super::outline::is_inside;

/// How finely a curve is looked at.
const SAMPLES: u32 = 48;

/// How far an end of a line stays away from the box.
const GAP: f64 = 1.5;

/// A curve from one point to another whose middle lies beside the straight line, by a share of its length: to the left of
/// the direction from `start` to `end` where `bend` is positive.
pub(super) fn bent(start: Point, end: Point, bend: f64) -> Curve {
    let along = end.minus(start);
    // The middle of a cubic curve lies three quarters of the way to its points of control.
    let aside = Point { x: along.y * bend * 4.0 / 3.0, y: -along.x * bend * 4.0 / 3.0 };
    Curve { start, first: start.toward(end, 0.3).moved(aside), second: start.toward(end, 0.7).moved(aside), end }
}

/// The part of a curve between two outlines that it begins and ends in; all of it where nothing is left.
pub(super) fn clip(curve: Curve, from: &[Point], to: &[Point]) -> Curve {
    let last_in_from = last_inside(&curve, from);
    let last_in_to = last_inside(&curve.reversed(), to);
    let (begin, finish) = (last_in_from, 1.0 - last_in_to);
    if finish - begin < 1e-3 {
        return curve;
    }
    let (_, rest) = curve.split(begin);
    rest.split((finish - begin) / (1.0 - begin)).0
}

/// The last `t` at which a curve that begins inside the outline is still inside, and a little more.
fn last_inside(curve: &Curve, corners: &[Point]) -> f64 {
    let step = |sample: u32| f64::from(sample) / f64::from(SAMPLES);
    let Some(inside) = (0..SAMPLES).rev().find(|&sample| is_inside(corners, curve.at(step(sample)))) else {
        return 0.0;
    };
    let (mut low, mut high) = (step(inside), step(inside + 1));
    for _ in 0..12 {
        let middle = (low + high) / 2.0;
        if is_inside(corners, curve.at(middle)) {
            low = middle;
        } else {
            high = middle;
        }
    }
    let length = curve.start.distance(curve.end).max(1.0);
    (high + GAP / length).min(1.0)
}

/// A loop above the right end of a box.
pub(super) fn loop_over(rect: Rect, number: usize) -> Curve {
    #[allow(clippy::cast_precision_loss)] // a handful of loops
    let size = 26.0 + 12.0 * number as f64;
    let right = rect.right() - rect.width * 0.22;
    let left = right - 16.0;
    Curve {
        start: Point { x: left, y: rect.y - GAP },
        first: Point { x: left - 8.0, y: rect.y - size },
        second: Point { x: right + 8.0, y: rect.y - size },
        end: Point { x: right, y: rect.y - GAP },
    }
}

/// How much of a curve lies inside boxes that it should pass by.
pub(super) fn hits<'a>(curve: &Curve, boxes: impl Iterator<Item = &'a Rect> + Clone) -> u32 {
    (1..SAMPLES)
        .map(|sample| curve.at(f64::from(sample) / f64::from(SAMPLES)))
        .map(|point| u32::from(boxes.clone().any(|rect| rect.contains(point))))
        .sum()
}
