//! Boxes that overlap are moved apart.

use super::geometry::{Point, Rect};

/// How many times all pairs are looked at before everything is stretched.
const ROUNDS: usize = 60;
/// How much everything is stretched when that was not enough.
const STRETCH: f64 = 1.08;
/// After this many stretches, boxes go to a grid. It never came to that.
const STRETCHES: usize = 200;

/// Moves the boxes as little as that takes until none overlaps another with `apart` of room between them.
///
/// Two boxes that overlap are pushed apart along the axis that needs less, each by half; where pushing goes round in circles,
/// all centres are moved outwards by the same factor, which ends because centres that differ come as far apart as one
/// likes. After the force-transfer of Huang, Lai, Sajeev and Gao (2007). O(n²) a round.
pub(super) fn remove(boxes: &mut [Rect], apart: Point) {
    for _ in 0..STRETCHES {
        for _ in 0..ROUNDS {
            if !push(boxes, apart) {
                return;
            }
        }
        for rect in boxes.iter_mut() {
            let center = rect.center();
            *rect = Rect::around(Point { x: center.x * STRETCH, y: center.y * STRETCH }, rect.width, rect.height);
        }
    }
    arrange_in_grid(boxes, apart);
}

/// Pushes every pair that overlaps apart once; whether there was any.
fn push(boxes: &mut [Rect], apart: Point) -> bool {
    let mut pushed = false;
    for second in 1..boxes.len() {
        let (before, rest) = boxes.split_at_mut(second);
        let Some(b) = rest.first_mut() else { continue };
        for a in before {
            let (from, to) = (a.center(), b.center());
            let over_x = (a.width + b.width) / 2.0 + apart.x - (to.x - from.x).abs();
            let over_y = (a.height + b.height) / 2.0 + apart.y - (to.y - from.y).abs();
            if over_x <= 1e-6 || over_y <= 1e-6 {
                continue;
            }
            pushed = true;
            // A little more than half, so that rounding does not leave a rest.
            let by = if over_x < over_y {
                Point { x: (over_x / 2.0 + 1e-3) * side(to.x - from.x), y: 0.0 }
            } else {
                Point { x: 0.0, y: (over_y / 2.0 + 1e-3) * side(to.y - from.y) }
            };
            *a = a.moved(Point { x: -by.x, y: -by.y });
            *b = b.moved(by);
        }
    }
    pushed
}

fn side(difference: f64) -> f64 {
    if difference < 0.0 { -1.0 } else { 1.0 }
}

fn arrange_in_grid(boxes: &mut [Rect], apart: Point) {
    let (wide, high) = boxes.iter().fold((0.0f64, 0.0f64), |(w, h), rect| (w.max(rect.width), h.max(rect.height)));
    let columns = boxes.len().isqrt().max(1);
    for (number, rect) in boxes.iter_mut().enumerate() {
        #[allow(clippy::cast_precision_loss)] // small counts
        let (column, row) = ((number % columns) as f64, (number / columns) as f64);
        let center = Point { x: column * (wide + apart.x), y: row * (high + apart.y) };
        *rect = Rect::around(center, rect.width, rect.height);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn overlaps(boxes: &[Rect]) -> usize {
        let pairs = boxes.iter().enumerate().flat_map(|(i, a)| boxes.iter().skip(i + 1).map(move |b| (a, b)));
        pairs.filter(|(a, b)| a.overlaps(**b)).count()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(30))]

        #[test]
        fn nothing_overlaps_afterwards(
            boxes in proptest::collection::vec((-50.0..50.0, -50.0..50.0, 1.0..200.0, 1.0..60.0), 0..60)
        ) {
            let rect = |(x, y, width, height)| Rect::around(Point { x, y }, width, height);
            let mut boxes: Vec<Rect> = boxes.into_iter().map(rect).collect();
            remove(&mut boxes, Point { x: 8.0, y: 6.0 });
            prop_assert_eq!(overlaps(&boxes), 0);
        }

        #[test]
        fn even_when_all_are_at_one_place(count in 0usize..40) {
            let mut boxes = vec![Rect::around(Point::default(), 80.0, 30.0); count];
            remove(&mut boxes, Point { x: 8.0, y: 6.0 });
            prop_assert_eq!(overlaps(&boxes), 0);
            let mut grid = vec![Rect::around(Point::default(), 80.0, 30.0); count];
            arrange_in_grid(&mut grid, Point { x: 8.0, y: 6.0 });
            prop_assert_eq!(overlaps(&grid), 0);
        }
    }
}
