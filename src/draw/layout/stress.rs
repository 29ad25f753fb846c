//! Places for the nodes of a network by stress majorization.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::geometry::Point;

/// The length of an edge between two entities without other neighbours, in pixels.
const EDGE: f64 = 80.0;
/// How many times all nodes are moved at most.
const ROUNDS: usize = 300;
/// How many starts are tried; the one with the least stress is taken.
const STARTS: u64 = 8;
/// Above this many nodes one start must do.
const FEW: usize = 150;

/// Places for `count` nodes such that their distances on the plane come close to those in the graph.
///
/// Stress majorization (Gansner, Koren and North 2004, "Graph Drawing by Stress Majorization"), node by node, with weights
/// d⁻². As proposed there, an edge is the longer the more neighbours its two ends have that they do not share, which gives
/// hubs room. The starts are pseudo-random with fixed seeds, so that the same graph always gives the same places. Parts that
/// do not hang together are put side by side. O(n²) a round after O(n m log n) for the distances.
pub(super) fn places(count: usize, edges: &[(usize, usize)]) -> Vec<Point> {
    let distances = distances(count, edges);
    let starts = if count <= FEW { STARTS } else { 1 };
    let tries = (0..starts).map(|seed| {
        let mut places = scatter(count, seed);
        let stress = relax(&mut places, &distances);
        (stress, places)
    });
    tries.min_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, places)| level(places)).unwrap_or_default()
}

/// The distance in the graph between any two nodes, row by row (Dijkstra 1959 from every node).
fn distances(count: usize, edges: &[(usize, usize)]) -> Vec<Vec<f64>> {
    let mut neighbors: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); count];
    for &(a, b) in edges.iter().filter(|(a, b)| a != b) {
        for (one, other) in [(a, b), (b, a)] {
            if let Some(set) = neighbors.get_mut(one) {
                set.insert(other);
            }
        }
    }
    let length = |a: usize, b: usize| -> f64 {
        let (Some(a), Some(b)) = (neighbors.get(a), neighbors.get(b)) else { return EDGE };
        #[allow(clippy::cast_precision_loss)] // small counts
        let apart = a.symmetric_difference(b).count() as f64;
        EDGE * (0.45 + 0.4 * apart.sqrt())
    };
    let mut rows: Vec<Vec<f64>> = Vec::with_capacity(count);
    for from in 0..count {
        let mut row = vec![f64::INFINITY; count];
        let mut heap = BinaryHeap::from([(Reverse(Millipixels::of(0.0)), from)]);
        while let Some((Reverse(Millipixels(so_far)), node)) = heap.pop() {
            #[allow(clippy::cast_precision_loss)] // pictures are not that large
            let distance = so_far as f64 / 1000.0;
            match row.get_mut(node) {
                Some(best) if distance < *best => *best = distance,
                _ => continue,
            }
            for &next in neighbors.get(node).into_iter().flatten() {
                if row.get(next).is_some_and(|best| best.is_infinite()) {
                    heap.push((Reverse(Millipixels::of(distance + length(node, next))), next));
                }
            }
        }
        rows.push(row);
    }
    let widest = rows.iter().flatten().copied().filter(|distance| distance.is_finite()).fold(EDGE, f64::max);
    for distance in rows.iter_mut().flatten().filter(|distance| distance.is_infinite()) {
        *distance = widest * 0.8 + EDGE;
    }
    rows
}

/// A length that can be ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Millipixels(u64);

impl Millipixels {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // lengths are positive and small
    fn of(length: f64) -> Self {
        Self((length * 1000.0).round() as u64)
    }
}

/// Nodes anywhere in a square (SplitMix64, Steele, Lea and Flood 2014).
fn scatter(count: usize, seed: u64) -> Vec<Point> {
    let mut state = seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        #[allow(clippy::cast_precision_loss)] // 32 bits are left
        let unit = ((mixed ^ (mixed >> 31)) >> 32) as f64 / f64::from(u32::MAX);
        (unit - 0.5) * 10.0 * EDGE
    };
    (0..count).map(|_| Point { x: next(), y: next() }).collect()
}

/// Moves every node to where the others want it, until nothing moves much; hands back the stress that is left.
fn relax(places: &mut [Point], distances: &[Vec<f64>]) -> f64 {
    for _ in 0..ROUNDS {
        let mut moved: f64 = 0.0;
        for node in 0..places.len() {
            let Some(&here) = places.get(node) else { continue };
            let (mut x, mut y, mut total) = (0.0, 0.0, 0.0);
            let row = distances.get(node).map(Vec::as_slice).unwrap_or_default();
            for (other, (&there, &wanted)) in places.iter().zip(row).enumerate() {
                if other == node {
                    continue;
                }
                let weight = wanted.powi(-2);
                let apart = here.distance(there);
                let stretch = if apart > 1e-9 { wanted / apart } else { 0.0 };
                x += weight * (there.x + (here.x - there.x) * stretch);
                y += weight * (there.y + (here.y - there.y) * stretch);
                total += weight;
            }
            if total > 0.0
                && let Some(place) = places.get_mut(node)
            {
                *place = Point { x: x / total, y: y / total };
                moved = moved.max(here.distance(*place));
            }
        }
        if moved < 0.5 {
            break;
        }
    }
    let mut stress = 0.0;
    for (node, row) in distances.iter().enumerate() {
        let Some(&here) = places.get(node) else { continue };
        for (&there, &wanted) in places.iter().zip(row).take(node) {
            stress += ((here.distance(there) - wanted) / wanted).powi(2);
        }
    }
    stress
}

/// Turns the places so that their longest extent lies level.
fn level(mut places: Vec<Point>) -> Vec<Point> {
    #[allow(clippy::cast_precision_loss)] // small counts
    let count = places.len().max(1) as f64;
    let middle = Point {
        x: places.iter().map(|place| place.x).sum::<f64>() / count,
        y: places.iter().map(|place| place.y).sum::<f64>() / count,
    };
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for place in &places {
        let Point { x, y } = place.minus(middle);
        (xx, xy, yy) = (xx + x * x, xy + x * y, yy + y * y);
    }
    let (sin, cos) = (0.5 * f64::atan2(2.0 * xy, xx - yy)).sin_cos();
    for place in &mut places {
        let Point { x, y } = place.minus(middle);
        *place = Point { x: x * cos + y * sin, y: y * cos - x * sin };
    }
    places
}
