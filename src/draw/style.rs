//! Which colour and which shape mean what.
//!
//! Shape and colour say the same, so that a picture can be read in grey too. Colours come in pairs, for white and for dark
//! backgrounds; text on a fill has a contrast of at least 7 to 1 in both (WCAG 2.1, level AAA).

use crate::model::{Modality, vocabulary};

/// The shape of an entity's box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A rectangle with round corners.
    Rounded,
    /// Pointed on the left and on the right.
    Hexagon,
    /// A rectangle.
    Rectangle,
    /// Half circles on the left and on the right.
    Stadium,
    /// Leaning to the right.
    Parallelogram,
    /// A rectangle with a line along each side.
    Barred,
    /// A rectangle whose corners are cut.
    Octagon,
    /// A sheet with a folded corner.
    Note,
    /// Narrower at the top.
    Trapezium,
    /// Narrower at the bottom.
    InvertedTrapezium,
}

/// What an entity is drawn as: its label that stands first in [`vocabulary::LABELS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // the names are the labels
pub enum Kind {
    Startup,
    Investor,
    Company,
    Person,
    Model,
    Product,
    Benchmark,
    FundingRound,
    ResearchOrg,
    City,
    /// Any label that the project does not know.
    Other,
}

/// A fill and an outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Paint {
    /// The colour of the area, as `#rrggbb`.
    pub fill: &'static str,
    /// The colour of its outline.
    pub stroke: &'static str,
}

impl Kind {
    /// Every kind, in the order of the legend.
    pub const ALL: [Self; 11] = [
        Self::Startup,
        Self::Investor,
        Self::Company,
        Self::Person,
        Self::Model,
        Self::Product,
        Self::Benchmark,
        Self::FundingRound,
        Self::ResearchOrg,
        Self::City,
        Self::Other,
    ];

    /// The kind of an entity with these labels.
    #[must_use]
    pub fn of(labels: &[String]) -> Self {
        vocabulary::LABELS
            .iter()
            .find(|&&known| labels.iter().any(|label| label == known))
            .and_then(|known| Self::ALL.into_iter().find(|kind| kind.label() == *known))
            .unwrap_or(Self::Other)
    }

    /// The label; `Other` for all that the project does not know.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Startup => "Startup",
            Self::Investor => "Investor",
            Self::Company => "Company",
            Self::Person => "Person",
            Self::Model => "Model",
            Self::Product => "Product",
            Self::Benchmark => "Benchmark",
            Self::FundingRound => "FundingRound",
            Self::ResearchOrg => "ResearchOrg",
            Self::City => "City",
            Self::Other => "Other",
        }
    }

    /// Its shape.
    #[must_use]
    pub fn shape(self) -> Shape {
        match self {
            Self::Startup => Shape::Rounded,
            Self::Investor => Shape::Hexagon,
            Self::Company | Self::Other => Shape::Rectangle,
            Self::Person => Shape::Stadium,
            Self::Model => Shape::Parallelogram,
            Self::Product => Shape::Barred,
            Self::Benchmark => Shape::Octagon,
            Self::FundingRound => Shape::Note,
            Self::ResearchOrg => Shape::Trapezium,
            Self::City => Shape::InvertedTrapezium,
        }
    }

    /// Its colours on a white background.
    #[must_use]
    pub fn light(self) -> Paint {
        let (fill, stroke) = match self {
            Self::Startup => ("#dbeafe", "#2563eb"),
            Self::Investor => ("#dcfce7", "#15803d"),
            Self::Company => ("#e2e8f0", "#475569"),
            Self::Person => ("#fef3c7", "#b45309"),
            Self::Model => ("#ede9fe", "#7c3aed"),
            Self::Product => ("#fce7f3", "#be185d"),
            Self::Benchmark => ("#cffafe", "#0e7490"),
            Self::FundingRound => ("#ecfccb", "#4d7c0f"),
            Self::ResearchOrg => ("#ffedd5", "#c2410c"),
            Self::City => ("#f5f5f4", "#57534e"),
            Self::Other => ("#ffffff", "#64748b"),
        };
        Paint { fill, stroke }
    }

    /// Its colours on a dark background.
    #[must_use]
    pub fn dark(self) -> Paint {
        let (fill, stroke) = match self {
            Self::Startup => ("#1e3a66", "#60a5fa"),
            Self::Investor => ("#14432a", "#4ade80"),
            Self::Company => ("#334155", "#94a3b8"),
            Self::Person => ("#4d3312", "#fbbf24"),
            Self::Model => ("#3b2a6b", "#a78bfa"),
            Self::Product => ("#541c3d", "#f472b6"),
            Self::Benchmark => ("#123f4b", "#22d3ee"),
            Self::FundingRound => ("#33430f", "#a3e635"),
            Self::ResearchOrg => ("#54280d", "#fb923c"),
            Self::City => ("#3a3633", "#a8a29e"),
            Self::Other => ("#1f2937", "#94a3b8"),
        };
        Paint { fill, stroke }
    }
}

/// Predicates that share a colour of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Money and ownership.
    Capital,
    /// People.
    People,
    /// Who makes what, and from what.
    Making,
    /// Benchmarks and comparisons.
    Measuring,
    /// Everything else.
    Other,
}

impl Family {
    /// Every family, in the order of the legend.
    pub const ALL: [Self; 5] = [Self::Capital, Self::People, Self::Making, Self::Measuring, Self::Other];

    /// The family of a predicate.
    #[must_use]
    pub fn of(predicate: &str) -> Self {
        match predicate {
            "INVESTED_IN" | "RAISED" | "ACQUIRED_BY" | "SUBSIDIARY_OF" | "OWNS_STAKE" | "CONTROLS" | "MANAGED_BY"
            | "SPUN_OUT_OF" => Self::Capital,
            "FOUNDED_BY" | "HAS_ROLE" | "PREVIOUSLY_AT" | "MOVED_TO" => Self::People,
            "DEVELOPED_BY" | "DERIVED_FROM" | "SAME_FAMILY" | "PUBLISHED_BY" | "PART_OF" | "LICENSED_TO" => {
                Self::Making
            }
            "BENCHMARKED_AGAINST" | "EVALUATED_ON" | "COMPETES_WITH" => Self::Measuring,
            _ => Self::Other,
        }
    }

    /// A short word for classes of SVG.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Capital => "capital",
            Self::People => "people",
            Self::Making => "making",
            Self::Measuring => "measuring",
            Self::Other => "other",
        }
    }

    /// The colour of its lines on a white background, dark enough for text.
    #[must_use]
    pub fn light(self) -> &'static str {
        match self {
            Self::Capital => "#15803d",
            Self::People => "#b45309",
            Self::Making => "#6d28d9",
            Self::Measuring => "#0e7490",
            Self::Other => "#57534e",
        }
    }

    /// The colour of its lines on a dark background.
    #[must_use]
    pub fn dark(self) -> &'static str {
        match self {
            Self::Capital => "#4ade80",
            Self::People => "#fbbf24",
            Self::Making => "#c4b5fd",
            Self::Measuring => "#67e8f9",
            Self::Other => "#d6d3d1",
        }
    }
}

/// The dashes of a line, as lengths of strokes and gaps; `None` for a solid line.
#[must_use]
pub fn dashes(modality: Modality) -> Option<&'static str> {
    match modality {
        Modality::Asserted => None,
        Modality::Reported => Some("9 4"),
        Modality::Planned => Some("2 4"),
        Modality::Denied => Some("9 3 2 3"),
    }
}
