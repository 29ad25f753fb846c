//! Points, boxes and curves.

/// A place.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

impl Point {
    pub(super) fn moved(self, by: Self) -> Self {
        Self { x: self.x + by.x, y: self.y + by.y }
    }

    pub(super) fn minus(self, other: Self) -> Self {
        Self { x: self.x - other.x, y: self.y - other.y }
    }

    /// The point at the share `t` of the way to `other`.
    pub(super) fn toward(self, other: Self, t: f64) -> Self {
        Self { x: self.x + (other.x - self.x) * t, y: self.y + (other.y - self.y) * t }
    }

    pub(super) fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// A box, by its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// The left side.
    pub x: f64,
    /// The upper side.
    pub y: f64,
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
}

impl Rect {
    /// The box of this size around a point.
    #[must_use]
    pub fn around(center: Point, width: f64, height: f64) -> Self {
        Self { x: center.x - width / 2.0, y: center.y - height / 2.0, width, height }
    }

    /// Its middle.
    #[must_use]
    pub fn center(self) -> Point {
        Point { x: self.x + self.width / 2.0, y: self.y + self.height / 2.0 }
    }

    /// Its right side.
    #[must_use]
    pub fn right(self) -> f64 {
        self.x + self.width
    }

    /// Its lower side.
    #[must_use]
    pub fn bottom(self) -> f64 {
        self.y + self.height
    }

    /// Whether the two have more than a side in common.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    pub(super) fn contains(self, point: Point) -> bool {
        self.x <= point.x && point.x <= self.right() && self.y <= point.y && point.y <= self.bottom()
    }

    /// The box with this much more room on every side.
    pub(in crate::draw) fn grown(self, by: f64) -> Self {
        Self { x: self.x - by, y: self.y - by, width: self.width + 2.0 * by, height: self.height + 2.0 * by }
    }

    pub(super) fn moved(self, by: Point) -> Self {
        Self { x: self.x + by.x, y: self.y + by.y, ..self }
    }

    pub(super) fn union(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self { x, y, width: self.right().max(other.right()) - x, height: self.bottom().max(other.bottom()) - y }
    }
}

/// A cubic Bézier curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Curve {
    /// Where it begins.
    pub start: Point,
    /// Where it heads for at its beginning.
    pub first: Point,
    /// Where it comes from at its end.
    pub second: Point,
    /// Where it ends.
    pub end: Point,
}

impl Curve {
    /// A straight line.
    pub(super) fn straight(start: Point, end: Point) -> Self {
        Self { start, first: start.toward(end, 1.0 / 3.0), second: start.toward(end, 2.0 / 3.0), end }
    }

    /// The point at `t` between 0 and 1.
    #[must_use]
    pub fn at(&self, t: f64) -> Point {
        self.split(t).0.end
    }

    /// The parts before and after `t` (de Casteljau).
    pub(super) fn split(&self, t: f64) -> (Self, Self) {
        let a = self.start.toward(self.first, t);
        let b = self.first.toward(self.second, t);
        let c = self.second.toward(self.end, t);
        let (ab, bc) = (a.toward(b, t), b.toward(c, t));
        let middle = ab.toward(bc, t);
        (
            Self { start: self.start, first: a, second: ab, end: middle },
            Self { start: middle, first: bc, second: c, end: self.end },
        )
    }

    pub(super) fn reversed(&self) -> Self {
        Self { start: self.end, first: self.second, second: self.first, end: self.start }
    }

    pub(super) fn moved(&self, by: Point) -> Self {
        Self {
            start: self.start.moved(by),
            first: self.first.moved(by),
            second: self.second.moved(by),
            end: self.end.moved(by),
        }
    }

    /// A box around its points of control, and so around the curve.
    pub(super) fn bounds(&self) -> Rect {
        let points = [self.start, self.first, self.second, self.end];
        let box_of = |point: Point| Rect { x: point.x, y: point.y, width: 0.0, height: 0.0 };
        points.into_iter().map(box_of).reduce(Rect::union).unwrap_or_default()
    }
}
