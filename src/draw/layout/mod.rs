//! Where everything in a picture stands.
//!
//! | arrangement | layout |
//! |---|---|
//! | [`Arrangement::Star`] | `star`: the centre between two columns of neighbours, grouped by predicate |
//! | [`Arrangement::Layers`] | `layers`: columns by distance, rows ordered by barycentres (Sugiyama, Tagawa and Toda 1981) |
//! | [`Arrangement::Network`] | `network`: stress majorization (Gansner, Koren and North 2004), then overlaps are removed |
//!
//! Lengths are pixels, y grows downwards, and the picture's upper left corner is at the origin. No two boxes of text overlap.

mod captions;
mod geometry;
mod layers;
mod network;
mod outline;
mod overlap;
mod route;
mod star;
mod stress;

#[cfg(test)]
mod tests;

pub use geometry::{Curve, Point, Rect};

pub(super) use outline::outline;

use super::measure::{lines, text_width};
use super::picture::{Arrangement, Node, Picture};
use super::style::{Family, Shape};

/// The size of names, in pixels.
pub const NAME_SIZE: f64 = 13.0;
/// The size of the names of centres.
pub const CENTER_SIZE: f64 = 16.0;
/// The size of captions.
pub const CAPTION_SIZE: f64 = 11.0;
/// The size of headings.
pub const HEADING_SIZE: f64 = 12.0;
/// The distance between two lines of a name, in units of its size.
pub const LEADING: f64 = 1.25;

/// How far the second outline of a centre lies around the first.
pub(super) const FRAME: f64 = 4.0;

/// Names are broken into lines of this many columns, and no more than two of them.
const NAME_COLUMNS: usize = 22;
const NAME_LINES: usize = 2;

/// On which side of its box a text is fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Align {
    /// It begins at the left side.
    Start,
    /// It stands in the middle.
    Middle,
    /// It ends at the right side.
    End,
}

/// A text and the room it takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// The text, on one line.
    pub text: String,
    /// The room.
    pub rect: Rect,
    /// Where in the room it stands.
    pub align: Align,
}

/// The box of an entity.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeBox {
    /// The room that its shape takes.
    pub rect: Rect,
    /// Its name, line by line.
    pub lines: Vec<String>,
    /// The size of its name.
    pub size: f64,
}

/// The way of a line, from its subject's box to its object's.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Route {
    /// Curves that follow each other.
    pub curves: Vec<Curve>,
    /// What is written on it, where there was room.
    pub caption: Option<Text>,
}

/// What a group of lines is called.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// The words and where they stand.
    pub text: Text,
    /// Their colour.
    pub family: Family,
}

/// A picture with a place for everything.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// The width of the whole.
    pub width: f64,
    /// The height of the whole.
    pub height: f64,
    /// A box for every node, in their order.
    pub boxes: Vec<NodeBox>,
    /// A route for every line, in their order.
    pub routes: Vec<Route>,
    /// Headings of groups.
    pub headings: Vec<Heading>,
}

/// Lays out a picture. O(n³) for networks of n entities, less for the others.
#[must_use]
pub fn lay_out(picture: &Picture) -> Layout {
    let mut layout = match picture.arrangement {
        Arrangement::Star if star::fits(picture) => star::lay_out(picture),
        Arrangement::Layers => layers::lay_out(picture),
        Arrangement::Star | Arrangement::Network => network::lay_out(picture),
    };
    layout.move_to_origin();
    layout
}

impl NodeBox {
    /// The box of a node, around the origin.
    fn new(node: &Node) -> Self {
        let size = if node.is_center { CENTER_SIZE } else { NAME_SIZE };
        let lines = lines(&node.name, NAME_COLUMNS, NAME_LINES);
        let widest = lines.iter().map(|line| text_width(line, size)).fold(0.0, f64::max);
        let (beside, above) = match node.kind().shape() {
            Shape::Rounded | Shape::Rectangle => (10.0, 6.0),
            Shape::Hexagon | Shape::Octagon | Shape::Stadium | Shape::Barred | Shape::Note => (14.0, 6.0),
            Shape::Parallelogram | Shape::Trapezium | Shape::InvertedTrapezium => (17.0, 6.0),
        };
        let (beside, above) = if node.is_center { (beside + 8.0, above + 6.0) } else { (beside, above) };
        #[allow(clippy::cast_precision_loss)] // at most two lines
        let height = lines.len() as f64 * size * LEADING + 2.0 * above;
        Self { rect: Rect::around(Point { x: 0.0, y: 0.0 }, (widest + 2.0 * beside).max(44.0), height), lines, size }
    }

    /// The room of its shape, with the second outline of a centre.
    fn with_frame(&self, node: &Node) -> Rect {
        if node.is_center { self.rect.grown(FRAME) } else { self.rect }
    }

    fn move_center_to(&mut self, center: Point) {
        self.rect = Rect::around(center, self.rect.width, self.rect.height);
    }
}

impl Layout {
    /// Boxes, captions and headings: everything that must not overlap.
    pub fn texts(&self) -> impl Iterator<Item = Rect> {
        let boxes = self.boxes.iter().map(|one| one.rect);
        let captions = self.routes.iter().filter_map(|route| route.caption.as_ref()).map(|text| text.rect);
        boxes.chain(captions).chain(self.headings.iter().map(|heading| heading.text.rect))
    }

    /// Moves everything so that it begins at the origin, and measures it.
    fn move_to_origin(&mut self) {
        let bounds = |rects: &mut dyn Iterator<Item = Rect>| rects.reduce(|a, b| a.union(b)).unwrap_or_default();
        let curves = self.routes.iter().flat_map(|route| &route.curves).map(Curve::bounds);
        let whole = bounds(&mut self.texts().chain(curves));
        let by = Point { x: -whole.x, y: -whole.y };
        for one in &mut self.boxes {
            one.rect = one.rect.moved(by);
        }
        for route in &mut self.routes {
            for curve in &mut route.curves {
                *curve = curve.moved(by);
            }
            if let Some(caption) = &mut route.caption {
                caption.rect = caption.rect.moved(by);
            }
        }
        for heading in &mut self.headings {
            heading.text.rect = heading.text.rect.moved(by);
        }
        (self.width, self.height) = (whole.width, whole.height);
    }
}
